"""Writes of how a round is run: set up, changed, taken a step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db import transaction

from uppsikt.audit.actors import Actor, Verb, require
from uppsikt.audit.services import record
from uppsikt.coding.selectors import code_plan
from uppsikt.core.findings import Finding, found
from uppsikt.planning import services as planning
from uppsikt.planning.deadline_services import move_deadline
from uppsikt.planning.findings import ROUND_UNKNOWN
from uppsikt.planning.forecasts import ActualsReader
from uppsikt.planning.models import Round
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import round_row
from uppsikt.planning.services import RoundChange
from uppsikt.planning.states import State
from uppsikt.rounds.findings import (
    FACTS_FIXED,
    PARTICIPANT_AT_WORK,
    QUESTION_ANSWERED,
    SETUP_CLOSED,
)
from uppsikt.rounds.holding import hold_all
from uppsikt.rounds.models import Answer, Comment, Participant, Question, RoundSetup
from uppsikt.rounds.review_services import consolidate
from uppsikt.rounds.setups import setup_faults
from uppsikt.rounds.states import WorkState
from uppsikt.rounds.values import SetupDraft, SetupRow


def set_up_round(*, actor: Actor, facts: SetupDraft, as_of: date) -> RoundChange:
    """Create a round as a draft with all that belongs to it, in one go."""
    require(actor, Verb.RUN_ROUND, (), as_of)
    faults = tuple(setup_faults(facts, code_plan()))
    if faults:
        return RoundChange(round_row(facts.key), faults)
    with transaction.atomic():
        created = planning.create_round(
            actor=actor,
            key=facts.key,
            name=facts.name,
            kind=facts.kind,
            year=facts.year,
            cut_off=facts.cut_off,
            deadline=facts.deadline,
            as_of=as_of,
            previous_key=facts.previous_key,
        )
        if not created.findings:
            _store(actor, facts, "set-up-round")
    return created


def change_setup(*, actor: Actor, facts: SetupDraft, as_of: date) -> RoundChange:
    """Make a draft or open round's set-up what `facts` says; a round that had none gets its first.

    Key, kind, year, cut-off and previous round are fixed. A unit that began is excused, never taken out; a question
    that was answered stays as it was asked.
    """
    require(actor, Verb.RUN_ROUND, (), as_of)
    row = round_row(facts.key)
    if row is None:
        return RoundChange(None, (found(ROUND_UNKNOWN, round=facts.key),))
    faults = list(setup_faults(facts, code_plan()))
    with transaction.atomic():
        held = hold_all(facts.key)
        row = round_row(facts.key) or row
        faults += [*_fixed_faults(row, facts), *_participant_faults(held, facts), *_question_faults(facts)]
        if faults:
            return RoundChange(row, tuple(faults))
        moved = move_deadline(actor=actor, key=row.key, name=facts.name, deadline=facts.deadline, as_of=as_of)
        _store(actor, facts, "change-setup")
    return moved


def change_state(
    *,
    actor: Actor,
    key: str,
    to: State,
    as_of: date,
    actuals: ActualsReader,
    budget: ActualsReader,
    reason: str = "",
) -> RoundChange:
    """Take a round one step; to be consolidated everybody in it must be done, with nothing asked for left unsaid."""
    if to is State.CONSOLIDATED:
        return consolidate(actor=actor, key=key, as_of=as_of, actuals=actuals, budget=budget, reason=reason)
    return planning.change_state(actor=actor, key=key, to=to, as_of=as_of)


def _fixed_faults(row: RoundRow, facts: SetupDraft) -> Iterator[Finding]:
    if row.state not in (State.DRAFT, State.OPEN):
        yield found(SETUP_CLOSED, round=row.key, state=row.state.label)
    fixed = (row.kind, row.year, row.cut_off, row.previous_key)
    if fixed != (facts.kind.value, facts.year, facts.cut_off, facts.previous_key):
        yield found(FACTS_FIXED, round=row.key)


def _participant_faults(held: Sequence[Participant], facts: SetupDraft) -> Iterator[Finding]:
    talked_of = set(Comment.objects.filter(round__key=facts.key).order_by().values_list("unit", flat=True))
    for own in held:
        state = WorkState(own.state)
        if own.unit not in facts.participants and (state is not WorkState.NOT_STARTED or own.unit in talked_of):
            yield found(PARTICIPANT_AT_WORK, unit=own.unit, state=state.label)


def _question_faults(facts: SetupDraft) -> Iterator[Finding]:
    wanted = {question.number: question.text for question in facts.questions}
    answered = Answer.objects.filter(question__round__key=facts.key).order_by()
    for number, text in sorted(set(answered.values_list("question__number", "question__text"))):
        if wanted.get(number) != text:
            yield found(QUESTION_ANSWERED, number=number)


def _store(actor: Actor, facts: SetupDraft, verb: str) -> None:
    own = Round.objects.get(key=facts.key)
    RoundSetup.objects.update_or_create(round=own, defaults=_fields(facts.setup))
    Participant.objects.filter(round=own).exclude(unit__in=facts.participants).delete()
    units = dict.fromkeys(facts.participants)
    Participant.objects.bulk_create(
        (Participant(round=own, unit=unit) for unit in units), ignore_conflicts=True, batch_size=500
    )
    Question.objects.filter(round=own).exclude(number__in=[asked.number for asked in facts.questions]).delete()
    for asked in facts.questions:
        Question.objects.update_or_create(
            round=own, number=asked.number, defaults={"text": asked.text, "is_required": asked.is_required}
        )
    payload = {
        "setup": _fields(facts.setup),
        "participants": list(units),
        "questions": [[asked.number, asked.text, asked.is_required] for asked in facts.questions],
    }
    record(actor=actor, verb=verb, target=f"round:{facts.key}", payload=payload)


def _fields(setup: SetupRow) -> dict[str, object]:
    return {
        "opens_on": setup.opens_on,
        "review_by": setup.review_by,
        "adopt_by": setup.adopt_by,
        "threshold_ore": setup.threshold_ore,
        "threshold_permille": setup.threshold_permille,
        "report_key": setup.report_key,
    }
