"""Which findings of events are told: each fault once, where it is, not what follows from it elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from uppsikt.coding.event_findings import (
    CODE_NOT_OPEN,
    CODE_UNKNOWN,
    CONDITION_UNKNOWN,
    DAY_IMPOSSIBLE,
    DAY_OUT_OF_RANGE,
    HAS_CHILDREN,
    PARENT_NOT_THERE,
    TARGET_NOT_OPEN,
)
from uppsikt.coding.events import Event
from uppsikt.core.findings import Finding, Place, Severity

Code = tuple[str, str]  # dimension and code
_MAY_FOLLOW = frozenset({CODE_UNKNOWN, CODE_NOT_OPEN, HAS_CHILDREN, PARENT_NOT_THERE, TARGET_NOT_OPEN})
OF_CODES_AND_DAYS = _MAY_FOLLOW | {DAY_IMPOSSIBLE, DAY_OUT_OF_RANGE, CONDITION_UNKNOWN}  # whatever the shares are
_NAMING = ("value", "target", "parent", "child")  # the facts in which such a finding names codes


def refused_codes(findings: Iterable[Finding], events: Mapping[Place, Event]) -> set[Code]:
    """The codes of events that have no effect for a fault of their own."""
    own = [each for each in findings if each.severity is Severity.ERROR and each.code not in _MAY_FOLLOW]
    return {(events[each.at].dimension, events[each.at].code) for each in own if each.at in events}


def first_faults(
    findings: Iterable[Finding], events: Mapping[Place, Event], doubtful: Collection[Code]
) -> tuple[Finding, ...]:
    """The findings without those that come of what should have happened to doubtful codes, by event number.

    `events` are in order of effect; reorganisations come in the order of their first event.
    """
    order = {at.source: number for number, at in reversed(list(enumerate(events)))}
    kept = [each for each in findings if not _follows(each, events, doubtful)]
    return tuple(sorted(kept, key=lambda each: (order.get(each.at.source, -1), each.at.line or 0)))


def _follows(finding: Finding, events: Mapping[Place, Event], doubtful: Collection[Code]) -> bool:
    if finding.code not in _MAY_FOLLOW or finding.at not in events:
        return False
    dimension = events[finding.at].dimension
    return any((dimension, str(finding.facts.get(name))) in doubtful for name in _NAMING)
