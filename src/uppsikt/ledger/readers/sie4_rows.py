"""#VER and #TRANS: one line each into values, and rows into dictionary-coded blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np

from uppsikt.core.formats import to_the_ore
from uppsikt.ledger import findings_sie as codes
from uppsikt.ledger.readers.base import Block, ObjectList, Voucher
from uppsikt.ledger.readers.encoding import Encoding
from uppsikt.ledger.readers.sie4_fields import Amount, Fault, Fields, read_amount, read_date, word


class Head(NamedTuple):
    """A #VER record. `day` is None where the date is missing or wrong; `fault` then says how."""

    series: str
    number: str
    day: date | None
    text: str
    fault: Fault | None = None
    warnings: tuple[Fault, ...] = ()

    @property
    def label(self) -> str:
        """How people name the voucher: "A 53"."""
        return voucher_label(self.series, self.number)


def voucher_label(series: str, number: str) -> str:
    """How people name a voucher: "A 53"; "–" where it has neither series nor number."""
    return f"{series} {number}".strip() or "–"


class Row(NamedTuple):
    """A #TRANS record; `day` is None where the row has no date of its own."""

    account: str
    objects: ObjectList
    ore: int
    day: date | None
    text: str
    warnings: tuple[Fault, ...] = ()


def read_head(fields: Fields, encoding: Encoding) -> Head:
    """`#VER series number date ["text"] …`; series and number may be empty (4I)."""
    series, number, text = (encoding.decode(word(fields, index)) for index in (1, 2, 4))
    raw = word(fields, 3)
    day = read_date(raw)
    fault: Fault | None = None
    label = voucher_label(series, number)
    if _breaks_before(fields, 4):
        fault = Fault(codes.QUOTE_IN_MONEY, {"label": "#VER"})
    elif not raw:
        fault = Fault(codes.VOUCHER_DATE_MISSING, {"voucher": label})
    elif day is None:
        fault = Fault(codes.VOUCHER_DATE_BAD, {"voucher": label, "date": encoding.decode(raw[:40])})
    return Head(series, number, None if fault else day, text, fault, _cut_text(fields, 4, "#VER"))


def _breaks_before(fields: Fields, text: int) -> bool:
    return fields.broken_at is not None and fields.broken_at < text


def _cut_text(fields: Fields, text: int, label: str) -> tuple[Fault, ...]:
    # SoftOne cuts long texts together with their closing quote; what stands before them is whole
    stands_there = fields.items[text] if text < len(fields.items) else b""  # a stray brace gives no field
    if fields.broken_at == text and isinstance(stands_there, bytes):
        return (Fault(codes.QUOTE, {"label": label}),)
    return ()


def read_row(fields: Fields, encoding: Encoding) -> Row | Fault:
    """`#TRANS account {objects} amount [date] ["text"] …`; what follows the text is not read."""
    if _breaks_before(fields, 5):
        return Fault(codes.QUOTE_IN_MONEY, {"label": "#TRANS"})
    account = read_account(fields, 1, "#TRANS", encoding)
    if isinstance(account, Fault):
        return account
    objects = read_objects(fields, 2, "#TRANS", encoding)
    if isinstance(objects, Fault):
        return objects
    amount = read_amount_field(fields, 3, "#TRANS", encoding)
    if isinstance(amount, Fault):
        return amount
    raw_day = word(fields, 4)
    day = read_date(raw_day)
    if raw_day and day is None:
        return Fault(codes.DATE_BAD, {"label": "#TRANS", "date": encoding.decode(raw_day[:40])})
    comma = comma_warning(fields, 3, amount, encoding)
    warnings = (*((comma,) if comma else ()), *_cut_text(fields, 5, "#TRANS"))
    return Row(account, objects, amount.ore, day, encoding.decode(word(fields, 5)), warnings)


def read_account(fields: Fields, index: int, label: str, encoding: Encoding) -> str | Fault:
    """The account number, digits only as the standard says."""
    raw = word(fields, index)
    if not raw:
        return Fault(codes.ACCOUNT_MISSING, {"label": label})
    if not raw.isdigit():
        return Fault(codes.ACCOUNT_NOT_NUMERIC, {"account": encoding.decode(raw[:40])})
    return raw.decode("ascii")


def read_objects(fields: Fields, index: int, label: str, encoding: Encoding) -> ObjectList | Fault:
    """The object list as pairs of dimension and object."""
    item = fields.items[index] if index < len(fields.items) else b""
    if not isinstance(item, tuple):
        return Fault(codes.OBJECTS_BAD, {"label": label})
    pairs = pair_objects(item, encoding)
    return Fault(codes.OBJECTS_BAD, {"label": label}) if pairs is None else pairs


def pair_objects(words: tuple[bytes, ...], encoding: Encoding) -> ObjectList | None:
    """`{1 "456" 6 "47"}` as pairs; None where a word is left over."""
    if len(words) % 2:
        return None
    texts = [encoding.decode(raw) for raw in words]
    return tuple(zip(texts[::2], texts[1::2], strict=True))


def read_amount_field(fields: Fields, index: int, label: str, encoding: Encoding) -> Amount | Fault:
    """The amount; faults where it is absent or unreadable."""
    raw = word(fields, index)
    amount = read_amount(raw)
    if amount is not None:
        return amount
    return Fault(codes.AMOUNT_BAD, {"label": label, "amount": encoding.decode(raw[:40])})


def comma_warning(fields: Fields, index: int, amount: Amount, encoding: Encoding) -> Fault | None:
    """The warning for an amount written with a decimal comma."""
    if not amount.comma:
        return None
    raw = word(fields, index)
    return Fault(codes.AMOUNT_COMMA, {"amount": encoding.decode(raw), "read": to_the_ore(amount.ore)})


@dataclass(slots=True)
class BlockBuilder:
    """Collects rows and codes their repeated values; `take` gives them as a block and starts anew."""

    accounts: dict[str, int] = field(default_factory=dict)
    object_lists: dict[ObjectList, int] = field(default_factory=dict)
    vouchers: list[Voucher] = field(default_factory=list)
    texts: dict[str, int] = field(default_factory=dict)
    coded: list[tuple[int, int, int, int, date, int, int]] = field(default_factory=list)

    def add(self, row: Row, voucher: Voucher, line: int) -> None:
        """Add one row of `voucher`; rows of a voucher come one after the other."""
        if not self.vouchers or self.vouchers[-1] is not voucher:
            self.vouchers.append(voucher)
        self.coded.append(
            (
                self.accounts.setdefault(row.account, len(self.accounts)),
                self.object_lists.setdefault(row.objects, len(self.object_lists)),
                len(self.vouchers) - 1,
                self.texts.setdefault(row.text, len(self.texts)),
                row.day or voucher.date,
                row.ore,
                line,
            )
        )

    def take(self) -> Block:
        """The rows so far as a block."""
        accounts, objects, vouchers, texts, days, amounts, lines = (
            zip(*self.coded, strict=True) if self.coded else ((),) * 7
        )
        block = Block(
            list(self.accounts),
            list(self.object_lists),
            self.vouchers,
            list(self.texts),
            np.array(accounts, np.int32),
            np.array(objects, np.int32),
            np.array(vouchers, np.int32),
            np.array(texts, np.int32),
            np.array(days, "datetime64[D]"),
            np.array(amounts, np.int64),
            np.array(lines, np.int32),
        )
        self.accounts, self.object_lists, self.vouchers, self.texts, self.coded = {}, {}, [], {}, []
        return block
