"""Lines sorted into headings, passages, tables, pictures and running lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from uppsikt.checks.document import Block, Document, Heading, Line, Span
from uppsikt.checks.reading.joining import joined

_BULLET = re.compile(r"^\s*([•●▪◦o–\-*])(\s+|$)")
_HEADING = re.compile(r"^\s{0,6}(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+([A-ZÅÄÖ][^.!?]{2,90})$")


def blocks_of(lines: tuple[Line, ...], *, source: str, kind: str) -> Document:
    """The document that the lines make."""
    pages = max((line.page for line in lines), default=0)
    return Document(source, kind, lines, tuple(_blocks(lines)), (), pages)


def _blocks(lines: tuple[Line, ...]) -> Iterator[Block]:
    gathered: list[Line] = []
    for line in lines:
        heading = _heading(line)
        starts_item = _BULLET.match(line.text)
        if not line.text.strip() or heading or starts_item:
            if gathered:
                yield _passage(gathered)
            gathered = []
        if heading:
            yield heading
        elif line.text.strip():
            gathered.append(line)
    if gathered:
        yield _passage(gathered)


def _passage(lines: list[Line]) -> Block:
    mark = _BULLET.match(lines[0].text)
    return joined(lines, bullet=mark[1], skip=mark.end()) if mark else joined(lines)


def _heading(line: Line) -> Heading | None:
    found = _HEADING.match(line.text)
    if not found:
        return None
    number, title = found[1], found[2].strip()
    return Heading(number, title, number.count(".") + 1, Span(line.number, found.start(1), found.end(2)))
