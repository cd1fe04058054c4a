"""Timelines of codes that events are worked into: stretches of names and places that can be cut and added to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from uppsikt.coding.histories import Named, Placed, history_of, plan_with
from uppsikt.core.changes import Change
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.periods import FOREVER

_Stretch = TypeVar("_Stretch", Named, Placed)


class Timeline:
    """One code's names and places over time, to be changed from a day on. Stretches are sorted."""

    def __init__(self, names: Iterable[Named] = (), placements: Mapping[str, Iterable[Placed]] | None = None) -> None:
        self.names = sorted(names)
        self.placements = {name: _by_day(own) for name, own in (placements or {}).items()}

    def named(self, day: date) -> Named | None:
        """The name valid on a day."""
        return _on(self.names, day)

    def standing(self, hierarchy: str, day: date) -> Placed | None:
        """The place on a day."""
        return _on(self.placements.get(hierarchy, []), day)

    def stood_before(self, hierarchy: str, day: date) -> bool:
        """Whether it stood in the hierarchy on the day before."""
        return any(own.valid_from < day <= own.valid_to for own in self.placements.get(hierarchy, ()))

    def is_open_on(self, day: date) -> bool:
        """Whether the code is valid on a day."""
        return self.named(day) is not None

    def is_open_before(self, day: date) -> bool:
        """Whether the code is valid on the day before."""
        return any(own.valid_from < day <= own.valid_to for own in self.names)

    def open(self, day: date, name: str, kind: str) -> None:
        """Valid from a day on, until the register has it open again."""
        end = min((own.valid_from for own in self.names if own.valid_from > day), default=FOREVER)
        self.names = sorted([*self.names, Named(day, end, name, kind)])

    def close(self, day: date) -> None:
        """No longer valid from a day on; where the register opens it again later, that stays."""
        end = _end_of_validity(self.names, day)
        self.names, _ = _parted(self.names, day, end)
        self.placements = {name: _parted(own, day, end)[0] for name, own in self.placements.items()}

    def rename(self, day: date, name: str, kind: str) -> None:
        """Another name from a day on, for as long as the register has the old one."""
        end = _end_of_sameness(self.names, day, lambda own: (own.name, own.kind))
        others, renamed = _parted(self.names, day, end)
        self.names = sorted([*others, *(replace(own, name=name, kind=kind) for own in renamed)])

    def place(self, hierarchy: str, day: date, parent: str | None) -> None:
        """Another place from a day on, for as long as the register has the old one and the code is valid."""
        own = self.placements.get(hierarchy, [])
        if _on(own, day):
            end = _end_of_sameness(own, day, lambda at: at.parent)
        else:
            later = min((at.valid_from for at in own if at.valid_from > day), default=FOREVER)
            end = min(later, _end_of_validity(self.names, day))
        others, _ = _parted(own, day, end)
        self.placements[hierarchy] = _by_day([*others, Placed(day, end, parent)])


class Timelines:
    """The timelines of some codes of a plan, to be changed; all other codes stay as they are."""

    def __init__(self, base: CodePlan, codes: Container[tuple[str, str]]) -> None:
        self._base = base
        self._lines: dict[tuple[str, str], Timeline] = {}
        self._names: dict[tuple[str, str], list[Named]] = defaultdict(list)
        self._placements: dict[tuple[str, str], dict[str, list[Placed]]] = defaultdict(lambda: defaultdict(list))
        for own in base.names:
            if (own.dimension, own.code) in codes:
                self._names[own.dimension, own.code].append(Named(own.valid_from, own.valid_to, own.name, own.kind))
        for at in base.placements:
            if (at.dimension, at.code) in codes:
                placed = Placed(at.valid_from, at.valid_to, at.parent)
                self._placements[at.dimension, at.code][at.hierarchy].append(placed)

    def of(self, dimension: str, code: str) -> Timeline:
        """The timeline of one of the codes; an empty one where it is unknown."""
        key = (dimension, code)
        if key not in self._lines:
            self._lines[key] = Timeline(self._names.get(key, ()), self._placements.get(key, {}))
        return self._lines[key]

    def plan(self, changes: tuple[Change, ...]) -> CodePlan:
        """The code plan as the timelines now say."""
        plan = self._base
        for dimension in sorted({dimension for dimension, _ in self._lines}):
            histories = {
                code: history_of(line.names, line.placements)
                for (own, code), line in sorted(self._lines.items())
                if own == dimension
            }
            plan = plan_with(plan, dimension, histories)
        return replace(plan, changes=changes)


def _by_day(stretches: Iterable[_Stretch]) -> list[_Stretch]:
    return sorted(stretches, key=lambda own: own.valid_from)


def _on(stretches: Sequence[_Stretch], day: date) -> _Stretch | None:
    return next((own for own in stretches if own.valid_from <= day < own.valid_to), None)


def _parted(stretches: Iterable[_Stretch], start: date, end: date) -> tuple[list[_Stretch], list[_Stretch]]:
    """The stretches outside a time and those inside it, cut at its ends."""
    outside: list[_Stretch] = []
    inside: list[_Stretch] = []
    for own in stretches:
        for first, last, kept in (
            (own.valid_from, min(own.valid_to, start), outside),
            (max(own.valid_from, start), min(own.valid_to, end), inside),
            (max(own.valid_from, end), own.valid_to, outside),
        ):
            if first < last:
                kept.append(replace(own, valid_from=first, valid_to=last))
    return outside, inside


def _end_of_sameness(stretches: Sequence[_Stretch], day: date, what: Callable[[_Stretch], object]) -> date:
    """The day on which what is said on `day` ends, over touching stretches that say the same."""
    at = _on(stretches, day)
    if at is None:
        return day
    end = at.valid_to
    for own in stretches:  # sorted, so one pass is enough
        if own.valid_from == end and what(own) == what(at):
            end = own.valid_to
    return end


def _end_of_validity(names: Sequence[Named], day: date) -> date:
    return _end_of_sameness(names, day, lambda own: None)
