"""Facts that speak of the same thing in different places: they should say the same."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from uppsikt.checks.prose.facts import Fact
from uppsikt.checks.prose.sentences import Sentence
from uppsikt.checks.prose.values import agree, amount_of, comparable, significant, slip_between
from uppsikt.checks.prose.words import GENERIC, LEAST, VERBS, Tag, Token, stem

_MEASURE_WORDS = """
    avvikelse budgetavvikelse negativ positiv prognos resultat överskott underskott mnkr tkr mkr kronor miljoner
    procent ca cirka sammantaget totalt beräknas uppgår beräknats
"""
_MEASURES = frozenset(stem(word) for word in _MEASURE_WORDS.split())
_NAMES_NOTHING = GENERIC | VERBS | _MEASURES
_WORDS = re.compile(r"[^\W\d_]+")
_COMMON = 2.0  # a stem in fewer sentences than one in e² says something
_USUAL = 150  # sentences; in a shorter text no word can be told to be rare by counting
_ENOUGH = 6.0  # how much shared words must say together
_HEADS = {Tag.RESULT: Tag.DEVIATION, Tag.ACTUAL: None, Tag.SHARE: None}


@dataclass(frozen=True, eq=False)
class Pair:
    """Two facts of the same thing: how alike their words are (0–1), and whether the figures agree."""

    one: Fact
    two: Fact
    alike: float
    agrees: bool


def pairs_of(facts: Sequence[Fact], sentences: Sequence[Sentence]) -> Iterator[Pair]:
    """Every two facts whose own words name the same thing, the same kind of figure and the same time."""
    if len(facts) < 2:
        return
    naming = {fact: _naming_words(fact) for fact in facts if not fact.is_prior}
    weights = _weights(sentences, {word for words in naming.values() for word in words})
    subjects = {
        fact: {word: weight for word in words if (weight := weights.get(word, 0.0)) > _COMMON}
        for fact, words in naming.items()
    }
    sharing: dict[str, list[Fact]] = defaultdict(list)
    for fact, words in subjects.items():
        for word in words:
            sharing[word].append(fact)
    seen: set[tuple[int, int]] = set()
    for holders in sharing.values():
        for index, one in enumerate(holders):
            for two in holders[index + 1 : index + 12]:
                key = (one.number.start + 10**7 * one.sentence.index, two.number.start + 10**7 * two.sentence.index)
                if key not in seen and one.sentence is not two.sentence and _same_kind(one, two):
                    seen.add(key)
                    alike = _alike(subjects[one], subjects[two])
                    if alike:
                        yield Pair(one, two, alike, agree(amount_of(one), amount_of(two)))


def slipped(pair: Pair) -> bool:
    """Whether two facts that should agree differ as by a slip of the pen."""
    one, two = pair.one, pair.two
    if pair.agrees or min(significant(one), significant(two)) < 2 or one.number.approximate or two.number.approximate:
        return False
    same_years = one.period.years == two.period.years or bool(one.period.years & two.period.years)
    return same_years and slip_between(one, amount_of(two)) is not None


def _weights(sentences: Sequence[Sentence], stems: Collection[str]) -> Mapping[str, float]:
    """How much each of the stems tells: the rarer its words in the document, the more."""
    words = Counter(word for sentence in sentences for word in sentence.lower.split())
    starts = {one[:LEAST] for one in stems}  # a stem is the beginning of its words
    counts: Counter[str] = Counter()
    for word, count in words.items():
        for found in _WORDS.findall(word):
            if found[:LEAST] in starts:
                counts[stem(found)] += count
    whole = max(len(sentences), _USUAL) + 1
    return {word: math.log(max(whole / count, 1.0)) for word, count in counts.items()}


def _naming_words(fact: Fact) -> set[str]:
    """The words that say what the fact is of."""
    start, end = fact.before[0], fact.after[1]
    words = _naming(token for token in fact.sentence.tokens if start <= token.start < end)
    if len(words) < 3:
        words |= _naming(token for token in fact.sentence.tokens if token.start < start)
    return words


def _naming(tokens: Iterator[Token]) -> set[str]:
    return {token.stem for token in tokens if token.stem not in _NAMES_NOTHING and len(token.stem) > 2}


def _alike(one: Mapping[str, float], two: Mapping[str, float]) -> float:
    shared = sum(worth for word, worth in one.items() if word in two)
    if shared < _ENOUGH:
        return 0.0
    alike = shared / max(sum(one.values()), sum(two.values()))
    return round(alike, 3) if alike >= 0.5 else 0.0


def _same_kind(one: Fact, two: Fact) -> bool:
    first, second = _HEADS.get(one.head, one.head), _HEADS.get(two.head, two.head)  # type: ignore[arg-type]
    if first != second or not comparable(one, two) or one.is_part != two.is_part:
        return False
    mine, other = one.period, two.period
    if mine.is_last_year != other.is_last_year or mine.round != other.round or mine.month != other.month:
        return False
    return not (mine.years and other.years and mine.years.isdisjoint(other.years))
