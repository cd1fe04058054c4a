"""A definition laid out for a round and a code plan: concrete rows, columns with their months and decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.periods import Month, year_period
from uppsikt.core.postings import (
    ACTUAL,
    ADJUSTMENT,
    BUDGET,
    CARRY_OVER,
    DIMENSION_NAMES,
    DIMENSIONS,
    FORECAST_LAYERS,
    SUBMITTED,
    SUGGESTION,
    forecast_scenario,
)
from uppsikt.figures.carrying import shared_dimensions
from uppsikt.figures.definitions import (
    Knowledge,
    MoneyColumn,
    Scenario,
    Selector,
    Span,
    StatementDefinition,
    Structure,
    Test,
)
from uppsikt.figures.findings import CODE_UNKNOWN, REFERENCE_UNKNOWN, UNIT_UNKNOWN
from uppsikt.figures.model import Parameters, RoundFacts
from uppsikt.figures.rows import LaidRow, Rows
from uppsikt.figures.structures import Epoch, Reading, as_of, epoch_of

_OF_NO_ROUND = {Scenario.ACTUAL: ACTUAL, Scenario.BUDGET: BUDGET, Scenario.CARRY_OVER: CARRY_OVER}
_LAYERS = {
    Scenario.FORECAST: FORECAST_LAYERS,
    Scenario.PREVIOUS_FORECAST: FORECAST_LAYERS,
    Scenario.FORECAST_BEFORE_SETTLEMENT: (SUBMITTED, ADJUSTMENT),
    Scenario.FORECAST_SUBMITTED: (SUBMITTED,),
    Scenario.SUGGESTION: (SUGGESTION,),
}


@dataclass(frozen=True)
class LaidColumn:
    """A money column with what it asks for: scenarios, months, how each month is read, decisions known."""

    spec: MoneyColumn
    scenarios: tuple[str, ...]  # their sum; none where the round has no predecessor: then the column is empty
    months: tuple[Month, ...]
    readings: tuple[Reading, ...]  # beside `months`
    known_on: date | None = None

    @property
    def last_day(self) -> date:
        """The last day of the column's last month."""
        return self.months[-1].last


@dataclass(frozen=True)
class Layout:
    """Rows and money columns ready to be asked for, and what was found on the way."""

    rows: tuple[LaidRow, ...]
    columns: tuple[LaidColumn, ...]
    base: Selector
    dimensions: tuple[str, ...]  # those any selector tests, and those to be cut before them
    findings: tuple[Finding, ...] = ()
    unit_tests: frozenset[Test] = frozenset()  # those that ask for the statement's own unit
    epochs: Mapping[Epoch, int] = field(default_factory=dict)  # numbered from 0
    readings: tuple[Reading, ...] = ()  # one of each epoch

    @property
    def months(self) -> list[Month]:
        """Every month that some column asks for."""
        return sorted({month for column in self.columns for month in column.months})


def lay_out(
    definition: StatementDefinition, parameters: Parameters, plan: CodePlan, more: Iterable[date] = ()
) -> Layout:
    """Rows and columns for these circumstances; codes of the days of `more` have rows too (a bridge's stages)."""
    columns = tuple(
        lay_column(spec, parameters, plan) for spec in definition.columns if isinstance(spec, MoneyColumn)
    )
    place = Place(definition.key)
    if parameters.unit is not None and not plan.knows("unit", parameters.unit):
        return Layout((), columns, (), (), (found(UNIT_UNKNOWN, place, unit=parameters.unit),))
    asked = dict.fromkeys(own for column in columns for own in column.readings)
    builder = Rows(definition, parameters, plan, [*(own.day for own in asked), *more])
    rows = tuple(builder.rows())
    base = tuple(builder.bound(definition.base))
    tests = [*base, *(test for laid in rows for test in laid.selector)]
    dimensions = _dimensions({test.dimension for test in tests} or {"unit"}, columns, plan)
    readings: dict[Epoch, Reading] = {}
    for reading in asked:
        readings.setdefault(epoch_of(plan, dimensions, reading), reading)
    findings = [*_unknown_codes(definition, tests, plan), *_unknown_rows(definition, rows)]
    return Layout(
        rows,
        columns,
        base,
        dimensions,
        tuple(findings),
        frozenset(test for test in base if test not in definition.base),
        {epoch: number for number, epoch in enumerate(readings)},
        tuple(readings.values()),
    )


