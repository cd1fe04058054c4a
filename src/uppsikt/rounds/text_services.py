"""Saving what is said in words: explanations, answers to the round's questions, and comments.

Comments are working material: the log tells that one was written, never what it says.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from django.db import transaction

from uppsikt.audit.actors import Actor, Verb
from uppsikt.audit.services import record
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.formats import to_the_ore
from uppsikt.core.money import LARGEST_ORE
from uppsikt.core.texts import one_line, written
from uppsikt.planning.findings import AMOUNT_TOO_LARGE, CODE_UNKNOWN
from uppsikt.planning.states import State
from uppsikt.rounds.cells import edit_faults
from uppsikt.rounds.findings import COMMENT_UNKNOWN, COMMENTS_CLOSED, QUESTION_UNKNOWN
from uppsikt.rounds.holding import Held, allowed_plan, begin, hold_unit, target_of
from uppsikt.rounds.models import NAME_LENGTH, Answer, Comment, Explanation, Participant, Question
from uppsikt.rounds.selectors import answer_row, comment_row, explanation_row
from uppsikt.rounds.texts import text_faults
from uppsikt.rounds.values import AnswerRow, CellEdit, CommentRow, ExplanationRow, ExplanationText, Saved

LONGEST = 5_000


def save_explanation(
    *,
    actor: Actor,
    round_key: str,
    unit: str,
    account: str,
    values: ExplanationText,
    seen_version: int,
    as_of: date,
) -> Saved[ExplanationRow]:
    """Save why an account group deviates and what is done; in conflict where another wrote since `seen_version`."""
    plan = allowed_plan(actor, Verb.SUBMIT_FORECAST, unit, as_of)
    said = _stripped(values)
    with transaction.atomic():
        held = hold_unit(round_key, unit)
        findings = (*held.not_editable(), *_explanation_faults(account, said, plan))
        if findings or held.participant is None:
            return Saved(None, findings=findings)
        round_id = held.participant.round_id
        own = Explanation.objects.filter(round_id=round_id, unit=unit, account=account).first()
        if own and _values(own) == said:
            return Saved(explanation_row(own))
        if own and own.version != seen_version:
            return Saved(explanation_row(own), is_conflict=True)
        own = own or Explanation(round_id=round_id, unit=unit, account=account, version=0)
        before = _values(own)
        for name in ("cause", "measure", "effect_ore", "responsible", "due_on"):
            setattr(own, name, getattr(said, name))
        _write(actor, own, held.participant)
        payload = {"account": account, "before": _told(before), "after": _told(said)}
        record(actor=actor, verb="save-explanation", target=target_of(round_key, unit), payload=payload)
        return Saved(explanation_row(own))


def _stripped(said: ExplanationText) -> ExplanationText:
    return ExplanationText(
        written(said.cause).strip(),
        written(said.measure).strip(),
        said.effect_ore,
        one_line(said.responsible),
        said.due_on,
    )


def _values(own: Explanation) -> ExplanationText:
    return ExplanationText(own.cause, own.measure, own.effect_ore, own.responsible, own.due_on)


def _told(said: ExplanationText) -> list[object]:
    return [said.cause, said.measure, said.effect_ore, said.responsible, said.due_on]


def _explanation_faults(account: str, said: ExplanationText, plan: CodePlan) -> Iterator[Finding]:
    at = Place(column=account)
    if not plan.knows("account", account):
        yield found(CODE_UNKNOWN, at, value=account, dimension="account")
    lengths = ((said.cause, LONGEST), (said.measure, LONGEST), (said.responsible, NAME_LENGTH))
    for text, longest in lengths:
        yield from text_faults(text, longest, at)
    if abs(said.effect_ore or 0) > LARGEST_ORE:
        yield found(AMOUNT_TOO_LARGE, at, amount=to_the_ore(said.effect_ore or 0))


def answer_question(
    *, actor: Actor, round_key: str, unit: str, number: int, text: str, seen_version: int, as_of: date
) -> Saved[AnswerRow]:
    """Save a unit's answer to a question ("" takes it back); in conflict where another wrote since `seen_version`."""
    allowed_plan(actor, Verb.SUBMIT_FORECAST, unit, as_of)
    text = written(text).strip()
    with transaction.atomic():
        held = hold_unit(round_key, unit)
        findings = [*held.not_editable(), *text_faults(text, LONGEST)]
        question = Question.objects.filter(round__key=round_key, number=number).first()
        if question is None and not findings:
            findings.append(found(QUESTION_UNKNOWN, round=round_key, number=number))
        if findings or question is None or held.participant is None:
            return Saved(None, findings=tuple(findings))
        own = Answer.objects.filter(question=question, unit=unit).select_related("question").first()
        if own and own.text == text:
            return Saved(answer_row(own))
        if own and own.version != seen_version:
            return Saved(answer_row(own), is_conflict=True)
        own = own or Answer(question=question, unit=unit, version=0, text="")
        payload = {"question": number, "before": own.text, "after": text}
        own.text = text
        _write(actor, own, held.participant)
        record(actor=actor, verb="answer-question", target=target_of(round_key, unit), payload=payload)
        return Saved(answer_row(own))


