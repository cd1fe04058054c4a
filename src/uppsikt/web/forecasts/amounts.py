"""Amounts as managers type them: in the page's unit, with the account group's own sign where none is written.

`static/web/forecasts/parsing.js` reads by the same rules, so that the page can answer at once; what is stored is
what is read here.
"""

from __future__ import annotations

import re
from decimal import Decimal

from uppsikt.core.formats import MINUS, NARROW_SPACE, Unit
from uppsikt.core.money import MINUS_FORMS, ORE_PER_KRONA, NotMoney, decimal_from_text, ore_from_decimal
from uppsikt.web.amounts import is_english

COST, INCOME = 1, -1  # the ledger's sign of what an account group usually holds
_KRONOR_PER = {Unit.KR: Decimal(1), Unit.TKR: Decimal(1_000), Unit.MNKR: Decimal(1_000_000)}
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


def ore_typed(text: str, unit: Unit, side: int) -> int | None:
    """Öre in ledger sign from what was typed; None where the field is empty. Raises `NotMoney`.

    A written sign is the page's, where cost is minus: "−1 400" is a cost on any row. Without one the amount is
    what the account group usually holds: "1 400" is a cost among costs (`side` COST) and income among income.
    A unit after the number goes before the page's: "1,4 mnkr". On an English page the point is the decimal sign.
    """
    number = text.strip()
    if not number:
        return None
    suffix = _SUFFIX.search(number)
    if suffix:
        unit = _SUFFIXES[suffix.group().lower()]
        number = number[: suffix.start()].rstrip()
    ore = ore_from_decimal(decimal_from_text(number, in_english=is_english()) * _KRONOR_PER[unit])
    return -ore if _has_sign(number) else side * ore


def _has_sign(number: str) -> bool:
    return number[0] in f"+({MINUS_FORMS}" or number[-1] in MINUS_FORMS


def exact_text(amount_ore: int | None, unit: Unit, side: int) -> str:
    """The amount in the page's sign to the öre, as `ore_typed` reads it back; "" for nothing."""
    if amount_ore is None:
        return ""
    value = Decimal(-amount_ore) / ORE_PER_KRONA / _KRONOR_PER[unit]
    whole, _, decimals = f"{abs(value):f}".partition(".")
    sign = MINUS if value < 0 else "+" if value > 0 and side == COST else ""
    point = "." if is_english() else ","
    decimals = decimals.rstrip("0")
    return f"{sign}{int(whole):,}".replace(",", NARROW_SPACE) + (f"{point}{decimals}" if decimals else "")


__all__ = ["COST", "INCOME", "NotMoney", "exact_text", "ore_typed"]
