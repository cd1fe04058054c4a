"""Check a report: nothing of it is kept longer than a day, and nobody else can read it."""

from __future__ import annotations

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from uppsikt.web.actors import actor_for
from uppsikt.web.checks.looking import Taken, check_file, check_page, require_checking, take
from uppsikt.web.imports.forms import file_findings

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".sarif": "application/sarif+json",
    ".pdf": "application/pdf",
}


def bring(request: HttpRequest) -> HttpResponse:
    """The form for a report; one that can be read goes on to its remarks."""
    actor = actor_for(request)
    require_checking(actor)
    upload = request.FILES.get("file")
    if request.method != "POST":
        return render(request, "checks/bring.html")
    findings = file_findings(upload)
    taken = take(actor, upload) if upload is not None and not findings else Taken(None, findings)
    if taken.file is None:
        return render(request, "checks/bring.html", {"findings_here": taken.findings}, status=422)
    return redirect("check-report", token=taken.file.token)


def report(request: HttpRequest, token: str) -> HttpResponse:
    """What was found in a report."""
    return render(request, "checks/report.html", {"page": check_page(actor_for(request), token)})


# the page of remarks carries its style inside it, so that one file can be sent and opened anywhere
@csp_update({"style-src": ["'unsafe-inline'"], "script-src": ["'none'"]})  # type: ignore[arg-type]
def file(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """One of the files that show the remarks."""
    content = check_file(actor_for(request), token, name)
    suffix = name[name.rfind(".") :]
    response = HttpResponse(content, content_type=_TYPES[suffix])
    if suffix != ".html" or request.GET.get("ladda-ned"):
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
