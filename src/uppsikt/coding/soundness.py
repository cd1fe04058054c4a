"""What must hold of a code plan when all events are in it: trees without holes and circles, money that arrives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from uppsikt.coding.event_findings import (
    CODE_UNKNOWN,
    CONDITION_UNKNOWN,
    HAS_CHILDREN,
    PARENT_NOT_THERE,
    ROUND_ON_A_DAY,
    TARGET_NOT_OPEN,
    TREE_CIRCLE,
)
from uppsikt.coding.event_texts import dimension_label
from uppsikt.coding.events import Event
from uppsikt.coding.histories import Orphan, Register, cycles, orphans, register_of
from uppsikt.core.changes import Change
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, Place, found


@dataclass(frozen=True, slots=True)
class Taken:
    """An event that had its effect: where it was said, and the change it made."""

    at: Place
    event: Event
    change: Change


def unsound(plan: CodePlan, taken: Sequence[Taken]) -> Iterator[Finding]:
    """What is wrong with the plan, told at the events that are the cause; faults of the register aren't told."""
    for dimension in sorted({own.event.dimension for own in taken}):
        register = register_of(plan, dimension)
        own = [each for each in taken if each.event.dimension == dimension]
        yield from _holes(register, own)
        yield from _circles(register, own)
    yield from _targets(plan, taken)
    yield from _rounds(taken)
    yield from _unknown_conditions(plan, taken)


def _holes(register: Register, taken: Sequence[Taken]) -> Iterator[Finding]:
    ended = {(each.event.code, each.event.on): each for each in taken if each.event.ends}
    placed: dict[tuple[str, str], list[Taken]] = defaultdict(list)
    for each in taken:
        for move in each.change.moves:
            placed[move.code, move.hierarchy].append(each)
    for orphan in orphans(register):
        cause = ended.get((orphan.parent, orphan.start))
        if cause and orphan.known:
            facts = {"value": orphan.parent, "day": orphan.start, "hierarchy": orphan.hierarchy}
            yield found(HAS_CHILDREN, cause.at, **facts, child=orphan.code)
        elif mover := _last_before(placed[orphan.code, orphan.hierarchy], orphan):
            facts = {"value": orphan.code, "day": orphan.start, "hierarchy": orphan.hierarchy}
            yield found(PARENT_NOT_THERE, mover.at, **facts, parent=orphan.parent)


def _last_before(movers: Sequence[Taken], orphan: Orphan) -> Taken | None:
    # the one that put it under that parent: taken in order of effect, so the last one that did
    putting = [
        each
        for each in movers
        for move in each.change.moves
        if (move.hierarchy, move.parent) == (orphan.hierarchy, orphan.parent) and each.event.on <= orphan.start
    ]
    return putting[-1] if putting else None


def _circles(register: Register, taken: Sequence[Taken]) -> Iterator[Finding]:
    for hierarchy, day, circle in cycles(register):
        movers = [
            each
            for each in taken
            for move in each.change.moves
            if move.hierarchy == hierarchy and move.code in circle and each.event.on <= day
        ]
        if movers:
            yield found(TREE_CIRCLE, movers[-1].at, circle=", ".join(sorted(circle)), hierarchy=hierarchy, day=day)


def _targets(plan: CodePlan, taken: Sequence[Taken]) -> Iterator[Finding]:
    handed_on: set[tuple[str, str, date]] = set()  # codes whose money a later event of the day takes on
    for each in reversed(taken):
        event = each.event
        for target in event.targets:
            if not plan.knows(event.dimension, target):
                yield found(CODE_UNKNOWN, each.at, value=target, dimension=dimension_label(event.dimension))
            elif not plan.entry(event.dimension, target, event.on) and (
                (event.dimension, target, event.on) not in handed_on
            ):
                yield found(TARGET_NOT_OPEN, each.at, value=event.code, target=target, day=event.on)
        if event.ends and event.targets:
            handed_on.add((event.dimension, event.code, event.on))


def _rounds(taken: Sequence[Taken]) -> Iterator[Finding]:
    # following each day's events in order: who may hold whose money, and by which way
    held: dict[tuple[str, date], dict[str, dict[str, tuple[str, ...]]]] = defaultdict(dict)
    for each in taken:
        event = each.event
        if not event.targets:
            continue
        day = held[event.dimension, event.on]
        here = {event.code: (event.code,), **day.get(event.code, {})}
        for target in event.targets:
            if target == event.code:
                continue
            for origin, way in here.items():
                if origin == target:
                    yield found(ROUND_ON_A_DAY, each.at, value=origin, circle=" → ".join((*way, target)))
                else:
                    day.setdefault(target, {}).setdefault(origin, (*way, target))


def _unknown_conditions(plan: CodePlan, taken: Sequence[Taken]) -> Iterator[Finding]:
    nodes = {(own.dimension, own.hierarchy, own.parent) for own in plan.placements}
    for each in taken:
        for rule in each.event.rules:
            for own in rule.conditions:
                for code in own.under:
                    if not plan.knows(own.dimension, code) and (own.dimension, own.hierarchy, code) not in nodes:
                        yield found(CONDITION_UNKNOWN, each.at, value=code, dimension=dimension_label(own.dimension))
