"""Which group an account counts in, as of a day; the histories themselves are tested with what is made of them."""

from __future__ import annotations

from datetime import date

from uppsikt.core.codeplan import REPORTING, STANDARD, CodeName, CodePlan, Placement
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.figures.histories import group_of

DAY = date(2022, 8, 31)


def plan(*placements: tuple[str, str, str | None]) -> CodePlan:
    codes = {code for _, code, _ in placements}
    return CodePlan(
        tuple(CodeName("account", code, BEGINNING, FOREVER, code) for code in sorted(codes)),
        tuple(Placement("account", tree, code, BEGINNING, FOREVER, parent) for tree, code, parent in placements),
    )


def test_the_reporting_group_goes_before_the_class_and_the_class_stands_in_where_there_is_none() -> None:
    held = plan(
        (STANDARD, "5", None),
        (STANDARD, "6", None),
        (STANDARD, "60", "6"),
        (STANDARD, "6010", "60"),
        (STANDARD, "6410", "6"),
        (REPORTING, "6010", "6A"),
    )
    assert group_of(held, "6010", DAY) == "6A"
    assert group_of(held, "6A", DAY) == "6A"
    assert group_of(held, "6410", DAY) == group_of(held, "60", DAY) == "6"


def test_under_a_lone_root_the_groups_are_its_children() -> None:
    held = plan((REPORTING, "R", None), (REPORTING, "5", "R"), (REPORTING, "51", "5"), (REPORTING, "5110", "51"))
    assert group_of(held, "5110", DAY) == "5"
    assert group_of(held, "R", DAY) == "R"
