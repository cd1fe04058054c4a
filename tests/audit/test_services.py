"""The event log: what is written is sealed, and tampering is found."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction

from tests.conftest import actor_with
from uppsikt.audit.actors import WHOLE, Actor, NotAllowed, Role, Verb, may
from uppsikt.audit.models import Event
from uppsikt.audit.services import actor_of, create_user, grant_role, record, verify_chain


def write(local: Actor, count: int) -> None:
    for number in range(count):
        with transaction.atomic():
            record(actor=local, verb="test", target=f"thing:{number}", payload={"number": number, "name": "å"})


@pytest.mark.django_db
def test_an_untouched_log_verifies(local: Actor) -> None:
    write(local, 3)
    assert verify_chain() == []


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["payload", "actor", "verb", "target", "content_hash", "previous_hash"])
def test_a_changed_row_is_found(local: Actor, field: str) -> None:
    write(local, 3)
    middle = Event.objects.order_by("sequence")[1]
    Event.objects.filter(pk=middle.pk).update(**{field: "x"})
    assert [(f.code, f.facts["sequence"]) for f in verify_chain()] == [("A001", middle.sequence)]


@pytest.mark.django_db
def test_a_removed_row_is_found(local: Actor) -> None:
    write(local, 3)
    Event.objects.order_by("sequence")[1].delete()
    assert [f.code for f in verify_chain()] == ["A001"]


@pytest.mark.django_db
def test_a_record_falls_with_the_write_it_tells_of(local: Actor) -> None:
    def write_that_fails() -> None:
        with transaction.atomic():
            record(actor=local, verb="test", target="x", payload={})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_that_fails()
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_record_outside_a_transaction_is_refused(local: Actor) -> None:
    with pytest.raises(RuntimeError):
        record(actor=local, verb="test", target="x", payload={})


@pytest.mark.django_db
def test_a_granted_role_is_what_the_user_may(local: Actor) -> None:
    user = get_user_model().objects.create_user("ekonom")
    grant_role(actor=local, user=user, role=Role.CONTROLLER, unit=WHOLE, valid_from=date(2022, 1, 1))
    actor = actor_of(user)
    assert may(actor, Verb.IMPORT_LEDGER, [], date(2022, 1, 1))
    assert not may(actor, Verb.ADOPT, [], date(2022, 1, 1))


@pytest.mark.django_db
def test_only_an_administrator_hands_out_roles_and_makes_users() -> None:
    user = get_user_model().objects.create_user("ekonom")

    def give(actor: Actor) -> None:
        grant_role(actor=actor, user=user, role=Role.READER, unit=WHOLE, valid_from=date(2022, 1, 1))

    def make(actor: Actor) -> None:
        from_day, password = date(2022, 1, 1), "ett långt lösenord"
        create_user(actor=actor, name="ny", password=password, role=Role.READER, unit=WHOLE, valid_from=from_day)

    for actor in (actor_with(Role.DIRECTOR), actor_with(Role.ADMINISTRATOR, "4210")):
        for hand_out in (give, make):
            with pytest.raises(NotAllowed):
                hand_out(actor)
    assert not Event.objects.exists()
    give(actor_with(Role.ADMINISTRATOR))
    make(actor_with(Role.ADMINISTRATOR))
    assert [event.verb for event in Event.objects.all()] == ["grant-role", "create-user", "grant-role"]


@pytest.mark.django_db
def test_a_file_name_in_another_encoding_can_be_recorded() -> None:
    name = b"budget_f\xf6r_2022.csv".decode("utf-8", "surrogateescape")
    with transaction.atomic():
        record(actor=Actor(name), verb="test", target=name, payload={"file": name})
    assert verify_chain() == []
    assert "budget_f?r_2022.csv" in Event.objects.get().payload
