"""All entries of a round as a workbook, and back: amounts exact to the öre; what can't be changed is locked.

Amounts have the sign of the pages: cost negative, income positive, and a measure that helps positive. The heading of
the hidden column says so, and each row's origin beside it. Files from before had the ledger's sign, where cost is
positive; their hidden column is headed otherwise, and they are read as they were written.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from uppsikt.core.findings import Finding, Place, found, has_errors
from uppsikt.core.formats import ABSENT
from uppsikt.core.language import Text
from uppsikt.core.money import NotMoney, kronor, ore_from_text
from uppsikt.core.periods import Month
from uppsikt.core.tables import Row, Table, date_from_text, read_table, sheet_name
from uppsikt.planning.rounds import RoundRow
from uppsikt.rounds.findings import BOTH_WAYS
from uppsikt.rounds.values import FULL_YEAR, ExplanationText
from uppsikt.web.rounds_pages.findings import (
    AMOUNT_ODD,
    DAY_ODD,
    LOCKED_CHANGED,
    NOT_ENTRIES,
    OTHER_ROUND,
    ROW_GIVEN_TWICE,
    ROW_MIXED_UP,
)
from uppsikt.web.rounds_pages.sheet_rows import EntryLine, Origin, ReadLine, Seen, hash_of_part, origin_from

Value = str | int | date | None  # an int is öre in ledger sign


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file; `value` says what of a row stands there. Open columns can be written in."""

    key: str
    heading: Text
    value: Callable[[EntryLine], Value]
    width: int
    is_open: bool = False
    is_hidden: bool = False


_ORIGIN = "origin"
_ORIGIN_NOW = Text("Ursprung; kostnad minus", "Origin; cost minus")  # read back: it tells the file's sign
_ORIGIN_BEFORE = Text("Ursprung", "Origin")  # of files in the ledger's sign
_FULL_YEAR = Text("Prognos helår (kostnad minus)", "Forecast full year (cost minus)")
_FULL_YEAR_BEFORE = Text("Prognos helår", "Forecast full year")
_CODES = (
    Column("unit", Text("Enhet", "Unit"), lambda line: line.unit, 10),
    Column("unit_name", Text("Enhetens namn", "Name of the unit"), lambda line: line.unit_name, 28),
    Column("state", Text("Läge", "State"), lambda line: line.state, 14),
    Column("account", Text("Kontogrupp", "Account group"), lambda line: line.account, 11),
    Column("account_name", Text("Kontogruppens namn", "Name of the group"), lambda line: line.account_name, 28),
)
_COMPARED = (
    Column("last_year", Text("Bokslut i fjol", "Last year"), lambda line: line.last_year_ore, 16),
    Column("budget", Text("Budget", "Budget"), lambda line: line.budget_ore, 16),
    Column("actual", Text("Utfall hittills", "Actual to date"), lambda line: line.actual_ore, 16),
    Column("previous", Text("Förra prognosen", "Last forecast"), lambda line: line.previous_ore, 16),
    Column("submitted", Text("Lämnad prognos", "Submitted forecast"), lambda line: line.submitted_ore, 16),
)
_TEXTS = (
    Column("cause", Text("Orsak", "Cause"), lambda line: line.explanation.cause, 40, is_open=True),
    Column("measure", Text("Åtgärd", "Measure"), lambda line: line.explanation.measure, 40, is_open=True),
    Column(
        "effect",
        Text("Åtgärdens effekt i år", "Effect this year"),
        lambda line: line.explanation.effect_ore,
        16,
        True,
    ),
    Column("responsible", Text("Ansvarig", "Responsible"), lambda line: line.explanation.responsible, 20, True),
    Column("due_on", Text("Klart senast", "Due by"), lambda line: line.explanation.due_on, 13, True),
)
_LOCKED = tuple(column for column in (*_CODES, *_COMPARED) if column.key not in ("unit", "account"))
_NOTES = (
    Text(
        "Belopp är kronor med öre, med sidornas tecken: kostnad minus, intäkt plus. Vita celler kan ändras, grå är "
        "låsta.",
        "Amounts are kronor with öre in the sign of the pages: cost minus, income plus. White cells can be changed, "
        "grey are locked.",
    ),
    Text(
        "Fyll i helåret eller månaderna som är kvar, inte båda på samma rad. En tömd cell töms också i Uppsikt.",
        "Fill in the full year or the months left, not both in one row. A cell you empty is emptied in Uppsikt too.",
    ),
    Text(
        "Åtgärdens effekt är plus när den förbättrar resultatet, till exempel genom en lägre kostnad.",
        "The effect is plus where it improves the result, such as by a lower cost.",
    ),
    Text(
        "Bara det som du har ändrat läses in. Har någon annan hunnit före i samma cell sägs det innan något sparas.",
        "Only what you changed is taken in. Where somebody else was first in a cell, that is said before anything is "
        "saved.",
    ),
)
_SHEET = Text("Prognoser", "Forecasts")
_HELP_SHEET = Text("Så här gör du", "What to do")
_MONEY = "#,##0.00"


