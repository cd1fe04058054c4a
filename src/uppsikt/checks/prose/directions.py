"""Words of direction that the numbers beside them deny."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from uppsikt.checks.document import Span
from uppsikt.checks.numbers import written
from uppsikt.checks.prose.facts import Fact
from uppsikt.checks.prose.values import comparable
from uppsikt.checks.prose.words import trends_in

_BESIDE = re.compile(
    r"^\W*(?:\w*avvikelse\w*|\w*resultat\w*|utfall\w*)?\W*(?:(?:på|om|med|uppgår|uppgick|till|totalt|netto|ca|cirka|är)\s+){0,4}$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrån\s+(?:ca\s+|cirka\s+|drygt\s+|knappt\s+)?$", re.IGNORECASE)
_TO = re.compile(r"\btill\s+(?:ca\s+|cirka\s+|drygt\s+|knappt\s+)?$", re.IGNORECASE)
_NOT = re.compile(r"\b(?:inte|ej|utan|varken|knappast)\b", re.IGNORECASE)
_BUT = re.compile(r"\b(?:inte|ej|minskad|mindre|lägre|jämfört|mot)\b", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Odds:
    """A fact, the word that says otherwise, where that stands, and how sure it is."""

    fact: Fact
    word: str
    shown: str
    spans: tuple[Span, ...]
    confidence: float


def at_odds(facts: Sequence[Fact]) -> Iterator[Odds]:
    """Every surplus with a minus, and every rise that falls."""
    for fact in facts:
        yield from _sign(fact)
    for first, second in itertools.pairwise(facts):
        if first.sentence is second.sentence and comparable(first, second):
            yield from _trend(first, second)


def _sign(fact: Fact) -> Iterator[Odds]:
    direction = fact.direction
    if direction is None or not fact.number.sign or not fact.number.value or direction.start >= fact.number.start:
        return
    written_sign = -1 if fact.number.value < 0 else 1
    # "underskott om -5" says minus twice, which is no contradiction; "underskott om +5" and "överskott om -5" are
    if written_sign == direction.sign:
        return
    text = fact.sentence.flow.passage.text
    between = text[direction.end : fact.number.start]
    if _BUT.search(between):
        return
    sure = bool(_BESIDE.match(between))
    spans = fact.sentence.flow.passage.spans(direction.start, direction.end)
    yield Odds(fact, direction.word, fact.text, spans, 0.93 if sure else 0.65)


def _trend(first: Fact, second: Fact) -> Iterator[Odds]:
    """ "ökat från 8,1 till 7,6"."""
    if (
        not (_FROM.search(first.own_words) and _TO.search(second.own_words))
        or first.number.unit != second.number.unit
    ):
        return
    trends = trends_in(first.own_words)
    if not trends or first.value == second.value or first.value < 0 or second.value < 0:
        return
    rises = abs(second.number.value) > abs(first.number.value)
    if (
        rises == (trends[-1].sign > 0)
        or _NOT.search(first.own_words)
        or _BUT.search(first.own_words[trends[-1].end :])
    ):
        return
    start = first.before[0] + trends[-1].start
    spans = first.sentence.flow.passage.spans(start, start + len(trends[-1].word))
    shown = f"{written(first.number.value)} → {written(second.number.value)} {second.number.unit or ''}".strip()
    yield Odds(second, trends[-1].word, shown, spans, 0.93)
