"""What the pages of the log need. Read by auditors and administrators of the whole municipality."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.contrib.auth.models import User

from uppsikt.audit.actors import Actor, Verb, require
from uppsikt.audit.chain import EventRow, verify_chain
from uppsikt.audit.findings import DAY_UNREADABLE
from uppsikt.audit.selectors import LogFilter, event, log_head, log_page, logged_verbs, through
from uppsikt.core.findings import Finding, found
from uppsikt.core.language import in_alphabet
from uppsikt.core.tables import date_from_text
from uppsikt.web.actors import today
from uppsikt.web.errors import Absent
from uppsikt.web.findings import EVENT_UNKNOWN
from uppsikt.web.log.payloads import Node, payload_nodes
from uppsikt.web.log.wording import target_words, verb_words

_LARGEST = 2**63 - 1  # of the database's numbers


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event in the list."""

    sequence: int
    at: datetime
    actor: str
    verb: str
    target: str


@dataclass(frozen=True, slots=True)
class VerbOption:
    """A verb that can be asked for."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class LogListPage:
    """A page of the log; `asked` is what stands in the form, `query` the same as an address without its page."""

    lines: Sequence[EventLine]
    verbs: Sequence[VerbOption]
    asked: Mapping[str, str]
    query: str
    older: int | None
    is_first: bool
    findings: Sequence[Finding]


@dataclass(frozen=True)
class EventPage:
    """One event, opened."""

    row: EventRow
    line: EventLine
    nodes: Sequence[Node]
    is_linked: bool  # to the event before it, as that is stored


@dataclass(frozen=True)
class VerifiedPage:
    """Whether the whole chain holds."""

    findings: Sequence[Finding]
    count: int
    head: str


def require_log(actor: Actor) -> None:
    """Raise `NotAllowed` unless the actor reads the log: it tells of everybody."""
    require(actor, Verb.READ_AUDIT, (), today())


def asked_of(query: Mapping[str, str]) -> tuple[LogFilter, list[Finding]]:
    """The filter of an address; findings where a day can't be read."""
    findings: list[Finding] = []

    def day(name: str) -> date | None:
        text = query.get(name, "").strip()
        read = date_from_text(text) if text else None
        if text and read is None:
            findings.append(found(DAY_UNREADABLE, value=text))
        return read

    before = query.get("before", "")
    asked = LogFilter(
        since=day("since"),
        actor=query.get("actor", "").strip(),
        verb=query.get("verb", "").strip(),
        target=query.get("target", "").strip(),
        before=min(int(before), _LARGEST) if before.isascii() and before.isdigit() else None,
    )
    return through(asked, day("until")), findings


def list_page(actor: Actor, query: Mapping[str, str]) -> LogListPage:
    """The list as it is asked for: three queries, however long the log is."""
    require_log(actor)
    asked, findings = asked_of(query)
    page = log_page(asked)
    names = ("since", "until", "actor", "verb", "target")
    fields = {name: query.get(name, "").strip() for name in names}
    filled = {name: value for name, value in fields.items() if value}
    return LogListPage(
        lines=_lines(page.events),
        verbs=_verb_options(asked.verb),
        asked=fields,
        query=urlencode(filled),
        older=page.older,
        is_first=asked.before is None,
        findings=findings,
    )


def _verb_options(chosen: str) -> list[VerbOption]:
    options = [VerbOption(verb, verb_words(verb), verb == chosen) for verb in logged_verbs()]
    return sorted(options, key=lambda option: in_alphabet(option.label))


def _lines(rows: Iterable[EventRow]) -> list[EventLine]:
    rows = list(rows)
    keys = {row.target.removeprefix("user:") for row in rows if row.target.startswith("user:")}
    known = User.objects.filter(pk__in=[key for key in keys if key.isdigit()]).values_list("pk", "username")
    people = {str(key): name for key, name in known}
    return [
        EventLine(
            row.sequence, row.at, row.actor, verb_words(row.verb, row.payload), target_words(row.target, people)
        )
        for row in rows
    ]


def event_page(actor: Actor, sequence: int) -> EventPage:
    """One event with its payload in words, its seal, and whether both hold."""
    require_log(actor)
    held = event(min(sequence, _LARGEST))
    if held is None:
        raise Absent(found(EVENT_UNKNOWN, sequence=sequence))
    row, before = held
    [line] = _lines([row])
    return EventPage(row, line, payload_nodes(row.payload, row.verb), row.previous_hash == before)


def told(rows: Sequence[EventRow]) -> list[tuple[str, str]]:
    """What each event did and what it was done to, in words (one query)."""
    return [(line.verb, line.target) for line in _lines(rows)]


def verified_page(actor: Actor) -> VerifiedPage:
    """The whole chain counted again."""
    require_log(actor)
    findings = verify_chain()
    count, head = log_head()
    return VerifiedPage(findings, count, head)
