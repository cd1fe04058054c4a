"""Characters with places put together to lines, spaces where the gaps are."""

from __future__ import annotations

from typing import NamedTuple

from uppsikt.checks.document import Line

SPACE = 0.13  # of the type size: a wider gap between characters is a space
COLUMN = 0.9  # a wider gap parts columns
FIGURE_COLUMN = 0.55  # the same between figures, where a thousands' space is narrow
SAME_LINE = 0.5  # of the lower of two characters must lie beside the other
COLUMN_GAP = "   "
_FIGURES = frozenset("0123456789,.%-–−*")


class Glyph(NamedTuple):
    """A character (a ligature is several) and its edges, in points from the page's top left corner."""

    char: str
    left: float
    right: float
    top: float
    bottom: float
    order: int = 0  # its place in the file: what is drawn together stands together there


Row = list[Glyph]


def rows_of(glyphs: list[Glyph]) -> list[Row]:
    """Characters that stand beside each other, from the top of the page, each row from left to right."""
    rows: list[Row] = []
    spans: list[tuple[float, float]] = []
    for glyph in sorted(glyphs, key=lambda one: ((one.top + one.bottom) / 2, one.left)):
        home = _home(spans, glyph)
        if home is None:
            rows.append([glyph])
            spans.append((glyph.top, glyph.bottom))
        else:
            rows[home].append(glyph)
    return [_without_shadows(sorted(row, key=lambda one: (one.left, one.order))) for row in rows]


def _home(spans: list[tuple[float, float]], glyph: Glyph) -> int | None:
    for index in range(len(spans) - 1, max(len(spans) - 4, -1), -1):
        top, bottom = spans[index]
        overlap = min(bottom, glyph.bottom) - max(top, glyph.top)
        if overlap > SAME_LINE * min(bottom - top, glyph.bottom - glyph.top):
            return index
    return None


def _without_shadows(row: Row) -> Row:
    """A character drawn twice to look bold is one; the letters of a ligature share a box but are drawn together."""
    kept: Row = []
    for glyph in row:
        last = kept[-1] if kept else None
        same = last and glyph.char == last.char and abs(glyph.order - last.order) > 1
        if same and last and glyph.left - last.left < 0.2 * (glyph.right - glyph.left):
            continue
        kept.append(glyph)
    return kept


def line_of(row: Row) -> Line:
    """The line that a row makes; every character of its text, spaces too, has its edges."""
    size = max(sorted(glyph.bottom - glyph.top for glyph in row)[len(row) // 2] / 1.2, 1.0)
    text: list[str] = []
    lefts: list[float] = []
    rights: list[float] = []
    for glyph in row:
        if text:
            space = gap_between(text[-1], rights[-1], glyph, size)
            for part in range(len(space)):
                width = (glyph.left - rights[-1]) / (len(space) - part)
                lefts.append(rights[-1])
                rights.append(rights[-1] + width)
            text.append(space)
        width = (glyph.right - glyph.left) / len(glyph.char)
        for part, char in enumerate(glyph.char):
            text.append(char)
            lefts.append(glyph.left + part * width)
            rights.append(glyph.left + (part + 1) * width)
    top = min(glyph.top for glyph in row)
    bottom = max(glyph.bottom for glyph in row)
    return Line(0, "".join(text), 0, tuple(lefts), tuple(rights), top, bottom)


def gap_between(before: str, right: float, glyph: Glyph, size: float) -> str:
    """What stands between two characters: nothing, a space, or the gap between columns."""
    gap = glyph.left - right
    if gap <= SPACE * size:
        return ""
    figures = before[-1:] in _FIGURES and glyph.char[0] in _FIGURES
    return COLUMN_GAP if gap > (FIGURE_COLUMN if figures else COLUMN) * size else " "
