"""The manager's page over HTTP: what it shows, saves, refuses, and to whom."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.web.conftest import SignedIn
from tests.web.forecasts.conftest import DAY, PAGE, ROUND
from uppsikt.audit.actors import Actor, Role
from uppsikt.rounds.models import Participant
from uppsikt.rounds.selectors import unit_work
from uppsikt.rounds.services import add_comment, return_unit, save_cells
from uppsikt.rounds.states import WorkState
from uppsikt.rounds.values import CellEdit

pytestmark = pytest.mark.usefixtures("at_work")


@pytest.fixture
def manager(signed_in: SignedIn) -> Client:
    return signed_in(Role.MANAGER, "4220", "chef")


def held(account: str, period: int = 0) -> int | None:
    cells = {(own.account, own.period): own.amount_ore for own in unit_work(ROUND, "4220").cells}
    return cells.get((account, period))


def send(client: Client, *edits: dict[str, object]) -> dict[str, Any]:
    answer = client.post(f"{PAGE}celler/", json.dumps({"edits": edits}), content_type="application/json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def typed(account: str, text: str, seen: int = 0, period: int = 0, side: int = 1) -> dict[str, object]:
    return {"account": account, "period": period, "seen": seen, "text": text, "unit": "tkr", "side": side}


def test_the_page_shows_last_year_budget_actual_and_the_last_forecast_with_costs_as_minus(manager: Client) -> None:
    page = manager.get(PAGE).content.decode()
    for words in ("5 Personalkostnader", "−2\u202f400", "−1\u202f600", "−2\u202f500", "120", "Rader som avviker"):
        assert words in page, words
    assert "rad-1" not in page


def test_the_page_asks_as_many_questions_whatever_it_holds(
    manager: Client, local: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    manager.get(PAGE)
    with django_assert_num_queries(19):
        manager.get(PAGE)
    for number, account in enumerate(("3", "5")):
        edit = CellEdit(account, 0, 1_000_00, 0)
        save_cells(actor=local, round_key=ROUND, unit="4220", edits=[edit], as_of=DAY)
        add_comment(actor=local, round_key=ROUND, unit="4220", text=f"Ord {number}", as_of=DAY, account=account)
    with django_assert_num_queries(19):
        manager.get(PAGE)


def test_who_reads_sees_the_figures_and_no_field_or_comment(signed_in: SignedIn, local: Actor) -> None:
    add_comment(actor=local, round_key=ROUND, unit="4220", text="Mellan oss", as_of=DAY)
    Participant.objects.filter(unit="4220").update(state=WorkState.SUBMITTED.value)
    reader = signed_in(Role.READER).get(PAGE).content.decode()
    assert "5 Personalkostnader" in reader
    assert "Mellan oss" not in reader
    assert "Lämna prognosen" not in reader
    assert signed_in(Role.MANAGER, "1010", "annan").get(PAGE).status_code == 403
    assert "Mellan oss" in signed_in(Role.CONTROLLER).get(PAGE).content.decode()


def test_what_is_typed_is_saved_to_the_ore_and_starts_the_work(manager: Client) -> None:
    answer = send(manager, typed("5", "2 640,12345"), typed("3", "120", side=-1))
    assert [(own["account"], own["ore"]) for own in answer["saved"] if not own["period"]] == [
        ("3", -120_000_00),
        ("5", 2_640_123_45),
    ]
    assert answer["state"]["key"] == "in-progress"
    assert held("5") == 2_640_123_45


def test_what_cannot_be_read_is_told_and_the_rest_is_saved(manager: Client) -> None:
    answer = send(manager, typed("5", "1.400"), typed("3", "120", side=-1))
    assert [(own["code"], own["account"]) for own in answer["faults"]] == [("W040", "5")]
    assert (held("5"), held("3")) == (None, -120_000_00)
    garbage = manager.post(f"{PAGE}celler/", "[1]", content_type="application/json").json()
    assert [own["code"] for own in garbage["faults"]] == ["W043"]


def test_two_who_write_in_the_same_cell_both_hear_of_it_and_other_cells_are_saved(
    manager: Client, signed_in: SignedIn
) -> None:
    deputy = signed_in(Role.DEPUTY, "4220", "vikarie")
    first = send(deputy, typed("5", "2 500"))
    answer = send(manager, typed("5", "2 640"), typed("3", "120", side=-1))
    conflict = answer["conflicts"][0]
    assert (conflict["mine"], conflict["held"]["ore"], conflict["held"]["by"]) == (
        2_640_000_00,
        2_500_000_00,
        "vikarie",
    )
    assert held("5") == 2_500_000_00
    assert held("3") == -120_000_00
    assert send(manager, typed("5", "2 640", first["saved"][0]["version"]))["conflicts"] == []
    looked = deputy.get(f"{PAGE}celler/").json()
    assert {own["ore"] for own in looked["saved"] if own["account"] == "5" and not own["period"]} == {2_640_000_00}


def test_an_odd_figure_is_saved_and_noted_for_whoever_reviews(manager: Client, signed_in: SignedIn) -> None:
    answer = send(manager, typed("5", "2 640 000"), typed("3", "120", side=-1))
    assert answer["faults"] == []
    assert held("5") == 2_640_000_000_00
    for client in (manager, signed_in(Role.CONTROLLER)):
        page = client.get(PAGE).content.decode().replace("\u202f", " ")
        assert "N060" in page
        assert "Kan −2 640\u00a0tkr vara menat?" in page
        assert "på 3 är" not in page
    panel = signed_in(Role.CONTROLLER, name="granskare").get(f"/omgangar/{ROUND}/granska/4220/")
    assert "N060" in panel.content.decode()


def test_who_may_not_type_saves_nothing(signed_in: SignedIn) -> None:
    for role, unit in ((Role.READER, "4220"), (Role.MANAGER, "1010")):
        client = signed_in(role, unit)
        assert client.post(f"{PAGE}celler/", '{"edits": []}', content_type="application/json").status_code == 200
        body = json.dumps({"edits": [typed("5", "1")]})
        assert client.post(f"{PAGE}celler/", body, content_type="application/json").status_code == 403
    assert held("5") is None


def test_the_form_saves_only_what_was_changed_and_keeps_what_it_refuses(manager: Client, local: Actor) -> None:
    edit = CellEdit("3", 0, -130_000_00, 0)
    save_cells(actor=local, round_key=ROUND, unit="4220", edits=[edit], as_of=DAY)
    fields = {"unit": "tkr", "i": "tkr", "do": "save", "side-5": "1", "side-3": "-1"}
    fields |= {"cell-5-0": "2 640", "was-5-0": "", "seen-5-0": "0", "cell-3-0": "", "was-3-0": "", "seen-3-0": "0"}
    assert manager.post(PAGE, fields).status_code == 302
    assert (held("5"), held("3")) == (2_640_000_00, -130_000_00)
    answer = manager.post(PAGE, {**fields, "cell-5-0": "1.400", "was-5-0": "−2 640"})
    assert answer.status_code == 422
    assert "W040" in answer.content.decode()
    assert 'value="1.400"' in answer.content.decode()
    stale = manager.post(PAGE, {**fields, "cell-3-0": "140", "was-3-0": "", "seen-3-0": "0"})
    assert "W042" in stale.content.decode()


def test_empty_rows_are_filled_with_the_last_forecast_and_a_row_asked_for_is_replaced(manager: Client) -> None:
    send(manager, typed("5", "2 640"))
    manager.post(PAGE, {"unit": "tkr", "i": "tkr", "do": "previous:*"})
    assert (held("5"), held("3")) == (2_640_000_00, -120_000_00)
    manager.post(PAGE, {"unit": "tkr", "i": "tkr", "do": "previous:5"})
    assert held("5") == 2_500_000_00


def test_handing_in_says_what_lacks_and_where_and_takes_it_when_nothing_does(manager: Client, local: Actor) -> None:
    send(manager, typed("5", "2 640"), typed("3", "120", side=-1))
    refused = manager.post(PAGE, {"do": "submit"})
    assert refused.status_code == 422
    for url in ('href="#forklaring-5"', 'href="#fraga-1"'):
        assert url in refused.content.decode()
    why = {"cause": "Fler ärenden", "measure": "Vakans", "effect": "100 000", "responsible": "Eva"}
    assert manager.post(f"{PAGE}forklaring/5/", {**why, "due_on": "snart", "version": "0"}).status_code == 422
    manager.post(f"{PAGE}forklaring/5/", {**why, "due_on": "2022-11-30", "version": "0"})
    manager.post(f"{PAGE}svar/1/", {"text": "Ränteläget", "version": "0"})
    assert manager.post(PAGE, {"do": "submit"}).status_code == 302
    work = unit_work(ROUND, "4220")
    assert work.participant
    assert work.participant.state is WorkState.SUBMITTED
    assert work.explanations[0].effect_ore == -100_000_00  # what it brings is less cost
    handed_in = manager.get(PAGE).content.decode()
    assert "Ta tillbaka" in handed_in
    assert "Omgången frågade om rader" in handed_in
    assert "Förklara avvikelserna" not in handed_in
    assert manager.post(PAGE, {"do": "withdraw"}).status_code == 302
    assert "data-voluntary hidden" in _explanation(manager)
    send(manager, typed("5", "2 400", seen=1))
    assert '"note" data-voluntary>Frivillig: avvikelsen är under' in _explanation(manager)  # written all the same
    send(manager, typed("5", "2 640", seen=2))
    assert manager.post(PAGE, {"do": "submit"}).status_code == 302
    return_unit(actor=local, round_key=ROUND, unit="4220", message="Skriv mer om avgifterna.", as_of=DAY)
    assert "Skriv mer om avgifterna." in manager.get(PAGE).content.decode()


def _explanation(manager: Client) -> str:
    page = manager.get(PAGE).content.decode()
    start = page.index('<form class="panel explain" id="forklaring-5"')
    return page[start : page.index("</form>", start)]


def test_an_investment_from_a_file_stands_below_the_net_cost_and_can_be_explained_there(
    manager: Client, local: Actor
) -> None:
    edits = [CellEdit("5", 0, 2_400_000_00, 0), CellEdit("3", 0, -120_000_00, 0), CellEdit("1930", 0, 500_000_00, 0)]
    save_cells(actor=local, round_key=ROUND, unit="4220", edits=edits, as_of=DAY)
    manager.post(f"{PAGE}svar/1/", {"text": "Ränteläget", "version": "0"})
    page = manager.get(PAGE).content.decode()
    assert page.index("Nettokostnad") < page.index("Investeringar") < page.index('id="rad-1930"')
    total = page[page.index('class="total"') : page.index('class="subheading"')]
    assert '<span data-out="forecast">−2\u202f280</span>' in total  # 2 400 less 120, without the 500
    assert 'id="forklaring-1930"' in page
    refused = manager.post(PAGE, {"do": "submit"}).content.decode()
    assert 'href="#forklaring-1930"' in refused
    why = {"cause": "Bussen kom tidigare", "measure": "Ingen", "effect": "0", "responsible": "Eva"}
    manager.post(f"{PAGE}forklaring/1930/", {**why, "due_on": "2022-11-30", "version": "0"})
    assert manager.post(PAGE, {"do": "submit"}).status_code == 302


def test_a_text_that_another_saved_meanwhile_is_shown_and_not_replaced(manager: Client) -> None:
    manager.post(f"{PAGE}svar/1/", {"text": "Ränteläget", "version": "0"})
    answer = manager.post(f"{PAGE}svar/1/", {"text": "Inget", "version": "0"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "W042" in answer.content.decode()
    assert "Ränteläget" in answer.content.decode()
    assert 'name="version" value="1"' in answer.content.decode()


def test_a_comment_on_a_month_stands_in_its_thread_until_it_is_settled(manager: Client) -> None:
    manager.post(f"{PAGE}kommentarer/", {"about": "5/202210", "text": "Engångsvis?"})
    page = manager.get(PAGE).content.decode()
    assert "5 Personalkostnader, 2022-10" in page
    own = unit_work(ROUND, "4220").comments[0]
    manager.post(f"{PAGE}kommentarer/{own.id}/klar/")
    assert unit_work(ROUND, "4220").comments[0].settled_by == "chef"


def test_ones_own_work_is_listed_and_the_wholes_is_not(manager: Client, signed_in: SignedIn) -> None:
    mine = manager.get("/omgangar/mina/").content.decode()
    assert PAGE in mine
    assert "/enhet/1010/" not in mine
    assert "/enhet/" not in signed_in(Role.CONTROLLER).get("/omgangar/mina/").content.decode()


def test_the_page_speaks_english(manager: Client) -> None:
    manager.post("/sprak/", {"language": "en", "next": "/"})
    page = manager.get(f"{PAGE}?manader=1").content.decode()
    for words in ("Hand in the forecast", "My forecast 2022", "Same as last forecast", "oct"):
        assert words.lower() in page.lower(), words


def test_numbers_no_page_ever_sent_are_no_program_fault(manager: Client) -> None:
    endless = "9" * 5_000
    assert manager.post(f"{PAGE}forklaring/5/", {"cause": "Annat", "version": endless}).status_code < 500
    assert manager.post(f"{PAGE}kommentarer/", {"text": "Ord", "about": f"5/{endless}"}).status_code < 500
    assert manager.post(PAGE, {"cell-5-0": "2600", "was-5-0": "", "seen-5-0": endless}).status_code < 500
    nested = b'{"edits": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    answer = manager.post(f"{PAGE}celler/", nested, content_type="application/json")
    assert answer.status_code < 500


def test_what_is_not_handed_in_is_for_those_who_work_with_it(manager: Client, signed_in: SignedIn) -> None:
    assert manager.get(PAGE).status_code == 200
    for role in (Role.READER, Role.BOARD, Role.AUDITOR):
        assert signed_in(role).get(PAGE).status_code == 403
        assert signed_in(Role.READER, "4220", f"{role}-2").get(f"{PAGE}celler/").status_code == 403
    assert signed_in(Role.DIRECTOR).get(PAGE).status_code == 200
    board = signed_in(Role.BOARD, name="ledamot")
    for state in WorkState:
        Participant.objects.filter(unit="4220").update(state=state.value)
        opened = 403 if state in (WorkState.NOT_STARTED, WorkState.IN_PROGRESS, WorkState.RETURNED) else 200
        assert {board.get(page).status_code for page in (PAGE, f"{PAGE}celler/")} == {opened}, state
