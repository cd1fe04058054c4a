"""The seed's savings assignment, carried-over result and settlements, as the report tells of them."""

from __future__ import annotations

from datetime import date

import pytest
from click.testing import CliRunner
from django.db import transaction

from tests.demo.test_tutorial import DOCS, commands_of, parse
from uppsikt.adoption.reading import figure_at, statement
from uppsikt.balances import balances
from uppsikt.cli.commands import cli
from uppsikt.demo.load import Loaded
from uppsikt.planning.kinds import BudgetKind
from uppsikt.planning.selectors import budget_at, round_row
from uppsikt.savings.selectors import assignment, key_weights
from uppsikt.settlements.carrying import Source
from uppsikt.settlements.selectors import period, period_entries

pytestmark = pytest.mark.django_db
MNKR = 100_000_000  # öre


def test_of_18_2_about_7_is_settled_and_11_2_remains(demo: Loaded) -> None:
    row = assignment("utvecklingsuppdraget")
    assert (row.total_ore, row.settled_ore, row.remaining_ore) == (1_820_000_000, 7 * MNKR, 1_120_000_000)
    assert -row.remaining_ore == statement("enheter", "delar2-2022", unit="4520").cell("4520", "budget").amount_ore
    assert sum(row.settled_by_unit.values()) == row.settled_ore
    assert set(row.settled_by_unit) == set(row.allocation.units)
    assert row.planned_ore < row.total_ore
    assert {year.year: (year.planned_ore, year.remaining_ore) for year in row.years} == {
        2022: (7 * MNKR, 1_120_000_000),
        2023: (5 * MNKR, 0),
        2024: (420_000_000, 0),
    }


def test_the_older_assignment_stands_as_the_report_says(demo: Loaded) -> None:
    row = assignment("effektiviseringskrav-2019")
    assert row.decision
    assert (row.decision.decision, row.remaining_ore, row.settled_ore) == ("Ks 230/2019", 4 * MNKR, 0)
    savings = budget_at(date(2022, 8, 31), 2022).by_kind[BudgetKind.SAVINGS]
    assert savings == -(1_820_000_000 + 4 * MNKR)


def test_staff_budget_is_the_key(demo: Loaded) -> None:
    from uppsikt.coding.selectors import code_plan

    row = assignment("utvecklingsuppdraget")
    weights = key_weights(row.allocation, 2022, date(2022, 10, 4), code_plan())
    staff = budget_at(date(2022, 8, 31), 2022).by_unit_account
    assert weights == [staff[unit, "5"] for unit in row.allocation.units]


def test_the_offices_have_13_1_with_them_and_end_the_period_at_10_2(demo: Loaded) -> None:
    own = period("2019-2022")
    (way,) = balances(own, ["3020"], period_entries()[own.key], round_row("delar2-2022"))
    assert [year.source for year in way.years] == [Source.DECIDED] * 3 + [Source.FORECAST]
    last = way.years[-1]
    assert last.opening_ore == last.budgeted_ore == 1_310_000_000
    assert last.deviation_ore == way.balance_ore == way.lapses_ore == 1_020_000_000
    assert last.result_ore == -290_000_000


def test_a_new_period_starts_at_zero(demo: Loaded) -> None:
    own = period("2023-2026")
    (way,) = balances(own, ["3020"], period_entries().get(own.key, []), round_row("delar2-2022"))
    assert way.years[0].opening_ore == way.balance_ore == 0
    assert way.lapses_ore is None


@pytest.mark.parametrize(("unit", "before"), [("4310", 3_400_000_00), ("4410", 3_000_000_00)])
def test_financed_units_are_settled_from_what_the_prose_says_to_zero(demo: Loaded, unit: str, before: int) -> None:
    result = statement("reglering", "delar2-2022", unit=unit)
    told = [result.cell(unit, key).amount_ore for key in ("avvikelse-fore", "reglering", "avvikelse")]
    assert told == [-before, before, 0]


def test_the_how_to_does_what_it_says(demo: Loaded) -> None:
    written = [
        words for words in commands_of(DOCS / "how-to/savings-results-and-settlements.md") if "KEY" not in words
    ]
    said = []
    with transaction.atomic():  # what it decides is taken out of the shared demonstration again
        for words in written:
            parse(words)
            said.append(CliRunner().invoke(cli, words).output)
        row, over_years = assignment("lokaler-2022"), assignment("digitalt-2023")
        transaction.set_rollback(True)
    assert (row.total_ore, row.settled_ore) == (900_000_00, 300_000_00)
    assert "600\u202f000" in said[3]
    assert [(year.year, year.remaining_ore) for year in over_years.years] == [
        (2023, 0),
        (2024, 700_000_00),
        (2025, 200_000_00),
    ]
    assert "−1\u202f250\u202f000" in "".join(said)
    assert "3\u202f400\u202f000,00" in "".join(said)


def test_the_settlement_is_in_the_lineage_of_the_printed_figure(demo: Loaded) -> None:
    figure = figure_at("enheter:43/4310/prognos@delar2-2022")
    settled = [own for own in figure.sources if own.scenario == "forecast/delar2-2022/settlement"]
    assert [own.amount_ore for own in settled] == [3_400_000_00]
    assert sum(own.amount_ore for own in figure.sources) == figure.cell.amount_ore == 0
