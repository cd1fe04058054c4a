"""The running text as a whole: sentences, facts, and everything they were held against, worked out once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from uppsikt.checks.document import Document, Table
from uppsikt.checks.prose.conflicts import Conflict, conflicts_of
from uppsikt.checks.prose.facts import Fact, facts_of
from uppsikt.checks.prose.matching import BOUND, LIKELY, Match, Matcher, confirmed
from uppsikt.checks.prose.pairs import Pair, pairs_of
from uppsikt.checks.prose.repeats import Drift, drifts_of
from uppsikt.checks.prose.sentences import Flow, Sentence, flows_of, sentences_of
from uppsikt.checks.prose.sums import Excess, Told, excesses_of, told_by
from uppsikt.checks.prose.values import amount_of, significant

ALIKE = 0.6  # from here two facts are taken to speak of the same thing


class Prose:
    """What a document's running text says in figures."""

    def __init__(self, document: Document, tables: Sequence[Table]) -> None:
        self.document = document
        self.tables = tables

    @cached_property
    def flows(self) -> tuple[Flow, ...]:
        """Its paragraphs, healed."""
        return flows_of(self.document)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences, in order."""
        return sentences_of(self.flows)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Its figures with a unit, in order."""
        return facts_of(self.sentences)

    @cached_property
    def matcher(self) -> Matcher:
        """What holds facts against tables."""
        return Matcher(self.tables, self.sentences, self.facts)

    @cached_property
    def held(self) -> Mapping[Fact, tuple[Match, ...]]:
        """Each fact held against the cells it may speak of."""
        return {fact: self.matcher.held(fact) for fact in self.facts}

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Facts of the same thing in two places."""
        return tuple(pairs_of(self.facts, self.sentences))

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """Arithmetic that the text does itself."""
        return tuple(told_by(self.facts))

    @cached_property
    def excesses(self) -> tuple[Excess, ...]:
        """Parts larger than their wholes."""
        return tuple(excesses_of(self.facts))

    @cached_property
    def drifts(self) -> tuple[Drift, ...]:
        """Figures that differ between two tellings of the same."""
        return tuple(drifts_of(self.sentences))

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Facts at odds with the cell their words point at."""
        return tuple(conflicts_of(self.held, self.supported))

    @cached_property
    def matches(self) -> tuple[Match, ...]:
        """Every agreement: fact and cell, fact and sum of cells, fact and other facts."""
        return tuple(self._agreements())

    @cached_property
    def supported(self) -> Mapping[Fact, float]:
        """Facts that agree with something else, and how surely that is the same thing."""
        best: dict[Fact, float] = defaultdict(float)
        for match in self.matches:
            best[match.fact] = max(best[match.fact], match.score)
        return best

    def _agreements(self) -> Iterator[Match]:
        for matches in self.held.values():
            first = matches[0] if matches else None
            if first is not None and first.agrees and first.points >= LIKELY:
                yield first
        for pair in self.pairs:
            if pair.agrees:
                yield from _both_ways(pair)
        for told in self.told:
            if told.holds:
                yield from _every_way(told)


def _both_ways(pair: Pair) -> Iterator[Match]:
    sure = pair.alike >= ALIKE and min(significant(pair.one), significant(pair.two)) > 1
    for fact, other in ((pair.one, pair.two), (pair.two, pair.one)):
        score = confirmed(pair.alike * 0.9, fact)
        score = score if sure else min(score, BOUND - 0.01)
        yield Match(fact, (other,), score, pair.alike, True, amount_of(other), other.text)


def _every_way(told: Told) -> Iterator[Match]:
    everyone = (told.target, *(term for term, _ in told.terms))
    for fact in everyone:
        others = tuple(one for one in everyone if one is not fact)
        yield Match(fact, others, told.points, told.points, True, amount_of(fact), is_sum=True)
