from __future__ import annotations

import pytest
from django.test import Client

from uppsikt.core.language import current_language


def test_pages_are_swedish_whatever_the_browser_asks_for(client: Client, db: None) -> None:
    response = client.get("/logga-in/", headers={"accept-language": "en-GB"})
    assert '<html lang="sv"' in response.content.decode()
    assert response["Content-Language"] == "sv"


def test_the_switch_turns_the_pages_english_and_back_and_returns_to_the_page(client: Client, db: None) -> None:
    answer = client.post("/sprak/", {"language": "en", "next": "/logga-in/?next=/rapporter/"})
    assert answer["Location"] == "/logga-in/?next=/rapporter/"
    page = client.get("/logga-in/").content.decode()
    assert '<html lang="en"' in page
    assert "Sign in" in page
    client.post("/sprak/", {"language": "sv", "next": "/"})
    assert "Logga in" in client.get("/logga-in/").content.decode()


def test_the_language_of_one_request_does_not_stay_for_the_next(client: Client, db: None) -> None:
    client.post("/sprak/", {"language": "en", "next": "/"})
    client.get("/logga-in/")
    assert current_language() == "sv"


@pytest.mark.parametrize("target", ["https://annan.example/", "//annan.example/", "javascript:alert(1)"])
def test_the_switch_never_leads_out_of_the_house(client: Client, db: None, target: str) -> None:
    assert client.post("/sprak/", {"language": "en", "next": target})["Location"] == "/"


def test_an_unknown_language_is_swedish(client: Client, db: None) -> None:
    client.post("/sprak/", {"language": "fi", "next": "/"})
    assert '<html lang="sv"' in client.get("/logga-in/").content.decode()


def test_the_switch_is_a_post(client: Client, db: None) -> None:
    assert client.get("/sprak/").status_code == 405