def _dimensions(tested: set[str], columns: Iterable[LaidColumn], plan: CodePlan) -> tuple[str, ...]:
    """Those tested, and those whose shares are taken before a tested one's: then all questions share alike."""
    before: set[str] = set()
    if any(reading.horizon is not None for column in columns for reading in column.readings):
        shared = shared_dimensions(plan)
        last = max((DIMENSIONS.index(own) for own in shared if own in tested), default=0)
        before = {own for own in shared if DIMENSIONS.index(own) < last}
    return tuple(own for own in DIMENSIONS if own in tested | before)


def lay_column(spec: MoneyColumn, parameters: Parameters, plan: CodePlan) -> LaidColumn:
    """What a money column asks for. A cut-off counts whole months: it lies in the last of them."""
    facts = parameters.round
    year = facts.year - spec.years_back
    period = year_period(year)
    months = tuple(period.months())
    if spec.span is Span.TO_CUT_OFF:
        months = months[: facts.cut_off.month]
    elif spec.months is not None:
        first, last = map(Month.from_number, spec.months)
        months = tuple(months_between(first, last))
    previous = facts.previous
    scenarios = _scenarios(spec.scenario, facts)
    known_on = {
        Knowledge.ALL: None,
        Knowledge.CUT_OFF: facts.cut_off,
        Knowledge.PREVIOUS_CUT_OFF: previous.cut_off if previous else None,
        Knowledge.DATE: spec.known_on,
    }[spec.knowledge]
    if spec.knowledge is Knowledge.PREVIOUS_CUT_OFF and previous is None:
        scenarios = ()
    return LaidColumn(spec, scenarios, months, tuple(_readings(spec, parameters, months, plan)), known_on)


def _scenarios(asked: Scenario, facts: RoundFacts) -> tuple[str, ...]:
    if asked in _OF_NO_ROUND:
        return (_OF_NO_ROUND[asked],)
    own = facts.previous if asked is Scenario.PREVIOUS_FORECAST else facts
    return tuple(forecast_scenario(own.key, layer) for layer in _LAYERS[asked]) if own else ()


def months_between(first: Month, last: Month) -> Iterator[Month]:
    """The months from first to last, both with."""
    month = first
    while month <= last:
        yield month
        month = month.next


def _readings(spec: MoneyColumn, parameters: Parameters, months: tuple[Month, ...], plan: CodePlan) -> list[Reading]:
    """How each month is read: as it was, or carried to the day of another structure."""
    if spec.structure is Structure.POSTING:
        return [Reading(month.first) for month in months]
    reading = Reading(months[-1].last)
    if spec.structure is Structure.DATE and spec.structure_day:
        reading = as_of(plan, spec.structure_day)
    elif spec.structure is Structure.REPORT and parameters.structure_date:
        reading = as_of(plan, parameters.structure_date)
    return [reading] * len(months)


def _unknown_codes(definition: StatementDefinition, tests: Iterable[Test], plan: CodePlan) -> Iterator[Finding]:
    asked = {(test.dimension, code): None for test in tests for code in (*test.under, *test.excluding)}
    for dimension, code in asked:
        if ".." not in code and not plan.knows(dimension, code):
            facts = {"statement": definition.key, "dimension": DIMENSION_NAMES[dimension], "member": code}
            yield found(CODE_UNKNOWN, Place(definition.key), **facts)


def _unknown_rows(definition: StatementDefinition, rows: tuple[LaidRow, ...]) -> Iterator[Finding]:
    keys = [laid.row.key for laid in rows]
    for laid in rows:
        for reference in laid.of:
            if reference not in keys:
                facts = {"key": laid.row.key, "reference": reference, "part": "rows", "known": ", ".join(keys)}
                yield found(REFERENCE_UNKNOWN, Place(definition.key), **facts)
