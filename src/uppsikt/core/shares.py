"""Shares of amounts that make the whole to the öre, in a form a query can compute row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import gcd, lcm

from uppsikt.core.money import allocate

FINEST = 100_000  # a whole is cut in no more parts than this, however many splits follow on each other


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a split: `parts` of `whole`, and what it gets of the last few öre.

    Largest remainder needs no look at the other parts: of q·whole + r öre a share has q·parts, and of the r
    öre that are over always the same, `extras[r]`. So a share is a function of one amount, the shares of a
    split make the amount again, and a share of a share is a share.
    """

    parts: int = 1
    whole: int = 1
    extras: tuple[int, ...] = field(default=(0,), hash=False)  # long, and told well enough by the other two

    def of(self, amount_ore: int) -> int:
        """This share of an amount, in öre; a credit is shared as the debit it mirrors."""
        sign = -1 if amount_ore < 0 else 1
        times, over = divmod(abs(amount_ore), self.whole)
        return sign * (times * self.parts + self.extras[over])

    def then(self, following: Share) -> Share:
        """This share, of which the following share is taken: öre for öre the same as one after the other."""
        if following == ALL:
            return self
        if self == ALL:
            return following
        return _one_after_the_other(self, following)

    def plus(self, other: Share) -> Share:
        """This share and another of the same split together; all of a split's shares are the whole."""
        whole = lcm(self.whole, other.whole)
        extras = tuple(self.of(over) + other.of(over) for over in range(whole))
        parts = self.parts * (whole // self.whole) + other.parts * (whole // other.whole)
        return ALL if parts == whole and extras == tuple(range(whole)) else Share(parts, whole, extras)


ALL = Share()


def put_together(shares: Iterable[Share]) -> tuple[Share, ...]:
    """Shares of the same split as few shares: those that would cut the whole finer than `FINEST` stay apart."""
    found: list[Share] = []
    for share in shares:
        for at, other in enumerate(found):
            if lcm(other.whole, share.whole) <= FINEST:
                found[at] = other.plus(share)
                break
        else:
            found.append(share)
    return tuple(found)


@lru_cache(maxsize=256)
def _one_after_the_other(first: Share, second: Share) -> Share:
    whole = first.whole * second.whole
    return Share(first.parts * second.parts, whole, tuple(second.of(first.of(over)) for over in range(whole)))


def shares_of(weights: Sequence[int]) -> list[Share]:
    """The shares of a split by weights (positive): `[3, 2]` is 60 and 40 per cent.

    Raises ValueError for weights that aren't positive or make a whole finer than `FINEST`.
    """
    if not weights or any(weight <= 0 for weight in weights):
        raise ValueError("weights must be positive")
    common = gcd(*weights)
    return list(_shares_of(tuple(weight // common for weight in weights)))


@lru_cache(maxsize=256)
def _shares_of(parts: tuple[int, ...]) -> tuple[Share, ...]:
    whole = sum(parts)
    if whole > FINEST:
        raise ValueError(f"finer than 1/{FINEST}")
    if len(parts) == 1:
        return (ALL,)
    table = [allocate(over, parts) for over in range(whole)]
    return tuple(Share(part, whole, tuple(row[index] for row in table)) for index, part in enumerate(parts))
