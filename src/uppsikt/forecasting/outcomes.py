"""What a round's forecasts are held against: the year as it ended, of the business that was forecast.

Up to the cut-off money is where it was booked: both forecast and outcome know it there. After it money is carried
back to whoever answered for it at the cut-off, along the ways of the reorganisations since. Where units were put
together since then nobody can tell whose money it is: they are one business, under the name of who has it now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date

from uppsikt.core.codeplan import CodePlan
from uppsikt.core.periods import Month
from uppsikt.core.ways import successors
from uppsikt.figures.engine import Engine
from uppsikt.figures.histories import Months, Node, group_of, histories
from uppsikt.figures.model import Parameters, RoundFacts
from uppsikt.forecasting.accuracy import Outcome
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import ForecastFacts

_Part = tuple[str, str, int]  # (unit, account group, öre)


def outcome(
    engine: Engine, row: RoundRow, submitted: Iterable[ForecastFacts], suggested: Iterable[ForecastFacts]
) -> Outcome:
    """A round whose year has ended beside what was forecast in it; two questions to the ledger."""
    parameters = Parameters(RoundFacts(row.key, row.name, row.year, row.cut_off))
    booked = histories(engine, parameters, 0, whole_year=True, is_carried=False)
    carried = histories(engine, parameters, 0, whole_year=True)
    now = _put_together({unit for unit, _ in (*carried.actual, *carried.budget)}, engine.plan, row)
    forecast = _summed(_full_years(submitted, engine.plan, row, now))
    who = _answering({unit for unit, _ in forecast}, engine.plan, row.cut_off, now)
    suggestion = _full_years(suggested, engine.plan, row, now)
    actual, budget = _years(booked.actual, carried.actual, row), _years(booked.budget, carried.budget, row)
    return Outcome(row.key, forecast, *(_summed(_by(who, own)) for own in (suggestion, actual, budget)))


def _full_years(
    forecasts: Iterable[ForecastFacts], plan: CodePlan, row: RoundRow, now: Mapping[str, str]
) -> Iterator[_Part]:
    groups: dict[str, str] = {}
    for own in forecasts:
        if own.account not in groups:
            groups[own.account] = group_of(plan, own.account, row.cut_off)
        yield now.get(own.unit, own.unit), groups[own.account], own.full_year_ore


def _by(who: Callable[[str], str], parts: Iterable[_Part]) -> Iterator[_Part]:
    return ((who(unit), account, amount_ore) for unit, account, amount_ore in parts)


def _years(booked: Mapping[Node, Months], carried: Mapping[Node, Months], row: RoundRow) -> Iterator[_Part]:
    """The year by node: as booked to the cut-off, as carried after it."""
    cut_off = Month.of(row.cut_off).number
    for (unit, account), months in booked.items():
        yield unit, account, sum(ore for period, ore in months.items() if period <= cut_off)
    for (unit, account), months in carried.items():
        yield unit, account, sum(ore for period, ore in months.items() if period > cut_off)


def _put_together(units: Collection[str], plan: CodePlan, row: RoundRow) -> dict[str, str]:
    """By unit who has its business now together with others', for those whose money can't be told apart since."""
    ways, at_cut_off = successors(plan, "unit"), plan.changes_until(row.cut_off)
    december = date(row.year, 12, 1)
    now: dict[str, str] = {}
    for unit in sorted(units):
        waiting = list(ways.mixed(unit, december, at_cut_off))
        while waiting:
            source = waiting.pop()
            if source != unit and source not in now:
                now[source] = unit
                waiting += ways.mixed(source, december, at_cut_off)
    return now


def _answering(
    forecasting: Collection[str], plan: CodePlan, cut_off: date, now: Mapping[str, str]
) -> Callable[[str], str]:
    """Who forecast for a unit: itself, or the nearest above it that handed in; itself where nobody did."""

    def who(unit: str) -> str:
        own = now.get(unit, unit)
        return next((above for above in plan.path("unit", own, cut_off) if above in forecasting), own)

    return who


def _summed(parts: Iterable[_Part]) -> dict[Node, int]:
    sums: dict[Node, int] = defaultdict(int)
    for unit, account, amount_ore in parts:
        sums[unit, account] += amount_ore
    return dict(sums)
