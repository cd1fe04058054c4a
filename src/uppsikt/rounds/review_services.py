"""Writes of whoever reviews: units approved, and the round closed for them, with open eyes for what is left unsaid.

A forecast that came by file explains nothing. What it lacks is told before anything is done: a unit with gaps is
approved, and a round with gaps consolidated, only where that is said to be meant, and the log keeps the gaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from uppsikt.audit.actors import Actor, Verb, require
from uppsikt.audit.services import record
from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, found, has_errors
from uppsikt.core.texts import one_line
from uppsikt.planning import services as planning
from uppsikt.planning.findings import ROUND_UNKNOWN
from uppsikt.planning.forecasts import ActualsReader
from uppsikt.planning.models import TEXT_LENGTH
from uppsikt.planning.round_services import step_refused
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import ForecastFacts, forecasts, round_row
from uppsikt.planning.services import RoundChange
from uppsikt.planning.states import State
from uppsikt.rounds.findings import CHANGED_SINCE_SEEN, GAPS_NOT_ACCEPTED, GAPS_WITHOUT_REASON, UNIT_NOT_DONE
from uppsikt.rounds.gaps import by_unit, mark_of, round_gaps
from uppsikt.rounds.holding import Held, hold_all, hold_units, participant_row
from uppsikt.rounds.said import Books
from uppsikt.rounds.selectors import round_work
from uppsikt.rounds.states import WorkState
from uppsikt.rounds.texts import text_faults
from uppsikt.rounds.unit_services import step_faults, take_step
from uppsikt.rounds.values import ParticipantRow, UnitChange


def approve_unit(
    *,
    actor: Actor,
    round_key: str,
    unit: str,
    as_of: date,
    actuals: ActualsReader,
    budget: ActualsReader,
    accepts_gaps: bool = False,
    seen: str | None = None,
) -> UnitChange:
    """Approve what a unit handed in (see `approve_units`)."""
    (change,) = approve_units(
        actor=actor,
        round_key=round_key,
        units=[unit],
        as_of=as_of,
        actuals=actuals,
        budget=budget,
        accepts_gaps=accepts_gaps,
        seen=None if seen is None else {unit: seen},
    )
    return change


def approve_units(
    *,
    actor: Actor,
    round_key: str,
    units: Sequence[str],
    as_of: date,
    actuals: ActualsReader,
    budget: ActualsReader,
    accepts_gaps: bool = False,
    seen: Mapping[str, str] | None = None,
) -> list[UnitChange]:
    """Approve what units handed in, each by itself: one that can't be stops no other.

    A unit that lacks explanations or answers the round asks for, or leaves budget without a forecast, is approved
    only where `accepts_gaps` says so; the gaps are told either way. `budget` gives the whole round's. `seen` has the
    mark of what was seen of each unit (`gaps.mark_of`): one that has changed since isn't approved. Without it
    whatever stands is meant.
    """
    plan = code_plan()
    for unit in units:
        require(actor, Verb.APPROVE_FORECAST, plan.path("unit", unit, as_of), as_of)
    row = round_row(round_key)
    if row is None:
        return [UnitChange(None, (found(ROUND_UNKNOWN, round=round_key),)) for _ in units]
    books = Books(actuals(row), budget(row))  # asked before anything is held: they take their time
    with transaction.atomic():
        held = {own.unit: own for own in hold_units(row.key, units)}
        now = round_row(row.key)
        read = _read(row, books, plan, units)
        return [_approve(actor, Held(row.key, unit, held.get(unit), now), read, seen, accepts_gaps) for unit in units]


@dataclass(frozen=True, slots=True)
class _Read:
    """What several units have handed in and left unsaid, read once for all of them while they are held."""

    handed_in: Mapping[str, Sequence[ForecastFacts]]
    gaps: Mapping[str, Sequence[Finding]]


def _read(row: RoundRow, books: Books, plan: CodePlan, units: Sequence[str]) -> _Read:
    handed_in = by_unit(forecasts(row.key, units))
    return _Read(handed_in, round_gaps(round_work(row.key), units, handed_in, books, plan))


def _approve(actor: Actor, held: Held, read: _Read, seen: Mapping[str, str] | None, accepts_gaps: bool) -> UnitChange:
    unit, own = held.unit, held.row
    refusals = [*held.closed(), *step_faults(held, WorkState.APPROVED)]
    if own and not refusals and seen is not None and seen.get(unit) != mark_of(own, read.handed_in.get(unit, ())):
        refusals.append(found(CHANGED_SINCE_SEEN, unit=unit))
    if refusals or own is None:
        return UnitChange(own, tuple(refusals))
    gaps = tuple(read.gaps.get(unit, ()))
    if gaps and not accepts_gaps:
        return UnitChange(own, (*gaps, found(GAPS_NOT_ACCEPTED, unit=unit)))
    take_step(actor, held, WorkState.APPROVED, "approve-unit", gaps=gaps)
    return UnitChange(held.row, gaps)


def consolidate(
    *, actor: Actor, key: str, as_of: date, actuals: ActualsReader, budget: ActualsReader, reason: str = ""
) -> RoundChange:
    """Close a round for its units, when each is approved or excused; findings name those that are not.

    Where units lack explanations or answers the round asks for, or leave budget without a forecast, a `reason` says
    why it is closed all the same.
    """
    require(actor, Verb.RUN_ROUND, (), as_of)
    plan, row, reason = code_plan(), round_row(key), one_line(reason)
    if row is None:
        return RoundChange(None, (found(ROUND_UNKNOWN, round=key),))
    books = Books(actuals(row), budget(row))  # asked before anything is held: they take their time
    with transaction.atomic():
        taking_part = [participant_row(own) for own in hold_all(key)]
        row = round_row(key) or row
        if row.state is not State.OPEN:  # told here: planning's locks are for whoever holds an open round
            return RoundChange(row, (step_refused(row, State.CONSOLIDATED),))
        waited_for = [own for own in taking_part if not own.is_done]
        if waited_for:
            return RoundChange(row, tuple(_not_done(waited_for, plan, row)))
        units = [own.unit for own in taking_part]
        left = _read(row, books, plan, units).gaps
        gaps = [finding for unit in units for finding in left.get(unit, ())]
        if gaps and any(text_faults(reason, TEXT_LENGTH, is_needed=True)):
            return RoundChange(row, (*gaps, found(GAPS_WITHOUT_REASON, units=", ".join(left), longest=TEXT_LENGTH)))
        done = planning.consolidate_round(actor=actor, key=key, as_of=as_of)
        if gaps and not has_errors(done.findings):  # logged last: whoever holds the log's chain waits for no plan
            payload = {"reason": reason, "gaps": [own.as_json() for own in gaps]}
            record(actor=actor, verb="accept-gaps", target=f"round:{key}", payload=payload)
    return RoundChange(done.round, (*gaps, *done.findings))


def _not_done(waited_for: Iterable[ParticipantRow], plan: CodePlan, row: RoundRow) -> Iterable[Finding]:
    for own in waited_for:
        name = plan.name("unit", own.unit, row.cut_off)
        yield found(UNIT_NOT_DONE, unit=own.unit, name=name, state=own.state.label)
