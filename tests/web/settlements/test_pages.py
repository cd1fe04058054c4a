"""The pages of carried-over results and settlements: before, between and after; who sees and who decides."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.web.conftest import SignedIn
from tests.web.money import PERIOD, RULE, decided
from uppsikt.adoption.reading import statement
from uppsikt.audit.actors import Actor, Role
from uppsikt.planning.models import Round
from uppsikt.settlements.selectors import period_entries, periods, rules, standing_settlements

ROUND = {"round": "delar2-2022"}
RESULT = {
    "unit": "4220", "year": "2022", "result": "−50 000", "decision": "Ks 9/2023", "decided_on": "2023-02-01",
    "text": "Bokslut",
}  # fmt: skip
NEW_RULE = {
    "title": "IT regleras", "unit": "1010", "account": "3", "basis": "net-cost", "decision": "Ks 6/2022",
    "valid_from": "2022-01-01", "financier-1": "3020", "account-1": "5", "weight-1": "1",
}  # fmt: skip
NEW_PERIOD = {"name": "Nästa", "first_year": "2023", "last_year": "2026", "units": "4220", "account": "5"}


@pytest.fixture
def controller(municipality: None, local: Actor, signed_in: SignedIn) -> Client:
    decided(local)
    return signed_in(Role.CONTROLLER)


def page_of(client: Client, address: str) -> Any:
    return client.get(address).context["page"]


def test_the_settlement_is_shown_before_between_and_after_and_adds_up(controller: Client) -> None:
    (before,) = page_of(controller, "/reglering/").lines
    assert (before.before_ore, before.settled_ore) == (-240_000_00, 0)
    assert page_of(controller, "/reglering/").is_stale
    assert controller.post("/reglering/reglera/", ROUND).status_code == 302
    page = page_of(controller, "/reglering/")
    assert (page.lines[0].settled_ore, page.lines[0].after_ore, page.sums[2]) == (240_000_00, 0, 0)
    assert not page.is_stale
    payer = ("1010 Kommungemensam IT", True, -240_000_00)
    assert [(own.payer, own.is_unit, own.amount_ore) for own in page.payers] == [payer]
    assert page.proof_ore == 0
    text = controller.get("/reglering/?in=kr").content.decode()
    assert "240\u202f000,00 + betalarnas del −240\u202f000,00 = <strong>0,00 kr</strong>" in text
    assert [own.is_settling for own in page.history] == [True]
    written = controller.get("/reglering/?in=mnkr&as=csv").content.decode("utf-8-sig").splitlines()
    assert [line.split(";")[2:] for line in written[1:]] == [
        ["-240000,00", "240000,00", "0,00"],
        ["", "-240000,00", ""],
    ]
    again = controller.post("/reglering/reglera/", ROUND, follow=True)
    assert "stod redan som den ska" in again.content.decode()
    result = statement("reglering", "delar2-2022", unit="42")
    told = [result.cell("4220", key).amount_ore for key in ("avvikelse-fore", "reglering", "avvikelse")]
    assert told == [240_000_00, -240_000_00, 0]
    assert controller.post("/reglering/aterta/", ROUND).status_code == 302
    assert not any(standing_settlements("delar2-2022").values())
    taken_back = page_of(controller, "/reglering/")
    assert ([own.is_settling for own in taken_back.history], taken_back.is_stale) == ([False, True], True)
    assert controller.post("/reglering/reglera/", ROUND).status_code == 302  # and once more
    assert page_of(controller, "/reglering/").proof_ore == 0


def test_a_round_that_is_not_open_is_not_settled(controller: Client) -> None:
    answer = controller.post("/reglering/reglera/", {"round": "delar1-2022"})
    assert answer.status_code == 422
    assert answer.context["page"].findings
    assert controller.post("/reglering/reglera/", {"round": "delar9"}).status_code == 404
    assert controller.get("/reglering/reglera/").status_code == 405


def test_whoever_reads_other_units_sees_neither_rules_nor_results(controller: Client, signed_in: SignedIn) -> None:
    own, other = signed_in(Role.MANAGER, "4220"), signed_in(Role.MANAGER, "1010")
    assert [line.title for line in page_of(own, "/reglering/").lines] == ["Ekonomi"]
    assert page_of(other, "/reglering/").lines == page_of(other, "/reglering/").rules == ()
    assert len(page_of(own, "/overforing/").parts) == 1
    assert page_of(other, "/overforing/").parts == ()
    assert not page_of(own, "/reglering/").may_settle
    for address in (
        "/reglering/reglera/",
        "/reglering/aterta/",
        "/reglering/regel/",
        f"/overforing/{PERIOD}/resultat/",
    ):
        assert own.post(address, ROUND).status_code == 403
    assert standing_settlements("delar2-2022") == {}


def test_rules_are_decided_and_ended(controller: Client) -> None:
    assert controller.post("/reglering/regel/", NEW_RULE | {"financier-1": ""}).status_code == 422
    assert controller.post("/reglering/regel/", NEW_RULE | {"valid_from": "nyss"}).status_code == 422
    # who pays for Ekonomi can't be settled itself
    assert controller.post("/reglering/regel/", NEW_RULE).status_code == 422
    end = f"/reglering/regel/{RULE}/avsluta/"
    assert controller.get(end).status_code == 200
    assert controller.post(end, {"valid_to": "2022-08-15"}).status_code == 422
    assert controller.post(end, {"valid_to": "2022-01-01"}).status_code == 302
    assert controller.post("/reglering/regel/", NEW_RULE).status_code == 302
    assert [own.key for own in rules() if own.valid_to.year > 9000] == ["it-regleras"]


def test_a_units_way_through_the_period(controller: Client) -> None:
    ((part,), row) = (page_of(controller, "/overforing/").parts, page_of(controller, "/overforing/").round)
    (unit,) = part.units
    assert row.key == "delar2-2022"
    assert [year.closing_ore // 100 for year in unit.years] == [100_000, 200_000, 300_000, 60_000]
    current = unit.current
    assert (current.opening_ore, current.deviation_ore, unit.carried.balance_ore) == (
        300_000_00,
        -240_000_00,
        60_000_00,
    )
    assert unit.lapses
    written = controller.get("/overforing/?as=csv").content.decode("utf-8-sig").splitlines()
    assert [line.split(";")[7] for line in written[1:]] == ["100000,00", "200000,00", "300000,00", "60000,00"]


def test_at_the_year_end_nothing_is_called_a_forecast(controller: Client) -> None:
    Round.objects.filter(key="delar2-2022").update(kind="year-end")
    text = controller.get("/reglering/").content.decode()
    assert "Bokslutet visas före och efter" in text
    last = page_of(controller, "/overforing/").parts[0].units[0].current
    assert str(last.source.label) == "budget minus bokslut"


def test_results_and_periods_are_decided(controller: Client) -> None:
    address = f"/overforing/{PERIOD}/resultat/"
    assert controller.get(address).status_code == 200
    assert controller.post(address, RESULT | {"result": "mycket"}).status_code == 422
    assert controller.post(address, RESULT | {"year": "2018"}).status_code == 422
    assert controller.post(address, RESULT).status_code == 302
    assert period_entries()[PERIOD][-1].amount_ore == -50_000_00
    assert controller.post("/overforing/ny/", NEW_PERIOD | {"units": "4711"}).status_code == 422
    assert controller.post("/overforing/ny/", NEW_PERIOD).status_code == 302
    assert [own.key for own in periods()] == ["2023-2026", PERIOD]
    assert "Nästa" in controller.get("/overforing/").content.decode()


def test_the_pages_speak_english_and_cost_the_same_whatever_there_is(
    controller: Client, django_assert_max_num_queries: Any
) -> None:
    controller.post("/sprak/", {"language": "en", "next": "/reglering/"})
    addresses = (
        "/overforing/",
        "/reglering/",
        "/reglering/regel/",
        "/overforing/ny/",
        f"/overforing/{PERIOD}/resultat/",
    )
    for address in addresses:
        text = controller.get(address).content.decode()
        assert 'lang="en"' in text
        assert not [word for word in ("Enhet<", "Årets", "Reglera", "Besluta", "Källa") if word in text], address
    with django_assert_max_num_queries(20):
        controller.get("/overforing/")
    with django_assert_max_num_queries(18):
        controller.get("/reglering/")
