"""The file form of reorganisations: one row for each event, and one more for each further portion of its money.

    reorganisation;name;decision;decided_on;event;kind;dimension;effective;code;…;to;share;where;text
    lokaler-2022;Lokaler;KF § 12;2022-05-11;1;split;unit;2022-07-01;4290;…;5100;60 %;;
    lokaler-2022;;;;1;;;;;…;5200;40 %;;

Rows with the same number are one event, and the rows of it with the same conditions one rule; rules are tried
in their order. A row without a number is an event of its own. Swedish headings and words are read as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from uppsikt.coding.event_findings import KIND_UNKNOWN, MERGE_DIVIDES, NUMBER_UNREADABLE, ROW_CONTRADICTS
from uppsikt.coding.event_texts import (
    conditions_from,
    conditions_text,
    dimension_from,
    hierarchy_from,
    kind_from,
    portions_from,
    share_texts,
)
from uppsikt.coding.events import Event, EventKind, Reorganisation, ReorganisationFacts
from uppsikt.coding.findings import DATE_UNREADABLE, HEADING_UNKNOWN
from uppsikt.core.changes import STANDARD, Portion, SuccessionRule
from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.language import current_language
from uppsikt.core.tables import COLUMN_TWICE, Row, Table, date_from_text

ROOT = "/"
_SWEDISH = {
    "reorganisation": "omorganisation",
    "name": "namn",
    "decision": "beslut",
    "decided_on": "beslutad",
    "about": "beskrivning",
    "event": "händelse",
    "kind": "slag",
    "dimension": "dimension",
    "effective": "gäller_från",
    "code": "kod",
    "code_name": "kodens_namn",
    "code_kind": "kodens_slag",
    "parent": "överordnad",
    "hierarchy": "hierarki",
    "to": "till",
    "share": "andel",
    "where": "villkor",
    "text": "text",
}
HEADINGS = tuple(_SWEDISH)
_FACTS = ("name", "decision", "decided_on", "about")
_OF_EVENT = ("kind", "dimension", "effective", "code", "code_name", "code_kind", "parent", "hierarchy", "text")
_NEEDS = ("kind", "effective", "code")
_KEYS = {swedish: key for key, swedish in _SWEDISH.items()}
_PLACED = (EventKind.OPEN, EventKind.MOVE)


@dataclass(frozen=True)
class Told:
    """A reorganisation as a file tells it, and where each of its events stands there.

    `faulty` has the dimension and code of each event that couldn't be read as it should, by number.
    """

    facts: ReorganisationFacts
    events: tuple[Event, ...]
    places: Mapping[int, Place]
    at: Place
    faulty: Mapping[int, tuple[str, str]] = field(default_factory=dict)


@dataclass
class _Group:
    # the rows that are about one thing: cells that say nothing are as the first row says
    rows: list[tuple[Row, dict[str, str]]] = field(default_factory=list)

    @property
    def at(self) -> Place:
        return self.rows[0][0].place

    def cell(self, key: str) -> str:
        return next((cells[key] for _, cells in self.rows if cells.get(key)), "")

    def contradictions(self, keys: Iterable[str]) -> list[Finding]:
        return [
            found(ROW_CONTRADICTS, row.place, name=heading_label(key), value=cells[key], first=self.cell(key))
            for key in keys
            for row, cells in self.rows
            if cells.get(key) and cells[key] != self.cell(key)
        ]


def heading_label(key: str) -> str:
    """A heading in the user's language."""
    return key if current_language() == "en" else _SWEDISH[key]


def _heading_key(label: str) -> str | None:
    word = label.strip().lower().replace(" ", "_")
    key = _KEYS.get(word, word)
    return key if key in _SWEDISH else None


def read_events(
    table: Table, known: Mapping[str, ReorganisationFacts], default: str = ""
) -> tuple[list[Told], list[Finding]]:
    """The reorganisations in a file. Rows that name none are about the one whose key is `default`.

    `known` says of each key what the file's cells leave out.
    """
    columns: dict[str, str] = {}
    findings = [
        found(COLUMN_TWICE, Place(column=heading), name=f"{columns[key]} / {heading}")
        for heading in table.headings
        if (key := _heading_key(heading)) and columns.setdefault(key, heading) != heading
    ]
    findings += [
        found(HEADING_UNKNOWN, Place(column=name), name=name)
        for name in table.headings
        if name and not _heading_key(name)
    ]
    if lacking := table.lacking(_NEEDS, columns, _KEYS):
        return [], findings + lacking
    groups: dict[str, _Group] = {}
    for row in table.rows:
        cells = {key: row.get(heading).replace("\u00a0", " ") for key, heading in columns.items()}
        key = cells.get("reorganisation") or default
        groups.setdefault(key, _Group()).rows.append((row, cells))
    told = []
    for key, group in groups.items():
        own, faults = _told(group, known.get(key, ReorganisationFacts(key, key)))
        told.append(own)
        findings += faults
    return told, findings


