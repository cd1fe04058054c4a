"""Report pages: list, build, look, take along."""

from __future__ import annotations

from csp.decorators import csp_update
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from uppsikt.core.language import say
from uppsikt.reports.renderers import MEDIA_TYPES
from uppsikt.web.actors import actor_for
from uppsikt.web.report_pages.pages import build_now, edition_page, file_of, index_page, publish_now, publish_page


def index(request: HttpRequest) -> HttpResponse:
    """The reports and their editions."""
    return render(request, "report_pages/index.html", {"page": index_page(actor_for(request))})


def build(request: HttpRequest) -> HttpResponse:
    """Build a report now; what stops it is shown, what comes of it is an edition. Opened anew it is the list."""
    if request.method != "POST":
        return redirect("reports")
    actor = actor_for(request)
    built = build_now(actor, request.POST.get("report", ""))
    if built.edition is None:
        page = index_page(actor, request.POST.get("report", ""), built.findings)
        return render(request, "report_pages/index.html", {"page": page}, status=422)
    messages.success(request, built.says)
    return redirect("report-edition", content_hash=built.edition.content_hash)


def edition(request: HttpRequest, content_hash: str) -> HttpResponse:
    """One edition: preview, files, findings."""
    return render(request, "report_pages/edition.html", {"page": edition_page(actor_for(request), content_hash)})


def publish(request: HttpRequest, content_hash: str) -> HttpResponse:
    """Publish an edition once what is open is shown: from then on everybody who can sign in reads it."""
    actor = actor_for(request)
    if request.method != "POST":
        return render(request, "report_pages/publish.html", {"page": publish_page(actor, content_hash)})
    refused = publish_now(actor, content_hash, despite_open="despite_open" in request.POST)
    if refused:
        page = publish_page(actor, content_hash, refused)
        return render(request, "report_pages/publish.html", {"page": page}, status=422)
    messages.success(request, say("Utgåvan är offentliggjord.", "The edition is published."))
    return redirect("report-edition", content_hash=content_hash)


# the report's own page carries its style inside it, so that one file can be sent and opened anywhere
@csp_update({"style-src": ["'unsafe-inline'"], "font-src": ["data:"], "script-src": ["'none'"]})  # type: ignore[arg-type]
def edition_file(request: HttpRequest, content_hash: str, name: str) -> HttpResponseBase:
    """One of an edition's files, as it was built."""
    path = file_of(actor_for(request), content_hash, name)
    download = bool(request.GET.get("ladda-ned")) or path.suffix != ".html"
    media_type = MEDIA_TYPES.get(name, "application/octet-stream")
    return FileResponse(path.open("rb"), as_attachment=download, filename=name, content_type=media_type)
