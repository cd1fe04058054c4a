"""A statement as the page shows it: text, address of the drill-down and marks for each cell."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from uppsikt.core.formats import Sign, View
from uppsikt.core.language import Text
from uppsikt.figures.model import Column, ColumnKind, Row, RowStyle, StatementResult, cell_text
from uppsikt.web.statements.choices import Choice

_SIGN_RULES = {
    Sign.REVERSED: Text(
        "Intäkter och överskott är positiva, kostnader och underskott negativa.",
        "Income and surplus are positive, cost and deficit negative.",
    ),
    Sign.LEDGER: Text(
        "Tecken som i bokföringen: kostnader är positiva, intäkter negativa.",
        "Signs as in the ledger: costs are positive, income negative.",
    ),
}

_OF_WHICH = Text("varav", "of which")


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell as shown. `url` is "" where there is nothing to follow."""

    text: str
    url: str
    name: str
    is_deviation: bool
    is_restated: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row as shown."""

    row: Row
    cells: tuple[SheetCell, ...]

    @property
    def label(self) -> str:
        """The row's label."""
        return label_of(self.row)

    @property
    def css(self) -> str:
        """The row's style as a class name."""
        return "" if self.row.style is RowStyle.NORMAL else self.row.style.value


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole table as shown."""

    title: Text
    rule: str
    columns: tuple[Column, ...]
    rows: tuple[SheetRow, ...]
    notes: tuple[Text, ...]

    @property
    def is_restated(self) -> bool:
        """Whether any figure shown is restated to another structure than its own."""
        return any(cell.is_restated for row in self.rows for cell in row.cells)


def sheet_of(result: StatementResult, choice: Choice) -> Sheet:
    """The statement in the unit, with the columns, that the reader chose."""
    view = choice.view(result.view)
    columns = choice.shown_columns(result)
    rows = tuple(
        SheetRow(row, tuple(_cell(result, choice, view, row, column) for column in columns)) for row in result.rows
    )
    return Sheet(result.title, rule_text(view), columns, rows, result.notes)


def label_of(row: Row) -> str:
    """A row's label; a memo row says "varav", whether or not its definition does."""
    text, of_which = str(row.label), str(_OF_WHICH)
    is_said = row.style is not RowStyle.MEMO or text.casefold().startswith(of_which)
    return text if is_said else f"{of_which} {text}"


def rule_text(view: View) -> str:
    """The caption's second line: unit and sign rule."""
    return f"{view.unit}. {_SIGN_RULES[view.sign]}"


def figure_url(choice: Choice, row: str, column: str, **more: str) -> str:
    """Where a figure is explained."""
    return f"{reverse('statement-figure', args=[choice.key])}?{choice.query(row=row, figure=column, **more)}"


def _cell(result: StatementResult, choice: Choice, view: View, row: Row, column: Column) -> SheetCell:
    cell = result.cells[row.key, column.key]
    url = "" if cell.is_absent else figure_url(choice, row.key, column.key)
    is_deviation = column.kind is ColumnKind.DEVIATION
    is_restated = (row.key, column.key) in result.restated
    return SheetCell(cell_text(cell, view), url, f"{row.key}/{column.key}", is_deviation, is_restated)
