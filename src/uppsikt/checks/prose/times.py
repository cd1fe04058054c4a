"""The same amount told with different years."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from uppsikt.checks.prose.facts import Fact, years_in
from uppsikt.checks.prose.reading import Prose
from uppsikt.checks.prose.values import significant
from uppsikt.checks.prose.words import GENERIC, VERBS

_FROM = re.compile(r"\bfrån\s+(?:år\s+|bokslut(?:et)?\s+|åren\s+)?((?:19|20)\d\d[\d\s,–-]*(?:och\s+(?:19|20)\d\d)?)")
_SHARED = 2  # words that both must use, figures and generic words apart


@dataclass(frozen=True, eq=False)
class YearOdds:
    """Two tellings of one amount and the years each gives it."""

    one: Fact
    two: Fact
    one_years: frozenset[int]
    two_years: frozenset[int]
    confidence: float


def years_at_odds(prose: Prose) -> Iterator[YearOdds]:
    """Amounts of at least three digits said to be from different years in sentences of the same words."""
    same: dict[tuple[object, object], list[tuple[Fact, frozenset[int]]]] = defaultdict(list)
    for fact in prose.facts:
        years = _origin(fact)
        if years and significant(fact) >= 3 and fact.is_money:
            same[fact.size, fact.number.decimals].append((fact, years))
    for holders in same.values():
        first, years = holders[0]
        for fact, others in holders[1:]:
            if years != others and fact.sentence is not first.sentence and _alike(first, fact) >= _SHARED:
                yield YearOdds(first, fact, years, others, 0.8)
                break


def _origin(fact: Fact) -> frozenset[int]:
    """The years the amount is said to be from, in the words before it."""
    found = list(_FROM.finditer(fact.own_words))
    return years_in(found[-1][1]) if found else frozenset()


def _alike(one: Fact, two: Fact) -> int:
    shared = one.sentence.stems & two.sentence.stems
    return sum(1 for word in shared if word not in GENERIC | VERBS and len(word) > 4)
