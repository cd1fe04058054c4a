"""Rows put together from lines: labels broken over lines, figures without a label, cells under each other."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from uppsikt.checks.document import Span
from uppsikt.checks.reading.lines import NOTE_LIST, Kind, Parsed
from uppsikt.checks.reading.regions import Region
from uppsikt.checks.reading.segment import natural
from uppsikt.checks.reading.words import Word

_OPEN_END = re.compile(
    r"(?:(?<!\d),|[/&(-]|\b(?:och|samt|eller|av|för|med|till|på|i|mot|inom|exkl\.?|inkl\.?))$", re.IGNORECASE
)
_OWN_START = re.compile(r"^(?:v\s?arav|därav|exkl|inkl|s:a|summa|totalt?)\b", re.IGNORECASE)


@dataclass(slots=True)
class RawRow:
    """A row before its figures are divided into cells. Built up while reading."""

    label: list[Word] = field(default_factory=list)
    figures: list[Word] = field(default_factory=list)
    after: list[Word] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its label as one text, a word divided at a line's end made whole."""
        text = ""
        line = 0
        for word in self.label:
            divided = text.endswith("-") and line and word.line != line and word.text[:1].islower()
            text = text[:-1] + word.text if divided else f"{text} {word.text}"
            line = word.line
        return text.strip()

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the label stands, one span a line."""
        lines = dict.fromkeys(word.line for word in self.label)
        parts = ([word for word in self.label if word.line == line] for line in lines)
        return tuple(Span(words[0].line, words[0].start, words[-1].end) for words in parts)


def raw_rows(region: Region, *, vertical: bool) -> list[RawRow]:
    """The rows of a region, in order; a row without figures is a heading or an empty row."""
    rows: list[RawRow] = []
    pending: list[Parsed] = []
    for one in region.body:
        if one.kind is not Kind.FIGURES:
            pending.append(one)
            continue
        rest = _continue_last(rows, pending)
        row = RawRow(list(one.label), _whole(one) if vertical else list(one.figures), list(one.after))
        if not one.label and not rest and vertical and rows:
            rows[-1].figures += row.figures
            rows[-1].after += row.after
        else:
            rest = _take_prefix(row, rest)
            rows += [RawRow(_words(line)) for line in rest]
            rows.append(row)
        pending = []
    rows += [RawRow(_words(line)) for line in _continue_last(rows, pending)]
    return rows


def _whole(one: Parsed) -> list[Word]:
    """The figures of a line; where cells stand under each other, one that is all of its line can't be divided."""
    figures = list(one.figures)
    if one.label or one.after or len(figures) < 2 or len(natural(figures)) > 1:
        return figures
    first, last = figures[0], figures[-1]
    text = one.line.text[first.start : last.end]
    digits = "".join(word.digits for word in figures)
    sign = next((word.text if word.is_dash else word.sign for word in figures if word.is_dash or word.sign), "")
    return [last._replace(text=text, start=first.start, left=first.left, wide=True, sign=sign, digits=digits)]


def _words(one: Parsed) -> list[Word]:
    return [*one.label, *one.figures, *one.after]


def _continue_last(rows: list[RawRow], pending: list[Parsed]) -> list[Parsed]:
    """Let the last row take the lines that go on with its label; the rest is returned."""
    rest = list(pending)
    while rest and rows and rows[-1].figures and _goes_on(rows[-1], rest[0]):
        rows[-1].label += _words(rest.pop(0))
    return rest


def _goes_on(row: RawRow, one: Parsed) -> bool:
    text = one.line.text.strip()
    if not row.label or _OWN_START.match(text):
        return False
    return text[0].islower() or text[0] in "(" or bool(_OPEN_END.search(row.text))


def _take_prefix(row: RawRow, pending: list[Parsed]) -> list[Parsed]:
    """Give the row the lines above that begin its label; the rest is returned."""
    rest = list(pending)
    while rest and _wants_beginning(row, rest[-1]):
        row.label = _words(rest.pop()) + row.label
    return rest


def _wants_beginning(row: RawRow, above: Parsed) -> bool:
    text = row.text
    if not row.label or NOTE_LIST.match(text) or text.casefold() == "not":
        return True
    if _OWN_START.match(text):
        return False
    return text[0].islower() and (
        above.line.text.strip()[:1].isupper() or _OWN_START.match(above.line.text.strip()) is not None
    )
