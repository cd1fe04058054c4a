"""Lines sorted into running lines, tables, headings, passages and list items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from uppsikt.checks.document import Block, Document, Heading, Line, Passage, Picture, Piece, Running, Span, Table
from uppsikt.checks.numbers import DASHES, Unit, unit_in
from uppsikt.checks.reading.grid import goes_on, is_scattered, table_of, with_unit
from uppsikt.checks.reading.joining import joined
from uppsikt.checks.reading.lines import is_of_contents, parsed
from uppsikt.checks.reading.regions import regions_of
from uppsikt.checks.reading.running import running_lines
from uppsikt.checks.reading.stuck import unstuck

BULLETS = "•●▪◦\uf0b7\uf0a7·"
_BULLET = re.compile(
    rf"^\s*([{BULLETS}]|[o–\-*](?=\s+[A-Za-zÅÄÖåäö])|\d{{1,2}}\.(?=\s+[A-ZÅÄÖ][^.]*(?:\s\S+){{4}}))(\s+|$)"
)
_HEADING = re.compile(r"^\s*(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+([A-ZÅÄÖ\d][^!?]{2,110}?)\s*$")
_AMOUNTS_IN = re.compile(
    r"\b(?:belopp(?:en)?|alla\s+belopp|siffror(?:na)?)\s+(?:anges\s+|är\s+|redovisas\s+)?i\s+[a-zåäö]+(?:\s+kronor)?"
    r"|\((?:tkr|mnkr|mkr|kkr)\)|^(?:tkr|mnkr|mkr|kkr)\.?$",
    re.IGNORECASE,
)
_COLUMN_GAP = re.compile(r"\S\s{3,}\S")
_FIGURE_FIRST = re.compile(rf"^\s*[{DASHES}+]?\d[\d ,]*\S{{0,4}}\s{{3,}}\S")
_NUMBER_DEEP = re.compile(r"^\s*\d+\.\d")
LARGER = 1.05
LONGEST_HEADING = 80
LONGEST_PASSAGE = 20_000  # characters; a text without paragraphs is taken in stretches


@dataclass(slots=True)
class _Sorting:
    """What has been sorted so far; `body` is how high the text's lines are, 0 where that isn't known."""

    body: float = 0.0
    blocks: list[Block] = field(default_factory=list)
    gathered: list[Line] = field(default_factory=list)
    length: int = 0  # characters gathered

    def close(self) -> None:
        if self.gathered:
            self.blocks.append(_passage(self.gathered))
            self.gathered = []
            self.length = 0


def blocks_of(
    lines: tuple[Line, ...],
    *,
    source: str,
    kind: str,
    pictures: Sequence[Picture] = (),
    edges: frozenset[int] = frozenset(),
    page_sizes: tuple[tuple[float, float], ...] = (),
) -> Document:
    """The document that the lines make; pictures are put in after the line they name."""
    running = running_lines(lines, edges)
    body = _body_height(lines)
    left_out = {one.span.line for one in running} | _contents(lines)
    kept = [line for line in lines if line.number not in left_out]
    blocks = _with_pictures(_sorted(kept, body), pictures)
    pages = max((line.page for line in lines), default=0)
    return Document(source, kind, lines, tuple(blocks), running, pages, page_sizes)


def _body_height(lines: Sequence[Line]) -> float:
    heights = sorted(line.bottom - line.top for line in lines if line.lefts)
    return heights[len(heights) // 2] if heights else 0.0


def _large_enough(line: Line, body: float) -> bool:
    """A chapter's heading is set larger than the text; "3 Intäkter" at the text's size is a row of a list."""
    return not body or not line.lefts or line.bottom - line.top > LARGER * body or bool(_NUMBER_DEEP.match(line.text))


def _contents(lines: Sequence[Line]) -> set[int]:
    """The lines of tables of contents: dotted ones and what lies between them."""
    dotted = [index for index, line in enumerate(lines) if is_of_contents(line.text.strip())]
    taken: set[int] = set()
    for before, index in zip([None, *dotted], dotted, strict=False):
        start = index if before is None or index - before > 6 else before
        if start == index and index and _HEADING.match(lines[index - 1].text):
            start -= 1
        taken.update(line.number for line in lines[start : index + 1])
    return taken


def _sorted(lines: list[Line], body: float) -> list[Block]:
    regions = {one.first_line: one for one in regions_of(unstuck([parsed(line) for line in lines]))}
    sorting = _Sorting(body)
    until = 0
    for index, line in enumerate(lines):
        region = regions.get(line.number)
        table = table_of(region) if region else None
        if table is not None and not is_scattered(table):
            sorting.close()
            sorting.blocks.append(table)
            until = table.last_line
        if line.number > until:
            _sort(sorting, line, lines[index + 1] if index + 1 < len(lines) else None)
    sorting.close()
    return with_units(_merged(sorting.blocks))


def _sort(sorting: _Sorting, line: Line, following: Line | None) -> None:
    text = line.text.strip()
    if _goes_on_heading(sorting, line):
        last = sorting.blocks[-1]
        assert isinstance(last, Heading)
        sorting.blocks[-1] = replace(last, title=f"{last.title} {text}")
        return
    if len(text) > LONGEST_PASSAGE:
        sorting.close()
        sorting.blocks.extend(_stretches(line))
        return
    numbered = heading_in(line) if text[:1].isdigit() and _large_enough(line, sorting.body) else None
    heading = numbered or (None if sorting.gathered else _plain_heading(line, following))
    if not text or heading or _BULLET.match(line.text) or sorting.length > LONGEST_PASSAGE:
        sorting.close()
    if heading:
        sorting.blocks.append(heading)
    elif text:
        sorting.gathered.append(line)
        sorting.length += len(text)


def _goes_on_heading(sorting: _Sorting, line: Line) -> bool:
    """Whether a line is the rest of the heading just above it ("… och riktade⏎satsningar")."""
    text = line.text.strip()
    last = sorting.blocks[-1] if sorting.blocks and not sorting.gathered else None
    if not isinstance(last, Heading) or not last.number or not text:
        return False
    return last.span.line == line.number - 1 and text[0].islower() and len(text) <= 60 and text[-1] not in ".,:;"


def _merged(blocks: list[Block]) -> list[Block]:
    """Passages that an empty line or a page's end cut in two become one again."""
    merged: list[Block] = []
    for block in blocks:
        last = merged[-1] if merged else None
        if isinstance(last, Table) and isinstance(block, Table) and goes_on(last, block):
            merged[-1] = replace(last, rows=last.rows + block.rows, last_line=block.last_line)
        elif isinstance(last, Passage) and isinstance(block, Passage) and _cut(last, block):
            shift = len(last.text) + 1
            pieces = tuple(replace(piece, offset=piece.offset + shift) for piece in block.pieces)
            merged[-1] = Passage(f"{last.text} {block.text}", last.pieces + pieces, last.bullet)
        else:
            merged.append(block)
    return merged


