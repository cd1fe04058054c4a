"""Writes of reorganisations: drafts are corrected freely, what is adopted is only ever annulled.

A draft is kept with its faults, so that it can be worked on; faults stop its adoption. Every write is logged.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from uppsikt.audit.actors import Actor, Verb, require
from uppsikt.audit.services import record
from uppsikt.coding.event_files import Told, read_events
from uppsikt.coding.event_findings import (
    BUILT_ON,
    FACT_MISSING,
    KEY_MISSING,
    KEY_ODD,
    NO_EVENTS,
    NOT_A_DRAFT,
    NOT_ADOPTED,
)
from uppsikt.coding.event_forms import faults_of_form, odd_facts, tidy_event, tidy_facts
from uppsikt.coding.events import (
    Annulment,
    Event,
    Reorganisation,
    ReorganisationFacts,
    State,
    as_logged,
    change_key,
)
from uppsikt.coding.following import OF_CODES_AND_DAYS
from uppsikt.coding.histories import orphans, register_of
from uppsikt.coding.models import KEY_LENGTH
from uppsikt.coding.reorganising import with_events
from uppsikt.coding.selectors import base_plan, code_plan, folded, reorganisation, reorganisations
from uppsikt.coding.stored_events import hold_registers, remove_draft, store_adoption, store_annulment, store_draft
from uppsikt.core.findings import Finding, Place, Severity, found, has_errors
from uppsikt.core.hashes import hash_bytes
from uppsikt.core.language import say
from uppsikt.core.tables import read_table

_KEY = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class ReorganisationResult:
    """What came of a write. `key` None: nothing was stored (a fault of form, or a dry run)."""

    findings: tuple[Finding, ...]
    key: str | None = None

    @property
    def is_refused(self) -> bool:
        """Whether nothing was stored."""
        return self.key is None


@dataclass(frozen=True, slots=True)
class EventsImport:
    """What came of a file of events (or would, where `dry_run`). Refused: nothing was stored.

    An error at a draft's event doesn't refuse the file: the draft is kept with it, and can't be adopted.
    """

    findings: tuple[Finding, ...]
    saved: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    is_refused: bool = False
    dry_run: bool = False


def save_draft(
    *, actor: Actor, facts: ReorganisationFacts, events: Sequence[Event], as_of: date
) -> ReorganisationResult:
    """Store a draft, over the older one of the same key. Faults of its events are told and kept."""
    require(actor, Verb.REORGANISE, (), as_of)
    with transaction.atomic():
        hold_registers()
        held = {own.key: own for own in reorganisations()}
        facts, events = tidy_facts(facts), _numbered(events)
        facts = replace(facts, key=facts.key or _free_key(facts.name, held))
        findings = [*_faults_of_facts(facts, held), *faults_of_form(facts.key, events)]
        if has_errors(findings):
            return ReorganisationResult(tuple(findings))
        if not _says_the_same(held.get(facts.key), facts, events):
            _store(actor, facts, events)
        findings += (own for own in folded(facts.key).findings if own.at.source == facts.key)
    return ReorganisationResult(tuple(findings), facts.key)


def import_events(
    *,
    actor: Actor,
    content: bytes,
    name: str,
    as_of: date,
    facts: ReorganisationFacts | None = None,
    dry_run: bool = False,
) -> EventsImport:
    """Take in a file of events (CSV or XLSX) as drafts, each over the older one of its key.

    `facts` are of the reorganisation that rows without a key belong to. What is held with the same events is
    left as it is, whatever its state; an adopted one that the file says otherwise of refuses the file.
    """
    require(actor, Verb.REORGANISE, (), as_of)
    table, findings = read_table(content, name)
    if table is None or has_errors(findings):
        return EventsImport(tuple(findings), is_refused=True, dry_run=dry_run)
    with transaction.atomic():
        hold_registers()
        held = {own.key: own for own in reorganisations()}
        default = tidy_facts(facts) if facts else ReorganisationFacts("", "")
        default = replace(default, key=default.key or (_free_key(default.name, held) if facts else ""))
        known = {key: own.facts for key, own in held.items()} | ({default.key: default} if facts else {})
        told, faults = read_events(table, known, default.key)
        told = [replace(own, facts=tidy_facts(own.facts), events=_numbered(own.events)) for own in told]
        new = [own for own in told if not _says_the_same(held.get(own.facts.key), own.facts, own.events)]
        findings += faults
        readable, of_facts = [], []
        for own in new:
            of_form = [each for each in faults_of_form(own.facts.key, own.events) if each.at.line not in own.faulty]
            readable.append(_without(own, {each.at.line for each in of_form}))
            of_facts += _in_the_file(_faults_of_facts(own.facts, held), [own])
            findings += _in_the_file(of_form, [own])
        findings += of_facts
        is_refused = has_errors(findings)
        if not has_errors(of_facts):
            findings += _in_the_file(_folded_together(readable, only_errors=is_refused), new)
        findings.sort(key=lambda finding: finding.at.line or 0)
        if is_refused:
            return EventsImport(tuple(findings), is_refused=True, dry_run=dry_run)
        if new and not dry_run:
            for own in new:
                _store(actor, own.facts, own.events)
            payload = {"file": name, "file_hash": hash_bytes(content), "saved": [own.facts.key for own in new]}
            record(actor=actor, verb="import-reorganisations", target="reorganisations", payload=payload)
    unchanged = tuple(own.facts.key for own in told if own not in new)
    return EventsImport(tuple(findings), tuple(own.facts.key for own in new), unchanged, dry_run=dry_run)


def _without(told: Told, numbers: Collection[int | None]) -> Told:
    """What a file tells, with events of these numbers counted among those that couldn't be read."""
    more = {event.number: (event.dimension, event.code) for event in told.events if event.number in numbers}
    events = tuple(own for own in told.events if own.number not in numbers)
    return replace(told, events=events, faulty={**told.faulty, **more})


