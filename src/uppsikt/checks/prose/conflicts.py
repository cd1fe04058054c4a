"""Facts that should agree with a cell and don't, each with how sure that is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from uppsikt.checks.prose.facts import Fact
from uppsikt.checks.prose.matching import LIKELY, Match
from uppsikt.checks.prose.sentences import Sentence
from uppsikt.checks.prose.words import GENERIC, SELVES, VERBS, Tag, directions_in, stems_in, tags_in

PLAIN = 0.75  # words point so plainly at the cell that any other figure is remarked on
ALMOST = 0.9
_BESIDE = 0.6  # of the best-named cell's points: a slip from a cell worse named than that is chance
# words that make the figure one of something narrower, wider or otherwise measured than the row
_SCOPED = re.compile(
    r"\b(?:exkl|rensa|justera|borträkn|räknas\b.{0,20}\bbort|utan\b|innan\b|oräkna|bortsett|utöver|förutom|inkl"
    r"|per\s+(?:elev|barn|invånar|brukar|plats|timme|månad|vecka|dygn|kvadrat|m2|årsarbet|anställd|person|kund)"
    r"|kvinn|män\b|mäns\b|ålder|yngre\b|genomsnitt|medel(?:värde|tal)|median|ytterligare\b|motsvara)",
    re.IGNORECASE,
)
# words that say that the figure is of the named row and more
_WITH = re.compile(r"\bräkna\w*\b.{1,60}\bin\b|\b(?:in|med)räkna|\binkl|\btillsammans\b", re.IGNORECASE)
_NOUN = 7  # letters from which an unknown word is taken for a noun
_ADVERB_WORDS = """
    således fortfarande framförallt preliminärt ungefär närmare slutligt slutlig däremot emellertid samtidigt
    beräknades respektive helåret perioden periodens innevarande delåret jämfört därmed knappt drygt landade landar
    nuvarande aktuell aktuella sedan beräknat prognosticerat väntade förväntas förväntad befaras bedömningen enligt
    januari februari september oktober november december augusti
"""
_ADVERBS = frozenset(_ADVERB_WORDS.split())
_LEVELS = (None, Tag.ACTUAL, Tag.SHARE)  # kinds said by no word: they ask for a slip before they are doubted


@dataclass(frozen=True, eq=False)
class Conflict:
    """A fact, the cell it should agree with (or the sum it agrees with instead), and the confidence."""

    match: Match
    confidence: float
    instead: Match | None = None  # agreement with another scope: the named row and one more


Held = Mapping[Fact, tuple[Match, ...]]


def conflicts_of(held: Held, supported: Mapping[Fact, float]) -> Iterator[Conflict]:
    """Every fact at odds with the cell its words point at.

    `supported` says how surely a fact agrees with something else, which speaks against doubting it.
    """
    anchors = _anchors(held)
    for fact, matches in held.items():
        if fact.is_part or not matches:
            continue
        agreeing = next((match for match in matches if match.agrees and match.points >= LIKELY), None)
        if agreeing is None:
            doubt = _doubt(matches, anchors[fact.sentence], supported.get(fact, 0.0))
            if doubt:
                yield doubt
        elif agreeing.is_sum and not _WITH.search(fact.own_words):
            named = next((match for match in matches if match.terms == agreeing.terms[:1]), None)
            if named is not None and not named.agrees:
                yield Conflict(named, 0.7, agreeing)


def _anchors(held: Held) -> dict[Sentence, set[int]]:
    """For each sentence, the lines of the rows that other figures of it agree with."""
    rows: dict[Sentence, set[int]] = defaultdict(set)
    for fact, matches in held.items():
        for match in matches[:2]:
            if match.agrees and match.score >= 0.8 and not match.is_sum:
                rows[fact.sentence].update(match.lines)
    return rows


def _doubt(matches: tuple[Match, ...], anchors: set[int], supported: float) -> Conflict | None:
    most = max(match.points for match in matches)
    near = [match for match in matches if match.points >= _BESIDE * most]
    best = max(near, key=lambda match: match.score + 0.35 * bool(match.slip) + _anchored(match, anchors))
    fact = best.fact
    anchor = _anchored(best, anchors)
    score = min(1.0, best.score + anchor)  # less than the words alone give where they point at other cells too
    if best.slip is None:
        silent = (
            not best.is_named or _names_another(best) or fact.head in _LEVELS or fact.unit_is_assumed or fact.is_prior
        ) or _is_self(best)
        if silent or score < PLAIN or supported >= 0.8:
            return None
        return None if _is_scoped(best) else Conflict(best, 0.55 + (0.25 if anchor else 0.15) * score)
    least = 0.8 if fact.head in _LEVELS and not anchor else LIKELY
    if best.points + anchor < least or (supported >= 0.8 and score < ALMOST) or fact.number.approximate:
        return None
    another = _names_another(best)
    if another and not best.is_named and Tag.TOTAL not in fact.tags:
        return None
    if _is_scoped(best):
        return Conflict(best, 0.55)
    sure = score >= ALMOST and supported < 0.8 and not another
    return Conflict(best, 0.92 if sure else min(0.65 if another else 0.88, 0.55 + 0.3 * score))


def _is_self(match: Match) -> bool:
    """Whether the row is called as the report calls itself ("Nämnd"): its costs, or all of the board's?"""
    return set(stems_in(match.label.split(", ")[0])) <= SELVES


def _names_another(match: Match) -> bool:
    """Whether a noun stands between the row's name and the figure, which the figure may be of instead."""
    fact = match.fact
    text = fact.sentence.flow.passage.text
    start = max(match.said_until, fact.before[0]) if match.is_named else fact.before[0]
    if match.is_named and match.said_until < fact.before[0]:
        start = match.said_until
    for token in fact.sentence.tokens:
        if not start <= token.start < fact.number.start or token.end - token.start < _NOUN:
            continue
        word = text[token.start : token.end].lower()
        known = token.stem in GENERIC | VERBS or token.is_self or word in _ADVERBS
        if not (known or tags_in(word) or directions_in(word)):
            return True
    return False


def _is_scoped(match: Match) -> bool:
    """Whether words by the figure make it another scope than the row's, and the row's label doesn't say so too."""
    fact = match.fact
    text = fact.sentence.flow.passage.text
    found = _SCOPED.search(text[fact.before[0] : fact.after[1]])
    return found is not None and found.group()[:5].lower() not in match.label.lower()


def _anchored(match: Match, anchors: set[int]) -> float:
    return 0.25 if anchors.intersection(match.lines) else 0.0
