"""People changed by several at the same moment: one order of locks, so that nobody waits for each other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import User
from django.db import connection

from uppsikt.audit.actors import WHOLE, Actor, Role
from uppsikt.audit.services import (
    PersonFacts,
    change_person,
    close_user,
    grant_role,
    import_directory,
    open_user,
    set_password,
    verify_chain,
)
from uppsikt.core.periods import BEGINNING

pytestmark = pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite has one writer at a time")
TIMES = 25


@pytest.mark.django_db(transaction=True)
def test_one_is_closed_renamed_brought_by_file_and_given_a_password_at_once(local: Actor) -> None:
    anna, admin = User.objects.create_user("anna"), User.objects.create_user("admin")
    grant_role(actor=local, user=admin, role=Role.ADMINISTRATOR, unit=WHOLE, valid_from=BEGINNING)

    def file(number: int) -> None:
        content = f"användarnamn;namn;roll;enhet\nadmin;Eva {number};administratör;*\nanna;Anna {number};läsare;*\n"
        done = import_directory(actor=local, content=content.encode(), name="k.csv", knows_unit=lambda _: True)
        assert not done.is_refused, done.findings

    def switch(number: int) -> None:
        user = User.objects.get(pk=anna.pk)
        (close_user if number % 2 else open_user)(actor=local, user=user)

    def rename(number: int) -> None:
        change_person(actor=local, user=User.objects.get(pk=anna.pk), facts=PersonFacts("anna", f"Anna B {number}"))

    def secret(number: int) -> None:
        for user in (anna, admin):
            set_password(actor=local, user=User.objects.get(pk=user.pk), password=f"hemligt {number}")

    def often(work: Callable[[int], None]) -> None:
        try:
            for number in range(TIMES):
                work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor() as people:
        assert list(people.map(often, (file, switch, rename, secret))) == [None] * 4
    assert verify_chain() == []