def _told(group: _Group, known: ReorganisationFacts) -> tuple[Told, list[Finding]]:
    findings = group.contradictions(_FACTS)
    decided_on, faults = _day(group, "decided_on")
    facts = ReorganisationFacts(
        known.key,
        group.cell("name") or known.name,
        group.cell("decision") or known.decision,
        decided_on or known.decided_on,
        group.cell("about") or known.text,
    )
    numbered, more = _by_number(group)
    findings += [*faults, *more]
    events: list[Event] = []
    places: dict[int, Place] = {}
    faulty: dict[int, tuple[str, str]] = {}
    for number, own in numbered.items():
        event, faults = _event(number, own)
        findings += faults
        if faults:
            faulty[number] = (dimension_from(own.cell("dimension")) or "unit", own.cell("code"))
        places[number] = own.at
        if event:
            events.append(event)
    return Told(facts, tuple(events), places, group.at, faulty), findings


def _by_number(group: _Group) -> tuple[dict[int, _Group], list[Finding]]:
    numbered: dict[int, _Group] = {}
    findings = []
    last = 0
    for row, cells in group.rows:
        text = cells.get("event", "")
        if text and not (text.isascii() and text.isdigit() and 0 < int(text) < 1_000_000):
            findings.append(found(NUMBER_UNREADABLE, row.place, value=text))
            continue
        number = int(text) if text else last + 1
        last = max(last, number)
        numbered.setdefault(number, _Group()).rows.append((row, cells))
    return numbered, findings


def _event(number: int, group: _Group) -> tuple[Event | None, list[Finding]]:
    findings = group.contradictions(_OF_EVENT)
    kind = kind_from(group.cell("kind"))
    if kind is None:
        known = ", ".join(own.label for own in EventKind)
        findings.append(found(KIND_UNKNOWN, group.at, value=group.cell("kind") or "–", known=known))
    on, faults = _day(group, "effective")
    receivers = list(dict.fromkeys(cells["to"] for _, cells in group.rows if cells.get("to")))
    rules, more = _rules(group)
    if kind is EventKind.MERGE and len(receivers) > 1:  # whatever else is wrong with their shares
        more = [found(MERGE_DIVIDES, group.at, value=group.cell("code"), targets=", ".join(receivers))]
    findings += [*faults, *more]
    if kind is None or on is None:
        return None, findings or [found(DATE_UNREADABLE, group.at, value="–")]
    parent = group.cell("parent")
    event = Event(
        number=number,
        kind=kind,
        dimension=dimension_from(group.cell("dimension")) or "unit",
        on=on,
        code=group.cell("code"),
        name=group.cell("code_name"),
        code_kind=group.cell("code_kind"),
        parent=None if parent in ("", ROOT) else parent,
        hierarchy=hierarchy_from(group.cell("hierarchy")),
        rules=rules,
        text=group.cell("text"),
    )
    return event, findings


def _day(group: _Group, key: str) -> tuple[date | None, list[Finding]]:
    text = group.cell(key)
    day = date_from_text(text) if text else None
    return day, [found(DATE_UNREADABLE, group.at, value=text)] if text and day is None else []


def _rules(group: _Group) -> tuple[tuple[SuccessionRule, ...], list[Finding]]:
    by_condition: dict[str, _Group] = {}
    for row, cells in group.rows:
        if cells.get("to"):
            by_condition.setdefault(cells.get("where", ""), _Group()).rows.append((row, cells))
    rules, findings = [], []
    for text, own in by_condition.items():
        conditions, faults = conditions_from(text)
        written = [(cells["to"], cells.get("share", "")) for _, cells in own.rows]
        portions, more = portions_from(group.cell("code"), written)
        findings += [Finding(fault.code, own.at, fault.facts) for fault in (*faults, *more)]
        unread = tuple(Portion(code) for code, _ in written)  # so that the codes are looked at all the same
        rules.append(SuccessionRule(portions or unread, conditions))
    return tuple(rules), findings


def event_rows(reorganisations: Iterable[Reorganisation]) -> tuple[list[str], list[list[str]]]:
    """Headings and rows of reorganisations, in the form that `read_events` reads."""
    rows = []
    for held in reorganisations:
        own = [
            {**_facts_of(held), **_cells_of(event), **portion}
            for event in held.events
            for portion in _portions_of(event)
        ]
        rows += [[cells[key] for key in HEADINGS] for cells in own]
    return [heading_label(key) for key in HEADINGS], rows


def _facts_of(held: Reorganisation) -> dict[str, str]:
    return {
        "reorganisation": held.key,
        "name": held.name,
        "decision": held.decision,
        "decided_on": held.decided_on.isoformat() if held.decided_on else "",
        "about": held.text,
    }


def _cells_of(event: Event) -> dict[str, str]:
    return {
        "event": str(event.number),
        "kind": event.kind.label,
        "dimension": event.dimension,
        "effective": event.on.isoformat(),
        "code": event.code,
        "code_name": event.name,
        "code_kind": event.code_kind,
        "parent": event.parent or (ROOT if event.kind in _PLACED else ""),
        "hierarchy": "" if event.hierarchy == STANDARD else event.hierarchy,
        "text": event.text,
    }


def _portions_of(event: Event) -> Sequence[dict[str, str]]:
    portions = [
        {"to": portion.code, "share": share, "where": conditions_text(rule.conditions)}
        for rule in event.rules
        for portion, share in zip(rule.portions, share_texts(rule), strict=True)
    ]
    return portions or [{"to": "", "share": "", "where": ""}]