def _folded_together(told: Sequence[Told], *, only_errors: bool) -> tuple[Finding, ...]:
    # a file may hold drafts that build on each other, so they are tried in the file's order
    adopted = [own for own in reorganisations() if own.state is State.ADOPTED]
    last = max((own.position or 0 for own in adopted), default=0)
    drafts = [
        Reorganisation(own.facts.key, own.facts.name, events=own.events, position=no)
        for no, own in enumerate(told, start=last + 1)
    ]
    keys = {own.facts.key for own in told}
    faulty = {Place(own.facts.key, number): code for own in told for number, code in own.faulty.items()}
    read = {Place(own.facts.key, event.number) for own in told for event in own.events}
    doubtful = [code for at, code in faulty.items() if at not in read]
    findings = with_events(base_plan(), [*adopted, *drafts], doubtful).findings
    told_of = [own for own in findings if own.at.source in keys]
    if only_errors:
        told_of = [own for own in told_of if own.severity is Severity.ERROR]
    return tuple(own for own in told_of if own.at not in faulty or own.code in OF_CODES_AND_DAYS)


def _in_the_file(findings: Iterable[Finding], told: Sequence[Told]) -> list[Finding]:
    by_key = {own.facts.key: own for own in told}
    placed = []
    for finding in findings:
        own = by_key.get(finding.at.source) or told[0]
        at = own.places.get(finding.at.line or 0, own.at)
        placed.append(Finding(finding.code, Place(at.source, at.line, finding.at.column), finding.facts))
    return placed


def _says_the_same(held: Reorganisation | None, facts: ReorganisationFacts, events: tuple[Event, ...]) -> bool:
    return held is not None and (held.facts, held.events) == (facts, events)


def _store(actor: Actor, facts: ReorganisationFacts, events: tuple[Event, ...]) -> None:
    store_draft(facts, actor.name, events)
    _log(actor, "save-reorganisation", reorganisation(facts.key))


def discard_draft(*, actor: Actor, key: str, as_of: date) -> ReorganisationResult:
    """Delete a draft; the log keeps what it said."""
    require(actor, Verb.REORGANISE, (), as_of)
    with transaction.atomic():
        hold_registers()
        held = reorganisation(key)
        if held.state is not State.DRAFT:
            return ReorganisationResult((found(NOT_A_DRAFT, key=key, state=held.state.label),))
        _log(actor, "discard-reorganisation", held)
        remove_draft(key)
    return ReorganisationResult((), key)


def adopt_reorganisation(*, actor: Actor, key: str, as_of: date) -> ReorganisationResult:
    """Put a draft in effect as decided. Stopped by any error among its events, or by a decision that is missing."""
    require(actor, Verb.REORGANISE, (), as_of)
    with transaction.atomic():
        hold_registers()
        held = reorganisation(key)
        if not held.state.may_become(State.ADOPTED):
            return ReorganisationResult((found(NOT_A_DRAFT, key=key, state=held.state.label),))
        findings = [*_lacking_for_adoption(held), *folded(key).findings]
        if has_errors(findings):
            return ReorganisationResult(tuple(findings))
        store_adoption(key, actor.name, as_of)
        _log(actor, "adopt-reorganisation", reorganisation(key))
    return ReorganisationResult(tuple(own for own in findings if own.at.source == key), key)


