"""Tables that people bring: CSV in any Swedish flavour and XLSX, read to rows of text with places.

One reader for registers, ledgers, budgets and forecasts, so that every door takes the same files and
says the same things about them. What can't be read is a finding, never an exception.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from uppsikt.core.findings import Finding, Place, Severity, define, found
from uppsikt.core.language import Text
from uppsikt.core.workbooks import WorkbookTooLarge, cell_text, is_workbook, sheet_rows

NOT_A_TABLE = define(
    "T001",
    Severity.ERROR,
    says_sv="Filen kan inte läsas som tabell ({why}).",
    says_en="The file can't be read as a table ({why}).",
    do_sv="Spara den som CSV (UTF-8, semikolon) eller XLSX med rubriker på första raden.",
    do_en="Save it as CSV (UTF-8, semicolon) or XLSX with headings in the first row.",
    why="tom fil",
)
COLUMN_MISSING = define(
    "T002",
    Severity.ERROR,
    says_sv="Kolumnen {name} saknas. Filen har: {present}.",
    says_en="The column {name} is missing. The file has: {present}.",
    do_sv="Lägg till kolumnen eller rätta rubriken.",
    do_en="Add the column or correct its heading.",
    name="belopp",
    present="enhet, konto",
)
COLUMN_TWICE = define(
    "T003",
    Severity.ERROR,
    says_sv="Rubriken {name} förekommer mer än en gång.",
    says_en="The heading {name} occurs more than once.",
    do_sv="Ge varje kolumn en egen rubrik.",
    do_en="Give each column a heading of its own.",
    name="konto",
)
CELL_TOO_MANY = define(
    "T004",
    Severity.ERROR,
    says_sv="Raden har {cells} celler men filen har {columns} rubriker.",
    says_en="The row has {cells} cells but the file has {columns} headings.",
    do_sv="Kontrollera skiljetecken och citattecken på raden.",
    do_en="Check separators and quotes in the row.",
    cells=9,
    columns=8,
)

# what makes a spreadsheet take a cell of a CSV for a formula; numbers, and a lone mark, are not meant
_LOOKS_LIKE_FORMULA = re.compile(r"(?![-+]?[\d\s.,]+%?$)'*[=+\-@\t\r].")
_GUARD = "'"
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
QUOTE_OPEN = define(
    "T005",
    Severity.ERROR,
    says_sv="Ett citattecken på raden avslutas inte där cellen slutar, så raderna efter skulle bli en del av cellen.",
    says_en="A quotation mark in the row doesn't end where the cell does, so the rows after it would be part of it.",
    do_sv="Ta bort citattecknet eller skriv det två gånger inom citattecken.",
    do_en="Take the quotation mark out, or write it twice inside quotation marks.",
)

MAX_BYTES = 200 * 1024 * 1024
csv.field_size_limit(1 << 20)
_EMPTY = Text("tom fil", "empty file")
_BROKEN = Text("innehållet är trasigt", "its content is broken")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by heading (stripped text, "" where empty), and where it stands."""

    cells: dict[str, str]
    place: Place

    def get(self, heading: str) -> str:
        """The cell's text, "" where the column or the value is absent."""
        return self.cells.get(heading, "")

    def at(self, heading: str) -> Place:
        """The place of one cell."""
        return Place(self.place.source, self.place.line, heading)


@dataclass(frozen=True, slots=True)
class Table:
    """Headings (lower case, stripped) and rows in order."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    name: str = ""  # the file's

    def lacking(
        self, wanted: Iterable[str], held: Collection[str], synonyms: Mapping[str, str] | None = None
    ) -> list[Finding]:
        """A finding for each wanted column that isn't held; `synonyms` (heading → column) are said too."""
        present = ", ".join(heading for heading in self.headings if heading)
        return [
            found(COLUMN_MISSING, Place(self.name, 1), name=_spelt(column, synonyms or {}), present=present)
            for column in wanted
            if column not in held
        ]


def _spelt(column: str, synonyms: Mapping[str, str]) -> str:
    also = [heading for heading, meant in synonyms.items() if meant == column]
    return f"{column} ({', '.join(also)})" if also else column


def read_table(content: bytes, name: str) -> tuple[Table | None, list[Finding]]:
    """The table in a CSV or XLSX file's bytes. `name` is the file's name, used in places.

    Encodings: UTF-8 (with or without BOM), UTF-16 with BOM, else Windows-1252. Separator: the one of
    semicolon, tab and comma that the heading row has most of. Empty rows are left out.
    """
    if not content.strip():
        return None, [found(NOT_A_TABLE, Place(name), why=str(_EMPTY))]
    if len(content) > MAX_BYTES:
        return None, [found(NOT_A_TABLE, Place(name), why=f"> {MAX_BYTES // 1024 // 1024} MB")]
    try:
        lines = list(_xlsx_lines(content) if is_workbook(content) else _csv_lines(content))
    except WorkbookTooLarge as error:
        return None, [found(NOT_A_TABLE, Place(name), why=f"> {error} MB")]
    except QuoteOpen as error:
        return None, [found(QUOTE_OPEN, Place(name, error.line))]
    except Exception:  # whatever a broken workbook sets off in its reader, it is the file's fault
        return None, [found(NOT_A_TABLE, Place(name), why=str(_BROKEN))]
    return _table_of(lines, name)


