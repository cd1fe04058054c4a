"""Text set in two columns: rows cut at the gutter, the left column read before the right."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from uppsikt.checks.reading.glyphs import Glyph, Row

FEWEST_ROWS = 6  # rows that must share a gutter
FEWEST_LETTERS = 15  # on either side of it, for a row to speak for text in columns
NARROWEST = 8.0  # points
WORD_GAP = 5.0  # points between a line's last words, when they reach into the gutter of the line above


def in_reading_order(rows: Sequence[Row]) -> list[Row]:
    """The rows as they are read: runs of rows in two columns come as all left halves, then all right."""
    ordered: list[Row] = []
    at = 0
    while at < len(rows):
        end, low, high = _run(rows, at)
        if end == at + 1:
            ordered.append(rows[at])
            at += 1
            continue
        run = list(rows[at:end])
        while ordered and _side(ordered[-1], low, high) > 0:  # the right column may begin higher than the left
            run.insert(0, ordered.pop())
        halves = [_cut(row, (low + high) / 2) for row in run]
        ordered += [left for left, _ in halves if left] + [right for _, right in halves if right]
        at = end
    return ordered


def _run(rows: Sequence[Row], at: int) -> tuple[int, float, float]:
    """How far the rows from `at` on share a gutter with text on both sides, and where it lies."""
    low, high = _gutter(rows[at])
    if high - low < NARROWEST:
        return at + 1, 0.0, 0.0
    both = 1
    last = index = at + 1
    while index < len(rows):
        gap = _gap_within(rows[index], low, high)
        if gap is None or index - last > 1:
            break
        index += 1
        if _letters_both(rows[index - 1], sum(gap) / 2):
            both += 1
            last = index
            low, high = gap
    if both < FEWEST_ROWS or both * 2 < last - at:
        return at + 1, 0.0, 0.0
    while last < len(rows) and (_side(rows[last], low, high) or _last_words(rows[last], low, high)):
        last += 1
    return last, low, high


def _side(row: Row, low: float, high: float) -> int:
    """−1 for text that stands wholly left of the gutter, 1 for right, 0 for neither."""
    letters = sum(1 for glyph in row if glyph.char.isalpha())
    if letters < FEWEST_LETTERS or letters * 2 < len(row):
        return 0
    if row[0].left >= high - 1:
        return 1
    return -1 if row[-1].right <= low + 1 else 0


def _last_words(row: Row, low: float, high: float) -> bool:
    """Whether a row is text in both columns though one of them holds only a paragraph's last words."""
    letters = sum(1 for glyph in row if glyph.char.isalpha())
    return _gaps(row) == 1 and letters >= 2 * FEWEST_LETTERS and _gap_within(row, low, high) is not None


def _gaps(row: Row) -> int:
    return sum(1 for before, after in pairwise(row) if after.left - before.right > NARROWEST)


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
        if glyph.left <= low + WORD_GAP:
            low = glyph.right
        elif glyph.right >= high - WORD_GAP:
            high = glyph.left
        else:
            return None
        if high - low < NARROWEST / 2:
            return None
    return low, high


def _letters_both(row: Row, gutter: float) -> bool:
    """Whether a row is text on both sides of a gutter, and nowhere else parted: a table has more gaps."""
    if _gaps(row) != 1:
        return False
    left = sum(1 for glyph in row if glyph.char.isalpha() and glyph.right <= gutter)
    right = sum(1 for glyph in row if glyph.char.isalpha() and glyph.left >= gutter)
    return left >= FEWEST_LETTERS and right >= FEWEST_LETTERS


def _cut(row: Row, gutter: float) -> tuple[list[Glyph], list[Glyph]]:
    left = [glyph for glyph in row if glyph.left < gutter]
    return left, row[len(left) :]
