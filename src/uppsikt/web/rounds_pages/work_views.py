"""Rounds as they are run: set up, approved, returned, adjusted, taken in from Excel, taken a step further."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from uppsikt.core.findings import Finding
from uppsikt.web.actors import actor_for
from uppsikt.web.acts import Act
from uppsikt.web.rounds_pages.acts import approve_units, step_round, step_unit
from uppsikt.web.rounds_pages.adjusting import adjustments_page
from uppsikt.web.rounds_pages.adjustment_acts import adjust, posted_adjustment
from uppsikt.web.rounds_pages.bringing import bring_page, brought_file, dry_run_page
from uppsikt.web.rounds_pages.control import control_page
from uppsikt.web.rounds_pages.reminding import remind_page, reminded
from uppsikt.web.rounds_pages.setup_pages import SetupPage, new_page, saved_new, saved_setup, setup_page
from uppsikt.web.rounds_pages.units import unit_page


def new(request: HttpRequest) -> HttpResponse:
    """The next round, filled in from the last."""
    actor = actor_for(request)
    came = (
        saved_new(actor, request.POST) if request.method == "POST" else new_page(actor, request.GET.get("efter", ""))
    )
    return _setup(request, came)


def setup(request: HttpRequest, key: str) -> HttpResponse:
    """How a round is run."""
    actor = actor_for(request)
    return _setup(
        request, saved_setup(actor, key, request.POST) if request.method == "POST" else setup_page(actor, key)
    )


def _setup(request: HttpRequest, came: SetupPage | Act) -> HttpResponse:
    if isinstance(came, Act):
        return _done(request, came)
    return render(request, "rounds_pages/setup.html", {"page": came}, status=422 if came.findings else 200)


def _done(request: HttpRequest, act: Act) -> HttpResponse:
    """Say what was done, and what is left to think of, on the page it leads to."""
    if not act.is_refused:
        messages.success(request, act.says)
    for finding in act.findings:
        messages.warning(request, f"{finding.says} {finding.do}")
    return redirect(act.url)


@require_POST
def step(request: HttpRequest, key: str) -> HttpResponse:
    """Open a round, consolidate it, open it again."""
    return _on_control(request, key, step_round(actor_for(request), key, request.POST))


@require_POST
def approve(request: HttpRequest, key: str) -> HttpResponse:
    """Approve all units that are chosen."""
    return _on_control(request, key, approve_units(actor_for(request), key, request.POST))


def _on_control(request: HttpRequest, key: str, act: Act) -> HttpResponse:
    if not act.is_refused:
        return _done(request, act)
    page = control_page(actor_for(request), key, request.GET, act.findings)
    return render(request, "rounds_pages/control.html", {"page": page}, status=422)


def unit(request: HttpRequest, key: str, unit: str) -> HttpResponse:
    """One unit to review: a panel for htmx, a page of its own without it; by POST approved, returned or excused."""
    actor = actor_for(request)
    findings: Sequence[Finding] = ()
    if request.method == "POST":
        act = step_unit(actor, key, unit, request.POST)
        if not act.is_refused:
            return _done(request, act)
        findings = act.findings
    page = unit_page(actor, key, unit, request.POST.get("back", request.GET.urlencode()), findings)
    template = "rounds_pages/unit_panel.html" if request.htmx else "rounds_pages/unit.html"  # type: ignore[attr-defined]
    return render(request, template, {"page": page}, status=422 if findings else 200)


def adjustments(request: HttpRequest, key: str) -> HttpResponse:
    """Central adjustments: those that stand, their history, another one."""
    actor, posted = actor_for(request), request.POST if request.method == "POST" else request.GET
    form = posted_adjustment(posted)
    adjusted = adjust(actor, key, form) if request.method == "POST" else None
    if adjusted and adjusted.is_done:
        return _done(request, adjusted.act)
    page = adjustments_page(actor, key, form, adjusted)
    return render(request, "rounds_pages/adjustments.html", {"page": page}, status=422 if page.findings else 200)


def bring(request: HttpRequest, key: str) -> HttpResponse:
    """Entries out to Excel and in again; a file that can be held goes on to its dry run."""
    actor = actor_for(request)
    token, findings = brought_file(actor, key, request.FILES) if request.method == "POST" else ("", [])
    if token:
        return redirect("round-dry-run", key=key, token=token)
    page = bring_page(actor, key, findings)
    return render(request, "rounds_pages/bring.html", {"page": page}, status=422 if findings else 200)


def dry_run(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """What a file would change, cell by cell; by POST, change it."""
    page = dry_run_page(actor_for(request), key, token, dry_run=request.method != "POST")
    if request.method == "POST" and not page.run.is_refused:
        messages.success(request, page.says)
        return redirect("round", key=key)
    return render(request, "rounds_pages/dry_run.html", {"page": page}, status=422 if page.run.is_refused else 200)


def remind(request: HttpRequest, key: str) -> HttpResponse:
    """Who would get a mail; by POST, send them."""
    actor = actor_for(request)
    if request.method == "POST":
        return _done(request, reminded(actor, key, request.build_absolute_uri("/")))
    return render(request, "rounds_pages/remind.html", {"page": remind_page(actor, key)})
