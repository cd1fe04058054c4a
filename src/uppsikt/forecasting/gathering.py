"""The material suggestions are made from: what the ledger and the budget journal hold, as arrays.

A month the ledger doesn't hold is not known: one up to the cut-off that isn't held yet is forecast with the rest. In
a month it holds, a series without postings came to zero, but only from its own beginning on: before a unit was
opened, and in years before its first posting, there is nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from uppsikt.core.codeplan import CodePlan
from uppsikt.core.periods import Month
from uppsikt.core.postings import ACTUAL
from uppsikt.figures.engine import Engine
from uppsikt.figures.histories import Histories, Months, Node, histories
from uppsikt.figures.model import Parameters, RoundFacts
from uppsikt.ledger.selectors import active_batches
from uppsikt.planning.codes import CodeCheck, CodeString
from uppsikt.planning.rounds import RoundRow
from uppsikt.rounds.selectors import participant_of, participants
from uppsikt.suggestions import Material
from uppsikt.suggestions.material import Floats

YEARS_BACK = 3


@dataclass(frozen=True)
class Gathered:
    """The series (unit, account group) in order, and their material in öre."""

    nodes: tuple[Node, ...]
    material: Material


def gather(engine: Engine, row: RoundRow) -> Gathered:
    """Every unit and account group that has a past or a budget in the round's year and months left to forecast."""
    held = held_months()
    this_year = {period % 100 for period in held if period // 100 == row.year}
    seen = max((month for month in this_year if month <= row.cut_off.month), default=0)
    first_year = max(min(*held, row.year * 100) // 100, row.year - YEARS_BACK) if held else row.year
    facts = RoundFacts(row.key, row.name, row.year, row.cut_off)
    found = histories(engine, Parameters(facts), row.year - first_year)
    found = _by_participant(found, row, engine.plan)
    nodes = tuple(_asked({*found.actual, *found.budget}, row, engine.plan))
    periods = [[year * 100 + month for month in range(1, 13)] for year in range(first_year, row.year + 1)]
    shape = (len(nodes), len(periods), 12)
    actual, budget = np.empty(shape), np.empty(shape)
    for at, node in enumerate(nodes):
        was, budgeted = found.actual.get(node, {}), found.budget.get(node, {})
        actual[at] = _amounts(was, _known(node, was, held, row, engine.plan), periods)
        budget[at] = _amounts(budgeted, _budgeted(budgeted), periods)
    return Gathered(nodes, Material(actual, budget, seen))


def held_months() -> set[int]:
    """The months (yyyymm) of which the ledger holds actuals."""
    return {own.period for batch in active_batches() if batch.scenario == ACTUAL for own in batch.periods}


def _by_participant(found: Histories, row: RoundRow, plan: CodePlan) -> Histories:
    """Summed under the units that take part: what is booked below one of them is its to forecast."""
    taking_part = participants(row.key)
    units = {unit for unit, _ in (*found.actual, *found.budget)}
    answering = {unit: participant_of(plan, taking_part, unit, row) for unit in units}
    who = {unit: own.unit if own else unit for unit, own in answering.items()}
    return Histories(_summed(found.actual, who), _summed(found.budget, who))


def _summed(money: Mapping[Node, Months], who: Mapping[str, str]) -> dict[Node, dict[int, int]]:
    sums: dict[Node, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for (unit, account), months in money.items():
        for period, amount_ore in months.items():
            sums[who[unit], account][period] += amount_ore
    return sums


def _asked(nodes: Collection[Node], row: RoundRow, plan: CodePlan) -> Iterator[Node]:
    """Those whose codes are both valid in some month that is left (or in the last, where none is)."""
    months = row.months_left or row.months_with_actuals[-1:]
    check = CodeCheck(plan)
    return (node for node in sorted(nodes) if any(check.weights(CodeString(*node), months)))


def _amounts(money: Months, known: Collection[int], periods: Sequence[Sequence[int]]) -> Floats:
    """By year and month; zero where it is known that there was nothing, NaN where it isn't known."""
    amounts = [[float(money.get(own, 0)) if own in known else np.nan for own in year] for year in periods]
    return np.array(amounts, dtype=np.float64)


def _known(node: Node, money: Months, held: Collection[int], row: RoundRow, plan: CodePlan) -> set[int]:
    """The months whose actual is known: those held, from the series' own beginning to the cut-off."""
    opened = plan.opened_on("unit", node[0]) or date.min
    first = min(money, default=row.year * 100)
    begin = min(first, max(first // 100 * 100, Month.of(opened).number))
    end = Month.of(row.cut_off).number
    return {period for period in held if begin <= period <= end}


def _budgeted(money: Months) -> set[int]:
    """The months whose budget is known: all of the years in which anything is budgeted."""
    return {year * 100 + month for year in {period // 100 for period in money} for month in range(1, 13)}
