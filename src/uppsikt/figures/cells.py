"""Asking about one cell: which picking rows and money columns it is made of, and with what weight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from uppsikt.figures.answers import Compiled
from uppsikt.figures.assembly import parts_of, weights
from uppsikt.figures.definitions import ArithmeticColumn, MoneyColumn
from uppsikt.figures.questions import question
from uppsikt.figures.rows import LaidRow
from uppsikt.figures.tables import install

if TYPE_CHECKING:
    from uppsikt.figures.engine import Engine


@dataclass(frozen=True)
class CellParts:
    """A cell taken apart. `weights` is how often each money column's postings count in it (shares: once each)."""

    row: LaidRow
    rows: tuple[int, ...]
    weights: Mapping[int, int]

    @property
    def columns(self) -> tuple[int, ...]:
        """The money columns it is made of."""
        return tuple(self.weights)


def cell_parts(compiled: Compiled, row: str, column: str) -> CellParts:
    """The parts of a cell; KeyError for rows and columns the statement lacks."""
    rows = {laid.row.key: laid for laid in compiled.layout.rows}
    numbers = {key: number for number, key in enumerate(rows, start=1)}
    laid = rows[row]
    by_weight = weights(compiled.definition, column) or dict.fromkeys(money_operands(compiled, column), 1)
    return CellParts(
        laid,
        tuple(numbers[part] for part in parts_of(laid, rows)),
        {compiled.column_number(key): weight for key, weight in by_weight.items() if weight},
    )


def money_operands(compiled: Compiled, column: str) -> list[str]:
    """The money columns a column is made of, at any depth."""
    spec = {own.key: own for own in compiled.definition.columns}[column]
    if isinstance(spec, MoneyColumn):
        return [column]
    assert isinstance(spec, ArithmeticColumn)
    found = [money for operand in spec.operands for money in money_operands(compiled, operand)]
    return list(dict.fromkeys(found))


def ask_of_cell(
    engine: Engine,
    compiled: Compiled,
    rows: Sequence[int],
    columns: Sequence[int],
    name: str,
    *,
    drilled: str = "",
    **values: object,
) -> list[tuple[Any, ...]]:
    """Put a question about some rows and money columns."""
    membership = compiled.membership
    with engine.session() as cursor:
        installed = install(cursor, membership, rows=rows, columns=columns, drilled=drilled)
        sql = question(name, membership.dimensions, drilled=drilled, cuts=installed.cuts)
        return engine.ask(cursor, name, sql, {**installed.values, **values})
