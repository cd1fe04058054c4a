"""Numbers as Swedes read them: decimal comma, narrow no-break space, true minus, "–" for nothing.

Babel writes ASCII minus and U+00A0, hence our own formatter. Each number is rounded from the raw
amount, half away from zero as in bookkeeping; a rounded zero has no sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from uppsikt.core.language import current_language
from uppsikt.core.periods import MONTHS_EN, MONTHS_SV

MINUS = "\u2212"
NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
ABSENT = "–"


class Unit(StrEnum):
    """Unit of presentation."""

    KR = "kr"
    TKR = "tkr"
    MNKR = "mnkr"


_ORE_PER = {Unit.KR: 100, Unit.TKR: 100_000, Unit.MNKR: 100_000_000}
DEFAULT_DECIMALS = {Unit.KR: 0, Unit.TKR: 0, Unit.MNKR: 1}


class Sign(StrEnum):
    """How a view turns ledger sign (debit +): as booked, or reversed so that cost is negative."""

    LEDGER = "ledger"
    REVERSED = "reversed"


@dataclass(frozen=True, slots=True)
class View:
    """How amounts are shown: the sign rule, the unit, the number of decimals."""

    sign: Sign = Sign.REVERSED
    unit: Unit = Unit.TKR
    decimals: int = 0

    def value(self, amount_ore: int) -> Decimal:
        """The amount in this view, rounded from the raw öre."""
        return rounded(amount_ore if self.sign is Sign.LEDGER else -amount_ore, self.unit, self.decimals)

    def text(self, amount_ore: int | None) -> str:
        """The amount as printed; "–" where there is none."""
        return ABSENT if amount_ore is None else number(self.value(amount_ore), self.decimals)


def rounded(amount_ore: int, unit: Unit, decimals: int) -> Decimal:
    """The amount in `unit`, rounded half away from zero; never minus zero."""
    scaled = Decimal(amount_ore) / _ORE_PER[unit]
    return scaled.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP) + Decimal(0)


def number(value: Decimal | int, decimals: int | None = None) -> str:
    """A number as printed: `number(Decimal("-1234.5"), 1)` gives "−1 234,5" (with true signs)."""
    amount = Decimal(value)
    if decimals is not None:
        amount = amount.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    digits = f"{abs(amount):f}"
    whole, _, fraction = digits.partition(".")
    sign = MINUS if amount < 0 else ""
    groups = f"{int(whole):,}".replace(",", NARROW_SPACE)
    if current_language() == "en":
        return f"{sign}{groups}.{fraction}" if fraction else f"{sign}{groups}"
    return f"{sign}{groups},{fraction}" if fraction else f"{sign}{groups}"


def amount(amount_ore: int | None, unit: Unit, decimals: int | None = None, *, with_unit: bool = False) -> str:
    """An amount already in the wanted sign, as printed: `amount(-1538300000, Unit.MNKR)` gives "−15,4"."""
    if amount_ore is None:
        return ABSENT
    places = DEFAULT_DECIMALS[unit] if decimals is None else decimals
    text = number(rounded(amount_ore, unit, places), places)
    return f"{text}{NO_BREAK_SPACE}{unit}" if with_unit else text


def to_the_ore(amount_ore: int) -> str:
    """Kronor with two decimals in the amount's own sign, as findings say amounts: "−1 250,50"."""
    return amount(amount_ore, Unit.KR, 2)


def percent(share: Decimal | None, decimals: int = 1) -> str:
    """A share (1 = all) as per cent with its sign: "61,2 %"."""
    if share is None:
        return ABSENT
    return f"{number(share * 100, decimals)}{NO_BREAK_SPACE}%"


def long_date(day: date) -> str:
    """31 augusti 2022 / 31 August 2022."""
    months = MONTHS_SV if current_language() == "sv" else MONTHS_EN
    return f"{day.day} {months[day.month - 1]} {day.year}"
