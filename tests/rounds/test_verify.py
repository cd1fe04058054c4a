"""Rounds and people's work in them are what the log tells: what was changed beside the services is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.db.models import F

from tests.planning.samples import LOCAL, TODAY
from tests.rounds.samples import COMPLETE, KEY, UNIT, books, save, submit
from tests.rounds.test_setup_services import DRAFT
from uppsikt.planning.states import State
from uppsikt.rounds.models import Answer, Cell, Explanation, Participant, Question, RoundSetup
from uppsikt.rounds.services import (
    answer_question,
    approve_unit,
    change_setup,
    change_state,
    excuse_unit,
    import_forecast,
    include_unit,
    return_unit,
    save_explanation,
    set_up_round,
    withdraw_unit,
)
from uppsikt.rounds.states import WorkState
from uppsikt.rounds.values import QuestionRow
from uppsikt.rounds.verify import verify_work

FACTS = replace(DRAFT, key=KEY, cut_off=date(2022, 4, 30), questions=(QuestionRow(1, "Risker?", is_required=False),))


@pytest.fixture
def work(registers: None) -> None:
    """A round in which every write there is was made."""
    assert set_up_round(actor=LOCAL, facts=replace(FACTS, participants=("4210",)), as_of=TODAY).findings == ()
    assert change_setup(actor=LOCAL, facts=FACTS, as_of=TODAY).findings == ()
    of_unit = {"actor": LOCAL, "round_key": KEY, "unit": UNIT, "as_of": TODAY}
    excuse_unit(**of_unit, reason="Slås ihop")  # type: ignore[arg-type]
    change_state(actor=LOCAL, key=KEY, to=State.OPEN, as_of=TODAY, **books())
    include_unit(**of_unit)  # type: ignore[arg-type]
    excuse_unit(actor=LOCAL, round_key=KEY, unit="4220", reason="Öppnar i juli", as_of=TODAY)
    save(("5", 0, 1_800, 0), ("6", 202205, 700, 0))
    save(("5", 0, 1_900, 1), ("6", 202205, None, 1))
    save_explanation(**of_unit, account="5", values=COMPLETE, seen_version=0)  # type: ignore[arg-type]
    answer_question(**of_unit, number=1, text="Inga", seen_version=0)  # type: ignore[arg-type]
    assert submit().findings == ()
    withdraw_unit(**of_unit)  # type: ignore[arg-type]
    file = b"enhet;konto;hel\xc3\xa5r\n4210;5;1250\n"
    assert not import_forecast(
        actor=LOCAL, round_key=KEY, content=file, name="p.csv", submitted_on=TODAY, actuals=lambda _: {}
    ).is_refused
    return_unit(**of_unit, message="En gång till")  # type: ignore[arg-type]
    assert submit().findings == ()
    approve_unit(**of_unit, **books(), accepts_gaps=True)  # type: ignore[arg-type]


TAMPERED: dict[str, tuple[Callable[[], object], str, str, str]] = {
    "threshold": (lambda: RoundSetup.objects.update(threshold_ore=1), "N070", "500 000,00", "0,01"),
    "deadline": (
        lambda: RoundSetup.objects.update(review_by=date(2023, 1, 1)),
        "N070",
        "2022-05-20",
        "2023-01-01",
    ),
    "question": (lambda: Question.objects.update(text="Inget?"), "N070", "Risker?", "Inget?"),
    "what must be answered": (
        lambda: Question.objects.update(is_required=True),
        "N070",
        "får besvaras",
        "måste besvaras",
    ),
    "state": (
        lambda: Participant.objects.filter(unit="4220").update(state=WorkState.APPROVED.value),
        "N071",
        "ej påbörjad",
        "godkänd",
    ),
    "excuse": (lambda: Participant.objects.filter(unit="4220").update(excused=""), "N071", "Öppnar i juli", "–"),
    "unit out": (
        lambda: Participant.objects.filter(unit="4220").delete(),
        "N071",
        "ej påbörjad, Öppnar i juli",
        "ingenting",
    ),
    "figure": (
        lambda: Cell.objects.filter(account="5", period=0).update(amount_ore=F("amount_ore") + 1),
        "N072",
        "1 250,00",
        "1 250,01",
    ),
    "emptied figure filled": (lambda: Cell.objects.filter(account="6").update(amount_ore=700), "N072", "–", "7,00"),
    "figure out": (
        lambda: Cell.objects.filter(account="5", period=0).delete(),
        "N072",
        "1 250,00",
        "ingenting",
    ),
    "explanation": (lambda: Explanation.objects.update(cause="Annat"), "N073", "Fler vikarier", "Annat"),
    "answer": (lambda: Answer.objects.update(text="Många"), "N073", "Inga", "Många"),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_work_changed_beside_the_services_is_named_with_what_the_log_tells(work: None, how: str) -> None:
    assert verify_work() == []
    change, code, told, held = TAMPERED[how]
    change()
    (finding,) = verify_work()
    shown = tuple(str(finding.facts[name]).replace("\u202f", " ") for name in ("told", "held"))
    assert (finding.code, *shown) == (code, told, held)
    assert str(finding.facts["row"]).startswith(KEY)
