"""The directory by file: tried first, then taken in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from uppsikt.audit.services import import_directory
from uppsikt.coding.selectors import code_plan
from uppsikt.core.language import say
from uppsikt.web.actors import actor_for
from uppsikt.web.imports.forms import file_findings
from uppsikt.web.imports.held import held, hold, let_go
from uppsikt.web.people.pages import require_people

_KIND = "people"
_SHOWN = 300  # changes on the page; the log has them all when they are done


def bring(request: HttpRequest) -> HttpResponse:
    """The form for a file; a file that can be held goes on to its dry run."""
    actor = actor_for(request)
    require_people(actor)
    upload = request.FILES.get("file")
    findings = file_findings(upload) if request.method == "POST" else []
    if upload is None or findings:
        return render(request, "people/bring.html", {"findings_here": findings}, status=422 if findings else 200)
    options = {"complete": "1" if request.POST.get("complete") else ""}
    token = hold(actor=actor, kind=_KIND, upload=upload, options=options).token
    return redirect("people-dry-run", token=token)


def dry_run(request: HttpRequest, token: str) -> HttpResponse:
    """What the file would do, person by person; by POST, do it."""
    actor = actor_for(request)
    require_people(actor)
    file = held(actor=actor, kind=_KIND, token=token)
    plan = code_plan()
    done = import_directory(
        actor=actor,
        content=file.path.read_bytes(),
        name=file.name,
        knows_unit=lambda unit: plan.knows("unit", unit),
        is_complete=bool(file.options.get("complete")),
        dry_run=request.method != "POST",
    )
    if request.method == "POST" and not done.is_refused:
        let_go(file)
        sv, en = "{n} {n:ändring är gjord|ändringar är gjorda}.", "{n} {n:change is|changes are} made."
        messages.success(request, say(sv, en, n=len(done.changes)))
        return redirect("people")
    shown = {"changes": done.changes[:_SHOWN], "left_off": max(0, len(done.changes) - _SHOWN)}
    context = {"file": file, "done": done, **shown}
    return render(request, "people/dry_run.html", context, status=422 if done.is_refused else 200)
