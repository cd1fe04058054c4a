"""A code's history as a value: stretches of names and of placements, merged, cut and checked.

Pure: no database, no files. A register is a mapping from code to `History`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from uppsikt.core.codeplan import STANDARD, CodeName, CodePlan, Placement


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A name and a kind during a half-open time."""

    valid_from: date
    valid_to: date
    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A parent (None: a root) during a half-open time."""

    valid_from: date
    valid_to: date
    parent: str | None


@dataclass(frozen=True, slots=True)
class History:
    """All of one code: its names, and its placements by hierarchy. Stretches are sorted and merged."""

    names: tuple[Named, ...] = ()
    placements: Mapping[str, tuple[Placed, ...]] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """The history as the audit log keeps it."""
        return {
            "names": [[n.valid_from, n.valid_to, n.name, n.kind] for n in self.names],
            "placements": {
                hierarchy: [[p.valid_from, p.valid_to, p.parent] for p in placed]
                for hierarchy, placed in sorted(self.placements.items())
            },
        }


Register = Mapping[str, History]


def history_of(names: Iterable[Named], placements: Mapping[str, Iterable[Placed]]) -> History:
    """A history in its one canonical form: touching stretches that say the same are one."""
    placed = {hierarchy: _merged_placements(own) for hierarchy, own in placements.items()}
    return History(_merged_names(names), {hierarchy: own for hierarchy, own in placed.items() if own})


def register_of(plan: CodePlan, dimension: str) -> dict[str, History]:
    """The register of a dimension, out of the whole code plan."""
    names: dict[str, list[Named]] = {}
    placements: dict[str, dict[str, list[Placed]]] = {}
    for name in plan.names:
        if name.dimension == dimension:
            names.setdefault(name.code, []).append(Named(name.valid_from, name.valid_to, name.name, name.kind))
    for placement in plan.placements:
        if placement.dimension == dimension:
            own = placements.setdefault(placement.code, {}).setdefault(placement.hierarchy, [])
            own.append(Placed(placement.valid_from, placement.valid_to, placement.parent))
    return {code: history_of(names[code], placements.get(code, {})) for code in sorted(names)}


def plan_with(plan: CodePlan, dimension: str, histories: Mapping[str, History]) -> CodePlan:
    """The code plan with other histories of some codes of a dimension."""
    names = [own for own in plan.names if own.dimension != dimension or own.code not in histories]
    placements = [own for own in plan.placements if own.dimension != dimension or own.code not in histories]
    for code, history in histories.items():
        names += [
            CodeName(dimension, code, own.valid_from, own.valid_to, own.name, own.kind) for own in history.names
        ]
        placements += [
            Placement(dimension, hierarchy, code, at.valid_from, at.valid_to, at.parent)
            for hierarchy, placed in history.placements.items()
            for at in placed
        ]
    return CodePlan(tuple(names), tuple(placements), plan.changes)


def _merged_names(names: Iterable[Named]) -> tuple[Named, ...]:
    merged: list[Named] = []
    for name in sorted(names):
        last = merged[-1] if merged else None
        if last and last.valid_to == name.valid_from and (last.name, last.kind) == (name.name, name.kind):
            merged[-1] = Named(last.valid_from, name.valid_to, name.name, name.kind)
        else:
            merged.append(name)
    return tuple(merged)


def _merged_placements(placements: Iterable[Placed]) -> tuple[Placed, ...]:
    merged: list[Placed] = []
    for placed in sorted(placements, key=lambda placement: placement.valid_from):
        last = merged[-1] if merged else None
        if last and last.valid_to == placed.valid_from and last.parent == placed.parent:
            merged[-1] = Placed(last.valid_from, placed.valid_to, placed.parent)
        else:
            merged.append(placed)
    return tuple(merged)


def clipped(placements: Iterable[Placed], names: Sequence[Named]) -> list[Placed]:
    """The placements where the code has a name: a placement never reaches outside the code's validity."""
    return [
        Placed(max(placed.valid_from, name.valid_from), min(placed.valid_to, name.valid_to), placed.parent)
        for placed in placements
        for name in names
        if placed.valid_from < name.valid_to and name.valid_from < placed.valid_to
    ]


