from __future__ import annotations

from dataclasses import replace

import pytest

from tests.planning.samples import LOCAL, TODAY
from tests.rounds.samples import COMPLETE, KEY, UNIT, codes, put, state_of, work_round
from uppsikt.audit.actors import Actor
from uppsikt.audit.models import Event
from uppsikt.core.money import LARGEST_ORE
from uppsikt.planning.models import Round
from uppsikt.rounds.selectors import round_work, unit_work
from uppsikt.rounds.services import (
    add_comment,
    answer_question,
    excuse_unit,
    return_unit,
    save_explanation,
    settle_comment,
)
from uppsikt.rounds.states import WorkState
from uppsikt.rounds.values import AnswerRow, CommentRow, ExplanationRow, ExplanationText, Saved

pytestmark = pytest.mark.usefixtures("registers")
BO = Actor("bo", is_local=True)


def _explain(text: ExplanationText, seen: int, actor: Actor = LOCAL, account: str = "5") -> Saved[ExplanationRow]:
    return save_explanation(
        actor=actor, round_key=KEY, unit=UNIT, account=account, values=text, seen_version=seen, as_of=TODAY
    )


def _answer(text: str, seen: int, number: int = 1, actor: Actor = LOCAL) -> Saved[AnswerRow]:
    return answer_question(
        actor=actor, round_key=KEY, unit=UNIT, number=number, text=text, seen_version=seen, as_of=TODAY
    )


def _comment(text: str = "Varför?", account: str = "5", unit: str = UNIT, period: int = 0) -> Saved[CommentRow]:
    return add_comment(actor=LOCAL, round_key=KEY, unit=unit, text=text, as_of=TODAY, account=account, period=period)


def test_an_explanation_is_saved_and_of_two_at_once_the_later_is_told_what_stands() -> None:
    work_round()
    first = _explain(COMPLETE, 0)
    assert first.row is not None
    assert (first.row.version, first.row.has_measure, state_of()) == (1, True, WorkState.IN_PROGRESS)
    other = replace(COMPLETE, cause="Något annat")
    late = _explain(other, 0, BO)
    assert late.is_conflict
    assert late.row == first.row
    assert not _explain(COMPLETE, 0, BO).is_conflict  # the same words are no conflict
    assert _explain(other, 1, BO).row == unit_work(KEY, UNIT).explanations[0]
    assert round_work(KEY).explanations[UNIT][0].changed_by == "bo"


def test_an_answer_is_saved_taken_back_and_guarded_in_the_same_way() -> None:
    work_round(questions=["Risker?", "Övrigt?"])
    assert _answer(" Inga. ", 0).row == unit_work(KEY, UNIT).answers[0]
    assert _answer("Många.", 0, actor=BO).is_conflict
    assert round_work(KEY).answered == {UNIT: frozenset({1})}
    assert not _answer("", 1).is_conflict
    assert round_work(KEY).answered == {}
    assert codes(_answer("Ja", 0, number=3).findings) == ["N015"]


@pytest.mark.parametrize(
    ("changed", "account", "code"),
    [
        ({"cause": "x" * 5_001}, "5", "N014"),
        ({"responsible": "x" * 201}, "5", "N014"),
        ({"effect_ore": LARGEST_ORE + 1}, "5", "P010"),
        ({}, "finns ej", "P002"),
    ],
)
def test_an_explanation_that_makes_no_sense_is_a_finding(changed: dict[str, object], account: str, code: str) -> None:
    work_round()
    result = _explain(replace(COMPLETE, **changed), 0, account=account)  # type: ignore[arg-type]
    assert (codes(result.findings), unit_work(KEY, UNIT).explanations) == ([code], ())


def test_control_characters_become_blanks_wherever_people_write_and_line_breaks_stay() -> None:
    work_round(questions=["Risker?"])
    put("4220", WorkState.SUBMITTED)
    odd = "Hej\0då\r\n\x1b\tså\ud800"
    return_unit(actor=LOCAL, round_key=KEY, unit="4220", message=odd, as_of=TODAY)
    _comment(odd), _answer(odd, 0), _explain(replace(COMPLETE, cause=odd, measure=odd, responsible=odd), 0)
    work, kept = unit_work(KEY, UNIT), "Hej då\n \tså"
    (own,) = work.explanations
    said = (work.comments[0].text, work.answers[0].text, own.cause, own.measure)
    assert (*said, unit_work(KEY, "4220").participant.message) == (kept,) * 5
    excuse_unit(actor=LOCAL, round_key=KEY, unit=UNIT, reason=odd, as_of=TODAY)
    assert (own.responsible, unit_work(KEY, UNIT).participant.excused) == ("Hej då så", "Hej då så")


@pytest.mark.parametrize(
    ("account", "period", "code"), [("5", 7, "N005"), ("5", 10**30, "N005"), ("", 202209, "P002")]
)
def test_a_comment_is_of_a_cell_that_can_be(account: str, period: int, code: str) -> None:
    work_round()
    assert codes(_comment(account=account, period=period).findings) == [code]
    assert codes(_comment(period=202209).findings) == codes(_comment(account="").findings) == []
    assert [(own.account, own.period) for own in unit_work(KEY, UNIT).comments] == [("5", 202209), ("", 0)]


def test_words_are_not_changed_once_the_unit_has_handed_in() -> None:
    work_round(questions=["Risker?"])
    put(UNIT, WorkState.SUBMITTED)
    assert codes(_explain(COMPLETE, 0).findings) == ["N002"]
    assert codes(_answer("Inga", 0).findings) == ["N002"]
    assert codes(_comment().findings) == []  # but they can be talked about


def test_a_comment_is_kept_apart_and_the_log_tells_only_that_it_was_written() -> None:
    work_round()
    comment = _comment("Hemligt påpekande").row
    assert comment is not None
    assert unit_work(KEY, UNIT).comments == (comment,)
    assert round_work(KEY).open_comments == {UNIT: 1}
    settled = settle_comment(actor=BO, round_key=KEY, unit=UNIT, comment=comment.id, as_of=TODAY).row
    assert settled is not None
    assert (settled.settled_by, round_work(KEY).open_comments) == ("bo", {})
    assert [event.verb for event in Event.objects.order_by("-sequence")[:2]] == ["settle-comment", "add-comment"]
    assert not any("Hemligt" in event.payload for event in Event.objects.all())


def test_a_comment_that_is_empty_elsewhere_or_too_late_is_a_finding() -> None:
    work_round()
    assert codes(_comment(" ").findings) == ["N013"]
    assert codes(_comment(account="finns ej").findings) == ["P002"]
    assert codes(_comment(unit="KS").findings) == ["N001"]
    own = _comment().row
    assert own is not None
    elsewhere = settle_comment(actor=LOCAL, round_key=KEY, unit="4220", comment=own.id, as_of=TODAY)
    assert codes(elsewhere.findings) == ["N016"]
    Round.objects.filter(key=KEY).update(state="consolidated")
    assert codes(_comment().findings) == []
    Round.objects.filter(key=KEY).update(state="adopted")
    assert codes(_comment().findings) == ["N017"]
