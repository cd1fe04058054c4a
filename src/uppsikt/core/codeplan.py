"""The code plan as a value: names and placements of all codes over time, without a database.

`coding` keeps it, `figures` reads it. One mechanism for all seven dimensions. A hierarchy is named:
"standard" is the main one (units by management, accounts by class and group); others stand beside it
(accounts under "reporting": local groups such as "6A Lokalhyror").
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from datetime import date
from functools import cached_property

from uppsikt.core.changes import STANDARD, Change
from uppsikt.core.hashes import hash_of

__all__ = ["REPORTING", "STANDARD", "CodeName", "CodePlan", "Placement"]

REPORTING = "reporting"


@dataclass(frozen=True, slots=True, order=True)
class CodeName:
    """What a code is called and what kind it is, from `valid_from` up to but not with `valid_to`."""

    dimension: str
    code: str
    valid_from: date
    valid_to: date
    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Placement:
    """A code's parent in a hierarchy during a half-open stretch of time; parent None is a root."""

    dimension: str
    hierarchy: str
    code: str
    valid_from: date
    valid_to: date
    parent: str | None


@dataclass(frozen=True)
class CodePlan:
    """All codes over time. Look-ups take the day they are asked for; nothing here knows what today is.

    `changes` are the decided events behind names and placements, in the order they take effect.
    """

    names: tuple[CodeName, ...] = ()
    placements: tuple[Placement, ...] = ()
    changes: tuple[Change, ...] = ()

    @cached_property
    def content_hash(self) -> str:
        """Identity of the whole plan, for caches and frozen editions."""
        return hash_of(
            [
                [[n.dimension, n.code, n.valid_from, n.valid_to, n.name, n.kind] for n in sorted(self.names)],
                [
                    [p.dimension, p.hierarchy, p.code, p.valid_from, p.valid_to, p.parent or ""]
                    for p in sorted(self.placements, key=_placement_order)
                ],
                *([astuple(change) for change in self.changes],) * bool(self.changes),
            ]
        )

    @cached_property
    def _names_by_code(self) -> dict[tuple[str, str], list[CodeName]]:
        by_code: dict[tuple[str, str], list[CodeName]] = defaultdict(list)
        for name in sorted(self.names):
            by_code[name.dimension, name.code].append(name)
        return by_code

    @cached_property
    def _placements_by_code(self) -> dict[tuple[str, str, str], list[Placement]]:
        by_code: dict[tuple[str, str, str], list[Placement]] = defaultdict(list)
        for placement in self.placements:
            by_code[placement.dimension, placement.hierarchy, placement.code].append(placement)
        return by_code

    @cached_property
    def _placements_by_parent(self) -> dict[tuple[str, str, str | None], list[Placement]]:
        by_parent: dict[tuple[str, str, str | None], list[Placement]] = defaultdict(list)
        for placement in sorted(self.placements, key=_placement_order):
            by_parent[placement.dimension, placement.hierarchy, placement.parent].append(placement)
        return by_parent

    def codes(self, dimension: str) -> list[str]:
        """Every code the dimension ever had, sorted."""
        return sorted({code for own, code in self._names_by_code if own == dimension})

    def entry(self, dimension: str, code: str, on: date) -> CodeName | None:
        """The name valid on a day; None where the code isn't valid then."""
        for name in self._names_by_code.get((dimension, code), []):
            if name.valid_from <= on < name.valid_to:
                return name
        return None

    def name(self, dimension: str, code: str, on: date) -> str:
        """What to call a code on a day: its name then, else its nearest name, else the code itself."""
        entry = self.entry(dimension, code, on)
        if entry:
            return entry.name
        versions = self._names_by_code.get((dimension, code), [])
        return versions[-1].name if versions else code

    def knows(self, dimension: str, code: str) -> bool:
        """Whether the code exists at any time."""
        return (dimension, code) in self._names_by_code

    def opened_on(self, dimension: str, code: str, after: date = date.min) -> date | None:
        """The first day from `after` on that the code gets a name; None where it never does."""
        versions = self._names_by_code.get((dimension, code), [])
        return next((name.valid_from for name in versions if name.valid_from >= after), None)

    def placements_of(self, dimension: str, code: str, hierarchy: str = STANDARD) -> list[Placement]:
        """All placements of a code over time."""
        return self._placements_by_code.get((dimension, hierarchy, code), [])

    def parent(self, dimension: str, code: str, on: date, hierarchy: str = STANDARD) -> str | None:
        """The parent on a day; None for roots and for codes not placed then."""
        for placement in self.placements_of(dimension, code, hierarchy):
            if placement.valid_from <= on < placement.valid_to:
                return placement.parent
        return None

    def children(self, dimension: str, parent: str | None, on: date, hierarchy: str = STANDARD) -> list[str]:
        """The codes directly under a parent (None: the roots) on a day, sorted by code."""
        placements = self._placements_by_parent.get((dimension, hierarchy, parent), [])
        return sorted({p.code for p in placements if p.valid_from <= on < p.valid_to})

    def path(self, dimension: str, code: str, on: date, hierarchy: str = STANDARD) -> list[str]:
        """The code and its ancestors up to the root on a day; a cycle ends the walk."""
        walk = [code]
        while (parent := self.parent(dimension, walk[-1], on, hierarchy)) and parent not in walk:
            walk.append(parent)
        return walk

    def below(self, dimension: str, code: str, on: date, hierarchy: str = STANDARD) -> Iterator[str]:
        """The code and everything under it on a day, parents before children."""
        seen = {code}
        queue = [code]
        while queue:
            node = queue.pop(0)
            yield node
            for child in self.children(dimension, node, on, hierarchy):
                if child not in seen:
                    seen.add(child)
                    queue.append(child)

    def changes_until(self, day: date) -> int:
        """How many of the changes have taken effect on a day; those from that position on are still to come."""
        return bisect_right(self.changes, day, key=lambda change: change.on)

    def boundaries(self, dimensions: Iterable[str]) -> list[date]:
        """Every day on which a name or a placement of these dimensions begins or ends, sorted."""
        wanted = set(dimensions)
        days = {p.valid_from for p in self.placements if p.dimension in wanted}
        days |= {p.valid_to for p in self.placements if p.dimension in wanted}
        days |= {n.valid_from for n in self.names if n.dimension in wanted}
        days |= {n.valid_to for n in self.names if n.dimension in wanted}
        return sorted(days)


def _placement_order(placement: Placement) -> tuple[str, str, str, date, date, str]:
    return (
        placement.dimension,
        placement.hierarchy,
        placement.code,
        placement.valid_from,
        placement.valid_to,
        placement.parent or "",
    )
