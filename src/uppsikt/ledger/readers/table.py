"""Ledger tables (CSV, XLSX) read through a mapping profile, a hundred thousand rows at a time.

Each distinct text of a column is looked at once; the rows only point to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from operator import itemgetter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from uppsikt.core.money import NotMoney
from uppsikt.core.periods import Month
from uppsikt.core.tables import CELL_TOO_MANY, COLUMN_TWICE, NOT_A_TABLE, QUOTE_OPEN, QuoteOpen
from uppsikt.core.texts import printable
from uppsikt.core.workbooks import WorkbookTooLarge, is_workbook
from uppsikt.ledger.collect import Collector
from uppsikt.ledger.findings import (
    ACCOUNT_MISSING,
    AMOUNT_UNREADABLE,
    DATE_UNREADABLE,
    FIELD_MISSING,
    PERIOD_UNREADABLE,
    PROTECTED,
    UNREADABLE,
)
from uppsikt.ledger.names import FIELD_NAMES
from uppsikt.ledger.profiles import COLUMN_FIELDS, MAPPED_DIMENSIONS, Profile
from uppsikt.ledger.readers.base import Block, Header, LedgerFile, ObjectList, Voucher
from uppsikt.ledger.readers.table_cells import date_of, ore_of, period_of, sum_of
from uppsikt.ledger.readers.table_rows import (
    NotReadable,
    NumberedRow,
    csv_rows,
    detect_encoding,
    workbook_rows,
)

ROWS_PER_BLOCK = 100_000
_ROWS_AT_ONCE = 1_000
_LARGEST_ORE = 10**17
_NO_DAY = date(1970, 1, 1)  # stands in a row whose date is a finding: such a file is never kept


def read_table(path: Path, profile: Profile) -> LedgerFile:
    """Read a table of postings. Faults of the file become findings; nothing in it raises."""
    ledger = LedgerFile(Header("table", company=profile.company), iter(()))
    ledger.blocks = _Reading(path, profile, ledger).blocks()
    return ledger


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each field stands in a row, and under which heading."""

    width: int
    index: dict[str, int]
    headings: dict[str, str]

    def has(self, field: str) -> bool:
        """Whether the file has the field."""
        return field in self.index


class _Reading:
    """One pass over one file."""

    def __init__(self, path: Path, profile: Profile, ledger: LedgerFile) -> None:
        self.path, self.profile, self.ledger = path, profile, ledger
        self.log = Collector(path.name, ledger.findings)

    def blocks(self) -> Iterator[Block]:
        try:
            self.ledger.size_bytes = self.path.stat().st_size
            yield from self._blocks()
        except OSError as error:
            self.log.add(UNREADABLE, why=error.strerror or type(error).__name__)
        except QuoteOpen as error:
            self.log.add(QUOTE_OPEN, error.line)
        except NotReadable as error:
            self.log.add(NOT_A_TABLE, why=str(error))
        except WorkbookTooLarge as error:
            self.log.add(PROTECTED, size=error.args[0])
        self.ledger.progress_bytes = self.ledger.size_bytes
        self.log.close()

    def _blocks(self) -> Iterator[Block]:
        with self.path.open("rb") as stream:
            if is_workbook(stream.read(4)):
                rows = workbook_rows(self.path, "," if self.profile.decimal == "comma" else ".")
            else:
                stream.seek(0)
                encoding = self.profile.encoding
                rows = csv_rows(
                    stream, detect_encoding(stream) if encoding == "auto" else encoding, self.profile.separator
                )
            filled = ((line, cells) for line, cells in rows if any(cells))
            layout = self._layout(next(filled, None))
            while layout and (chunk := _Chunk(filled, layout, self.profile, self.log)).count:
                yield chunk.block()
                if not stream.closed:
                    self.ledger.progress_bytes = stream.tell()

    def _layout(self, first: NumberedRow | None) -> Layout | None:
        if first is None:
            self.log.add(NOT_A_TABLE, why="tom fil")
            return None
        line, cells = first
        present = [cell.strip().lower() for cell in cells]
        index, headings = {}, {}
        for field in COLUMN_FIELDS:
            for heading in self.profile.columns.get(field, ()):
                if heading in present and field not in index:
                    index[field], headings[field] = present.index(heading), heading
        for heading in headings.values():
            if present.count(heading) > 1:
                self.log.add(COLUMN_TWICE, line, name=heading)
        layout = Layout(len(present), index, headings)
        self._lacking(layout, line, present)
        return None if self.ledger.findings else layout

    def _lacking(self, layout: Layout, line: int, present: list[str]) -> None:
        for needed in (("account",), ("amount", "debit", "credit"), ("date", "period")):
            if any(layout.has(field) for field in needed):
                continue
            expected = [heading for field in needed for heading in self.profile.columns.get(field, ())]
            shown = "; ".join(heading for heading in present if heading)[:300]
            field = FIELD_NAMES[needed[0]]
            self.log.add(FIELD_MISSING, line, field=field, headings=", ".join(expected), present=shown)


