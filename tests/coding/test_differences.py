from __future__ import annotations

from datetime import date

from uppsikt.coding.differences import Difference, Standing, Structure, differences
from uppsikt.core.codeplan import CodeName, CodePlan, Placement
from uppsikt.core.periods import BEGINNING, FOREVER

JULY = date(2022, 7, 1)
BEFORE, AFTER = date(2022, 6, 30), JULY


def plan(names: list[tuple[str, date, date, str]], places: list[tuple[str, date, date, str | None]]) -> CodePlan:
    return CodePlan(
        tuple(CodeName("unit", code, start, end, name) for code, start, end, name in names),
        tuple(Placement("unit", "standard", code, start, end, parent) for code, start, end, parent in places),
    )


PLAN = plan(
    [
        ("KS", BEGINNING, FOREVER, "Kommunstyrelsen"),
        ("30", BEGINNING, FOREVER, "Politik"),
        ("31", BEGINNING, JULY, "Partistöd"),
        ("40", BEGINNING, JULY, "Stöd"),
        ("40", JULY, FOREVER, "Centralt stöd"),
        ("41", BEGINNING, FOREVER, "Ekonomi"),
        ("42", JULY, FOREVER, "Lokaler"),
    ],
    [
        ("KS", BEGINNING, FOREVER, None),
        ("30", BEGINNING, FOREVER, "KS"),
        ("31", BEGINNING, JULY, "30"),
        ("40", BEGINNING, FOREVER, "KS"),
        ("41", BEGINNING, JULY, "30"),
        ("41", JULY, FOREVER, "40"),
        ("42", JULY, FOREVER, "40"),
    ],
)


def found(before: date, after: date) -> dict[str, Difference]:
    return {own.code: own for own in differences(Structure(PLAN, before), Structure(PLAN, after))}


def test_what_came_went_moved_and_was_renamed_differs_and_nothing_else() -> None:
    own = found(BEFORE, AFTER)
    assert sorted(own) == ["31", "40", "41", "42"]
    assert own["31"].is_gone
    assert own["42"].is_new
    assert own["40"].is_renamed
    assert not own["40"].is_moved
    assert own["41"].is_moved
    assert not own["41"].is_renamed
    assert own["41"].before == Standing("Ekonomi", "30")
    assert own["41"].after == Standing("Ekonomi", "40")


def test_backwards_new_is_gone() -> None:
    own = found(AFTER, BEFORE)
    assert own["31"].is_new
    assert own["42"].is_gone


def test_a_structure_does_not_differ_from_itself() -> None:
    assert found(AFTER, date(2030, 1, 1)) == {}


def test_a_draft_is_compared_with_the_plan_as_it_stands() -> None:
    draft = plan([("KS", BEGINNING, FOREVER, "Kommunstyrelsen")], [("KS", BEGINNING, FOREVER, None)])
    own = differences(Structure(PLAN, AFTER), Structure(draft, AFTER))
    assert [one.code for one in own if one.is_gone] == ["30", "40", "41", "42"]


def test_a_name_that_begins_with_its_code_is_not_preceded_by_it() -> None:
    accounts = plan([("6A", BEGINNING, FOREVER, "6A Lokalhyror")], [])
    assert Structure(accounts, AFTER).name("6A") == "6A Lokalhyror"
    assert Structure(PLAN, AFTER).name("41") == "41 Ekonomi"
