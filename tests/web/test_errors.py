from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from tests.web.conftest import SignedIn
from uppsikt.audit.actors import Role
from uppsikt.web.start import views


def test_an_unknown_address_says_so_with_a_code_and_a_way_back(signed_in: SignedIn) -> None:
    response = signed_in().get("/finns-inte/")
    page = response.content.decode()
    assert response.status_code == 404
    assert "W001" in page
    assert 'href="/"' in page


def test_what_one_may_not_do_says_so_and_whom_to_ask(signed_in: SignedIn) -> None:
    response = signed_in(Role.READER).get("/inlasning/huvudbok/")
    page = response.content.decode()
    assert response.status_code == 403
    assert "W002" in page
    assert "administratör" in page


def test_a_fault_in_the_program_shows_a_code_and_no_traceback(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: object) -> None:
        raise ZeroDivisionError("hemligt")

    monkeypatch.setattr(views, "overview", broken)
    client = signed_in()
    client.raise_request_exception = False
    response = client.get("/")
    page = response.content.decode()
    assert response.status_code == 500
    assert "W003" in page
    assert "hemligt" not in page
    assert "Traceback" not in page


def test_a_form_without_its_token_is_refused_with_a_code(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/logga-in/", {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert "W004" in response.content.decode()


def test_error_pages_are_english_for_english_readers(signed_in: SignedIn) -> None:
    client = signed_in()
    client.post("/sprak/", {"language": "en", "next": "/"})
    assert "There is no such page." in client.get("/finns-inte/").content.decode()


def test_pages_carry_a_content_security_policy_without_inline_script_or_style(client: Client, db: None) -> None:
    policy = client.get("/logga-in/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("address", ["/sprak/", "/logga-ut/"])
def test_the_address_of_a_form_opened_as_a_page_says_so(signed_in: SignedIn, address: str) -> None:
    response = signed_in().get(address)
    assert response.status_code == 405
    assert "W014" in response.content.decode()
    assert "POST" in response["Allow"]


def test_a_build_that_was_stopped_and_is_opened_anew_is_the_list_of_reports(signed_in: SignedIn) -> None:
    # so goes whoever switches language on the page that says what stopped it
    assert signed_in(Role.CONTROLLER).get("/rapporter/bygg/")["Location"] == "/rapporter/"


def test_a_host_that_is_not_ours_gets_a_page_with_a_code(client: Client, db: None) -> None:
    response = client.get("/logga-in/", headers={"host": "annan.example"})
    assert response.status_code == 400
    assert "W013" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "word"), [("sv", "syntetiska"), ("en", "synthetic")])
def test_a_demonstration_says_so_on_every_page_in_both_languages(
    language: str, word: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "IS_DEMO", True)
    client.cookies["uppsikt_language"] = language
    assert word in client.get("/", follow=True).content.decode()
    monkeypatch.setattr(settings, "IS_DEMO", False)
    assert word not in client.get("/", follow=True).content.decode()