def columns_of(row: RoundRow) -> list[Column]:
    """The columns of a round's file, in order."""
    full_year = Column(str(FULL_YEAR), _FULL_YEAR, _cell(FULL_YEAR), 18, True)
    months = [
        Column(str(month.number), Text(str(month), str(month)), _cell(month.number), 14, is_open=True)
        for month in row.months_left
    ]
    origin = Column(_ORIGIN, _ORIGIN_NOW, lambda line: line.origin(row.key, _locked(line)).text(), 10, is_hidden=True)
    return [*_CODES, *_COMPARED, full_year, *months, *_TEXTS, origin]


def _locked(line: EntryLine) -> tuple[str, ...]:
    return tuple(hash_of_part(column.value(line)) for column in _LOCKED)


def _cell(period: int) -> Callable[[EntryLine], Value]:
    return lambda line: line.cells.get(period, Seen()).amount_ore


def write_entries(row: RoundRow, lines: Sequence[EntryLine]) -> bytes:
    """The workbook. Protection without a password keeps codes from being changed by mistake, not by intent."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(stream, options)
    sheet = workbook.add_worksheet(sheet_name(str(_SHEET)))
    columns = columns_of(row)
    styles = _styles(workbook)
    for at, column in enumerate(columns):
        sheet.write_string(0, at, str(column.heading), styles["open-heading" if column.is_open else "heading"])
        sheet.set_column(at, at, column.width, None, {"hidden": column.is_hidden})
    for number, line in enumerate(lines, start=1):
        for at, column in enumerate(columns):
            _write(sheet, number, at, column.value(line), styles, is_open=column.is_open and line.is_open)
    sheet.freeze_panes(1, len(_CODES))
    sheet.autofilter(0, 0, max(len(lines), 1), len(columns) - 1)
    sheet.protect("", {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True})
    _write_help(workbook, styles)
    workbook.close()
    return stream.getvalue()


def _styles(workbook: Any) -> dict[str, Any]:
    ground = {"bg_color": "#EEF1F2", "locked": True, "valign": "top"}
    free = {"locked": False, "valign": "top", "border": 1, "border_color": "#8A989E"}
    heading = {"bold": True, "bottom": 2, "text_wrap": True, "valign": "bottom", "locked": True}
    return {
        "heading": workbook.add_format({**heading, "bg_color": "#EEF1F2"}),
        "open-heading": workbook.add_format({**heading, "bg_color": "#E3EFF1"}),
        "text": workbook.add_format(ground),
        "money": workbook.add_format({**ground, "num_format": _MONEY}),
        "date": workbook.add_format({**ground, "num_format": "yyyy-mm-dd"}),
        "open-text": workbook.add_format({**free, "text_wrap": True}),
        "open-money": workbook.add_format({**free, "num_format": _MONEY}),
        "open-date": workbook.add_format({**free, "num_format": "yyyy-mm-dd"}),
        "note": workbook.add_format({"text_wrap": True}),
    }


def _write(sheet: Any, number: int, at: int, value: Value, styles: Mapping[str, Any], *, is_open: bool) -> None:
    begins = "open-" if is_open else ""
    if value is None or value == "":
        # an empty cell takes amounts and texts alike; the money format turns neither into the other
        sheet.write_blank(number, at, None, styles[f"{begins}money"])
    elif isinstance(value, int):
        sheet.write_number(number, at, float(kronor(-value)), styles[f"{begins}money"])
    elif isinstance(value, date):
        sheet.write_datetime(number, at, value, styles[f"{begins}date"])
    else:
        sheet.write_string(number, at, value, styles[f"{begins}text"])


def _write_help(workbook: Any, styles: Mapping[str, Any]) -> None:
    sheet = workbook.add_worksheet(sheet_name(str(_HELP_SHEET)))
    sheet.set_column(0, 0, 100)
    for number, note in enumerate(_NOTES):
        sheet.write_string(number, 0, str(note), styles["note"])


def read_entries(content: bytes, name: str, row: RoundRow) -> tuple[list[ReadLine], list[Finding]]:
    """The rows of a file that was written out and brought back; with an error, nothing should be made of them."""
    table, findings = read_table(content, name)
    if table is None:
        return [], findings
    headings = _headings(table, row)
    if not {"unit", "account", _ORIGIN} <= headings.keys():
        return [], [found(NOT_ENTRIES, Place(name))]
    reader = _Reader(row, headings)
    lines = [line for own in table.rows if (line := reader.read(own))]
    findings = [*reader.findings, *_given_twice(lines, name)]
    return ([] if has_errors(findings) else lines), findings


def _headings(table: Table, row: RoundRow) -> dict[str, str]:
    """Column key → heading in the file, in whichever language it was written."""
    known = [(column.heading, column.key) for column in columns_of(row)]
    known += [(_ORIGIN_BEFORE, _ORIGIN), (_FULL_YEAR_BEFORE, str(FULL_YEAR))]
    spelt = {text.lower(): key for heading, key in known for text in (heading.sv, heading.en)}
    return {spelt[heading]: heading for heading in table.headings if heading in spelt}


def _given_twice(lines: Iterable[ReadLine], name: str) -> Iterator[Finding]:
    seen: dict[tuple[str, str], int] = {}
    for line in lines:
        own = (line.unit, line.account)
        if own in seen:
            yield found(
                ROW_GIVEN_TWICE, Place(name, line.line), unit=line.unit, account=line.account, first=seen[own]
            )
        seen.setdefault(own, line.line)


class _Reader:
    """Makes lines of rows, and findings of what can't be read."""

    def __init__(self, row: RoundRow, headings: Mapping[str, str]) -> None:
        self.row = row
        self.headings = headings
        self.is_reversed = headings[_ORIGIN] in {text.lower() for text in (_ORIGIN_NOW.sv, _ORIGIN_NOW.en)}
        self.findings: list[Finding] = []
        wanted = [FULL_YEAR, *(month.number for month in row.months_left)]
        self.periods = [period for period in wanted if str(period) in headings]

    def read(self, row: Row) -> ReadLine | None:
        unit, account = self._cell(row, "unit"), self._cell(row, "account")
        if not unit and not account:
            return None
        origin = self._origin(row, unit, account)
        amounts = {period: self._amount(row, str(period)) for period in self.periods}
        line = ReadLine(row.place.line or 0, unit, account, amounts, self._explanation(row), origin)
        if line.has_both_ways():
            self.findings.append(found(BOTH_WAYS, row.place, account=account))
        self.findings += self._locked_changed(row, line)
        return line

    def _locked_changed(self, row: Row, line: ReadLine) -> Iterator[Finding]:
        """What was written where nothing is taken in: said, as it would else be thought to be."""
        for column, held in zip(_LOCKED, line.locked, strict=False):
            if column.key in self.headings and hash_of_part(self._as_written(row, column)) != held:
                heading = self.headings[column.key]
                yield found(LOCKED_CHANGED, row.at(heading), column=column.heading, value=row.get(heading) or ABSENT)

    def _as_written(self, row: Row, column: Column) -> Value:
        text = self._cell(row, column.key)
        if column not in _COMPARED:
            return text
        try:
            written_ore = ore_from_text(text) if text else None
        except NotMoney:
            return text
        return -written_ore if written_ore is not None and self.is_reversed else written_ore

    def _cell(self, row: Row, key: str) -> str:
        return row.get(self.headings[key]) if key in self.headings else ""

    def _origin(self, row: Row, unit: str, account: str) -> Origin | None:
        text = self._cell(row, _ORIGIN)
        if not text:
            return None  # a row the user added
        origin = origin_from(text)
        is_own = origin and (origin.unit, origin.account, origin.is_reversed) == (unit, account, self.is_reversed)
        if origin is None or not is_own:
            self.findings.append(found(ROW_MIXED_UP, row.place, unit=unit, account=account))
        elif origin.round_key != self.row.key:
            self.findings.append(found(OTHER_ROUND, row.place, round=origin.round_key, wanted=self.row.key))
        return origin

    def _amount(self, row: Row, key: str) -> int | None:
        text = self._cell(row, key)
        if not text:
            return None
        try:
            written_ore = ore_from_text(text)
        except NotMoney:
            self.findings.append(found(AMOUNT_ODD, row.at(self.headings[key]), value=text))
            return None
        return -written_ore if self.is_reversed else written_ore

    def _explanation(self, row: Row) -> ExplanationText | None:
        if not {column.key for column in _TEXTS} <= self.headings.keys():
            return None
        written = self._cell(row, "due_on")
        due_on = date_from_text(written)
        if written and due_on is None:
            self.findings.append(found(DAY_ODD, row.at(self.headings["due_on"]), value=written))
        return ExplanationText(
            self._cell(row, "cause"),
            self._cell(row, "measure"),
            self._amount(row, "effect"),
            self._cell(row, "responsible"),
            due_on,
        )


def month_label(period: int) -> Text:
    """What a cell's period is called."""
    if period == FULL_YEAR:
        return Text("helår", "full year")
    return Text(str(Month.from_number(period)), str(Month.from_number(period)))
