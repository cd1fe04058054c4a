"""A whole round in a real Chromium by four people: typed, returned, mended, approved, adopted, corrected, audited."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.web.conftest import PASSWORD
from tests.web.forecasts.conftest import PAGE, ROUND
from tests.web.forecasts.test_browser import (
    SAVED,
    cell,
    held,
    house,
    open_page,
    paste,
    pytestmark,
)
from tests.web.test_browser import violations
from uppsikt import relations
from uppsikt.adoption import adopted, verify_adopted
from uppsikt.audit.actors import WHOLE, Actor, Role
from uppsikt.audit.services import grant_role
from uppsikt.core.periods import BEGINNING
from uppsikt.rounds.selectors import participants
from uppsikt.rounds.services import approve_unit, return_unit
from uppsikt.web.actors import today

__all__ = ["house", "open_page", "pytestmark"]  # fixtures, and how such tests are marked
HOME = f"/omgangar/{ROUND}/"
ADOPTING = f"{HOME}faststall/"


@pytest.fixture
def people(house: Any, local: Actor) -> None:
    for name, role in (("ekonom", Role.CONTROLLER), ("direktor", Role.DIRECTOR), ("revisor", Role.AUDITOR)):
        user = User.objects.create_user(name, password=PASSWORD)
        grant_role(actor=local, user=user, role=role, unit=WHOLE, valid_from=BEGINNING)


def test_a_round_from_the_first_figure_to_the_corrected_version(open_page: Any, people: None, local: Actor) -> None:
    manager, controller = open_page("chef"), open_page("ekonom", HOME)
    _hand_in(manager, "2 640", explain=True)
    _review(controller, "4220", "Återlämna", "#message", "Kontrollera hyran.")
    manager.goto(PAGE)
    assert "Kontrollera hyran." in manager.inner_text("main")
    _hand_in(manager, "2 600")
    _review(controller, "4220", "Godkänn")
    _review(controller, "1010", "Undanta", "#reason", "Ny chef")
    controller.goto(HOME)
    controller.click("button[value=consolidated]")
    controller.wait_for_selector(".messages:has-text('konsoliderad')")

    director = open_page("direktor", ADOPTING)
    faults = violations(director)
    director.click("button:has-text('Fastställ version 1')")
    director.wait_for_selector("#version-1")
    director.fill("#reason", "Lönen räknad två gånger")
    director.click("button:has-text('Öppna för rättelse')")
    director.wait_for_selector("text=Rättelse pågår")
    _corrected_by(manager, local)
    controller.goto(HOME)
    controller.click("button[value=consolidated]")
    controller.wait_for_selector(".messages:has-text('konsoliderad')")
    director.goto(ADOPTING)
    director.click("button:has-text('Fastställ version 2')")
    director.wait_for_selector("#version-2")
    told = director.inner_text("section[aria-labelledby=version-2]").replace("\u202f", " ")
    assert all(words in told for words in ("Lönen räknad två gånger", "−2 600", "−2 560", "40", "chef"))
    director.click("button:has-text('Räkna om och jämför')")
    director.wait_for_selector("text=Version 2 räknas om till sig själv")
    faults += violations(director)
    director.set_viewport_size({"width": 360, "height": 740})
    assert director.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert [own.version.number for own in adopted(ROUND)] == [1, 2]
    assert verify_adopted() == []

    auditor = open_page("revisor", "/logg/")
    assert "omgång" in auditor.inner_text("main").lower()
    assert faults + violations(auditor) == []


def _hand_in(page: Any, amount: str, *, explain: bool = False) -> None:
    page.click(cell("3"))
    paste(page, f"120\r\n{amount}\r\n")
    page.wait_for_selector(SAVED)
    if explain:
        for field, text in (("cause", "Fler ärenden"), ("measure", "Vakans"), ("effect", "0"), ("responsible", "Ek")):
            page.fill(f"#{field}-5", text)
        page.fill("#due-5", "2022-11-30")
        page.fill("#answer-1", "Ränteläget")
        page.focus("[data-submit] button")
        page.wait_for_selector("#explained-5 [data-saved]")
        page.wait_for_selector("#answered-1 [data-saved]")
    page.click("[data-submit] button")
    page.wait_for_selector("text=Prognosen är lämnad")


def _review(page: Any, unit: str, act: str, field: str = "", words: str = "") -> None:
    page.goto(f"{HOME}granska/{unit}/")
    if field:
        page.click(f"summary:has-text('{act}')")
        page.fill(field, words)
    page.click(f"form button:has-text('{act}')")
    page.wait_for_selector(".messages")


def _corrected_by(manager: Any, local: Actor) -> None:
    day = today()
    return_unit(actor=local, round_key=ROUND, unit="4220", message="Rätta lönen.", as_of=day)
    manager.goto(PAGE)
    _hand_in(manager, "2 560")
    assert held("5") == 2_560_000_00
    approve_unit(
        actor=local,
        round_key=ROUND,
        unit="4220",
        as_of=day,
        actuals=relations.actuals_of_round,
        budget=relations.budget_of_round,
    )
    assert {own.unit: bool(own.excused) for own in participants(ROUND)} == {"1010": True, "4220": False}
