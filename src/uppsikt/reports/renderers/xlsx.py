"""Excel: a sheet for each table with numbers as numbers, all figures in long form, and what the data are."""

from __future__ import annotations

import io
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from uppsikt.core.language import say, speaking
from uppsikt.reports.document import Document, NumberCell, RowLook, Table, TableCell, text_of
from uppsikt.reports.renderers.longform import FIGURE_COLUMNS, cell_text, figure_rows, metadata_rows

_LONGEST_SHEET_NAME = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def render_xlsx(document: Document) -> bytes:
    """The document's tables as a workbook."""
    import xlsxwriter

    with speaking(document.metadata.language):
        stream = io.BytesIO()
        # text is text: what begins with = or looks like an address is never run or linked
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        workbook = xlsxwriter.Workbook(stream, options)
        created = datetime.combine(document.metadata.document_date, time(12))
        workbook.set_properties(
            {"title": document.metadata.title, "author": document.metadata.committee, "created": created}
            | {"comments": document.content_hash}
        )
        book = _Book(workbook)
        book.rows_sheet(say("Om", "About"), metadata_rows(document), widths=(32, 70))
        for table in (*document.tables, *(chart.table for chart in document.charts)):
            book.table_sheet(table)
        rows: list[list[object]] = [list(FIGURE_COLUMNS), *figure_rows(document)]
        book.rows_sheet(say("Alla siffror", "All figures"), rows, widths=(12, 12, 30, 30, 14, 18, 10, 60))
        workbook.close()
        return stream.getvalue()


class _Book:
    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        self.names: set[str] = set()
        head = {"bold": True, "bottom": 2, "bottom_color": "#00578a", "text_wrap": True, "valign": "bottom"}
        self.head = workbook.add_format(head)
        self.head_number = workbook.add_format({**head, "align": "right"})
        self.title = workbook.add_format({"bold": True, "font_size": 13})
        self.wrap = workbook.add_format({"text_wrap": True, "valign": "top"})
        self.note = workbook.add_format({"font_color": "#4d5a64"})
        self._formats: dict[tuple[str, RowLook], Any] = {}

    def sheet(self, name: str) -> Any:
        plain = name.translate(_FORBIDDEN).strip()[:_LONGEST_SHEET_NAME]
        count = 1
        unique = plain
        while unique.lower() in self.names:
            count += 1
            unique = f"{plain[: _LONGEST_SHEET_NAME - 4]} {count}"
        self.names.add(unique.lower())
        return self.workbook.add_worksheet(unique)

    def format(self, number_format: str, look: RowLook) -> Any:
        """The cell format for a number format and a row's look, made once each."""
        if (number_format, look) not in self._formats:
            properties: dict[str, object] = {"bold": look is RowLook.TOTAL, "italic": look is RowLook.MEMO}
            if look is RowLook.TOTAL:
                properties |= {"top": 1, "bg_color": "#eef4f8"}
            if number_format:
                properties |= {"num_format": number_format, "align": "right"}
            self._formats[number_format, look] = self.workbook.add_format(properties)
        return self._formats[number_format, look]

    def rows_sheet(self, name: str, rows: list[list[object]], widths: tuple[int, ...]) -> None:
        sheet = self.sheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for line, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, int | Decimal):
                    sheet.write_number(line, column, value)
                elif value is not None:
                    sheet.write_string(line, column, str(value), self.head if line == 0 else None)
        sheet.freeze_panes(1, 0)

    def table_sheet(self, table: Table) -> None:
        sheet = self.sheet(f"{table.number} {text_of(table.caption)}")
        sheet.write_string(0, 0, f"{table.number}. {text_of(table.caption)}", self.title)
        unit = f" ({table.unit})" if table.unit else ""
        sheet.write_string(2, 0, table.heading or say("Post", "Item"), self.head)
        for column, heading in enumerate(table.columns, start=1):
            label = heading.label if unit.strip(" ()") in heading.label.split() else heading.label + unit
            sheet.write_string(2, column, label, self.head_number if heading.is_numeric else self.head)
        for line, row in enumerate(table.rows, start=3):
            sheet.write_string(line, 0, "    " * row.level + row.label, self.format("", row.look))
            for column, cell in enumerate(row.cells, start=1):
                self.cell(sheet, line, column, cell, row.look)
        for line, note in enumerate(table.notes, start=len(table.rows) + 4):
            sheet.write_string(line, 0, text_of(note), self.note)
        sheet.set_column(0, 0, 42)
        sheet.set_column(1, len(table.columns), 14 if all(c.is_numeric for c in table.columns) else 50)
        sheet.freeze_panes(3, 1)

    def cell(self, sheet: Any, line: int, column: int, cell: TableCell, look: RowLook) -> None:
        if isinstance(cell, NumberCell) and cell.value is not None:
            sheet.write_number(line, column, cell.value, self.format(_number_format(cell), look))
        elif isinstance(cell, NumberCell):
            sheet.write_string(line, column, cell.text, self.format("@", look))
        else:
            sheet.write_string(line, column, cell_text(cell), self.wrap)


def _number_format(cell: NumberCell) -> str:
    if cell.text.endswith("%") and cell.value is not None and abs(cell.value) <= 1:
        return "0.0%"
    exponent = cell.value.as_tuple().exponent if cell.value is not None else 0
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return "#,##0" + ("." + "0" * decimals if decimals else "")
