"""Amounts in the fields of pages, as whoever reads the page in its language writes them: "1,2 mnkr", "500 tkr"."""

from __future__ import annotations

import re
from decimal import Decimal

from uppsikt.core.formats import Unit
from uppsikt.core.language import current_language
from uppsikt.core.money import NotMoney, decimal_from_text, ore_from_decimal

__all__ = ["KRONOR_PER", "NotMoney", "is_english", "ore_written", "split_unit", "whole_number"]
KRONOR_PER = {Unit.KR: Decimal(1), Unit.TKR: Decimal(1_000), Unit.MNKR: Decimal(1_000_000)}
_SUFFIXES = {
    "kr": Unit.KR,
    "kronor": Unit.KR,
    "sek": Unit.KR,
    ":-": Unit.KR,
    "tkr": Unit.TKR,
    "kkr": Unit.TKR,
    "tsek": Unit.TKR,
    "mnkr": Unit.MNKR,
    "mkr": Unit.MNKR,
    "msek": Unit.MNKR,
}
_SUFFIX = re.compile(rf"({'|'.join(sorted(_SUFFIXES, key=len, reverse=True))})$", re.IGNORECASE)
_DIGITS = 9


def is_english() -> bool:
    """Whether the point is the decimal sign on the page."""
    return current_language() == "en"


def ore_written(text: str, unit: Unit = Unit.KR) -> int:
    """Öre of an amount written in a field, in `unit` where no unit is written after it; raises `NotMoney`.

    On an English page the point is the decimal sign.
    """
    number, unit = split_unit(text, unit)
    return ore_from_decimal(decimal_from_text(number, in_english=is_english()) * KRONOR_PER[unit])


def split_unit(text: str, unit: Unit) -> tuple[str, Unit]:
    """The number and its unit: the one written after it, else `unit`."""
    number = text.strip()
    suffix = _SUFFIX.search(number)
    return (number[: suffix.start()].rstrip(), _SUFFIXES[suffix.group().lower()]) if suffix else (number, unit)


def whole_number(text: str, default: int = 0) -> int:
    """A small whole number that a page sent along (a version, a month); `default` for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else default
