from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from tests.web.conftest import PASSWORD, SignedIn
from uppsikt.audit.models import FailedSignIns
from uppsikt.web.accounts.attempts import ATTEMPTS, count_failure, forget_failures, is_closed


@pytest.fixture
def ekonom(db: None) -> User:
    return User.objects.create_user("ekonom", password=PASSWORD)


def test_whoever_is_not_signed_in_is_sent_to_the_sign_in_page_and_then_on_to_where_they_were_going(
    client: Client, ekonom: User
) -> None:
    response = client.get("/hjalp/koder/")
    assert response.status_code == 302
    assert response["Location"] == "/logga-in/?next=/hjalp/koder/"
    answer = client.post(response["Location"], {"username": "ekonom", "password": PASSWORD, "next": "/hjalp/koder/"})
    assert answer["Location"] == "/hjalp/koder/"


def test_a_wrong_password_is_told_with_its_code_and_what_to_check(client: Client, ekonom: User) -> None:
    page = client.post("/logga-in/", {"username": "ekonom", "password": "fel"}).content.decode()
    assert "W005" in page
    assert "Caps Lock" in page
    assert 'role="alert"' in page


def test_an_unknown_name_gets_the_same_answer_as_a_wrong_password(client: Client, ekonom: User) -> None:
    known = client.post("/logga-in/", {"username": "ekonom", "password": "fel"}).content.decode()
    unknown = client.post("/logga-in/", {"username": "ingen", "password": "fel"}).content.decode()
    assert "W005" in known
    assert "W005" in unknown


def test_empty_fields_are_told_each_at_its_field(client: Client, db: None) -> None:
    page = client.post("/logga-in/", {"username": "", "password": ""}).content.decode()
    assert 'aria-describedby="username-error"' in page
    assert 'aria-describedby="password-error"' in page
    assert "W005" not in page


def test_after_ten_failures_the_name_is_closed_even_to_the_right_password(client: Client, ekonom: User) -> None:
    for _ in range(ATTEMPTS):
        client.post("/logga-in/", {"username": "ekonom", "password": "fel"})
    page = client.post("/logga-in/", {"username": "Ekonom", "password": PASSWORD}).content.decode()
    assert "W006" in page
    assert "_auth_user_id" not in client.session


def test_nine_failures_leave_the_door_open(client: Client, ekonom: User) -> None:
    for _ in range(ATTEMPTS - 1):
        client.post("/logga-in/", {"username": "ekonom", "password": "fel"})
    assert client.post("/logga-in/", {"username": "ekonom", "password": PASSWORD}).status_code == 302


def test_sign_out_is_a_post_and_ends_the_session(signed_in: SignedIn) -> None:
    client = signed_in()
    assert client.get("/logga-ut/").status_code == 405
    assert client.post("/logga-ut/")["Location"] == "/logga-in/"
    assert client.get("/")["Location"] == "/logga-in/?next=/"


def test_one_signs_in_through_a_web_server_with_tls_in_front(ekonom: User) -> None:
    client = Client(enforce_csrf_checks=True)
    token = client.get("/logga-in/").cookies["csrftoken"].value
    form = {"username": "ekonom", "password": PASSWORD, "csrfmiddlewaretoken": token}
    assert client.post("/logga-in/", form, headers={"origin": "https://annan.example"}).status_code == 403
    assert client.post("/logga-in/", form, headers={"origin": "https://testserver"}).status_code == 302


def test_other_names_that_fail_do_not_open_a_closed_one_and_time_does(db: None) -> None:
    for name in ["anna"] * ATTEMPTS + [f"ingen{number}" for number in range(100)]:
        count_failure(name, "password")
    cache.clear()  # counted where nothing is let go of to make room
    assert (is_closed("Anna"), is_closed("ingen1")) == (True, False)
    assert "anna" not in FailedSignIns.objects.values_list("name_hash", flat=True)
    FailedSignIns.objects.update(counts_until=datetime.now(UTC))
    assert not is_closed("anna")
    count_failure("anna", "password")
    assert list(FailedSignIns.objects.values_list("failures", flat=True)) == [1]  # and what counts no longer is gone
    forget_failures("anna")
    assert not FailedSignIns.objects.exists()
