"""The event log: what is written is sealed, and tampering is found."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction

from uppsikt.audit.actors import WHOLE, Actor, Role, Verb, may
from uppsikt.audit.models import Event
from uppsikt.audit.services import actor_of, grant_role, record, verify_chain


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
