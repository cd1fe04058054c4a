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
from datetime import date
from functools import cached_property
from threading import Lock

from uppsikt.core.codeplan import CodePlan, Placement

_KEPT = 256
_trees: dict[tuple[str, str, str, date], Tree] = {}
_lock = Lock()


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
    days = boundaries(plan, dimension)
    first = days[bisect_right(days, day) - 1] if days and day >= days[0] else date.min
    key = (plan.content_hash, dimension, hierarchy, first)
    with _lock:
        if key in _trees:
            return _trees[key]
    made = Tree(_parents(plan, dimension, hierarchy, day))
    with _lock:
        while len(_trees) >= _KEPT:
            del _trees[next(iter(_trees))]
        _trees[key] = made
    return made


_boundaries: dict[tuple[str, str], list[date]] = {}


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


def epoch_of(plan: CodePlan, dimensions: Iterable[str], day: date) -> tuple[int, ...]:
    """Which stretch a day lies in, for some dimensions together: equal where no tree differs."""
    return tuple(bisect_right(boundaries(plan, dimension), day) for dimension in dimensions)


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
