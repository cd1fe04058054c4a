"""Statements: list, table, a figure's way down, files."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from uppsikt.web.actors import actor_for
from uppsikt.web.statements.bridge_files import bridge_file, bridge_file_name
from uppsikt.web.statements.bridges import BridgePage, bridge_page
from uppsikt.web.statements.choices import choice_from
from uppsikt.web.statements.descent import figure_page
from uppsikt.web.statements.files import FORMATS, file_name, statement_file
from uppsikt.web.statements.pages import index_page, round_asked, statement_page


def index(request: HttpRequest) -> HttpResponse:
    """The statements the reader may see."""
    return render(
        request, "statements/index.html", {"page": index_page(actor_for(request), request.GET.get("round", ""))}
    )


def statement(request: HttpRequest, key: str) -> HttpResponse:
    """One statement as a table."""
    row, rounds = round_asked(request.GET.get("round", ""))
    page = statement_page(actor_for(request), choice_from(key, request.GET, row.key), row, rounds)
    return render(request, "statements/statement.html", {"page": page})


def bridge(request: HttpRequest, key: str) -> HttpResponse:
    """What reorganisations moved between the rows of a statement."""
    return render(request, "statements/bridge.html", {"page": _bridge(request, key)})


def _bridge(request: HttpRequest, key: str) -> BridgePage:
    row, rounds = round_asked(request.GET.get("round", ""))
    choice = replace(choice_from(key, request.GET, row.key), columns=())
    return bridge_page(actor_for(request), choice, row, rounds, request.GET.get("column", ""))


def bridge_download(request: HttpRequest, key: str, suffix: str) -> HttpResponse:
    """The bridge as shown, as CSV or XLSX."""
    if suffix not in FORMATS:
        raise Http404
    page = _bridge(request, key)
    return _file(bridge_file(page, suffix), bridge_file_name(page, suffix), suffix)


def figure(request: HttpRequest, key: str) -> HttpResponse:
    """What one figure is made of: a panel for htmx, a page of its own without it."""
    row, _ = round_asked(request.GET.get("round", ""))
    page = figure_page(actor_for(request), choice_from(key, request.GET, row.key), row, request.GET)
    template = "statements/figure_panel.html" if request.htmx else "statements/figure.html"  # type: ignore[attr-defined]
    return render(request, template, {"page": page})


def download(request: HttpRequest, key: str, suffix: str) -> HttpResponse:
    """The statement as shown, as CSV or XLSX."""
    if suffix not in FORMATS:
        raise Http404
    row, rounds = round_asked(request.GET.get("round", ""))
    page = statement_page(actor_for(request), choice_from(key, request.GET, row.key), row, rounds)
    return _file(statement_file(page, suffix), file_name(page.choice, suffix), suffix)


def _file(content: bytes, name: str, suffix: str) -> HttpResponse:
    response = HttpResponse(content, content_type=FORMATS[suffix])
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