def with_units(blocks: list[Block]) -> list[Block]:
    """A table without a unit of its own takes the one that the text next to it names ("Belopp i tkr.")."""
    for index, block in enumerate(blocks):
        if isinstance(block, Table) and block.unit is None:
            near = [*blocks[index + 1 : index + 2], *reversed(blocks[max(index - 2, 0) : index])]
            unit = next((unit for one in near if (unit := _unit_named(one))), None)
            if unit is not None:
                blocks[index] = with_unit(block, unit)
    return blocks


def _unit_named(block: Block) -> Unit | None:
    text = block.text if isinstance(block, Passage) else block.title if isinstance(block, Heading) else ""
    found = _AMOUNTS_IN.search(text[:200])
    return unit_in(found[0]) if found else None


def _cut(last: Passage, following: Passage) -> bool:
    if following.bullet or not following.text or not last.text or last.tabular or following.tabular:
        return False
    if len(last.text) + len(following.text) > LONGEST_PASSAGE:
        return False
    return following.text[0].islower() and last.text[-1] not in ".!?:;"


def _passage(lines: list[Line]) -> Passage:
    mark = _BULLET.match(lines[0].text)
    made = joined(lines, bullet=mark[1], skip=mark.end()) if mark else joined(lines)
    return replace(made, tabular=True) if _in_columns(lines) else made


def _stretches(line: Line) -> Iterator[Passage]:
    """A line that holds a whole text, in passages that end between words."""
    start = 0
    while start < len(line.text):
        until = start + LONGEST_PASSAGE
        space = line.text.rfind(" ", start, until) if until < len(line.text) else -1
        end = space + 1 if space > start else until
        if text := line.text[start:end].rstrip():
            yield Passage(text, (Piece(0, line.number, start),))
        start = end


def _in_columns(lines: list[Line]) -> bool:
    """Whether words stand in columns: the first line has three, or half of the lines a gap that no sentence has.

    So does a figure with the words it is of beside it.
    """
    gaps = [len(_COLUMN_GAP.findall(line.text.strip())) for line in lines]
    lone = gaps[0] >= 1 and bool(_FIGURE_FIRST.match(lines[0].text))
    return lone or gaps[0] >= 2 or sum(gap > 0 for gap in gaps) * 2 >= len(gaps)


def heading_in(line: Line) -> Heading | None:
    """The numbered heading that a line is; none if it isn't one."""
    found = _HEADING.match(line.text)
    if not found or len(found[2]) > LONGEST_HEADING:
        return None
    deep = "." in found[1]
    if found[2].rstrip().endswith((";", ":") if deep else (".", ",", ";", ":")):
        return None
    if not deep and line.text[found.end(1)] == "." and len(found[2].split()) > 6:
        return None  # "1. Nämnden fastställer …" is an item of a list
    if found[2][0].isdigit() or (found[1].isdigit() and len(found[2].split()) > 9):
        return None
    return Heading(
        found[1], found[2].strip(), found[1].count(".") + 1, Span(line.number, found.start(1), found.end(2))
    )


def _plain_heading(line: Line, following: Line | None) -> Heading | None:
    """A short line alone, or bold, without an end: a heading without a number."""
    text = line.text.strip()
    short = 2 < len(text) <= 60 and text[0].isupper() and text[-1] not in ".,:;-–)" and len(text.split()) <= 8
    alone = following is None or not following.text.strip()
    if "   " in text or not short or not (alone or line.bold) or any(char.isdigit() for char in text[:1]):
        return None
    start = len(line.text) - len(line.text.lstrip())
    return Heading("", text, 9, Span(line.number, start, start + len(text)))


def _with_pictures(blocks: list[Block], pictures: Sequence[Picture]) -> Iterator[Block]:
    waiting = sorted(pictures, key=lambda one: one.line)
    for block in blocks:
        while waiting and waiting[0].line < first_line(block):
            yield waiting.pop(0)
        yield block
    yield from waiting


def first_line(block: Block) -> int:
    """The number of the line a block begins on."""
    if isinstance(block, Heading):
        return block.span.line
    if isinstance(block, Picture):
        return block.line
    return block.first_line


__all__ = ["Running", "blocks_of", "first_line", "heading_in"]
