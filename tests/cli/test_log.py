"""The event log at the command line: the newest as a table, all of it as a file, and tampering found."""

from __future__ import annotations

import json

import pytest

from tests.audit.test_log import fill
from uppsikt.audit.models import Event
from uppsikt.cli.output import Exit, run_safely

pytestmark = pytest.mark.django_db
Output = pytest.CaptureFixture[str]


def test_the_newest_are_shown_by_person_verb_and_day(capsys: Output) -> None:
    fill(30)
    assert run_safely(["log", "--actor", "anna", "--verb", "save-cells", "--limit", "2"]) == Exit.OK
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()[2:]] == ["29", "27"]
    run_safely(["log", "--since", "2022-09-01", "--until", "2022-09-01"])
    assert len(capsys.readouterr().out.splitlines()) == 2 + 14  # until midnight in Sweden
    assert run_safely(["log", "--since", "igår"]) == Exit.USAGE


def test_all_are_written_as_a_file_with_their_seals_and_that_is_logged(capsys: Output) -> None:
    fill(3)
    assert run_safely(["log", "--json"]) == Exit.OK
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["verb"] for row in rows] == ["save-cells", "sign-in", "save-cells", "export-log"]
    assert rows[1]["previous_hash"] == rows[0]["content_hash"]
    run_safely(["log", "--csv", "--target", "unit:1"])
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert Event.objects.filter(verb="export-log").count() == 2


def test_a_changed_row_is_found_by_verify(capsys: Output) -> None:
    for _ in range(2):
        assert run_safely(["log", "--csv"]) == Exit.OK  # which is logged
    assert run_safely(["verify"]) == Exit.OK
    Event.objects.filter(verb="export-log").update(actor="någon annan")
    assert run_safely(["verify"]) == Exit.FINDINGS
    assert "A001" in capsys.readouterr().err
