"""Rounds at the command line: set up from the last, seen as a tree, run to consolidation; reminders by the clock."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.contrib.auth.models import User

from tests.planning.samples import code_registers
from tests.rounds.samples import KEY, put, work_round
from uppsikt.audit.models import RoleAssignment
from uppsikt.cli.output import Exit, run_safely
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.planning.models import Round
from uppsikt.rounds.selectors import held_setup, participants
from uppsikt.rounds.states import WorkState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_work(db: None) -> None:
    code_registers()
    work_round(questions=["Risker?"])


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = Exit.OK) -> str:
    capsys.readouterr()
    assert run_safely(list(arguments)) == code
    captured = capsys.readouterr()
    return captured.out if code == Exit.OK else captured.err


def test_the_next_round_is_set_up_from_the_last(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "round", "setup", "bokslut-2022", "--from", KEY)
    assert out == "2 deltagare; enheterna lämnar senast 2023-01-16.\nbokslut-2022: utkast\n"
    assert [own.unit for own in participants("bokslut-2022")] == ["4210", "4220"]


def test_a_round_that_exists_gets_participants_and_questions_and_keeps_its_days(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said(capsys, "round", "create", "m10", "--name", "Oktober", "--kind", "month", "--year", "2022",
         "--cut-off", "2022-10-31", "--deadline", "2022-11-09")  # fmt: skip
    said(capsys, "round", "setup", "m10", "--from", KEY)
    held = held_setup("m10")
    assert (held.participants, len(held.questions), held.deadline) == (("4210", "4220"), 1, date(2022, 11, 9))
    assert "P040" in said(capsys, "round", "setup", "m11", "--from", "saknas", code=Exit.FINDINGS)


def test_status_shows_the_tree(capsys: pytest.CaptureFixture[str]) -> None:
    put("4210", WorkState.SUBMITTED)
    put("4220", WorkState.NOT_STARTED, excused="ny")
    lines = said(capsys, "round", "status", KEY).splitlines()
    assert lines[2].startswith("KS Kommunstyrelse")
    assert lines[4].startswith("    4210 Digitalisering")
    assert "lämnad" in lines[4]
    assert "undantagen" in lines[5]
    assert lines[-1] == "öppen: 1 lämnad, 1 undantagen"
    told = json.loads(said(capsys, "round", "status", KEY, "--json"))
    assert [(own["unit"], own["state"], own["path"]) for own in told["units"]] == [
        ("4210", "submitted", ["4210", "42", "KS"]),
        ("4220", "not-started", ["4220", "42", "KS"]),
    ]


def test_a_round_is_returned_approved_excused_and_consolidated(capsys: pytest.CaptureFixture[str]) -> None:
    put("4210", WorkState.SUBMITTED)
    assert said(capsys, "round", "return", KEY, "4210", "--message", "Hyran") == "4210: återlämnad\n"
    assert "N012" in said(capsys, "round", "approve", KEY, "4210", code=Exit.FINDINGS)
    put("4210", WorkState.SUBMITTED)
    assert "N055" in said(capsys, "round", "approve", KEY, "4210", code=Exit.FINDINGS)
    assert said(capsys, "round", "approve", KEY, "4210", "--with-gaps").endswith("4210: godkänd\n")
    assert "4220 Ekonomi" in said(capsys, "round", "consolidate", KEY, code=Exit.FINDINGS)
    assert "N029" in said(capsys, "round", "state", KEY, "consolidated", code=Exit.FINDINGS)
    assert said(capsys, "round", "excuse", KEY, "4220", "--reason", "Läggs ned") == "4220: undantagen\n"
    assert said(capsys, "round", "include", KEY, "4220") == "4220: ej påbörjad\n"
    said(capsys, "round", "excuse", KEY, "4220", "--reason", "Läggs ned")
    assert "N056" in said(capsys, "round", "consolidate", KEY, code=Exit.FINDINGS)
    assert said(capsys, "round", "consolidate", KEY, "--reason", "Känt").endswith(f"{KEY}: konsoliderad\n")


def test_days_go_to_a_calendar(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "round", "calendar", KEY).count("BEGIN:VEVENT") == 4


def test_reminders_are_tried_and_sent_once(capsys: pytest.CaptureFixture[str], settings: object) -> None:
    settings.ADDRESS = "https://uppsikt.example"  # type: ignore[attr-defined]
    Round.objects.filter(key=KEY).update(deadline=date.today())  # noqa: DTZ011
    anna = User.objects.create(username="anna", email="anna@kommun.example")
    RoleAssignment.objects.create(user=anna, role="manager", unit="42", valid_from=BEGINNING, valid_to=FOREVER)
    tried = json.loads(said(capsys, "remind", "--dry-run", "--json"))
    assert [(mail["recipient"], mail["units"]) for mail in tried["mails"]] == [("anna", ["4210", "4220"])]
    assert said(capsys, "remind").endswith("(2)\nSkickade påminnelser: 1.\n")
    assert said(capsys, "remind", "--now") == "Skickade påminnelser: 0.\n"


def test_a_round_is_adopted_with_its_figures_corrected_and_its_versions_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for unit in ("4210", "4220"):
        put(unit, WorkState.APPROVED)
    said(capsys, "round", "consolidate", KEY, "--reason", "Känt")
    assert said(capsys, "round", "state", KEY, "adopted") == f"{KEY}: fastställd\n"
    assert "P067" in said(capsys, "round", "correct", KEY, "--reason", " ", code=Exit.FINDINGS)
    said(capsys, "round", "correct", KEY, "--reason", "Fel belopp")
    said(capsys, "round", "state", KEY, "consolidated", "--reason", "Känt")
    said(capsys, "round", "state", KEY, "adopted")
    first, second = json.loads(said(capsys, "round", "versions", KEY, "--json"))
    assert (first["number"], first["changes"]) == (1, None)
    assert (second["reason"], second["changes"]["figures"]) == ("Fel belopp", [])
    assert second["frozen_hash"] in said(capsys, "round", "versions", KEY)
    assert "P040" in said(capsys, "round", "versions", "saknas", code=Exit.FINDINGS)
    assert run_safely(["verify"]) == Exit.FINDINGS
    captured = capsys.readouterr()
    assert captured.out.endswith("fastställda versioner: delar2-2022 1, delar2-2022 2\n")
    # the test laid set-up and units' states in the database beside the services; all else is as the log tells
    told = [line.split()[0] for line in captured.err.splitlines() if line[0] != " "]
    assert sorted(told) == ["N070", "N070", "N071", "N071"]
