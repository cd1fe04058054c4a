"""A draft as written into a draft as held, by the reader of files of events; and back into a form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from uppsikt.coding.event_files import HEADINGS, heading_label, read_events
from uppsikt.coding.event_texts import share_texts
from uppsikt.coding.events import Event, Reorganisation, ReorganisationFacts
from uppsikt.coding.findings import DATE_UNREADABLE
from uppsikt.core.changes import STANDARD, Condition
from uppsikt.core.findings import Finding, Place, found, has_errors
from uppsikt.core.postings import DIMENSION_NAMES
from uppsikt.core.tables import Row, Table, date_from_text
from uppsikt.web.organisation.draft_forms import DraftForm, EventField, PortionField

UNSAVED = "utkast"  # what a draft is called before it has a key of its own


@dataclass(frozen=True)
class ReadDraft:
    """What a form says, with what in it can't be read. Findings stand at the number of their event."""

    facts: ReorganisationFacts
    events: Sequence[Event]
    findings: Sequence[Finding]

    @property
    def is_refused(self) -> bool:
        """Whether something can't be read, so that saving would lose it."""
        return has_errors(self.findings)

    @property
    def key(self) -> str:
        """What findings about it are found by."""
        return self.facts.key or UNSAVED


def read_draft(form: DraftForm) -> ReadDraft:
    """The draft a form says."""
    decided_on = date_from_text(form.decided_on) if form.decided_on else None
    facts = ReorganisationFacts(form.key, form.name, form.decision, decided_on, form.text)
    faults = [found(DATE_UNREADABLE, value=form.decided_on)] if form.decided_on and not decided_on else []
    written = [event for event in form.events if event.code or event.name or event.portions]
    rows = [_row(event, portion) for event in written for portion in event.portions or [PortionField()]]
    if not rows:
        return ReadDraft(facts, (), faults)
    labels = tuple(heading_label(key) for key in HEADINGS)
    told, findings = read_events(Table(labels, tuple(rows)), {facts.key: facts}, facts.key)
    return ReadDraft(facts, told[0].events if told else (), [*faults, *findings])


def _row(event: EventField, portion: PortionField) -> Row:
    cells = {
        "event": str(event.number),
        "kind": event.kind,
        "dimension": event.dimension,
        "effective": event.on,
        "code": event.code,
        "code_name": event.name,
        "code_kind": event.code_kind,
        "parent": event.parent,
        "hierarchy": "" if event.hierarchy == STANDARD else event.hierarchy,
        "to": portion.to,
        "share": portion.share,
        "where": portion.where,
        "text": event.text,
    }
    return Row({heading_label(key): cells.get(key, "") for key in HEADINGS}, Place("", event.number))


def form_of(held: Reorganisation) -> DraftForm:
    """A draft as it is held, ready to be corrected."""
    return DraftForm(
        key=held.key,
        name=held.name,
        decision=held.decision,
        decided_on=held.decided_on.isoformat() if held.decided_on else "",
        text=held.text,
        events=[_field(event) for event in held.events],
    )


def _field(event: Event) -> EventField:
    return EventField(
        number=event.number,
        kind=event.kind.value,
        dimension=event.dimension,
        on=event.on.isoformat(),
        code=event.code,
        name=event.name,
        code_kind=event.code_kind,
        parent=event.parent or "",
        hierarchy=event.hierarchy,
        text=event.text,
        portions=list(_portions(event)),
    )


def _portions(event: Event) -> Iterator[PortionField]:
    for rule in event.rules:
        for portion, share in zip(rule.portions, share_texts(rule), strict=True):
            yield PortionField(portion.code, share, _where(rule.conditions))


def _where(conditions: Sequence[Condition]) -> str:
    """Conditions in the reader's words, as the reader of files takes them."""
    return "; ".join(
        f"{DIMENSION_NAMES[own.dimension]}{'' if own.hierarchy == STANDARD else ':' + own.hierarchy}: "
        + ", ".join(own.under)
        for own in conditions
    )
