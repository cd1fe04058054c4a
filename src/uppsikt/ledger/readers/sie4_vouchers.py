"""The state of a SIE 4 file being read: which voucher is open, what has been summed, what was used.

Both readers share it: the exact one feeds lines one by one, the array reader whole chunks.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from uppsikt.core.formats import to_the_ore
from uppsikt.ledger import findings_sie as codes
from uppsikt.ledger.collect import Collector
from uppsikt.ledger.readers.base import ObjectList, Voucher
from uppsikt.ledger.readers.sie4_fields import Fault, split_fields
from uppsikt.ledger.readers.sie4_masters import Masters
from uppsikt.ledger.readers.sie4_rows import BlockBuilder, Head, Row, read_head, read_row
from uppsikt.ledger.readers.sie4_vocabulary import FieldWords


@dataclass(slots=True)
class OpenVoucher:
    """A voucher whose block has not ended. `voucher` is None where the #VER can't be used."""

    head: Head
    line: int
    voucher: Voucher | None
    opened: bool = False
    rows: int = 0
    sum_ore: int | None = 0  # None once a row couldn't be read


def voucher_fault(label: str, rows: int, sum_ore: int | None) -> Fault | None:
    """What a finished voucher's rows say of it; `sum_ore` is None where a row couldn't be read."""
    if not rows:
        return Fault(codes.VOUCHER_EMPTY, {"voucher": label})
    if sum_ore:
        return Fault(codes.UNBALANCED, {"voucher": label, "difference": to_the_ore(sum_ore)})
    return None


@dataclass(slots=True)
class Sie4State:
    """What one pass over the file has learnt so far."""

    masters: Masters
    log: Collector
    builder: BlockBuilder = field(default_factory=BlockBuilder)
    current: OpenVoucher | None = None
    movements_ore: Counter[str] = field(default_factory=Counter)
    accounts_used: set[str] = field(default_factory=set)
    objects_used: set[ObjectList] = field(default_factory=set)
    vouchers_seen: int = 0
    words: FieldWords = field(init=False)

    def __post_init__(self) -> None:
        self.words = FieldWords(self.masters.encoding)

    def read_line(self, line: bytes, number: int) -> None:
        """Read one line exactly as the standard has it, whatever it holds."""
        stripped = line.strip(b" \t")
        if not stripped:
            return
        if stripped == b"{":
            self._open(number)
        elif stripped == b"}":
            self._close(number)
        elif stripped[:1] == b"#":
            self._record(stripped, number)
        else:
            self.log.add(codes.NOT_A_RECORD, number, text=self.masters.encoding.decode(stripped[:60]))

    def finish(self) -> None:
        """The file has ended."""
        self._abandon()

    def outside(self, day: date) -> bool:
        """Whether a date lies outside the file's current year, where the file says which year that is."""
        year = self.masters.current_year
        return year is not None and not year.start <= day <= year.last

    def outside_fault(self, day: date) -> Fault:
        """The warning of a date outside the year; only asked for where `outside` says so."""
        year = self.masters.current_year
        assert year is not None
        return Fault(codes.DATE_OUTSIDE, {"date": day, "start": year.start, "last": year.last})

    def _log(self, fault: Fault, line: int) -> None:
        self.log.add(fault.code, line, **fault.facts)

    def _record(self, line: bytes, number: int) -> None:
        fields = split_fields(line)
        label = fields.items[0]
        if label == b"#TRANS":
            self._row(read_row(fields, self.masters.encoding), number)
        elif label == b"#VER":
            self._voucher(read_head(fields, self.masters.encoding), number)
            if line.endswith(b"{") and fields.items[-1] == ():  # the block's brace on the same line
                self._open(number)
        elif label not in (b"#RTRANS", b"#BTRANS"):
            # added rows repeat as #TRANS and struck rows are void: neither is ever counted
            self.masters.record(fields, number)

    def _voucher(self, head: Head, number: int) -> None:
        self._abandon()
        self.vouchers_seen += 1
        voucher = None
        for warning in head.warnings:
            self._log(warning, number)
        if head.fault:
            self._log(head.fault, number)
        elif head.day:
            voucher = Voucher(head.series, head.number, head.day, head.text)
            if self.outside(head.day):
                self._log(self.outside_fault(head.day), number)
        self.current = OpenVoucher(head, number, voucher)

    def _open(self, number: int) -> None:
        if self.current is None or self.current.opened:
            self.log.add(codes.STRAY_BRACE, number, brace="{")
        else:
            self.current.opened = True

    def _close(self, number: int) -> None:
        current = self.current
        if current is None or not current.opened:
            self.log.add(codes.STRAY_BRACE, number, brace="}")
            return
        if fault := voucher_fault(current.head.label, current.rows, current.sum_ore):
            self._log(fault, current.line)
        self.current = None

    def _abandon(self) -> None:
        current = self.current
        if current is not None:
            code = codes.VOUCHER_OPEN if current.opened else codes.VOUCHER_WITHOUT_BLOCK
            self.log.add(code, current.line, voucher=current.head.label)
        self.current = None

    def _row(self, row: Row | Fault, number: int) -> None:
        current = self.current
        if current is None or not current.opened:
            self.log.add(codes.ROW_OUTSIDE, number)
            return
        current.rows += 1
        if isinstance(row, Fault):
            self._log(row, number)
            current.sum_ore = None
            return
        if current.sum_ore is not None:
            current.sum_ore += row.ore
        self._note_row(row, current.voucher, number)
        if current.voucher is None:
            return
        self.builder.add(row, current.voucher, number)
        if not self.outside(current.voucher.date):
            self.movements_ore[row.account] += row.ore

    def _note_row(self, row: Row, voucher: Voucher | None, number: int) -> None:
        """What a readable row says besides its amount."""
        for warning in row.warnings:
            self._log(warning, number)
        self.accounts_used.add(row.account)
        self.objects_used.add(row.objects)
        if row.day and voucher and row.day != voucher.date and self.outside(row.day):
            self._log(self.outside_fault(row.day), number)
