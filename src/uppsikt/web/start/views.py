"""The start page: how the municipality stands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from uppsikt.web.actors import actor_for
from uppsikt.web.start.selectors import overview


def start(request: HttpRequest) -> HttpResponse:
    """The overview of the chosen round, for the units the reader may see."""
    page = overview(actor_for(request), request.GET.get("round", ""), request.GET.get("unit", ""))
    return render(request, "start/start.html", {"page": page})
