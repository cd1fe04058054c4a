"""Amounts in the fields of pages, as whoever reads the page in its language writes them."""

from __future__ import annotations

from uppsikt.core.language import current_language
from uppsikt.core.money import NotMoney, ore_from_text

__all__ = ["NotMoney", "is_english", "ore_written", "whole_number"]
_DIGITS = 9


def is_english() -> bool:
    """Whether the point is the decimal sign on the page."""
    return current_language() == "en"


def ore_written(text: str) -> int:
    """Öre of kronor written in a field; raises `NotMoney`."""
    return ore_from_text(text, in_english=is_english())


def whole_number(text: str, default: int = 0) -> int:
    """A small whole number that a page sent along (a version, a month); `default` for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else default
