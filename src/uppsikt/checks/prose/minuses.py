"""Shortfalls written without the minus that the report otherwise writes, and without a word that says which way."""

from __future__ import annotations

import re
from dataclasses import dataclass

from uppsikt.checks.document import Cell
from uppsikt.checks.prose.matching import BOUND, Match
from uppsikt.checks.prose.reading import Prose
from uppsikt.checks.prose.words import Tag, directions_in, trends_in

HABIT = 0.9  # of its other shortfalls the report writes with a minus, or else it has no such habit
FEWEST = 3  # shortfalls with a minus that make a habit
# words that tell which way without being of surplus or shortage, of rise or fall
_COMPARES = re.compile(
    r"\b(?:bättre|sämre|mer|mindre|dyrare|billigare|över|under|minus|plus|back|brist\w*|saknas|fattas|överdrag\w*"
    r"|tapp\w*|besparing\w*|ofinansiera\w*|högre|lägre|överstig\w*|understig\w*|försämr\w*|förbättr\w*)\b"
)


@dataclass(frozen=True, slots=True)
class Lost:
    """The shortfalls that neither sign nor word tells of, and how many are written with their minus."""

    bare: tuple[Match, ...] = ()
    signed: int = 0


def lost_minuses(prose: Prose) -> Lost:
    """Variances and results that agree with a negative cell but for a minus that neither sign nor word says."""
    below = [one for matches in prose.held.values() if (one := _shortfall(matches)) is not None]
    signed = sum(bool(one.fact.number.sign) for one in below)
    bare = [one for one in below if not one.fact.sign_is_said]
    if signed < FEWEST or signed < HABIT * (signed + len(bare) - 1):
        return Lost()
    return Lost(tuple(one for one in bare if one.is_named and not _tells_a_way(one.fact.sentence.lower)), signed)


def _shortfall(matches: tuple[Match, ...]) -> Match | None:
    """The agreement of a variance or a result with one negative cell."""
    first = matches[0] if matches else None
    if first is None or not first.agrees or first.score < BOUND or first.is_sum:
        return None
    if first.fact.head not in (Tag.DEVIATION, Tag.RESULT) or not first.fact.is_money or first.fact.is_part:
        return None
    return first if isinstance(first.terms[0], Cell) and first.amount.value < 0 else None


def _tells_a_way(lower: str) -> bool:
    return bool(directions_in(lower) or trends_in(lower) or _COMPARES.search(lower))
