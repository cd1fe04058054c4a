"""Numbers as Swedish reports write them: every dash, every space, every unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache

NARROW_SPACE = "\u202f"
TRUE_MINUS = "\u2212"


class Unit(StrEnum):
    """What a number counts. Units of money know their size in kronor."""

    KRONOR = "kr"
    THOUSANDS = "tkr"
    MILLIONS = "mnkr"
    BILLIONS = "mdkr"
    PERCENT = "%"
    POINTS = "procentenheter"

    @property
    def kronor(self) -> Decimal | None:
        """How many kronor one of it is; none where it isn't money."""
        return _KRONOR.get(self)


_KRONOR = {
    Unit.KRONOR: Decimal(1),
    Unit.THOUSANDS: Decimal(1000),
    Unit.MILLIONS: Decimal(10**6),
    Unit.BILLIONS: Decimal(10**9),
}

_UNIT_WORDS = {
    Unit.KRONOR: r"kronor|kr\b|sek\b",
    Unit.THOUSANDS: r"tusen\s+kronor|tusental\s+kronor|tusen\s+kr\b|tkr\b|kkr\b|ksek\b|tsek\b",
    Unit.MILLIONS: r"miljon(?:er)?\s+kronor|milj\.?\s*kr(?:onor)?\b|mnkr\b|mkr\b|msek\b|mn\s*kr\b|miljon(?:er)?\b",
    Unit.BILLIONS: r"miljard(?:er)?\s+kronor|md\s*kr\b|mdr\s*kr\b|miljard(?:er)?\b",
    Unit.POINTS: r"procentenhet(?:er)?\b|procent-?\s?enheter\b",
    Unit.PERCENT: r"procent\b|%|pct\b",
}
_ORDER = (Unit.THOUSANDS, Unit.MILLIONS, Unit.BILLIONS, Unit.POINTS, Unit.PERCENT, Unit.KRONOR)
_UNIT = re.compile("|".join(f"(?P<{unit.name}>{_UNIT_WORDS[unit]})" for unit in _ORDER), re.IGNORECASE)

DASHES = "-\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"
GAPS = " \u00a0\u202f\u2009\u2007\u2002\u2006"
_GAP = f"[{GAPS}]"
_WHOLE = rf"\d{{1,3}}(?:{_GAP}\d{{3}})+(?!\d)|\d{{1,3}}(?:\.\d{{3}})+(?![\d.])|\d+"
_NUMBER = re.compile(
    rf"(?P<sign>[{DASHES}+]{_GAP}{{0,2}}|\bminus{_GAP}|\bplus{_GAP})?"
    rf"(?P<whole>{_WHOLE})"
    rf"(?:(?P<comma>,){_GAP}?(?P<decimals>\d{{1,3}})(?!\d)|(?P<point>\.)(?P<more>\d{{1,2}})(?![\d.]))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written: `value` carries the written sign; `start` and `end` are places in the text."""

    value: Decimal
    decimals: int
    start: int
    end: int
    text: str
    unit: Unit | None = None
    sign: str = ""  # the sign as printed ("", "-", "–", "−", "+", "minus"), spaces left out
    approximate: bool = False  # "ca", "cirka", "drygt", "knappt", "över", "närmare" stands before it

    @property
    def kronor(self) -> Decimal | None:
        """The amount in kronor, where the unit is money."""
        factor = self.unit.kronor if self.unit else None
        return None if factor is None else self.value * factor

    @property
    def ulp(self) -> Decimal:
        """One step of the last digit written, in the number's own unit."""
        return _step(self.decimals)


@cache
def _step(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def unit_in(text: str) -> Unit | None:
    """The first unit named in a text ("Belopp i tkr", "mnkr", "miljoner kronor"); none if none is."""
    found = _UNIT.search(text)
    return _named(found) if found else None


def _named(found: re.Match[str]) -> Unit:
    return next(unit for unit in _ORDER if found.group(unit.name))


def written(value: Decimal, decimals: int | None = None) -> str:
    """A value as reports here write it: "−15 383", "6,6"."""
    places = max(0, -int(value.as_tuple().exponent)) if decimals is None else decimals
    text = f"{abs(value):,.{places}f}".replace(",", NARROW_SPACE).replace(".", ",")
    return TRUE_MINUS + text if value < 0 and any(char in "123456789" for char in text) else text


def numbers_in(text: str) -> Iterator[Number]:
    """Every number of a running text, with the unit that follows it and the sign before it.

    Left out: digits inside words and codes ("ISO27001", "2.4.1", "220831-B"). Dates and years are
    numbers here; who looks for amounts asks for a unit or reads the words around.
    """
    for found in _NUMBER.finditer(text):
        number = _number(text, found)
        if number is not None:
            yield number


def _number(text: str, found: re.Match[str]) -> Number | None:
    begin, end = found.span("whole")[0], found.end()
    before = text[begin - 1] if begin else " "
    if before.isalnum() or (end < len(text) and (text[end].isalpha() and text[end] not in "kmtKMT")):
        return None
    return _made(text, found)


def _made(text: str, found: re.Match[str]) -> Number:
    sign, start = _sign(text, found)
    whole = re.sub(rf"[.{GAPS}]", "", found["whole"])
    decimals = found["decimals"] or found["more"] or ""
    value = Decimal(f"{whole}.{decimals}" if decimals else whole)
    unit = _UNIT.match(text, _skip_gaps(text, found.end()))
    return Number(
        value=-value if sign and sign != "+" and sign.lower() != "plus" else value,
        decimals=len(decimals),
        start=start,
        end=found.end(),
        text=text[start : found.end()],
        unit=_named(unit) if unit else None,
        sign=sign,
        approximate=bool(_ABOUT.search(text, max(0, start - 12), start)),
    )


_ABOUT = re.compile(r"(?:\bca\.?|cirka|drygt|knappt|över|närmare|omkring|runt|ungefär|nästan)\s*$", re.IGNORECASE)


def _skip_gaps(text: str, at: int) -> int:
    while at < len(text) and (text[at] in GAPS or text[at] == "\n"):
        at += 1
    return at


def _sign(text: str, found: re.Match[str]) -> tuple[str, int]:
    # a dash that closes a word or a range ("2022-2025", "K-5", "10–30") is no sign
    whole = found.span("whole")[0]
    if not found["sign"]:
        return "", whole
    start = found.start()
    if found["sign"][0] in DASHES and start and (text[start - 1].isalnum() or text[start - 1] in "%)"):
        return "", whole
    return found["sign"].strip(GAPS), start
