"""People and roles are what the log tells, and the log ends where its seals end."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from uppsikt.audit.actors import WHOLE, Actor, Grant, Role
from uppsikt.audit.chain import record
from uppsikt.audit.models import Event, RoleAssignment
from uppsikt.audit.seals import append_seal, seals_path, verify_seals
from uppsikt.audit.services import (
    PersonFacts,
    add_role,
    change_person,
    change_role,
    close_user,
    create_user,
    end_role,
    grant_role,
    import_directory,
    open_user,
    revoke_role,
    verify_chain,
)
from uppsikt.audit.verify import verify_people
from uppsikt.core.periods import BEGINNING, FOREVER

START, END = date(2022, 1, 1), date(2023, 1, 1)


@pytest.fixture
def house(db: None, local: Actor) -> User:
    """An administrator and a manager, by every write there is about people and roles."""
    create_user(actor=local, name="admin", password="x", role=Role.ADMINISTRATOR, unit=WHOLE, valid_from=BEGINNING)
    anna = create_user(actor=local, name="anna", password="x", role=Role.MANAGER, unit="4210", valid_from=START)
    change_person(actor=local, user=anna, facts=PersonFacts("anna", "Anna  Berg af Bo", "anna@kommunen.se"))
    for unit in ("4220", "4230", "4240"):
        add_role(actor=local, user=anna, grant=Grant(Role.DEPUTY, unit, START, FOREVER))
        add_role(actor=local, user=anna, grant=Grant(Role.READER, unit, END, FOREVER))
    held = {(row.role, row.unit): row.pk for row in anna.roles.all()}
    change_role(actor=local, user=anna, assignment=held["deputy", "4220"], valid_from=START, valid_to=END)
    end_role(actor=local, user=anna, assignment=held["deputy", "4230"], on=END)
    end_role(actor=local, user=anna, assignment=held["reader", "4230"], on=START)
    grant_role(actor=local, user=anna, role=Role.DEPUTY, unit="4240", valid_from=END)
    revoke_role(actor=local, user=anna, role=Role.DEPUTY, unit="4240", on=date(2022, 6, 1))
    file = "användarnamn;namn;e-post;roll;enhet\nanna;Anna Ek;a.ek@kommunen.se;chef;4210\nbo;Bo Alm;;läsare;*\n"
    assert not import_directory(
        actor=local, content=file.encode(), name="k.csv", knows_unit=lambda _: True
    ).is_refused
    for switch in (close_user, open_user, close_user):
        switch(actor=local, user=User.objects.get(username="bo"))
    return anna


def roles() -> list[RoleAssignment]:
    return list(RoleAssignment.objects.filter(user__username="anna", role="manager"))


TAMPERED: dict[str, tuple[Callable[[], object], str, tuple[str, str]]] = {
    "another role": (
        lambda: RoleAssignment.objects.filter(role="manager").update(role="administrator"),
        "A023",
        ("chef", "administratör"),
    ),
    "another unit": (lambda: RoleAssignment.objects.filter(role="manager").update(unit="*"), "A023", ("4210", "*")),
    "a longer time": (
        lambda: RoleAssignment.objects.filter(role="deputy", unit="4220").update(valid_to=FOREVER),
        "A023",
        ("2023-01-01", "9999-12-31"),
    ),
    "a role more": (
        lambda: RoleAssignment.objects.create(
            user=roles()[0].user, role="administrator", unit="*", valid_from=START, valid_to=END
        ),
        "A023",
        ("ingenting", "administratör, *, 2022-01-01, 2023-01-01"),
    ),
    "a role less": (
        lambda: RoleAssignment.objects.filter(role="manager").delete(),
        "A023",
        ("chef, 4210, 2022-01-01, 9999-12-31", "ingenting"),
    ),
    "opened again": (lambda: User.objects.filter(username="bo").update(is_active=True), "A022", ("stängd", "öppen")),
    "another address": (
        lambda: User.objects.filter(username="anna").update(email="x@y.se"),
        "A022",
        ("a.ek@kommunen.se", "x@y.se"),
    ),
    "a person more": (lambda: User.objects.create_user("eva"), "A022", ("ingenting", "eva, –, –, öppen")),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_what_was_changed_beside_the_services_is_named_with_what_the_log_tells(house: User, how: str) -> None:
    assert verify_people() == []
    change, code, (told, held) = TAMPERED[how]
    change()
    (finding,) = verify_people()
    assert finding.code == code
    assert told in str(finding.facts["told"])
    assert held in str(finding.facts["held"])


def test_a_role_moved_to_another_person_is_found(house: User) -> None:
    RoleAssignment.objects.filter(role="administrator").update(user=house)
    (finding,) = verify_people()
    assert (finding.code, finding.facts["person"]) == ("A023", "admin")


def write(local: Actor, count: int = 1) -> None:
    for number in range(count):
        with transaction.atomic():
            record(actor=local, verb="test", target=f"x:{number}", payload={})


@pytest.mark.django_db(transaction=True)
def test_the_last_events_gone_or_rewritten_are_found_by_the_seals(local: Actor) -> None:
    write(local, 5)
    last = Event.objects.order_by("-sequence")[0].sequence
    Event.objects.filter(sequence__gt=last - 2).delete()
    assert verify_chain() == []  # from within, the log is whole
    (finding,) = verify_seals()
    assert (finding.code, finding.facts) == ("A020", {"count": 2, "first": last - 1, "last": last})
    Event.objects.filter(sequence=last - 2).update(content_hash="9" * 64)
    assert [own.code for own in verify_seals()] == ["A020", "A021"]


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_is_not_sealed_and_missing_or_torn_lines_are_no_fault(local: Actor) -> None:
    with transaction.atomic():
        record(actor=local, verb="kept", target="x", payload={})
        with transaction.atomic():
            record(actor=local, verb="undone", target="x", payload={})
            transaction.set_rollback(True)
    with transaction.atomic():
        record(actor=local, verb="undone", target="x", payload={})
        transaction.set_rollback(True)
    (kept,) = Event.objects.all()
    assert seals_path().read_text() == f"{kept.sequence:012d} {kept.content_hash}\n"
    assert seals_path().stat().st_mode & 0o777 == 0o600
    seals_path().write_bytes(b"0000000000" + seals_path().read_bytes())
    assert verify_seals() == []
    seals_path().unlink()
    assert verify_seals() == []


@pytest.mark.django_db(transaction=True)
def test_a_write_stands_although_its_seal_could_not_be_written(local: Actor, home: Path) -> None:
    (home / "log-seals").mkdir()
    write(local)
    assert Event.objects.count() == 1


def test_lines_appended_at_once_never_mix(home: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: append_seal(number, f"{number:064x}"), range(2_000)))
    lines = seals_path().read_text().splitlines()
    assert sorted(lines) == [f"{number:012d} {number:064x}" for number in range(2_000)]


@pytest.mark.django_db(transaction=True)
def test_every_event_of_several_threads_is_sealed(local: Actor) -> None:
    def work(_: int) -> None:
        try:
            write(local, 5)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(work, range(4)))
    assert verify_chain() == verify_seals() == []
    assert len(seals_path().read_text().splitlines()) == Event.objects.count() == 20
