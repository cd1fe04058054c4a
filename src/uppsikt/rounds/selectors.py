"""Reads of people's work in rounds. Each function asks a fixed number of questions, however many units take part."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db.models import Sum

from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import NotFound, found
from uppsikt.planning.findings import ROUND_UNKNOWN
from uppsikt.planning.kinds import BudgetKind, RoundKind
from uppsikt.planning.models import BudgetLine
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import forecasts, round_row, rounds
from uppsikt.rounds.cell_services import cell_row
from uppsikt.rounds.cells import shown
from uppsikt.rounds.holding import participant_row
from uppsikt.rounds.models import Answer, Cell, Comment, Explanation, Participant, Question, RoundSetup
from uppsikt.rounds.setups import first_setup, next_setup
from uppsikt.rounds.values import (
    AnswerRow,
    CellRow,
    CommentRow,
    ExplanationRow,
    ParticipantRow,
    QuestionRow,
    RoundWork,
    SetupDraft,
    SetupRow,
    UnitWork,
)


def unit_work(round_key: str, unit: str) -> UnitWork:
    """All that is held of a unit's work in a round (eight queries); raises `NotFound` for an unknown round."""
    row = _round(round_key)
    own = Participant.objects.filter(round__key=round_key, unit=unit).order_by("pk").first()
    explanations = Explanation.objects.filter(round__key=round_key, unit=unit).order_by("account")
    answers = Answer.objects.filter(question__round__key=round_key, unit=unit).select_related("question")
    comments = Comment.objects.filter(round__key=round_key, unit=unit).order_by("at", "pk")
    return UnitWork(
        row,
        setup_row(round_key),
        participant_row(own) if own else None,
        unit_cells(row, unit),
        tuple(explanation_row(explanation) for explanation in explanations),
        questions(round_key),
        tuple(answer_row(answer) for answer in answers.order_by("question__number")),
        tuple(comment_row(comment) for comment in comments),
    )


def unit_cells(row: RoundRow, unit: str) -> tuple[CellRow, ...]:
    """The cells of a unit, months nobody wrote too, with the versions an edit has to name (one query)."""
    stored = Cell.objects.filter(round__key=row.key, unit=unit).order_by("account", "period")
    return shown(map(cell_row, stored), row.months_left)


def round_cells(row: RoundRow) -> dict[str, tuple[CellRow, ...]]:
    """The same of every unit that has any (one query)."""
    by_unit: dict[str, list[CellRow]] = defaultdict(list)
    for cell in Cell.objects.filter(round__key=row.key).order_by("unit", "account", "period"):
        by_unit[cell.unit].append(cell_row(cell))
    return {unit: shown(cells, row.months_left) for unit, cells in by_unit.items()}


def participants(round_key: str) -> list[ParticipantRow]:
    """The units that take part in a round, by code (one query)."""
    return [participant_row(own) for own in Participant.objects.filter(round__key=round_key).order_by("unit")]


def round_work(round_key: str) -> RoundWork:
    """How far everybody has come in a round (seven queries); raises `NotFound` for an unknown round."""
    row = _round(round_key)
    explanations: dict[str, list[ExplanationRow]] = defaultdict(list)
    for explanation in Explanation.objects.filter(round__key=round_key).order_by("unit", "account"):
        explanations[explanation.unit].append(explanation_row(explanation))
    answered: dict[str, set[int]] = defaultdict(set)
    answers = Answer.objects.filter(question__round__key=round_key).exclude(text="")
    for unit, number in answers.values_list("unit", "question__number"):
        answered[unit].add(number)
    still_open = Comment.objects.filter(round__key=round_key, settled_at=None).order_by()
    return RoundWork(
        row,
        setup_row(round_key),
        tuple(participants(round_key)),
        questions(round_key),
        {unit: tuple(own) for unit, own in explanations.items()},
        {unit: frozenset(own) for unit, own in answered.items()},
        Counter(still_open.values_list("unit", flat=True)),
    )


def participant_of(
    plan: CodePlan, taking_part: Iterable[ParticipantRow], unit: str, row: RoundRow
) -> ParticipantRow | None:
    """Who answers for a unit in a round: itself, or the nearest above it on the cut-off that takes part."""
    by_unit = {own.unit: own for own in taking_part}
    return next((by_unit[code] for code in plan.path("unit", unit, row.cut_off) if code in by_unit), None)


def setup_row(round_key: str) -> SetupRow | None:
    """How a round is run; None for rounds that nobody set up for people's work (one query)."""
    own = RoundSetup.objects.filter(round__key=round_key).first()
    return _setup_row(own) if own else None


