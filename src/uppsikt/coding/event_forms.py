"""What must hold of events before they can be kept at all: that codes can be codes and texts can be texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from uppsikt.coding.event_findings import CONDITIONS_TWICE, EVENT_TWICE
from uppsikt.coding.event_texts import in_lowest_terms
from uppsikt.coding.events import Event, ReorganisationFacts
from uppsikt.coding.findings import CODE_EMPTY, CODE_ODD, DIMENSION_UNKNOWN, TEXT_ODD
from uppsikt.coding.models import (
    CODE_LENGTH,
    HIERARCHY_LENGTH,
    KIND_LENGTH,
    NAME_LENGTH,
    REFERENCE_LENGTH,
    TEXT_LENGTH,
)
from uppsikt.coding.registers import is_code, is_hierarchy
from uppsikt.core.changes import STANDARD
from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.postings import DIMENSIONS
from uppsikt.core.texts import is_line, one_line


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
    if len({rule.conditions for rule in event.rules}) < len(event.rules):
        yield found(CONDITIONS_TWICE, at, value=event.code)
    for hierarchy in sorted({event.hierarchy, *(own.hierarchy for rule in event.rules for own in rule.conditions)}):
        if not is_hierarchy(hierarchy):
            yield found(TEXT_ODD, at, name="hierarchy", longest=HIERARCHY_LENGTH)
    texts = (
        ("name", event.name, NAME_LENGTH),
        ("kind", event.code_kind, KIND_LENGTH),
        ("text", event.text, TEXT_LENGTH),
    )
    yield from _odd_texts(texts, at)


def odd_facts(facts: ReorganisationFacts) -> Iterator[Finding]:
    """Faults of what is said of a reorganisation as a whole."""
    texts = (
        ("name", facts.name, NAME_LENGTH),
        ("decision", facts.decision, REFERENCE_LENGTH),
        ("text", facts.text, TEXT_LENGTH),
    )
    yield from _odd_texts(texts, Place(facts.key))


def _odd_texts(texts: Iterable[tuple[str, str, int]], at: Place) -> Iterator[Finding]:
    for name, text, longest in texts:
        if len(text) > longest or not is_line(text):
            yield found(TEXT_ODD, at, name=name, longest=longest)


def tidy_event(event: Event) -> Event:
    """The event in the one form it is stored and exported in: blanks and shares say no more than they mean."""
    return replace(
        event,
        name=one_line(event.name),
        code_kind=one_line(event.code_kind),
        text=one_line(event.text),
        hierarchy=event.hierarchy or STANDARD,
        parent=event.parent or None,
        rules=tuple(in_lowest_terms(rule) for rule in event.rules),
    )


def tidy_facts(facts: ReorganisationFacts) -> ReorganisationFacts:
    """What is said of a reorganisation, each text on one line."""
    return replace(
        facts,
        key=facts.key.strip(),
        name=one_line(facts.name),
        decision=one_line(facts.decision),
        text=one_line(facts.text),
    )