Coded = tuple[list[str], NDArray[np.int32]]


def _coded(values: Iterable[str], count: int) -> Coded:
    """Distinct values in order of appearance, and each row's index among them."""
    ids: dict[str, int] = {}
    index = np.fromiter((ids.setdefault(value, len(ids)) for value in values), np.int32, count)
    return list(ids), index


class _Chunk:
    """Some rows on their way to becoming a block, turned to columns as they come.

    Rows are lists, and a hundred thousand lists alive at once cost the garbage collector more than reading them.
    """

    def __init__(self, rows: Iterator[NumberedRow], layout: Layout, profile: Profile, log: Collector) -> None:
        self.layout, self.profile, self.log = layout, profile, log
        self.lines: list[int] = []
        self.columns: dict[str, list[str]] = {field: [] for field in layout.index}
        while some := list(islice(rows, min(_ROWS_AT_ONCE, ROWS_PER_BLOCK - len(self.lines)))):
            self._take(some)
        self.count = len(self.lines)

    def _take(self, rows: list[NumberedRow]) -> None:
        width = self.layout.width
        padded = [cells if len(cells) == width else self._padded(line, cells) for line, cells in rows]
        for field, index in self.layout.index.items():
            self.columns[field].extend(map(itemgetter(index), padded))
        self.lines.extend(line for line, _ in rows)

    def _padded(self, line: int, cells: list[str]) -> list[str]:
        missing = self.layout.width - len(cells)
        if missing < 0 and any(cell.strip() for cell in cells[missing:]):
            self.log.add(CELL_TOO_MANY, line, cells=len(cells), columns=self.layout.width)
        return cells if missing <= 0 else cells + [""] * missing

    def block(self) -> Block:
        accounts, account_index = self._accounts()
        dates, periods = self._time()
        object_lists, object_index = self._objects()
        vouchers, voucher_index = self._vouchers(dates)
        texts, text_index = self._column("text")
        return Block(
            accounts=accounts,
            object_lists=object_lists,
            vouchers=vouchers,
            texts=[printable(text).strip() for text in texts],
            account_index=account_index,
            object_index=object_index,
            voucher_index=voucher_index,
            text_index=text_index,
            dates=dates,
            amounts_ore=self._amounts(),
            lines=np.array(self.lines, dtype=np.int32),
            periods=periods,
        )

    def _cells(self, field: str) -> list[str]:
        return self.columns.get(field) or [""] * self.count

    def _column(self, field: str) -> Coded:
        return _coded(self._cells(field), self.count)

    def _fault(
        self, rows: NDArray[np.bool_], kind: str, field: str, facts: Callable[[int], dict[str, object]]
    ) -> None:
        for row in np.flatnonzero(rows).tolist():
            if self.log.is_full(kind):
                self.log.add(kind, self.lines[row], field)
            else:
                self.log.add(kind, self.lines[row], self.layout.headings.get(field, ""), **facts(row))

    def _accounts(self) -> Coded:
        raw, index = self._column("account")
        accounts = [account.strip() for account in raw]
        lacking = np.array([not account for account in accounts], dtype=bool)[index]
        self._fault(lacking, ACCOUNT_MISSING, "account", lambda row: {})
        return accounts, index

    def _time(self) -> tuple[NDArray[np.datetime64], NDArray[np.int32] | None]:
        periods = self._periods() if self.layout.has("period") else None
        if self.layout.has("date"):
            return self._dates(), periods
        # a table of periods only: the last day of the month is the day its amounts speak of
        numbers, index = np.unique(periods if periods is not None else [], return_inverse=True)
        last = [Month.from_number(int(number)).last if number else _NO_DAY for number in numbers]
        return np.array(last, dtype="datetime64[D]")[index], periods

    def _dates(self) -> NDArray[np.datetime64]:
        raw, index = self._column("date")
        days = [date_of(text, self.profile) for text in raw]
        unread = np.array([day is None for day in days], dtype=bool)[index]
        forms = ", ".join(self.profile.dates)
        self._fault(unread, DATE_UNREADABLE, "date", lambda row: {"text": raw[index[row]].strip(), "forms": forms})
        return np.array([day or _NO_DAY for day in days], dtype="datetime64[D]")[index]

    def _periods(self) -> NDArray[np.int32]:
        raw, index = self._column("period")
        numbers = [period_of(text) for text in raw]
        unread = np.array([number is None for number in numbers], dtype=bool)[index]
        self._fault(unread, PERIOD_UNREADABLE, "period", lambda row: {"text": raw[index[row]].strip()})
        return np.array([number or 0 for number in numbers], dtype=np.int32)[index]

    def _objects(self) -> tuple[list[ObjectList], NDArray[np.int32]]:
        fields = [field for field in MAPPED_DIMENSIONS if self.layout.has(field)]
        ids: dict[tuple[str, ...], int] = {}
        if not fields:
            return [()], np.zeros(self.count, dtype=np.int32)
        rows = zip(*(self._cells(field) for field in fields), strict=True)
        index = np.fromiter((ids.setdefault(codes, len(ids)) for codes in rows), np.int32, self.count)
        return [_objects_of(fields, codes) for codes in ids], index

    def _vouchers(self, dates: NDArray[np.datetime64]) -> tuple[list[Voucher], NDArray[np.int32]]:
        series, series_index = self._column("series")
        numbers, number_index = self._column("number")
        days, day_index = np.unique(dates, return_inverse=True)
        # one number for each distinct (series, number, day): combining indexes is cheaper than comparing texts
        key = (series_index.astype(np.int64) * len(numbers) + number_index) * len(days) + day_index
        _, first, index = np.unique(key, return_index=True, return_inverse=True)
        names = [printable(name).strip() for name in series], [printable(number).strip() for number in numbers]
        dated = days.tolist()
        vouchers = [
            Voucher(names[0][one], names[1][two], dated[three])
            for one, two, three in zip(
                series_index[first].tolist(), number_index[first].tolist(), day_index[first].tolist(), strict=True
            )
        ]
        return vouchers, index.astype(np.int32)

    def _amounts(self) -> NDArray[np.int64]:
        read, field = self._amount_reader()
        columns = [self._cells("amount")] if field == "amount" else [self._cells("debit"), self._cells("credit")]
        ids: dict[tuple[str, ...], int] = {}
        rows = zip(*columns, strict=True)
        index = np.fromiter((ids.setdefault(texts, len(ids)) for texts in rows), np.int32, self.count)
        amounts = [read(texts) for texts in ids]
        unread = np.array([amount is None for amount in amounts], dtype=bool)[index]
        self._fault(unread, AMOUNT_UNREADABLE, field, lambda row: {"text": " ".join(c[row].strip() for c in columns)})
        signed = -1 if self.profile.sign == "reversed" else 1
        return np.array([signed * (amount or 0) for amount in amounts], dtype=np.int64)[index]

    def _amount_reader(self) -> tuple[Callable[[Sequence[str]], int | None], str]:
        decimal = self.profile.decimal

        def amount(texts: Sequence[str]) -> int | None:
            try:
                ore = ore_of(texts[0], decimal) if len(texts) == 1 else sum_of(texts[0], texts[1], decimal)
            except NotMoney:
                return None
            return ore if abs(ore) <= _LARGEST_ORE else None

        return amount, "amount" if self.layout.has("amount") else "debit"


def _objects_of(fields: Sequence[str], codes: Sequence[str]) -> ObjectList:
    return tuple((field, code.strip()) for field, code in zip(fields, codes, strict=True) if code.strip())
