"""Carried-over results and settlements: what stands, and the forms that decide."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from uppsikt.web.actors import actor_for
from uppsikt.web.presenting import presentation
from uppsikt.web.savings.forms import Form
from uppsikt.web.settlements import acts
from uppsikt.web.settlements.carrying import carry_over_page
from uppsikt.web.settlements.files import carry_over_file, settlement_file
from uppsikt.web.settlements.settling import settlement_page


def carry_over(request: HttpRequest) -> HttpResponse:
    """What units with multi-year budgets take along."""
    asked = request.GET.get("round", "")
    page = carry_over_page(actor_for(request), asked, presentation(request, round=asked))
    if suffix := request.GET.get("as"):
        return carry_over_file(page).answer(suffix)
    return render(request, "settlements/carry_over.html", {"page": page})


def new_period(request: HttpRequest) -> HttpResponse:
    """Open a multi-year period."""
    return _form(request, acts.period_page(actor_for(request), _posted(request)), "settlements/period.html")


def result(request: HttpRequest, key: str) -> HttpResponse:
    """Decide a unit's result of a year."""
    return _form(request, acts.result_page(actor_for(request), key, _posted(request)), "settlements/result.html")


def settlement(request: HttpRequest) -> HttpResponse:
    """Units that others finance, before and after settlement."""
    asked = request.GET.get("round", "")
    page = settlement_page(actor_for(request), asked, presentation(request, round=asked))
    if suffix := request.GET.get("as"):
        return settlement_file(page).answer(suffix)
    return render(request, "settlements/settlement.html", {"page": page})


@require_POST
def settle(request: HttpRequest) -> HttpResponse:
    """Settle a round."""
    return _acted(request, acts.settled(actor_for(request), request.POST.get("round", "")))


@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Take a round's settlements back."""
    return _acted(request, acts.taken_back(actor_for(request), request.POST.get("round", "")))


def new_rule(request: HttpRequest) -> HttpResponse:
    """Decide a rule."""
    return _form(request, acts.rule_page(actor_for(request), _posted(request)), "settlements/rule.html")


def end_rule(request: HttpRequest, key: str) -> HttpResponse:
    """Let a rule end."""
    return _form(request, acts.end_page(actor_for(request), key, _posted(request)), "settlements/end_rule.html")


def _posted(request: HttpRequest) -> Form | None:
    return Form(request.POST) if request.method == "POST" else None


def _form(request: HttpRequest, page: acts.FormPage, template: str) -> HttpResponse:
    if page.done:
        messages.success(request, page.done)
        return redirect(page.url)
    return render(request, template, {"page": page}, status=422 if page.findings else 200)


def _acted(request: HttpRequest, act: acts.RoundAct) -> HttpResponse:
    if act.is_refused:
        page = settlement_page(actor_for(request), act.round_key, presentation(request), act.findings)
        return render(request, "settlements/settlement.html", {"page": page}, status=422)
    messages.success(request, act.says)
    return redirect(act.url)
