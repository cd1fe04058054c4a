"""Documents whose files say what is a heading, a paragraph, a table: Word and HTML.

The readers of both turn their file into elements, one after the other; here the elements become lines (one
for each paragraph, one for each row of a table, cells parted by bars) and blocks that point into them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from uppsikt.checks.document import (
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Line,
    Mark,
    Picture,
    Row,
    Running,
    Span,
    Table,
)
from uppsikt.checks.marks import mark_in
from uppsikt.checks.numbers import unit_in
from uppsikt.checks.reading.blocks import with_units
from uppsikt.checks.reading.grid import with_unit
from uppsikt.checks.reading.joining import joined
from uppsikt.checks.reading.lines import is_time
from uppsikt.checks.reading.words import number_of, words_of

BAR = " | "
LABELS_AT_MOST = 0.3  # share of figures up to which a leading column is part of the label
_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=\S)")
_BULLET = "•"


@dataclass(frozen=True, slots=True)
class Head:
    """A heading of a depth from 1. Like everything with text it may carry comments (`notes`)."""

    text: str
    level: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or, with `is_item`, an item of a list."""

    text: str
    is_item: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell as written: how many columns and rows it covers, whether it heads its column, how far in it is set."""

    text: str
    columns: int = 1
    rows: int = 1
    is_head: bool = False
    notes: tuple[str, ...] = ()
    indent: float = 0.0  # points


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as written: its caption and its rows of cells."""

    rows: tuple[tuple[GridCell, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture and the text that stands for it."""

    alternative: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment that stands by itself: on what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of the page header or footer."""

    text: str


Element = Head | Paragraph | Grid | Image | Comment | PageLine


@dataclass(slots=True)
class _Building:
    """Lines and blocks so far."""

    lines: list[Line] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    running: list[Running] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def line(self, text: str, notes: Iterable[str] = ()) -> Line:
        """A new line, with the marks that its comments are."""
        made = Line(len(self.lines) + 1, text, 1)
        self.lines.append(made)
        self.mark(notes, made.number)
        return made

    def mark(self, notes: Iterable[str], number: int) -> None:
        """Take the comments that are marks, for the line with that number."""
        found = (mark_in(note, line=number, at=number) for note in notes)
        self.marks += [mark for mark in found if mark is not None]


def built(elements: Iterable[Element], *, source: str, kind: str) -> Document:
    """The document that the elements make."""
    building = _Building()
    for element in elements:
        _add(building, element)
    if not building.lines:
        building.line("")
    blocks = tuple(with_units(building.blocks))
    last = len(building.lines)
    marks = tuple(Mark(min(mark.line, last), mark.codes, min(mark.at, last)) for mark in building.marks)
    return Document(source, kind, tuple(building.lines), blocks, tuple(building.running), 1, marks=marks)


def _add(building: _Building, element: Element) -> None:
    match element:
        case Head():
            building.blocks.append(_heading(building.line(element.text, element.notes), element.level))
        case Paragraph():
            if element.text or element.is_item:
                line = building.line(element.text, element.notes)
                building.blocks.append(joined([line], bullet=_BULLET if element.is_item else ""))
        case Grid():
            _add_grid(building, element)
        case Image():
            building.blocks.append(Picture(max(len(building.lines), 1), alternative=element.alternative))
        case PageLine():
            line = building.line(element.text)
            building.running.append(Running(element.text, Span(line.number, 0, len(element.text)), 1))
        case Comment():
            building.mark([element.text], len(building.lines) + 1)


def _heading(line: Line, level: int) -> Heading:
    numbered = _NUMBERED.match(line.text)
    span = Span(line.number, 0, len(line.text))
    if numbered is None:
        return Heading("", line.text, level, span)
    return Heading(numbered[1], line.text[numbered.end() :], numbered[1].count(".") + 1, span)


def _add_grid(building: _Building, grid: Grid) -> None:
    rows = _squared(grid.rows)
    head = _head_rows(rows)
    body = rows[head:]
    texts = [place.cell.text for row in body for place in row[1:]]
    if not any(_is_figure(text) and not is_time(text) for text in texts):
        _add_as_text(building, grid)
        return
    caption = building.line(grid.caption) if grid.caption else None
    first = len(building.lines) + 1
    laid = [_laid(building, row) for row in rows]
    stub = _label_columns(body)
    columns = tuple(_column(laid[:head], index) for index in range(stub, len(rows[0])))
    made = _without_times(tuple(_row(building, row, stub) for row in laid[head:]))
    told = [grid.caption, *(line.text for line in building.lines[first - 1 : first - 1 + head])]
    unit = next((unit for text in told if (unit := unit_in(text)) is not None and unit.kronor), None)
    spans = (Span(caption.number, 0, len(grid.caption)),) if caption else ()
    last = len(building.lines)
    table = Table(grid.caption, None, columns, made, first, last, 1, 1.0, spans)
    building.blocks.append(with_unit(table, unit) if unit else table)


def _without_times(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """A year among words ("helåret 2022", "2022") is no figure: the column tells times."""
    columns = list(zip(*(row.cells for row in rows), strict=True))
    times = {
        index
        for index, cells in enumerate(columns)
        if any(cell and cell.number is None and cell.text[:1].isalpha() for cell in cells)
        and all(is_time(cell.text) for cell in cells if cell and cell.number)
    }
    return tuple(
        replace(row, cells=tuple(_plain(cell, index in times) for index, cell in enumerate(row.cells)))
        for row in rows
    )


def _plain(cell: Cell | None, is_told: bool) -> Cell | None:
    return replace(cell, number=None) if cell and is_told else cell


def _add_as_text(building: _Building, grid: Grid) -> None:
    """A table without figures lays out text: its cells are paragraphs."""
    for cell in (GridCell(grid.caption), *(cell for row in grid.rows for cell in row)):
        if cell.text:
            building.blocks.append(joined([building.line(cell.text, cell.notes)]))


@dataclass(frozen=True, slots=True)
class _Place:
    """A square of the grid: its cell, whether the cell begins here, and where its text stands once laid."""

    cell: GridCell
    begins: bool
    span: Span | None = None


_EMPTY = _Place(GridCell(""), begins=True)


def _squared(rows: Sequence[Sequence[GridCell]]) -> list[list[_Place]]:
    """Every row with as many squares as the widest; a cell over several squares stands in each."""
    squares: dict[tuple[int, int], _Place] = {}
    for across, row in enumerate(rows):
        at = 0
        for cell in row:
            while (across, at) in squares:
                at += 1
            for down in range(cell.rows):
                for right in range(cell.columns):
                    squares[across + down, at + right] = _Place(cell, begins=not down and not right)
            at += cell.columns
    width = max((column for _, column in squares), default=-1) + 1
    return [[squares.get((across, at), _EMPTY) for at in range(width)] for across in range(len(rows))]


def _head_rows(rows: Sequence[Sequence[_Place]]) -> int:
    """How many rows at the top head the columns: those marked so, or else those without any figure but years."""
    count = 0
    for row in rows:
        marked = all(place.cell.is_head or not place.cell.text for place in row)
        if count and not marked and all(place.cell.is_head or not place.cell.text for place in rows[count - 1]):
            break  # the marked ones end here
        texts = [place.cell.text for place in row[1:] if place.cell.text]
        plain = bool(texts) and not any(_is_figure(text) and not is_time(text) for text in texts)
        if not (marked or plain):
            break
        count += 1
    return count if count < len(rows) else 0


def _label_columns(body: Sequence[Sequence[_Place]]) -> int:
    """How many columns at the left name the rows."""
    width = len(body[0])
    for index in range(1, width):
        texts = [row[index].cell.text for row in body if row[index].cell.text]
        if texts and sum(_is_figure(text) for text in texts) > LABELS_AT_MOST * len(texts):
            return index
    return 1


def _is_figure(text: str) -> bool:
    words = words_of(Line(0, text))
    return any(word.is_part for word in words) and all(word.is_figure for word in words)


def _laid(building: _Building, row: Sequence[_Place]) -> list[_Place]:
    """The row written as a line, every square with the place of its cell's text."""
    text = ""
    number = len(building.lines) + 1
    laid: list[_Place] = []
    for place in row:
        if place.begins or not laid:
            text += BAR if laid else ""
            span = Span(number, len(text), len(text) + len(place.cell.text))
            text += place.cell.text
            laid.append(_Place(place.cell, place.begins, span))
        else:
            laid.append(_Place(place.cell, place.begins, laid[-1].span))
    building.line(text, (note for place in row if place.begins for note in place.cell.notes))
    return laid


def _column(head: Sequence[Sequence[_Place]], index: int) -> Column:
    places = [row[index] for row in head if row[index].cell.text]
    kept = list({id(place.cell): place for place in places}.values())
    spans = tuple(place.span for place in kept if place.span is not None)
    return Column(" ".join(place.cell.text for place in kept), spans)


def _row(building: _Building, row: Sequence[_Place], stub: int) -> Row:
    labels = [place for place in row[:stub] if place.cell.text and place.begins]
    line = building.lines[row[0].span.line - 1] if row[0].span else Line(0, "")
    return Row(
        " ".join(place.cell.text for place in labels),
        tuple(_cell(line, place) for place in row[stub:]),
        tuple(place.span for place in labels if place.span is not None),
        sum(place.cell.indent for place in labels),
    )


def _cell(line: Line, place: _Place) -> Cell | None:
    span = place.span
    if span is None or span.start == span.end or not place.begins:
        return None
    words = tuple(word for word in words_of(line) if span.start <= word.start and word.end <= span.end)
    is_number = any(word.is_part for word in words) and all(word.is_figure for word in words)
    marks = tuple(mark for word in words for mark in word.marks)
    return Cell(place.cell.text, span, number_of(words) if is_number else None, marks)
