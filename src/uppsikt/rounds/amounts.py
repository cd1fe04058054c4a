"""Amounts in the sentences of a round: in the sign and the size that its pages show. Pure."""

from __future__ import annotations

from uppsikt.core.formats import NO_BREAK_SPACE, Sign, Unit, View

_KR_ORE, _TKR_ORE = 100, 100_000
_SMALL_ORE = 10 * _TKR_ORE  # below this whole thousands say too little


def shown_amount(amount_ore: int) -> str:
    """An amount of ledger sign as the pages show it, cost negative: "−5 644 tkr", and less than ten "−1 250 kr"."""
    if abs(amount_ore) >= _SMALL_ORE:
        return _text(amount_ore, Unit.TKR, 0)
    return _text(amount_ore, Unit.KR, 0 if amount_ore % _KR_ORE == 0 else 2)


def _text(amount_ore: int, unit: Unit, decimals: int) -> str:
    return f"{View(Sign.REVERSED, unit, decimals).text(amount_ore)}{NO_BREAK_SPACE}{unit}"
