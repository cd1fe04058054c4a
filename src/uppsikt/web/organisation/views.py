"""The organisation over time: the tree at a date and a code's history."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from uppsikt.web.actors import actor_for
from uppsikt.web.organisation.pages import code_page, tree_page


def tree(request: HttpRequest) -> HttpResponse:
    """The tree at a date."""
    return render(request, "organisation/tree.html", {"page": tree_page(actor_for(request), request.GET)})


def code(request: HttpRequest, code: str) -> HttpResponse:
    """One code through time: a panel for htmx, a page of its own without it."""
    page = code_page(actor_for(request), code, request.GET)
    template = "organisation/code_panel.html" if request.htmx else "organisation/code.html"  # type: ignore[attr-defined]
    return render(request, template, {"page": page})
