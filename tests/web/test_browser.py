"""The pages in a real Chromium: accessibility rules, the keyboard, narrow screens, without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.browsing import CHROMIUM, violations
from tests.checks.small import typeset
from tests.web.conftest import PASSWORD, RECIPE, load_reorganised
from uppsikt.audit.actors import WHOLE, Actor, Role
from uppsikt.audit.services import grant_role
from uppsikt.core.periods import BEGINNING

STATEMENT = "/uppstallningar/nettoredovisning/"
PAGES = (
    "/",
    "/uppstallningar/",
    STATEMENT,
    f"{STATEMENT}siffra/?row=nettokostnad&figure=avvikelse",
    f"{STATEMENT}siffra/?row=nettokostnad&figure=utfall&by=vouchers",
    "/uppstallningar/enheter/?unit=40",
    "/uppstallningar/kontogrupper/?unit=4220",
    "/organisation/?day=2022-07-01",
    "/organisation/?dimension=account&hierarchy=reporting",
    "/organisation/?q=lokal&day=2022-07-01",
    "/organisation/kod/4290/",
    "/organisation/andringar/",
    "/organisation/andringar/delning-2022/?money=utfall",
    "/organisation/andringar/ny-stab/",
    "/organisation/jamfor/?draft=ny-stab",
    "/organisation/utkast/",
    "/organisation/utkast/ny-stab/",
    "/uppstallningar/enheter/brygga/?unit=KS&draft=ny-stab",
    f"{STATEMENT}?structure=2022-09-01",
    "/inlasning/",
    "/inlasning/huvudbok/",
    "/inlasning/budget/",
    "/inlasning/prognos/",
    "/inlasning/register/",
    "/rapporter/",
    "/granska/",
    "/hjalp/koder/",
    "/hjalp/koder/W001/",
    "/hjalp/tillganglighet/",
    "/finns-inte/",
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium found: the browser tests are skipped"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def house(live_server: Any, local: Actor, tmp_path: Path) -> Any:
    """A running house with the small municipality and a controller in it."""
    load_reorganised(local, tmp_path)
    user = User.objects.create_user("ekonom", password=PASSWORD)
    grant_role(actor=local, user=user, role=Role.CONTROLLER, unit=WHOLE, valid_from=BEGINNING)
    return live_server


def signed_in_context(chromium: Any, house: Any, **options: Any) -> Any:
    client = Client()
    assert client.login(username="ekonom", password=PASSWORD)
    context = chromium.new_context(locale="sv-SE", base_url=house.url, **options)
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": house.url}])
    context.set_default_timeout(10_000)
    return context


@pytest.fixture
def page(chromium: Any, house: Any) -> Iterator[Any]:
    context = signed_in_context(chromium, house, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    # an expected 404 or 422 is reported by the browser too; scripts and policies must not complain
    assert [text for text in complaints if "Failed to load resource" not in text] == []


def test_no_page_breaks_an_accessibility_rule(page: Any) -> None:
    faults = []
    for address in PAGES:
        page.goto(address)
        faults += violations(page)
    assert faults == []


def test_the_sign_in_page_breaks_no_rule_with_and_without_an_error(chromium: Any, house: Any) -> None:
    page = chromium.new_context(base_url=house.url).new_page()
    page.goto("/logga-in/")
    faults = violations(page)
    page.fill("#id_username", "ekonom")
    page.fill("#id_password", "fel")
    page.click("form.panel button")
    page.wait_for_selector("[role=alert]")
    assert faults + violations(page) == []
    page.context.close()


def test_the_english_pages_break_no_rule(page: Any) -> None:
    page.goto("/")
    page.click("button[lang=en]")
    page.wait_for_selector("html[lang=en]")
    faults = violations(page)
    for address in (STATEMENT, "/organisation/", "/organisation/andringar/", "/organisation/utkast/ny-stab/"):
        page.goto(address)
        faults += violations(page)
    assert faults == []


def test_a_figure_is_followed_down_to_its_vouchers_and_back_with_the_keyboard_alone(page: Any) -> None:
    page.goto(STATEMENT)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('td.number > a')"):
            break
    page.keyboard.press("ArrowRight")
    cell = page.evaluate("document.activeElement.dataset.cell")
    page.keyboard.press("Enter")
    page.wait_for_selector("#figure [data-focus]:focus")
    assert violations(page) == []
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Verifikationer":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("#figure caption:has-text('Verifikationer')")
    page.wait_for_selector("#figure tbody tr >> nth=3")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.wait_for_selector("#figure:empty", state="attached")
    assert page.evaluate("document.activeElement.dataset.cell") == cell


def test_the_arrow_keys_walk_between_figures(page: Any) -> None:
    page.goto(STATEMENT)
    page.focus("td.number > a")
    start = page.evaluate("document.activeElement.dataset.cell")
    page.keyboard.press("ArrowDown")
    below = page.evaluate("document.activeElement.dataset.cell")
    assert below.split("/")[0] != start.split("/")[0]
    assert below.split("/")[1] == start.split("/")[1]
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.dataset.cell") == start


@pytest.mark.parametrize("width", [1280, 1360, 1600])
def test_an_opened_figure_leaves_its_own_column_in_sight(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(STATEMENT)
    page.click('a[data-cell="nettokostnad/avvikelse"]')
    page.wait_for_selector("#figure [data-focus]")
    within = page.evaluate("""() => {
        const cell = document.querySelector('a[aria-current][data-cell]').getBoundingClientRect();
        const frame = document.querySelector('.statement .scroll').getBoundingClientRect();
        return cell.left >= frame.left && cell.right <= frame.right + 1;
    }""")
    beside = page.evaluate("""() => document.getElementById("figure").getBoundingClientRect().top
        < document.querySelector(".statement").getBoundingClientRect().bottom""")
    assert within
    assert beside == (width > 1500)


def test_an_account_opens_its_vouchers_in_the_same_panel(page: Any) -> None:
    page.goto(STATEMENT)
    page.click('a[data-cell="nettokostnad/utfall"]')
    page.click("#figure .ways a:has-text('Konton')")
    page.click("#figure th a:has-text('3010')")
    page.wait_for_selector("#figure caption:has-text('Verifikationer på konto 3010')")
    assert violations(page) == []
    assert page.url.endswith(STATEMENT)


def test_the_way_down_works_without_javascript(chromium: Any, house: Any) -> None:
    context = signed_in_context(chromium, house, java_script_enabled=False)
    page = context.new_page()
    page.goto(STATEMENT)
    page.click("td.number > a")
    page.click("a:has-text('Verifikationer')")
    page.wait_for_selector("caption:has-text('Verifikationer')")
    page.click("a:has-text('Stäng')")
    page.wait_for_url(f"**{STATEMENT}*")
    context.close()


def test_at_320_pixels_nothing_but_tables_scrolls_sideways(chromium: Any, house: Any) -> None:
    context = signed_in_context(chromium, house, viewport={"width": 320, "height": 700})
    page = context.new_page()
    too_wide = []
    for address in PAGES:
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            too_wide.append(address)
    assert too_wide == []
    context.close()


def test_every_page_shows_where_the_keyboard_is(page: Any) -> None:
    page.goto("/")
    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", page.evaluate("document.activeElement.outerHTML")


def test_a_ledger_file_is_read_on_trial_and_then_imported(page: Any, tmp_path: Path) -> None:
    from tests.web.conftest import ledger_text

    file = tmp_path / "september.se"
    file.write_text(ledger_text(2020, 3), encoding="cp437")
    page.goto("/inlasning/huvudbok/")
    page.set_input_files("#file", file)
    page.click("button:has-text('Provläs filen')")
    page.wait_for_selector("h1:has-text('Provläsning av september.se')")
    assert violations(page) == []
    page.click("button:has-text('Läs in')")
    page.wait_for_selector(".messages")
    assert page.locator("h1").inner_text() == "september.se"
    assert violations(page) == []


def test_the_time_line_is_moved_with_the_keyboard_and_the_tree_follows(page: Any) -> None:
    page.goto("/organisation/?day=2022-01-01")
    page.focus("#stop")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("#structure[data-day='2022-05-01']")
    assert page.get_attribute("#stop", "aria-valuetext") == "1 maj 2022: en kod ändras"
    assert page.evaluate("document.activeElement.id") == "stop"
    assert page.input_value("#day") == "2022-05-01"
    page.click("a[data-step='1']")
    page.wait_for_selector("#structure[data-day='2022-07-01']")
    assert page.locator("a[data-step='1'][href]").count() == 0
    assert "stop=2" in page.url
    assert violations(page) == []


def test_the_time_line_works_without_javascript(chromium: Any, house: Any) -> None:
    context = signed_in_context(chromium, house, java_script_enabled=False)
    page = context.new_page()
    page.goto("/organisation/?day=2022-01-01")
    page.click("a[data-step='1']")
    page.wait_for_selector("h2:has-text('1 maj 2022')")
    page.fill("#stop", "2")
    page.click("[data-without-script]")
    page.wait_for_selector("h2:has-text('1 juli 2022')")
    context.close()


def test_a_code_opens_its_history_beside_the_tree_and_escape_goes_back_to_it(page: Any) -> None:
    page.goto("/organisation/?day=2022-07-01")
    page.focus("a[data-code='4290']")
    page.keyboard.press("Enter")
    page.wait_for_selector("#figure [data-focus]:focus")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.wait_for_selector("#figure:empty", state="attached")
    assert page.evaluate("document.activeElement.dataset.code") == "4290"


def test_a_branch_opens_and_closes_with_the_keyboard(page: Any) -> None:
    page.goto("/organisation/?day=2022-07-01")
    page.focus("summary:has-text('Under 42 Centralt stöd')")
    page.keyboard.press("Enter")
    page.wait_for_selector("a[data-code='4290']", state="hidden")
    page.click("button:has-text('Öppna alla')")
    page.wait_for_selector("a[data-code='4290']", state="visible")


def test_a_draft_is_written_with_the_keyboard_and_says_what_it_would_do_on_the_way(page: Any) -> None:
    page.goto("/organisation/utkast/")
    page.fill("#name", "Hållbarhet 2023")
    assert page.is_hidden("#event-1-to-1")
    page.fill("#event-1-code", "4150")
    page.fill("#event-1-on", "2023-01-01")
    page.fill("#event-1-name", "Hållbarhet")
    page.focus("#event-1-parent")
    page.wait_for_selector("#codes option[value='4290']", state="attached")
    page.keyboard.type("40")
    page.keyboard.press("Tab")
    page.wait_for_selector("#preview >> text=4150 Hållbarhet öppnas under 40 Kommunstyrelseförvaltningen.")
    assert violations(page) == []
    page.click("button[value=add]")
    page.wait_for_selector("#event-2-kind:focus")
    page.select_option("#event-2-kind", "close")
    assert page.is_hidden("#event-2-name")
    page.fill("#event-2-code", "3020")
    page.keyboard.press("Tab")
    page.wait_for_selector("#preview >> text=3020 Politiska kanslier stängs utan efterträdare.")
    page.click("button[value=preview]")
    page.wait_for_selector("#preview table")
    assert violations(page) == []
    page.click("button[value=save]")
    page.wait_for_selector(".messages >> text=Utkastet är sparat.")
    assert violations(page) == []


def test_a_draft_is_written_without_javascript(chromium: Any, house: Any) -> None:
    context = signed_in_context(chromium, house, java_script_enabled=False)
    page = context.new_page()
    page.goto("/organisation/utkast/")
    page.fill("#name", "Delning 2023")
    page.select_option("#event-1-kind", "split")
    page.fill("#event-1-code", "3020")
    page.fill("#event-1-on", "2023-01-01")
    page.fill("#event-1-to-1", "1010")
    page.fill("#event-1-share-1", "50 %")
    page.click("button[value='portion:1']")
    page.fill("#event-1-to-2", "2010")
    page.fill("#event-1-share-2", "50 %")
    page.click("button[value=save]")
    page.wait_for_selector("text=50\u00a0% till 1010 Kommungemensam IT och 50\u00a0% till 2010")
    context.close()


def test_a_form_that_is_on_its_way_is_not_sent_twice(page: Any) -> None:
    page.goto("/inlasning/huvudbok/")
    stopped = page.evaluate("""() => {
        const form = document.querySelector("form[data-busy]");
        const send = () => !form.dispatchEvent(new Event("submit", {bubbles: true, cancelable: true}));
        return [send(), send()];
    }""")
    assert stopped == [False, True]


def test_a_report_is_built_from_its_page_and_the_editions_page_breaks_no_rule(page: Any, home: Path) -> None:
    from tests.web.test_reports import PROSE

    folder = home / "report-texts" / "prov"
    folder.mkdir(parents=True)
    (folder / "report.yaml").write_text(RECIPE, encoding="utf-8")
    (folder / "01-lage.md").write_text(PROSE, encoding="utf-8")
    page.goto("/rapporter/")
    page.click("button:has-text('Bygg nu')")
    page.wait_for_selector(".messages")
    page.frame_locator("iframe").locator("text=Provrapport").first.wait_for()
    assert violations(page) == []


def test_a_report_is_checked_and_its_remarks_break_no_rule(page: Any, tmp_path: Path) -> None:
    report = tmp_path / "rapport.pdf"
    report.write_bytes(typeset())
    page.goto("/granska/")
    faults = violations(page)
    page.set_input_files("#file", report)
    page.click("form.panel button")
    page.wait_for_selector("iframe.preview")
    faults += violations(page)
    # what the page frames is looked at by itself: in its frame nothing may run
    page.goto(f"{page.url}granskning.html")
    page.wait_for_selector(".sheet img")
    assert page.inner_text("article h4").startswith("1. K002")
    page.focus(".sheet svg a")
    page.keyboard.press("Enter")
    page.wait_for_url("**#r1")
    assert faults + violations(page) == []
