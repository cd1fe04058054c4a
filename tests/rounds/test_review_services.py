"""Units that came by file explain nothing: approved, and the round consolidated, only with open eyes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.planning.samples import LOCAL, TODAY, forecast
from tests.rounds.samples import KEY, UNIT, books, codes, put, state_of, work_round
from uppsikt.audit.models import Event
from uppsikt.core.findings import has_errors
from uppsikt.planning.forecasts import ActualsReader
from uppsikt.planning.selectors import forecasts
from uppsikt.planning.states import State
from uppsikt.rounds.gaps import by_unit, mark_of
from uppsikt.rounds.selectors import participants
from uppsikt.rounds.services import answer_question, approve_units, consolidate, return_unit
from uppsikt.rounds.states import WorkState
from uppsikt.rounds.values import UnitChange

pytestmark = pytest.mark.usefixtures("registers")
BUDGET = {(UNIT, "5"): {202201: 100_000_00}, ("4220", "5"): {202201: 200_000_00}}


@pytest.fixture
def by_file(registers: None) -> None:
    """4210 lies 50 000 over its budget without a word of why; 4220 lies on its own, and has answered."""
    work_round(threshold_ore=20_000_00, questions=["Risker?"])
    answer_question(actor=LOCAL, round_key=KEY, unit="4220", number=1, text="Inga", seen_version=0, as_of=TODAY)
    forecast("enhet;konto;helår\n4210;5;150000\n4220;5;200000\n")
    put(UNIT, WorkState.SUBMITTED)
    put("4220", WorkState.SUBMITTED)


def _approve(*units: str, accepts_gaps: bool = False, seen: Mapping[str, str] | None = None) -> list[UnitChange]:
    return approve_units(
        actor=LOCAL, round_key=KEY, units=units, as_of=TODAY, accepts_gaps=accepts_gaps, seen=seen, **books(BUDGET)
    )


def _marks() -> dict[str, str]:
    handed_in = by_unit(forecasts(KEY))
    return {own.unit: mark_of(own, handed_in[own.unit]) for own in participants(KEY)}


@pytest.mark.usefixtures("by_file")
def test_a_unit_with_gaps_is_approved_where_they_are_accepted_and_the_log_keeps_them() -> None:
    with_gaps, whole = _approve(UNIT, "4220")
    assert codes(with_gaps.findings) == ["N053", "N054", "N055"]
    assert with_gaps.findings[0].facts["accounts"] == "5"
    assert (whole.findings, state_of(), state_of("4220")) == ((), WorkState.SUBMITTED, WorkState.APPROVED)
    (accepted,) = _approve(UNIT, accepts_gaps=True)
    assert codes(accepted.findings) == ["N053", "N054"]
    assert not has_errors(accepted.findings)
    assert state_of() is WorkState.APPROVED
    logged = [json.loads(own.payload) for own in Event.objects.filter(verb="approve-unit").order_by("sequence")]
    assert "gaps" not in logged[0]
    assert [own["code"] for own in logged[1]["gaps"]] == ["N053", "N054"]


@pytest.mark.usefixtures("by_file")
def test_a_round_with_gaps_is_consolidated_for_a_written_reason_alone() -> None:
    _approve(UNIT, "4220", accepts_gaps=True)
    for reason in ("", "  ", "x" * 201):
        refused = consolidate(actor=LOCAL, key=KEY, as_of=TODAY, reason=reason, **books(BUDGET))
        assert codes(refused.findings) == ["N053", "N054", "N056"]
        assert refused.findings[-1].facts["units"] == UNIT
    done = consolidate(actor=LOCAL, key=KEY, as_of=TODAY, reason="Nämnden\nvet", **books(BUDGET))
    assert done.round is not None
    assert (done.round.state, codes(done.findings)) == (State.CONSOLIDATED, ["N053", "N054"])
    logged = json.loads(Event.objects.get(verb="accept-gaps").payload)
    assert (logged["reason"], len(logged["gaps"])) == ("Nämnden vet", 2)


@pytest.mark.usefixtures("by_file")
def test_a_unit_that_changed_since_it_was_seen_is_not_approved_and_the_others_are() -> None:
    seen = _marks()
    forecast("enhet;konto;helår\n4210;5;100000\n")
    assert [codes(own.findings) for own in _approve(UNIT, "4220", seen=seen)] == [["N058"], []]
    assert (state_of(), state_of("4220")) == (WorkState.SUBMITTED, WorkState.APPROVED)
    assert codes(_approve(UNIT, seen={})[0].findings) == ["N058"]  # nobody said what was seen
    return_unit(actor=LOCAL, round_key=KEY, unit="4220", message="Mer", as_of=TODAY)
    put("4220", WorkState.SUBMITTED)
    assert codes(_approve("4220", seen=seen)[0].findings) == ["N058"]  # the same amounts, handed in anew
    accepted = _approve(UNIT, "4220", seen=_marks(), accepts_gaps=True)
    assert [codes(own.findings) for own in accepted] == [["N054"], []]


@pytest.mark.usefixtures("by_file")
def test_budget_without_a_forecast_is_a_gap() -> None:
    with_more = books({**BUDGET, (UNIT, "61"): {202201: 700_00}, ("4220", "3"): {202201: 0}})
    refused, whole = approve_units(**_several([UNIT, "4220"], with_more))
    assert (codes(refused.findings), whole.findings) == (["N057", "N053", "N054", "N055"], ())
    assert refused.findings[0].facts["accounts"] == "61 Fastighetskostnader"
    _approve(UNIT, accepts_gaps=True)
    asked = consolidate(actor=LOCAL, key=KEY, as_of=TODAY, **with_more)
    assert codes(asked.findings) == ["N057", "N053", "N054", "N056"]


def test_approving_many_reads_once_and_asks_a_few_questions_of_each_more(registers: None) -> None:
    work_round(units=(UNIT, "4220", "KS", "42"))
    asked = []
    for units in ([UNIT], ["4220", "KS", "42"]):
        for unit in units:
            put(unit, WorkState.SUBMITTED)
        with CaptureQueriesContext(connection) as queries:
            assert not any(own.findings for own in approve_units(**_several(units)))
        asked.append(len(queries))
    assert asked[1] - asked[0] <= 2 * 4  # the step, and the record with its lock


def _several(units: list[str], readers: Mapping[str, ActualsReader] | None = None) -> dict[str, Any]:
    return {"actor": LOCAL, "round_key": KEY, "units": units, "as_of": TODAY, **(readers or books())}


@pytest.mark.usefixtures("by_file")
def test_an_excused_unit_is_asked_for_nothing() -> None:
    _approve("4220")
    put(UNIT, WorkState.NOT_STARTED, excused="läggs ned")
    assert consolidate(actor=LOCAL, key=KEY, as_of=TODAY, **books(BUDGET)).findings == ()


def test_approving_in_a_round_that_is_not_there_says_so() -> None:
    assert [codes(own.findings) for own in _approve(UNIT)] == [["P040"]]
