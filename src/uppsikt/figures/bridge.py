"""The bridge of a statement: what each cell was, what every change moved out and in, and what it is as of a day.

One question gives sums by column and atoms; which rows an atom stands in before and after each change is looked
up in the same membership a statement uses, on some thousand lines. What stays within a row moves neither in nor
out of it. Lines reconcile to the öre: as was − out + in = as of, in every row and money column, for every change
is followed from one reading to the next (`stages`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding
from uppsikt.core.formats import View
from uppsikt.core.language import Text
from uppsikt.figures.answers import Compiled, column_of
from uppsikt.figures.assembly import Table, fill_table, parts_of, weights
from uppsikt.figures.cells import ask_of_cell
from uppsikt.figures.definitions import ArithmeticColumn, ColumnSpec, Operation, Scenario, StatementDefinition
from uppsikt.figures.layout import fill, lay_column, lay_out, unit_name
from uppsikt.figures.model import Cell, Column, Parameters, Row
from uppsikt.figures.placing import Moves, Placing
from uppsikt.figures.stages import Cause, in_order, stages
from uppsikt.figures.summing import prepared

if TYPE_CHECKING:
    from uppsikt.figures.engine import Engine

REGISTER = Text("Ändring i registret utan beslutad händelse", "Change in the register without a decided event")


@dataclass(frozen=True, slots=True)
class BridgeStep:
    """A change on the way: a decided event by its key, or a day on which the register changed by itself."""

    key: str
    label: Text
    decision: str
    on: date
    is_decided: bool = True


@dataclass(frozen=True, slots=True)
class BridgeLine:
    """What one step moved out of and into one cell, in öre of ledger sign.

    `entry_ore` is how much of a budget as it was came into the row (minus: left it) by a budget entry with the
    step's decision; it is said once for each decision, on the last of its steps.
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
class _Walked:
    """What was asked and found: tables before and after, moves by (row, money column) and cause."""

    compiled: Compiled
    was: Table
    now: Table
    moves: Mapping[tuple[str, str], Mapping[Cause, tuple[int, int]]]
    walks: Mapping[str, tuple[Cause, ...]]  # by money column, in the order of the walk


def bridge(engine: Engine, definition: StatementDefinition, parameters: Parameters) -> BridgeResult:
    """The bridge from as it was to the structure date (the cut-off where none is given)."""
    day = parameters.structure_date or parameters.round.cut_off
    walked = _walked(engine, definition, replace(parameters, structure_date=day))
    plan, compiled = engine.plan, walked.compiled
    columns = tuple(column_of(spec, compiled, plan) for spec in definition.columns if not spec.is_hidden)
    steps = _steps(plan, walked.walks.values())
    entries = _entries(engine, walked, steps)
    lines = {
        (laid.row.key, spec.key): _lines(walked, laid.row.key, spec, steps, entries)
        for laid in compiled.layout.rows
        for spec in definition.columns
        if not spec.is_hidden
    }
    rows = _shown(walked, {row for (row, _), own in lines.items() if own})
    places = [(row.key, column.key) for row in rows for column in columns]
    return BridgeResult(
        key=definition.key,
        title=fill(definition.title, compiled.parameters, plan),
        view=definition.view,
        parameters=compiled.parameters,
        rows=rows,
        columns=columns,
        steps=tuple(
            step for step in steps.values() if any(line.step == step for own in lines.values() for line in own)
        ),
        was={place: walked.was.cells[place] for place in places},
        now={place: walked.now.cells[place] for place in places},
        lines={place: lines[place] for place in places},
        findings=compiled.layout.findings,
        unit_name=unit_name(compiled.parameters, plan),
    )


def _walked(engine: Engine, definition: StatementDefinition, parameters: Parameters) -> _Walked:
    compiled, walks = _compiled(engine, definition, parameters)
    layout, membership = compiled.layout, compiled.membership
    placing = Placing(membership)
    sums: tuple[dict[tuple[int, int], int], ...] = ({}, {})
    moves = [Moves() for _ in layout.columns]
    for column, epoch, atoms, amount_ore in _asked(engine, compiled):
        start = placing.rows(epoch, atoms)
        walk = [(cause, placing.rows(at, atoms)) for cause, at in walks[column]]
        moves[column].walk(start, walk, amount_ore)
        for own, rows in zip(sums, (start, walk[-1][1] if walk else start), strict=True):
            for row in rows:
                own[row, column] = own.get((row, column), 0) + amount_ore
    was, now = (fill_table(definition, layout, membership, own) for own in sums)
    by_row = {
        (row, column.spec.key): causes
        for column, own in zip(layout.columns, moves, strict=True)
        for row, causes in own.by_row(layout.rows).items()
    }
    in_walk = {column.spec.key: tuple(cause for cause, _ in walks[no]) for no, column in enumerate(layout.columns)}
    return _Walked(compiled, was, now, by_row, in_walk)


