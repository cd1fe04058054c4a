"""Suggestions and accuracy at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.web.accuracy.test_pages import ended
from uppsikt.audit.actors import Actor
from uppsikt.cli.output import Exit, run_safely

pytestmark = pytest.mark.django_db


def test_suggestions_are_made_and_accuracy_is_told_by_unit_and_for_programs(
    local: Actor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_safely(["accuracy"]) == Exit.OK
    assert "Inget år med prognoser" in capsys.readouterr().out
    ended(local, tmp_path)
    assert run_safely(["suggest", "delar2-2022"]) == Exit.OK
    assert "0 nya förslag, 3 oförändrade." in capsys.readouterr().out
    assert run_safely(["suggest", "delar2-2022", "--json"]) == Exit.OK
    told = json.loads(capsys.readouterr().out)
    assert (told["suggestions"][0]["unit"], told["suggestions"][0]["full_year_ore"]) == ("1010", 120_000_000)
    assert run_safely(["suggest", "ingen"]) == Exit.FINDINGS
    capsys.readouterr()
    assert run_safely(["accuracy", "--unit", "4220"]) == Exit.OK
    assert "170" in capsys.readouterr().out  # the mean of 100 000 and 240 000 kronor, in tkr
    assert run_safely(["accuracy", "--json"]) == Exit.OK
    rows = json.loads(capsys.readouterr().out)
    assert {(row["round_key"], row["unit"]) for row in rows} >= {("delar1-2022", "4220"), ("delar2-2022", "1010")}
