"""Text set in two columns: rows cut at the gutter, the left column read before the right."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from uppsikt.checks.reading.glyphs import Glyph, Row

FEWEST_ROWS = 6  # rows that must share a gutter
FEWEST_LETTERS = 15  # on either side of it, for a row to speak for text in columns
NARROWEST = 8.0  # points


def in_reading_order(rows: Sequence[Row]) -> list[Row]:
    """The rows as they are read: runs of rows in two columns come as all left halves, then all right."""
    ordered: list[Row] = []
    at = 0
    while at < len(rows):
        end, gutter = _run(rows, at)
        if end - at < FEWEST_ROWS:
            ordered.append(rows[at])
            at += 1
            continue
        halves = [_cut(row, gutter) for row in rows[at:end]]
        ordered += [left for left, _ in halves if left] + [right for _, right in halves if right]
        at = end
    return ordered


def _run(rows: Sequence[Row], at: int) -> tuple[int, float]:
    """How far the rows from `at` on share a gutter with text on both sides, and where it lies."""
    low, high = _gutter(rows[at])
    end = at + 1
    if high - low < NARROWEST:
        return end, 0.0
    both = 1
    while end < len(rows):
        gap = _gap_within(rows[end], low, high)
        if gap is None:
            break
        low, high = gap
        both += _letters_both(rows[end], (low + high) / 2)
        end += 1
    if both < FEWEST_ROWS or both * 2 < end - at:
        return at + 1, 0.0
    return end, (low + high) / 2


def _gutter(row: Row) -> tuple[float, float]:
    """The widest gap of a row, if words stand on both sides."""
    gaps = [(after.left - before.right, before.right, after.left) for before, after in pairwise(row)]
    width, low, high = max(gaps, default=(0.0, 0.0, 0.0))
    if width < NARROWEST or not _letters_both(row, (low + high) / 2):
        return 0.0, 0.0
    return low, high


def _gap_within(row: Row, low: float, high: float) -> tuple[float, float] | None:
    """What a row leaves free of a gutter; none where it crosses it."""
    for glyph in row:
        if glyph.right <= low or glyph.left >= high:
            continue
        if glyph.left <= low:
            low = glyph.right
        elif glyph.right >= high:
            high = glyph.left
        else:
            return None
        if high - low < NARROWEST / 2:
            return None
    return low, high


def _letters_both(row: Row, gutter: float) -> bool:
    left = sum(1 for glyph in row if glyph.char.isalpha() and glyph.right <= gutter)
    right = sum(1 for glyph in row if glyph.char.isalpha() and glyph.left >= gutter)
    return left >= FEWEST_LETTERS and right >= FEWEST_LETTERS


def _cut(row: Row, gutter: float) -> tuple[list[Glyph], list[Glyph]]:
    left = [glyph for glyph in row if glyph.left < gutter]
    return left, row[len(left) :]
