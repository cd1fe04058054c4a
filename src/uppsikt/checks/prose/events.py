"""When things began, ended and moved, as different sentences tell it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from uppsikt.checks.document import Span
from uppsikt.checks.prose.sentences import Sentence, worth_searching
from uppsikt.checks.prose.words import GENERIC, Token
from uppsikt.checks.seeking import Sought
from uppsikt.core.periods import MONTHS_SV


class Happening(StrEnum):
    """What happened to it."""

    BEGAN = "began"
    ENDED = "ended"
    MOVED = "moved"


_HAPPENED = Sought(
    *("starta", "invigd", "öppnad", "verksamhetsår", "avsluta", "stäng", "upphör", "avveckla", "lades"),
    *("tillhör", "inordna", "omorganisera", "flytta"),
    pattern=r"(?P<BEGAN>starta(?:de|des|t|ts)\b|invigdes\b|öppnades?\b|första\s+verksamhetsår)"
    r"|(?P<ENDED>avsluta(?:de|des|ts)\b|stängdes?\b|stängts?\b|upphör(?:de|t)\b|avveckla(?:des|ts)\b|lades\s+ne[rd]\b)"
    r"|(?P<MOVED>tillhör\b|inordna(?:des|ts|s)\b|omorganisera(?:des|ts)\b|flytta(?:des|ts)\b)",
)
_SEASONS = {"våren": (1, 6), "sommaren": (6, 8), "hösten": (8, 12), "vintern": (12, 12)}
_WHEN = re.compile(
    r"årsskiftet\s+(?P<turn>(?:19|20)\d\d)(?:\s?[-–/]\s?(?:(?:19|20)?\d\d))?"
    rf"|(?:(?P<since>från|sedan)(?:\s+och\s+med)?\s+)?(?:den\s+)?(?:\d{{1,2}}\s+)?"
    rf"(?P<month>{'|'.join(MONTHS_SV)})(?:\s+månad)?(?:\s+(?P<month_year>(?:19|20)\d\d))?"
    r"|(?P<season>(?:våren|sommaren|hösten|vintern)(?:/(?:våren|sommaren|hösten|vintern))*)"
    r"(?:\s+(?P<season_year>(?:19|20)\d\d))?"
    r"|(?P<last>förra\s+året|föregående\s+år|i\s+fjol)"
    r"|(?P<this>i\s+år\b|under\s+året|detta\s+första\s+verksamhetsår|årets\s+första\s+verksamhetsår)"
    r"|(?P<from_year>från(?:\s+och\s+med)?\s+(?:år\s+)?(?P<from>(?:19|20)\d\d))"
    r"|(?:år|under|i)\s+(?P<year>(?:19|20)\d\d)\b(?!\s?[-–]\s?(?:19|20))",
    re.IGNORECASE,
)
_NOT_SUBJECT = frozenset(("inom", "från", "till", "för", "i", "på", "av", "hos", "med", "via"))
_LETTERS = 7  # that a name must have, or share with another name
_FIRST_LETTERS = 10  # that the first word must have, whose capital says nothing
_BACK = 14  # words before the verb that its subject is looked for in
Months = tuple[int, int]  # first and last month, counted from year nought


@dataclass(frozen=True, eq=False)
class Event:
    """What a sentence says happened to something, and between which months."""

    sentence: Sentence
    subject: str
    happening: Happening
    months: Months
    told: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, eq=False)
class TimeOdds:
    """Two tellings of one event that can't both be true."""

    one: Event
    two: Event
    confidence: float


def events_of(sentences: Sequence[Sentence], year: int | None) -> tuple[Event, ...]:
    """Every event with a time; `year` is what "this year" means."""
    made: list[Event] = []
    for sentence in worth_searching(sentences, _HAPPENED):
        for found in _HAPPENED.finditer(sentence.lower):
            happening = Happening[found.lastgroup or "BEGAN"]
            when = _when(sentence, found, year)
            if when is None:
                continue
            months, told = when
            for subject in _subjects(sentences, sentence, found):
                spans = sentence.spans(sentence.start + found.start(), sentence.start + found.end())
                made.append(Event(sentence, subject, happening, months, told, spans))
    return tuple(made)


