"""A unit's steps in a round: handed in, taken back, returned, approved, excused. All of `states.TRANSITIONS`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.db import transaction

from uppsikt.audit.actors import Actor, Verb, require
from uppsikt.audit.services import record
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, found, has_errors
from uppsikt.core.texts import one_line, written
from uppsikt.planning.findings import ROUND_UNKNOWN
from uppsikt.planning.forecasts import Actuals, ActualsReader
from uppsikt.planning.models import TEXT_LENGTH
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import round_row
from uppsikt.planning.services import submit_forecast
from uppsikt.planning.states import State
from uppsikt.rounds.deviations import (
    account_labels,
    answer_faults,
    explanation_faults,
    forecast_rows,
    forgotten_budget,
    positions,
)
from uppsikt.rounds.findings import NOT_EDITABLE, NOTHING_TO_SUBMIT, UNIT_STEP_NOT_ALLOWED
from uppsikt.rounds.holding import Held, allowed_plan, hold_unit, mark, target_of
from uppsikt.rounds.selectors import unit_work
from uppsikt.rounds.states import TRANSITIONS, WorkState
from uppsikt.rounds.texts import text_faults
from uppsikt.rounds.values import BudgetReader, UnitChange

MESSAGE_LENGTH = 5_000


def submit_unit(
    *, actor: Actor, round_key: str, unit: str, as_of: date, actuals: ActualsReader, budget: BudgetReader
) -> UnitChange:
    """Hand in a unit's figures as its forecast, whole: what it handed in before and has emptied since falls.

    Every deviation over the threshold must be explained and every required question answered.
    """
    plan = allowed_plan(actor, Verb.SUBMIT_FORECAST, unit, as_of)
    row = round_row(round_key)
    if row is None:
        return UnitChange(None, (found(ROUND_UNKNOWN, round=round_key),))
    books = actuals(row), budget(row, unit)  # asked before anything is held: they take their time
    with transaction.atomic():
        held = hold_unit(round_key, unit)
        findings = [*held.closed(), *step_faults(held, WorkState.SUBMITTED), *held.excused()]
        if not findings:
            findings = _hand_in(actor, held, row, plan, as_of, books)
        if has_errors(findings):
            return UnitChange(held.row, tuple(findings))
        take_step(actor, held, WorkState.SUBMITTED, "submit-unit")
    return UnitChange(held.row, tuple(findings))


def _hand_in(
    actor: Actor, held: Held, row: RoundRow, plan: CodePlan, as_of: date, books: tuple[Actuals, Actuals]
) -> list[Finding]:
    actuals, budget = books
    work = unit_work(held.round_key, held.unit)
    said, findings = positions(held.unit, work.cells, row, actuals, budget)
    if not said:
        return [found(NOTHING_TO_SUBMIT, unit=held.unit)]
    findings += explanation_faults(said, work.explanations, work.setup, account_labels(plan, row.cut_off))
    findings += answer_faults(work.questions, (own.question_number for own in work.answers if own.text))
    findings += forgotten_budget(held.unit, said, budget, row, plan)
    if has_errors(findings):
        return findings
    done = submit_forecast(
        actor=actor,
        round_key=held.round_key,
        rows=forecast_rows(held.unit, said, row, plan),
        submitted_on=as_of,
        actuals=lambda _: actuals,
        origin=target_of(held.round_key, held.unit),
        whole_units=[held.unit],
    )
    return [*findings, *done.findings]


def withdraw_unit(*, actor: Actor, round_key: str, unit: str, as_of: date) -> UnitChange:
    """Take back what was handed in, to change it. What was handed in counts until it is handed in again."""
    return _step(actor, round_key, unit, as_of, WorkState.IN_PROGRESS, "withdraw-unit")


def return_unit(*, actor: Actor, round_key: str, unit: str, message: str, as_of: date) -> UnitChange:
    """Give a unit its forecast back, with what is to be done about it."""
    message = written(message).strip()
    faults = text_faults(message, MESSAGE_LENGTH, is_needed=True)
    return _step(actor, round_key, unit, as_of, WorkState.RETURNED, "return-unit", faults, message=message)


def excuse_unit(*, actor: Actor, round_key: str, unit: str, reason: str, as_of: date) -> UnitChange:
    """Let a unit off: the round doesn't wait for it, and nobody types there."""
    reason = one_line(reason)
    return _excuse(actor, round_key, unit, as_of, reason, text_faults(reason, TEXT_LENGTH, is_needed=True))


def include_unit(*, actor: Actor, round_key: str, unit: str, as_of: date) -> UnitChange:
    """Take an excuse back: the unit takes part again."""
    return _excuse(actor, round_key, unit, as_of, "", [])


def _excuse(
    actor: Actor, round_key: str, unit: str, as_of: date, reason: str, faults: Iterable[Finding]
) -> UnitChange:
    require(actor, Verb.RUN_ROUND, (), as_of)
    with transaction.atomic():
        held = hold_unit(round_key, unit)
        findings = [*held.closed(State.DRAFT), *faults]
        if held.state and not held.state.is_editable:
            findings.append(found(NOT_EDITABLE, unit=unit, state=held.state.label))
        if held.participant and held.state and not findings and held.participant.excused != reason:
            mark(held.participant, held.state, actor, excused=reason)
            payload = {"reason": reason}
            record(actor=actor, verb="excuse-unit", target=target_of(round_key, unit), payload=payload)
    return UnitChange(held.row, tuple(findings))


def _step(
    actor: Actor,
    round_key: str,
    unit: str,
    as_of: date,
    to: WorkState,
    verb: str,
    faults: Iterable[Finding] = (),
    **changed: str,
) -> UnitChange:
    allowed_plan(actor, TRANSITIONS.right_to(to) or Verb.RUN_ROUND, unit, as_of)
    with transaction.atomic():
        held = hold_unit(round_key, unit)
        findings = (*held.closed(), *step_faults(held, to), *faults)
        if not findings:
            take_step(actor, held, to, verb, changed=changed)
    return UnitChange(held.row, findings)


def step_faults(held: Held, to: WorkState) -> Iterator[Finding]:
    """Why a unit can't go to a state from where it stands, with where it can."""
    starts_by_writing = (held.state, to) == (WorkState.NOT_STARTED, WorkState.IN_PROGRESS)
    if held.state and (starts_by_writing or (held.state, to) not in TRANSITIONS):
        facts = {"state": held.state.label, "wanted": to.label, "possible": TRANSITIONS.told_after(held.state)}
        yield found(UNIT_STEP_NOT_ALLOWED, unit=held.unit, **facts)


def take_step(
    actor: Actor,
    held: Held,
    to: WorkState,
    verb: str,
    *,
    changed: Mapping[str, str] | None = None,
    gaps: Iterable[Finding] = (),
) -> None:
    """Store a unit's step, that was checked, and log it with what the unit left unsaid."""
    if held.participant is None:
        raise RuntimeError("a step was taken that was not checked")
    payload: dict[str, object] = {"from": held.participant.state, "to": to.value}
    left_unsaid = [finding.as_json() for finding in gaps]
    payload |= {"gaps": left_unsaid} if left_unsaid else {}
    mark(held.participant, to, actor, **(changed or {}))
    record(actor=actor, verb=verb, target=target_of(held.round_key, held.unit), payload=payload)
