"""The manager's page: read, typed in, explained, commented, handed in."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from uppsikt.core.findings import Finding
from uppsikt.core.language import say
from uppsikt.web.actors import actor_for
from uppsikt.web.forecasts import acts
from uppsikt.web.forecasts.acts import Said, Spot
from uppsikt.web.forecasts.pages import page_data
from uppsikt.web.forecasts.saving import read_json, save, save_answer
from uppsikt.web.forecasts.selectors import asked, held_cells, own_work, unit_page


def mine(request: HttpRequest) -> HttpResponse:
    """The units one answers for, in open rounds."""
    return render(request, "forecasts/mine.html", {"works": own_work(actor_for(request))})


def unit_work(request: HttpRequest, key: str, unit: str) -> HttpResponse:
    """A unit's work in a round; posted, what its button asks for is done, and the page shown again says the rest."""
    if request.method != "POST":
        return _page(request, key, unit)
    if request.POST.get("do") == "submit":
        return submit(request, key, unit)
    if request.POST.get("do") == "withdraw":
        return withdraw(request, key, unit)
    return save_fields(request, key, unit)


def save_fields(request: HttpRequest, key: str, unit: str) -> HttpResponse:
    """Save the form's fields."""
    choices = asked(request.POST, request.POST.getlist("rad"))
    refused = acts.save_form(actor_for(request), Spot(key, unit), request.POST.dict(), choices)
    if refused:
        return _page(request, key, unit, refused=refused, status=422)
    messages.success(request, say("Sparat.", "Saved."))
    return redirect(f"{request.path}?{choices.query}")


def cells(request: HttpRequest, key: str, unit: str) -> JsonResponse:
    """The cells as they stand; posted, edits saved and what came of each."""
    actor = actor_for(request)
    if request.method != "POST":
        return JsonResponse(held_cells(actor, key, unit))
    read = read_json(request.body)
    return JsonResponse(save_answer(save(actor, key, unit, read), read.findings))


@require_POST
def explanation(request: HttpRequest, key: str, unit: str, account: str) -> HttpResponse:
    """Save why an account group deviates."""
    said = acts.explain(actor_for(request), Spot(key, unit), account, request.POST.dict())
    return _said(request, key, unit, said, f"forklaring-{account}")


@require_POST
def question(request: HttpRequest, key: str, unit: str, number: int) -> HttpResponse:
    """Save the answer to a question."""
    said = acts.answer(actor_for(request), Spot(key, unit), number, request.POST.dict())
    return _said(request, key, unit, said, f"fraga-{number}")


@require_POST
def comments(request: HttpRequest, key: str, unit: str) -> HttpResponse:
    """Say something."""
    return _commented(request, key, unit, acts.comment(actor_for(request), Spot(key, unit), request.POST.dict()))


@require_POST
def settled(request: HttpRequest, key: str, unit: str, comment: int) -> HttpResponse:
    """Mark a comment as dealt with."""
    return _commented(request, key, unit, acts.settle(actor_for(request), Spot(key, unit), comment))


def submit(request: HttpRequest, key: str, unit: str) -> HttpResponse:
    """Hand in, or say what lacks."""
    done = acts.submit(actor_for(request), Spot(key, unit))
    if acts.is_refused(done):
        return _page(request, key, unit, lacks=done.findings, status=422)
    messages.success(request, str(acts.words_of(key).handed_in))
    return redirect("forecast", key=key, unit=unit)


def withdraw(request: HttpRequest, key: str, unit: str) -> HttpResponse:
    """Take back what was handed in."""
    done = acts.withdraw(actor_for(request), Spot(key, unit))
    if acts.is_refused(done):
        return _page(request, key, unit, refused=done.findings, status=422)
    messages.success(request, str(acts.words_of(key).taken_back))
    return redirect("forecast", key=key, unit=unit)


def _page(
    request: HttpRequest,
    key: str,
    unit: str,
    *,
    lacks: Sequence[Finding] = (),
    refused: Sequence[Finding] = (),
    status: int = 200,
) -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    choices = asked(sent, sent.getlist("rad"))
    page = unit_page(actor_for(request), key, unit, choices, lacks=lacks, refused=refused, posted=request.POST.dict())
    return render(request, "forecasts/unit.html", {"page": page, "data": page_data(page)}, status=status)


def _said(request: HttpRequest, key: str, unit: str, said: Said, anchor: str) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "forecasts/said.html", {"said": said})
    if said.is_refused:
        return _page(request, key, unit, refused=said.findings, status=422)
    messages.success(request, said.says)
    return redirect(f"{reverse('forecast', args=[key, unit])}#{anchor}")


def _commented(request: HttpRequest, key: str, unit: str, findings: Sequence[Finding]) -> HttpResponse:
    if findings:
        return _page(request, key, unit, refused=findings, status=422)
    return redirect(f"{reverse('forecast', args=[key, unit])}#kommentarer")
