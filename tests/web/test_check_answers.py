"""The audit for programs: signed in by header alone, faults in the form that was asked for."""

from __future__ import annotations

import base64
import json
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.checks.small import RIGHT_SUM, WRONG_SUM, typeset
from tests.web.conftest import PASSWORD, SignedIn
from tests.web.test_matrix import PEOPLE
from uppsikt.audit.actors import WHOLE, Actor, Role
from uppsikt.audit.services import grant_role
from uppsikt.checks import check_bytes
from uppsikt.checks.output.json_ import as_json
from uppsikt.core.periods import BEGINNING
from uppsikt.web.accounts.attempts import ATTEMPTS
from uppsikt.web.checks import looking

JSON, SARIF = "/granska/svar.json", "/granska/svar.sarif"


@pytest.fixture
def reader(db: None, local: Actor) -> User:
    user = User.objects.create_user("program", password=PASSWORD)
    grant_role(actor=local, user=user, role=Role.READER, unit=WHOLE, valid_from=BEGINNING)
    return user


def basic(name: str = "program", password: str = PASSWORD) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


def send(content: bytes = WRONG_SUM.encode(), address: str = JSON, header: str | None = None) -> Any:
    """A program's request, from a client that checks the tokens of forms as the real server does."""
    client = Client(enforce_csrf_checks=True)
    headers = {"Authorization": basic() if header is None else header}
    return client.post(address, content, content_type="application/octet-stream", headers=headers)


def codes(answer: Any) -> list[str]:
    """The codes of the faults of the request."""
    return [finding["code"] for finding in answer.json()["findings"]]


def test_a_body_is_answered_with_what_the_command_prints(reader: User) -> None:
    answer = send(address=f"{JSON}?name=rapport.txt")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert answer["Cache-Control"] == "no-store"
    assert answer.content.decode() == as_json([check_bytes(WRONG_SUM.encode(), name="rapport.txt")])
    assert answer.json()["summary"]["error"] == 1


def test_a_right_report_is_answered_without_remarks(reader: User) -> None:
    assert send(RIGHT_SUM.encode()).json()["files"][0]["remarks"] == []


def test_a_form_with_a_file_is_answered_too_and_the_file_keeps_its_name(reader: User) -> None:
    client = Client(enforce_csrf_checks=True)
    form = {"file": SimpleUploadedFile("delår.pdf", typeset())}
    answer = client.post(JSON, form, headers={"Authorization": basic()})
    assert answer.json()["files"][0]["path"] == "delår.pdf"
    assert answer.json()["files"][0]["kind"] == "pdf"
    assert answer.json()["summary"]["error"] == 1


def test_a_body_above_what_a_form_field_may_hold_is_taken(reader: User) -> None:
    long = WRONG_SUM + " " * 3_000_000
    assert send(long.encode()).json()["summary"]["error"] == 1


def test_sarif_is_asked_for_by_address(reader: User) -> None:
    answer = send(address=SARIF)
    assert answer["Content-Type"] == "application/sarif+json"
    assert answer.json()["runs"][0]["results"][0]["ruleId"] == "K002"


def test_rules_are_chosen_as_on_the_command_line(reader: User) -> None:
    assert send(address=f"{JSON}?ignore=K002,K066").json()["summary"]["error"] == 0
    assert send(address=f"{JSON}?select=row-arithmetic&select=K04").json()["summary"]["error"] == 1
    refused = send(address=f"{JSON}?select=K9X")
    assert (refused.status_code, codes(refused)) == (400, ["W018"])


