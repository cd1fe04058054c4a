"""Reminders over real SMTP: what arrives, that it comes under TLS, and that nothing is sent in the clear instead."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.rounds.mail_server import MailServer, made_certificate, mail_server
from tests.rounds.samples import work_round
from uppsikt.audit.models import RoleAssignment
from uppsikt.cli.output import Exit, run_safely
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.rounds.models import Reminder

pytestmark = pytest.mark.usefixtures("registers")


def told_to_send(server: MailServer, settings: Any, *, tls: bool) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", server.port
    settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = tls, 5
    settings.DEFAULT_FROM_EMAIL = "Uppsikt i Örebro <uppsikt@orebro.example>"
    settings.MUNICIPALITY, settings.ADDRESS = "Örebro kommun", "https://uppsikt.orebro.example"
    work_round(units=("4210",))
    user = User.objects.create(username="asa", email="asa.ostrom@orebro.example")
    RoleAssignment.objects.create(user=user, role="manager", unit="42", valid_from=BEGINNING, valid_to=FOREVER)


def test_a_reminder_arrives_with_swedish_letters_right_headers_and_the_calendar(settings: Any) -> None:
    with mail_server() as server:
        told_to_send(server, settings, tls=False)
        assert run_safely(["remind", "--now"]) == Exit.OK
        assert run_safely(["remind", "--now"]) == Exit.OK  # once a day
    ((sender, recipients, letter, is_secret),) = server.letters
    assert (sender, recipients, is_secret) == ("uppsikt@orebro.example", ["asa.ostrom@orebro.example"], False)
    assert letter["From"] == "Uppsikt i Örebro <uppsikt@orebro.example>"
    assert letter["To"] == "asa.ostrom@orebro.example"
    # a long first word is folded before it, which leaves the blank of the fold
    assert letter["Subject"].lstrip() == "Delår 2 2022: prognosen ska lämnas senast 2022-09-14"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Date"].datetime
    assert letter["Message-ID"]
    body = letter.get_body(("plain",))
    assert body is not None
    assert "- 4210 Digitalisering (ej påbörjad)" in body.get_content()
    assert "https://uppsikt.orebro.example/omgangar/delar2-2022/enhet/4210/" in body.get_content()
    (calendar,) = letter.iter_attachments()
    assert (calendar.get_content_type(), calendar.get_filename()) == ("text/calendar", "delar2-2022.ics")
    assert calendar.get_content_charset() == "utf-8"
    assert calendar["Content-Type"].params["method"] == "PUBLISH"
    content = calendar.get_content().splitlines()
    assert "SUMMARY:Delår 2 2022: prognosen lämnas" in content
    assert "URL:https://uppsikt.orebro.example/omgangar/delar2-2022/" in content


def test_with_starttls_it_comes_under_tls_from_a_server_that_is_trusted(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = made_certificate(tmp_path)
    with mail_server(certificate) as server:
        told_to_send(server, settings, tls=True)
        assert run_safely(["remind", "--now"]) == Exit.FINDINGS  # nobody vouches for the certificate yet
        assert (server.letters, Reminder.objects.count()) == ([], 0)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert run_safely(["remind", "--now"]) == Exit.OK
    assert [(letter["To"], is_secret) for _, _, letter, is_secret in server.letters] == [
        ("asa.ostrom@orebro.example", True)
    ]


def test_where_the_server_has_no_tls_nothing_is_sent_in_the_clear(
    settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    with mail_server() as server:
        told_to_send(server, settings, tls=True)
        assert run_safely(["remind", "--now"]) == Exit.FINDINGS
    assert (server.letters, Reminder.objects.count()) == ([], 0)
    assert "N041" in "".join(capsys.readouterr())
