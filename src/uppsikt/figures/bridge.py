"""The bridge of a statement: what each cell was, what every change moved out and in, and what it is as of a day.

One question gives sums by column and atoms; which rows an atom stands in before and after each change is looked
up in the same membership a statement uses, on some thousand lines. What stays within a row moves neither in nor
out of it. Lines reconcile to the öre: as was − out + in = as of, in every row and money column, for every change
is followed from one reading to the next (`stages`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from uppsikt.core.changes import Change
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding
from uppsikt.core.formats import View
from uppsikt.core.language import Text
from uppsikt.figures.answers import Compiled, column_of
from uppsikt.figures.assembly import Table, fill_table, weights
from uppsikt.figures.carrying import Census, booked, carried
from uppsikt.figures.definitions import ArithmeticColumn, ColumnSpec, Operation, Scenario, StatementDefinition, Test
from uppsikt.figures.labels import fill, unit_name
from uppsikt.figures.layout import LaidColumn, Layout, lay_column, lay_out
from uppsikt.figures.membership import ColumnMember, Membership, merged_leaves
from uppsikt.figures.model import Cell, Column, Parameters, Row
from uppsikt.figures.placing import Gross, Moves, Placing, times_counted
from uppsikt.figures.questions import question
from uppsikt.figures.restating import mixed_findings
from uppsikt.figures.stages import Cause, Stage, in_order, stages
from uppsikt.figures.structures import Reading
from uppsikt.figures.summing import prepared
from uppsikt.figures.tables import install
from uppsikt.figures.tracks import Tracker, Walk

if TYPE_CHECKING:
    from uppsikt.figures.engine import Engine

REGISTER = Text("Ändring i registret utan beslutad händelse", "Change in the register without a decided event")
ENTRY = Text("Budgetbeslut på koder utan händelse", "Budget entry on codes without an event")
_Reason = Cause | str  # a change, or the decision of entries on codes that none of its events is about


@dataclass(frozen=True, slots=True)
class BridgeStep:
    """A change on the way: a decided event by its key, or a day on which the register changed by itself.

    Entries of a decision on codes that none of its events is about have a step of their own: the decision.
    """

    key: str
    label: Text
    decision: str
    on: date
    is_decided: bool = True


@dataclass(frozen=True, slots=True)
class BridgeLine:
    """What one step moved out of and into one cell, in öre of ledger sign.

    `entry_ore` is how much of a budget as it was came into the row (minus: left it) by budget entries with the
    step's decision, on codes the step is about; where several are about a code, it is said on the last of them.
    """

    step: BridgeStep
    out_ore: int
    in_ore: int
    entry_ore: int | None = None

    @property
    def key(self) -> str:
        """The step's key."""
        return self.step.key

    @property
    def net_ore(self) -> int:
        """What the step changes in the cell."""
        return self.in_ore - self.out_ore


@dataclass(frozen=True)
class BridgeResult:
    """A statement's bridge. `was`, `now` and `lines` have an entry for each (row key, column key).

    Rows of codes that hold no money on the way are left out.

    Steps are in the order they took effect; a cell's lines are the steps that moved anything of it, in the order
    of the walk (backwards where the day lies before the column's last day). Shares have no lines.
    """

    key: str
    title: Text
    view: View
    parameters: Parameters
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    steps: tuple[BridgeStep, ...]
    was: Mapping[tuple[str, str], Cell]
    now: Mapping[tuple[str, str], Cell]
    lines: Mapping[tuple[str, str], tuple[BridgeLine, ...]]
    findings: tuple[Finding, ...] = ()
    unit_name: str = ""

    @property
    def day(self) -> date:
        """The day whose structure it leads to."""
        return self.parameters.structure_date or self.parameters.round.cut_off


@dataclass(frozen=True)
class _Asked:
    """The columns as they were, in a layout with every stage's rows, as they are (`now`), and each one's walks."""

    compiled: Compiled
    now: tuple[LaidColumn, ...]
    placing: Placing
    walks: tuple[Walk, ...]
    causes: Mapping[str, tuple[Cause, ...]]  # by money column, in the order of its walk


@dataclass(frozen=True)
class _Walked:
    """What was asked and found: tables before and after, moves by (row, money column) and cause."""

    asked: _Asked
    was: Table
    now: Table
    moves: Mapping[tuple[str, str], Mapping[Cause, Gross]]

    @property
    def layout(self) -> Layout:
        return self.asked.compiled.layout


