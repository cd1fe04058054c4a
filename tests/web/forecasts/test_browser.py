"""The manager's page in a real Chromium: typing, pasting, undoing, two at once, a phone, without JavaScript."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.browsing import CHROMIUM, held_back, violations
from tests.web.conftest import PASSWORD, load_municipality
from tests.web.forecasts.conftest import DAY, PAGE, ROUND, set_up
from uppsikt.audit.actors import Actor, Role
from uppsikt.audit.services import grant_role
from uppsikt.core.formats import Unit
from uppsikt.core.language import speaking
from uppsikt.core.money import NotMoney
from uppsikt.core.periods import BEGINNING
from uppsikt.rounds.plausibility import Usual, meant
from uppsikt.rounds.selectors import unit_work
from uppsikt.rounds.services import answer_question, save_cells
from uppsikt.rounds.states import WorkState
from uppsikt.rounds.values import CellEdit
from uppsikt.web.forecasts.amounts import COST, INCOME, ore_typed

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium found: the browser tests are skipped"),
    pytest.mark.django_db(transaction=True),
]
SAVED = "#save-state[data-state=saved]"


@pytest.fixture
def house(live_server: Any, local: Actor, tmp_path: Path) -> Any:
    """A running house where a manager and their deputy answer for 4220."""
    load_municipality(local, tmp_path)
    set_up(local)
    for name, role in (("chef", Role.MANAGER), ("vikarie", Role.DEPUTY)):
        user = User.objects.create_user(name, password=PASSWORD)
        grant_role(actor=local, user=user, role=role, unit="4220", valid_from=BEGINNING)
    return live_server


@pytest.fixture
def open_page(chromium: Any, house: Any) -> Iterator[Any]:
    """`open_page("chef", viewport=…)`: the unit's page as that person sees it; scripts may not complain."""
    contexts, complaints = [], []

    def opened(name: str, address: str = PAGE, **options: Any) -> Any:
        client = Client()
        client.force_login(User.objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend")
        size = {"viewport": {"width": 1600, "height": 1000}}
        context = chromium.new_context(locale="sv-SE", base_url=house.url, **(size | options))
        contexts.append(context)
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": house.url}])
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        if address == PAGE and options.get("java_script_enabled", True):
            page.wait_for_selector("body[data-ready]")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [text for text in complaints if "Failed to load resource" not in text] == []


def cell(account: str, field: str = "forecast") -> str:
    return f"#grid [data-account='{account}'] [data-field={field}]"


def plain(page: Any, selector: str) -> str:
    return str(page.inner_text(selector)).replace("\u202f", " ").replace("\n", " ")


def held(account: str, period: int = 0) -> int | None:
    cells = {(own.account, own.period): own.amount_ore for own in unit_work(ROUND, "4220").cells}
    return cells.get((account, period))


def paste(page: Any, text: str) -> None:
    page.evaluate(
        """text => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", text);
        const event = new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true});
        document.activeElement.dispatchEvent(event);
    }""",
        text,
    )


def copied(page: Any) -> str:
    return str(
        page.evaluate("""() => {
        const clipboardData = new DataTransfer();
        const event = new ClipboardEvent("copy", {clipboardData, bubbles: true, cancelable: true});
        document.activeElement.dispatchEvent(event);
        return clipboardData.getData("text/plain");
    }""")
    )


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.dataset.field"))


def tab_to(page: Any, wanted: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", wanted):
            return
    raise AssertionError(f"Tab never comes to {wanted}")


def test_a_manager_is_done_with_the_keyboard_alone(open_page: Any, local: Actor) -> None:
    bought = CellEdit("1930", 0, 50_000_00, 0)  # an investment from a file: below the net cost and not in it
    save_cells(actor=local, round_key=ROUND, unit="4220", edits=[bought], as_of=DAY)
    page = open_page("chef")
    rows = page.eval_on_selector_all("#grid .tabulator-row", "rows => rows.map(row => row.dataset.account)")
    assert rows == ["3", "5", "", "*", "1930"]
    tab_to(page, "#grid .tabulator-cell")
    for keys in ("120", "Enter", "2 640 000", "Tab"):
        page.keyboard.press(keys) if keys.isalpha() else page.keyboard.type(keys)
    page.wait_for_selector(SAVED)  # the question stands in nobody's way
    assert held("5") == 2_640_000_000_00
    assert "menade du −2 640 tkr? Du skrev −2 640 000 tkr." in plain(page, "#doubt")
    assert plain(page, cell("5")) == "−2 640 000 Menade du −2 640?"
    assert "kan −2 640 tkr vara menat" in plain(page, "[data-lacking]")
    assert violations(page) == []
    page.keyboard.press("F8")
    page.wait_for_selector("#save-state[data-state=saving]")
    page.wait_for_selector(SAVED)
    assert plain(page, cell("5", "deviation")) == "−240 underskott"
    assert plain(page, "#grid .is-total [data-field=forecast]") == "−2 520"
    assert (held("3"), held("5")) == (-120_000_00, 2_640_000_00)
    tab_to(page, "[data-submit] button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".lacks:focus")
    assert violations(page) == []
    tab_to(page, "[data-lack]")
    page.keyboard.press("Enter")
    assert focused(page) == "cause-5"
    for keys, following in (
        ("Fler ärenden", "#measure-5"),
        ("Vakans hålls", "#effect-5"),
        ("100 000", "#due-5"),
        ("", "#responsible-5"),
        ("Eva Ek", "#answer-1"),
    ):
        page.keyboard.type(keys)
        tab_to(page, following)
    page.fill("#due-5", "2022-11-30")  # a day's fields come in the order of the reader's own country
    page.focus("#answer-1")
    page.keyboard.type("Ränteläget")
    page.keyboard.press("Tab")
    page.wait_for_selector("#explained-5 [data-saved]")
    page.wait_for_selector("#answered-1 [data-saved]")
    assert page.locator("[data-lacking] a").count() == 0
    page.focus("#answer-1")
    page.keyboard.type(" stiger")
    page.focus("[data-undo]")
    page.keyboard.press("Enter")
    assert "Ångrat: 1. Vilka risker ser du" in page.inner_text("#says")
    assert page.input_value("#answer-1") == "Ränteläget"
    page.wait_for_selector("#answered-1 [data-saved]")
    page.focus("[data-submit] button")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Prognosen är lämnad")
    work = unit_work(ROUND, "4220")
    assert work.participant
    assert work.participant.state is WorkState.SUBMITTED


def test_figures_are_pasted_from_a_spreadsheet_copied_out_and_undone(open_page: Any) -> None:
    page = open_page("chef")
    page.click("[data-months]")
    seen = "own => own.getBoundingClientRect().right <= innerWidth"
    assert all(page.locator(cell("5", field)).evaluate(seen) for field in ("forecast", "deviation", "notes"))
    page.click(cell("3", "m202209"))
    paste(page, "10\u00a0000 kr\t\t12,5\t\u221213\r\n200,5\t200\t\t-\r\n\r\n")
    page.wait_for_selector(SAVED)
    months = [held(account, period) for account in ("3", "5") for period in range(202209, 202213)]
    assert months == [-10_000_00, None, -12_500_00, 13_000_00, 200_500_00, 200_000_00, None, None]
    page.click(cell("5", "m202212"))
    paste(page, "1\t2\t3")
    assert "1 × 3" in page.inner_text("#says")
    page.click(cell("5", "m202211"))
    paste(page, "1\tlöner")
    assert "”löner”" in page.inner_text("#says")
    page.click(cell("3", "m202209"))
    page.click(cell("5", "m202210"), modifiers=["Shift"])
    assert copied(page) == "10\t\r\n-200,5\t-200"
    page.keyboard.press("Control+z")
    page.wait_for_selector("#save-state[data-state=saving]")
    page.wait_for_selector(SAVED)
    assert [held("3", 202209), held("5", 202210)] == [None, None]
    page.keyboard.press("Control+y")
    page.click(cell("5"))
    page.keyboard.type("2600")
    page.keyboard.press("Enter")
    page.wait_for_selector(SAVED)
    assert [held("5"), held("5", 202209), held("3", 202209)] == [2_600_000_00, None, -10_000_00]
    assert plain(page, cell("5", "m202209")) == "−250"  # (2 600 − 1 600) / 4: how the rest falls
    page.dblclick(cell("5", "m202209"))
    page.keyboard.type("300")
    page.keyboard.press("Escape")
    page.keyboard.type("300")
    page.keyboard.press("Enter")
    page.wait_for_selector(SAVED)
    assert [held("5"), held("5", 202209), held("5", 202212)] == [None, 300_000_00, 250_000_00]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Delete")
    page.keyboard.type("abc")
    page.keyboard.press("Enter")
    assert page.locator(".cell-input[aria-invalid]").count() == 1
    page.click("[data-submit] button")
    assert "”abc”" in page.inner_text("#says")
    assert focused(page) == "forecast"
    assert violations(page) == []
    page.click(cell("3"))
    paste(page, "-120\r\n2640000\r\n")
    asked = plain(page, "#doubt")
    assert "2 belopp liknar inte radernas andra, till exempel 3 Intäkter, helår: menade du 120 tkr" in asked
    page.click("[data-accept]")
    page.wait_for_selector("#save-state[data-state=saving]")
    page.wait_for_selector(SAVED)
    assert (held("3"), held("5"), page.inner_text("[data-asked]")) == (-120_000_00, 2_640_000_00, "")


def test_two_at_once_lose_nothing_and_see_each_other(open_page: Any) -> None:
    mine, theirs = open_page("chef"), open_page("vikarie")
    theirs.click(cell("5"))
    theirs.keyboard.type("2500")
    theirs.keyboard.press("Enter")
    theirs.wait_for_selector(SAVED)
    mine.click(cell("5"))
    mine.keyboard.type("2640")
    mine.keyboard.press("Enter")
    mine.wait_for_selector("#merge[open]")
    words = mine.inner_text("#merge").replace("\u202f", " ")
    assert all(
        word in words for word in ("5 Personalkostnader, helår", "−2 500 tkr", "vikarie", "−2 640 tkr", "ditt")
    )
    assert violations(mine) == []
    mine.keyboard.press("Escape")
    assert mine.locator("#merge[open]").count() == 1
    mine.click("[data-all=mine]")
    mine.wait_for_selector(SAVED)
    assert held("5") == 2_640_000_00
    theirs.click(cell("3"))
    theirs.keyboard.type("130")
    theirs.evaluate("window.dispatchEvent(new Event('focus'))")
    theirs.wait_for_selector("#says:has-text('chef ändrade 5 Personalkostnader')")
    assert plain(theirs, cell("5")).startswith("−2 640 chef, ")
    assert theirs.input_value(".cell-input") == "130"


def test_typing_goes_on_while_a_save_is_under_way_and_while_there_is_no_contact(open_page: Any) -> None:
    page = open_page("chef")
    page.click(cell("5"))
    page.keyboard.type("2500")
    with held_back(page, "**/celler/"):
        page.keyboard.press("Enter")
        page.wait_for_selector("#save-state[data-state=saving]")
        page.keyboard.press("ArrowUp")
        page.keyboard.type("26")
    page.wait_for_selector(SAVED)
    page.keyboard.type("00")
    page.keyboard.press("Enter")
    page.wait_for_selector("#save-state[data-state=saving]")
    page.wait_for_selector(SAVED)
    assert held("5") == 2_600_000_00  # one's own save is no conflict with what one went on to type
    page.context.set_offline(True)
    page.click(cell("5"))
    page.keyboard.type("2640")
    page.keyboard.press("Enter")
    page.wait_for_selector("#save-state[data-state=failed]:has-text('ingen kontakt')")
    asked = page.evaluate("!window.dispatchEvent(new Event('beforeunload', {cancelable: true}))")
    assert asked
    page.context.set_offline(False)
    page.wait_for_selector(SAVED)
    assert held("5") == 2_640_000_00


def test_a_phone_has_a_form_that_saves_and_nothing_scrolls_sideways(open_page: Any, local: Actor) -> None:
    size = {"width": 360, "height": 740}
    page = open_page("chef", viewport=size, has_touch=True, is_mobile=True)
    assert page.is_hidden("#grid")
    page.fill("input[name=cell-5-0]", "2640")
    page.keyboard.press("Enter")
    page.wait_for_selector(SAVED)
    assert held("5") == 2_640_000_00
    assert page.input_value("input[name=cell-5-0]") == "−2\u202f640"
    assert plain(page, "#rad-5 .deviation") == "−240 underskott"
    assert plain(page, "tr.total .deviation") == "−240 underskott"
    page.click("#rad-3 [data-use=previous]")
    page.wait_for_selector("#save-state[data-state=saving]")
    page.wait_for_selector(SAVED)
    assert held("3") == -120_000_00
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert violations(page) == []
    page.click(".house__open")
    assert page.is_visible(".places")
    assert violations(page) == []
    page.click(".house__close")
    assert page.is_hidden(".places")
    assert page.evaluate("document.querySelector('h1').getBoundingClientRect().top") < 250


def test_what_was_typed_before_the_scripts_had_come_is_saved_too(open_page: Any) -> None:
    page = open_page("chef", "/konto/", viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    with held_back(page, "**/forecasts/page.js"):
        page.goto(PAGE, wait_until="commit")
        page.fill("input[name=cell-5-0]", "2640")
        page.fill("#answer-1", "Ränteläget")
        page.focus("input[name=cell-3-0]")
    page.wait_for_selector("#answered-1 [data-saved]")
    page.wait_for_selector(SAVED)
    assert held("5") == 2_640_000_00


def test_who_comes_back_to_the_page_overwrites_nobodys_newer_words(open_page: Any, local: Actor) -> None:
    page = open_page("chef")
    page.fill("#answer-1", "Ränteläget")
    page.keyboard.press("Tab")
    page.wait_for_selector("#answered-1 [data-saved]")
    page.goto("/konto/")
    newer = answer_question(
        actor=local, round_key=ROUND, unit="4220", number=1, text="Energin", seen_version=1, as_of=DAY
    )
    assert newer.row
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method))
    page.go_back()
    page.wait_for_selector("body[data-ready]")
    page.wait_for_load_state("networkidle")
    assert "POST" not in asked
    assert page.input_value("#answer-1") == "Energin"


def test_it_works_without_javascript(open_page: Any, local: Actor) -> None:
    page = open_page("chef", java_script_enabled=False)
    page.fill("input[name=cell-5-0]", "2640")
    other = CellEdit("3", 0, -130_000_00, 0)
    save_cells(actor=local, round_key=ROUND, unit="4220", edits=[other], as_of=DAY)
    page.click("form#form p.buttons button")
    assert page.locator(".messages").inner_text() == "Sparat."
    assert (held("5"), held("3")) == (2_640_000_00, -130_000_00)
    page.click("text=Visa månaderna")
    page.fill("input[name=cell-3-202210]", "40")
    page.click("form#form p.buttons button")
    assert (held("3"), held("3", 202210)) == (None, -40_000_00)
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.is_hidden(".places")
    tab_to(page, ".house__open")
    page.keyboard.press("Enter")
    tab_to(page, ".places a")
    page.keyboard.press("Escape")
    assert page.is_hidden(".places")


def test_scripts_and_server_read_the_same_amounts(chromium: Any, live_server: Any) -> None:
    pick = random.Random(4)
    signs = "0123456789" * 2 + "  ,,..--+()−–\u00a0\u202fkrtmn:x"
    texts = ["".join(pick.choices(signs, k=pick.randint(1, 9))) for _ in range(3_000)]
    texts += ["1 400", "1.400", "(300)", "300-", "1.400,50", "1,4 mnkr", "1,400", "(-5)", "1400:-", "-", "kr", " "]
    languages = ("sv", "en")
    asked = [
        (text, pick.choice(("kr", "tkr")), pick.choice((COST, INCOME)), own) for text in texts for own in languages
    ]
    page = chromium.new_page(base_url=live_server.url)
    page.goto("/logga-in/")
    answered = page.evaluate(
        """async asked => {
        const {oreTyped, exact} = await import("/static/web/forecasts/parsing.js");
        return asked.map(([text, unit, side, language]) => {
            const ore = oreTyped(text, unit, side, language);
            if (ore === undefined) return "unread";
            return [ore, oreTyped(exact(ore, unit, side, language), unit, side, language)];
        });
    }""",
        asked,
    )
    doubted = [_doubt(pick) for _ in range(3_000)]
    meant_there = page.evaluate(
        """async asked => {
        const {meant} = await import("/static/web/forecasts/doubting.js");
        return asked.map(([ore, least, most, sign]) => meant(ore, {least, most, sign}));
    }""",
        doubted,
    )
    page.close()
    meant_here = [meant(ore, Usual(*usual)) for ore, *usual in doubted]
    assert meant_here == meant_there
    assert sum(1 for own in meant_here if own is not None) > 200
    expected = [_read(*own) for own in asked]
    assert [own for own in zip(asked, expected, answered, strict=True) if own[1] != own[2]] == []
    assert sum(1 for own in expected if own != "unread") > 200


def _doubt(pick: random.Random) -> tuple[int, int, int, int]:
    least = pick.randint(1, 10 ** pick.randint(1, 12))
    amount = least * pick.choice((1, 10, 1000)) // pick.choice((1, 10, 1000)) + pick.randint(-5, 5)
    return pick.choice((1, -1)) * amount, least, least * pick.randint(1, 3), pick.choice((1, -1, 0))


def _read(text: str, unit: str, side: int, language: str) -> str | list[int | None]:
    try:
        with speaking(language):
            ore = ore_typed(text, Unit(unit), side)
    except NotMoney:
        return "unread"
    return [ore, ore]
