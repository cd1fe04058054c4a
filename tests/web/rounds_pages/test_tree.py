from __future__ import annotations

from datetime import date

from uppsikt.core.codeplan import STANDARD, CodeName, CodePlan, Placement
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.rounds.states import WorkState
from uppsikt.rounds.values import ParticipantRow, SetupRow
from uppsikt.web.rounds_pages.figures import Money
from uppsikt.web.rounds_pages.tree import Progress, TreeLine, places, sought, tree_lines

DAY = date(2022, 8, 31)
PARENTS = {"KS": None, "10": "KS", "1010": "10", "1020": "10", "40": "KS", "42": "40", "4220": "42", "90": "KS"}
PLAN = CodePlan(
    tuple(CodeName("unit", code, BEGINNING, FOREVER, f"Enhet {code}") for code in PARENTS),
    tuple(Placement("unit", STANDARD, code, BEGINNING, FOREVER, parent) for code, parent in PARENTS.items()),
)
SETUP = SetupRow(DAY, DAY, DAY, threshold_ore=10, threshold_permille=100)
MONEY = {
    "KS": Money(budget_ore=300, submitted_ore=130, before_ore=135, forecast_ore=135, previous_ore=290),
    "10": Money(
        budget_ore=200, submitted_ore=130, before_ore=130, forecast_ore=130, previous_ore=190, previous_budget_ore=175
    ),
    "1010": Money(budget_ore=100, submitted_ore=130, before_ore=130, forecast_ore=130, previous_ore=105),
    "1020": Money(budget_ore=100, previous_ore=85, previous_budget_ore=80),
    "40": Money(budget_ore=100, previous_ore=100),
    "42": Money(budget_ore=100, previous_ore=100),
}


def taking_part(unit: str, state: WorkState, excused: str = "") -> ParticipantRow:
    return ParticipantRow(unit, state, excused, "", None, "")


PEOPLE = [
    taking_part("1010", WorkState.SUBMITTED),
    taking_part("1020", WorkState.IN_PROGRESS),
    taking_part("42", WorkState.NOT_STARTED, excused="Avvecklas"),
]
PROGRESS = {"1010": Progress(comments=2), "1020": Progress(working_ore=90, unexplained=1, unanswered=2)}


def lines() -> dict[str, TreeLine]:
    where = places(PLAN, DAY, ["KS"], [own.unit for own in PEOPLE])
    return {line.place.code: line for line in tree_lines(where, MONEY, PEOPLE, PROGRESS)}


def test_the_tree_goes_down_to_those_who_take_part_and_leaves_out_what_is_empty() -> None:
    assert [(code, line.place.level) for code, line in lines().items()] == [
        ("KS", 0),
        ("10", 1),
        ("1010", 2),
        ("1020", 2),
        ("40", 1),
        ("42", 2),
    ]  # 4220 lies below 42, which answers for it; 90 has neither money nor people


def test_states_and_what_is_left_to_do_are_summed_upwards() -> None:
    whole = lines()["KS"]
    assert (whole.done, whole.total, whole.excused) == (1, 3, 1)
    assert whole.states == {WorkState.SUBMITTED: 1, WorkState.IN_PROGRESS: 1}
    assert (whole.unexplained, whole.unanswered, whole.comments, whole.to_do) == (1, 2, 2, 3)


def test_a_deviation_compares_only_those_that_have_a_forecast() -> None:
    own = lines()
    assert own["1010"].deviation_ore == 30
    assert own["10"].deviation_ore == 30  # not −70: 1020 has handed in nothing yet
    assert own["KS"].deviation_ore == 35  # and 5 was laid over it all
    assert (own["KS"].without_forecast, own["1020"].deviation_ore) == (2, None)
    assert own["10"].change_ore == 25
    assert own["10"].deviation_change_ore == 25 - (100 - 95)  # the budget of the last round was another


def test_a_unit_that_takes_no_part_and_has_no_forecast_makes_its_level_look_no_better() -> None:
    money = MONEY | {
        "KS": Money(budget_ore=350, submitted_ore=130, before_ore=135, forecast_ore=135, previous_ore=310),
        "90": Money(budget_ore=50, previous_ore=20),
    }
    where = places(PLAN, DAY, ["KS"], [own.unit for own in PEOPLE])
    own = {line.place.code: line for line in tree_lines(where, money, PEOPLE, PROGRESS)}
    assert (own["KS"].deviation_ore, own["KS"].without_forecast, own["90"].is_missing) == (35, 3, True)
    assert not own["90"].is_waited_for()


def test_what_is_worked_on_is_told_beside_what_was_handed_in() -> None:
    own = lines()
    assert (own["1020"].working_ore, own["10"].working_ore, own["1010"].working_ore) == (90, 220, None)


def test_a_search_keeps_the_levels_above_what_it_finds() -> None:
    all_lines = list(lines().values())

    def found(words: str = "", only: str = "") -> list[str]:
        return [line.place.code for line in sought(all_lines, words, only, SETUP)]

    assert found("enhet 1020") == ["KS", "10", "1020"]
    assert found(only="review") == ["KS", "10", "1010"]
    assert found(only="missing") == ["KS", "10", "1020"]
    assert found(only="deviating") == ["KS", "10", "1010"]
    assert found("1020", "review") == []


def test_who_answers_for_two_trees_sees_both_and_one_inside_the_other_once() -> None:
    assert [place.code for place in places(PLAN, DAY, ["10", "1010", "90"], [])] == ["10", "1010", "1020", "90"]
