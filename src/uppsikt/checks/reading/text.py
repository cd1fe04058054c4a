"""Plain text: lines as they are; pages by form feeds or by the numbers that pages carry."""

from __future__ import annotations

from uppsikt.checks.document import Document, Line
from uppsikt.checks.reading.blocks import blocks_of


def read_text(text: str, *, source: str = "") -> Document:
    """The document in a plain text; line numbers are the file's own."""
    lines: list[Line] = []
    page = 1
    for number, raw in enumerate(text.split("\n"), start=1):
        page += raw.count("\f")
        lines.append(Line(number, raw.replace("\f", " ").expandtabs().rstrip("\r"), page))
    return blocks_of(tuple(lines), source=source, kind="text")
