"""The second step of sign-in: turned on, asked for, required by role; every change and every failure in the log."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web.conftest import PASSWORD
from uppsikt.audit.actors import WHOLE, Actor, Role
from uppsikt.audit.models import Event
from uppsikt.audit.services import grant_role
from uppsikt.core.periods import BEGINNING

pytestmark = pytest.mark.django_db


def code_for(secret: str) -> str:
    """What the app shows now: the middle one of those that are taken, half a minute either way."""
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))


@pytest.fixture
def anna(local: Actor) -> User:
    user = User.objects.create_user("anna", password=PASSWORD)
    grant_role(actor=local, user=user, role=Role.CONTROLLER, unit=WHOLE, valid_from=BEGINNING)
    return user


def sign_in(client: Client, **more: str) -> Any:
    return client.post("/logga-in/", {"username": "anna", "password": PASSWORD, **more})


def turn_on(client: Client) -> tuple[str, list[str]]:
    """Turn the second step on as a person does; the app's key and the recovery codes."""
    asked = client.get("/konto/tva-steg/")
    assert asked["Location"].startswith("/konto/bekrafta/")
    confirmed = client.post(asked["Location"], {"password": PASSWORD, "next": "/konto/tva-steg/"})
    assert confirmed["Location"] == "/konto/tva-steg/"
    page = client.get("/konto/tva-steg/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]{16,})</code>", page)
    assert secret
    assert "W030" in client.post("/konto/tva-steg/", {"code": "000000"}).content.decode()
    done = client.post("/konto/tva-steg/", {"code": code_for(secret[1])})
    assert done["Location"] == "/konto/reservkoder/"
    codes = re.findall(r"<li><code>(\w+)</code></li>", client.get("/konto/reservkoder/").content.decode())
    assert len(codes) == 10
    cache.clear()  # the app's next code comes in half a minute; a code counts once
    return secret[1], codes


def told() -> list[tuple[str, str]]:
    return [(event.verb, event.payload) for event in Event.objects.exclude(verb="grant-role")]


def test_sign_in_and_out_are_logged_and_so_is_what_failed(client: Client, anna: User) -> None:
    client.post("/logga-in/", {"username": "anna", "password": "fel"})
    client.post("/logga-in/", {"username": "mitt-losenord-av-misstag", "password": "fel"})
    sign_in(client)
    client.post("/logga-ut/")
    assert told() == [
        ("fail-sign-in", '{"method":"password","why":"wrong"}'),
        ("fail-sign-in", '{"method":"password","why":"wrong"}'),
        ("sign-in", '{"method":"password"}'),
        ("sign-out", "{}"),
    ]
    assert list(Event.objects.filter(verb="fail-sign-in").values_list("target", flat=True)) == [
        f"user:{anna.pk}",
        "user:",  # what is typed for a name that is nobody's may be a password
    ]


def test_after_the_password_a_code_is_asked_for_and_leads_on_to_where_one_was_going(anna: User) -> None:
    client = Client()
    sign_in(client)
    secret, codes = turn_on(client)
    door = Client()
    assert sign_in(door, next="/konto/")["Location"] == "/logga-in/kod/"
    assert door.get("/")["Location"] == "/logga-in/?next=/"  # not in yet
    assert "W030" in door.post("/logga-in/kod/", {"code": "000000"}).content.decode()
    assert door.post("/logga-in/kod/", {"code": code_for(secret)})["Location"] == "/konto/"
    assert "på</span>" in door.get("/konto/").content.decode()
    spare = Client()
    sign_in(spare)
    assert spare.post("/logga-in/kod/", {"code": codes[0]}).status_code == 302
    again = Client()
    sign_in(again)
    assert "W030" in again.post("/logga-in/kod/", {"code": codes[0]}).content.decode()  # a spare code counts once
    verbs = [payload for verb, payload in told() if verb in ("sign-in", "fail-sign-in", "change-second-step")]
    assert verbs == [
        '{"method":"password"}',
        '{"change":"on"}',
        '{"method":"code","why":"wrong"}',
        '{"method":"password+mfa"}',
        '{"method":"password+mfa"}',
        '{"method":"code","why":"wrong"}',
    ]


def test_codes_are_not_guessed_at_for_long(anna: User) -> None:
    client = Client()
    sign_in(client)
    secret, _ = turn_on(client)
    door = Client()
    sign_in(door)
    for _ in range(10):
        door.post("/logga-in/kod/", {"code": "000000"})
    assert "W031" in door.post("/logga-in/kod/", {"code": code_for(secret)}).content.decode()


