"""From as it was to as of a day, one change at a time: the readings a bridge walks through.

The walk telescopes: each stage differs from the one before by one decided event, or by what the register says
of a day beyond the events of that day. So what a bridge's lines say always makes the whole difference.

Forwards, events that had taken effect on the column's last day only carry money, for the column was in their
tree already; later ones carry money and change the tree. Backwards, later ones are undone, the last one first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from uppsikt.core.changes import Change
from uppsikt.core.codeplan import CodePlan
from uppsikt.figures.structures import Reading, boundaries, tree_of

Cause = int | date  # the position of a decided event, or the day of what the register changed by itself


@dataclass(frozen=True, slots=True)
class Stage:
    """How money is read once a change counts (or, backwards, no longer does)."""

    cause: Cause
    reading: Reading


def stages(
    plan: CodePlan, trees: Iterable[tuple[str, str]], was: Reading, now: Reading, dimensions: Iterable[str] = ()
) -> list[Stage]:
    """The stages from one reading to the other; none where they are the same.

    `trees` are the (dimension, hierarchy) a statement tests; `dimensions` others whose codes it tells apart.
    """
    if was == now or was.horizon is not None or now.horizon is None:
        return []
    return list(_Walk(plan, trees, was, now.day, dimensions).stages(now.horizon))


class _Walk:
    def __init__(
        self, plan: CodePlan, trees: Iterable[tuple[str, str]], was: Reading, day: date, dimensions: Iterable[str]
    ) -> None:
        self.plan = plan
        self.trees = list(dict.fromkeys(trees))
        self.dimensions = {*dimensions, *(dimension for dimension, _ in self.trees)}
        self.was = was
        self.day = day
        self.never = len(plan.changes)

    def stages(self, horizon: int) -> Iterator[Stage]:
        until_last = self.plan.changes_until(self.was.day)
        for position in self._positions(0, min(until_last, horizon)):
            yield Stage(position, Reading(self.was.day, position + 1, undone_from=self.never))
        if self.day >= self.was.day:
            for day in self._days(self.was.day, self.day):
                yield from self._forwards(day)
        else:
            for day in reversed(self._days(self.day, self.was.day)):
                yield from self._backwards(day, horizon)

    def _forwards(self, day: date) -> Iterator[Stage]:
        first, end = self._of_day(day)
        for position in self._positions(first, end):
            yield Stage(position, Reading(day, position + 1, position + 1, self.never))
        if self._register_changes(day, end):
            yield Stage(day, Reading(day, end, undone_from=self.never))

    def _backwards(self, day: date, horizon: int) -> Iterator[Stage]:
        first, end = self._of_day(day)
        if self._register_changes(day, end):
            yield Stage(day, Reading(day, horizon, end, end))
        for position in reversed(self._positions(first, end)):
            yield Stage(position, Reading(day, horizon, position, position))

    def _of_day(self, day: date) -> tuple[int, int]:
        end = self.plan.changes_until(day)
        first = next((position for position in range(end) if self.plan.changes[position].on == day), end)
        return first, end

    def _positions(self, first: int, end: int) -> list[int]:
        changes = self.plan.changes
        return [position for position in range(first, end) if _touches(changes[position], self.dimensions)]

    def _days(self, after: date, until: date) -> list[date]:
        """Days with changes, after one day up to and with another, sorted."""
        days = {day for dimension in self.dimensions for day in boundaries(self.plan, dimension)}
        days |= {change.on for change in self.plan.changes if _touches(change, self.dimensions)}
        return sorted(day for day in days if after < day <= until)

    def _register_changes(self, day: date, end: int) -> bool:
        """Whether the register's tree of a day is another than its decided events make it."""
        decided, whole = Reading(day, amid=end), Reading(day)
        return any(
            tree_of(self.plan, *own, decided).parents != tree_of(self.plan, *own, whole).parents for own in self.trees
        )


def _touches(change: Change, dimensions: set[str]) -> bool:
    moved = {move.dimension for move in change.moves}
    return not dimensions.isdisjoint(moved | {succession.dimension for succession in change.successions})


def in_order(plan: CodePlan, causes: Iterable[Cause]) -> list[Cause]:
    """Causes by day; within a day the decided events in order, then what the register changed by itself."""
    by_day: dict[date, list[Cause]] = defaultdict(list)
    for cause in set(causes):
        by_day[cause if isinstance(cause, date) else plan.changes[cause].on].append(cause)
    return [
        cause
        for day in sorted(by_day)
        for cause in sorted(by_day[day], key=lambda own: own if isinstance(own, int) else len(plan.changes))
    ]
