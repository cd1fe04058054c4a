"""One truth: the tree, the statement, the manager's page and the bridge say the same, to the öre."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.http import QueryDict

from tests.conftest import actor_with
from tests.web.rounds_pages.conftest import DAY, ROUND
from uppsikt import relations
from uppsikt.adoption import adopt
from uppsikt.adoption.reading import statement
from uppsikt.audit.actors import Actor, Role
from uppsikt.core.formats import Sign, Unit, View
from uppsikt.figures.model import StatementResult
from uppsikt.planning.services import consolidate_round, correct_round, import_budget
from uppsikt.reports.services import save_statement
from uppsikt.settlements.services import add_rule, settle
from uppsikt.settlements.values import Basis, Financier, RuleRow
from uppsikt.web.adopting.pages import adopting_page
from uppsikt.web.forecasts.selectors import asked, unit_page
from uppsikt.web.rounds_pages.adjustment_acts import AdjustmentForm, adjust
from uppsikt.web.rounds_pages.bridge_pages import bridge_page
from uppsikt.web.rounds_pages.figures import Money
from uppsikt.web.rounds_pages.scope import scope_of
from uppsikt.web.rounds_pages.selectors import read_tree
from uppsikt.web.rounds_pages.words import VIEW
from uppsikt.web.start.selectors import overview

CONTROLLER = actor_with(Role.CONTROLLER)
BUDGET = """beslut;beslutsdatum;typ;text;period;enhet;konto;belopp
Ks 4/2022;2022-05-01;tillägg;Buffert på nivån;2022;40;5;70000,07
Ks 5/2022;2022-05-02;tillägg;Buffert i toppen;2022;KS;5;30000,03
Ks 9/2022;2022-10-01;tillägg;Efter avläsningsdagen;2022;4220;5;500000
"""
RULE = RuleRow(
    "ekonomi", "Ekonomi bärs av IT", "4220", "3", Basis.DEVIATION, "Ks 6/2022", (Financier(1, "1010", "5"),)
)


@pytest.fixture
def told(running: str, local: Actor) -> dict[str, Money]:
    """A round with money everywhere: on levels, after the cut-off, laid over, settled. The tree's money by unit."""
    content = BUDGET.encode()
    assert not import_budget(actor=local, content=content, name="budget.csv", as_of=date(2022, 10, 2)).is_refused
    for unit, amount in (("40", "100,01"), ("KS", "1,2 mnkr")):
        form = AdjustmentForm(unit, "5", "worse", amount, "Central bedömning")
        read = adjust(CONTROLLER, ROUND, form)
        assert adjust(CONTROLLER, ROUND, replace(form, read_as=str(read.amount_ore), stood=read.stood)).is_done
    assert not add_rule(actor=local, facts=RULE, as_of=DAY).findings
    assert not settle(actor=local, round_key=ROUND, as_of=DAY).findings
    return {line.place.code: line.money for line in read_tree(scope_of(CONTROLLER, ROUND)).lines}


def of_row(result: StatementResult, row: str) -> tuple[int | None, ...]:
    return tuple(result.cell(row, key).amount_ore for key in ("bokslut-foregaende", "budget", "utfall", "prognos"))


def of_tree(money: Money) -> tuple[int | None, ...]:
    return money.last_year_ore, money.budget_ore, money.actual_ore, money.forecast_ore


def test_the_tree_says_what_the_statement_says_of_every_unit_and_level(told: dict[str, Money]) -> None:
    assert told["KS"].adjustment_ore == 120_000_000 + 100_01
    assert (told["4220"].settlement_ore, told["1010"].settlement_ore) == (-24_000_000, 24_000_000)
    assert told["KS"].budget_ore == 348_000_000 + 70_000_07 + 30_000_03  # nothing decided after the cut-off
    whole, *levels = [statement("enheter", ROUND, unit) for unit in (None, "KS", "40", "42")]
    assert not any(result.findings for result in (whole, *levels))
    assert of_row(whole, "nettokostnad") == of_tree(told["KS"])
    for result in levels:
        assert of_row(result, "nettokostnad") == of_tree(told[result.parameters.unit or ""])
        for row in result.rows:
            if row.code in told:
                assert of_row(result, row.key) == of_tree(told[row.code])
    assert levels[0].cell("ks-direkt", "prognos").amount_ore == 120_000_000
    assert levels[1].cell("40-direkt", "prognos").amount_ore == 100_01
    assert levels[1].cell("40-direkt", "budget").amount_ore == 70_000_07


def test_the_managers_page_says_what_the_tree_says_of_the_unit(told: dict[str, Money]) -> None:
    for unit in ("1010", "4220"):
        page = unit_page(CONTROLLER, ROUND, unit, asked({}, ()))
        lines = [line.figures for line in page.lines if not line.figures.is_part and not line.figures.is_investment]
        mine = [
            sum(own or 0 for own in column)
            for column in zip(
                *((own.last_year_ore, own.budget_ore, own.actual_ore, own.previous_ore) for own in lines), strict=True
            )
        ]
        own = told[unit]
        assert mine == [own.last_year_ore, own.budget_ore, own.actual_ore, own.previous_ore]
    assert sum(cell.amount_ore or 0 for cell in unit_page(CONTROLLER, ROUND, "1010", asked({}, ())).work.cells) == (
        told["1010"].submitted_ore
    )


