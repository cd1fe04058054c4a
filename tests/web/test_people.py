"""The pages of people: found, added, given roles in time, closed; the directory by file with a dry run."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.conftest import PASSWORD, UNITS, SignedIn
from uppsikt.audit.actors import Actor, Role
from uppsikt.audit.administrators import this_day
from uppsikt.audit.models import Event, RoleAssignment
from uppsikt.coding.services import import_register
from uppsikt.core.periods import FOREVER

pytestmark = pytest.mark.django_db
ANNA = "/personer/person/anna/"


@pytest.fixture
def admin(signed_in: SignedIn, local: Actor) -> Client:
    day = date(2022, 9, 14)
    import_register(actor=local, dimension="unit", content=UNITS.encode(), name="unit.csv", as_of=day)
    return signed_in(Role.ADMINISTRATOR, name="admin")


@pytest.fixture
def anna(admin: Client) -> User:
    made = admin.post("/personer/ny/", {"name": "anna", "full_name": "Anna Berg", "email": "anna@kommunen.se"})
    assert made["Location"] == ANNA
    return User.objects.get(username="anna")


def codes(answer: Any, *expected: str) -> bool:
    page = answer.content.decode()
    return answer.status_code == 422 and all(f"/hjalp/koder/{code}/" in page for code in expected)


def test_a_person_is_added_found_and_given_other_facts(admin: Client, anna: User) -> None:
    assert "Anna Berg" in admin.get("/personer/?q=kommunen").content.decode()
    assert "Anna Berg" not in admin.get("/personer/?q=bertil").content.decode()
    assert codes(admin.post("/personer/ny/", {"name": "Anna", "password": "kort"}), "A015", "A017")
    assert codes(admin.post(ANNA, {"full_name": "Anna", "email": "fel"}), "A011")
    assert admin.post(ANNA, {"full_name": "Anna Lind", "email": "anna@kommunen.se"}).status_code == 302
    anna.refresh_from_db()
    assert anna.get_full_name() == "Anna Lind"
    assert Event.objects.filter(verb="change-user", actor="admin").count() == 1


def test_roles_are_given_for_a_time_moved_and_ended(admin: Client, anna: User) -> None:
    role = {"role": "deputy", "unit": "4220", "valid_from": "2022-06-01", "last_day": "2099-07-31"}
    assert admin.post(f"{ANNA}roll/", role).status_code == 302
    held = RoleAssignment.objects.get(user=anna)
    assert (held.valid_from, held.valid_to) == (date(2022, 6, 1), date(2099, 8, 1))
    assert codes(admin.post(f"{ANNA}roll/", role), "A014")
    assert codes(admin.post(f"{ANNA}roll/", {"role": "kung", "unit": "9", "valid_from": "x"}), "A006", "A007", "A008")
    moved = admin.post(f"{ANNA}roll/{held.pk}/", {"valid_from": "2022-06-01", "last_day": ""})
    held.refresh_from_db()
    assert (moved.status_code, held.valid_to) == (302, FOREVER)
    admin.post(f"{ANNA}roll/{held.pk}/", {"end": "1"})
    held.refresh_from_db()
    assert abs(held.valid_to - this_day()) <= timedelta(days=1)
    assert "avslutad" in admin.get(ANNA).content.decode()


def test_the_last_administrator_cannot_leave_by_any_door(admin: Client) -> None:
    own = RoleAssignment.objects.get(role="administrator")
    for door, form in (
        (f"roll/{own.pk}/", {"end": "1"}),
        (f"roll/{own.pk}/", {"valid_from": "", "last_day": "2099-12-31"}),
        ("konto/", {}),
    ):
        assert codes(admin.post(f"/personer/person/admin/{door}", form), "A005")
    own.refresh_from_db()
    assert own.valid_to == FOREVER


def test_an_account_is_closed_and_opened_and_its_password_set(admin: Client, anna: User) -> None:
    assert codes(admin.post(f"{ANNA}losenord/", {"password": "kort"}), "A017")
    admin.post(f"{ANNA}losenord/", {"password": PASSWORD})
    door = Client()
    assert door.login(username="anna", password=PASSWORD)
    admin.post(f"{ANNA}konto/")
    assert door.get("/konto/").status_code == 302
    assert not Client().login(username="anna", password=PASSWORD)
    admin.post(f"{ANNA}konto/")
    assert Client().login(username="anna", password=PASSWORD)


def test_a_lost_telephone_is_taken_off_the_account_and_that_is_logged(admin: Client, anna: User) -> None:
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=anna, type=Authenticator.Type.TOTP, data={"secret": "x"})
    admin.post(f"{ANNA}tva-steg/")
    assert not Authenticator.objects.exists()
    assert Event.objects.get(verb="change-second-step").payload == '{"change":"reset"}'


def test_the_list_costs_the_same_for_many(admin: Client, django_assert_max_num_queries: Any) -> None:
    User.objects.bulk_create(User(username=f"person{number}") for number in range(450))
    admin.get("/personer/")
    # session, person, own roles; people, their roles; the code plan's token
    with django_assert_max_num_queries(6):
        page = admin.get("/personer/").content.decode()
    assert "Fler finns" in page


def test_a_file_is_tried_and_then_taken_in(admin: Client, anna: User) -> None:
    def brought(rows: str) -> Any:
        content = "användarnamn;roll;enhet\n" + rows
        return admin.post("/personer/fil/", {"file": SimpleUploadedFile("katalog.csv", content.encode())})

    refused = admin.get(brought("anna;chef;4711\n")["Location"])
    assert codes(refused, "A007")
    tried = brought("anna;chef;4220\nbertil;läsare;*\n")["Location"]
    page = admin.get(tried).content.decode()
    assert ("3 ändringar skulle göras" in page, User.objects.count()) == (True, 2)
    assert admin.post(tried)["Location"] == "/personer/"
    assert RoleAssignment.objects.filter(user=anna, role="manager", unit="4220").exists()
    assert admin.post(tried).status_code == 404  # the file is gone when it is taken in
    assert codes(admin.post("/personer/fil/", {}), "W007")
    back = admin.get("/personer/personer.csv").content
    again = admin.post("/personer/fil/", {"file": SimpleUploadedFile("personer.csv", back), "complete": "1"})
    assert "0 ändringar" in admin.get(again["Location"]).content.decode()


def test_a_person_who_is_not_there_is_told(admin: Client) -> None:
    assert "A016" in admin.get("/personer/person/ingen/").content.decode()


@pytest.mark.parametrize("role", [Role.CONTROLLER, Role.AUDITOR, Role.DIRECTOR])
def test_nobody_but_an_administrator_changes_people(anna: User, signed_in: SignedIn, role: Role) -> None:
    events = Event.objects.count()
    client = signed_in(role)
    doors = ("", "roll/", "roll/1/", "konto/", "losenord/", "tva-steg/")
    statuses = {client.post(ANNA + door, {"role": "reader", "unit": "*"}).status_code for door in doors}
    statuses |= {client.post(address).status_code for address in ("/personer/ny/", "/personer/fil/")}
    assert statuses == {403}
    assert Event.objects.count() == events + 1  # the role this client was given


@pytest.mark.parametrize("door", ["konto/", "losenord/", "tva-steg/"])
def test_sessions_end_with_the_account_the_password_or_the_second_step_that_opened_them(
    admin: Client, door: str
) -> None:
    anna = User.objects.create_user("anna", password=PASSWORD, pk=4711)
    Authenticator.objects.create(user=anna, type=Authenticator.Type.TOTP, data={"secret": "x"})
    proven, half_way, other = Client(), Client(), Client()
    proven.force_login(anna)
    half_way.post("/logga-in/", {"username": "anna", "password": PASSWORD})
    assert half_way.get("/logga-in/kod/").status_code == 200
    other.force_login(User.objects.create_user("bertil"))
    for _ in range(2):  # the account is closed and opened again: what has ended doesn't come back
        admin.post(ANNA + door, {"password": "ett annat långt lösenord"})
    assert proven.get("/konto/")["Location"].startswith("/logga-in/")
    assert half_way.get("/logga-in/kod/").status_code == 302
    assert (other.get("/konto/").status_code, admin.get("/konto/").status_code) == (200, 200)


@pytest.mark.parametrize("door", ["konto/", "losenord/", "tva-steg/"])
def test_whoever_ends_their_own_sessions_is_asked_to_sign_in(signed_in: SignedIn, admin: Client, door: str) -> None:
    own = signed_in(Role.ADMINISTRATOR, name="eva")
    Authenticator.objects.create(user=User.objects.get(username="eva"), type=Authenticator.Type.TOTP, data={})
    answer = own.post(f"/personer/person/eva/{door}", {"password": "ett annat långt lösenord"})
    assert answer.status_code == 302
    assert own.get("/konto/")["Location"].startswith("/logga-in/")
