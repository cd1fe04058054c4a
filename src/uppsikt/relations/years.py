"""What a forecast stands beside: actuals, budget and the last forecast of a round's year, by unit and account."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import REPORTING, STANDARD, CodePlan
from uppsikt.core.findings import NotFound, Place, found
from uppsikt.core.net_cost import is_net_cost
from uppsikt.core.periods import Month
from uppsikt.core.postings import ACTUAL
from uppsikt.figures.actuals import ActualsByNode
from uppsikt.figures.engine import Engine
from uppsikt.figures.model import Relations
from uppsikt.figures.structures import tree
from uppsikt.ledger.selectors import BatchFacts, active_batches
from uppsikt.planning import selectors as planning
from uppsikt.planning.forecasts import Actuals
from uppsikt.planning.kinds import ForecastKind
from uppsikt.planning.rounds import RoundRow
from uppsikt.relations.findings import FILE_GONE, NO_UNIT
from uppsikt.rounds.selectors import budget_since, budget_sums

_ACTUALS_KEPT = 8  # years and cut-offs in one process: a round asks for two


def actuals_of_round(row: RoundRow) -> Actuals:
    """Actuals of the round's year to its cut-off, per unit and account (every node above it too), by month."""
    return actuals_until(row.cut_off)


def actuals_until(day: date) -> Actuals:
    """Actuals of a day's year up to that day, as `actuals_of_round`."""
    return _actuals(code_plan(), day)[0]


def _actuals(plan: CodePlan, *days: date) -> list[Actuals]:
    return _actuals_in(active_batches(), plan, *days)


def _actuals_in(batches: Iterable[BatchFacts], plan: CodePlan, *days: date) -> list[Actuals]:
    # asked for by everybody who types on a round's last day: kept while neither ledger nor code plan changes
    files = tuple(own.posting_file for own in batches)
    return [_kept_actuals(files, _ByHash(plan), day) for day in days]


@dataclass(frozen=True, eq=False)
class _ByHash:
    # a code plan as part of a cache's key: equal where its content is
    plan: CodePlan

    def __hash__(self) -> int:
        return hash(self.plan.content_hash)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByHash) and other.plan.content_hash == self.plan.content_hash


@lru_cache(maxsize=_ACTUALS_KEPT)
def _kept_actuals(files: tuple[Path, ...], plan: _ByHash, day: date) -> Actuals:
    for file in files:
        if not file.is_file():
            raise NotFound(found(FILE_GONE, Place(file.parent.name), file=file.name))
    with Engine(Relations(files, (), plan.plan)) as engine:
        return engine.actuals_by_unit_account(day.year, day)


def budget_of_unit(row: RoundRow, unit: str) -> Actuals:
    """The budget of a round's year, decided by its cut-off, of a unit and those under it: as `actuals_of_round`."""
    plan = code_plan()
    return _budget(plan, row, _below(plan, row, unit))


def budget_of_round(row: RoundRow) -> Actuals:
    """The same of every unit."""
    return _budget(code_plan(), row, None)


def _budget(plan: CodePlan, row: RoundRow, units: Collection[str] | None) -> Actuals:
    return ActualsByNode(budget_sums(row.year, row.cut_off, units), plan, row.cut_off, REPORTING)


def _since(plan: CodePlan, row: RoundRow, units: Collection[str]) -> int | None:
    # nought where money was only moved within; None where nothing was decided
    later = budget_since(row.year, row.cut_off, units)
    own = [ore for account, ore in later.items() if is_net_cost(plan, account, row.cut_off)]
    return sum(own) if own else None


def _below(plan: CodePlan, row: RoundRow, unit: str) -> Collection[str]:
    return tree(plan, "unit", STANDARD, row.cut_off).below(unit)


@dataclass(frozen=True, slots=True)
class UnitYears:
    """What a unit's forecast stands beside, each as `actuals_of_round`.

    `previous` is the forecast of the round before with what was laid over it, the whole year in its last month.
    `budget` is as decided by the cut-off. `since_ore` is what the net cost's budget changed by decisions after it,
    which the round doesn't count: nought where money was only moved within, None where nothing was decided.
    `booked_to` is the last month up to the cut-off that the ledger holds of the year; None where it holds none.
    """

    last_year: Actuals
    actual: Actuals
    budget: Actuals
    previous: Actuals
    since_ore: int | None
    booked_to: Month | None


def unit_years(row: RoundRow, unit: str) -> UnitYears:
    """Last year, this year to the cut-off, budget and the last forecast of a unit; raises `NotFound`."""
    plan = code_plan()
    if not plan.knows("unit", unit):
        raise NotFound(found(NO_UNIT, unit=unit))
    batches = active_batches()
    last_year, actual = _actuals_in(batches, plan, date(row.year - 1, 12, 31), row.cut_off)
    units = _below(plan, row, unit)
    budget, previous = _budget(plan, row, units), _previous(plan, row, units)
    return UnitYears(last_year, actual, budget, previous, _since(plan, row, units), _booked_to(batches, row))


def booked_to(row: RoundRow) -> Month | None:
    """The last month up to the cut-off that the ledger holds of a round's year; None where it holds none."""
    return _booked_to(active_batches(), row)


def _booked_to(batches: Iterable[BatchFacts], row: RoundRow) -> Month | None:
    held = {own.period for batch in batches if batch.scenario == ACTUAL for own in batch.periods}
    return max((month for month in row.months_with_actuals if month.number in held), default=None)


def _previous(plan: CodePlan, row: RoundRow, units: Collection[str]) -> Actuals:
    if not row.previous_key:
        return {}
    counted = [kind for kind in ForecastKind if kind is not ForecastKind.SUGGESTION]
    sums = planning.forecast_sums(row.previous_key, units, counted)
    last = row.year * 100 + 12
    return ActualsByNode(((own, account, last, ore) for own, account, ore in sums), plan, row.cut_off, REPORTING)
