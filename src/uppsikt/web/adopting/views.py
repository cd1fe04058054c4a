"""One page for adopting, its versions and corrections; the changes of one as a file."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from uppsikt.web.actors import actor_for
from uppsikt.web.adopting.acts import take_step
from uppsikt.web.adopting.pages import adopting_page, version_sheet


def adopting(request: HttpRequest, key: str) -> HttpResponse:
    """What adopting means now, and every adopted version; a post adopts, corrects or verifies."""
    actor = actor_for(request)
    if request.method != "POST":
        return render(
            request,
            "adopting/adopting.html",
            {"page": adopting_page(actor, key, with_foreseen="visa" in request.GET)},
        )
    act = take_step(actor, key, request.POST)
    if act.findings:
        page = adopting_page(actor, key, act.findings, request.POST.get("reason", ""))
        return render(request, "adopting/adopting.html", {"page": page}, status=422)
    messages.success(request, act.says)
    return redirect("round-adopting", key=key)


def changes_file(request: HttpRequest, key: str, number: int, suffix: str) -> HttpResponse:
    """All figures that a correction changed, as a file."""
    return version_sheet(actor_for(request), key, number).answer(suffix)
