"""What units with multi-year budgets take along: the journal's decisions with what ledger and forecast say.

One question to the engine for all units and years of a period.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from uppsikt import relations
from uppsikt.core.language import Text
from uppsikt.core.periods import Month
from uppsikt.figures.definitions import (
    Knowledge,
    MoneyColumn,
    Scenario,
    SelectRow,
    Span,
    StatementDefinition,
    Test,
)
from uppsikt.figures.flows import NET_COST
from uppsikt.figures.model import Parameters, StatementResult
from uppsikt.planning.kinds import RoundKind
from uppsikt.planning.rounds import RoundRow
from uppsikt.settlements.carrying import Carried, Deviation, Source, carried
from uppsikt.settlements.values import CarriedEntry, PeriodRow

_NO_TEXT = Text("", "")
_BUDGET, _ACTUAL, _DECEMBER, _FORECAST, _BUDGET_NOW = "budget", "utfall", "december", "prognos", "budget-nu"


def balances(
    period: PeriodRow, units: Sequence[str], entries: Sequence[CarriedEntry], row: RoundRow | None
) -> list[Carried]:
    """Each unit's way through the period, up to the round's forecast; without a round only what is decided."""
    deviations = _deviations(period, units, row) if row and units else {}
    current_year = row.year if row else period.first_year
    return [carried(period, unit, entries, deviations.get(unit, {}), current_year) for unit in units]


def _deviations(period: PeriodRow, units: Sequence[str], row: RoundRow) -> Mapping[str, Mapping[int, Deviation]]:
    closed = [year for year in period.years if year < row.year]
    is_current = row.year in period.years
    if not closed and not is_current:
        return {}
    own = _definition(units, closed, is_current=is_current)
    with relations.open_engine() as engine:
        result = engine.statement(own, Parameters(relations.round_facts(row.key)))
    found: dict[str, dict[int, Deviation]] = {}
    for number, unit in enumerate(units):
        cells = _cells(result, _row_key(number))
        found[unit] = {year: told for year in closed if (told := _closed(cells, year))}
        if is_current and (forecast := cells[_FORECAST]) is not None:
            # a year-end round forecasts nothing: what it holds is the year-end accounts
            source = Source.LEDGER if row.kind == RoundKind.YEAR_END else Source.FORECAST
            found[unit][row.year] = Deviation((cells[_BUDGET_NOW] or 0) - forecast, source)
    return found


def _closed(cells: Mapping[str, int | None], year: int) -> Deviation | None:
    """Budget less year-end where the journal and the ledger hold the year to its end."""
    budget_ore, actual_ore = cells[f"{_BUDGET}-{year}"], cells[f"{_ACTUAL}-{year}"]
    if budget_ore is None or actual_ore is None or cells[f"{_DECEMBER}-{year}"] is None:
        return None
    return Deviation(budget_ore - actual_ore, Source.LEDGER)


def _cells(result: StatementResult, row: str) -> dict[str, int | None]:
    return {column.key: result.cell(row, column.key).amount_ore for column in result.columns}


def _row_key(number: int) -> str:
    return f"enhet-{number}"


def _definition(units: Sequence[str], closed: Sequence[int], *, is_current: bool) -> StatementDefinition:
    columns: list[MoneyColumn] = []
    for year in closed:
        december = Month(year, 12).number
        whole = (Month(year, 1).number, december)
        columns += [
            _column(f"{_BUDGET}-{year}", Scenario.BUDGET, whole),
            _column(f"{_ACTUAL}-{year}", Scenario.ACTUAL, whole),
            _column(f"{_DECEMBER}-{year}", Scenario.ACTUAL, (december, december)),
        ]
    if is_current:
        columns += [
            MoneyColumn(_BUDGET_NOW, _NO_TEXT, Scenario.BUDGET, knowledge=Knowledge.CUT_OFF),
            MoneyColumn(_FORECAST, _NO_TEXT, Scenario.FORECAST),
        ]
    return StatementDefinition(
        key="overforing",
        title=_NO_TEXT,
        base=NET_COST,
        rows=tuple(
            SelectRow(_row_key(number), _NO_TEXT, (Test("unit", (unit,)),)) for number, unit in enumerate(units)
        ),
        columns=tuple(columns),
        is_partial=True,
    )


def _column(key: str, scenario: Scenario, months: tuple[int, int]) -> MoneyColumn:
    return MoneyColumn(key, _NO_TEXT, scenario, Span.MONTHS, months=months)
