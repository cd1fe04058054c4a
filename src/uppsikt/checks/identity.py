"""Which report this is: its year and round, as most of its titles, running lines and first lines say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from uppsikt.checks.document import Document, Span

_NAME = (
    r"(?:delårsrapport|delårsbokslut|delårsresultat|delår|årsrapport|årsredovisning|årsbokslut|tertialrapport"
    r"|månadsrapport|kvartalsrapport|verksamhetsberättelse|uppföljningsrapport|prognosrapport)"
)
_ROUND = re.compile(r"\b(?:prognos|delår|tertial|kvartal|delårsrapport)\s+(?P<round>[1-4])(?!\d)", re.IGNORECASE)
_NAMED = re.compile(rf"\b{_NAME}\b[^.\n]{{0,60}}?\b(?P<year>20\d\d)\b(?!\s*[–-]\s*20)", re.IGNORECASE)
# words that lead to the name of another report, which this one is held against
_OF_ANOTHER = re.compile(
    r"\b(?:avvikelse\w*|utfall\w*|budget\w*|prognos\w*|jämför\w*|förändring\w*|sedan|mot|med|från|än|enligt|i)\s+$",
    re.IGNORECASE,
)
FIRST_LINES = 40
RUNNING_WEIGHT = 1
TITLE_WEIGHT = 2


@dataclass(frozen=True, slots=True)
class Naming:
    """A place where the report names itself: its year and round, None where it doesn't say."""

    year: int | None
    round: int | None
    span: Span
    kind: str  # "running", "heading" or "text"


@dataclass(frozen=True, slots=True)
class Identity:
    """The year and round that most places agree on, and how many say so."""

    year: int | None
    year_votes: int
    round: int | None
    round_votes: int
    namings: tuple[Naming, ...]


def identity_of(document: Document) -> Identity:
    """What the report says it is, by a vote of the places where it names itself."""
    namings = tuple(_namings(document))
    years: Counter[int] = Counter()
    rounds: Counter[int] = Counter()
    for one in namings:
        weight = RUNNING_WEIGHT if one.kind == "running" else TITLE_WEIGHT
        if one.year:
            years[one.year] += weight
        if one.round:
            rounds[one.round] += weight
    year, year_votes = years.most_common(1)[0] if years else (None, 0)
    number, round_votes = rounds.most_common(1)[0] if rounds else (None, 0)
    return Identity(year, year_votes, number, round_votes, namings)


def naming_in(text: str, line: int, kind: str) -> Naming | None:
    """The report's own name in a line, if it stands there."""
    found = _NAMED.search(text)
    if not found or (kind == "heading" and _OF_ANOTHER.search(text, 0, found.start())):
        return None
    turn = _ROUND.search(found[0])
    return Naming(int(found["year"]), int(turn["round"]) if turn else None, Span(line, *found.span()), kind)


def _namings(document: Document) -> Iterator[Naming]:
    running = {one.span.line for one in document.running}
    headings = {one.span.line for one in document.headings}
    for line in document.lines:
        if line.number in running:
            kind = "running"
        elif line.number in headings:
            kind = "heading"
        elif line.number <= FIRST_LINES:
            kind = "text"
        else:
            continue
        found = naming_in(line.text, line.number, kind)
        if found:
            yield found
