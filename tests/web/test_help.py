from __future__ import annotations

import pytest
from django.test import Client

from tests.web.conftest import SignedIn
from uppsikt.core.findings import CATALOGUE
from uppsikt.web.help.views import _SERIES


def test_the_catalogue_lists_every_code(signed_in: SignedIn) -> None:
    page = signed_in().get("/hjalp/koder/").content.decode()
    missing = [code for code in CATALOGUE if f'id="{code}"' not in page]
    assert missing == []


def test_every_series_of_codes_has_a_heading() -> None:
    assert {code[0] for code in CATALOGUE} <= set(_SERIES)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_code_has_a_page_with_its_sample_filled_in(signed_in: SignedIn, language: str) -> None:
    client = signed_in()
    client.post("/sprak/", {"language": language, "next": "/"})
    for code in CATALOGUE:
        response = client.get(f"/hjalp/koder/{code}/")
        assert response.status_code == 200, code


def test_an_unknown_code_is_a_page_that_is_not_there(signed_in: SignedIn) -> None:
    assert signed_in().get("/hjalp/koder/Q999/").status_code == 404


def test_the_accessibility_statement_is_open_to_everyone(client: Client, db: None) -> None:
    page = client.get("/hjalp/tillganglighet/").content.decode()
    assert "Kända brister" in page
    assert "Digg" in page


def test_the_catalogue_is_not_open_to_everyone(client: Client, db: None) -> None:
    assert client.get("/hjalp/koder/").status_code == 302
