"""What a unit takes along through a period's years."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from uppsikt.settlements.carrying import Deviation, Source, carried
from uppsikt.settlements.values import CarriedEntry, Link, PeriodRow

PERIOD = PeriodRow("2019-2022", "Mandatperioden", 2019, 2022, {"3020": "5"})


def entry(year: int, amount_ore: int, link: Link = Link.RESULT, unit: str = "3020") -> CarriedEntry:
    return CarriedEntry(unit, year, link, f"Ks {year}", date(year, 12, 31), "", amount_ore)


def test_the_printed_case() -> None:
    """13,1 carried over, all of it in the budget of 2022, and a deviation of 10,2: so 2,9 of it is used."""
    entries = [entry(2019, 29), entry(2020, 48), entry(2021, 54), entry(2022, 131, Link.BUDGETED)]
    way = carried(PERIOD, "3020", entries, {2022: Deviation(102, Source.FORECAST)}, 2022)
    assert [year.closing_ore for year in way.years] == [29, 77, 131, 102]
    last = way.years[-1]
    assert (last.opening_ore, last.budgeted_ore, last.deviation_ore, last.result_ore) == (131, 131, 102, -29)
    assert way.balance_ore == way.lapses_ore == 102
    assert way.is_whole


def test_a_decided_result_stands_before_the_ledgers() -> None:
    ledger = {2019: Deviation(1, Source.LEDGER), 2020: Deviation(7, Source.LEDGER)}
    way = carried(PERIOD, "3020", [entry(2019, 29)], ledger, 2021)
    assert [(year.source, year.result_ore) for year in way.years] == [
        (Source.DECIDED, 29),
        (Source.LEDGER, 7),
        (Source.TO_COME, None),
        (Source.TO_COME, None),
    ]
    assert way.lapses_ore is None
    assert way.balance_ore == 36


def test_a_year_nobody_knows_is_said_and_others_entries_are_left_alone() -> None:
    way = carried(PERIOD, "3020", [entry(2019, 29, unit="3010")], {}, 2021)
    assert [year.source for year in way.years] == [Source.MISSING, Source.MISSING, Source.TO_COME, Source.TO_COME]
    assert not way.is_whole
    assert way.balance_ore == 0


@given(st.lists(st.tuples(st.integers(-(10**9), 10**9), st.integers(0, 10**9)), min_size=4, max_size=4))
def test_the_balance_is_the_sum_of_the_results(years: list[tuple[int, int]]) -> None:
    """Whatever is put in budgets on the way, no result is lost and none counts twice."""
    deviations = {2019 + at: Deviation(own, Source.LEDGER) for at, (own, _) in enumerate(years)}
    entries = [entry(2019 + at, put, Link.BUDGETED) for at, (_, put) in enumerate(years)]
    way = carried(PERIOD, "3020", entries, deviations, 2022)
    assert way.balance_ore == sum(deviation - put for deviation, put in years)
    assert all(year.opening_ore + (year.result_ore or 0) == year.closing_ore for year in way.years)