def setups_by_round() -> dict[str, SetupRow]:
    """How each round is run, by its key (one query)."""
    return {own.round.key: _setup_row(own) for own in RoundSetup.objects.select_related("round").order_by("pk")}


def _setup_row(own: RoundSetup) -> SetupRow:
    return SetupRow(
        own.opens_on, own.review_by, own.adopt_by, own.threshold_ore, own.threshold_permille, own.report_key
    )


def participants_by_round() -> dict[str, list[ParticipantRow]]:
    """Everybody who takes part in any round, by the round's key (one query)."""
    by_round: dict[str, list[ParticipantRow]] = defaultdict(list)
    for own in Participant.objects.select_related("round").order_by("unit"):
        by_round[own.round.key].append(participant_row(own))
    return by_round


def held_setup(round_key: str) -> SetupDraft:
    """A round as it is set up, for a form or for the next round; raises `NotFound` for an unknown round.

    A round nobody set up for people's work has the units that handed in forecasts as its participants.
    """
    row = _round(round_key)
    deadline, first = first_setup(row.cut_off)
    own = setup_row(round_key)
    units = [participant.unit for participant in participants(round_key)]
    if own is None:
        units = units or sorted({forecast.unit for forecast in forecasts(round_key)})
    facts = (row.key, row.name, RoundKind(row.kind), row.year, row.cut_off, row.deadline, row.previous_key)
    days = replace(first, review_by=row.deadline + (first.review_by - deadline))
    days = replace(days, adopt_by=row.deadline + (first.adopt_by - deadline))
    days = replace(days, opens_on=min(first.opens_on, row.deadline))
    return SetupDraft(*facts, own or days, tuple(units), questions(round_key))


def propose_setup(previous: RoundRow) -> SetupDraft:
    """The round that follows one, with nothing left to fill in.

    After a year-end, and before one, the questions are those that a round of that sort asked last, if any did.
    """
    known = rounds()
    draft = next_setup(held_setup(previous.key), code_plan(), {row.key for row in known})
    if draft.is_year_end == previous.is_year_end:
        return draft
    alike = (row for row in known if row.is_year_end == draft.is_year_end and row.cut_off < draft.cut_off)
    latest = max(alike, key=lambda row: row.cut_off, default=None)
    return replace(draft, questions=(questions(latest.key) if latest else ()) or draft.questions)


def questions(round_key: str) -> tuple[QuestionRow, ...]:
    """What every unit is asked, by number (one query)."""
    stored = Question.objects.filter(round__key=round_key).order_by("number")
    return tuple(QuestionRow(own.number, own.text, own.is_required) for own in stored)


def budget_sums(year: int, until: date, units: Iterable[str] | None = None) -> list[tuple[str, str, int, int]]:
    """A year's budget as decided up to and with a day: unit, account, month and öre, of some units' own codes where
    asked (one query). A round counts the budget decided by its cut-off, as its statements and settlements do.
    """
    decided = BudgetLine.objects.filter(entry__year=year, entry__decided_on__lte=until)
    decided = decided if units is None else decided.filter(unit__in=list(units))
    sums = decided.exclude(entry__kind=BudgetKind.CARRY_OVER.value).values_list("unit", "account", "period")
    return list(sums.annotate(total=Sum("amount_ore")).order_by("unit", "account", "period"))


def budget_since(year: int, after: date, units: Iterable[str]) -> dict[str, int]:
    """What was decided of a year's budget after a day on the units' own codes, by account; no noughts (one query)."""
    decided = BudgetLine.objects.filter(entry__year=year, entry__decided_on__gt=after, unit__in=list(units))
    sums = decided.exclude(entry__kind=BudgetKind.CARRY_OVER.value).values_list("account")
    return {account: ore for account, ore in sums.annotate(total=Sum("amount_ore")).order_by("account") if ore}


def explanation_row(own: Explanation) -> ExplanationRow:
    """A stored explanation as a value."""
    return ExplanationRow(
        own.account,
        own.cause,
        own.measure,
        own.effect_ore,
        own.responsible,
        own.due_on,
        own.version,
        own.changed_by,
        own.changed_at,
    )


def answer_row(own: Answer) -> AnswerRow:
    """A stored answer, with its question, as a value."""
    return AnswerRow(own.question.number, own.text, own.version, own.changed_by, own.changed_at)


def comment_row(own: Comment) -> CommentRow:
    """A stored comment as a value."""
    return CommentRow(own.pk, own.account, own.period, own.text, own.author, own.at, own.settled_by, own.settled_at)


def _round(key: str) -> RoundRow:
    row = round_row(key)
    if row is None:
        raise NotFound(found(ROUND_UNKNOWN, round=key))
    return row
