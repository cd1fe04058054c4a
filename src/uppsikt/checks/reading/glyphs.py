"""Characters with places put together to lines, spaces where the gaps are."""

from __future__ import annotations

from collections.abc import Iterable
from operator import sub
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


def rows_of(glyphs: Iterable[Glyph]) -> list[Row]:
    """Characters that stand beside each other, from the top of the page, each row from left to right."""
    rows: list[tuple[float, float, Row]] = []
    top = bottom = -1.0
    row: Row = []
    for glyph in glyphs:  # what is drawn after each other mostly stands beside each other
        _, _, _, high, low, _ = glyph
        if (low if low < bottom else bottom) - (high if high > top else top) <= SAME_LINE * min(
            low - high, bottom - top
        ):
            top, bottom, row = _home(rows, glyph)
        row.append(glyph)
    rows.sort(key=lambda one: one[0] + one[1])
    return [_without_shadows(sorted(row, key=_place)) for _, _, row in rows]


def _place(glyph: Glyph) -> tuple[float, int]:
    return glyph[1], glyph[5]


def _home(rows: list[tuple[float, float, Row]], glyph: Glyph) -> tuple[float, float, Row]:
    """The row that the character stands in, a new one if there is none."""
    for home in reversed(rows):
        top, bottom, _ = home
        overlap = min(bottom, glyph.bottom) - max(top, glyph.top)
        if overlap > SAME_LINE * min(bottom - top, glyph.bottom - glyph.top):
            return home
    home = (glyph.top, glyph.bottom, [])
    rows.append(home)
    return home


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
    tops = [glyph[3] for glyph in row]
    bottoms = [glyph[4] for glyph in row]
    size = max(sorted(map(sub, bottoms, tops))[len(row) // 2] / 1.2, 1.0)
    text: list[str] = []
    lefts: list[float] = []
    rights: list[float] = []
    after = row[0][1]
    for char, left, right, _, _, _ in row:
        if left - after > SPACE * size and text:
            space = gap_between(text[-1], left - after, char, size)
            width = (left - after) / len(space)
            text += space
            lefts += [after + part * width for part in range(len(space))]
            rights += [after + (part + 1) * width for part in range(len(space))]
        if len(char) == 1:
            text.append(char)
            lefts.append(left)
            rights.append(right)
        else:
            width = (right - left) / len(char)
            text += char
            lefts += [left + part * width for part in range(len(char))]
            rights += [left + (part + 1) * width for part in range(len(char))]
        after = right
    return Line(0, "".join(text), 0, tuple(lefts), tuple(rights), min(tops), max(bottoms))


def gap_between(before: str, gap: float, following: str, size: float) -> str:
    """What stands in a gap between two characters: a space, or the room between columns."""
    figures = before in _FIGURES and following[0] in _FIGURES
    return COLUMN_GAP if gap > (FIGURE_COLUMN if figures else COLUMN) * size else " "