def _compiled(
    engine: Engine, definition: StatementDefinition, parameters: Parameters
) -> tuple[Compiled, list[list[tuple[Cause, int]]]]:
    """The columns as they were, in a layout that knows every stage too, and each column's stages by epoch."""
    plan = engine.plan
    now = lay_out(definition, parameters, plan)
    was = [lay_column(column.spec, replace(parameters, structure_date=None), plan) for column in now.columns]
    tests = [*now.base, *(test for laid in now.rows for test in laid.selector)]
    trees = [(test.dimension, test.hierarchy) for test in tests]
    walks = [
        stages(plan, trees, before.readings[0], after.readings[0])
        for before, after in zip(was, now.columns, strict=True)
    ]
    readings = [*(own for column in was for own in column.readings), *(own.reading for walk in walks for own in walk)]
    layout = replace(lay_out(definition, parameters, plan, readings), columns=tuple(was))
    compiled = engine.compile(definition, parameters, layout)
    numbered = [[(own.cause, layout.epoch(plan, own.reading)) for own in walk] for walk in walks]
    return compiled, numbered


def _asked(engine: Engine, compiled: Compiled) -> Iterator[tuple[int, int, tuple[int, ...], int]]:
    """The one question: a line for each column, epoch and combination of atoms, with its öre."""
    if not compiled.membership.rows:
        return
    with engine.session() as cursor:
        sql, values = prepared(cursor, compiled.membership, "bridge")
        for column, epoch, *atoms, amount_ore in engine.ask(cursor, "bridge", sql, values):
            yield column, epoch, tuple(atoms), amount_ore


def _steps(plan: CodePlan, walks: Iterable[tuple[Cause, ...]]) -> dict[Cause, BridgeStep]:
    """Every step any column walks, in the order they took effect."""
    return {cause: _step(plan, cause) for cause in in_order(plan, (cause for walk in walks for cause in walk))}


def _step(plan: CodePlan, cause: Cause) -> BridgeStep:
    if isinstance(cause, date):
        return BridgeStep(cause.isoformat(), REGISTER, "", cause, is_decided=False)
    change = plan.changes[cause]
    return BridgeStep(change.key, Text(change.label, change.label), change.decision, change.on)


def _entries(
    engine: Engine, walked: _Walked, steps: Mapping[Cause, BridgeStep]
) -> Mapping[tuple[str, str, str], int]:
    """By row, money column and decision: what entries with the decision moved of the budget as it was."""
    compiled = walked.compiled
    decision_of = {
        source: step.decision
        for step in steps.values()
        for source in engine.relations.moved_by.get(step.decision, ())
    }
    columns = [no for no, own in enumerate(compiled.layout.columns) if own.spec.scenario is Scenario.BUDGET]
    if not decision_of or not columns:
        return {}
    by_key = {laid.row.key: laid for laid in compiled.layout.rows}
    numbers = {key: number for number, key in enumerate(by_key, start=1)}
    sums: dict[tuple[int, int, str], int] = defaultdict(int)
    picking = [numbers[key] for key, laid in by_key.items() if not laid.is_sum]
    for row, column, _, source, amount_ore, _ in ask_of_cell(engine, compiled, picking, columns, "sources"):
        if source in decision_of:
            sums[row, column, decision_of[source]] += amount_ore
    found: dict[tuple[str, str, str], int] = defaultdict(int)
    for (row, column, decision), amount_ore in sums.items():
        for key, laid in by_key.items():
            times = parts_of(laid, by_key).count(compiled.layout.rows[row - 1].row.key)
            if times:
                found[key, compiled.layout.columns[column].spec.key, decision] += times * amount_ore
    return found


def _lines(
    walked: _Walked,
    row: str,
    spec: ColumnSpec,
    steps: Mapping[Cause, BridgeStep],
    entries: Mapping[tuple[str, str, str], int],
) -> tuple[BridgeLine, ...]:
    """The lines of a cell: a difference's are those of its columns, the second with turned sign."""
    definition = walked.compiled.definition
    if isinstance(spec, ArithmeticColumn) and spec.operation is Operation.MINUS and _lacks_operand(walked, spec):
        return ()
    found: dict[Cause, tuple[int, int, int | None]] = {}
    for column, weight in weights(definition, spec.key).items():
        gross = walked.moves.get((row, column), {})
        said = _last_of_decisions(walked.walks[column], steps)
        for cause in walked.walks[column]:
            out_ore, in_ore, entry_ore = found.get(cause, (0, 0, None))
            out_ore += weight * gross.get(cause, (0, 0))[0]
            in_ore += weight * gross.get(cause, (0, 0))[1]
            moved = entries.get((row, column, steps[cause].decision)) if cause in said else None
            found[cause] = (out_ore, in_ore, entry_ore if moved is None else weight * moved + (entry_ore or 0))
    order = walked.walks.get(spec.key, steps)
    return tuple(BridgeLine(steps[cause], *found[cause]) for cause in order if any(found.get(cause, ())))


def _last_of_decisions(walk: Iterable[Cause], steps: Mapping[Cause, BridgeStep]) -> set[Cause]:
    """The last step of each decision in a walk, by when it took effect."""
    walked = set(walk)
    return set({step.decision: cause for cause, step in steps.items() if cause in walked and step.decision}.values())


def _lacks_operand(walked: _Walked, column: ArithmeticColumn) -> bool:
    """Whether a table has no differences because one of their columns is empty from top to bottom."""
    return any(
        all(table.cells[laid.row.key, operand].is_absent for laid in walked.compiled.layout.rows)
        for table in (walked.was, walked.now)
        for operand in column.operands
    )


def _shown(walked: _Walked, moved: set[str]) -> tuple[Row, ...]:
    shown = moved | {laid.row.key for table in (walked.was, walked.now) for laid in table.rows}
    return tuple(laid.row for laid in walked.compiled.layout.rows if laid.row.key in shown)
