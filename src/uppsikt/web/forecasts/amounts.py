"""Amounts as managers type them: in the page's unit, with the account group's own sign where none is written.

`static/web/forecasts/parsing.js` reads by the same rules, so that the page can answer at once; what is stored is
what is read here.
"""

from __future__ import annotations

from decimal import Decimal

from uppsikt.core.formats import MINUS, NARROW_SPACE, Unit
from uppsikt.core.money import MINUS_FORMS, ORE_PER_KRONA
from uppsikt.web.amounts import KRONOR_PER, NotMoney, is_english, ore_written, split_unit

COST, INCOME = 1, -1  # the ledger's sign of what an account group usually holds


def ore_typed(text: str, unit: Unit, side: int) -> int | None:
    """Öre in ledger sign from what was typed; None where the field is empty. Raises `NotMoney`.

    A written sign is the page's, where cost is minus: "−1 400" is a cost on any row. Without one the amount is
    what the account group usually holds: "1 400" is a cost among costs (`side` COST) and income among income.
    A unit after the number goes before the page's: "1,4 mnkr". On an English page the point is the decimal sign.
    """
    number = text.strip()
    if not number:
        return None
    ore = ore_written(number, unit)
    return -ore if _has_sign(split_unit(number, unit)[0]) else side * ore


def _has_sign(number: str) -> bool:
    return number[0] in f"+({MINUS_FORMS}" or number[-1] in MINUS_FORMS


def exact_text(amount_ore: int | None, unit: Unit, side: int) -> str:
    """The amount in the page's sign to the öre, as `ore_typed` reads it back; "" for nothing."""
    if amount_ore is None:
        return ""
    value = Decimal(-amount_ore) / ORE_PER_KRONA / KRONOR_PER[unit]
    whole, _, decimals = f"{abs(value):f}".partition(".")
    sign = MINUS if value < 0 else "+" if value > 0 and side == COST else ""
    point = "." if is_english() else ","
    decimals = decimals.rstrip("0")
    return f"{sign}{int(whole):,}".replace(",", NARROW_SPACE) + (f"{point}{decimals}" if decimals else "")


__all__ = ["COST", "INCOME", "NotMoney", "exact_text", "ore_typed"]
