from __future__ import annotations

from dataclasses import replace

import pytest

from tests.planning.samples import LOCAL, TODAY
from tests.rounds.samples import COMPLETE, KEY, KRONA, UNIT, books, codes, put, save, state_of, submit, work_round
from uppsikt.audit.models import Event
from uppsikt.planning.models import ForecastLine
from uppsikt.planning.selectors import forecasts
from uppsikt.planning.verify import verify_plan
from uppsikt.rounds.models import Participant
from uppsikt.rounds.selectors import unit_work
from uppsikt.rounds.services import (
    answer_question,
    approve_unit,
    excuse_unit,
    include_unit,
    return_unit,
    save_explanation,
    withdraw_unit,
)
from uppsikt.rounds.states import TRANSITIONS, WorkState
from uppsikt.rounds.values import ExplanationText, UnitChange

pytestmark = pytest.mark.usefixtures("registers")
UNIT_FACTS = {"actor": LOCAL, "round_key": KEY, "unit": UNIT, "as_of": TODAY}
EIGHT_MONTHS = {(UNIT, "5"): {202200 + month: 100 for month in range(1, 9)}}


def _explain(text: ExplanationText, account: str = "5") -> None:
    saved = save_explanation(
        actor=LOCAL,
        round_key=KEY,
        unit=UNIT,
        account=account,
        values=text,
        seen_version=_version(account),
        as_of=TODAY,
    )
    assert (saved.findings, saved.is_conflict) == ((), False)


def _version(account: str) -> int:
    return next((own.version for own in unit_work(KEY, UNIT).explanations if own.account == account), 0)


def _months(account: str = "5") -> dict[int, int]:
    lines = ForecastLine.objects.filter(forecast__unit=UNIT, forecast__account=account, forecast__is_current=True)
    return dict(lines.filter(part="rest").values_list("period", "amount_ore"))


def test_a_full_year_is_handed_in_as_the_actual_and_a_rest_that_falls_as_the_budget_does() -> None:
    work_round()
    save(("5", 0, 1_800, 0))
    budget = {(UNIT, "5"): {202200 + month: 100 for month in range(1, 11)} | {202211: 300, 202212: 500}}
    result = submit(actuals=EIGHT_MONTHS, budget=budget)
    assert (result.findings, state_of()) == ((), WorkState.SUBMITTED)
    (forecast,) = forecasts(KEY)
    assert (forecast.full_year_ore, forecast.actual_ore, forecast.rest_ore) == (1_800, 800, 1_000)
    assert _months() == {202209: 100, 202210: 100, 202211: 300, 202212: 500}
    event = Event.objects.latest("sequence")
    assert (event.verb, event.target) == ("submit-unit", "round:delar2-2022/4210")


def test_without_a_budget_or_with_one_of_both_signs_the_rest_falls_equally() -> None:
    work_round()
    save(("5", 0, 1_200, 0))
    submit(actuals=EIGHT_MONTHS, budget={(UNIT, "5"): {202209: 100, 202210: -100}})
    assert _months() == dict.fromkeys((202209, 202210, 202211, 202212), 100)


def test_months_are_handed_in_as_they_are_and_all_of_them_must_be_there() -> None:
    work_round()
    typed = save(("5", 202209, 10, 0), ("5", 202210, 20, 0))
    assert codes(submit(actuals=EIGHT_MONTHS).findings) == ["N007"]
    assert state_of() is WorkState.IN_PROGRESS
    assert typed.conflicts == ()
    save(("5", 202211, 0, 0), ("5", 202212, 40, 0))
    assert submit(actuals=EIGHT_MONTHS).findings == ()
    assert _months() == {202209: 10, 202210: 20, 202211: 0, 202212: 40}
    assert forecasts(KEY)[0].full_year_ore == 870


def test_what_was_handed_in_before_and_emptied_since_stands_no_more() -> None:
    work_round()
    save(("5", 0, 500, 0), ("6", 0, 50, 0))
    submit()
    withdraw_unit(**UNIT_FACTS)  # type: ignore[arg-type]
    assert [own.account for own in forecasts(KEY)] == ["5", "6"]  # it counts until the unit hands in again
    save(("6", 0, None, 1), ("60", 0, 30, 0))
    submit()
    assert [(own.account, own.full_year_ore) for own in forecasts(KEY)] == [("5", 500), ("60", 30)]
    assert verify_plan() == []


def test_a_unit_with_nothing_typed_has_nothing_to_hand_in() -> None:
    work_round()
    assert codes(submit().findings) == ["N006"]
    assert state_of() is WorkState.NOT_STARTED


