"""The code plan over time: who lay under whom, on which day."""

from datetime import date

from uppsikt.core.changes import Change, Move, Portion, Succession, SuccessionRule
from uppsikt.core.codeplan import CodeName, CodePlan, Placement
from uppsikt.core.periods import BEGINNING, FOREVER

JULY = date(2022, 7, 1)


def plan() -> CodePlan:
    names = tuple(CodeName("unit", code, BEGINNING, FOREVER, f"Enhet {code}", "unit") for code in ("KS", "40", "SB"))
    names += (
        CodeName("unit", "4290", BEGINNING, JULY, "Lokaler", "unit"),
        CodeName("unit", "4290", JULY, FOREVER, "Lokalförsörjning", "unit"),
    )
    placements = (
        Placement("unit", "standard", "KS", BEGINNING, FOREVER, None),
        Placement("unit", "standard", "SB", BEGINNING, FOREVER, None),
        Placement("unit", "standard", "40", BEGINNING, FOREVER, "KS"),
        Placement("unit", "standard", "4290", BEGINNING, JULY, "SB"),
        Placement("unit", "standard", "4290", JULY, FOREVER, "40"),
    )
    return CodePlan(names, placements)


def test_the_unit_lay_under_samhallsbyggnad_until_july() -> None:
    assert plan().path("unit", "4290", date(2022, 6, 30)) == ["4290", "SB"]
    assert plan().path("unit", "4290", JULY) == ["4290", "40", "KS"]


def test_its_name_is_the_one_of_the_day() -> None:
    assert plan().name("unit", "4290", date(2022, 6, 30)) == "Lokaler"
    assert plan().name("unit", "4290", JULY) == "Lokalförsörjning"
    assert plan().name("unit", "9999", JULY) == "9999"


def test_children_and_everything_below() -> None:
    assert plan().children("unit", None, JULY) == ["KS", "SB"]
    assert list(plan().below("unit", "KS", JULY)) == ["KS", "40", "4290"]
    assert list(plan().below("unit", "KS", date(2022, 6, 30))) == ["KS", "40"]


def test_the_same_plan_has_the_same_hash_in_any_order() -> None:
    other = CodePlan(tuple(reversed(plan().names)), tuple(reversed(plan().placements)))
    assert other.content_hash == plan().content_hash
    assert plan().boundaries(["unit"]) == [BEGINNING, JULY, FOREVER]


def test_a_cycle_ends_the_walk() -> None:
    looped = CodePlan(
        (),
        (
            Placement("unit", "standard", "A", BEGINNING, FOREVER, "B"),
            Placement("unit", "standard", "B", BEGINNING, FOREVER, "A"),
        ),
    )
    assert looped.path("unit", "A", JULY) == ["A", "B"]
    assert list(looped.below("unit", "A", JULY)) == ["A", "B"]


def test_a_code_was_opened_with_its_first_name_and_may_get_another_later() -> None:
    assert plan().opened_on("unit", "4290") == BEGINNING
    assert plan().opened_on("unit", "4290", date(2022, 1, 1)) == JULY
    assert plan().opened_on("unit", "4290", JULY) == JULY
    assert plan().opened_on("unit", "4290", date(2022, 7, 2)) is None
    assert plan().opened_on("unit", "9999") is None


def test_changes_take_effect_on_their_day_and_not_before() -> None:
    plan = CodePlan(
        changes=tuple(Change(f"r#{no}", date(2022, month, 1), "") for no, month in enumerate((1, 7, 7, 9)))
    )
    days = [date(2021, 12, 31), date(2022, 1, 1), date(2022, 6, 30), date(2022, 7, 1), date(2023, 1, 1)]
    assert [plan.changes_until(day) for day in days] == [0, 1, 1, 3, 4]


def test_a_plan_with_changes_is_another_than_one_without() -> None:
    succession = Succession("unit", "A", (SuccessionRule((Portion("B"),)),), True)
    plans = [
        CodePlan(),
        CodePlan(changes=(Change("r#1", date(2022, 7, 1), "Ett"),)),
        CodePlan(changes=(Change("r#1", date(2022, 7, 1), "Ett", successions=(succession,)),)),
        CodePlan(changes=(Change("r#1", date(2022, 7, 1), "Ett", moves=(Move("unit", "standard", "A", None),)),)),
    ]
    assert len({plan.content_hash for plan in plans}) == 4
