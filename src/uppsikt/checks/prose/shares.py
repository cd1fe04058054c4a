"""Claims that something is mainly due to one item, held against the table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.checks.document import Cell, Row, Span
from uppsikt.checks.numbers import written
from uppsikt.checks.prose.matching import Matcher
from uppsikt.checks.prose.naming import Mention, Name
from uppsikt.checks.prose.reading import Prose
from uppsikt.checks.prose.sentences import Sentence, worth_searching
from uppsikt.checks.prose.words import Tag, tags_in
from uppsikt.checks.seeking import Sought
from uppsikt.checks.tables.roles import Role, role_of

_MAINLY = Sought(
    *("främst", "framför", "huvudsak", "största", "första"),
    pattern=r"(?:främst|framför\s+allt|framförallt|huvudsakligen|i\s+huvudsak|till\s+största\s+del(?:en)?|i\s+första\s+hand)"
    r"\s+(?:inom|på|av|hos|från)\s+(?P<what>[^,.;:()]{3,60})",
)
_MUCH = Decimal("1.25")  # how much larger the other item must be to contradict


@dataclass(frozen=True, eq=False)
class Claim:
    """A claim, the item it names and an item that is larger in the same direction."""

    spans: tuple[Span, ...]
    named: str
    named_cell: Cell
    larger: str
    larger_cell: Cell
    confidence: float

    @property
    def named_shown(self) -> str:
        """The named item's figure as printed."""
        return _shown(self.named_cell)

    @property
    def larger_shown(self) -> str:
        """The larger item's figure as printed."""
        return _shown(self.larger_cell)


def claims_of(prose: Prose) -> Iterator[Claim]:
    """Every "mainly" about a deviation or a result that a table contradicts."""
    for sentence in worth_searching(prose.sentences, _MAINLY):
        for found in _MAINLY.finditer(sentence.lower):
            start, end = found.span("what")
            tokens = [token for token in sentence.tokens if start <= token.start - sentence.start < end]
            whole = [one for one in prose.matcher.names.mentioned(tokens) if one.coverage >= 0.9]
            if whole and _speaks_of_deviation(prose, sentence):
                yield from _contradicted(prose.matcher, sentence, whole, found)


def _speaks_of_deviation(prose: Prose, sentence: Sentence) -> bool:
    """Whether the sentence is about the deviation of the whole: itself, or with the sentence before it."""
    own = tags_in(sentence.text)
    if Tag.DEVIATION not in own:
        return False
    before = prose.sentences[sentence.index - 1] if sentence.index else None
    near = before is not None and before.flow is sentence.flow
    return Tag.TOTAL in own or (near and before is not None and Tag.TOTAL in tags_in(before.text))


def _contradicted(
    matcher: Matcher, sentence: Sentence, mentions: list[Mention], found: re.Match[str]
) -> Iterator[Claim]:
    for mention in mentions:
        column = _deviation_column(matcher, mention.name)
        larger = _larger(mention.name, column) if column is not None else None
        cell = mention.name.row.cells[column] if column is not None else None
        if larger is not None and cell is not None:
            spans = sentence.spans(sentence.start + found.start(), sentence.start + found.end())
            yield Claim(spans, mention.name.row.label, cell, larger[0], larger[1], 0.75)
            return


def _deviation_column(matcher: Matcher, name: Name) -> int | None:
    """The column of this report's own deviation: the last round's, where there are several."""
    headings = matcher.headings(name.table)
    columns = [index for index, heading in enumerate(headings) if heading.head is Tag.DEVIATION]
    own = [index for index in columns if headings[index].period.round in (None, matcher.frame.round)]
    return own[-1] if own else None


def _larger(name: Name, column: int) -> tuple[str, Cell] | None:
    """The item that is largest the way the total goes, if it is well above the one named."""
    figures = list(_figures(name, column))
    totals = [value for row, _, value in figures if role_of(row) is Role.TOTAL]
    mine = next((value for row, _, value in figures if row is name.row), None)
    if mine is None or not totals:
        return None
    way = -1 if totals[-1] < 0 else 1
    items = [(way * value, row.label, cell) for row, cell, value in figures if role_of(row) is Role.ITEM]
    most = max(items, key=lambda item: item[0], default=None)
    if most is None or most[0] <= _MUCH * max(way * mine, Decimal(0)):
        return None
    return most[1], most[2]


def _figures(name: Name, column: int) -> Iterator[tuple[Row, Cell, Decimal]]:
    for row in name.table.rows:
        cell = row.cells[column]
        if cell is not None and cell.number is not None:
            yield row, cell, cell.number.value


def _shown(cell: Cell) -> str:
    return written(cell.number.value, cell.number.decimals) if cell.number else cell.text