def annul_reorganisation(
    *, actor: Actor, key: str, decision: str, decided_on: date | None, text: str = "", as_of: date
) -> ReorganisationResult:
    """Take an adopted reorganisation out of the structure by a new decision. Nothing is overwritten.

    Refused where what else is decided would no longer hold together without it.
    """
    require(actor, Verb.REORGANISE, (), as_of)
    with transaction.atomic():
        hold_registers()
        held = reorganisation(key)
        if not held.state.may_become(State.ANNULLED):
            return ReorganisationResult((found(NOT_ADOPTED, key=key, state=held.state.label),))
        said = tidy_facts(ReorganisationFacts(key, held.name, decision, decided_on, text))
        findings = [*_lacking(key, said.decision, decided_on), *odd_facts(said), *_built_on(held)]
        if decided_on is None or has_errors(findings):
            return ReorganisationResult(tuple(findings))
        store_annulment(key, Annulment(said.decision, decided_on, said.text, actor.name, as_of))
        _log(actor, "annul-reorganisation", reorganisation(key))
    return ReorganisationResult(tuple(findings), key)


def _free_key(name: str, held: dict[str, Reorganisation]) -> str:
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: KEY_LENGTH - 4].strip("-") or "omorganisation"
    key, number = stem, 1
    while key in held:
        number += 1
        key = f"{stem}-{number}"
    return key


def _numbered(events: Sequence[Event]) -> tuple[Event, ...]:
    """Events without a number (0) get the next ones, in their order."""
    last = max((event.number for event in events), default=0)
    numbered = []
    for event in events:
        if not event.number:
            last += 1
            event = replace(event, number=last)
        numbered.append(tidy_event(event))
    return tuple(sorted(numbered, key=lambda event: event.number))


def _faults_of_facts(facts: ReorganisationFacts, held: dict[str, Reorganisation]) -> list[Finding]:
    if not facts.key:
        return [found(KEY_MISSING)]
    if len(facts.key) > KEY_LENGTH or not _KEY.fullmatch(facts.key):
        return [found(KEY_ODD, key=facts.key[: KEY_LENGTH + 1], longest=KEY_LENGTH)]
    before = held.get(facts.key)
    if before and not before.state.may_become(State.DRAFT):
        return [found(NOT_A_DRAFT, key=facts.key, state=before.state.label)]
    lacking = [] if facts.name else [found(FACT_MISSING, key=facts.key, fact=say("namn", "a name"))]
    return [*lacking, *odd_facts(facts)]


def _lacking_for_adoption(held: Reorganisation) -> list[Finding]:
    lacking = _lacking(held.key, held.decision, held.decided_on)
    return lacking if held.events else [*lacking, found(NO_EVENTS, Place(held.key), key=held.key)]


def _lacking(key: str, decision: str, decided_on: date | None) -> list[Finding]:
    facts = [(decision, say("beslut", "a decision")), (decided_on, say("beslutsdag", "a day of decision"))]
    return [found(FACT_MISSING, Place(key), key=key, fact=fact) for held, fact in facts if not held]


def _built_on(held: Reorganisation) -> list[Finding]:
    others = [own for own in reorganisations() if own.state is State.ADOPTED and own.key != held.key]
    without = with_events(base_plan(), others)
    broken = [own for own in without.findings if own.severity is Severity.ERROR and own not in folded().findings]
    names = dict.fromkeys(change_key(own.at.source, own.at.line or 0) for own in broken)
    for dimension in held.dimensions:  # codes that the register has placed under one that an event opened
        hanging = set(orphans(register_of(without.plan, dimension))) - set(
            orphans(register_of(code_plan(), dimension))
        )
        names |= dict.fromkeys(sorted(own.code for own in hanging))
    return [found(BUILT_ON, Place(held.key), key=held.key, others=", ".join(names)), *broken] if names else []


def _log(actor: Actor, verb: str, held: Reorganisation) -> None:
    record(actor=actor, verb=verb, target=f"reorganisation:{held.key}", payload=as_logged(held))