def stretches(history: History) -> Iterator[tuple[Named, dict[str, Placed]]]:
    """The history cut so that each stretch has one name and at most one placement per hierarchy."""
    for name in history.names:
        days = {name.valid_from, name.valid_to}
        for placed in history.placements.values():
            days |= {day for own in placed for day in (own.valid_from, own.valid_to)}
        inside = sorted(day for day in days if name.valid_from <= day <= name.valid_to)
        for start, end in itertools.pairwise(inside):
            at = {hierarchy: own for hierarchy, placed in history.placements.items() if (own := _on(placed, start))}
            yield Named(start, end, name.name, name.kind), at


def _on(placements: Sequence[Placed], day: date) -> Placed | None:
    return next((own for own in placements if own.valid_from <= day < own.valid_to), None)


@dataclass(frozen=True, slots=True)
class Orphan:
    """A placement whose parent is unknown (`known` False) or not placed during all of it."""

    code: str
    hierarchy: str
    parent: str
    start: date
    end: date
    known: bool


def orphans(register: Register) -> Iterator[Orphan]:
    """Placements that hang in the air, with the first stretch that does."""
    for code, history in register.items():
        for hierarchy, placements in history.placements.items():
            for placed in placements:
                if placed.parent is None:
                    continue
                parent = register.get(placed.parent)
                covers = parent.placements.get(hierarchy, ()) if parent else ()
                if hole := _first_hole(placed, covers):
                    yield Orphan(code, hierarchy, placed.parent, *hole, known=parent is not None)


def _first_hole(placed: Placed, covers: Sequence[Placed]) -> tuple[date, date] | None:
    day = placed.valid_from
    for cover in covers:  # sorted, so one pass is enough
        if cover.valid_from > day:
            return day, min(cover.valid_from, placed.valid_to)
        if cover.valid_to > day:
            day = cover.valid_to
        if day >= placed.valid_to:
            return None
    return day, placed.valid_to


def cycles(register: Register) -> Iterator[tuple[str, date, list[str]]]:
    """Circles of parents, as (hierarchy, first day, codes round the circle); one for each circle."""
    hierarchies = {hierarchy for history in register.values() for hierarchy in history.placements}
    for hierarchy in sorted(hierarchies | {STANDARD}):
        suspects = _in_a_circle_ignoring_time(register, hierarchy)
        placements = {code: register[code].placements.get(hierarchy, ()) for code in suspects}
        seen: set[frozenset[str]] = set()
        # a circle exists from the day its last placement begins, so those days are enough
        for day in sorted({placed.valid_from for own in placements.values() for placed in own}):
            parents = {code: placed.parent for code, own in placements.items() if (placed := _on(own, day))}
            for circle in _circles(parents):
                if frozenset(circle) not in seen:
                    seen.add(frozenset(circle))
                    yield hierarchy, day, circle


def _in_a_circle_ignoring_time(register: Register, hierarchy: str) -> set[str]:
    # peel off codes whose parents are all peeled: what is left may be a circle on some day, and in a
    # sound register nothing is left, however large it is
    parents = {
        code: {placed.parent for placed in history.placements.get(hierarchy, ()) if placed.parent in register}
        for code, history in register.items()
    }
    below: dict[str, list[str]] = {}
    for code, own in parents.items():
        for parent in own:
            below.setdefault(str(parent), []).append(code)
    waiting = {code: len(own) for code, own in parents.items()}
    queue = [code for code, count in waiting.items() if count == 0]
    while queue:
        code = queue.pop()
        del waiting[code]
        for child in below.get(code, ()):
            waiting[child] -= 1
            if waiting[child] == 0:
                queue.append(child)
    return set(waiting)


def _circles(parents: Mapping[str, str | None]) -> Iterator[list[str]]:
    done: set[str] = set()
    for start in sorted(parents):
        walk: list[str] = []
        code: str | None = start
        while code is not None and code not in done and code not in walk:
            walk.append(code)
            code = parents.get(code)
        if code is not None and code in walk:
            yield walk[walk.index(code) :]
        done.update(walk)