def test_the_language_is_asked_for_by_address(reader: User) -> None:
    swedish, english = send(), send(address=f"{JSON}?lang=en")
    assert (swedish["Content-Language"], english["Content-Language"]) == ("sv", "en")
    assert "står" in swedish.json()["files"][0]["remarks"][0]["says"]
    assert "printed" in english.json()["files"][0]["remarks"][0]["says"]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "W016"),
        ("Basic", "W016"),
        ("Basic åäö", "W016"),
        ("Basic /////w==", "W016"),
        ("Bearer " + basic()[6:], "W016"),
        (basic("program", ""), "W016"),
        (basic("program", "fel"), "W005"),
        (basic("ingen"), "W005"),
    ],
)
def test_without_the_right_name_and_password_nothing_is_read(
    reader: User, header: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uppsikt.web.checks.answers.look", lambda *_, **__: pytest.fail("read"))
    refused = send(header=header)
    assert (refused.status_code, codes(refused)) == (401, [code])
    assert refused["WWW-Authenticate"].startswith("Basic ")


def test_a_fault_is_told_as_sarif_where_sarif_was_asked_for(reader: User) -> None:
    (run,) = send(address=SARIF, header="").json()["runs"]
    assert run["invocations"][0]["executionSuccessful"] is False
    assert "W016" in json.dumps(run["invocations"])


def test_the_session_of_somebody_signed_in_opens_nothing(signed_in: SignedIn) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    refused = client.post(JSON, WRONG_SUM, content_type="text/plain")
    assert (refused.status_code, codes(refused)) == (401, ["W016"])


def test_an_answer_signs_nobody_in(reader: User) -> None:
    client = Client()
    assert client.post(JSON, WRONG_SUM, content_type="text/plain", headers={"Authorization": basic()}).cookies == {}
    assert client.get("/granska/").status_code == 302


@pytest.mark.parametrize("name", PEOPLE)
def test_everybody_with_a_role_may_check(local: Actor, db: None, name: str) -> None:
    role, unit = PEOPLE[name]
    user = User.objects.create_user(name, password=PASSWORD)
    grant_role(actor=local, user=user, role=role, unit=unit, valid_from=BEGINNING)
    assert send(header=basic(name)).status_code == 200


def test_who_has_no_role_or_no_longer_one_may_not(local: Actor, db: None) -> None:
    User.objects.create_user("ny", password=PASSWORD)
    former = User.objects.create_user("slutat", password=PASSWORD)
    grant_role(
        actor=local, user=former, role=Role.READER, unit=WHOLE, valid_from=BEGINNING, valid_to=date(2022, 1, 1)
    )
    for name in ("ny", "slutat"):
        refused = send(header=basic(name))
        assert (refused.status_code, codes(refused)) == (403, ["W002"])


def test_a_closed_account_is_a_wrong_password(reader: User) -> None:
    reader.is_active = False
    reader.save()
    assert send().status_code == 401


def test_whoever_guesses_is_kept_out_here_and_at_the_page_alike(reader: User) -> None:
    for _ in range(ATTEMPTS):
        assert send(header=basic(password="fel")).status_code == 401
    closed = send()
    assert (closed.status_code, codes(closed), closed["Retry-After"]) == (429, ["W006"], "900")
    page = Client().post("/logga-in/", {"username": "program", "password": PASSWORD})
    assert "W006" in page.content.decode()


def test_the_right_password_forgets_the_wrong_ones(reader: User) -> None:
    for password in ["fel"] * (ATTEMPTS - 1) + [PASSWORD, "fel"]:
        send(header=basic(password=password))
    assert send().status_code == 200


@pytest.mark.parametrize("content", [b"%PDF-1.7 avbruten", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"PK\x03\x04\x00"])
def test_what_is_no_report_is_an_unsupported_kind(reader: User, content: bytes) -> None:
    refused = send(content)
    assert (refused.status_code, codes(refused)) == (415, ["K090"])
    assert refused.json()["files"] == []


def test_too_large_is_said_before_it_is_read_and_on_the_page_too(
    reader: User, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uppsikt.web.checks.answers.MAX_BYTES", len(WRONG_SUM.encode()) - 1)
    monkeypatch.setattr(looking, "MAX_BYTES", len(WRONG_SUM.encode()) - 1)
    refused = send()
    assert (refused.status_code, codes(refused)) == (413, ["W015"])
    page = signed_in(Role.READER).post("/granska/", {"file": SimpleUploadedFile("r.txt", WRONG_SUM.encode())})
    assert page.status_code == 422
    assert "W015" in page.content.decode()


def test_no_file_or_an_empty_one_is_said(reader: User) -> None:
    assert codes(send(b"")) == ["W008"]
    headers = {"Authorization": basic()}
    without = Client().post(JSON, {"other": "x"}, headers=headers)
    assert (without.status_code, codes(without)) == (400, ["W007"])
    torn = Client().post(JSON, b"x", content_type="multipart/form-data; boundary=", headers=headers)
    assert (torn.status_code, codes(torn)) == (400, ["W013"])


def test_it_is_no_page_to_open(reader: User) -> None:
    refused = Client().get(JSON, headers={"Authorization": basic()})
    assert (refused.status_code, codes(refused), refused["Allow"]) == (405, ["W017"], "POST")
