"""The organisation over time, as it is read: the tree, a code, the log, one change, two structures, files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from uppsikt.web.actors import actor_for
from uppsikt.web.organisation.change_pages import change_page
from uppsikt.web.organisation.comparing import compare_page
from uppsikt.web.organisation.files import FORMATS, events_content, transfer_content
from uppsikt.web.organisation.log_pages import log_page
from uppsikt.web.organisation.pages import code_page, tree_page


def tree(request: HttpRequest) -> HttpResponse:
    """The tree at a date."""
    return render(request, "organisation/tree.html", {"page": tree_page(actor_for(request), request.GET)})


def code(request: HttpRequest, code: str) -> HttpResponse:
    """One code through time: a panel for htmx, a page of its own without it."""
    page = code_page(actor_for(request), code, request.GET)
    template = "organisation/code_panel.html" if request.htmx else "organisation/code.html"  # type: ignore[attr-defined]
    return render(request, template, {"page": page})


def compare(request: HttpRequest) -> HttpResponse:
    """Two structures side by side."""
    return render(request, "organisation/compare.html", {"page": compare_page(actor_for(request), request.GET)})


def log(request: HttpRequest) -> HttpResponse:
    """Everything that has changed, as a story."""
    return render(request, "organisation/log.html", {"page": log_page(actor_for(request))})


def change(request: HttpRequest, key: str) -> HttpResponse:
    """One reorganisation."""
    page = change_page(actor_for(request), key, request.GET)
    return render(request, "organisation/change.html", {"page": page})


def events_file(request: HttpRequest, suffix: str, key: str = "") -> HttpResponse:
    """One reorganisation's events, or all, as a file that can be edited and brought back."""
    if suffix not in FORMATS:
        raise Http404
    return _file(events_content(actor_for(request), key, suffix), f"{key or 'omorganisationer'}.{suffix}", suffix)


def transfer_rows(request: HttpRequest, key: str, suffix: str) -> HttpResponse:
    """The budget transfer that a reorganisation proposes, as a file of budget entries."""
    if suffix not in FORMATS:
        raise Http404
    return _file(transfer_content(actor_for(request), key, suffix), f"budget-{key}.{suffix}", suffix)


def _file(content: bytes, name: str, suffix: str) -> HttpResponse:
    response = HttpResponse(content, content_type=FORMATS[suffix])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
