"""The house is never without an administrator."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.audit.actors import WHOLE, Actor, Grant, Role
from uppsikt.audit.administrators import first_gap, this_day
from uppsikt.audit.models import Event, RoleAssignment
from uppsikt.audit.services import add_role, change_role, close_user, grant_role, revoke_role
from uppsikt.core.periods import BEGINNING, FOREVER

DAYS = st.integers(0, 30).map(lambda n: date(2022, 1, 1) + timedelta(days=n))


@given(DAYS, st.lists(st.tuples(DAYS, DAYS), max_size=6))
def test_the_first_gap_is_the_first_day_that_no_period_holds(day: date, periods: list[tuple[date, date]]) -> None:
    gap = first_gap(day, periods)
    uncovered = (day + timedelta(days=n) for n in range(40))
    assert gap == next(own for own in uncovered if not any(start <= own < end for start, end in periods))


@pytest.fixture
def admin(db: None, local: Actor) -> User:
    user = User.objects.create_user("admin")
    grant_role(actor=local, user=user, role=Role.ADMINISTRATOR, unit=WHOLE, valid_from=BEGINNING)
    return user


def end_in_a_year(local: Actor, user: User) -> tuple[str, ...]:
    key = RoleAssignment.objects.get(user=user).pk
    end = this_day() + timedelta(days=365)
    done = change_role(actor=local, user=user, assignment=key, valid_from=BEGINNING, valid_to=end)
    return tuple(finding.code for finding in done.findings)


def test_the_last_administrator_is_neither_ended_nor_closed_nor_limited(local: Actor, admin: User) -> None:
    ended = revoke_role(actor=local, user=admin, role=Role.ADMINISTRATOR, unit=WHOLE, on=this_day())
    assert [finding.code for finding in ended.findings] == ["A005"]
    assert [finding.code for finding in close_user(actor=local, user=admin).findings] == ["A005"]
    assert end_in_a_year(local, admin) == ("A005",)
    admin.refresh_from_db()
    assert admin.is_active
    assert RoleAssignment.objects.get(user=admin).valid_to == FOREVER
    assert [event.verb for event in Event.objects.all()] == ["grant-role"]


def test_one_of_two_administrators_may_go(local: Actor, admin: User) -> None:
    other = User.objects.create_user("annan")
    done = add_role(actor=local, user=other, grant=Grant(Role.ADMINISTRATOR, WHOLE, BEGINNING, FOREVER))
    assert not done.is_refused
    assert end_in_a_year(local, admin) == ()
    assert not close_user(actor=local, user=admin).is_refused


def test_where_nobody_administers_the_command_line_may_still_close_accounts(db: None, local: Actor) -> None:
    user = User.objects.create_user("anna")
    assert not close_user(actor=local, user=user).is_refused
