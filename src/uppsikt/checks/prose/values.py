"""When two figures say the same, and when they differ by a slip."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from uppsikt.checks.document import Cell, Table
from uppsikt.checks.numbers import Number, Unit
from uppsikt.checks.prose.facts import MONEY, PERCENT, Fact


class Slip(StrEnum):
    """How a figure differs from the one it should be."""

    DIGIT = "digit"
    SWAP = "swap"
    SCALE = "scale"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Amount:
    """A value in kronor (or in percent), how far rounding reaches to either side, and whether its sign counts."""

    value: Decimal
    step: Decimal
    signed: bool = True

    def plus(self, other: Amount, sign: int = 1) -> Amount:
        """The sum of two, with the rounding of both."""
        return Amount(self.value + sign * other.value, self.step + other.step, self.signed and other.signed)


def amount_of(fact: Fact) -> Amount:
    """The fact's value as words and signs give it."""
    return Amount(fact.size.copy_sign(fact.value), fact.step, fact.sign_is_said)


def cell_amount(cell: Cell, table: Table, fallback: Unit | None, fact: Fact) -> Amount | None:
    """The cell's value in the fact's measure (kronor or percent); none where the two can't be compared."""
    number = cell.number
    if number is None:
        return None
    unit = number.unit or table.unit
    if fact.number.unit in PERCENT:
        # a figure without unit among amounts is no share, whatever it is called
        return Amount(number.value, number.ulp / 2) if unit in PERCENT or (unit or fallback) is None else None
    if unit in PERCENT:
        return None
    factor = (unit or fallback or fact.number.unit or Unit.KRONOR).kronor
    if factor is None:
        return None
    # a nought is nothing at all, not something below a half
    return Amount(number.value * factor, number.ulp * factor / 2 if number.value else Decimal(0))


def agree(fact: Amount, other: Amount) -> bool:
    """Whether the two are the same figure once rounded; signs count when both have one.

    Figures rounded to the same step are rounded from the same figure, so they must be equal.
    """
    signed = fact.signed and other.signed
    value, against = (fact.value, other.value) if signed else (abs(fact.value), abs(other.value))
    reach = Decimal(0) if fact.step == other.step else max(fact.step, other.step)
    return abs(value - against) <= reach


def slip_between(fact: Fact, other: Amount) -> Slip | None:
    """The slip that would turn the other figure into the fact; none where they merely differ."""
    mine = amount_of(fact)
    if mine.signed and other.signed and mine.value and agree(Amount(-mine.value, mine.step), other):
        return Slip.SIGN
    telling = significant(fact) > 1 and abs(other.value) >= 20 * other.step  # two digits on either side
    for power in (10, 100, 1000) if telling else ():
        for scaled in (Amount(abs(other.value) * power, other.step * power), _divided(other, power)):
            if scaled.value and abs(abs(mine.value) - scaled.value) <= max(mine.step, scaled.step):
                return Slip.SCALE
    return _slip_of_digits(_digits(fact.size, fact), _digits(abs(other.value), fact))


def _divided(other: Amount, power: int) -> Amount:
    return Amount(abs(other.value) / power, other.step / power)


def _digits(kronor: Decimal, fact: Fact) -> str:
    """The digits that would be printed with the fact's unit and decimals."""
    unit = fact.number.unit
    factor = (unit.kronor if unit else None) or Decimal(1)
    shown = (kronor / factor).quantize(fact.number.ulp, rounding=ROUND_HALF_UP)
    return str(shown).replace(".", "").lstrip("0")


def _slip_of_digits(written: str, right: str) -> Slip | None:
    if len(written) != len(right) or len(written) < 2:
        return None
    unlike = [index for index, (one, two) in enumerate(zip(written, right, strict=True)) if one != two]
    if len(unlike) == 1:
        return Slip.DIGIT
    if len(unlike) == 2 and unlike[1] == unlike[0] + 1:
        first, second = unlike
        if written[first] == right[second] and written[second] == right[first]:
            return Slip.SWAP
    return None


def slip_of_numbers(one: Number, two: Number) -> Slip | None:
    """The slip between two numbers printed the same way."""
    if one.value == -two.value and one.value:
        return Slip.SIGN
    for power in (10, 100, 1000):
        if one.value == two.value * power or two.value == one.value * power:
            return Slip.SCALE if one.value else None
    decimals = max(one.decimals, two.decimals)
    first, second = (str(abs(number.value).scaleb(decimals).to_integral_value()) for number in (one, two))
    if one.value != two.value and abs(one.value) == abs(two.value):
        return Slip.SIGN
    return _slip_of_digits(first, second) if one.decimals == two.decimals else None


def significant(fact: Fact) -> int:
    """How many digits of the fact say something: 3 for "18,2", 1 for "20"."""
    digits = str(abs(fact.number.value)).replace(".", "").strip("0")
    return len(digits) if not fact.number.decimals else len(str(abs(fact.number.value)).replace(".", "").lstrip("0"))


def comparable(one: Fact, two: Fact) -> bool:
    """Whether two facts are measured alike: both money, or both percent."""
    return (one.number.unit in MONEY) == (two.number.unit in MONEY)