def _write(actor: Actor, own: Explanation | Answer, participant: Participant) -> None:
    own.version += 1
    own.changed_at = datetime.now(UTC)
    own.changed_by = actor.name
    own.save()
    begin(participant, actor)


def add_comment(
    *, actor: Actor, round_key: str, unit: str, text: str, as_of: date, account: str = "", period: int = 0
) -> Saved[CommentRow]:
    """Say something in a thread: of a cell, an account group (period 0) or the unit's whole work (account "")."""
    plan = allowed_plan(actor, Verb.COMMENT, unit, as_of)
    text = written(text).strip()
    with transaction.atomic():
        held = hold_unit(round_key, unit)
        findings = [*_comment_faults(held), *text_faults(text, LONGEST, is_needed=True)]
        if held.round and (account or period):
            findings += edit_faults([CellEdit(account, period, None, 0)], held.round, plan)
        if findings or held.participant is None:
            return Saved(None, findings=tuple(findings))
        own = Comment.objects.create(
            round_id=held.participant.round_id,
            unit=unit,
            account=account,
            period=period,
            text=text,
            author=actor.name,
            at=datetime.now(UTC),
        )
        payload = {"comment": own.pk, "account": account, "period": period}
        record(actor=actor, verb="add-comment", target=target_of(round_key, unit), payload=payload)
        return Saved(comment_row(own))


def settle_comment(*, actor: Actor, round_key: str, unit: str, comment: int, as_of: date) -> Saved[CommentRow]:
    """Mark a comment as dealt with; one that is already stays as it is."""
    allowed_plan(actor, Verb.COMMENT, unit, as_of)
    with transaction.atomic():
        held = hold_unit(round_key, unit)
        findings = list(_comment_faults(held))
        own = Comment.objects.filter(round__key=round_key, unit=unit, pk=comment).first()
        if own is None and not findings:
            findings.append(found(COMMENT_UNKNOWN, unit=unit))
        if findings or own is None:
            return Saved(None, findings=tuple(findings))
        if own.settled_at is None:
            own.settled_at, own.settled_by = datetime.now(UTC), actor.name
            own.save(update_fields=["settled_at", "settled_by"])
            payload = {"comment": own.pk}
            record(actor=actor, verb="settle-comment", target=target_of(round_key, unit), payload=payload)
        return Saved(comment_row(own))


def _comment_faults(held: Held) -> Iterator[Finding]:
    if held.round and held.round.state is State.ADOPTED:
        yield found(COMMENTS_CLOSED, round=held.round_key)
    else:
        yield from held.closed(*State)