def _table_of(lines: Sequence[tuple[int, list[str]]], name: str) -> tuple[Table | None, list[Finding]]:
    filled = [(line, cells) for line, cells in lines if any(cells)]
    if not filled:
        return None, [found(NOT_A_TABLE, Place(name), why=str(_EMPTY))]
    heading_line, first = filled[0]
    headings = [cell.lower() for cell in first]
    while headings and not headings[-1]:
        headings.pop()
    findings = [
        found(COLUMN_TWICE, Place(name, heading_line), name=heading)
        for heading in dict.fromkeys(headings)
        if heading and headings.count(heading) > 1
    ]
    rows = []
    for line, cells in filled[1:]:
        if any(cells[len(headings) :]):
            findings.append(found(CELL_TOO_MANY, Place(name, line), cells=len(cells), columns=len(headings)))
            continue
        rows.append(Row(dict(zip(headings, cells, strict=False)), Place(name, line)))
    if findings:
        return None, findings
    return Table(tuple(headings), tuple(rows), name), []


def decode_text(content: bytes) -> str:
    """Text from bytes of unknown encoding: UTF-8, UTF-16 by its mark, else Windows-1252."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


class QuoteOpen(Exception):
    """A quotation mark would swallow the rows after it; carries the line it stands on."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def csv_records(lines: Iterable[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV with the line each ends on; raises `QuoteOpen` or `csv.Error`.

    A cell may go on over several lines, and then its quotation marks must be exact: read generously, a mark
    at the beginning of a word would make the rows after it, amounts and all, the text of one cell.
    """
    own: list[str] = []

    def remembered() -> Iterator[str]:
        for line in lines:
            own.append(line)
            yield line

    reader = csv.reader(remembered(), delimiter=separator)
    for cells in reader:
        if len(own) > 1 and not _is_exact(own, separator):
            raise QuoteOpen(reader.line_num - len(own) + 1)
        own.clear()
        yield reader.line_num, cells


def _is_exact(lines: Sequence[str], separator: str) -> bool:
    try:
        return len(list(csv.reader(lines, delimiter=separator, strict=True))) == 1
    except csv.Error:
        return False


def _csv_lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    text = decode_text(content)
    if "\x00" in text:
        raise ValueError("binary")
    heading = text.lstrip("\r\n").split("\n", 1)[0]
    separator = max(";\t,", key=heading.count)
    for line, cells in csv_records(io.StringIO(text, newline=""), separator):
        yield line, [_unguarded(cell.strip()) for cell in cells]


def _xlsx_lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    for line, cells in sheet_rows(content):
        yield line, [cell_text(cell) for cell in cells]


def date_from_text(text: str) -> date | None:
    """A date as 2022-08-31, 20220831 or 2022/08/31; None where it is no date."""
    digits = text.replace("-", "").replace("/", "").strip()
    if len(digits) != 8 or not (digits.isascii() and digits.isdigit()):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def write_csv(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A CSV that Excel in Swedish opens by double click: semicolons, UTF-8 with mark, CRLF."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([guarded(heading) for heading in headings])
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def guarded(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would run as a formula: names come from others."""
    return _GUARD + cell if _LOOKS_LIKE_FORMULA.match(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith(_GUARD) and _LOOKS_LIKE_FORMULA.match(cell) else cell


def sheet_name(text: str) -> str:
    """A sheet's name that Excel takes: unit names hold slashes, and 31 letters is the most."""
    return _NOT_IN_SHEET_NAMES.sub("-", text)[:31].strip("' ") or "-"


def write_xlsx(headings: Sequence[str], rows: Sequence[Sequence[str | int | float | None]], sheet: str) -> bytes:
    """An XLSX with one sheet: bold frozen heading row, codes as text, numbers as numbers."""
    import xlsxwriter

    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    worksheet = workbook.add_worksheet(sheet_name(sheet))
    bold = workbook.add_format({"bold": True})
    for column, heading in enumerate(headings):
        worksheet.write_string(0, column, heading, bold)
    for line, cells in enumerate(rows, start=1):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                worksheet.write_string(line, column, cell)
            elif cell is not None:
                worksheet.write_number(line, column, cell)
    worksheet.freeze_panes(1, 0)
    workbook.close()
    return stream.getvalue()
