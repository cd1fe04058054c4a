"""Arithmetic that running text does itself: differences it states, wholes it divides, parts it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.checks.prose.facts import Fact
from uppsikt.checks.prose.values import comparable, significant
from uppsikt.checks.prose.words import Tag

_HENCE = re.compile(r"\b(?:vilket|det vill säga|dvs|alltså|därmed|innebär|motsvarar)\b", re.IGNORECASE)
_DIVIDED = re.compile(
    r"\b(?:fördelas|fördelat|fördelar|består|utgörs|uppdela[dt]|delas|av\s+(?:avvikelsen|detta|dessa|beloppet)"
    r"|varav|nämligen|dels)\b|:",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrån(?:\s+\w+)?\s*$", re.IGNORECASE)
_TO = re.compile(r"\btill(?:\s+\w+)?\s*$", re.IGNORECASE)
_LONGEST = 12  # parts tried after a whole
PLAIN = 0.85  # from here a relation that does not come out is worth saying
_MOVES = (Tag.CHANGE, Tag.DEVIATION)


@dataclass(frozen=True, eq=False)
class Told:
    """A relation the text tells: `terms` with signs make `target`; `points` says how plainly (0–1)."""

    target: Fact
    terms: tuple[tuple[Fact, int], ...]
    points: float
    off: Decimal  # target less terms, in kronor or percent
    slack: Decimal
    unit_slip: bool = False  # it comes out if all figures are taken to have the same unit

    @property
    def holds(self) -> bool:
        """Whether rounding explains what differs."""
        return abs(self.off) <= self.slack

    @property
    def slipped(self) -> bool:
        """Whether one wrong digit would explain what differs: a single figure and noughts."""
        return not self.holds and _is_one_digit(self.off)


def told_by(facts: Sequence[Fact]) -> Iterator[Told]:
    """Every difference and division that the paragraphs tell, held or not."""
    for paragraph in _paragraphs(facts):
        yield from _differences([fact for fact in paragraph if fact.sentence.flow is paragraph[0].sentence.flow])
        yield from _divisions(paragraph)


def _paragraphs(facts: Sequence[Fact]) -> list[list[Fact]]:
    """The facts of each paragraph; the items of a list belong to the paragraph that announces it with a colon."""
    made: list[list[Fact]] = []
    for fact in facts:
        flow = fact.sentence.flow
        first = made[-1][0].sentence.flow if made else None
        listed = first is not None and flow.passage.bullet and _announces(first.passage.text)
        if first is not None and (flow is first or listed):
            made[-1].append(fact)
        else:
            made.append([fact])
    return made


def _announces(text: str) -> bool:
    return text.rstrip().endswith(":")


def _differences(facts: list[Fact]) -> Iterator[Told]:
    for index, fact in enumerate(facts):
        if fact.head not in _MOVES or index < 2 or significant(fact) < 2 or fact.is_part:
            continue
        near = [one for one in facts[max(0, index - 4) : index] if comparable(one, fact) and _close(one, fact)]
        best: Told | None = None
        for second in reversed(near):
            for first in reversed(near[: near.index(second)]):
                told = _difference(fact, first, second)
                if told and (told.holds or told.points >= PLAIN) and _is_better(told, best):
                    best = told
        if best:
            yield best


def _is_better(told: Told, best: Told | None) -> bool:
    return best is None or (told.holds, told.points) > (best.holds, best.points)


def _close(one: Fact, two: Fact) -> bool:
    return two.sentence.index - one.sentence.index <= 2


def _difference(fact: Fact, first: Fact, second: Fact) -> Told | None:
    points = _plainness(fact, first, second)
    if points < 0.4 or Tag.CHANGE in (first.head, second.head) or first.is_part or second.is_part:
        return None
    large, small = (first, second) if _signed(first) >= _signed(second) else (second, first)
    slack = fact.step + first.step + second.step
    between = _signed(large) - _signed(small)
    off = fact.size - between
    terms = ((large, 1), (small, -1))
    if abs(off) > slack and not _is_one_digit(off) and _is_one_digit(fact.size + between):
        off, terms = fact.size + between, ((small, 1), (large, -1))
    return Told(fact, terms, points, off, slack, abs(off) > slack and _is_unit_slip(fact, terms))


def _is_unit_slip(target: Fact, terms: tuple[tuple[Fact, int], ...]) -> bool:
    """Whether it comes out once all figures are taken to have the same unit."""
    everyone = (target, *(term for term, _ in terms))
    if len({one.number.unit for one in everyone}) == 1:
        return False
    made = sum((sign * abs(term.number.value).copy_sign(term.value) for term, sign in terms), Decimal(0))
    reach = sum((one.number.ulp for one in everyone), Decimal(0)) / 2
    return abs(abs(target.number.value) - abs(made)) <= reach


def _is_one_digit(off: Decimal) -> bool:
    """A single figure and noughts: 200 000, 0,3."""
    digits = str(abs(off.normalize())).split("E")[0]
    return len(digits.replace(".", "").replace("0", "")) == 1


def _signed(fact: Fact) -> Decimal:
    return fact.size.copy_sign(fact.value)


def _plainness(fact: Fact, first: Fact, second: Fact) -> float:
    """How plainly the words say that one figure is the difference of two others."""
    beside = second.sentence is fact.sentence
    if second.is_prior and second.before[0] <= first.number.end + 40:
        return 0.95 if beside else 0.7
    if _FROM.search(first.own_words) and _TO.search(second.own_words):
        return 0.9 if beside else 0.7
    if fact.head is Tag.DEVIATION and (second.head is Tag.BUDGET) != (first.head is Tag.BUDGET):
        return 0.85 if _HENCE.search(fact.own_words) or beside else 0.6
    if beside and _HENCE.search(fact.own_words) and first.head in _MOVES:
        return 0.85
    return 0.5 if beside else 0.0


def _divisions(facts: list[Fact]) -> Iterator[Told]:
    taken = 0
    for index, whole in enumerate(facts):
        if index < taken or significant(whole) < 2 or whole.number.approximate:
            continue
        following = [
            one
            for one in facts[index + 1 : index + 1 + _LONGEST]
            if comparable(one, whole) and (one.sentence.index - whole.sentence.index <= 1 or _is_item(one, whole))
        ]
        told = _division(whole, following)
        if told:
            taken = index + 1 + len(told.terms)
            yield told


def _is_item(part: Fact, whole: Fact) -> bool:
    return bool(part.sentence.flow.passage.bullet) and part.sentence.flow is not whole.sentence.flow


def _division(whole: Fact, following: list[Fact]) -> Told | None:
    cue = bool(following) and _is_divided(whole, following[0])
    runs = [following[:count] for count in range(2, len(following) + 1)]
    made = [_told(whole, run, cue) for run in runs]
    holding = [told for told in made if told.holds and (cue or len(told.terms) >= 3)]
    listed = len(following) >= 3 and all(part.head is whole.head for part in following)
    off = _off(made, following) if cue or listed else None
    return off if off and listed else holding[-1] if holding else off


def _off(made: list[Told], following: list[Fact]) -> Told | None:
    """The run of parts that one slip would explain: those of one sentence, or else all."""
    first = following[0]
    beside = sum(1 for part in following if part.sentence is first.sentence or part.sentence.flow.passage.bullet)
    runs = [told for told in made if len(told.terms) in (beside, len(following))]
    return next((told for told in runs if told.slipped or told.unit_slip), None)


def _is_divided(whole: Fact, part: Fact) -> bool:
    text = whole.sentence.flow.passage.text
    if _is_item(part, whole):
        return True
    between = text[whole.number.end : part.number.start] + " " + text[part.after[0] : part.after[1] + 20]
    return bool(_DIVIDED.search(between))


def _told(whole: Fact, parts: list[Fact], cue: bool) -> Told:
    said = any(part.sign_is_said for part in parts)
    by_sign = sum((_signed(part) for part in parts), Decimal(0))
    by_size = sum((part.size for part in parts), Decimal(0))
    if said and whole.sign_is_said:
        mine, sums = _signed(whole), by_sign
    else:  # "13,2 mnkr: skola 15,0, fritid -1,8": the whole needs no sign for its parts to have one
        mine, sums = whole.size, min(by_size, abs(by_sign), key=lambda made: abs(whole.size - made))
    points = 0.85 if cue else 0.8
    slack = whole.step + sum((part.step for part in parts), Decimal(0))
    terms = tuple((part, 1) for part in parts)
    off = mine - sums
    return Told(whole, terms, points, off, slack, abs(off) > slack and _is_unit_slip(whole, terms))


@dataclass(frozen=True, eq=False)
class Excess:
    """A part that is larger than its whole."""

    whole: Fact
    part: Fact
    points: float


_OF_THIS = re.compile(r"\bav\s+(?:detta|dessa|det|beloppet|dem)\b", re.IGNORECASE)
_WHEREOF = re.compile(r"\b(?:varav|därav)\b", re.IGNORECASE)
_MOSTLY = re.compile(
    r"\bvarav\s+(?:den\s+)?(?:största\s+del(?:en)?|större\s+del(?:en)?|merparten|huvuddelen)\s+(?:\w+\s+){0,3}?"
    r"(?:inom|hos|i|på|avser|av)\s+(?P<names>[^.;:]*)",
    re.IGNORECASE,
)


def excesses_of(facts: Sequence[Fact]) -> Iterator[Excess]:
    """Parts larger than their wholes: "6,6 mnkr, varav … 10,2 mnkr"."""
    for index, part in enumerate(facts):
        whole = facts[index - 1] if index else None
        if whole is None or not comparable(whole, part) or not _is_part(whole, part):
            continue
        if part.size - whole.size > part.step + whole.step and _same_way(whole, part):
            yield Excess(whole, part, 0.9 if whole.head in (Tag.COST, Tag.INCOME, Tag.BUDGET, None) else 0.8)
    yield from _larger_than_most(facts)


def _is_part(whole: Fact, part: Fact) -> bool:
    if whole.sentence is part.sentence:
        return bool(_WHEREOF.search(part.own_words)) and not whole.is_part
    return whole.sentence.index + 1 == part.sentence.index and bool(_OF_THIS.search(part.own_words))


def _same_way(whole: Fact, part: Fact) -> bool:
    return not (whole.sign_is_said and part.sign_is_said) or (whole.value < 0) == (part.value < 0)


def _larger_than_most(facts: Sequence[Fact]) -> Iterator[Excess]:
    """ "… varav största delen finns inom X", and then a figure in X that is larger than the whole."""
    for index, whole in enumerate(facts):
        text = whole.sentence.flow.passage.text
        said = _MOSTLY.search(text, whole.number.end, whole.sentence.end)
        if not said:
            continue
        begin = said.start("names")
        names = {token.stem for token in whole.sentence.tokens if token.start >= begin and token.capital}
        for part in facts[index + 1 : index + 4]:
            if part.sentence.flow is not whole.sentence.flow or not comparable(part, whole):
                break
            named = any(token.stem in names for token in part.sentence.tokens)
            if named and part.size > whole.size + whole.step and _same_way(whole, part):
                yield Excess(whole, part, 0.7)
                break
