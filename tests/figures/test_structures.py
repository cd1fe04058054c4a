"""The code plan as trees over time: moved, closed and opened codes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.figures.helpers import DELAR2, UNIT_NAMES, definition, parameters, plan_of, posting, relations
from uppsikt.core.changes import Change, Move
from uppsikt.core.codeplan import CodeName, CodePlan, Placement
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.figures.definitions import shipped
from uppsikt.figures.engine import Engine
from uppsikt.figures.structures import Reading, as_of, boundaries, epoch_of, tree, tree_of

JULY = date(2022, 7, 1)


def moved_plan() -> CodePlan:
    """4220 stands under 40 until July 2022 and under 10 from then on; 1020 closes in March 2022."""
    steady = plan_of(
        {"unit": {"KS": None, "10": "KS", "40": "KS", "4210": "40"}, "account": {"5": None, "5010": "5"}}, UNIT_NAMES
    )
    places = [
        Placement("unit", "standard", "4220", BEGINNING, JULY, "40"),
        Placement("unit", "standard", "4220", JULY, FOREVER, "10"),
        Placement("unit", "standard", "1020", BEGINNING, date(2022, 3, 1), "10"),
    ]
    names = [
        CodeName("unit", "4220", BEGINNING, FOREVER, "Ekonomi"),
        CodeName("unit", "1020", BEGINNING, date(2022, 3, 1), "Kompetens"),
    ]
    return CodePlan((*steady.names, *names), (*steady.placements, *places))


MONEY = [
    posting(202108, "4220", "5010", 100),
    posting(202205, "4220", "5010", 10),
    posting(202208, "4220", "5010", 7),
    posting(202201, "1020", "5010", 3),
]


def utfall(tmp_path: Path, structure: date | None, column: str = "utfall") -> list[int | None]:
    with Engine(relations(tmp_path, MONEY, plan=moved_plan())) as engine:
        result = engine.statement(shipped()["nettoredovisning"], parameters(structure_date=structure))
    assert result.findings == ()
    ore = [result.cell(row.key, column).amount_ore for row in result.rows]
    return [None if own is None else own // 100 for own in ore]


def test_each_column_is_as_it_was_on_its_last_day(tmp_path: Path) -> None:
    assert utfall(tmp_path / "a", None, "utfall-foregaende") == [None, 100, 100]
    assert utfall(tmp_path / "b", None) == [20, None, 20]


def test_every_column_is_restated_to_the_day_asked_for(tmp_path: Path) -> None:
    assert utfall(tmp_path / "a", date(2022, 8, 31), "utfall-foregaende") == [100, None, 100]
    assert utfall(tmp_path / "b", date(2022, 1, 1)) == [3, 17, 20]


def test_a_column_may_read_each_posting_in_its_own_month(tmp_path: Path) -> None:
    own = definition("""
key: prov
title: Prov
rows: [{each: unit}]
columns: [{key: utfall, label: Utfall, scenario: actual, period: to-cut-off, structure: posting}]
""")
    with Engine(relations(tmp_path, MONEY, plan=moved_plan())) as engine:
        result = engine.statement(own, parameters())
    assert {row.key: result.cell(row.key, "utfall").amount_ore for row in result.rows} == {"10": 1000, "40": 1000}


def test_a_closed_unit_stays_where_it_last_stood(tmp_path: Path) -> None:
    with Engine(relations(tmp_path, MONEY, plan=moved_plan())) as engine:
        result = engine.statement(shipped()["enheter"], parameters("10"))
    assert {row.key: result.cell(row.key, "utfall").amount_ore for row in result.rows} == {
        "1020": 300,
        "4220": 1700,
        "nettokostnad": 2000,
    }


def test_a_closed_unit_without_money_has_no_row(tmp_path: Path) -> None:
    with Engine(relations(tmp_path, MONEY[:3], plan=moved_plan())) as engine:
        result = engine.statement(shipped()["enheter"], parameters("10"))
    assert [row.key for row in result.rows] == ["4220", "nettokostnad"]


def test_trees_are_kept_between_changes() -> None:
    plan = moved_plan()
    assert boundaries(plan, "unit") == [BEGINNING, date(2022, 3, 1), JULY, FOREVER]
    assert tree(plan, "unit", "standard", date(2022, 4, 1)) is tree(plan, "unit", "standard", date(2022, 6, 30))
    assert tree(plan, "unit", "standard", date(2022, 6, 30)).parents["4220"] == "40"
    assert tree(plan, "unit", "standard", JULY).parents["4220"] == "10"


def twice_moved_plan() -> CodePlan:
    """As `moved_plan`, decided: on one day 4220 goes to 10 and then 4210 under 4220."""
    moves = [Move("unit", "standard", "4220", "10"), Move("unit", "standard", "4210", "4220")]
    changes = tuple(Change(f"a-{move.code}", JULY, "", moves=(move,)) for move in moves)
    plan = moved_plan()
    places = [own for own in plan.placements if own.code != "4210"]
    places += [
        Placement("unit", "standard", "4210", BEGINNING, JULY, "40"),
        Placement("unit", "standard", "4210", JULY, FOREVER, "4220"),
    ]
    return CodePlan(plan.names, tuple(places), changes)


def test_a_tree_between_two_changes_of_a_day_has_the_moves_of_the_first() -> None:
    plan = twice_moved_plan()
    seen = [
        [tree_of(plan, "unit", "standard", reading).parents[code] for code in ("4220", "4210")]
        for reading in (*(Reading(JULY, number, number) for number in range(3)), Reading(JULY), as_of(plan, JULY))
    ]
    assert seen == [["40", "40"], ["10", "40"], *[["10", "4220"]] * 3]
    assert tree_of(plan, "unit", "standard", Reading(JULY, 0)).parents["4210"] == "4220"


def test_readings_with_the_same_trees_and_nothing_to_carry_are_one_epoch() -> None:
    plan = twice_moved_plan()
    epochs = [
        epoch_of(plan, ["unit"], own)
        for own in (Reading(JULY), as_of(plan, date(2023, 1, 1)), Reading(JULY, 1, 1), Reading(date(2022, 6, 30)))
    ]
    assert epochs[0] == epochs[1]
    assert len(set(epochs)) == 3


def test_a_circle_ends_the_walk() -> None:
    plan = plan_of({"unit": {"a": "b", "b": "a"}})
    at = tree(plan, "unit", "standard", DELAR2.cut_off)
    assert at.below("a") == {"a", "b"}
    assert at.above("a") == ["a", "b"]
