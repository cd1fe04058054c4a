"""Passages said twice: where only the figures differ, one of them was left behind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from uppsikt.checks.numbers import Number
from uppsikt.checks.prose.sentences import Sentence
from uppsikt.checks.prose.values import slip_of_numbers
from uppsikt.checks.prose.words import VERBS, Token

_LEAST = 8  # words a sentence must have to be known again
_MOST = 120  # and may have: more is a list, or a text without full stops
_SHARED = 0.6  # of its runs of three words
_OFTEN = 12  # times that three words stand together, from which they are a turn of phrase
_FIGURES = 0.25  # of its words: more, and no verb, is a list of references that repeats on purpose
_CONTEXT = 3  # words beside a figure that must be the same in both
_YEARS = range(1900, 2100)


@dataclass(frozen=True, eq=False)
class Masked:
    """A sentence as stems, its figures replaced by "#" (years too: a repeat may be left with last year's)."""

    sentence: Sentence

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Its figures."""
        return self.sentence.numbers

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """Its words, "#" where a figure stands."""
        figures = [(number.start, "#") for number in self.numbers]
        words = [(token.start, token.stem) for token in self.sentence.tokens if not self._in_figure(token)]
        return tuple(piece for _, piece in sorted(figures + words))

    def _in_figure(self, token: Token) -> bool:
        """Whether a word is a figure's sign ("minus")."""
        return any(number.start <= token.start < number.end for number in self.numbers)

    @property
    def tells(self) -> bool:
        """Whether it is said of the figures that they are something, or they stand in plenty of words."""
        return not VERBS.isdisjoint(self.stems) or self.stems.count("#") <= _FIGURES * len(self.stems)

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """Every three words in a row."""
        return frozenset(self.stems[at : at + 3] for at in range(len(self.stems) - 2))


@dataclass(frozen=True, eq=False)
class Drift:
    """Two figures at the same place of a passage said twice, and how alike the passages are (0–1)."""

    one: Sentence
    two: Sentence
    first: Number
    second: Number
    alike: float
    words: int


def drifts_of(sentences: Sequence[Sentence]) -> Iterator[Drift]:
    """Figures that differ by a slip between two tellings of the same."""
    masked = [Masked(sentence) for sentence in sentences if sentence.numbers]
    masked = [one for one in masked if one.numbers and _LEAST <= len(one.stems) <= _MOST and one.tells]
    for one, two in _twins(masked):
        yield from _drifted(one, two)


def _twins(masked: Sequence[Masked]) -> Iterator[tuple[Masked, Masked]]:
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, one in enumerate(masked):
        earlier = Counter(other for run in one.runs for other in holders.get(run, ()))
        for other, shared in earlier.most_common(4):
            if shared >= _SHARED * min(len(one.runs), len(masked[other].runs)):
                yield masked[other], one
        for run in one.runs:
            if len(holders[run]) < _OFTEN:
                holders[run].append(index)


def _drifted(one: Masked, two: Masked) -> Iterator[Drift]:
    matcher = SequenceMatcher(None, one.stems, two.stems, autojunk=False)
    alike = matcher.ratio()
    at, there = _places(one), _places(two)
    blocks = matcher.get_matching_blocks()
    beside = [
        (one.numbers[at[block.a + offset]], two.numbers[there[block.b + offset]], block.size, offset)
        for block in blocks
        for offset in range(block.size)
        if one.stems[block.a + offset] == "#"
    ]
    if any(_is_of_another(first, second) for first, second, _, _ in beside):
        return
    same = sum(1 for first, second, _, _ in beside if first.value == second.value and not _is_year(first))
    for first, second, size, offset in beside:
        context = max(offset, size - 1 - offset)
        years = _is_year(first) and _is_year(second) and same > 0 and first.value != second.value
        if context >= _CONTEXT and size >= 2 * _CONTEXT and (years or _has_slipped(first, second)):
            yield Drift(one.sentence, two.sentence, first, second, alike * (0.9 if years else 1.0), size)


def _is_of_another(one: Number, two: Number) -> bool:
    """Whether two figures differ so that they must be of different things, told in the same words."""
    return one.value != two.value and not (_is_year(one) or _is_year(two) or _has_slipped(one, two))


def _is_year(number: Number) -> bool:
    return number.unit is None and not number.decimals and number.value in _YEARS


def _has_slipped(one: Number, two: Number) -> bool:
    if _is_year(one) or _is_year(two):
        return False
    if one.unit != two.unit:
        return one.value == two.value and one.unit is not None and two.unit is not None
    return slip_of_numbers(one, two) is not None


def _places(masked: Masked) -> dict[int, int]:
    """Which figure each "#" is."""
    marks = [index for index, word in enumerate(masked.stems) if word == "#"]
    return {mark: count for count, mark in enumerate(marks)}
