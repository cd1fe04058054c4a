"""The permission question: role × verb × own and foreign unit × time."""

from datetime import date

import pytest

from uppsikt.audit.actors import ALLOWED, WHOLE, Actor, Grant, NotAllowed, Role, Verb, may, require

DAY = date(2022, 9, 1)
PATH = ["4220", "42", "40", "KS"]


def holder(role: Role, unit: str) -> Actor:
    return Actor("n", 1, (Grant(role, unit, date(2022, 1, 1), date(2023, 1, 1)),))


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("verb", list(Verb))
def test_a_role_allows_its_verbs_on_its_own_unit_and_below_and_nowhere_else(role: Role, verb: Verb) -> None:
    expected = verb in ALLOWED[role]
    assert may(holder(role, "4220"), verb, PATH, DAY) == expected
    assert may(holder(role, "40"), verb, PATH, DAY) == expected
    assert may(holder(role, WHOLE), verb, PATH, DAY) == expected
    assert not may(holder(role, "4230"), verb, PATH, DAY)
    assert not may(holder(role, "4220"), verb, ["42", "40", "KS"], DAY)


def test_a_role_ends_on_its_last_day() -> None:
    assert may(holder(Role.MANAGER, "4220"), Verb.SUBMIT_FORECAST, PATH, date(2022, 12, 31))
    assert not may(holder(Role.MANAGER, "4220"), Verb.SUBMIT_FORECAST, PATH, date(2023, 1, 1))


def test_a_manager_may_forecast_but_not_adopt() -> None:
    require(holder(Role.MANAGER, "4220"), Verb.SUBMIT_FORECAST, PATH, DAY)
    with pytest.raises(NotAllowed):
        require(holder(Role.MANAGER, "4220"), Verb.ADOPT, PATH, DAY)


def test_every_role_has_a_name_in_both_languages() -> None:
    assert {role for role in Role if role.label.sv and role.label.en} == set(Role)
    assert str(Role.MANAGER.label) == "chef"
