"""A controller runs a round in a real Chromium: rules of access, the keyboard, what renews itself, a phone."""

from __future__ import annotations

from typing import Any

from tests.web.rounds_pages.conftest import ROUND, run_round, type_in
from tests.web.test_browser import house, page, pytestmark, violations
from uppsikt.audit.actors import Actor
from uppsikt.rounds.selectors import participants
from uppsikt.rounds.states import WorkState
from uppsikt.rounds.values import CellEdit

__all__ = ["house", "page", "pytestmark"]  # fixtures, and how such tests are marked
HOME = f"/omgangar/{ROUND}/"
ADDRESSES = (
    "/omgangar/",
    "/omgangar/ny/",
    f"{HOME}brygga/?unit=40&per=konton&fran=foregaende",
    f"{HOME}justeringar/",
    f"{HOME}prognoser/",
    f"{HOME}installning/",
    f"{HOME}paminn/",
    f"{HOME}granska/4220/",
)


def test_a_round_is_run_in_the_browser(page: Any, local: Actor, tmp_path: Any) -> None:
    run_round(local)
    page.goto(HOME)
    faults = violations(page)
    _fold_by_keyboard(page)
    faults += _reviewed_in_the_panel(page)
    faults += _renewed_by_itself(page, local)
    faults += _taken_through_excel(page, tmp_path)
    for address in ADDRESSES:
        page.goto(address)
        faults += violations(page)
    page.set_viewport_size({"width": 360, "height": 740})
    for address in (HOME, *ADDRESSES[1:6]):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
    page.goto(HOME)
    box = page.locator(".round-tree tbody td.number.deviation > span").first.bounding_box()
    assert box["x"] + box["width"] <= 360, "the deviation is seen without scrolling"
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(HOME)
    page.click("button[lang=en]")
    page.wait_for_selector("html[lang=en]")
    faults += violations(page)
    assert faults == []


def _fold_by_keyboard(page: Any) -> None:
    level = page.locator("tr", has=page.locator("[data-code='42']")).locator(".fold")
    level.focus()
    page.keyboard.press("Enter")
    assert level.get_attribute("aria-expanded") == "false"
    assert not page.is_visible("[data-code='4220']")
    page.keyboard.press("Enter")
    assert page.is_visible("[data-code='4220']")


def _reviewed_in_the_panel(page: Any) -> list[str]:
    page.focus("[data-code='1010']")
    page.keyboard.press("Enter")
    page.wait_for_selector("#figure [data-focus]:focus")
    faults = violations(page)
    page.keyboard.press("Escape")
    page.wait_for_selector("#figure:empty", state="attached")
    assert page.evaluate("document.activeElement.dataset.code") == "1010"
    page.keyboard.press("Enter")
    page.click("#figure summary:has-text('Återlämna')")
    page.fill("#message", "Hyran saknas.")
    page.click("#figure button:has-text('Återlämna')")
    page.wait_for_selector(".messages")
    assert participants(ROUND)[0].state is WorkState.RETURNED
    return faults


def _renewed_by_itself(page: Any, local: Actor) -> list[str]:
    page.check("input[value=review]", force=True)
    page.wait_for_selector("text=Ingen enhet stämmer med valet.")
    assert "visa=review" in page.url
    page.check("input[name=visa][value='']", force=True)
    page.wait_for_selector("[data-code='3020']")
    type_in(local, "3020", CellEdit("5", 0, 123_400_000, 0))
    page.evaluate("htmx.trigger('#pulse', 'now')")  # what the clock does every fifteen seconds
    page.wait_for_selector("text=−1 234")
    return violations(page)


def _taken_through_excel(page: Any, folder: Any) -> list[str]:
    page.goto(f"{HOME}prognoser/")
    with page.expect_download() as fetched:
        page.click("text=Ladda ned alla prognoser")
    fetched.value.save_as(folder / "prognoser.xlsx")
    page.set_input_files("#file", folder / "prognoser.xlsx")
    page.click("text=Visa vad som ändras")
    page.wait_for_selector("h1:has-text('Filen ändrar ingenting')")
    return violations(page)
