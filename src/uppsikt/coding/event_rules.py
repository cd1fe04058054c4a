"""What an event by itself must hold, whatever the code plan: its day, its name, its rules."""

from __future__ import annotations

from collections.abc import Iterator
from math import gcd

from uppsikt.coding.event_findings import (
    CONDITION_ON_ITSELF,
    DAY_IMPOSSIBLE,
    DAY_OUT_OF_RANGE,
    MERGE_DIVIDES,
    MOVED_NOWHERE,
    NAME_MISSING,
    RULE_UNREACHED,
    RULES_MISSING,
    RULES_NOT_WHOLE,
    SHARE_UNREADABLE,
    TARGET_IS_SOURCE,
)
from uppsikt.coding.event_texts import dimension_label
from uppsikt.coding.events import SUCCESSIONS, Event, EventKind
from uppsikt.core.changes import SuccessionRule
from uppsikt.core.findings import Finding, found
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.core.shares import FINEST

_MOST_CELLS = 5 * FINEST  # parts times ways: what each way gets of the öre that are over is kept for each part


def own_faults(event: Event) -> Iterator[Finding]:
    """The faults of an event that can be seen without the code plan."""
    if not BEGINNING < event.on < FOREVER:
        yield found(DAY_OUT_OF_RANGE, day=event.on, first=BEGINNING, last=FOREVER)
    elif event.on.day != 1:
        yield found(DAY_IMPOSSIBLE, day=event.on)
    if event.kind in (EventKind.OPEN, EventKind.RENAME) and not event.name:
        yield found(NAME_MISSING, value=event.code)
    if event.kind in (EventKind.OPEN, EventKind.MOVE) and event.parent == event.code:
        yield found(MOVED_NOWHERE, value=event.code)
    if event.kind in SUCCESSIONS:
        yield from _faults_of_rules(event)


def _faults_of_rules(event: Event) -> Iterator[Finding]:
    if not event.rules or not all(rule.portions for rule in event.rules):
        yield found(RULES_MISSING, value=event.code)
        return
    if set(event.targets) == {event.code} or (event.kind is EventKind.MERGE and event.code in event.targets):
        yield found(TARGET_IS_SOURCE, value=event.code)
    if event.kind is EventKind.MERGE and len(event.targets) > 1:
        yield found(MERGE_DIVIDES, value=event.code, targets=", ".join(event.targets))
    for rule in event.rules:
        yield from _faults_of_shares(event, rule)
        if any(own.dimension == event.dimension for own in rule.conditions):
            yield found(CONDITION_ON_ITSELF, dimension=dimension_label(event.dimension))
    whole = [no for no, rule in enumerate(event.rules, start=1) if not rule.conditions]
    if event.ends and not whole:
        yield found(RULES_NOT_WHOLE, value=event.code)
    if whole and whole[0] < len(event.rules):
        yield found(RULE_UNREACHED, value=event.code, rule=whole[0] + 1)


def _faults_of_shares(event: Event, rule: SuccessionRule) -> Iterator[Finding]:
    for portion in rule.portions:
        if portion.parts <= 0:
            yield found(SHARE_UNREADABLE, value=portion.parts)
            return


def finest_for(ways: int) -> int:
    """The most equal parts an amount may be cut in where it goes so many ways."""
    return min(FINEST, _MOST_CELLS // ways)


def parts_of(rule: SuccessionRule) -> int:
    """In how many equal parts a rule cuts an amount: 2 for halves, 5 for 60 and 40 per cent."""
    parts = [portion.parts for portion in rule.portions]
    return sum(parts) // gcd(*parts)
