"""Writing SIE 4E with a checksum, so that other programs can take over what this one holds.

Source: SIE-Gruppen, "SIE filformat", utgåva 4B. What the format or its code page can't carry is written
as near as it can be and comes back as findings.
"""

from __future__ import annotations

import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO

from uppsikt.core.findings import Finding, found
from uppsikt.ledger.findings_sie import CHARACTER_REPLACED, UNWRITABLE_CODE
from uppsikt.ledger.readers.base import (
    AccountName,
    Balance,
    DimensionName,
    Header,
    ObjectList,
    ObjectName,
    Voucher,
)
from uppsikt.ledger.readers.sie4_fields import money

_LINE_END = b"\r\n"
_MONTHLY = ("PSALDO", "PBUDGET")
_OF_OBJECTS = ("OIB", "OUB", *_MONTHLY)


@dataclass(frozen=True, slots=True)
class VoucherRow:
    """A posting row to write: `amount_ore` with debit positive, `date` where it differs from the voucher's."""

    account: str
    amount_ore: int
    objects: ObjectList = ()
    date: date | None = None
    text: str = ""


def write_sie4(
    stream: BinaryIO,
    *,
    header: Header,
    accounts: Iterable[AccountName] = (),
    dimensions: Iterable[DimensionName] = (),
    objects: Iterable[ObjectName] = (),
    balances: Iterable[Balance] = (),
    vouchers: Iterable[tuple[Voucher, Sequence[VoucherRow]]] = (),
    encoding: str = "cp437",
) -> list[Finding]:
    """Write one file, vouchers as they come; give back what could not be written as it was.

    `encoding` other than cp437 breaks the standard, but some receiving programs ask for it.
    """
    out = _Records(stream, encoding)
    out.control("#FLAGGA 0")
    out.control("#KSUMMA")
    _write_header(out, header)
    for account in accounts:
        out.record("#KONTO", account.code, _Text(account.name))
        if account.kind:
            out.record("#KTYP", account.code, account.kind)
    _write_dimensions(out, dimensions, objects)
    for balance in balances:
        _write_balance(out, balance)
    for voucher, rows in vouchers:
        _write_voucher(out, voucher, rows)
    out.control(f"#KSUMMA {out.checksum}")
    return out.findings()


class _Text(str):
    """A field that is always quoted."""

    __slots__ = ()


Word = str | _Text | ObjectList


@dataclass(slots=True)
class _Records:
    """Writes records and sums them for #KSUMMA, which counts label and contents without separators."""

    stream: BinaryIO
    encoding: str
    checksum: int = 0
    replaced: Counter[str] = field(default_factory=Counter)
    adapted: dict[str, None] = field(default_factory=dict)

    def control(self, line: str) -> None:
        """A line that the checksum doesn't count."""
        self.stream.write(line.encode("ascii") + _LINE_END)

    def record(self, label: str, *words: Word) -> None:
        """One record; its fields are quoted where they must be."""
        line = [label.encode("ascii")]
        self._count(line[0])
        for word in words:
            line.append(self._field(word) if isinstance(word, str) else self._object_list(word))
        self.stream.write(b" ".join(line) + _LINE_END)

    def findings(self) -> list[Finding]:
        """What could not be written as it was."""
        return [
            *(
                found(CHARACTER_REPLACED, character=character, encoding=self.encoding, count=count)
                for character, count in sorted(self.replaced.items())
            ),
            *(found(UNWRITABLE_CODE, text=text) for text in self.adapted),
        ]

    def _object_list(self, pairs: ObjectList) -> bytes:
        words = (self._field(word) for dimension, code in pairs for word in (dimension, _Text(code)))
        return b"{" + b" ".join(words) + b"}"

    def _field(self, word: str) -> bytes:
        raw = self._bytes(self._writable(word))
        self._count(raw)
        if raw and not isinstance(word, _Text) and not set(raw) & set(b' \t{}"\\'):
            return raw
        return b'"' + raw.replace(b'"', b'\\"') + b'"'

    def _writable(self, word: str) -> str:
        text = "".join(" " if unicodedata.category(char) == "Cc" else char for char in word)
        if text.endswith("\\"):
            text += " "  # a backslash before the closing quote would be read as an escaped quote
        if text != word:
            self.adapted.setdefault(text[:80])
        return text

    def _bytes(self, text: str) -> bytes:
        try:
            return text.encode(self.encoding)
        except UnicodeEncodeError:
            raw = text.encode(self.encoding, "replace")
            self.replaced.update(char for char in text if not char.isascii() and not self._carries(char))
            return raw

    def _carries(self, char: str) -> bool:
        try:
            char.encode(self.encoding)
        except UnicodeEncodeError:
            return False
        return True

    def _count(self, raw: bytes) -> None:
        self.checksum = zlib.crc32(raw, self.checksum)

    def open_block(self) -> None:
        """The brace before a voucher's rows."""
        self.control("{")

    def close_block(self) -> None:
        """The brace after a voucher's rows."""
        self.control("}")


def _write_header(out: _Records, header: Header) -> None:
    name, _, version = header.program.rpartition(" ")
    out.record("#PROGRAM", _Text(name or version), _Text(version if name else ""))
    out.record("#FORMAT", "PC8")
    if header.generated_on:
        out.record("#GEN", _day(header.generated_on))
    out.record("#SIETYP", "4")
    if header.organisation_no:
        out.record("#ORGNR", header.organisation_no)
    out.record("#FNAMN", _Text(header.company))
    for year in header.years:
        out.record("#RAR", str(year.number), _day(year.start), _day(year.last))
    if header.value_date:
        out.record("#OMFATTN", _day(header.value_date))
    out.record("#VALUTA", header.currency or "SEK")


def _write_dimensions(out: _Records, dimensions: Iterable[DimensionName], objects: Iterable[ObjectName]) -> None:
    for dimension in dimensions:
        if dimension.parent:
            out.record("#UNDERDIM", dimension.number, _Text(dimension.name), dimension.parent)
        else:
            out.record("#DIM", dimension.number, _Text(dimension.name))
    for named in objects:
        out.record("#OBJEKT", named.dimension, _Text(named.code), _Text(named.name))


def _write_balance(out: _Records, balance: Balance) -> None:
    words: list[Word] = [str(balance.year_number)]
    if balance.kind in _MONTHLY:
        words.append(str(balance.period or ""))
    words.append(balance.account)
    if balance.kind in _OF_OBJECTS:
        words.append(balance.objects)
    out.record(f"#{balance.kind}", *words, money(balance.amount_ore))


def _write_voucher(out: _Records, voucher: Voucher, rows: Sequence[VoucherRow]) -> None:
    out.record("#VER", _Text(voucher.series), _Text(voucher.number), _day(voucher.date), _Text(voucher.text))
    out.open_block()
    for row in rows:
        words: list[Word] = [row.account, row.objects, money(row.amount_ore)]
        if row.date or row.text:
            words.append(_day(row.date) if row.date else _Text(""))
        if row.text:
            words.append(_Text(row.text))
        out.record("#TRANS", *words)
    out.close_block()


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"
