"""Allocation keys: how much of an assignment each unit bears, to the krona. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from uppsikt.core.language import Text
from uppsikt.core.money import ORE_PER_KRONA, allocate


class KeyKind(StrEnum):
    """What the shares come from."""

    BUDGET = "budget"
    EQUAL = "equal"
    BY_HAND = "by-hand"

    @property
    def label(self) -> Text:
        """What the user calls it."""
        return _LABELS[self]


_LABELS = {
    KeyKind.BUDGET: Text("budget på en kontogrupp", "budget on an account group"),
    KeyKind.EQUAL: Text("lika delar", "equal parts"),
    KeyKind.BY_HAND: Text("andelar för hand", "shares by hand"),
}


@dataclass(frozen=True, slots=True)
class AllocationKey:
    """Which units share, and by what: the budget on `account`, equal parts, or `weights` beside the units."""

    kind: KeyKind
    units: tuple[str, ...]
    account: str = ""
    weights: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A unit's part of an amount: its base (öre of budget, or a share) and what it bears, in öre."""

    unit: str
    weight: int
    amount_ore: int


def distribute(amount_ore: int, units: Sequence[str], weights: Sequence[int]) -> tuple[Part, ...]:
    """Parts in whole kronor that make the amount: largest remainder, the earlier unit first where they tie.

    Raises ValueError for an amount with öre, and where no weight is above zero or one is below.
    """
    kronor, ore = divmod(amount_ore, ORE_PER_KRONA)
    if ore:
        raise ValueError("not whole kronor")
    parts = allocate(kronor, list(weights))
    return tuple(
        Part(unit, weight, part * ORE_PER_KRONA) for unit, weight, part in zip(units, weights, parts, strict=True)
    )
