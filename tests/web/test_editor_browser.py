"""The editor in a real Chromium: typing, picking by keyboard, binding, two at once, a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.browsing import CHROMIUM, held_back, violations
from tests.web.conftest import PASSWORD, load_municipality
from tests.web.test_editor import LAGET, RECIPE, TEXT, WRITE
from uppsikt.audit.actors import WHOLE, Actor, Role
from uppsikt.audit.services import grant_role
from uppsikt.core.periods import BEGINNING
from uppsikt.reports.writing.selectors import section_row

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium found: the browser tests are skipped"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def context(
    live_server: Any,
    chromium: Any,
    local: Actor,
    home: Path,
    tmp_path: Path,
) -> Iterator[Any]:
    """A controller's browser at a house with a report to write."""
    load_municipality(local, tmp_path)
    folder = home / "report-texts" / "prov"
    folder.mkdir(parents=True)
    (folder / "report.yaml").write_text(RECIPE, encoding="utf-8")
    (folder / "01-lage.md").write_text(TEXT, encoding="utf-8")
    user = User.objects.create_user("ekonom", password=PASSWORD)
    grant_role(actor=local, user=user, role=Role.CONTROLLER, unit=WHOLE, valid_from=BEGINNING)
    client = Client()
    client.force_login(user)
    context = chromium.new_context(locale="sv-SE", base_url=live_server.url, viewport={"width": 1280, "height": 900})
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    context.set_default_timeout(10_000)
    yield context
    context.close()


def opened(context: Any, address: str, complaints: list[str]) -> Any:
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    return page


def write_without_a_script(context: Any) -> None:
    """The same in English and by buttons alone."""
    page = opened(context, WRITE, [])
    page.click("button[lang=en]")
    page.goto(LAGET)
    assert violations(page) == []
    plain = context.browser.new_context(
        java_script_enabled=False, base_url=page.url, storage_state=context.storage_state()
    )
    page = plain.new_page()
    page.goto(LAGET)
    page.fill("#text", "# Läget\n\nUnderskottet är 190 tkr.")
    page.click("button[name=preview]")
    page.click("#numbers .offer >> nth=0")
    page.click("button[name=save]")
    assert "version 7" in page.inner_text(".messages")
    plain.close()


def test_what_was_typed_before_the_script_had_come_is_kept_too(context: Any) -> None:
    page = opened(context, WRITE, [])
    page.click("text=Hämta in texterna")
    with held_back(page, "**/editor.js"):
        page.goto(LAGET, wait_until="commit")
        page.fill("#text", "# Läget\n\nUnderskottet är 190 tkr.")
    page.wait_for_selector("#preview-body a.unbound:has-text('190 tkr')")
    page.wait_for_selector("[data-status]:has-text('Utkast sparat')")
    page.keyboard.type("!")
    page.wait_for_selector("[data-status]:has-text('Skriver')")
    page.keyboard.press("Backspace")  # what was typed and taken back was kept already
    page.wait_for_selector("[data-status]:has-text('Utkast sparat')")


def test_a_section_is_written_with_the_keyboard_its_numbers_bound_and_nobodys_text_lost(context: Any) -> None:
    complaints: list[str] = []
    page = opened(context, WRITE, complaints)
    assert violations(page) == []
    page.click("text=Hämta in texterna")
    assert violations(page) == []
    page.click("a:has-text('Läget')  >> nth=1")
    other = opened(context, LAGET, complaints)

    # a number typed by hand is marked while typing, and one press of a key binds it
    page.focus("#text")
    page.keyboard.press("Control+End")
    page.keyboard.type("\n\nUnderskottet är 190 tkr.")
    page.wait_for_selector("#preview-body a.unbound:has-text('190 tkr')")
    assert page.inner_text(".underlines mark") == "190 tkr"
    page.keyboard.type(" Mer")  # what is underlined stays so while more is typed
    assert page.inner_text(".underlines mark") == "190 tkr"
    for _ in " Mer":
        page.keyboard.press("Backspace")
    page.wait_for_selector("[data-status]:has-text('Utkast sparat')")
    assert violations(page) == []
    page.focus("#numbers .offer >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_selector("#numbers .all-bound")
    assert page.query_selector(".underlines mark") is None
    assert page.input_value("#text").endswith("{{ nettoredovisning/nettokostnad/avvikelse | tkr abs unit }}.")
    assert "190\u00a0tkr" in page.inner_text("#preview-body")

    # two braces open the picker; words, an arrow and Enter put a reference in their place
    page.focus("#text")
    page.keyboard.press("Control+End")
    page.keyboard.type(" Prognosen är {{")
    page.wait_for_selector("dialog[open]")
    page.keyboard.type("prognos netto")
    page.wait_for_selector("[aria-selected=true]:has-text('Nettokostnad'):has-text('Prognos')")
    assert violations(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert page.input_value("#text").endswith(" Prognosen är {{ nettoredovisning/nettokostnad/prognos | mnkr unit }}")
    assert page.evaluate("document.activeElement.id") == "text"
    page.keyboard.press("Control+s")
    page.wait_for_selector(".messages:has-text('version 2')")

    # whoever began from the version before gets both texts, and their own draft back after a reload
    other.fill("#text", other.input_value("#text").replace("# Läget", "# Nuläget"))
    other.wait_for_selector("[data-status]:has-text('ekonom')")
    other.keyboard.press("Control+s")
    other.wait_for_selector("[role=alert]:has-text('sammanförda')")
    assert other.input_value("#text").startswith("# Nuläget")
    assert "Prognosen är" in other.input_value("#text")
    other.keyboard.press("Control+s")
    other.wait_for_selector(".messages:has-text('version 3')")

    # a clash is chosen piece by piece
    page.reload()
    for one, text in ((other, "Deras."), (page, "Min.")):
        one.fill("#text", f"# Läget\n\n{text}")
        one.press("#text", "Control+s")
        one.wait_for_selector(".messages, .clash")
    assert violations(page) == []
    page.check("input[value=mine]")
    page.click(".buttons .ds-button")
    page.wait_for_selector("[data-save]")
    assert page.input_value("#text") == "# Läget\n\nMin."
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click("[data-save]")
    page.wait_for_selector(".messages:has-text('version 5')")
    page.goto(f"{LAGET}historik/")
    assert violations(page) == []
    row = section_row("prov", "laget")
    assert row
    assert row.text == "# Läget\n\nMin."

    # what is left open is asked about before the section is done
    page.goto(LAGET)
    page.fill("#text", "# Läget\n\nMinst 77,7 mnkr.")
    page.click("[name=done]")
    page.wait_for_selector("[role=alert]:has-text('77,7 mnkr')")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert [text for text in complaints if "Failed to load resource" not in text] == []
    write_without_a_script(context)
