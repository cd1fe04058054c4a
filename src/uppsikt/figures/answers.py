"""From the engine's answer to the statement as shown: hidden columns away, notes and findings beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding
from uppsikt.core.language import Text
from uppsikt.figures.assembly import Stray, Table, overlap_findings, stray_findings
from uppsikt.figures.carrying import Census
from uppsikt.figures.definitions import ArithmeticColumn, ColumnSpec, Operation, StatementDefinition
from uppsikt.figures.labels import fill, unit_name
from uppsikt.figures.layout import LaidColumn, Layout
from uppsikt.figures.membership import Membership
from uppsikt.figures.model import Column, Parameters, StatementResult
from uppsikt.figures.presentation import about, difference_notes, rounding_notes


@dataclass(frozen=True)
class Compiled:
    """A definition made ready for a question: its layout and its small relations."""

    definition: StatementDefinition
    parameters: Parameters
    layout: Layout
    membership: Membership
    census: Census = field(default_factory=dict)
    touched: Mapping[tuple[str, str], frozenset[int]] = field(default_factory=dict)  # by restating.touched

    def column_number(self, key: str) -> int:
        """A money column's number in the relations."""
        return next(number for number, laid in enumerate(self.layout.columns) if laid.spec.key == key)

    def laid_column(self, key: str) -> LaidColumn:
        """A money column as laid out."""
        return self.layout.columns[self.column_number(key)]


@dataclass(frozen=True)
class Answer:
    """A statement's table with hidden columns, and money in no row."""

    compiled: Compiled
    table: Table
    strays: tuple[Stray, ...]


@dataclass(frozen=True)
class Restated:
    """What is said of money carried to another structure: the events that touched each cell, notes, findings."""

    cells: Mapping[tuple[str, str], tuple[str, ...]]
    notes: tuple[Text, ...]
    findings: tuple[Finding, ...]


def result_of(answer: Answer, plan: CodePlan, restated: Restated) -> StatementResult:
    """The statement as shown."""
    compiled, table = answer.compiled, answer.table
    definition, layout = compiled.definition, compiled.layout
    columns = tuple(column_of(spec, compiled, plan) for spec in definition.columns if not spec.is_hidden)
    cells = {
        (laid.row.key, column.key): table.cells[laid.row.key, column.key] for laid in table.rows for column in columns
    }
    return StatementResult(
        key=definition.key,
        title=fill(definition.title, compiled.parameters, plan),
        view=definition.view,
        parameters=compiled.parameters,
        rows=tuple(laid.row for laid in table.rows),
        columns=columns,
        cells=cells,
        notes=(
            *rounding_notes(definition.view, table.rows, columns, cells),
            *difference_notes(definition, table.rows, cells),
            *restated.notes,
        ),
        findings=(
            *layout.findings,
            *overlap_findings(definition, layout, compiled.membership),
            *stray_findings(definition, compiled.parameters, layout, compiled.membership, answer.strays, plan),
            *restated.findings,
        ),
        unit_name=unit_name(compiled.parameters, plan),
        restated={place: keys for place, keys in restated.cells.items() if place in cells},
    )


def column_of(spec: ColumnSpec, compiled: Compiled, plan: CodePlan) -> Column:
    """A column with its label and what it shows in words."""
    label = fill(spec.label, compiled.parameters, plan)
    if isinstance(spec, ArithmeticColumn):
        return Column(spec.key, label, spec.kind, _arithmetic_words(spec, compiled, plan))
    return Column(spec.key, label, spec.kind, about(compiled.laid_column(spec.key)))


def _arithmetic_words(spec: ArithmeticColumn, compiled: Compiled, plan: CodePlan) -> Text:
    by_key = {column.key: column for column in compiled.definition.columns}
    labels = [fill(by_key[key].label, compiled.parameters, plan) for key in spec.operands]
    sign = {Operation.MINUS: " − ", Operation.SUM: " + ", Operation.SHARE: " / "}[spec.operation]
    return Text(sign.join(label.sv for label in labels), sign.join(label.en for label in labels))
