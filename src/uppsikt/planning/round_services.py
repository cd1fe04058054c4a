"""Writes of follow-up rounds: created, opened, consolidated, adopted. Every step is in `states.TRANSITIONS`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from uppsikt.audit.actors import Actor, Verb, require
from uppsikt.audit.services import record
from uppsikt.coding.stored_events import hold_registers
from uppsikt.core.findings import Finding, found
from uppsikt.core.texts import one_line
from uppsikt.planning.findings import REASON_NEEDED, ROUND_EXISTS, ROUND_UNKNOWN, STEP_NOT_ALLOWED
from uppsikt.planning.freeze import Pin, freeze
from uppsikt.planning.kinds import RoundKind
from uppsikt.planning.models import TEXT_LENGTH, AdoptedVersion, Round
from uppsikt.planning.rounds import RoundRow, round_faults
from uppsikt.planning.selectors import round_row
from uppsikt.planning.states import TRANSITIONS, State, is_correction
from uppsikt.planning.storage import BUDGET_PLAN, FORECAST_PLAN, hold_plan


@dataclass(frozen=True, slots=True)
class RoundChange:
    """The round after what was asked for; with findings it is as it was (None where there is none)."""

    round: RoundRow | None
    findings: tuple[Finding, ...] = ()


@transaction.atomic
def create_round(
    *,
    actor: Actor,
    key: str,
    name: str,
    kind: RoundKind,
    year: int,
    cut_off: date,
    deadline: date,
    as_of: date,
    previous_key: str | None = None,
) -> RoundChange:
    """Create a round as a draft."""
    require(actor, Verb.RUN_ROUND, (), as_of)
    wanted = RoundRow(key, name.strip(), kind.value, year, cut_off, deadline, State.DRAFT, previous_key)
    previous = Round.objects.filter(key=previous_key).first() if previous_key else None
    faults = tuple(_creation_faults(wanted))
    if faults:
        return RoundChange(round_row(key), faults)
    Round.objects.create(
        key=key,
        name=wanted.name,
        kind=kind.value,
        year=year,
        cut_off=cut_off,
        deadline=deadline,
        state=State.DRAFT.value,
        previous=previous,
    )
    payload = {
        "name": wanted.name,
        "kind": kind.value,
        "year": year,
        "cut_off": cut_off,
        "deadline": deadline,
        "previous": previous_key,
    }
    record(actor=actor, verb="create-round", target=f"round:{key}", payload=payload)
    return RoundChange(round_row(key))


def _creation_faults(wanted: RoundRow) -> Iterator[Finding]:
    if Round.objects.filter(key=wanted.key).exists():
        yield found(ROUND_EXISTS, round=wanted.key)
    previous = round_row(wanted.previous_key) if wanted.previous_key else None
    if wanted.previous_key and previous is None:
        yield found(ROUND_UNKNOWN, round=wanted.previous_key)
    yield from round_faults(wanted, previous)


def open_round(*, actor: Actor, key: str, as_of: date) -> RoundChange:
    """Open a draft, or a consolidated round again: forecasts are taken in."""
    return change_state(actor=actor, key=key, to=State.OPEN, as_of=as_of)


def consolidate_round(*, actor: Actor, key: str, as_of: date) -> RoundChange:
    """Consolidate an open round: no more forecasts."""
    return change_state(actor=actor, key=key, to=State.CONSOLIDATED, as_of=as_of)


def adopt_round(*, actor: Actor, key: str, as_of: date, pin: Pin | None = None) -> RoundChange:
    """Adopt a consolidated round for ever: its budget as of that day and its forecasts are kept as files.

    `pin` adds what it rests on outside planning: ledger, statements, texts and figures (`adoption.services`).
    """
    return change_state(actor=actor, key=key, to=State.ADOPTED, as_of=as_of, pin=pin)


def correct_round(*, actor: Actor, key: str, reason: str, as_of: date) -> RoundChange:
    """Open an adopted round for its next version. What was adopted stays as it was."""
    return change_state(actor=actor, key=key, to=State.OPEN, as_of=as_of, reason=reason)


@transaction.atomic
def change_state(
    *, actor: Actor, key: str, to: State, as_of: date, reason: str = "", pin: Pin | None = None
) -> RoundChange:
    """Take a round one step along the transition table; a `reason` is needed for opening an adopted one."""
    # always in this order: whoever adopts must see whole registers, whole entries and whole forecasts
    hold_registers()
    hold_plan(BUDGET_PLAN)
    hold_plan(FORECAST_PLAN)
    row = round_row(key)
    if row is None:
        require(actor, Verb.RUN_ROUND, (), as_of)
        return RoundChange(None, (found(ROUND_UNKNOWN, round=key),))
    verb = TRANSITIONS.get((row.state, to))
    require(actor, verb or TRANSITIONS.right_to(to) or Verb.RUN_ROUND, (), as_of)
    if verb is None:
        return RoundChange(row, (step_refused(row, to),))
    reason = one_line(reason)
    if is_correction(row.state, to) and not 0 < len(reason) <= TEXT_LENGTH:
        return RoundChange(row, (found(REASON_NEEDED, round=key),))
    payload: dict[str, object] = {"from": row.state.value, "to": to.value}
    changed: dict[str, object] = {"state": to.value}
    if to is State.ADOPTED:
        changed |= {"adopted_on": as_of, "frozen_hash": freeze(row, as_of, pin)}
        payload |= {"frozen_hash": changed["frozen_hash"], "version": row.version, "adopted_on": as_of}
    elif is_correction(row.state, to):
        changed |= {"adopted_on": None, "frozen_hash": "", "version": row.version + 1, "correction_reason": reason}
        payload |= {"version": row.version + 1, "reason": reason}
    Round.objects.filter(key=key).update(**changed)
    if to is State.ADOPTED:
        _keep_version(actor, row, str(changed["frozen_hash"]), as_of)
    record(actor=actor, verb="change-round-state", target=f"round:{key}", payload=payload)
    return RoundChange(round_row(key))


def _keep_version(actor: Actor, row: RoundRow, frozen_hash: str, adopted_on: date) -> None:
    AdoptedVersion.objects.create(
        round=Round.objects.get(key=row.key),
        number=row.version,
        frozen_hash=frozen_hash,
        adopted_on=adopted_on,
        adopted_by=actor.name,
        reason=row.correction_reason,
    )


def step_refused(row: RoundRow, to: State) -> Finding:
    """That a round can't go to a state from where it stands, and where it can."""
    possible = TRANSITIONS.told_after(row.state)
    return found(STEP_NOT_ALLOWED, round=row.key, state=row.state.label, wanted=to.label, possible=possible)
