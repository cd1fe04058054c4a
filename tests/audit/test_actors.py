"""The permission question: role × verb × where the unit lies × when, against a table written by hand."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from uppsikt.audit.actors import WHOLE, Actor, Grant, NotAllowed, Role, Verb, may, require
from uppsikt.audit.reference import MEANINGS, roles_page

DAY = date(2022, 9, 1)
PATH = ["4220", "42", "40", "KS"]
FIRST, END = date(2022, 1, 1), date(2023, 1, 1)
ROLES_PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "roles.md"

# written from what a municipality means by its roles, not from the program: the two must say the same
BY_HAND = """
                    reader manager deputy controller director board auditor administrator
read                   x      x      x        x          x      x      x          x
read-audit             -      -      -        -          -      -      x          x
import-ledger          -      -      -        x          -      -      -          x
edit-register          -      -      -        x          -      -      -          x
reorganise             -      -      -        x          -      -      -          x
edit-budget            -      -      -        x          -      -      -          x
submit-forecast        -      x      x        x          x      -      -          x
comment                -      x      x        x          x      -      -          x
approve-forecast       -      -      -        x          x      -      -          x
adjust-forecast        -      -      -        x          -      -      -          x
run-round              -      -      -        x          -      -      -          x
write-text             -      x      x        x          x      -      -          x
build-report           -      -      -        x          x      -      -          x
adopt                  -      -      -        -          x      -      -          x
administer             -      -      -        -          -      -      -          x
"""
ROLES, *ROWS = [line.split() for line in BY_HAND.strip().splitlines()]
EXPECTED = {(role, row[0]): mark == "x" for row in ROWS for role, mark in zip(ROLES, row[1:], strict=True)}

# where the unit that is asked about lies, seen from the unit that the role is on: the role's unit, the path asked
PLACES = {
    "own": ("4220", PATH, True),
    "below": ("40", PATH, True),
    "far below": (WHOLE, PATH, True),
    "the whole, from the whole": (WHOLE, [], True),
    "above": ("4220", ["42", "40", "KS"], False),
    "beside": ("4230", PATH, False),
    "the whole, from a unit": ("KS", [], False),
}
TIMES = {
    date(2021, 12, 31): False,
    FIRST: True,
    DAY: True,
    date(2022, 12, 31): True,
    END: False,
}


def holder(role: Role, unit: str, start: date = FIRST, end: date = END) -> Actor:
    return Actor("n", 1, (Grant(role, unit, start, end),))


def test_the_table_has_every_role_and_every_verb() -> None:
    assert set(EXPECTED) == {(role.value, verb.value) for role in Role for verb in Verb}


@pytest.mark.parametrize("role", list(Role))
def test_may_says_what_the_table_says_wherever_and_whenever(role: Role) -> None:
    wrong = []
    for verb in Verb:
        for place, (unit, path, reaches) in PLACES.items():
            for day, holds in TIMES.items():
                expected = EXPECTED[role.value, verb.value] and reaches and holds
                if may(holder(role, unit), verb, path, day) != expected:
                    wrong.append((verb.value, place, day))
    assert wrong == []


def test_the_page_of_roles_is_the_tables_and_up_to_date() -> None:
    page = ROLES_PAGE.read_text(encoding="utf-8")
    assert page == roles_page()
    roles = re.search(r"^\| right \| (.*) \|$", page, re.MULTILINE)
    assert roles
    shown = {}
    for verb, cells in re.findall(r"^\| \*\*([a-z-]+)\*\*:[^|]*\| (.*) \|$", page, re.MULTILINE):
        for role, cell in zip(roles[1].split(" | "), cells.split(" | "), strict=True):
            shown[role, verb] = cell == "yes"
    assert shown == EXPECTED
    assert set(MEANINGS) == set(Verb)


def test_roles_add_up_and_whoever_has_none_may_nothing() -> None:
    both = Actor("n", 1, (*holder(Role.AUDITOR, WHOLE).grants, *holder(Role.MANAGER, "42").grants))
    assert may(both, Verb.READ_AUDIT, [], DAY)
    assert may(both, Verb.SUBMIT_FORECAST, PATH, DAY)
    assert not may(both, Verb.ADOPT, PATH, DAY)
    assert not any(may(Actor("n", 1), verb, PATH, DAY) for verb in Verb)
    assert all(may(Actor("n", is_local=True), verb, [], DAY) for verb in Verb)


def test_a_deputy_may_what_the_manager_may_while_standing_in() -> None:
    deputy = holder(Role.DEPUTY, "4220", date(2022, 7, 1), date(2022, 8, 1))
    assert may(deputy, Verb.SUBMIT_FORECAST, PATH, date(2022, 7, 31))
    assert not may(deputy, Verb.SUBMIT_FORECAST, PATH, date(2022, 8, 1))


def test_a_manager_may_forecast_but_not_adopt() -> None:
    require(holder(Role.MANAGER, "4220"), Verb.SUBMIT_FORECAST, PATH, DAY)
    with pytest.raises(NotAllowed):
        require(holder(Role.MANAGER, "4220"), Verb.ADOPT, PATH, DAY)


def test_every_role_has_a_name_in_both_languages() -> None:
    assert {role for role in Role if role.label.sv and role.label.en} == set(Role)
    assert str(Role.MANAGER.label) == "chef"
