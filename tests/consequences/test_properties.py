"""Over random histories: a transfer moves nothing but codes, and takes money where the engine would carry it."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from tests.coding.histories_strategy import ACCOUNTS, MONTHS, NEW, UNITS, History, histories
from uppsikt.consequences.endings import endings
from uppsikt.consequences.transfer import Cell, conditions_of, transfer
from uppsikt.core.periods import Month
from uppsikt.core.ways import successors
from uppsikt.planning.codes import CodeString

_LEAVES = [account for own in ACCOUNTS.values() for account in own]
CELLS = st.tuples(
    st.sampled_from([Month.of(month).number for month in MONTHS]),
    st.builds(CodeString, st.sampled_from([*UNITS, *NEW]), st.sampled_from(_LEAVES)),
)
AMOUNTS = st.integers(-(10**12), 10**12)
_ROUNDED = 100  # öre: what many splits after each other may round otherwise when their money has met on the way


@given(histories(), st.dictionaries(CELLS, AMOUNTS, max_size=8), st.booleans())
def test_each_month_and_account_has_the_same_budget_after(
    history: History, lines: dict[Cell, int], ending_only: bool
) -> None:
    plan = history.plan
    moves = transfer(plan, range(len(plan.changes)), lines, ending_only=ending_only)
    sums: dict[tuple[int, str], int] = defaultdict(int)
    for (period, codes), ore in moves.items():
        sums[period, codes.account] += ore
    assert not any(sums.values())


@given(histories(), CELLS, AMOUNTS)
def test_money_on_a_code_that_ended_goes_where_a_statement_of_that_month_shows_it(
    history: History, cell: Cell, ore: int
) -> None:
    plan, month = history.plan, Month.from_number(cell[0])
    moves = transfer(plan, range(len(plan.changes)), {cell: ore}, ending_only=True)
    moved = {codes.unit: part for (_, codes), part in moves.items()}
    horizon, meets = plan.changes_until(month.first), conditions_of(plan)
    shown: dict[str, int] = defaultdict(int, {cell[1].unit: -ore})
    ways = successors(plan, "unit").ways(
        cell[1].unit, month.first, horizon, lambda asked: meets(cell[1], month, asked)
    )
    for way in ways:
        shown[way.code_at(horizon)] += way.share.of(ore)
    for code in {*moved, *shown}:
        assert abs(moved.get(code, 0) - shown[code]) <= (_ROUNDED if len(ways) > 2 else 0)


@given(histories())
def test_every_ending_is_of_a_code_that_is_gone_and_its_heirs_are_others(history: History) -> None:
    for held in history.reorganisations:
        for ending in endings(held, history.plan):
            assert history.plan.entry(ending.dimension, ending.code, ending.on) is None
            assert ending.code not in ending.heirs
            assert ending.on < ending.until
