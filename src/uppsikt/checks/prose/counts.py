"""Lists of counts headed by one category that, by the text's own account, hold another as well."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from uppsikt.checks.document import Cell, Document, Line, Span
from uppsikt.checks.prose.naming import Name
from uppsikt.checks.prose.reading import Prose
from uppsikt.checks.prose.sentences import Sentence
from uppsikt.checks.prose.words import stems_in

_OF = re.compile(r"\b(?P<some>\d{1,3})\s+av\s+(?:de\s+)?(?P<all>\d{1,3})\b")
_LEGEND = re.compile(r"^\s*(?P<mark>[^\W\d_]+)\s+[-–:]\s+(?P<what>[^.]{4,60}?)\s*$")
_ABOVE = 8  # lines above a list that may head it
_PREFIX = 6  # letters of a category that must stand in a sentence ("pension" – "pensionsavgångar")


@dataclass(frozen=True, eq=False)
class Mixed:
    """A count of a list, how many of it are of another category, and where that is said."""

    name: Name
    cell: Cell
    some: int
    all: int
    listed: str
    other: str
    spans: tuple[Span, ...]


def mixed_in(prose: Prose) -> Iterator[Mixed]:
    """ "3 av 4 …" of another category than the list's heading, both kept apart by a legend or two lines."""
    legends = list(_legends(prose.document))
    if not legends:
        return
    for sentence in prose.sentences:
        for found in _OF.finditer(sentence.text):
            for name, cell in _counted(prose, sentence, int(found["all"])):
                yield from _of_another(prose, sentence, found, name, cell, legends)


def _legends(document: Document) -> Iterator[tuple[str, str]]:
    """Two lines in a row that each explain a mark: the categories that a figure keeps apart."""
    for one, two in pairwise(_LEGEND.match(line.text) for line in document.lines):
        if one and two and one["mark"] != two["mark"]:
            yield one["what"], two["what"]
            yield two["what"], one["what"]


def _counted(prose: Prose, sentence: Sentence, count: int) -> Iterator[tuple[Name, Cell]]:
    for mention in prose.matcher.names.mentioned(sentence.tokens):
        for cell in mention.name.row.cells:
            if mention.coverage >= 1 and cell is not None and cell.number and cell.number.value == count:
                yield mention.name, cell


def _of_another(
    prose: Prose,
    sentence: Sentence,
    found: re.Match[str],
    name: Name,
    cell: Cell,
    legends: Sequence[tuple[str, str]],
) -> Iterator[Mixed]:
    following = sentence.lower[found.end() :]
    heading = _heading_of(prose.document.lines, name)
    for listed, other in legends:
        heads = all(stem[:_PREFIX] in heading for stem in stems_in(listed))
        said = any(len(stem) >= _PREFIX and stem[:_PREFIX] in following for stem in stems_in(other))
        if heads and said:
            start = sentence.start + found.start()
            spans = sentence.spans(start, sentence.start + found.end())
            yield Mixed(name, cell, int(found["some"]), int(found["all"]), listed, other, spans)
            return


def _heading_of(lines: Sequence[Line], name: Name) -> str:
    first = name.table.first_line
    above = (line.text for line in lines[max(0, first - _ABOVE) : first])
    return " ".join(text.lower() for text in above if not _LEGEND.match(text))
