"""Writes of reorganisations: drafts are corrected freely, what is adopted is only ever annulled.

A draft is kept with its faults, so that it can be worked on; faults stop its adoption. Every write is logged.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from uppsikt.audit.actors import Actor, Verb, require
from uppsikt.audit.services import record
from uppsikt.coding.event_findings import (
    BUILT_ON,
    FACT_MISSING,
    KEY_ODD,
    NO_EVENTS,
    NOT_A_DRAFT,
    NOT_ADOPTED,
)
from uppsikt.coding.event_forms import faults_of_form
from uppsikt.coding.events import (
    Annulment,
    Event,
    Reorganisation,
    ReorganisationFacts,
    State,
    as_logged,
    change_key,
)
from uppsikt.coding.models import KEY_LENGTH
from uppsikt.coding.reorganising import with_events
from uppsikt.coding.selectors import base_plan, folded, reorganisation, reorganisations
from uppsikt.coding.stored_events import hold_registers, remove_draft, store_adoption, store_annulment, store_draft
from uppsikt.core.findings import Finding, Place, Severity, found, has_errors
from uppsikt.core.language import say

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


def save_draft(
    *, actor: Actor, facts: ReorganisationFacts, events: Sequence[Event], as_of: date
) -> ReorganisationResult:
    """Store a draft, over the older one of the same key. Faults of its events are told and kept."""
    require(actor, Verb.REORGANISE, (), as_of)
    with transaction.atomic():
        hold_registers()
        held = {own.key: own for own in reorganisations()}
        facts = replace(facts, key=facts.key or _free_key(facts.name, held))
        numbered = _numbered(events)
        findings = [*_faults_of_facts(facts, held), *faults_of_form(facts.key, numbered)]
        if has_errors(findings):
            return ReorganisationResult(tuple(findings))
        before = held.get(facts.key)
        if before is None or (before.facts, before.events) != (facts, numbered):
            store_draft(facts, actor.name, numbered)
            _log(actor, "save-reorganisation", reorganisation(facts.key))
        findings += (own for own in folded(facts.key).findings if own.at.source == facts.key)
    return ReorganisationResult(tuple(findings), facts.key)


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
        findings = [*_lacking(key, decision, decided_on), *_built_on(key)]
        if decided_on is None or has_errors(findings):
            return ReorganisationResult(tuple(findings))
        store_annulment(key, Annulment(decision, decided_on, text, actor.name, as_of))
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
        numbered.append(event)
    return tuple(sorted(numbered, key=lambda event: event.number))


def _faults_of_facts(facts: ReorganisationFacts, held: dict[str, Reorganisation]) -> list[Finding]:
    if len(facts.key) > KEY_LENGTH or not _KEY.fullmatch(facts.key):
        return [found(KEY_ODD, key=facts.key[: KEY_LENGTH + 1], longest=KEY_LENGTH)]
    before = held.get(facts.key)
    if before and not before.state.may_become(State.DRAFT):
        return [found(NOT_A_DRAFT, key=facts.key, state=before.state.label)]
    return [] if facts.name else [found(FACT_MISSING, key=facts.key, fact=say("namn", "a name"))]


def _lacking_for_adoption(held: Reorganisation) -> list[Finding]:
    lacking = _lacking(held.key, held.decision, held.decided_on)
    return lacking if held.events else [*lacking, found(NO_EVENTS, Place(held.key), key=held.key)]


def _lacking(key: str, decision: str, decided_on: date | None) -> list[Finding]:
    facts = [(decision, say("beslut", "a decision")), (decided_on, say("beslutsdag", "a day of decision"))]
    return [found(FACT_MISSING, Place(key), key=key, fact=fact) for held, fact in facts if not held]


def _built_on(key: str) -> list[Finding]:
    others = [own for own in reorganisations() if own.state is State.ADOPTED and own.key != key]
    broken = [own for own in with_events(base_plan(), others).findings if own.severity is Severity.ERROR]
    names = dict.fromkeys(change_key(own.at.source, own.at.line or 0) for own in broken)
    return [found(BUILT_ON, Place(key), key=key, others=", ".join(names)), *broken] if broken else []


def _log(actor: Actor, verb: str, held: Reorganisation) -> None:
    record(actor=actor, verb=verb, target=f"reorganisation:{held.key}", payload=as_logged(held))
