"""Whatever happens at the command line is a message and an exit code, never a traceback."""

from pathlib import Path

import pytest

from uppsikt.cli import house
from uppsikt.cli.output import Exit, run_safely


def test_a_wrong_option_is_a_usage_error_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_safely(["statement", "--no-such-thing"]) == Exit.USAGE
    assert "no-such-thing" in capsys.readouterr().err


def test_a_missing_file_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_safely(["import", "finns-inte.se"]) == Exit.USAGE
    assert "finns-inte.se" in capsys.readouterr().err


def test_a_fault_of_the_program_is_kept_in_a_file_and_not_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    def break_down() -> None:
        raise ZeroDivisionError("inne i programmet")

    monkeypatch.setattr(house, "migrate", break_down)
    assert run_safely(["init"]) == Exit.PROGRAM_ERROR
    shown = capsys.readouterr()
    assert "Traceback" not in shown.out + shown.err
    assert "ZeroDivisionError" not in shown.out + shown.err
    kept = list((home / "errors").iterdir())
    assert len(kept) == 1
    assert "inne i programmet" in kept[0].read_text()


def test_a_code_is_explained_and_an_unknown_one_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_safely(["explain", "t002"]) == Exit.OK
    assert "T002" in capsys.readouterr().out
    assert run_safely(["explain", "X999"]) == Exit.USAGE


def test_a_home_without_an_installation_is_a_finding_with_its_remedy(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import OperationalError

    from uppsikt.cli import output

    def no_table(arguments: object) -> int:
        raise OperationalError("no such table: planning_round")

    monkeypatch.setattr(output, "_run", no_table)
    monkeypatch.setattr(output, "is_initialised", lambda: False)
    assert run_safely(["round", "list"]) == Exit.FINDINGS
    assert "D005" in capsys.readouterr().err
    monkeypatch.setattr(output, "is_initialised", lambda: True)
    assert run_safely(["round", "list"]) == Exit.PROGRAM_ERROR
