"""Reorganisations between values and rows."""

from __future__ import annotations

import uuid
from collections import defaultdict
from datetime import date

from uppsikt.coding.events import (
    Annulment,
    Event,
    EventKind,
    Reorganisation,
    ReorganisationFacts,
    State,
    rules_as_json,
    rules_from_json,
)
from uppsikt.coding.models import RegisterRevision, ReorganisationEvent
from uppsikt.coding.models import Reorganisation as Row


def held_reorganisations() -> dict[str, Reorganisation]:
    """All that are stored, by key (two queries, one where there are none)."""
    rows = list(Row.objects.order_by("key"))
    events: dict[int, list[Event]] = defaultdict(list)
    if rows:
        for stored in ReorganisationEvent.objects.order_by("number"):
            events[stored.reorganisation_id].append(_event(stored))
    return {row.key: _reorganisation(row, tuple(events[row.pk])) for row in rows}


def _event(stored: ReorganisationEvent) -> Event:
    return Event(
        number=stored.number,
        kind=EventKind(stored.kind),
        dimension=stored.dimension,
        on=stored.on,
        code=stored.code,
        name=stored.name,
        code_kind=stored.code_kind,
        parent=stored.parent or None,
        hierarchy=stored.hierarchy,
        rules=rules_from_json(stored.rules),
        text=stored.text,
    )


def _reorganisation(row: Row, events: tuple[Event, ...]) -> Reorganisation:
    return Reorganisation(
        key=row.key,
        name=row.name,
        decision=row.decision,
        decided_on=row.decided_on,
        text=row.text,
        author=row.author,
        state=State(row.state),
        events=events,
        position=row.position,
        adopted_on=row.adopted_on,
        adopted_by=row.adopted_by,
        annulment=_annulment(row),
    )


def _annulment(row: Row) -> Annulment | None:
    if row.annulled_on is None or row.annulment_decided_on is None:
        return None
    return Annulment(
        row.annulment_decision, row.annulment_decided_on, row.annulment_text, row.annulled_by, row.annulled_on
    )


def store_draft(facts: ReorganisationFacts, author: str, events: tuple[Event, ...]) -> None:
    """Write a draft over the one with its key; the caller has seen to it that it is one."""
    said = {
        "name": facts.name,
        "decision": facts.decision,
        "decided_on": facts.decided_on,
        "text": facts.text,
    }
    row, _ = Row.objects.update_or_create(key=facts.key, defaults=said, create_defaults={**said, "author": author})
    row.events.all().delete()
    ReorganisationEvent.objects.bulk_create((_stored(row, event) for event in events), batch_size=200)
    renew()


def _stored(row: Row, event: Event) -> ReorganisationEvent:
    return ReorganisationEvent(
        reorganisation=row,
        number=event.number,
        kind=event.kind.value,
        dimension=event.dimension,
        on=event.on,
        code=event.code,
        name=event.name,
        code_kind=event.code_kind,
        parent=event.parent or "",
        hierarchy=event.hierarchy,
        rules=rules_as_json(event.rules),
        text=event.text,
    )


def store_adoption(key: str, by: str, on: date) -> int:
    """Make a draft adopted, the last so far; returns its position."""
    last = Row.objects.filter(position__isnull=False).order_by("-position").values_list("position", flat=True).first()
    position = (last or 0) + 1
    Row.objects.filter(key=key).update(state=State.ADOPTED.value, position=position, adopted_on=on, adopted_by=by)
    renew()
    return position


def store_annulment(key: str, annulment: Annulment) -> None:
    """Take an adopted reorganisation out of the fold; its events stay as they were decided."""
    Row.objects.filter(key=key).update(
        state=State.ANNULLED.value,
        annulled_on=annulment.on,
        annulled_by=annulment.by,
        annulment_decision=annulment.decision,
        annulment_decided_on=annulment.decided_on,
        annulment_text=annulment.text,
    )
    renew()


def remove_draft(key: str) -> None:
    """Delete a draft; the log has what it was."""
    Row.objects.filter(key=key, state=State.DRAFT.value).delete()
    renew()


def hold_registers() -> None:
    """One writer of registers and events at a time: what was checked must hold when it is stored."""
    RegisterRevision.objects.get_or_create(pk=1, defaults={"token": uuid.uuid4().hex})
    RegisterRevision.objects.select_for_update().get(pk=1)


def renew() -> None:
    """Tell caches in all processes that the code plan is another."""
    RegisterRevision.objects.filter(pk=1).update(token=uuid.uuid4().hex)
