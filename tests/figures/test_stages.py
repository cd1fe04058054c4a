"""The walk from as it was to as of a day: one change at a time, forwards and backwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.figures.by_hand import APRIL, CUT_OFF, JANUARY, JULY, PLAN
from uppsikt.core.codeplan import CodePlan, Placement
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.figures.stages import Cause, in_order, stages
from uppsikt.figures.structures import Reading, as_of, tree_of

UNITS = [("unit", "standard")]
OLD = date(2021, 12, 31)
NEVER = len(PLAN.changes)
MAY = date(2022, 5, 1)


def causes(was: date, now: date, plan: CodePlan = PLAN) -> list[Cause]:
    return [own.cause for own in stages(plan, UNITS, Reading(was), as_of(plan, now))]


def test_later_changes_carry_money_and_change_the_tree() -> None:
    walk = stages(PLAN, UNITS, Reading(OLD), as_of(PLAN, CUT_OFF))
    assert [own.reading for own in walk] == [
        Reading(JANUARY, 1, 1, NEVER),
        Reading(APRIL, 2, 2, NEVER),
        Reading(JULY, 3, 3, NEVER),
        Reading(JULY, 4, 4, NEVER),
    ]
    assert [tree_of(PLAN, "unit", "standard", own.reading).parents["22"] for own in walk] == ["1"] * 4


def test_changes_before_the_columns_last_day_only_carry_money() -> None:
    walk = stages(PLAN, UNITS, Reading(CUT_OFF), as_of(PLAN, CUT_OFF))
    assert [own.reading for own in walk] == [Reading(CUT_OFF, number, undone_from=NEVER) for number in range(1, 5)]


def test_backwards_the_last_change_is_undone_first() -> None:
    walk = stages(PLAN, UNITS, Reading(CUT_OFF), as_of(PLAN, OLD))
    assert [own.reading for own in walk] == [
        Reading(JULY, 0, 3, 3),
        Reading(JULY, 0, 2, 2),
        Reading(APRIL, 0, 1, 1),
        Reading(JANUARY, 0, 0, 0),
    ]
    assert [tree_of(PLAN, "unit", "standard", own.reading).parents["22"] for own in walk] == ["1", "1", "1", "2"]


def test_amid_the_year_earlier_changes_carry_and_later_ones_are_undone() -> None:
    assert causes(CUT_OFF, date(2022, 5, 31)) == [0, 1, 3, 2]


def test_from_a_structure_to_itself_there_is_nothing_to_walk() -> None:
    assert causes(OLD, OLD) == []
    assert stages(PLAN, UNITS, as_of(PLAN, OLD), as_of(PLAN, OLD)) == []


def test_changes_of_dimensions_nobody_asks_for_are_left_out() -> None:
    assert stages(PLAN, [("account", "standard")], Reading(OLD), as_of(PLAN, CUT_OFF)) == []


def test_what_the_register_changed_by_itself_has_a_stage_of_its_own_day() -> None:
    places = [own for own in PLAN.placements if own.code != "21"]
    places += [Placement("unit", "standard", "21", BEGINNING, MAY, "2")]
    places += [Placement("unit", "standard", "21", MAY, FOREVER, "1")]
    plan = replace(PLAN, placements=tuple(places))
    assert causes(OLD, CUT_OFF, plan) == [0, 1, MAY, 2, 3]
    assert causes(CUT_OFF, OLD, plan) == [3, 2, MAY, 1, 0]


def test_the_register_comes_after_the_decided_events_of_its_day() -> None:
    places = [own for own in PLAN.placements if own.code != "21"]
    places += [Placement("unit", "standard", "21", BEGINNING, JULY, "2")]
    places += [Placement("unit", "standard", "21", JULY, FOREVER, "1")]
    plan = replace(PLAN, placements=tuple(places))
    assert causes(OLD, CUT_OFF, plan) == [0, 1, 2, 3, JULY]
    assert causes(CUT_OFF, OLD, plan) == [JULY, 3, 2, 1, 0]
    last = stages(plan, UNITS, Reading(CUT_OFF), as_of(plan, OLD))[0].reading
    assert tree_of(plan, "unit", "standard", last).parents["21"] == "2"
    assert in_order(plan, [JULY, 3, 0, MAY, 2]) == [0, MAY, 2, 3, JULY]
