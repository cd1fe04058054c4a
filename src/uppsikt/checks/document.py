"""What was read: a report as numbered lines, and blocks that point into them.

Every reader (PDF, Word, HTML, text) makes the same `Document`. A `Span` is a stretch of one line; since a
line of a PDF knows where each of its characters stands, a span can always be shown: as text with carets,
as a region of SARIF, as a box on a page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from uppsikt.checks.numbers import Number, Unit


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page (from 1), in points from the page's top left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one line: its number (from 1) and the half-open range of characters, from 0."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source. `lefts` and `rights` are each character's edges in a PDF, else empty."""

    number: int
    text: str
    page: int = 0
    lefts: tuple[float, ...] = ()
    rights: tuple[float, ...] = ()
    top: float = 0.0
    bottom: float = 0.0
    bold: bool = False

    def box(self, start: int, end: int) -> Box | None:
        """Where the characters from `start` to `end` stand on the page; none without positions."""
        if not self.lefts or start >= len(self.lefts):
            return None
        last = min(max(end, start + 1), len(self.rights)) - 1
        return Box(self.page, self.lefts[start], self.top, self.rights[last], self.bottom)


@dataclass(frozen=True, slots=True)
class Piece:
    """Where a part of a joined text came from: from `offset` on it is `line` from character `start` on."""

    offset: int
    line: int
    start: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Running text joined from its lines: words divided at line ends are whole, so is "-⏎10,5"."""

    text: str
    pieces: tuple[Piece, ...]
    bullet: str = ""  # the mark of a list item, "" for a paragraph
    tabular: bool = False  # words set in columns: a table of text, not sentences

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The lines' stretches that the characters from `start` to `end` came from."""
        offsets = [piece.offset for piece in self.pieces]
        first = max(bisect_right(offsets, start) - 1, 0)
        spans: list[Span] = []
        for index in range(first, len(self.pieces)):
            piece = self.pieces[index]
            if piece.offset >= end:
                break
            until = self.pieces[index + 1].offset if index + 1 < len(self.pieces) else len(self.text)
            here, stop = max(start, piece.offset), min(end, until)
            if stop > here:
                begin = piece.start + here - piece.offset
                spans.append(Span(piece.line, begin, begin + stop - here))
        return tuple(spans)

    @property
    def first_line(self) -> int:
        """The number of the line it begins on."""
        return self.pieces[0].line if self.pieces else 0


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its printed number ("2.4.1", "" without), its title and its depth from 1."""

    number: str
    title: str
    level: int
    span: Span


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as printed: its text, the number it says (if one), the footnote marks beside it."""

    text: str
    span: Span
    number: Number | None = None
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its label and a cell, or nothing, for each of the table's columns."""

    label: str
    cells: tuple[Cell | None, ...]
    label_spans: tuple[Span, ...] = ()
    indent: float = 0.0
    sureness: float = 1.0  # that its figures stand in the right columns

    @property
    def line(self) -> int:
        """The line its figures stand on (the label may be broken over several)."""
        for cell in self.cells:
            if cell is not None:
                return cell.span.line
        return self.label_spans[0].line if self.label_spans else 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, joined from the header's lines, and where that stands."""

    heading: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `sureness` (0–1) says how certain it is which figure stands in which column."""

    title: str
    unit: Unit | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    first_line: int
    last_line: int
    page: int = 0
    sureness: float = 1.0
    title_spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: where the text has none, so no table can be read from it. `line` is the line before it."""

    line: int
    box: Box | None = None
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class Running:
    """A header or footer line of a page: not part of the text, but checked for year and round."""

    text: str
    span: Span
    page: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark in the source that silences rules: on `line`, or in the whole document where that is 0.

    `codes` are code prefixes or rule names; none means every rule. `at` is the line the mark itself is on.
    """

    line: int
    codes: tuple[str, ...]
    at: int


Block = Heading | Passage | Table | Picture


@dataclass(frozen=True, slots=True)
class Document:
    """A report as read. `kind` is pdf, docx, html or text; `blocks` stand in reading order."""

    source: str
    kind: str
    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]
    running: tuple[Running, ...] = ()
    pages: int = 0
    page_sizes: tuple[tuple[float, float], ...] = field(default=())  # width and height in points
    marks: tuple[Mark, ...] = ()

    def line(self, number: int) -> Line:
        """The line with that number (from 1)."""
        return self.lines[number - 1]

    @property
    def headings(self) -> Iterator[Heading]:
        """Its headings, in order."""
        return (block for block in self.blocks if isinstance(block, Heading))

    @property
    def passages(self) -> Iterator[Passage]:
        """Its paragraphs and list items, in order."""
        return (block for block in self.blocks if isinstance(block, Passage))

    @property
    def tables(self) -> Iterator[Table]:
        """Its tables, in order."""
        return (block for block in self.blocks if isinstance(block, Table))

    def text_at(self, span: Span) -> str:
        """The characters a span points at."""
        return self.line(span.line).text[span.start : span.end]
