"""The state of a SIE 4 file being read: which voucher is open, what has been summed, what was used.

Both readers share it: the exact one feeds lines one by one, the array reader whole chunks.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from uppsikt.ledger import findings_sie as codes
from uppsikt.ledger.readers.base import ObjectList, Voucher
from uppsikt.ledger.readers.sie4_fields import Fault, money, split_fields
from uppsikt.ledger.readers.sie4_log import FindingLog
from uppsikt.ledger.readers.sie4_masters import Masters
from uppsikt.ledger.readers.sie4_rows import BlockBuilder, Head, Row, read_head, read_row


@dataclass(slots=True)
class OpenVoucher:
    """A voucher whose block has not ended. `voucher` is None where the #VER can't be used."""

    head: Head
    line: int
    voucher: Voucher | None
    opened: bool = False
    rows: int = 0
    sum_ore: int | None = 0  # None once a row couldn't be read


@dataclass(slots=True)
class Sie4State:
    """What one pass over the file has learnt so far."""

    masters: Masters
    log: FindingLog
    builder: BlockBuilder = field(default_factory=BlockBuilder)
    current: OpenVoucher | None = None
    movements_ore: Counter[str] = field(default_factory=Counter)
    accounts_used: set[str] = field(default_factory=set)
    objects_used: set[ObjectList] = field(default_factory=set)
    vouchers_seen: int = 0

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

    def log_outside(self, day: date, line: int) -> None:
        """Warn of a date outside the year."""
        year = self.masters.current_year
        assert year is not None  # only asked where `outside` said so
        self.log.add(codes.DATE_OUTSIDE, line, date=day, start=year.start, last=year.last)

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
            self.log.add(warning.code, number, **warning.facts)
        if head.fault:
            self.log.add(head.fault.code, number, **head.fault.facts)
        elif head.day:
            voucher = Voucher(head.series, head.number, head.day, head.text)
            if self.outside(head.day):
                self.log_outside(head.day, number)
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
        self.log_voucher(current.head.label, current.line, current.rows, current.sum_ore)
        self.current = None

    def log_voucher(self, label: str, line: int, rows: int, sum_ore: int | None) -> None:
        """What a finished voucher's rows say of it."""
        if not rows:
            self.log.add(codes.VOUCHER_EMPTY, line, voucher=label)
        elif sum_ore:
            self.log.add(codes.UNBALANCED, line, voucher=label, difference=money(sum_ore))

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
            self.log.add(row.code, number, **row.facts)
            current.sum_ore = None
            return
        if current.sum_ore is not None:
            current.sum_ore += row.ore
        self.note_row(row, current.voucher, number)
        if current.voucher is None:
            return
        self.builder.add(row, current.voucher, number)
        if not self.outside(current.voucher.date):
            self.movements_ore[row.account] += row.ore

    def note_row(self, row: Row, voucher: Voucher | None, number: int) -> None:
        """What a readable row says besides its amount."""
        for warning in row.warnings:
            self.log.add(warning.code, number, **warning.facts)
        self.accounts_used.add(row.account)
        self.objects_used.add(row.objects)
        if row.day and voucher and row.day != voucher.date and self.outside(row.day):
            self.log_outside(row.day, number)
