"""What must hold of events before they can be kept at all: that codes can be codes and texts can be texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uppsikt.coding.event_findings import EVENT_TWICE
from uppsikt.coding.events import Event
from uppsikt.coding.findings import CODE_EMPTY, CODE_ODD, DIMENSION_UNKNOWN, TEXT_ODD
from uppsikt.coding.models import CODE_LENGTH, HIERARCHY_LENGTH, KIND_LENGTH, NAME_LENGTH, TEXT_LENGTH
from uppsikt.coding.registers import is_code
from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.postings import DIMENSIONS


def faults_of_form(key: str, events: Sequence[Event]) -> Iterator[Finding]:
    """Faults that keep events from being stored; a draft may have every other fault."""
    seen: set[int] = set()
    for event in events:
        at = Place(key, event.number)
        if event.number in seen or event.number < 0:
            yield found(EVENT_TWICE, at, number=event.number)
        seen.add(event.number)
        yield from _faults(event, at)


def _faults(event: Event, at: Place) -> Iterator[Finding]:
    dimensions = {event.dimension, *(own.dimension for rule in event.rules for own in rule.conditions)}
    for dimension in sorted(dimensions - set(DIMENSIONS)):
        yield found(DIMENSION_UNKNOWN, at, dimension=dimension, known=", ".join(DIMENSIONS))
    if not event.code:
        yield found(CODE_EMPTY, at)
    conditions = (code for rule in event.rules for own in rule.conditions for code in own.under)
    for code in filter(None, dict.fromkeys((event.code, event.parent or "", *event.targets, *conditions))):
        if not is_code(code):
            yield found(CODE_ODD, at, value=code[: CODE_LENGTH + 1], longest=CODE_LENGTH)
    texts = (
        ("name", event.name, NAME_LENGTH),
        ("kind", event.code_kind, KIND_LENGTH),
        ("hierarchy", event.hierarchy, HIERARCHY_LENGTH),
        ("text", event.text, TEXT_LENGTH),
    )
    for name, text, longest in texts:
        if len(text) > longest or not text.isprintable():
            yield found(TEXT_ODD, at, name=name, longest=longest)