def bridge(engine: Engine, definition: StatementDefinition, parameters: Parameters) -> BridgeResult:
    """The bridge from as it was to the structure date (the cut-off where none is given)."""
    day = parameters.structure_date or parameters.round.cut_off
    walked = _walked(engine, definition, replace(parameters, structure_date=day))
    plan, compiled = engine.plan, walked.asked.compiled
    columns = tuple(column_of(spec, compiled, plan) for spec in definition.columns if not spec.is_hidden)
    steps: Mapping[_Reason, BridgeStep] = _steps(plan, walked.asked.causes.values())
    entries = _entries(engine, walked, steps)
    steps = _with_decisions(steps, entries)
    lines = {
        (laid.row.key, spec.key): _lines(walked, laid.row.key, spec, steps, entries)
        for laid in compiled.layout.rows
        for spec in definition.columns
        if not spec.is_hidden
    }
    moved = {line.key for own in lines.values() for line in own}
    rows = _shown(walked, {row for (row, _), own in lines.items() if own})
    places = [(row.key, column.key) for row in rows for column in columns]
    return BridgeResult(
        key=definition.key,
        title=fill(definition.title, compiled.parameters, plan),
        view=definition.view,
        parameters=compiled.parameters,
        rows=rows,
        columns=columns,
        steps=tuple(step for step in steps.values() if step.key in moved),
        was={place: walked.was.cells[place] for place in places},
        now={place: walked.now.cells[place] for place in places},
        lines={place: lines[place] for place in places},
        findings=(*compiled.layout.findings, *_mixed(walked.asked, plan)),
        unit_name=unit_name(compiled.parameters, plan),
    )


def _mixed(asked: _Asked, plan: CodePlan) -> list[Finding]:
    """What can't be told apart on the day, as the statement of that day says it."""
    layout = replace(asked.compiled.layout, columns=asked.now)
    return mixed_findings(replace(asked.compiled, layout=layout), plan)


def _walked(engine: Engine, definition: StatementDefinition, parameters: Parameters) -> _Walked:
    asked = _asked(engine, definition, parameters)
    layout = asked.compiled.layout
    sums: tuple[dict[tuple[int, int], int], ...] = ({}, {})
    moves = [Moves() for _ in layout.columns]
    for column, walk, *atoms, amount_ore in _answer(engine, asked.compiled.membership):
        path = asked.placing.path(walk, tuple(atoms))
        stages = asked.walks[walk].stages
        moves[column].follow(((stages[at].cause if at >= 0 else None, rows) for at, rows in path), amount_ore)
        for own, (_, rows) in zip(sums, (path[0], path[-1]), strict=True):
            for row in rows:
                own[row, column] = own.get((row, column), 0) + amount_ore
    was, now = (fill_table(definition, layout, asked.compiled.membership, own) for own in sums)
    by_row = {
        (row, column.spec.key): causes
        for column, own in zip(layout.columns, moves, strict=True)
        for row, causes in own.by_row(layout.rows).items()
    }
    return _Walked(asked, was, now, by_row)


def _asked(engine: Engine, definition: StatementDefinition, parameters: Parameters) -> _Asked:
    plan = engine.plan
    now = lay_out(definition, parameters, plan)
    was = [lay_column(column.spec, replace(parameters, structure_date=None), plan) for column in now.columns]
    trees = [(test.dimension, test.hierarchy) for test in _tests(now)]
    staged = [
        tuple(stages(plan, trees, before.readings[0], after.readings[0], now.dimensions))
        for before, after in zip(was, now.columns, strict=True)
    ]
    readings = [own for column in was for own in column.readings]
    readings += [stage.reading for own in staged for stage in own]
    layout = replace(lay_out(definition, parameters, plan, (own.day for own in readings)), columns=tuple(was))
    walks: dict[Walk, int] = {}
    members = list(_column_members(layout, staged, walks))
    census = engine.census(layout.dimensions)
    placing, membership = _membership(plan, layout, tuple(walks), readings, members, census)
    causes = {column.spec.key: tuple(stage.cause for stage in own) for column, own in zip(was, staged, strict=True)}
    compiled = Compiled(definition, parameters, layout, membership, census)
    return _Asked(compiled, now.columns, placing, tuple(walks), causes)


