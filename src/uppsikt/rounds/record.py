"""What of people's work in a round is its record: explanations and answers. Comments are working material."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from uppsikt.rounds.models import Answer, Explanation, RoundSetup


@dataclass(frozen=True, slots=True)
class KeptExplanation:
    """Why an account group of a unit deviates, and what is done; `effect_ore` is the measure's effect this year."""

    unit: str
    account: str
    cause: str
    measure: str
    effect_ore: int | None
    responsible: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What a unit answered to a question of the round."""

    unit: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class RoundRecord:
    """A round's explanations and answers in a fixed order, and the report it is written for."""

    explanations: tuple[KeptExplanation, ...]
    answers: tuple[KeptAnswer, ...]
    report_key: str


def record_of(round_key: str) -> RoundRecord:
    """The round's record as it stands (three queries)."""
    explanations = Explanation.objects.filter(round__key=round_key).order_by("unit", "account")
    answers = Answer.objects.filter(question__round__key=round_key).order_by("unit", "question__number")
    setup = RoundSetup.objects.filter(round__key=round_key).first()
    return RoundRecord(
        tuple(
            KeptExplanation(
                own.unit, own.account, own.cause, own.measure, own.effect_ore, own.responsible, own.due_on
            )
            for own in explanations
        ),
        tuple(KeptAnswer(own.unit, own.question.text, own.text) for own in answers.select_related("question")),
        setup.report_key if setup else "",
    )
