"""Columns told by where figures stand on the line or page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from uppsikt.checks.reading.order import Placed
from uppsikt.checks.reading.segment import Group, natural
from uppsikt.checks.reading.words import Word

SAME_COUNT = 0.6  # of the rows must have as many cells, to tell columns by counting
ENOUGH_OVERLAP = 0.5  # of the narrower of two cells, to stand in the same column


@dataclass(slots=True)
class Lane:
    """A column's stretch of the line, from `left` to `right`. Grows while cells are found."""

    left: float
    right: float

    def overlap(self, left: float, right: float) -> float:
        """How much of the stretch from `left` to `right` lies in the lane."""
        return min(self.right, right) - max(self.left, left)


def lanes_of(rows: Sequence[Sequence[Word]]) -> list[Lane]:
    """The columns that the rows' cells stand in, left to right."""
    cells = sorted(((cell[0].left, cell[-1].right) for row in rows for cell in natural(row)), key=lambda one: one[1])
    lanes: list[Lane] = []
    for left, right in cells:
        home = next((lane for lane in reversed(lanes) if _same(lane, left, right)), None)
        if home is None:
            lanes.append(Lane(left, right))
        else:
            home.left, home.right = min(home.left, left), max(home.right, right)
    lanes.sort(key=lambda lane: lane.right)
    return _merged(lanes)


def _same(lane: Lane, left: float, right: float) -> bool:
    return lane.overlap(left, right) >= ENOUGH_OVERLAP * min(right - left, lane.right - lane.left)


def _merged(lanes: list[Lane]) -> list[Lane]:
    merged: list[Lane] = []
    for lane in lanes:
        if merged and _same(merged[-1], lane.left, lane.right):
            merged[-1].left = min(merged[-1].left, lane.left)
            merged[-1].right = max(merged[-1].right, lane.right)
        else:
            merged.append(lane)
    return merged


def lanes_by_count(rows: Sequence[Sequence[Word]]) -> list[Lane]:
    """The columns told by how many cells most rows have, where positions stray; none where rows disagree."""
    cells = [natural(row) for row in rows]
    count, times = Counter(len(row) for row in cells).most_common(1)[0]
    if times < SAME_COUNT * len(cells) or max(len(row) for row in cells) > count:
        return []
    full = [row for row in cells if len(row) == count]
    return [
        Lane(min(row[index][0].left for row in full), max(row[index][-1].right for row in full))
        for index in range(count)
    ]


def place_by_lanes(rows: Sequence[Sequence[Word]], lanes: list[Lane]) -> list[Placed] | None:
    """Every row's cells in their lanes; none where two cells of a row would stand in the same."""
    placed: list[Placed] = []
    for row in rows:
        whole = natural(row)
        if len(whole) == len(lanes):
            placed.append(Placed(whole, 1.0))
            continue
        cells: list[Group | None] = [None] * len(lanes)
        for cell in whole:
            index = nearest(lanes, cell[0].left, cell[-1].right)
            if cells[index] is not None:
                return None
            cells[index] = cell
        placed.append(Placed(tuple(cells), 1.0))
    return placed


def nearest(lanes: list[Lane], left: float, right: float) -> int:
    """The lane that a stretch lies in, or else the closest; between two, the one that ends nearest."""
    return max(
        range(len(lanes)), key=lambda index: (lanes[index].overlap(left, right), -abs(lanes[index].right - right))
    )