def _tests(layout: Layout) -> list[Test]:
    return [*layout.base, *(test for laid in layout.rows for test in laid.selector)]


def _column_members(
    layout: Layout, staged: Sequence[tuple[Stage, ...]], walks: dict[Walk, int]
) -> Iterator[ColumnMember]:
    """Each month of each column with the number of its walk, in the place of an epoch."""
    for no, (column, own) in enumerate(zip(layout.columns, staged, strict=True)):
        for month, reading in zip(column.months, column.readings, strict=True):
            walk = walks.setdefault(Walk(reading, own), len(walks))
            for scenario in column.scenarios:
                yield ColumnMember(no, scenario, month.number, walk, column.known_on)


def _membership(
    plan: CodePlan,
    layout: Layout,
    walks: Sequence[Walk],
    readings: Sequence[Reading],
    members: list[ColumnMember],
    census: Census,
) -> tuple[Placing, Membership]:
    dimensions = layout.dimensions
    carrying = {own: carried(plan, own, readings, layout.months, census) for own in dimensions}
    picking = {no: (*layout.base, *laid.selector) for no, laid in enumerate(layout.rows, start=1) if not laid.is_sum}
    trackers = {
        own: Tracker(
            plan,
            own,
            list(dict.fromkeys(test for test in _tests(layout) if test.dimension == own)),
            carrying[own].names(census[own]),
        )
        for own in dimensions
    }
    placing = Placing(layout, trackers, picking)
    atoms = {own: placing.atoms(own, walks, carrying[own]) for own in dimensions}
    merged, whole = merged_leaves(carrying, atoms)
    nothing: frozenset[int] = frozenset()
    return placing, Membership(
        dimensions, atoms, (), (), tuple(members), nothing, nothing, carrying=carrying, merged=merged, whole=whole
    )


def _answer(engine: Engine, membership: Membership) -> list[tuple[Any, ...]]:
    """The one question: a line for each column, walk and combination of atoms, with its öre."""
    if not membership.columns or not membership.dimensions:  # an unknown unit: there is nothing to ask
        return []
    with engine.session() as cursor:
        return engine.ask(cursor, "bridge", *prepared(engine, cursor, membership, "bridge"))


def _entry_answer(engine: Engine, membership: Membership, sources: list[str]) -> list[tuple[Any, ...]]:
    """A line for each column, walk, entry and combination of atoms and codes or leaves, with its öre."""
    with engine.session() as cursor:
        installed = install(cursor, membership)
        sql = question("entries", membership.dimensions, cuts=installed.cuts)
        return engine.ask(cursor, "entries", sql, {**installed.values, "sources": sources})


def _steps(plan: CodePlan, walks: Iterable[tuple[Cause, ...]]) -> dict[_Reason, BridgeStep]:
    """Every step any column walks, in the order they took effect."""
    return {cause: _step(plan, cause) for cause in in_order(plan, (cause for walk in walks for cause in walk))}


def _step(plan: CodePlan, cause: Cause) -> BridgeStep:
    if isinstance(cause, date):
        return BridgeStep(cause.isoformat(), REGISTER, "", cause, is_decided=False)
    change = plan.changes[cause]
    return BridgeStep(change.key, Text(change.label, change.label), change.decision, change.on)


def _entries(
    engine: Engine, walked: _Walked, steps: Mapping[_Reason, BridgeStep]
) -> Mapping[tuple[str, str], Mapping[_Reason, int]]:
    """By row and money column: what entries moved of the budget as it was, each at the step it carries out."""
    compiled = walked.asked.compiled
    decision_of = {
        source: step.decision
        for step in steps.values()
        for source in engine.relations.moved_by.get(step.decision, ())
    }
    if not decision_of or not any(own.spec.scenario is Scenario.BUDGET for own in compiled.layout.columns):
        return {}
    times, dimensions = times_counted(walked.layout.rows), compiled.membership.dimensions
    found: dict[tuple[str, str], dict[_Reason, int]] = defaultdict(lambda: defaultdict(int))
    for column, walk, source, *told, amount_ore in _entry_answer(engine, compiled.membership, sorted(decision_of)):
        atoms, names = told[: len(dimensions)], told[len(dimensions) :]
        key, decision = compiled.layout.columns[column].spec.key, decision_of[source]
        own = [cause for cause in walked.asked.causes[key] if steps[cause].decision == decision]
        codes = {(dimension, booked(name)) for dimension, name in zip(dimensions, names, strict=True) if name}
        reason = _about(engine.plan, own, codes)
        _, rows = walked.asked.placing.path(walk, tuple(atoms))[0]
        for row, count in (each for number in rows for each in times[number].items() if own):
            found[row, key][decision if reason is None else reason] += count * amount_ore
    return found


