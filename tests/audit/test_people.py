"""People and their roles: who may change them, what is refused, what the log says."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.conftest import actor_with
from uppsikt.audit import services
from uppsikt.audit.actors import Actor, Grant, NotAllowed, Role
from uppsikt.audit.administrators import this_day
from uppsikt.audit.models import Event, RoleAssignment
from uppsikt.audit.people import PersonFacts
from uppsikt.audit.selectors import people, person

pytestmark = pytest.mark.django_db
MAY, JULY, YEAR = date(2022, 5, 1), date(2022, 7, 1), date(2023, 1, 1)
PASSWORD = "ett långt lösenord"


@pytest.fixture
def anna(db: None, local: Actor) -> User:
    made = services.create_person(actor=local, facts=PersonFacts("anna", "Anna Maria Berg", "anna@kommunen.se"))
    assert made.user
    return made.user


def deputy(start: date = MAY, end: date = JULY) -> Grant:
    return Grant(Role.DEPUTY, "4220", start, end)


CHANGES: dict[str, Callable[[Actor, User], object]] = {
    "create": lambda actor, user: services.create_person(actor=actor, facts=PersonFacts("ny")),
    "change": lambda actor, user: services.change_person(actor=actor, user=user, facts=PersonFacts("anna", "A B")),
    "close": lambda actor, user: services.close_user(actor=actor, user=user),
    "open": lambda actor, user: services.open_user(actor=actor, user=user),
    "password": lambda actor, user: services.set_password(actor=actor, user=user, password=PASSWORD),
    "add": lambda actor, user: services.add_role(actor=actor, user=user, grant=deputy()),
    "revoke": lambda actor, user: services.revoke_role(actor=actor, user=user, role=Role.DEPUTY, unit="4220", on=MAY),
    "move": lambda actor, user: services.change_role(
        actor=actor, user=user, assignment=1, valid_from=MAY, valid_to=JULY
    ),
    "second step": lambda actor, user: services.record_second_step(actor=actor, user=user, change="off"),
    "directory": lambda actor, user: services.import_directory(
        actor=actor, content=b"user name;role;unit\n", name="f.csv", knows_unit=bool
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_only_an_administrator_of_the_whole_changes_people(anna: User, change: str) -> None:
    for refused in (actor_with(Role.DIRECTOR), actor_with(Role.ADMINISTRATOR, "4220"), actor_with(Role.AUDITOR)):
        with pytest.raises(NotAllowed):
            CHANGES[change](refused, anna)
    CHANGES[change](actor_with(Role.ADMINISTRATOR), anna)


def test_everybody_changes_their_own_password_and_nobody_elses(anna: User) -> None:
    bertil = User.objects.create_user("bertil")
    services.set_password(actor=Actor("anna", anna.pk), user=anna, password=PASSWORD)
    assert anna.check_password(PASSWORD)
    with pytest.raises(NotAllowed):
        services.set_password(actor=Actor("anna", anna.pk), user=bertil, password=PASSWORD)
    assert PASSWORD not in "".join(Event.objects.values_list("payload", flat=True))


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (PersonFacts("anna berg"), "A010"),
        (PersonFacts(""), "A010"),
        (PersonFacts("ANNA"), "A015"),
        (PersonFacts("ny", email="ny(at)kommunen.se"), "A011"),
        (PersonFacts("ny", email="Anna@Kommunen.se"), "A012"),
    ],
)
def test_facts_that_cannot_be_are_refused(anna: User, local: Actor, facts: PersonFacts, code: str) -> None:
    made = services.create_person(actor=local, facts=facts)
    assert [finding.code for finding in made.findings] == [code]
    assert User.objects.count() == 1


def test_a_weak_password_is_refused_and_none_at_all_is_not(local: Actor) -> None:
    made = services.create_person(actor=local, facts=PersonFacts("ny"), password="kort")
    assert [finding.code for finding in made.findings] == ["A017"]
    made = services.create_person(actor=local, facts=PersonFacts("ny"))
    assert made.user
    assert not made.user.has_usable_password()


def test_a_deputy_stands_in_for_a_time_and_not_twice_in_it(anna: User, local: Actor) -> None:
    assert not services.add_role(actor=local, user=anna, grant=deputy()).is_refused
    again = services.add_role(actor=local, user=anna, grant=deputy(end=YEAR))
    backwards = services.add_role(actor=local, user=anna, grant=deputy(JULY, JULY))
    assert [finding.code for finding in (*again.findings, *backwards.findings)] == ["A014", "A009"]
    assert not services.add_role(actor=local, user=anna, grant=deputy(JULY, YEAR)).is_refused
    own = person("anna")
    assert own
    assert [grant.valid_from for grant in own.grants_on(date(2022, 6, 30))] == [MAY]
    assert [grant.valid_from for grant in own.grants_on(JULY)] == [JULY]
    assert own.grants_on(YEAR) == []


def test_a_role_that_is_moved_tells_both_times(anna: User, local: Actor) -> None:
    services.add_role(actor=local, user=anna, grant=deputy())
    key = RoleAssignment.objects.get().pk
    done = services.change_role(actor=local, user=anna, assignment=key, valid_from=MAY, valid_to=YEAR)
    assert done.count == 1
    payload = json.loads(Event.objects.get(verb="change-role").payload)
    assert payload["before"] == {"from": "2022-05-01", "to": "2022-07-01"}
    assert payload["after"] == {"from": "2022-05-01", "to": "2023-01-01"}


def test_a_role_taken_back_before_it_begins_was_never_held(anna: User, local: Actor) -> None:
    services.add_role(actor=local, user=anna, grant=deputy(JULY, YEAR))
    assert services.revoke_role(actor=local, user=anna, role=Role.DEPUTY, unit="4220", on=MAY).count == 1
    assert not RoleAssignment.objects.exists()


def test_people_are_found_by_name_and_address_in_two_queries(
    anna: User, local: Actor, django_assert_num_queries: Callable[[int], object]
) -> None:
    services.create_person(actor=local, facts=PersonFacts("bertil", "Bertil Ek"))
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        assert [own.name for own in people()] == ["anna", "bertil"]
    assert [own.shown_name for own in people("kommunen.se")] == ["Anna Maria Berg"]


def test_the_day_of_a_change_is_the_houses_own_also_between_midnight_here_and_in_greenwich(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 23, 23, 30, tzinfo=UTC))
    assert this_day() == date(2026, 11, 24)
