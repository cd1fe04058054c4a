"""Folds decided events into a code plan: what codes are called, where they stand, who answers for their money.

Pure. The registers are the base and stay as they are; the fold is made anew when either changes. A register
that has an event's effect already (files from an accounting system often do) keeps its own names and places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass

from uppsikt.coding.event_findings import (
    CODE_NOT_OPEN,
    CODE_UNKNOWN,
    ENDED_ON_THE_DAY,
    NOTHING_CHANGES,
    OPEN_ALREADY,
    REGISTER_HAS_IT,
    SHARES_TOO_FINE,
    TWICE_ON_A_DAY,
)
from uppsikt.coding.event_rules import finest_for, own_faults, parts_of
from uppsikt.coding.event_texts import dimension_label
from uppsikt.coding.events import SUCCESSIONS, Event, EventKind, Reorganisation, change_key, in_order_of_effect
from uppsikt.coding.following import Code, first_faults, refused_codes
from uppsikt.coding.soundness import Taken, unsound
from uppsikt.coding.timelines import Timelines
from uppsikt.core.changes import STANDARD, Change, Move, Succession
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, Place, found, has_errors


@dataclass(frozen=True)
class Folded:
    """The plan with all events in it, and what is wrong with them; an event in error has no effect."""

    plan: CodePlan
    findings: tuple[Finding, ...] = ()


def with_events(base: CodePlan, reorganisations: Iterable[Reorganisation], doubtful: Iterable[Code] = ()) -> Folded:
    """The base with the events of these reorganisations, whatever their state, in order of effect.

    `doubtful` are codes of events that couldn't be read: what follows from their absence isn't told.
    """
    ordered = in_order_of_effect(reorganisations)
    if not ordered:
        return Folded(base)
    fold = _Fold(base, {(event.dimension, event.code) for _, event in ordered})
    for reorganisation, event in ordered:
        fold.take(reorganisation, event)
    changes = tuple(taken.change for taken in fold.taken)
    plan = fold.timelines.plan(changes)
    events = {Place(held.key, event.number): event for held, event in ordered}
    in_doubt = {*doubtful, *refused_codes(fold.findings, events)}
    return Folded(plan, first_faults((*fold.findings, *unsound(plan, fold.taken)), events, in_doubt))


class _Fold:
    def __init__(self, base: CodePlan, codes: Container[tuple[str, str]]) -> None:
        self.timelines = Timelines(base, codes)
        self.taken: list[Taken] = []
        self.findings: list[Finding] = []
        self._ended: dict[tuple[object, ...], str] = {}
        self._happened: dict[tuple[object, ...], str] = {}
        # the most parts that money on a code may have been cut in on its way there, and the most ways it was cut
        self._cut: dict[tuple[str, str], tuple[int, int]] = defaultdict(lambda: (1, 1))

    def take(self, reorganisation: Reorganisation, event: Event) -> None:
        """Let the event have its effect; in error it has none."""
        key = change_key(reorganisation.key, event.number)
        faults = [*own_faults(event), *self._out_of_order(event)]
        if not has_errors(faults):
            faults += self._too_fine(event)
        moves: tuple[Move, ...] = ()
        if not has_errors(faults):
            more, moves = _EFFECTS[event.kind](self, event)
            faults += more
        at = Place(reorganisation.key, event.number)
        self.findings += [Finding(fault.code, at, fault.facts) for fault in faults]
        if has_errors(faults):
            return
        self._remember(event, key)
        change = Change(
            key, event.on, _label(reorganisation, event), reorganisation.decision, moves, _successions(event)
        )
        self.taken.append(Taken(at, event, change))

    def _out_of_order(self, event: Event) -> list[Finding]:
        if other := self._ended.get((event.dimension, event.code, event.on)):
            return [found(ENDED_ON_THE_DAY, value=event.code, day=event.on, other=other)]
        if other := self._happened.get(_happening(event)):
            return [found(TWICE_ON_A_DAY, value=event.code, day=event.on, other=other)]
        return []

    def _too_fine(self, event: Event) -> list[Finding]:
        # known before it is taken: following finer shares or more of them would cost more than any answer is worth
        parts, ways = self._cut[event.dimension, event.code]
        for rule in event.rules:
            finest = finest_for(ways * len(rule.portions))
            if parts * parts_of(rule) > finest:
                return [found(SHARES_TOO_FINE, value=event.code, parts=parts * parts_of(rule), finest=finest)]
        return []

    def _remember(self, event: Event, key: str) -> None:
        parts, ways = self._cut[event.dimension, event.code]
        for rule in event.rules:
            for portion in rule.portions:
                before = self._cut[event.dimension, portion.code]
                after = (parts * parts_of(rule), ways * len(rule.portions))
                self._cut[event.dimension, portion.code] = (max(before[0], after[0]), max(before[1], after[1]))
        if event.ends:
            self._ended[event.dimension, event.code, event.on] = key
        if event.kind is not EventKind.TRANSFER:  # one part after the other may be taken out on the same day
            self._happened[_happening(event)] = key

    def _open(self, event: Event) -> tuple[list[Finding], tuple[Move, ...]]:
        line = self.timelines.of(event.dimension, event.code)
        if line.is_open_on(event.on):
            if line.is_open_before(event.on):
                return [found(OPEN_ALREADY, value=event.code, day=event.on)], ()
            return [found(REGISTER_HAS_IT, value=event.code, day=event.on)], self._places(event)
        line.open(event.on, event.name, event.code_kind)
        line.place(event.hierarchy, event.on, event.parent)
        if event.hierarchy != STANDARD:  # whatever else it is, every code stands in the main tree
            line.place(STANDARD, event.on, None)
        return [], self._places(event)

    def _places(self, event: Event) -> tuple[Move, ...]:
        line = self.timelines.of(event.dimension, event.code)
        standing = ((name, line.standing(name, event.on)) for name in sorted(line.placements))
        return tuple(Move(event.dimension, name, event.code, at.parent) for name, at in standing if at)

    def _move(self, event: Event) -> tuple[list[Finding], tuple[Move, ...]]:
        line = self.timelines.of(event.dimension, event.code)
        if not line.is_open_on(event.on):
            return self._not_open(event), ()
        at = line.standing(event.hierarchy, event.on)
        findings = []
        if at and at.valid_from == event.on and line.stood_before(event.hierarchy, event.on):
            findings = [found(REGISTER_HAS_IT, value=event.code, day=event.on)]
        elif at and at.parent == event.parent:
            findings = [found(NOTHING_CHANGES, value=event.code, day=event.on)]
        else:
            line.place(event.hierarchy, event.on, event.parent)
        now = line.standing(event.hierarchy, event.on)
        return findings, (Move(event.dimension, event.hierarchy, event.code, now.parent if now else None),)

    def _rename(self, event: Event) -> tuple[list[Finding], tuple[Move, ...]]:
        line = self.timelines.of(event.dimension, event.code)
        name = line.named(event.on)
        if not name:
            return self._not_open(event), ()
        if name.valid_from == event.on and line.is_open_before(event.on):
            return [found(REGISTER_HAS_IT, value=event.code, day=event.on)], ()
        kind = event.code_kind or name.kind
        if (name.name, name.kind) == (event.name, kind):
            return [found(NOTHING_CHANGES, value=event.code, day=event.on)], ()
        line.rename(event.on, event.name, kind)
        return [], ()

    def _succeed(self, event: Event) -> tuple[list[Finding], tuple[Move, ...]]:
        line = self.timelines.of(event.dimension, event.code)
        if not line.is_open_before(event.on):
            return self._not_open(event), ()
        if not event.ends:
            return [], ()
        if not line.is_open_on(event.on):
            return [found(REGISTER_HAS_IT, value=event.code, day=event.on)], ()
        line.close(event.on)
        return [], ()

    def _not_open(self, event: Event) -> list[Finding]:
        line = self.timelines.of(event.dimension, event.code)
        if not line.names:
            return [found(CODE_UNKNOWN, value=event.code, dimension=dimension_label(event.dimension))]
        if line.is_open_before(
            event.on
        ):  # the register ends it on the very day, so what it is then is nothing to anyone
            return [found(NOTHING_CHANGES, value=event.code, day=event.on)]
        return [found(CODE_NOT_OPEN, value=event.code, day=event.on)]


_Effect = Callable[[_Fold, Event], tuple[list[Finding], tuple[Move, ...]]]
_EFFECTS: dict[EventKind, _Effect] = {
    EventKind.OPEN: _Fold._open,
    EventKind.CLOSE: _Fold._succeed,
    EventKind.RENAME: _Fold._rename,
    EventKind.MOVE: _Fold._move,
    EventKind.SPLIT: _Fold._succeed,
    EventKind.MERGE: _Fold._succeed,
    EventKind.TRANSFER: _Fold._succeed,
}


def _happening(event: Event) -> tuple[object, ...]:
    # a code may be moved in several hierarchies on one day; all else can happen to it once
    hierarchy = event.hierarchy if event.kind is EventKind.MOVE else ""
    return event.dimension, event.code, event.on, event.kind, hierarchy


def _successions(event: Event) -> tuple[Succession, ...]:
    if event.kind not in SUCCESSIONS:
        return ()
    return (Succession(event.dimension, event.code, event.rules, event.ends),)


def _label(reorganisation: Reorganisation, event: Event) -> str:
    # what happened, in signs that need no language: plans are kept for readers of both; remarks are on its page
    return f"{reorganisation.name}: {_in_signs(event)}"


def _in_signs(event: Event) -> str:
    targets: Sequence[str] = [code for code in event.targets if code != event.code]
    if event.kind is EventKind.MOVE:
        targets = [event.parent or "/"]
    if event.kind is EventKind.RENAME:
        targets = [event.name]
    sign = {EventKind.OPEN: "+ ", EventKind.CLOSE: "− "}.get(event.kind, "")
    return sign + event.code + (f" → {', '.join(targets)}" if targets else "")
