"""Savings assignments: list, one of them, and the forms that decide."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from uppsikt.web.actors import actor_for
from uppsikt.web.presenting import presentation
from uppsikt.web.savings.acts import adopt_page, bring_page, plan_page, settle_page, take_back_page
from uppsikt.web.savings.files import detail_file, index_file
from uppsikt.web.savings.forms import Form
from uppsikt.web.savings.pages import detail_page, index_page


def index(request: HttpRequest) -> HttpResponse:
    """The assignments the reader may see."""
    page = index_page(actor_for(request), presentation(request))
    if suffix := request.GET.get("as"):
        return index_file(page).answer(suffix)
    return render(request, "savings/index.html", {"page": page})


def detail(request: HttpRequest, key: str) -> HttpResponse:
    """One assignment: what is settled and what remains, unit by unit, the plan, the decisions."""
    page = detail_page(actor_for(request), key, presentation(request))
    if suffix := request.GET.get("as"):
        return detail_file(page).answer(suffix)
    return render(request, "savings/detail.html", {"page": page})


def new(request: HttpRequest) -> HttpResponse:
    """Decide a new assignment."""
    return _answered(request, adopt_page(actor_for(request), _posted(request)), "savings/new.html")


def settle(request: HttpRequest, key: str) -> HttpResponse:
    """Distribute a part: shown first, then decided."""
    return _answered(request, settle_page(actor_for(request), key, _posted(request)), "savings/settle.html")


def plan(request: HttpRequest, key: str) -> HttpResponse:
    """Write the plan."""
    return _answered(request, plan_page(actor_for(request), key, _posted(request)), "savings/plan.html")


def take_back(request: HttpRequest, key: str, entry: int) -> HttpResponse:
    """Take a distribution back by a decision of its own."""
    page = take_back_page(actor_for(request), key, entry, _posted(request))
    return _answered(request, page, "savings/take_back.html")


def bring(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """Bring what remains of a year to the next year's budget."""
    return _answered(request, bring_page(actor_for(request), key, year, _posted(request)), "savings/bring.html")


def _posted(request: HttpRequest) -> Form | None:
    return Form(request.POST) if request.method == "POST" else None


def _answered(request: HttpRequest, page: object, template: str) -> HttpResponse:
    if done := getattr(page, "done", ""):
        messages.success(request, done)
        return redirect("savings-assignment", key=page.key)  # type: ignore[attr-defined]
    return render(request, template, {"page": page}, status=422 if page.findings else 200)  # type: ignore[attr-defined]
