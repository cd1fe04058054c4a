"""The code plan as trees: one tree for each hierarchy and stretch of time in which nothing changes.

A code that has no placement on a structure's day stands where it last stood (or first, where it opens
later). Closed units still get corrections and their months still count, so leaving them out would make
money vanish from the table.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from threading import Lock

from uppsikt.core.codeplan import CodePlan, Placement
from uppsikt.core.ways import successors

_KEPT = 256
_WHOLE_DAY = -1
_trees: dict[tuple[str, str, str, date, int], Tree] = {}
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Reading:
    """In which structure money is read: the tree of `day`, and how far the money was carried.

    `horizon` None is as it was: money stands on the code it was booked on. A number is how many of the plan's
    changes have taken effect: money stands on the code that answers for it then (`core.ways`).

    The steps of a bridge lie between structures: `amid` is the tree of the day before with the moves of the day's
    changes before that position, and `undone_from` the first change whose money is taken back where that isn't
    `horizon`.
    """

    day: date
    horizon: int | None = None
    amid: int | None = None
    undone_from: int | None = None


def as_of(plan: CodePlan, day: date) -> Reading:
    """The structure of a day, with all money carried to it."""
    return Reading(day, plan.changes_until(day))


@dataclass(frozen=True)
class Tree:
    """Who stands under whom; `parents` has every code that is placed in the hierarchy at any time."""

    parents: dict[str, str | None]

    @cached_property
    def children(self) -> dict[str | None, list[str]]:
        """The codes directly under each code (None: the roots), sorted."""
        found: dict[str | None, list[str]] = defaultdict(list)
        for code in sorted(self.parents):
            found[self.parents[code]].append(code)
        for parent in sorted({p for p in self.parents.values() if p is not None and p not in self.parents}):
            found[None].append(parent)  # a node others stand under, itself placed nowhere
        found[None].sort()
        return found

    def below(self, code: str) -> set[str]:
        """The code and everything under it; a circle ends the walk."""
        seen = {code}
        waiting = [code]
        while waiting:
            for child in self.children.get(waiting.pop(), ()):
                if child not in seen:
                    seen.add(child)
                    waiting.append(child)
        return seen

    def above(self, code: str) -> list[str]:
        """The code and its ancestors, nearest first."""
        walk = [code]
        while (parent := self.parents.get(walk[-1])) and parent not in walk:
            walk.append(parent)
        return walk

    def knows(self, code: str) -> bool:
        """Whether the code has a place here."""
        return code in self.parents or code in self.children


def tree(plan: CodePlan, dimension: str, hierarchy: str, day: date) -> Tree:
    """The tree on a day, made once for each stretch between changes."""
    return tree_of(plan, dimension, hierarchy, Reading(day))


def tree_of(plan: CodePlan, dimension: str, hierarchy: str, reading: Reading) -> Tree:
    """The tree of a reading, made once for each stretch between changes."""
    days, day, part = boundaries(plan, dimension), reading.day, _part_of_day(reading)
    first = days[bisect_right(days, day) - 1] if days and day >= days[0] else date.min
    key = (plan.content_hash, dimension, hierarchy, day if part != _WHOLE_DAY else first, part)
    with _lock:
        if key in _trees:
            return _trees[key]
    if part == _WHOLE_DAY:
        made = Tree(_parents(plan, dimension, hierarchy, day))
    else:
        made = Tree(_parents_amid(plan, dimension, hierarchy, day, part))
    with _lock:
        while len(_trees) >= _KEPT:
            del _trees[next(iter(_trees))]
        _trees[key] = made
    return made


_boundaries: dict[tuple[str, str], list[date]] = {}
Epoch = tuple[tuple[int | None, int | None] | None, ...]


def boundaries(plan: CodePlan, dimension: str) -> list[date]:
    """The days on which the dimension's code plan changes, sorted."""
    key = (plan.content_hash, dimension)
    with _lock:
        if key in _boundaries:
            return _boundaries[key]
    days = plan.boundaries([dimension])
    with _lock:
        while len(_boundaries) >= _KEPT:
            del _boundaries[next(iter(_boundaries))]
        _boundaries[key] = days
    return days


def epoch_of(plan: CodePlan, dimensions: Iterable[str], reading: Reading) -> Epoch:
    """What tells readings apart, for some dimensions together: equal where no tree and no carrying differs."""
    part = _part_of_day(reading)
    trees, horizons = [], []
    for dimension in dimensions:
        trees.append((bisect_right(boundaries(plan, dimension), reading.day), part))
        horizons.append((reading.horizon, reading.undone_from) if successors(plan, dimension).codes else None)
    return (*trees, *horizons)


def _part_of_day(reading: Reading) -> int:
    return _WHOLE_DAY if reading.amid is None else reading.amid


def _parents_amid(plan: CodePlan, dimension: str, hierarchy: str, day: date, amid: int) -> dict[str, str | None]:
    """Who stood under whom the day before, with the moves of the day's changes before a position."""
    parents = dict(tree(plan, dimension, hierarchy, day - timedelta(days=1)).parents)
    for change in plan.changes[:amid]:
        if change.on == day:
            for move in change.moves:
                if (move.dimension, move.hierarchy) == (dimension, hierarchy):
                    parents[move.code] = move.parent
    return parents


def _parents(plan: CodePlan, dimension: str, hierarchy: str, day: date) -> dict[str, str | None]:
    nearest: dict[str, Placement] = {}
    for placement in plan.placements:
        if placement.dimension == dimension and placement.hierarchy == hierarchy:
            best = nearest.get(placement.code)
            if best is None or _distance(placement, day) < _distance(best, day):
                nearest[placement.code] = placement
    return {code: placement.parent for code, placement in nearest.items()}


def _distance(placement: Placement, day: date) -> tuple[int, int]:
    if placement.valid_from <= day < placement.valid_to:
        return (0, 0)
    if placement.valid_to <= day:
        return (1, (day - placement.valid_to).days)
    return (2, (placement.valid_from - day).days)
