"""Settlements posted, replaced and taken back; results decided; rules and periods refused where they must be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.conftest import actor_with
from tests.planning.samples import LOCAL, TODAY, budget, code_registers, forecast, make_round
from uppsikt.audit.actors import NotAllowed, Role
from uppsikt.audit.models import Event
from uppsikt.coding.services import import_register
from uppsikt.core.findings import NotFound
from uppsikt.core.postings import CARRY_OVER
from uppsikt.forecasting.services import change_state
from uppsikt.planning.kinds import ForecastKind
from uppsikt.planning.models import Forecast, ForecastLine
from uppsikt.planning.selectors import budget_at, budget_entries, forecast_sums
from uppsikt.planning.services import consolidate_round
from uppsikt.planning.states import State
from uppsikt.planning.verify import verify_plan
from uppsikt.settlements import selectors
from uppsikt.settlements.selectors import (
    before_settlement,
    period_entries,
    periods,
    rules,
    standing_settlements,
)
from uppsikt.settlements.services import (
    add_rule,
    decide_result,
    end_rule,
    link_budgeted,
    open_period,
    settle,
    take_back,
)
from uppsikt.settlements.values import Basis, Financier, Link, RuleRow

ROUND = "delar2-2022"
BUDGET = """beslut;beslutsdatum;typ;text;period;enhet;konto;belopp
Ks 1/2021;2021-11-23;ursprunglig;Budget 2022;2022;4210;5;3000000
Ks 1/2021;2021-11-23;ursprunglig;Budget 2022;2022;4210;3;-3000000
Ks 1/2021;2021-11-23;ursprunglig;Budget 2022;2022;4220;5;1000000
Ks 7/2022;2022-10-01;tillägg;Efter avläsningsdagen;2022;4210;5;99
"""
FORECAST = "enhet;konto;helår\n4210;5;2660000,01\n4210;3;-3000000\n4220;5;1000000\n"
RULE = RuleRow(
    "digitalisering", "Digitaliseringen finansieras av andra", "4210", "3", Basis.DEVIATION, "Ks 5/2022",
    (Financier(2, "4220", "6"), Financier(1, counterparty="13")),
)  # fmt: skip


@pytest.fixture
def house(db: None) -> None:
    code_registers()
    content = "kod;namn;överordnad;gäller_från;gäller_till\n13;Programnämnden;;;\n".encode()
    import_register(actor=LOCAL, dimension="counterparty", content=content, name="counterparty.csv", as_of=TODAY)
    assert not budget(BUDGET).is_refused
    make_round()
    assert not forecast(FORECAST).is_refused


def deviation(unit: str) -> int:
    kinds = (ForecastKind.SUBMISSION, ForecastKind.ADJUSTMENT, ForecastKind.SETTLEMENT)
    budgeted = budget_at(date(2022, 8, 31), 2022).by_unit_account
    return sum(ore for _, _, ore in forecast_sums(ROUND, [unit], kinds)) - sum(
        ore for (own, _), ore in budgeted.items() if own == unit
    )


def test_settling_brings_the_deviation_to_zero_and_the_financier_bears_its_share(house: None) -> None:
    assert not add_rule(actor=LOCAL, facts=RULE, as_of=TODAY).findings
    assert deviation("4210") == -339_999_99
    tried = settle(actor=LOCAL, round_key=ROUND, as_of=TODAY, dry_run=True)
    assert standing_settlements(ROUND) == {}
    done = settle(actor=LOCAL, round_key=ROUND, as_of=TODAY)
    assert not done.findings
    assert done.settled == tried.settled
    assert (done.settled[0].change_ore, [ore for _, ore in done.settled[0].parts]) == (
        339_999_99,
        [226_666_66, 113_333_33],
    )
    assert deviation("4210") == 0
    assert deviation("4220") == -226_666_66
    counterparties = ForecastLine.objects.filter(forecast__kind="settlement", unit="4210").values_list(
        "counterparty", flat=True
    )
    assert set(counterparties) == {"", "13"}
    assert verify_plan() == []


def test_settling_again_replaces_and_what_stands_as_it_should_is_left_alone(house: None) -> None:
    add_rule(actor=LOCAL, facts=RULE, as_of=TODAY)
    settle(actor=LOCAL, round_key=ROUND, as_of=TODAY)
    count = Forecast.objects.count()
    assert settle(actor=LOCAL, round_key=ROUND, as_of=TODAY).changed == 0
    assert Forecast.objects.count() == count
    forecast("enhet;konto;helår\n4210;5;2500000\n")
    assert deviation("4210") != 0
    assert settle(actor=LOCAL, round_key=ROUND, as_of=TODAY).changed == 2
    assert deviation("4210") == 0


def test_a_settlement_is_taken_back_and_stands_again_when_asked(house: None) -> None:
    add_rule(actor=LOCAL, facts=RULE, as_of=TODAY)
    settle(actor=LOCAL, round_key=ROUND, as_of=TODAY)
    before = before_settlement(ROUND)
    assert take_back(actor=LOCAL, round_key=ROUND, as_of=TODAY).changed == 2
    assert deviation("4210") == -339_999_99
    assert not any(standing_settlements(ROUND).values())
    assert take_back(actor=LOCAL, round_key=ROUND, as_of=TODAY).changed == 0
    assert before_settlement(ROUND) == before
    assert settle(actor=LOCAL, round_key=ROUND, as_of=TODAY).changed == 2
    assert [own.verb for own in Event.objects.filter(verb__contains="settle")][-3:] == [
        "settle-round",
        "take-back-settlement",
        "settle-round",
    ]


def test_an_ended_rule_settles_nothing_and_what_stood_of_it_becomes_zero(house: None) -> None:
    add_rule(actor=LOCAL, facts=RULE, as_of=TODAY)
    settle(actor=LOCAL, round_key=ROUND, as_of=TODAY)
    assert not end_rule(actor=LOCAL, key="digitalisering", valid_to=date(2022, 8, 1), as_of=TODAY).findings
    assert rules(date(2022, 8, 31)) == []
    assert settle(actor=LOCAL, round_key=ROUND, as_of=TODAY).changed == 2
    assert not any(standing_settlements(ROUND).values())
    assert [own.code for own in settle(actor=LOCAL, round_key=ROUND, as_of=TODAY).findings] == ["B024"]


def test_units_without_a_forecast_are_said_and_closed_rounds_refused(house: None) -> None:
    add_rule(actor=LOCAL, facts=replace(RULE, key="lokaler", unit="4290"), as_of=TODAY)
    assert [own.code for own in settle(actor=LOCAL, round_key=ROUND, as_of=TODAY).findings] == ["B025"]
    add_rule(actor=LOCAL, facts=RULE, as_of=TODAY)
    consolidate_round(actor=LOCAL, key=ROUND, as_of=TODAY)
    assert settle(actor=LOCAL, round_key=ROUND, as_of=TODAY).is_refused
    assert settle(actor=LOCAL, round_key="delar9-2022", as_of=TODAY).is_refused
    assert standing_settlements(ROUND) == {}


def test_only_those_who_adjust_forecasts_settle(house: None) -> None:
    add_rule(actor=LOCAL, facts=RULE, as_of=TODAY)
    manager, neighbour = actor_with(Role.MANAGER, "KS"), actor_with(Role.CONTROLLER, "4210")
    for actor in (manager, neighbour):  # the neighbour may on the financed unit, not on who pays
        with pytest.raises(NotAllowed):
            settle(actor=actor, round_key=ROUND, as_of=TODAY)
    with pytest.raises(NotAllowed):
        add_rule(actor=manager, facts=replace(RULE, key="ny"), as_of=TODAY)
    assert not settle(actor=actor_with(Role.CONTROLLER, "KS"), round_key=ROUND, as_of=TODAY).is_refused
    with pytest.raises(NotAllowed):
        take_back(actor=manager, round_key=ROUND, as_of=TODAY)


ODD_RULES = (
    (RULE, "B020"),
    (replace(RULE, key="Två ord"), "B022"),
    (replace(RULE, key="ny", financiers=()), "B022"),
    (replace(RULE, key="ny", financiers=(Financier(0, counterparty="13"),)), "B022"),
    (replace(RULE, key="ny", valid_from=date(2022, 1, 15)), "B022"),
    (replace(RULE, key="ny", financiers=(Financier(1, "4210", "6"),)), "B022"),
    (replace(RULE, key="ny", account="99"), "B007"),
    (replace(RULE, key="ny", financiers=(Financier(1),)), "B007"),
    (replace(RULE, key="ny", unit="42"), "B023"),
    (replace(RULE, key="ny", unit="4290", financiers=(Financier(1, "4210", "6"),)), "B023"),
)


def test_what_is_wrong_with_a_rule_is_said(house: None) -> None:
    add_rule(actor=LOCAL, facts=RULE, as_of=TODAY)
    for facts, code in ODD_RULES:
        done = add_rule(actor=LOCAL, facts=facts, as_of=TODAY)
        assert code in {own.code for own in done.findings}, facts
    assert len(rules()) == 1


def test_rules_that_follow_each_other_in_time_do_not_meet(house: None) -> None:
    add_rule(actor=LOCAL, facts=replace(RULE, valid_to=date(2022, 7, 1)), as_of=TODAY)
    after = replace(RULE, key="efter", valid_from=date(2022, 7, 1))
    assert not add_rule(actor=LOCAL, facts=after, as_of=TODAY).findings


def period(**more: Any) -> Any:
    facts: dict[str, Any] = {
        "key": "2019-2022", "name": "Mandatperioden", "first_year": 2019, "last_year": 2022, "units": {"4220": "5"},
    }  # fmt: skip
    return open_period(actor=LOCAL, as_of=TODAY, **(facts | more))


def result(year: int, kronor: int, **more: Any) -> Any:
    facts: dict[str, Any] = {"actor": LOCAL, "unit": "4220", "decision": f"Ks 8/{year}", "text": "Resultat"}
    return decide_result(
        key="2019-2022", year=year, result_ore=kronor * 100, decided_on=TODAY, as_of=TODAY, **(facts | more)
    )


def test_a_decided_result_is_posted_beside_the_budget(house: None) -> None:
    assert not period().findings
    before = budget_at(TODAY, 2021)
    assert not result(2021, 5_400_000).findings
    assert result(2021, 5_400_000).changed == 0
    assert budget_at(TODAY, 2021) == before
    assert [own.kind.scenario for own in budget_entries(2021)] == [CARRY_OVER]
    assert [(own.year, own.link, own.amount_ore) for own in period_entries()["2019-2022"]] == [
        (2021, Link.RESULT, 5_400_000_00)
    ]
    assert verify_plan() == []


def test_what_was_put_in_the_budget_is_marked_and_nothing_moves(house: None) -> None:
    period()
    before = budget_at(TODAY, 2022)
    entry = ("Ks 1/2021", "original", "Budget 2022", 2022)
    assert not link_budgeted(actor=LOCAL, key="2019-2022", entry=entry, as_of=TODAY).findings
    assert budget_at(TODAY, 2022) == before
    assert {own.unit: own.amount_ore for own in period_entries()["2019-2022"]}["4220"] == 1_000_000_00
    with pytest.raises(NotFound) as refused:
        link_budgeted(actor=LOCAL, key="2019-2022", entry=("Ks 7/2022", "supplementary", "Efter", 2022), as_of=TODAY)
    assert refused.value.finding.code == "B006"


def test_a_period_or_rule_there_is_not_is_said(db: None) -> None:
    for read, code in ((selectors.period, "B001"), (selectors.rule, "B021")):
        with pytest.raises(NotFound) as refused:
            read("saknas")
        assert refused.value.finding.code == code


def test_consolidating_says_what_others_finance_and_is_not_settled(house: None) -> None:
    add_rule(actor=LOCAL, facts=RULE, as_of=TODAY)
    change = change_state(actor=LOCAL, key=ROUND, to=State.CONSOLIDATED, as_of=TODAY)
    assert [(own.code, own.facts["unit"]) for own in change.findings if own.code == "G002"] == [("G002", "4210")]


def test_periods_and_results_are_refused_where_they_must_be(house: None) -> None:
    period()
    assert [own.code for own in period().findings] == ["B002", "B003"]
    assert [own.code for own in period(key="nu", first_year=2022, last_year=2025).findings] == ["B003"]
    assert [own.code for own in period(key="nu", first_year=2026, last_year=2025, units={}).findings] == ["B002"] * 2
    assert not period(key="2023-2026", first_year=2023, last_year=2026).findings
    assert [own.code for own in result(2018, 1).findings] == ["B005"]
    assert [own.code for own in result(2021, 1, unit="4210").findings] == ["B004"]
    with pytest.raises(NotAllowed):
        result(2021, 1, actor=actor_with(Role.MANAGER, "4220"))
    assert [own.key for own in periods()] == ["2023-2026", "2019-2022"]


def test_a_result_that_came_by_a_budget_file_counts_too(house: None) -> None:
    period()
    assert not budget("beslut;beslutsdatum;typ;text;period;enhet;konto;belopp\nKs 8/2021;2021-03-01;överfört resultat;Bokslut 2020;202012;4220;5;-70\n").is_refused  # fmt: skip # noqa: E501
    assert [(own.year, own.link, own.amount_ore) for own in period_entries()["2019-2022"]] == [
        (2020, Link.RESULT, 70_00)
    ]
