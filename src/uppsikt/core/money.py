"""Money is integer öre with ledger sign (debit +); Decimal lives only at the edge."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

ORE_PER_KRONA = 100
MINUS_FORMS = "-\u2212\u2013\u2012\ufe63\uff0d"  # hyphen, true minus, en, figure, small and full-width
SPACES = " \t\u00a0\u202f\u2009\u2007"  # what people and programs put between thousands
LARGEST_ORE = 10**14  # a thousand billion kronor: more than all municipalities post in a year
LARGEST_SUM_ORE = 2**62  # of sizes, with signs left out: then no sum on the way leaves a BIGINT
_LARGEST_ORE = 2**63 - 1  # what a BIGINT column holds
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


class NotMoney(ValueError):
    """The text can't be read as an amount; the caller makes it a finding with its place."""


def ore_from_decimal(amount_kronor: Decimal) -> int:
    """Öre from kronor; raises `NotMoney` for fractions of an öre, non-finite and too large amounts."""
    if not amount_kronor.is_finite() or abs(amount_kronor) >= Decimal(10) ** 17:
        raise NotMoney(str(amount_kronor))
    ore = amount_kronor * ORE_PER_KRONA
    if ore != ore.to_integral_value() or abs(ore) > _LARGEST_ORE:
        raise NotMoney(str(amount_kronor))
    return int(ore)


def ore_from_text(text: str, *, in_english: bool = False) -> int:
    """Öre from an amount in kronor as people write it (`decimal_from_text`); raises `NotMoney`."""
    return ore_from_decimal(decimal_from_text(text, in_english=in_english))


def decimal_from_text(text: str, *, in_english: bool = False) -> Decimal:
    """A number as people write it: "1 400,50", "−12", "(300)", "1.400,50", "-3325.00".

    A lone comma or point followed by one or two digits is the decimal sign. Two different signs: the
    last is the decimal sign. `in_english` the point always is, and commas group thousands: "1,400.5".
    Parentheses are the sign of what they hold. Raises `NotMoney` where the text is empty or says anything else.
    """
    cleaned = text.strip()
    negative = cleaned.startswith("(") and cleaned.endswith(")")
    if negative:
        cleaned = cleaned[1:-1]
    for space in SPACES:
        cleaned = cleaned.replace(space, "")
    for dash in MINUS_FORMS:
        cleaned = cleaned.replace(dash, "-")
    if cleaned.endswith("-"):
        cleaned = "-" + cleaned[:-1]
    cleaned = _with_english_point(cleaned) if in_english else _with_decimal_point(cleaned)
    if not _NUMBER.fullmatch(cleaned) or not cleaned.isascii() or (negative and cleaned[0] in "+-"):
        raise NotMoney(text)
    try:
        value = Decimal(cleaned)
    except InvalidOperation as error:
        raise NotMoney(text) from error
    return -value if negative else value


def _with_english_point(cleaned: str) -> str:
    whole, point, decimals = cleaned.partition(".")
    return _ungrouped(whole, ",") + point + decimals


def _with_decimal_point(cleaned: str) -> str:
    last = max(cleaned.rfind(","), cleaned.rfind("."))
    if last < 0:
        return cleaned
    sign = cleaned[last]
    other = "." if sign == "," else ","
    if cleaned.count(sign) > 1:  # "1.400.500": the sign groups thousands
        return _ungrouped(cleaned, sign)
    whole, decimals = cleaned[:last], cleaned[last + 1 :]
    if other not in cleaned and sign == "." and len(decimals) == 3 and len(whole.lstrip("+-")) <= 3:
        raise NotMoney(cleaned)  # "1.400": thousand or decimals? only the user knows
    return f"{_ungrouped(whole, other)}.{decimals}"


def _ungrouped(whole: str, sign: str) -> str:
    if sign in whole and not re.fullmatch(rf"[+-]?\d{{1,3}}({re.escape(sign)}\d{{3}})+", whole):
        raise NotMoney(whole)
    return whole.replace(sign, "")


def kronor(amount_ore: int) -> Decimal:
    """Kronor with two decimals, exact."""
    return Decimal(amount_ore) / ORE_PER_KRONA


def allocate(amount_ore: int, weights: Sequence[int]) -> list[int]:
    """Split an amount by weights so that the parts make the whole to the öre (largest remainder).

    Weights are non-negative integers with a positive sum; ties go to the earlier part, so the split is
    the same every time.
    """
    total = sum(weights)
    if total <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must be non-negative and have a positive sum")
    sign = -1 if amount_ore < 0 else 1
    size = abs(amount_ore)
    parts = [size * weight // total for weight in weights]
    remainders = [size * weight % total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda index: (-remainders[index], index))
    for index in by_remainder[: size - sum(parts)]:
        parts[index] += 1
    return [sign * part for part in parts]
