from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import actor_with
from tests.planning.samples import LOCAL
from tests.rounds.samples import KEY, UNIT, codes, put, save, state_of, work_round
from uppsikt.audit.actors import Actor, Role
from uppsikt.audit.models import Event
from uppsikt.coding.selectors import code_plan
from uppsikt.core.money import LARGEST_ORE
from uppsikt.planning.states import State
from uppsikt.rounds.models import Cell
from uppsikt.rounds.selectors import unit_work
from uppsikt.rounds.states import WorkState
from uppsikt.rounds.values import CellSave

pytestmark = pytest.mark.usefixtures("registers")
ANNA, BO = Actor("anna", is_local=True), Actor("bo", is_local=True)


def _filled() -> dict[tuple[str, int], int]:
    cells = unit_work(KEY, UNIT).cells
    return {(row.account, row.period): row.amount_ore for row in cells if row.amount_ore is not None}


def _saved(result: CellSave) -> dict[tuple[str, int], tuple[int | None, int]]:
    return {(row.account, row.period): (row.amount_ore, row.version) for row in result.saved}


def test_the_first_save_starts_the_unit_and_is_logged_cell_by_cell() -> None:
    work_round()
    result = save(("5", 0, 700, 0), actor=ANNA)
    assert (result.state, result.conflicts, result.findings) == (WorkState.IN_PROGRESS, (), ())
    assert _saved(result)["5", 0] == (700, 1)
    event = Event.objects.latest("sequence")
    assert (event.verb, event.target, event.actor) == ("save-cells", "round:delar2-2022/4210", "anna")
    assert json.loads(event.payload) == {"cells": [["5", 0, None, 700]]}


def test_two_people_saving_different_cells_both_succeed() -> None:
    work_round()
    save(("5", 0, 700, 0), actor=ANNA)
    assert save(("3", 0, -200, 0), actor=BO).conflicts == ()
    save(("6", 202209, 1, 0), actor=ANNA)
    assert save(("6", 202210, 2, 0), actor=BO).conflicts == ()
    assert _filled() == {("3", 0): -200, ("5", 0): 700, ("6", 202209): 1, ("6", 202210): 2}


def test_the_same_cell_twice_is_one_conflict_and_the_rest_is_saved() -> None:
    work_round()
    save(("5", 0, 700, 0), actor=ANNA)
    result = save(("5", 0, 800, 0), ("3", 0, -200, 0), actor=BO)
    (conflict,) = result.conflicts
    assert (conflict.held.amount_ore, conflict.held.version, conflict.held.changed_by) == (700, 1, "anna")
    assert _filled() == {("5", 0): 700, ("3", 0): -200}
    assert ("5", 0) not in _saved(result)
    assert save(("5", 0, 800, conflict.held.version), actor=BO).conflicts == ()


def test_what_is_held_already_is_no_conflict_and_no_event() -> None:
    work_round()
    save(("5", 0, 700, 0), actor=ANNA)
    events = Event.objects.count()
    result = save(("5", 0, 700, 0), ("3", 0, None, 0), actor=BO)
    assert (result.conflicts, Event.objects.count()) == ((), events)
    assert {spot: _saved(result)[spot] for spot in [("5", 0), ("3", 0)]} == {("5", 0): (700, 1), ("3", 0): (None, 0)}


def test_a_full_year_empties_the_months_and_a_month_the_full_year() -> None:
    work_round()
    first = save(("5", 202209, 10, 0), ("5", 202210, 20, 0))
    second = save(("5", 0, 700, _saved(first)["5", 0][1]))
    assert _filled() == {("5", 0): 700}
    third = save(("5", 202211, 30, _saved(second)["5", 202211][1]))
    assert third.conflicts == ()
    assert _filled() == {("5", 202211): 30}


def test_whoever_did_not_see_what_it_would_empty_is_in_conflict() -> None:
    work_round()
    save(("5", 202209, 10, 0), actor=ANNA)
    blind = save(("5", 0, 700, 0), actor=BO)
    assert [conflict.edit.period for conflict in blind.conflicts] == [0]
    assert {(row.period, row.amount_ore) for row in blind.beside} >= {(202209, 10)}
    save(("5", 0, 700, blind.conflicts[0].held.version), actor=BO)
    late = save(("5", 202210, 20, 0), actor=ANNA)  # she never saw the full year
    assert len(late.conflicts) == 1
    assert _filled() == {("5", 0): 700}


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (("finns ej", 0, 1, 0), "P002"),
        (("5", 202208, 1, 0), "N005"),
        (("5", 202301, 1, 0), "N005"),
        (("5", 0, LARGEST_ORE + 1, 0), "P010"),
    ],
)
def test_a_cell_that_makes_no_sense_stops_the_whole_save(edit: tuple[str, int, int, int], code: str) -> None:
    work_round()
    result = save(("3", 0, -200, 0), edit)
    assert (codes(result.findings), Cell.objects.count(), state_of()) == ([code], 0, WorkState.NOT_STARTED)


def test_full_year_and_months_at_once_are_refused_unless_one_is_emptied() -> None:
    work_round()
    assert codes(save(("5", 0, 700, 0), ("5", 202209, 10, 0)).findings) == ["N004"]
    assert save(("5", 0, None, 0), ("5", 202209, 10, 0)).findings == ()


def test_nothing_is_saved_where_nobody_may_type() -> None:
    work_round()
    put("4220", WorkState.IN_PROGRESS, excused="läggs ned")
    assert codes(save(("5", 0, 1, 0), unit="4220").findings) == ["N003"]
    assert codes(save(("5", 0, 1, 0), unit="KS").findings) == ["N001"]
    for state in (WorkState.SUBMITTED, WorkState.APPROVED):
        put(UNIT, state)
        assert codes(save(("5", 0, 1, 0)).findings) == ["N002"]


@pytest.mark.parametrize("state", [State.DRAFT, State.CONSOLIDATED, State.ADOPTED])
def test_nothing_is_saved_in_a_round_that_is_not_open(state: State) -> None:
    work_round(state)
    assert codes(save(("5", 0, 1, 0)).findings) == ["P041"]


def test_a_save_asks_the_same_few_questions_however_many_cells_it_has() -> None:
    work_round()
    actor = actor_with(Role.MANAGER, UNIT)
    counts = []
    for edits in (
        [("5", 0, 1, 0)],
        [(account, month, 7, 0) for account in ("3", "6A", "60") for month in range(202209, 202213)],
    ):
        code_plan()  # kept from one save to the next
        with CaptureQueriesContext(connection) as asked:
            assert save(*edits, actor=actor).conflicts == ()
        counts.append(len([query for query in asked if not _is_lock(query["sql"])]))
    assert max(counts) <= 8


def test_cells_nobody_wrote_have_no_version() -> None:
    work_round()
    assert unit_work(KEY, UNIT).cells == ()
    assert save(("5", 0, None, 0), actor=LOCAL).saved[0].version == 0


def _is_lock(sql: str) -> bool:
    return "SAVEPOINT" in sql or "pg_advisory" in sql
