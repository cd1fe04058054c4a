"""A statement as a file: the same columns, sign and unit as on the page, amounts as numbers."""

from __future__ import annotations

from uppsikt.core.formats import View, number
from uppsikt.core.tables import write_csv, write_xlsx
from uppsikt.figures.model import Cell, Column, Row
from uppsikt.web.statements.choices import Choice
from uppsikt.web.statements.pages import StatementPage

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def statement_file(page: StatementPage, suffix: str) -> bytes:
    """The statement's bytes in a format of `FORMATS`."""
    columns = page.sheet.columns
    headings = ["", *(f"{column.label} ({page.shown_in})" for column in columns)]
    view = page.choice.view(page.result.view)
    if suffix == "csv":
        return write_csv(headings, [[str(row.label), *_texts(page, view, row, columns)] for row in page.result.rows])
    rows = [[str(row.label), *_numbers(page, view, row, columns)] for row in page.result.rows]
    return write_xlsx(headings, rows, str(page.result.title))


def file_name(choice: Choice, suffix: str) -> str:
    """A name that says statement, unit and round."""
    unit = f"-{choice.org_unit}" if choice.org_unit else ""
    return f"{choice.key}{unit}-{choice.round_key}.{suffix}"


def _texts(page: StatementPage, view: View, row: Row, columns: tuple[Column, ...]) -> list[str]:
    return [csv_text(page.result.cells[row.key, column.key], view) for column in columns]


def csv_text(cell: Cell, view: View) -> str:
    """A cell as a CSV file says it; empty where there is nothing."""
    if cell.share is not None:
        return _plain(number(cell.share * 100, 1))
    return "" if cell.amount_ore is None else _plain(number(view.value(cell.amount_ore), view.decimals))


def _plain(shown: str) -> str:
    # what spreadsheets read as a number: no thin spaces, an ASCII minus
    return shown.replace("\u202f", "").replace("\u2212", "-")


def _numbers(page: StatementPage, view: View, row: Row, columns: tuple[Column, ...]) -> list[float | None]:
    return [xlsx_number(page.result.cells[row.key, column.key], view) for column in columns]


def xlsx_number(cell: Cell, view: View) -> float | None:
    """A cell as a spreadsheet's number, in the view's sign and unit."""
    if cell.share is not None:
        return float(cell.share)
    return None if cell.amount_ore is None else float(view.value(cell.amount_ore))
