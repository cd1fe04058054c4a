"""Figures with a sign their row never has, or ten or a thousand times off: asked about, never refused. Pure.

What a row usually holds is taken from what is known of it: last year, budget, the last forecast, and the year so far
carried on at its pace. A month is held against the months of last year, this year and the budget.
`static/web/forecasts/doubting.js` asks by the same rule while one types; what is kept as a note is found here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from uppsikt.core.findings import Finding, Place, found
from uppsikt.rounds.amounts import shown_amount
from uppsikt.rounds.findings import FIGURE_ODD

_MONTHS = 12
_FAR = (4, 1)  # so many times below or above all that is known is odd, if a likely slip explains it
_SLIPS = (  # what may have been meant (times, through), the likeliest first, and how near what is known it must be
    (-1, 1, (2, 1)),
    (1, 1000, (2, 1)),
    (-1, 1000, (2, 1)),
    (1000, 1, (2, 1)),
    (-1000, 1, (2, 1)),
    (1, 10, (4, 3)),
    (-1, 10, (4, 3)),
    (10, 1, (4, 3)),
    (-10, 1, (4, 3)),
)


@dataclass(frozen=True, slots=True)
class Usual:
    """What a row usually holds, öre: its smallest and largest size, and its sign in the ledger (0: it has both)."""

    least_ore: int
    most_ore: int
    sign: int

    def has_sign_of(self, amount_ore: int) -> bool:
        """Whether the row ever has the amount's sign."""
        return self.sign == 0 or amount_ore * self.sign > 0

    def is_near(self, amount_ore: int, factor: tuple[int, int]) -> bool:
        """Whether an amount lies among what is known, widened by a factor (times, through) both ways."""
        size, (times, through) = abs(amount_ore), factor
        return size * times >= self.least_ore * through and size * through <= self.most_ore * times


def usual_of(known_ore: Iterable[int | None]) -> Usual | None:
    """What amounts of a row tell of it; None where they tell nothing."""
    known = [own for own in known_ore if own]
    if not known:
        return None
    sizes, signs = [abs(own) for own in known], {own > 0 for own in known}
    return Usual(min(sizes), max(sizes), 0 if len(signs) > 1 else (1 if known[0] > 0 else -1))


def usual_year(
    last_year_ore: int | None, budget_ore: int | None, previous_ore: int | None, actual_ore: int | None, months: int
) -> Usual | None:
    """What a row usually holds in a year, with `actual_ore` the first `months` of it."""
    at_pace_ore = actual_ore * _MONTHS // months if actual_ore and months else None
    return usual_of((last_year_ore, budget_ore, previous_ore, at_pace_ore))


def meant(amount_ore: int | None, usual: Usual | None) -> int | None:
    """What was probably meant by an odd amount, in öre; None where the amount is nothing odd, or nought."""
    if not amount_ore or usual is None:
        return None
    if usual.has_sign_of(amount_ore) and usual.is_near(amount_ore, _FAR):
        return None
    for times, through, near in _SLIPS:
        other, rest = divmod(amount_ore * times, through)
        if not rest and usual.has_sign_of(other) and usual.is_near(other, near):
            return other
    return None if usual.has_sign_of(amount_ore) else -amount_ore


def odd_figure(account: str, amount_ore: int | None, usual: Usual | None) -> Finding | None:
    """The note on an account group's odd amount; None where it is nothing odd. Amounts as pages show them."""
    other = meant(amount_ore, usual)
    if other is None or amount_ore is None:
        return None
    facts = {"amount": shown_amount(amount_ore), "meant": shown_amount(other)}
    return found(FIGURE_ODD, Place(column=account), account=account, **facts)
