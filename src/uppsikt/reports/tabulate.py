"""Statements and facts to the one table form that all renderers read."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from uppsikt.core.formats import ABSENT, Sign, View
from uppsikt.core.language import say
from uppsikt.figures.model import Cell, Column, ColumnKind, Row, RowStyle, StatementResult, cell_text
from uppsikt.reports.document import NumberCell, RowLook, Runs, Table, TableColumn, TableRow, TextRun
from uppsikt.reports.facts import Fact
from uppsikt.reports.references import Reference, print_number
from uppsikt.reports.resolver import Unresolved

Found = TypeVar("Found")
_LOOKS = {RowStyle.NORMAL: RowLook.NORMAL, RowStyle.TOTAL: RowLook.TOTAL, RowStyle.MEMO: RowLook.MEMO}


@dataclass(frozen=True)
class Surroundings:
    """What a table gets from the document around it."""

    key: str
    number: str
    caption: Runs
    notes: tuple[Runs, ...] = ()


def statement_table(
    statement: StatementResult, around: Surroundings, rows: Sequence[str] = (), columns: Sequence[str] = ()
) -> Table:
    """A statement, whole or only some of its rows and columns; raises `Unresolved` for those it lacks."""
    row_by_key = {row.key: row for row in statement.rows}
    column_by_key = {column.key: column for column in statement.columns}
    chosen_rows = [_of(row_by_key, key, statement) for key in rows] or list(statement.rows)
    chosen_columns = [_of(column_by_key, key, statement) for key in columns] or list(statement.columns)
    notes = (*(plain_runs(str(note)) for note in statement.notes), *around.notes)
    return Table(
        around.key,
        around.number,
        around.caption,
        "",
        tuple(_column(column) for column in chosen_columns),
        tuple(_row(statement, row, chosen_columns) for row in chosen_rows),
        statement.view.unit.value,
        (plain_runs(sign_words(statement.view, chosen_columns)), *notes),
    )


def _of(by_key: Mapping[str, Found], key: str, statement: StatementResult) -> Found:
    if key not in by_key:
        raise Unresolved(f"{statement.key}: {key}", difflib.get_close_matches(key, by_key, 3, 0.4))
    return by_key[key]


def _column(column: Column) -> TableColumn:
    return TableColumn(column.key, str(column.label), column.kind.value, str(column.about))


def _row(statement: StatementResult, row: Row, columns: Sequence[Column]) -> TableRow:
    cells = tuple(
        number_cell(statement.cell(row.key, column.key), statement.view, statement.address(row.key, column.key))
        for column in columns
    )
    return TableRow(row.key, _label(row), cells, _LOOKS[row.style], row.level)


def _label(row: Row) -> str:
    of_which = say("varav", "of which")
    label = str(row.label)
    is_marked = row.style is not RowStyle.MEMO or label.lower().startswith(of_which)
    return label if is_marked else f"{of_which} {label[:1].lower()}{label[1:]}"


def number_cell(cell: Cell, view: View, address: str) -> NumberCell:
    """A statement's cell as a table's."""
    value = cell.share if cell.amount_ore is None else view.value(cell.amount_ore)
    return NumberCell(cell_text(cell, view), value, address, cell.amount_ore)


def fact_cell(fact: Fact) -> NumberCell:
    """An outside fact as a table's cell; text values are printed as they are."""
    address = f"fakta/{fact.key}"
    if fact.number is None:
        return NumberCell(fact.value, None, address, None, fact.origin)
    printed = print_number(Reference(address), fact.number, fact.unit, fact.decimals)
    return NumberCell(printed.text, printed.value, address, None, fact.origin)


def empty_cell() -> NumberCell:
    """Nothing, printed as such."""
    return NumberCell(ABSENT)


def plain_runs(text: str) -> Runs:
    """A text without references as runs."""
    return (TextRun(text),) if text else ()


def sign_words(view: View, columns: Sequence[Column]) -> str:
    """The unit and the sign rule in words: each view declares its own, so each table prints it."""
    unit = say("Belopp i {unit}.", "Amounts in {unit}.", unit=view.unit.value)
    if view.sign is Sign.LEDGER:
        return f"{unit} " + say(
            "Kostnader utan tecken, intäkter med minus.", "Costs without sign, income with minus."
        )
    rule = say("Kostnader har minustecken.", "Costs have a minus sign.")
    has_deviation = any(column.kind is ColumnKind.DEVIATION for column in columns)
    deviation = say("Negativ avvikelse är sämre än budget.", "A negative deviation is worse than budget.")
    return " ".join([unit, rule, *([deviation] if has_deviation else [])])
