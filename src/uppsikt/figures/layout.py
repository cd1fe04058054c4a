"""A definition laid out for a round and a code plan: concrete rows, columns with their months and decisions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.language import Text
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
from uppsikt.figures.addresses import slug
from uppsikt.figures.carrying import shared_dimensions
from uppsikt.figures.definitions import (
    ABOVE,
    UNIT_PARAMETER,
    EachRow,
    Knowledge,
    MoneyColumn,
    RowSpec,
    Scenario,
    Selector,
    SelectRow,
    Span,
    StatementDefinition,
    Structure,
    SumRow,
    Test,
)
from uppsikt.figures.findings import CODE_UNKNOWN, REFERENCE_UNKNOWN, UNIT_UNKNOWN
from uppsikt.figures.model import Parameters, RoundFacts, Row, RowStyle
from uppsikt.figures.structures import Epoch, Reading, as_of, epoch_of, tree

ROOT = "root"
UNIT = "unit"
_PLACE = re.compile(r"\s*\{[^{}]*\}")
_OF_NO_ROUND = {Scenario.ACTUAL: ACTUAL, Scenario.BUDGET: BUDGET, Scenario.CARRY_OVER: CARRY_OVER}
_LAYERS = {
    Scenario.FORECAST: FORECAST_LAYERS,
    Scenario.PREVIOUS_FORECAST: FORECAST_LAYERS,
    Scenario.FORECAST_BEFORE_SETTLEMENT: (SUBMITTED, ADJUSTMENT),
    Scenario.FORECAST_SUBMITTED: (SUBMITTED,),
    Scenario.SUGGESTION: (SUGGESTION,),
}


@dataclass(frozen=True)
class LaidRow:
    """A row to be printed. `of` are the rows a sum adds; a picking row has a selector and no `of`.

    `is_dynamic` rows came of the code plan; those whose code isn't valid on the report's day, and all of `is_sparse`
    ones, are shown only where they hold money.
    """

    row: Row
    selector: Selector = ()
    of: tuple[str, ...] = ()
    is_sum: bool = False
    is_dynamic: bool = False
    is_sparse: bool = False
    is_current: bool = True


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
    builder = _Rows(definition, parameters, plan, [*(own.day for own in asked), *more])
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


def report_day(parameters: Parameters) -> date:
    """The day whose names and open units the table shows."""
    return parameters.structure_date or parameters.round.cut_off


class _Rows:
    """Makes rows of row specs, one after the other; keys stay unique."""

    def __init__(
        self, definition: StatementDefinition, parameters: Parameters, plan: CodePlan, days: Iterable[date]
    ) -> None:
        self.definition = definition
        self.parameters = parameters
        self.plan = plan
        self.day = report_day(parameters)
        self.days = list(dict.fromkeys([self.day, *days]))
        self.keys = {spec.key for spec in definition.rows if not isinstance(spec, EachRow)}

    def rows(self) -> Iterator[LaidRow]:
        """All rows in order."""
        above: list[str] = []
        for spec in self.definition.rows:
            for laid in self._of(spec, above):
                if laid.row.style is RowStyle.NORMAL and laid.row.level == 0 and not laid.is_sum:
                    above.append(laid.row.key)
                yield laid

    def _of(self, spec: RowSpec, above: list[str]) -> Iterator[LaidRow]:
        if isinstance(spec, EachRow):
            yield from self._each(spec)
        elif isinstance(spec, SumRow):
            of = tuple(key for name in spec.of for key in (above if name == ABOVE else [name]))
            yield LaidRow(Row(spec.key, self._label(spec.label), spec.style, spec.level), of=of, is_sum=True)
        else:
            yield self._select(spec, spec.key, spec.level, ())

    def _select(self, spec: SelectRow, key: str, level: int, more: Selector) -> LaidRow:
        row = Row(key, self._label(spec.label), spec.style, level)
        return LaidRow(row, (*more, *self.bound(spec.selector)))

    def _label(self, label: Text) -> Text:
        return fill(label, self.parameters, self.plan)

    def bound(self, selector: Selector) -> Iterator[Test]:
        """The tests with the statement's unit in its place; a test of a unit that isn't given passes all."""
        for test in selector:
            codes = (*test.under, *test.excluding)
            if UNIT_PARAMETER not in codes:
                yield test
            elif self.parameters.unit is not None:
                under, excluding = (
                    tuple(self.parameters.unit if code == UNIT_PARAMETER else code for code in part)
                    for part in (test.under, test.excluding)
                )
                yield replace(test, under=under, excluding=excluding)

    def _each(self, spec: EachRow) -> Iterator[LaidRow]:
        for code, level in self._codes(spec):
            key = self._key(spec, code)
            own = Test(spec.dimension, (code,), hierarchy=spec.hierarchy)
            selector = (own, *self.bound(spec.selector))
            row = Row(key, self._name(spec, code), spec.style, level, code)
            current = self.plan.entry(spec.dimension, code, self.day) is not None
            yield LaidRow(row, selector, is_dynamic=True, is_sparse=spec.is_sparse, is_current=current)
            for part in spec.parts:
                part_row = self._select(part, f"{key}-{part.key}", level + 1 + part.level, selector)
                yield replace(part_row, is_dynamic=True, is_sparse=spec.is_sparse, is_current=current)

    def _codes(self, spec: EachRow) -> Iterator[tuple[str, int]]:
        tops = [code for name in spec.of for code in self._tops(spec, name)]
        if spec.kind:
            yield from ((code, 0) for code in self._of_kind(spec, tops))
        elif tops:
            # a node with nothing below it stands for itself, so that its money has a row
            yield from self._below(spec, self._children(spec, tops) or tops, 0, set())
        else:
            roots = self._children(spec, [None])
            lone = len(roots) == 1
            yield from self._below(spec, self._children(spec, list(roots)) if lone else roots, 0, set())

    def _tops(self, spec: EachRow, name: str) -> list[str]:
        if name == ROOT or (name in (UNIT, UNIT_PARAMETER) and not self.parameters.unit):
            return []
        return [self.parameters.unit if name in (UNIT, UNIT_PARAMETER) and self.parameters.unit else name]

    def _children(self, spec: EachRow, parents: Sequence[str | None]) -> list[str]:
        found: dict[str, None] = {}
        for day in self.days:
            at = tree(self.plan, spec.dimension, spec.hierarchy, day)
            for parent in parents:
                found.update(dict.fromkeys(at.children.get(parent, [])))
        return sorted(found)

    def _below(self, spec: EachRow, codes: list[str], level: int, seen: set[str]) -> Iterator[tuple[str, int]]:
        for code in codes:
            if code in seen:
                continue
            seen.add(code)
            yield code, level
            if level + 1 < spec.levels:
                yield from self._below(spec, self._children(spec, [code]), level + 1, seen)

    def _of_kind(self, spec: EachRow, tops: list[str]) -> list[str]:
        within: set[str] = set()
        for day in self.days:
            at = tree(self.plan, spec.dimension, spec.hierarchy, day)
            for top in tops or at.children[None]:
                within |= at.below(top)
        return sorted(code for code in within if self._kind(spec.dimension, code) == spec.kind)

    def _kind(self, dimension: str, code: str) -> str:
        entry = self.plan.entry(dimension, code, self.day)
        if entry is None:
            entry = next((name for name in self.plan.names if (name.dimension, name.code) == (dimension, code)), None)
        return entry.kind if entry else ""

    def _key(self, spec: EachRow, code: str) -> str:
        plain = slug(code) or "kod"
        name = slug(self.plan.name(spec.dimension, code, self.day)) if spec.keyed_by == "name" else plain
        for key in (name or plain, f"{name}-{plain}", *(f"{plain}-{number}" for number in range(2, 1000))):
            if key not in self.keys:
                self.keys.add(key)
                return key
        raise AssertionError("a thousand codes with one key")

    def _name(self, spec: EachRow, code: str) -> Text:
        name = self.plan.name(spec.dimension, code, self.day)
        text = spec.label.replace("{code}", code).replace("{name}", name)
        return Text(text, text)


def unit_name(parameters: Parameters, plan: CodePlan) -> str:
    """The name of the unit the statement is for; "" where it is for none."""
    return plan.name("unit", parameters.unit, report_day(parameters)) if parameters.unit else ""


def fill(label: Text, parameters: Parameters, plan: CodePlan) -> Text:
    """A label with its places filled."""
    facts = parameters.round
    cut_off = facts.cut_off
    before = Month(cut_off.year - 1, cut_off.month).last
    previous = facts.previous.name if facts.previous else "–"
    values = {
        "year": str(facts.year),
        "previous_year": str(facts.year - 1),
        "cut_off": cut_off.isoformat(),
        "previous_year_cut_off": before.isoformat(),
        "round": facts.name,
        "previous_round": previous,
        "unit": unit_name(parameters, plan),
    }
    return Text(label.sv.format_map(values).strip(), label.en.format_map(values).strip())


def plain_title(title: Text) -> Text:
    """A title without its places, for lists where no unit and no round is chosen."""
    return Text(_without_places(title.sv), _without_places(title.en))


def _without_places(text: str) -> str:
    return " ".join(_PLACE.sub("", text).split()).strip(" ,:–-")


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
