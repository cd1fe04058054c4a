"""The words of a SIE 4 line: fields, quotes, object lists, amounts and dates. Bytes in, values out.

CP437, Windows-1252 and UTF-8 all keep ASCII in place, so structure is found in bytes and only texts are
decoded. Faults are values (`Fault`); nothing here raises for what a file may hold.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from uppsikt.core.money import kronor

Field = bytes | tuple[bytes, ...]  # a tuple is an object list: its words in order

# A quoted field (its closing quote captured apart, empty where it never ends), a brace, or a bare word
_TOKEN = re.compile(rb'"((?:[^"\\]|\\"?)*+)("?)|([{}])|([^ \t{}"][^ \t{}]*+)')
_AMOUNT = re.compile(rb"([+-]?)([0-9]*)(?:[.,]([0-9]*))?")
_DIGITS_OF_KRONOR = 12  # a thousand billion; more is a fault of the file, and sums stay inside 64 bits


class Fault(NamedTuple):
    """A finding code with its facts, before its place is known."""

    code: str
    facts: dict[str, object]


class Fields(NamedTuple):
    """A line's fields, label first. `broken_at` is the index of a field whose quote or brace never ends."""

    items: list[Field]
    broken_at: int | None = None


def split_fields(line: bytes) -> Fields:
    """Split a line into label and fields. A brace that never ends takes the rest of the line."""
    items: list[Field] = []
    words: list[bytes] | None = None
    broken: int | None = None
    for quoted, closing, brace, bare in _TOKEN.findall(line):
        if brace:
            if brace == b"{" and words is None:
                words = []
                continue
            if brace == b"}" and words is not None:
                items.append(tuple(words))
                words = None
                continue
            broken = len(items) if broken is None else broken
            continue
        if not bare and not closing:
            broken = len(items) if broken is None else broken
        word = bare or (quoted.replace(b'\\"', b'"') if b"\\" in quoted else quoted)
        (items if words is None else words).append(word)
    if words is not None:
        broken = len(items) if broken is None else broken
        items.append(tuple(words))
    return Fields(items, broken)


def word(fields: Fields, index: int) -> bytes:
    """The field as a word; b"" where it is absent or an object list."""
    item = fields.items[index] if index < len(fields.items) else b""
    return item if isinstance(item, bytes) else b""


class Amount(NamedTuple):
    """An amount in öre, and whether it was written with a decimal comma."""

    ore: int
    comma: bool


def read_amount(raw: bytes) -> Amount | None:
    """Öre from `-1250.50`; decimals beyond öre must be zeros. None where it can't be read."""
    match = _AMOUNT.fullmatch(raw)
    if not match:
        return None
    sign, whole, decimals = match[1], match[2], match[3] or b""
    if not (whole or decimals) or len(whole) > _DIGITS_OF_KRONOR or decimals[2:].strip(b"0"):
        return None
    ore = int(whole or b"0") * 100 + int((decimals + b"00")[:2])
    return Amount(-ore if sign == b"-" else ore, b"," in raw)


@lru_cache(maxsize=4096)
def read_date(raw: bytes) -> date | None:
    """The date of `yyyymmdd`; None where it is not one, such as 20110229."""
    if len(raw) != 8 or not raw.isdigit():
        return None
    try:
        return date(int(raw[:4]), int(raw[4:6]), int(raw[6:]))
    except ValueError:
        return None


def money(amount_ore: int) -> str:
    """An amount as SIE writes it: -1250.50."""
    return f"{kronor(amount_ore):.2f}"
