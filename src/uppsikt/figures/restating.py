"""What a restated statement says of itself: which events touched which cells, and what can't be told apart.

A cell is touched by an event where money that may be booked left or came into its row by it. Money is followed
in the tree of the structure asked for: a code that stands under another row there than in the column's own tree
was moved by the events that moved it or what it stands under; from there each step of its way counts for the
rows that it leads out of or into. What moves within a row doesn't touch it, nor what moves none of the column's
months: a transfer leaves later months alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.language import Text
from uppsikt.core.periods import Month
from uppsikt.core.postings import DIMENSION_NAMES
from uppsikt.core.ways import Way, successors
from uppsikt.figures.answers import Answer, Compiled, Restated
from uppsikt.figures.assembly import parts_of
from uppsikt.figures.carrying import Code, booked
from uppsikt.figures.cells import money_operands
from uppsikt.figures.findings import MONEY_MIXED
from uppsikt.figures.layout import LaidColumn
from uppsikt.figures.membership import Builder
from uppsikt.figures.model import Row
from uppsikt.figures.structures import Reading, tree_of

REGISTER = -1  # the register says another parent, and no decided event does
Touched = Mapping[tuple[str, str], frozenset[int]]  # (row key, money column key) → positions of changes
_NOTED = 12
_CODES_SHOWN = 8


def touched(compiled: Compiled, plan: CodePlan) -> Touched:
    """The events that touched each cell of a restated money column; cells they left alone have no entry."""
    if not compiled.membership.rows:
        return {}
    known: dict[tuple[Reading, Reading, tuple[Month, ...]], dict[str, set[int]]] = {}
    cells: dict[tuple[str, str], frozenset[int]] = {}
    for column in compiled.layout.columns:
        if column.scenarios and (now := column.readings[0]).horizon is not None:
            key = (Reading(column.last_day), now, column.months)
            if key not in known:
                own = replace(compiled.layout, columns=(column,))
                known[key] = _Comparison(replace(compiled, layout=own), plan, *key[:2]).causes()
            cells |= {(row, column.spec.key): frozenset(causes) for row, causes in known[key].items()}
    return cells


class _Comparison:
    """Rows in two readings, the tree as it was and the structure asked for, of money of the layout's months."""

    def __init__(self, compiled: Compiled, plan: CodePlan, was: Reading, now: Reading) -> None:
        self.plan = plan
        self.was = was
        self.now = now
        self.layout = replace(compiled.layout, readings=(was, now))
        self.builder = Builder(self.layout, plan, compiled.census)
        self.picking = {laid.row.key: laid for _, laid in self.builder.picking}
        rows = {laid.row.key: laid for laid in compiled.layout.rows}
        self.times: dict[str, Counter[str]] = defaultdict(Counter)  # how often rows count a picking row
        for key, laid in rows.items():
            for part in parts_of(laid, rows):
                self.times[part][key] += 1
        until = (plan.changes_until(was.day), now.horizon or 0)
        self.between = range(min(until), max(until))

    def causes(self) -> dict[str, set[int]]:
        """The events that touched each row."""
        found: dict[str, set[int]] = defaultdict(set)
        for dimension in self.layout.dimensions:
            for row, cause in self._of_dimension(dimension):
                found[row].add(cause)
        return found

    def _of_dimension(self, dimension: str) -> Iterator[tuple[str, int]]:
        before, after = (self._rows_of(dimension, epoch) for epoch in (0, 1))
        for code in sorted({booked(name) for name in self.builder.census[dimension] if name is not None}):
            rows = self._differing(before[code], after[code])
            for cause in self._moves(dimension, code) if rows else ():
                yield from ((row, cause) for row in rows)
        for stand in self.builder.carrying[dimension].stands.values():
            for cause, here, there in (step for way in stand.ways for step in _steps(way, self.now)):
                yield from ((row, cause) for row in self._differing(after[here], after[there]))

    def _rows_of(self, dimension: str, epoch: int) -> dict[Code, set[str]]:
        """The picking rows that money on each code stands in, as far as one dimension says."""
        rows: dict[Code, set[str]] = defaultdict(set)
        for key, laid in self.picking.items():
            tests = [test for test in (*self.layout.base, *laid.selector) if test.dimension == dimension]
            if tests:
                for code in set.intersection(*(self.builder.standing(test, epoch) for test in tests)):
                    rows[code].add(key)
        return rows

    def _differing(self, before: set[str], after: set[str]) -> list[str]:
        """The rows that count the money another number of times; a sum of both rows counts it as often."""
        more: Counter[str] = Counter()
        for key in after - before:
            more.update(self.times[key])
        for key in before - after:
            more.subtract(self.times[key])
        return [row for row, times in more.items() if times]

    def _moves(self, dimension: str, code: str) -> set[int]:
        """The events between the two that moved a code or what it stood or stands under."""
        tests = [*self.layout.base, *(test for laid in self.picking.values() for test in laid.selector)]
        found: set[int] = set()
        for hierarchy in {test.hierarchy for test in tests if test.dimension == dimension}:
            trees = [tree_of(self.plan, dimension, hierarchy, own) for own in (self.was, self.now)]
            walked = {(dimension, hierarchy, above) for own in trees for above in own.above(code)}
            found |= {position for position, moved in self._moved() if not walked.isdisjoint(moved)}
        return found or {REGISTER}

    def _moved(self) -> Iterator[tuple[int, set[tuple[str, str, str]]]]:
        for position in self.between:
            yield position, {(own.dimension, own.hierarchy, own.code) for own in self.plan.changes[position].moves}