def test_a_bridge_begins_with_the_budget_of_the_cut_off_and_ends_in_the_forecast(told: dict[str, Money]) -> None:
    for unit in ("KS", "40", "4220"):
        bars = [own.bar for own in bridge_page(CONTROLLER, ROUND, QueryDict(f"unit={unit}")).rows]
        assert (bars[0].after_ore, bars[-1].after_ore) == (told[unit].budget_ore, told[unit].forecast_ore)
    direct = [own.bar.label for own in bridge_page(CONTROLLER, ROUND, QueryDict("unit=40")).rows]
    assert "Direkt på Kommunstyrelseförvaltningen" in direct


PEOPLE = (
    CONTROLLER,
    actor_with(Role.DIRECTOR),
    actor_with(Role.DIRECTOR, "KS"),
    actor_with(Role.BOARD),
    actor_with(Role.READER),
    actor_with(Role.AUDITOR),
    actor_with(Role.ADMINISTRATOR),
)
# a statement of the house's own that would show another deviation, saved after the adoption
OTHER = """key: nettoredovisning
title: {sv: Nettoredovisning, en: Net cost}
base: {account: 3..9}
rows:
  - {key: it, label: {sv: IT, en: IT}, unit: "10"}
  - {key: nettokostnad, label: {sv: Summa, en: Total}, sum: rows above}
columns:
  - {key: budget, label: {sv: Budget, en: Budget}, scenario: budget}
  - {key: prognos, label: {sv: Prognos, en: Forecast}, scenario: forecast}
  - {key: avvikelse, label: {sv: Avvikelse, en: Deviation}, kind: deviation, minus: [prognos, budget]}
"""


def laid(amount: str) -> None:
    form = AdjustmentForm("KS", "5", "worse", amount, "Central bedömning")
    read = adjust(CONTROLLER, ROUND, form)
    assert adjust(CONTROLLER, ROUND, replace(form, read_as=str(read.amount_ore), stood=read.stood)).is_done


def everybody_reads(deviation_ore: int) -> None:
    """The start page of each person, and the tree, the adopting page and the bridge of those who have them."""
    mnkr = View(Sign.REVERSED, Unit.MNKR, 1)
    pages = [overview(own, ROUND, "") for own in PEOPLE]
    assert {own.deviation.shown for own in pages if own.deviation} == {mnkr.value(deviation_ore)}
    change = read_tree(scope_of(CONTROLLER, ROUND)).total.deviation_change_ore
    assert change == deviation_ore - 100_000_00  # of the round before, 3 580 000 of 3 480 000
    assert {own.change.shown for own in pages if own.change} == {mnkr.value(change)}
    for person in PEOPLE[:3]:
        assert read_tree(scope_of(person, ROUND)).total.deviation_ore == deviation_ore
        bars = [own.bar for own in bridge_page(person, ROUND, QueryDict("unit=KS")).rows]
        assert bars[-1].after_ore - bars[0].after_ore == deviation_ore
    summary = adopting_page(CONTROLLER, ROUND).summary
    assert summary is None or summary.deviation == VIEW.text(deviation_ore)


def test_whoever_reads_whatever_page_reads_one_deviation_before_and_after_each_version(
    running: str, local: Actor
) -> None:
    as_decided_ore = 190_000_50  # 3 670 000,50 of 3 480 000
    everybody_reads(as_decided_ore)
    for amount, laid_ore in (("1,2 mnkr", 1_200_000_00), ("3 mnkr", 3_000_000_00)):
        laid(amount)
        everybody_reads(as_decided_ore + laid_ore)
        assert consolidate_round(actor=local, key=ROUND, as_of=DAY).findings == ()
        everybody_reads(as_decided_ore + laid_ore)
        assert adopt(actor=local, key=ROUND, as_of=DAY).findings == ()
        everybody_reads(as_decided_ore + laid_ore)
        assert correct_round(actor=local, key=ROUND, reason="Mer", as_of=DAY).findings == ()
    assert consolidate_round(actor=local, key=ROUND, as_of=DAY).findings == ()
    assert adopt(actor=local, key=ROUND, as_of=DAY).findings == ()
    assert (
        save_statement(actor=local, content=OTHER, name="nettoredovisning.yaml", as_of=DAY)[0] == "nettoredovisning"
    )
    with relations.reading_now(ROUND) as now:
        assert now.statement("nettoredovisning").cell("nettokostnad", "avvikelse").amount_ore == -49_999_50
    everybody_reads(as_decided_ore + 3_000_000_00)
