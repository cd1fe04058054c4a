"""A line's words, where they stand, and which of them are parts of numbers."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from uppsikt.checks.document import Line
from uppsikt.checks.numbers import DASHES, GAPS, Number, Unit

_WORD = re.compile(rf"[^{GAPS}\t|]+")
_MARKS = r"(?P<marks>(?:\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹]|\d\))*)"
_PART = re.compile(
    rf"^(?P<sign>[{DASHES}+]?)(?P<digits>\d+(?:\.\d{{3}})*)(?:[,.](?P<decimals>\d{{1,3}}))?(?P<percent>%?){_MARKS}$"
)
_DASHES = frozenset(DASHES)
_FIRST = frozenset("0123456789+" + DASHES)  # what a part of a number begins with
_LEFT_OUT = re.compile(rf"^(?:[{DASHES}]|\*|x|i\.?u\.?|e\.?t\.?|n/a)$", re.IGNORECASE)
_STAR_TAIL = re.compile(r"^(?P<body>.*?\d%?)(?P<marks>\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹])$")


class Word(NamedTuple):
    """A word of a line: characters `start`–`end`, edges `left`–`right` (points, or characters in text).

    `wide` says that the gap before it is wider than a space between two words. A report has tens of thousands of
    words, so they are what costs least to make.
    """

    text: str
    line: int
    start: int
    end: int
    left: float
    right: float
    wide: bool
    sign: str = ""
    digits: str = ""
    decimals: str = ""
    percent: bool = False
    marks: tuple[str, ...] = ()

    @property
    def is_part(self) -> bool:
        """Whether it is digits that make a number, alone or with its neighbours."""
        return bool(self.digits)

    @property
    def is_dash(self) -> bool:
        """A dash standing alone: a sign drawn apart from its digits, or an empty cell."""
        return self.text in _DASHES

    @property
    def is_figure(self) -> bool:
        """Digits, a dash, or another mark that fills a cell where a figure could be."""
        return self.is_part or bool(_LEFT_OUT.match(self.text)) or self.text == "%"


def words_of(line: Line) -> list[Word]:
    """The words of a line, left to right; a "|" parts columns and belongs to no word."""
    words: list[Word] = []
    whole, previous, before = line.text, 0, ""
    for found in _WORD.finditer(whole):
        start, end = found.span()
        text = whole[start:end]
        gap = whole[previous:start]
        wide = not before or (gap != " " and _is_wide(gap, before))
        words.append(_word(text, line, start, end, wide))
        previous, before = end, text
    return words


def _is_wide(gap: str, before: str) -> bool:
    """Whether a gap parts columns; two spaces after a sentence don't."""
    return len(gap) > 2 or "\t" in gap or "|" in gap or (len(gap) == 2 and before[-1] not in ".:!?")


def _word(text: str, line: Line, start: int, end: int, wide: bool) -> Word:
    left, right = (line.lefts[start], line.rights[end - 1]) if line.lefts else (float(start), float(end))
    part = _PART.match(text) if text[0] in _FIRST else None
    if not part:
        return Word(text, line.number, start, end, left, right, wide)
    return Word(
        text,
        line.number,
        start,
        end,
        left,
        right,
        wide,
        part["sign"],
        part["digits"].replace(".", ""),
        part["decimals"] or "",
        bool(part["percent"]),
        (part["marks"],) if part["marks"] else (),
    )


def number_of(words: tuple[Word, ...], unit: Unit | None = None) -> Number | None:
    """The number that neighbouring words make together ("–", "230", "105"); none for a lone dash."""
    parts = [word for word in words if word.digits]
    if not parts:
        return None
    sign = digits = ""
    percent = False
    for word in words:
        sign = sign or (word.text if not word.digits and word.is_dash else word.sign)
        digits += word.digits
        percent = percent or word.percent or word.text == "%"
    decimals = parts[-1].decimals
    value = Decimal(f"{digits}.{decimals}" if decimals else digits)
    return Number(
        value=-value if sign and sign != "+" else value,
        decimals=len(decimals),
        start=words[0].start,
        end=words[-1].end,
        text=" ".join(word.text for word in words),
        unit=Unit.PERCENT if percent else unit,
        sign=sign,
    )