@pytest.mark.parametrize(
    ("full_year", "asked"),
    [
        (1_100, ["N008", "N009"]),  # worse: cause and measure
        (900, ["N008"]),  # better: the cause is enough
        (1_099, []),  # below the threshold in kronor
        (1_000, []),
    ],
)
def test_a_deviation_over_the_threshold_asks_for_an_explanation(full_year: int, asked: list[str]) -> None:
    work_round(threshold_ore=100 * KRONA)
    save(("5", 0, full_year * KRONA, 0))
    budget = {(UNIT, "5"): {202201: 1_000 * KRONA}}
    assert codes(submit(budget=budget).findings) == asked


def test_the_threshold_in_permille_must_be_reached_too() -> None:
    work_round(threshold_ore=100 * KRONA)  # and 10 permille
    save(("5", 0, 20_100 * KRONA, 0))
    assert submit(budget={(UNIT, "5"): {202201: 20_000 * KRONA}}).findings == ()


def test_an_explanation_that_is_whole_lets_the_unit_hand_in() -> None:
    work_round(threshold_ore=100 * KRONA)
    save(("5", 0, 1_100 * KRONA, 0))
    budget = {(UNIT, "5"): {202201: 1_000 * KRONA}}
    for lacking in ({"measure": ""}, {"effect_ore": None}, {"responsible": " "}, {"due_on": None}):
        _explain(replace(COMPLETE, **lacking))  # type: ignore[arg-type]
        assert codes(submit(budget=budget).findings) == ["N009"]
    _explain(replace(COMPLETE, effect_ore=0))
    assert submit(budget=budget).findings == ()


def test_required_questions_must_be_answered() -> None:
    work_round(questions=["Risker?"])
    save(("5", 0, 1, 0))
    assert codes(submit().findings) == ["N010"]
    answer_question(actor=LOCAL, round_key=KEY, unit=UNIT, number=1, text="Inga.", seen_version=0, as_of=TODAY)
    assert submit().findings == ()


def test_a_forgotten_account_group_is_a_warning() -> None:
    work_round()
    save(("6", 0, 1, 0))
    result = submit(budget={(UNIT, "5"): {202201: 300}, (UNIT, "60"): {202201: 5}})
    assert (codes(result.findings), state_of()) == (["N011"], WorkState.SUBMITTED)
    assert result.findings[0].facts["accounts"] == "5 Personalkostnader"


def test_a_unit_is_returned_with_a_message_changed_handed_in_again_and_approved() -> None:
    work_round()
    save(("5", 0, 500, 0))
    submit()
    assert codes(return_unit(**UNIT_FACTS, message=" ").findings) == ["N013"]  # type: ignore[arg-type]
    returned = return_unit(**UNIT_FACTS, message="Räkna med höjd hyra.")  # type: ignore[arg-type]
    assert returned.participant is not None
    assert (returned.participant.state, returned.participant.message) == (WorkState.RETURNED, "Räkna med höjd hyra.")
    save(("5", 0, 600, 1))
    assert state_of() is WorkState.RETURNED
    submit()
    assert approve_unit(**UNIT_FACTS, **books()).findings == ()  # type: ignore[arg-type]
    assert (state_of(), forecasts(KEY)[0].full_year_ore) == (WorkState.APPROVED, 600)


@pytest.mark.parametrize("start", WorkState)
def test_steps_that_are_not_in_the_table_are_refused_and_change_nothing(start: WorkState) -> None:
    work_round()
    save(("5", 0, 500, 0))
    put(UNIT, start)
    steps = {
        WorkState.IN_PROGRESS: lambda: withdraw_unit(**UNIT_FACTS),  # type: ignore[arg-type]
        WorkState.SUBMITTED: submit,
        WorkState.RETURNED: lambda: return_unit(**UNIT_FACTS, message="Mer"),  # type: ignore[arg-type]
        WorkState.APPROVED: lambda: approve_unit(**UNIT_FACTS, **books()),  # type: ignore[arg-type]
    }
    by_writing = (WorkState.NOT_STARTED, WorkState.IN_PROGRESS)
    for end, step in steps.items():
        if (start, end) not in TRANSITIONS or (start, end) == by_writing:
            assert codes(step().findings) == ["N012"]
            assert (state_of(), forecasts(KEY)) == (start, [])


def test_a_unit_is_excused_with_a_reason_and_included_again() -> None:
    work_round()
    assert codes(_excuse("").findings) == ["N013"]
    assert _excuse("läggs ned 1 oktober").findings == ()
    assert Participant.objects.get(unit=UNIT).excused == "läggs ned 1 oktober"
    assert codes(submit().findings) == ["N003"]
    assert include_unit(**UNIT_FACTS).findings == ()  # type: ignore[arg-type]
    assert Participant.objects.get(unit=UNIT).excused == ""
    put(UNIT, WorkState.APPROVED)
    assert codes(_excuse("för sent").findings) == ["N002"]


def _excuse(reason: str) -> UnitChange:
    return excuse_unit(actor=LOCAL, round_key=KEY, unit=UNIT, reason=reason, as_of=TODAY)
