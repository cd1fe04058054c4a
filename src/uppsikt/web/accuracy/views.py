"""How right forecasts have been: one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from uppsikt.web.accuracy.pages import accuracy_page
from uppsikt.web.actors import actor_for


def accuracy(request: HttpRequest) -> HttpResponse:
    """Bias and error by round and unit, and by account group for the unit asked for, beside the suggestions'."""
    page = accuracy_page(actor_for(request), request.GET.get("unit", ""))
    return render(request, "accuracy/accuracy.html", {"page": page})
