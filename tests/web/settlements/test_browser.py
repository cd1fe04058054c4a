"""Savings, carried-over results and settlements in a real Chromium: one walk, rules of access, a phone."""

from __future__ import annotations

from typing import Any

from tests.web.money import KEY, PERIOD, RULE, decided
from tests.web.test_browser import house, page, pytestmark, violations
from uppsikt.audit.actors import Actor
from uppsikt.savings.selectors import assignment

__all__ = ["house", "page", "pytestmark"]  # fixtures, and how such tests are marked
ADDRESSES = (
    "/effektivisering/",
    "/effektivisering/ny/",
    f"/effektivisering/{KEY}/plan/",
    f"/effektivisering/{KEY}/nasta-ar/2022/",
    "/",
    "/overforing/",
    "/overforing/ny/",
    f"/overforing/{PERIOD}/resultat/",
    "/reglering/regel/",
    f"/reglering/regel/{RULE}/avsluta/",
)


def test_money_is_distributed_and_settled_in_the_browser(page: Any, local: Actor) -> None:
    decided(local)
    faults: list[str] = []
    page.goto(f"/effektivisering/{KEY}/")
    faults += violations(page)
    page.click("text=Fördela en del på enheterna")
    for name, value in {
        "amount": "100 000",
        "decision": "Ks 9/2022",
        "decided_on": "2022-10-05",
        "text": "Del två",
    }.items():
        page.fill(f"#{name}", value)
    page.click("text=Visa fördelningen")
    page.wait_for_selector("#parts-heading")
    faults += violations(page)
    assert assignment(KEY).settled_ore == 90_000_00
    page.click("text=Besluta fördelningen")
    page.wait_for_selector(".messages")
    assert assignment(KEY).settled_ore == 190_000_00
    page.goto("/reglering/")
    page.click("text=Reglera till noll")
    page.wait_for_selector("text=Återta regleringen")
    faults += violations(page)
    for address in ADDRESSES:
        page.goto(address)
        faults += violations(page)
    page.set_viewport_size({"width": 360, "height": 740})
    for address in (f"/effektivisering/{KEY}/", "/overforing/", "/reglering/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"/effektivisering/{KEY}/")
    page.click("button[lang=en]")
    page.wait_for_selector("html[lang=en]")
    faults += violations(page)
    assert faults == []
