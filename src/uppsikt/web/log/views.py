"""The event log: the list, one event, the file, and whether the chain holds."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from uppsikt.audit.exporting import export_log
from uppsikt.web.actors import actor_for
from uppsikt.web.log.pages import asked_of, event_page, list_page, told, verified_page

_TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl"}


def index(request: HttpRequest) -> HttpResponse:
    """The log, newest first."""
    page = list_page(actor_for(request), request.GET)
    return render(request, "log/index.html", {"page": page}, status=422 if page.findings else 200)


def one(request: HttpRequest, sequence: int) -> HttpResponse:
    """One event."""
    return render(request, "log/event.html", {"page": event_page(actor_for(request), sequence)})


@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Count the whole chain again and say whether it holds."""
    return render(request, "log/verified.html", {"page": verified_page(actor_for(request))})


def file(request: HttpRequest, suffix: str) -> StreamingHttpResponse:
    """The events asked for as a file, read while it is sent; that it was taken out is logged."""
    if suffix not in _TYPES:
        raise Http404
    asked, _ = asked_of(request.GET)
    pieces = export_log(actor=actor_for(request), asked=asked, suffix=suffix, told=told)
    response = StreamingHttpResponse(pieces, content_type=_TYPES[suffix])
    response["Content-Disposition"] = f'attachment; filename="logg.{suffix}"'
    return response