def times_at_odds(events: Sequence[Event]) -> Iterator[TimeOdds]:
    """Events of the same kind and subject whose months don't meet; each event is remarked on once."""
    remarked: set[int] = set()
    for index, two in enumerate(events):
        for one in events[:index]:
            if one.happening is not two.happening or one.sentence is two.sentence or two.sentence.index in remarked:
                continue
            alike = _alike(one, two)
            if alike and (one.months[1] < two.months[0] or two.months[1] < one.months[0]):
                remarked.add(two.sentence.index)
                yield TimeOdds(one, two, alike)


def _alike(one: Event, two: Event) -> float:
    if one.subject == two.subject:
        return 0.7
    shared = _common_start(one.subject, two.subject)
    beside = {
        word for word in one.sentence.stems & two.sentence.stems if word not in GENERIC and len(word) >= _LETTERS
    }
    return 0.5 if shared >= _LETTERS and beside - {one.subject, two.subject} else 0.0


def _common_start(one: str, two: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))


def _when(sentence: Sentence, verb: re.Match[str], year: int | None) -> tuple[Months, str] | None:
    """The time told nearest to the verb: after it, or else before it in the sentence."""
    text = sentence.text
    if verb.group().startswith("första") and year:
        return _of_year(year), "detta första verksamhetsår"
    after = _WHEN.search(text, verb.end(), min(len(text), verb.end() + 60))
    before = None if after else next(reversed(list(_WHEN.finditer(text, 0, verb.start()))), None)
    found = after or before
    months = _months(found, year) if found else None
    return (months, found.group().strip()) if found and months else None


def _months(found: re.Match[str], year: int | None) -> Months | None:
    if found["turn"]:
        turn = int(found["turn"])
        return turn * 12 + 11, turn * 12 + 12
    if found["from_year"]:
        return int(found["from"]) * 12, int(found["from"]) * 12
    if found["year"]:
        return _of_year(int(found["year"]))
    own = found["month_year"] or found["season_year"]
    told = int(own) if own else year
    if told is None:
        return None
    if found["month"]:
        month = told * 12 + MONTHS_SV.index(found["month"].lower())
        return month, month
    if found["season"]:
        spans = [_SEASONS[one.lower()] for one in found["season"].split("/")]
        return told * 12 + min(first for first, _ in spans) - 1, told * 12 + max(last for _, last in spans) - 1
    return _of_year(told - 1 if found["last"] else told)


def _of_year(year: int) -> Months:
    return year * 12, year * 12 + 11


def _subjects(sentences: Sequence[Sentence], sentence: Sentence, verb: re.Match[str]) -> list[str]:
    """The proper name that the verb is of: the last before it, else those listed after it, else the paragraph's."""
    at = sentence.start + verb.start()
    before = [token for token in sentence.tokens if token.end <= at][-_BACK:]
    named = _names(before)
    if named:
        return named[-1:]
    listed = _names([token for token in sentence.tokens if token.start > at])
    if listed and not verb.group().startswith("första"):
        return listed
    earlier = sentences[sentence.index - 1] if sentence.index else None
    return _names(list(earlier.tokens))[-1:] if earlier is not None and earlier.flow is sentence.flow else []


def _names(tokens: Sequence[Token]) -> list[str]:
    """Words with a capital that aren't led by a preposition."""
    made = []
    for index, token in enumerate(tokens):
        led = index > 0 and tokens[index - 1].stem in _NOT_SUBJECT
        long_enough = len(token.stem) >= (_LETTERS if index else _FIRST_LETTERS)
        if token.capital and not led and long_enough and token.stem not in GENERIC:
            made.append(token.stem)
    return made
