"""Checking a report on the web: brought, looked at, taken along; nobody else's to see."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.checks.small import RIGHT_SUM, WRONG_SUM, typeset
from tests.web.conftest import SignedIn
from uppsikt.audit.actors import Role

ADDRESS = "/granska/"


def bring(client: Client, content: bytes, name: str = "rapport.txt") -> Any:
    """Upload and follow to the page of remarks."""
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, content)}, follow=True)


@pytest.fixture
def client(signed_in: SignedIn) -> Client:
    return signed_in(Role.READER)


def test_a_wrong_report_shows_how_many_errors_and_frames_the_remarks(client: Client) -> None:
    page = bring(client, WRONG_SUM.encode())
    address = page.request["PATH_INFO"]
    text = page.content.decode()
    assert page.status_code == 200
    assert ">Fel</span> 1</li>" in text
    assert f'src="{address}granskning.html"' in text
    framed = client.get(f"{address}granskning.html")
    assert "K002 fel" in framed.content.decode()
    assert "style-src 'self' 'unsafe-inline'" in framed["Content-Security-Policy"]
    assert "script-src 'none'" in framed["Content-Security-Policy"]


def test_a_right_report_has_none(client: Client) -> None:
    assert ">Fel</span> 0</li>" in bring(client, RIGHT_SUM.encode()).content.decode()


def test_the_files_to_take_along_are_what_they_say(client: Client) -> None:
    page = bring(client, typeset(), "rapport.pdf")
    address = page.request["PATH_INFO"]
    marked = client.get(f"{address}granskad.pdf")
    assert marked.content.startswith(b"%PDF")
    assert marked["Content-Disposition"] == 'attachment; filename="granskad.pdf"'
    assert json.loads(client.get(f"{address}granskning.sarif").content)["version"] == "2.1.0"
    assert json.loads(client.get(f"{address}granskning.json").content)["summary"]["error"] == 1


def test_a_text_has_no_marked_pdf(client: Client) -> None:
    page = bring(client, WRONG_SUM.encode())
    assert "granskad.pdf" not in page.content.decode()
    assert client.get(f"{page.request['PATH_INFO']}granskad.pdf").status_code == 404
    assert client.get(f"{page.request['PATH_INFO']}annat.html").status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "code"), [(b"%PDF-1.7 avbruten", "r.pdf", "K090"), (b"", "r.txt", "W008")]
)
def test_what_cannot_be_read_is_said_and_not_kept(
    client: Client, home: Path, content: bytes, name: str, code: str
) -> None:
    refused = bring(client, content, name)
    assert refused.status_code == 422
    assert code in refused.content.decode()
    assert [path for path in (home / "uploads").glob("*") if path.is_dir()] == []


def test_no_file_is_said(client: Client) -> None:
    assert "W007" in client.post(ADDRESS).content.decode()


def test_another_persons_report_is_not_there(client: Client, signed_in: SignedIn) -> None:
    address = bring(client, WRONG_SUM.encode()).request["PATH_INFO"]
    other = signed_in(Role.CONTROLLER)
    assert other.get(address).status_code == 404
    assert other.get(f"{address}granskning.html").status_code == 404


def test_who_has_no_role_may_not_check_and_who_is_not_signed_in_is_asked_to(signed_in: SignedIn) -> None:
    assert signed_in(None, name="utan-roll").get(ADDRESS).status_code == 403
    assert Client().get(ADDRESS).status_code == 302


def test_english_readers_read_english(client: Client) -> None:
    client.cookies["uppsikt_language"] = "en"
    assert "Check a report" in client.get(ADDRESS).content.decode()


def test_the_codes_of_the_audit_are_explained(client: Client) -> None:
    assert client.get("/hjalp/koder/K002/").status_code == 200
    assert "Granskning av rapporter" in client.get("/hjalp/koder/").content.decode()