def _about(plan: CodePlan, causes: Iterable[Cause], codes: set[tuple[str, str]]) -> Cause | None:
    """The last event that takes money from or to one of the codes; else the last one that moves one of them."""
    changes = {cause: plan.changes[cause] for cause in causes if isinstance(cause, int)}
    carrying = [cause for cause, own in changes.items() if not codes.isdisjoint(_carried(own))]
    moving = [
        cause
        for cause, own in changes.items()
        if not codes.isdisjoint((move.dimension, move.code) for move in own.moves)
    ]
    return max(carrying or moving, default=None)


def _carried(change: Change) -> Iterator[tuple[str, str]]:
    """The codes that a change takes money from or to, each with its dimension."""
    for own in change.successions:
        yield own.dimension, own.code
        yield from ((own.dimension, portion.code) for rule in own.rules for portion in rule.portions)


def _with_decisions(
    steps: Mapping[_Reason, BridgeStep], entries: Mapping[tuple[str, str], Mapping[_Reason, int]]
) -> dict[_Reason, BridgeStep]:
    """The steps, and after each decision's last one that of its entries on codes without an event."""
    alone = {reason for own in entries.values() for reason in own if isinstance(reason, str)}
    last = {step.decision: reason for reason, step in steps.items()}
    made: dict[_Reason, BridgeStep] = {}
    for reason, step in steps.items():
        made[reason] = step
        if step.decision in alone and last[step.decision] == reason:
            made[step.decision] = BridgeStep(step.decision, ENTRY, step.decision, step.on, is_decided=False)
    return made


def _lines(
    walked: _Walked,
    row: str,
    spec: ColumnSpec,
    steps: Mapping[_Reason, BridgeStep],
    entries: Mapping[tuple[str, str], Mapping[_Reason, int]],
) -> tuple[BridgeLine, ...]:
    """The lines of a cell: a difference's are those of its columns, the second with turned sign."""
    definition = walked.asked.compiled.definition
    if isinstance(spec, ArithmeticColumn) and spec.operation is Operation.MINUS and _lacks_operand(walked, spec):
        return ()
    found: dict[_Reason, tuple[int, int, int | None]] = {}
    for column, weight in weights(definition, spec.key).items():
        gross, moved = walked.moves.get((row, column), {}), entries.get((row, column), {})
        for reason in (*walked.asked.causes[column], *(own for own in moved if isinstance(own, str))):
            out_ore, in_ore, entry_ore = found.get(reason, (0, 0, None))
            if not isinstance(reason, str):
                out_ore += weight * gross.get(reason, (0, 0))[0]
                in_ore += weight * gross.get(reason, (0, 0))[1]
            if reason in moved:
                entry_ore = weight * moved[reason] + (entry_ore or 0)
            found[reason] = (out_ore, in_ore, entry_ore)
    order = (*walked.asked.causes.get(spec.key, ()), *steps)  # backwards where the column walks so
    return tuple(BridgeLine(steps[own], *found[own]) for own in dict.fromkeys(order) if any(found.get(own, ())))


def _lacks_operand(walked: _Walked, column: ArithmeticColumn) -> bool:
    """Whether a table has no differences because one of their columns is empty from top to bottom."""
    return any(
        all(table.cells[laid.row.key, operand].is_absent for laid in walked.layout.rows)
        for table in (walked.was, walked.now)
        for operand in column.operands
    )


def _shown(walked: _Walked, moved: set[str]) -> tuple[Row, ...]:
    """The rows that are always there and those with any money on the way."""
    held = {row for table in (walked.was, walked.now) for (row, _), cell in table.cells.items() if not cell.is_absent}
    return tuple(laid.row for laid in walked.layout.rows if not laid.is_dynamic or laid.row.key in moved | held)