def _steps(way: Way, now: Reading) -> Iterator[tuple[int, str, str]]:
    """Each step taken in a structure: the change, the code left and the code come to."""
    horizon = now.horizon or 0
    undone = [step for step in way.backs if step.position >= horizon]
    here = way.code
    for step in undone or (step for step in way.steps if step.position < horizon):
        yield step.position, here, step.code
        here = step.code


def restated(answer: Answer, plan: CodePlan) -> Restated:
    """What a statement says of its restated cells, rows that are shown in the notes."""
    compiled, shown = answer.compiled, [laid.row for laid in answer.table.rows]
    return Restated(
        _cells(compiled, plan, compiled.touched),
        _notes(plan, shown, compiled.touched),
        tuple(mixed_findings(compiled, plan)),
    )


def _cells(compiled: Compiled, plan: CodePlan, cells: Touched) -> dict[tuple[str, str], tuple[str, ...]]:
    """The keys of the events that touched each cell, in order; made columns have their operands'."""
    columns = {column.key: money_operands(compiled, column.key) for column in compiled.definition.columns}
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for laid in compiled.layout.rows:
        for key, parts in columns.items():
            causes = {cause for part in parts for cause in cells.get((laid.row.key, part), ())}
            if causes:
                found[laid.row.key, key] = tuple(dict.fromkeys(_key(plan, cause) for cause in sorted(causes)))
    return found


def _key(plan: CodePlan, cause: int) -> str:
    return "" if cause == REGISTER else plan.changes[cause].key


def _notes(plan: CodePlan, rows: Sequence[Row], cells: Touched) -> tuple[Text, ...]:
    """A note for each event, in order, naming the rows it touched; the last ones together where they are many."""
    by_cause: dict[int, set[str]] = defaultdict(set)
    for (row, _), causes in cells.items():
        for cause in causes:
            by_cause[cause].add(row)
    noted = [
        (cause, [row.label for row in rows if row.key in by_cause[cause]]) for cause in sorted(by_cause, key=_last)
    ]
    noted = [(cause, labels) for cause, labels in noted if labels]
    notes = [_note(plan, cause, labels) for cause, labels in noted[:_NOTED]]
    if (more := len(noted) - _NOTED) > 0:
        notes.append(Text(f"Omräknat för {more} händelser till.", f"Restated for {more} more events."))
    return tuple(notes)


def _last(cause: int) -> tuple[bool, int]:
    return cause == REGISTER, cause


def _note(plan: CodePlan, cause: int, labels: Sequence[Text]) -> Text:
    rows_sv, rows_en = ", ".join(label.sv for label in labels), ", ".join(label.en for label in labels)
    if cause == REGISTER:
        return Text(
            f"Omräknat för ändringar i registret utan beslutad händelse: {rows_sv}.",
            f"Restated for changes in the register without a decided event: {rows_en}.",
        )
    change = plan.changes[cause]
    decided = f"{change.label} ({change.decision})" if change.decision else change.label
    day = change.on.isoformat()
    return Text(f"Omräknat för {decided} från {day}: {rows_sv}.", f"Restated for {decided} from {day}: {rows_en}.")


def mixed_findings(compiled: Compiled, plan: CodePlan) -> list[Finding]:
    """Codes whose money can't be told from others' in an older structure, for each column read in one."""
    findings: list[Finding] = []
    for column in compiled.layout.columns:
        horizon = column.readings[0].horizon
        if column.scenarios and horizon is not None and horizon < plan.changes_until(column.last_day):
            told = [_mixed(compiled, column, *own) for own in _mixed_codes(compiled, plan, column, horizon)]
            findings += [own for own in told if own not in findings]
    return findings


def _mixed_codes(
    compiled: Compiled, plan: CodePlan, column: LaidColumn, horizon: int
) -> Iterator[tuple[str, list[str], list[str]]]:
    month = column.months[-1].first
    for dimension in compiled.layout.dimensions:
        asks = successors(plan, dimension)
        sources = {
            code: asks.mixed(code, month, horizon)
            for code in sorted(filter(None, compiled.census.get(dimension, ())))
        }
        codes = [code for code, own in sources.items() if own]
        if codes:
            yield dimension, codes, sorted({source for code in codes for source in sources[code]})


def _mixed(compiled: Compiled, column: LaidColumn, dimension: str, codes: list[str], sources: list[str]) -> Finding:
    return found(
        MONEY_MIXED,
        Place(compiled.definition.key),
        day=column.readings[0].day.isoformat(),
        dimension=DIMENSION_NAMES[dimension],
        codes=_listed(codes),
        sources=_listed(sources),
    )


def _listed(codes: Sequence[str]) -> str:
    more = f" … (+{len(codes) - _CODES_SHOWN})" if len(codes) > _CODES_SHOWN else ""
    return ", ".join(codes[:_CODES_SHOWN]) + more
