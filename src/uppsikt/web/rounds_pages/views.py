"""Rounds as they are read: the list, the controller's page and its small part, bridges, files."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from uppsikt.rounds.calendars import calendar
from uppsikt.rounds.selectors import held_setup
from uppsikt.web.actors import actor_for
from uppsikt.web.rounds_pages.bridge_pages import bridge_page
from uppsikt.web.rounds_pages.control import control_page, pulse_of
from uppsikt.web.rounds_pages.entries import entries_workbook
from uppsikt.web.rounds_pages.lists import index_page, require_round
from uppsikt.web.rounds_pages.scope import scope_of

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def index(request: HttpRequest) -> HttpResponse:
    """The rounds, with how far each has come."""
    return render(request, "rounds_pages/index.html", {"page": index_page(actor_for(request))})


def control(request: HttpRequest, key: str) -> HttpResponse:
    """Where a round stands, unit by unit."""
    page = control_page(actor_for(request), key, request.GET)
    return render(request, "rounds_pages/control.html", {"page": page})


def state(request: HttpRequest, key: str) -> HttpResponse:
    """The small part that asks again and again: nothing at all where nothing has changed."""
    now = pulse_of(actor_for(request), key)
    if now.mark == request.GET.get("sett", ""):
        return HttpResponse(status=204)
    response = render(request, "rounds_pages/pulse.html", {"pulse": now})
    response["HX-Trigger"] = "roundchanged"
    return response


def bridge(request: HttpRequest, key: str) -> HttpResponse:
    """From budget, or the last forecast, to this forecast."""
    page = bridge_page(actor_for(request), key, request.GET)
    return render(request, "rounds_pages/bridge.html", {"page": page})


def calendar_file(request: HttpRequest, key: str) -> HttpResponse:
    """The round's days as a file for calendars."""
    row = require_round(actor_for(request), key)
    address = request.build_absolute_uri(reverse("rounds"))
    now = datetime.now(UTC)
    text = calendar(row, held_setup(key).setup, municipality=settings.MUNICIPALITY, stamped_at=now, address=address)
    return _file(text.encode(), f"{key}.ics", "text/calendar; charset=utf-8")


def entries_file(request: HttpRequest, key: str) -> HttpResponse:
    """All entries of the units that the reader answers for."""
    scope = scope_of(actor_for(request), key)
    return _file(entries_workbook(scope), f"prognoser-{key}.xlsx", _XLSX)


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
