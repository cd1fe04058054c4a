"""How right forecasts have been: one page. New suggestions for a round: one button."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from uppsikt.core.language import say
from uppsikt.forecasting import services
from uppsikt.web.accuracy.pages import accuracy_page
from uppsikt.web.actors import actor_for, today


def accuracy(request: HttpRequest) -> HttpResponse:
    """Bias and error by round and unit, and by account group for the unit asked for, beside the suggestions'."""
    page = accuracy_page(actor_for(request), request.GET.get("unit", ""))
    return render(request, "accuracy/accuracy.html", {"page": page})


@require_POST
def suggest(request: HttpRequest, key: str) -> HttpResponse:
    """Make a round's suggestions anew, as after new actuals."""
    done = services.suggest(actor=actor_for(request), round_key=key, as_of=today())
    for finding in done.findings:
        messages.warning(request, f"{finding.says} {finding.do}")
    if not done.findings:
        sv, en = "{changed} nya förslag, {same} oförändrade.", "{changed} new suggestions, {same} unchanged."
        messages.success(request, say(sv, en, changed=done.changed, same=done.unchanged))
    return redirect("round", key)