def test_a_key_that_is_none_is_refused_at_each_door(anna: User) -> None:
    client = Client()
    sign_in(client)
    assert client.get("/konto/nyckel/")["Location"].startswith("/konto/bekrafta/")
    turn_on(client)
    for garbage in ("", "{}", "[]", '"x"', '{"id":"x","rawId":"x","type":"public-key","response":{}}'):
        assert client.post("/konto/nyckel/", {"name": "x", "credential": garbage}).status_code == 200
        door = Client()
        sign_in(door)
        assert door.post("/logga-in/kod/", {"credential": garbage}).status_code == 200
        assert "_auth_user_id" not in door.session


def test_confirming_too_often_is_told(anna: User) -> None:
    client = Client()
    sign_in(client)
    answers = [client.post("/konto/bekrafta/", {"password": "fel"}) for _ in range(11)]
    assert (answers[0].status_code, answers[-1].status_code) == (200, 429)
    assert "W005" in answers[0].content.decode()
    assert "W031" in answers[-1].content.decode()


def test_the_second_step_is_turned_off_and_codes_renewed_after_a_confirmation(anna: User) -> None:
    client = Client()
    sign_in(client)
    _, codes = turn_on(client)
    client.post("/konto/reservkoder/nya/")
    assert codes[0] not in client.get("/konto/reservkoder/").content.decode()
    stranger = Client()
    stranger.force_login(anna)
    assert stranger.post("/konto/tva-steg/av/")["Location"].startswith("/konto/bekrafta/")
    assert client.post("/konto/tva-steg/av/")["Location"] == "/konto/"
    assert client.get("/konto/").status_code == 200
    assert stranger.get("/konto/").status_code == 302  # where else the step was shown, it is shown no longer
    assert [payload for verb, payload in told() if verb == "change-second-step"] == [
        '{"change":"on"}',
        '{"change":"new-codes"}',
        '{"change":"off"}',
    ]


def test_a_role_that_requires_a_second_step_opens_nothing_but_the_own_page_until_it_is_on(
    anna: User, local: Actor, settings: Any
) -> None:
    settings.REQUIRE_MFA = frozenset({"controller"})
    client = Client()
    sign_in(client)
    for closed in ("/", "/organisation/", "/hjalp/koder/"):
        assert client.get(closed)["Location"] == "/konto/"
    assert "W035" in client.get("/konto/").content.decode()
    turn_on(client)
    assert client.get("/organisation/").status_code == 200
    reader = User.objects.create_user("bertil", password=PASSWORD)
    grant_role(actor=local, user=reader, role=Role.READER, unit=WHOLE, valid_from=BEGINNING)
    client.force_login(reader)
    assert client.get("/organisation/").status_code == 200


def test_roles_are_asked_for_once_a_request_and_the_required_step_costs_no_query(anna: User, settings: Any) -> None:
    client = Client()
    client.force_login(anna)

    def queries() -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/organisation/").status_code == 200
        return [query["sql"] for query in captured.captured_queries]

    queries()
    before = queries()
    assert sum("audit_roleassignment" in sql for sql in before) == 1
    settings.REQUIRE_MFA = frozenset({"administrator"})
    assert len(queries()) == len(before)


def test_whoever_has_two_steps_does_not_come_in_by_password_alone_in_a_header(anna: User) -> None:
    def ask() -> tuple[int, str]:
        header = "Basic " + b64encode(f"anna:{PASSWORD}".encode()).decode()
        answer = Client().post("/granska/svar.json", b"x", "text/plain", headers={"authorization": header})
        return answer.status_code, answer.content.decode()

    assert ask()[0] not in (401, 403)
    client = Client()
    sign_in(client)
    turn_on(client)
    status, said = ask()
    assert (status, "W037" in said) == (403, True)


def test_one_changes_ones_password_by_the_present_one(client: Client, anna: User) -> None:
    sign_in(client)
    other = Client()
    sign_in(other)
    wrong = client.post("/konto/losenord/", {"present": "fel", "new": "ett annat långt lösenord"})
    weak = client.post("/konto/losenord/", {"present": PASSWORD, "new": "kort"})
    assert ("A019" in wrong.content.decode(), "A017" in weak.content.decode()) == (True, True)
    assert (wrong.status_code, weak.status_code) == (422, 422)
    assert (
        client.post("/konto/losenord/", {"present": PASSWORD, "new": "ett annat långt lösenord"}).status_code == 302
    )
    assert client.get("/konto/").status_code == 200
    assert other.get("/konto/").status_code == 302  # the other session ended with the old password
    assert told()[-1] == ("set-password", "{}")
