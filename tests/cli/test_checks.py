"""`uppsikt check`: what it prints and writes, how it ends, and that it needs neither database nor Django."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.checks.small import RIGHT_SUM, WRONG_SUM, typeset
from uppsikt.cli import checks
from uppsikt.cli.checks import is_asked_for, run_alone
from uppsikt.cli.messages import Exit


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "rapport.txt"
    path.write_text(WRONG_SUM)
    return path


def run(*arguments: object) -> int:
    return run_alone(["check", *(str(argument) for argument in arguments)])


def test_errors_end_with_one_and_a_report_in_order_with_zero(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(wrong) == Exit.FINDINGS
    assert "K002 fel" in capsys.readouterr().out
    wrong.write_text(RIGHT_SUM)
    assert run(wrong) == Exit.OK
    assert capsys.readouterr().out == "Inga anmärkningar.\n"


@pytest.mark.parametrize(
    ("options", "left_by"),
    [
        (["--fail-on", "never"], Exit.OK),
        (["--ignore", "K002"], Exit.OK),
        (["--ignore", "row-arithmetic"], Exit.OK),
        (["--select", "K04,K06"], Exit.OK),
        (["--select", "K00"], Exit.FINDINGS),
        (["--level", "error"], Exit.FINDINGS),
        (["--select", "K999"], Exit.USAGE),
        (["--baseline", "finns-inte.json"], Exit.USAGE),
        (["--output", "ut.xlsx"], Exit.USAGE),
        (["--output", "finns-inte/ut.html"], Exit.USAGE),
    ],
)
def test_options_choose_rules_and_exit_codes(
    wrong: Path, options: list[str], left_by: Exit, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(wrong, *options) == left_by
    assert "Traceback" not in capsys.readouterr().err


def test_every_kind_of_output_is_written_beside_the_print(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "rapport.pdf"
    report.write_bytes(typeset())
    outputs = [tmp_path / f"ut.{suffix}" for suffix in ("html", "pdf", "sarif", "json", "txt")]
    assert run(report, *(part for path in outputs for part in ("-o", path))) == Exit.FINDINGS
    assert [path.exists() for path in outputs] == [True] * 5
    assert outputs[1].read_bytes().startswith(b"%PDF")
    assert json.loads(outputs[2].read_text())["version"] == "2.1.0"
    assert "K002" in capsys.readouterr().out


def test_the_report_itself_is_never_written_over(tmp_path: Path) -> None:
    report = tmp_path / "rapport.pdf"
    report.write_bytes(typeset())
    assert run(report, "-o", report) == Exit.USAGE
    assert report.read_bytes() == typeset() or report.read_bytes().startswith(b"%PDF")


def test_a_marked_pdf_of_a_text_is_refused_with_its_remedy(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(wrong, "-o", wrong.with_name("ut.pdf")) == Exit.FINDINGS
    assert "K096" in capsys.readouterr().err
    assert not wrong.with_name("ut.pdf").exists()


def test_what_cannot_be_read_is_said_and_the_rest_is_checked(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (wrong.parent / "trasig.pdf").write_bytes(b"%PDF-1.7 avbruten")
    assert run(wrong.parent, "--fail-on", "never") == Exit.FINDINGS
    shown = capsys.readouterr()
    assert "K090" in shown.err
    assert "K002" in shown.out


def test_a_baseline_makes_what_is_known_silent(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = wrong.with_name("känt.json")
    assert run(wrong, "--write-baseline", known) == Exit.OK
    assert run(wrong, "--baseline", known) == Exit.OK
    assert "(tystade: 1)" in capsys.readouterr().out
    wrong.write_text(WRONG_SUM.replace("-3 565 ", "-3 575 "))
    assert run(wrong, "--baseline", known) == Exit.FINDINGS
    assert "K092" in capsys.readouterr().err


def test_the_nearest_settings_file_counts_and_options_stand_above_it(
    wrong: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = wrong.with_name("uppsikt-check.toml")
    settings.write_text('ignore = ["K002"]\n')
    assert run(wrong) == Exit.OK
    settings.write_text('fail-on = "never"\n')
    assert run(wrong) == Exit.OK
    assert run(wrong, "--fail-on", "error") == Exit.FINDINGS
    settings.write_text('select = ["K999"]\n')
    assert run(wrong) == Exit.USAGE
    assert "K094" in capsys.readouterr().err


def test_json_at_the_terminal_is_json_alone(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(wrong, "--format", "json")
    assert json.loads(capsys.readouterr().out)["summary"]["error"] == 1


def test_a_rule_is_explained_and_a_misspelt_one_is_guessed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--explain", "k002") == Exit.OK
    assert "Varför" in capsys.readouterr().out
    assert run("--explain", "colum-sum") == Exit.USAGE
    assert "column-sum" in capsys.readouterr().err
    assert run("--rules") == Exit.OK
    assert "K001" in capsys.readouterr().out


def test_nothing_named_is_a_usage_error() -> None:
    assert run() == Exit.USAGE


def test_watching_looks_again_and_ends_quietly(
    wrong: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from uppsikt.checks import watch

    def twice(paths: object, look: object) -> None:
        assert callable(look)
        look()
        look()
        raise KeyboardInterrupt

    monkeypatch.setattr(watch, "watch", twice)
    assert run(wrong, "--watch") == Exit.OK
    assert capsys.readouterr().out.count("K002 fel") == 2


def test_a_fault_of_the_program_is_kept_in_a_file(
    wrong: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def break_down(run: object) -> int:
        raise ZeroDivisionError("inne i programmet")

    monkeypatch.setattr(checks, "_once", break_down)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert run(wrong) == Exit.PROGRAM_ERROR
    assert "ZeroDivisionError" not in capsys.readouterr().err
    assert "inne i programmet" in next(tmp_path.glob("uppsikt-check-*.txt")).read_text()


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        (["check"], True),
        (["--lang", "en", "check", "a.pdf"], True),
        (["--lang=en", "check"], True),
        (["report", "check"], False),
        (["--lang", "check"], False),
        ([], False),
    ],
)
def test_check_is_told_from_other_commands(arguments: list[str], asked: bool) -> None:
    assert is_asked_for(arguments) is asked


def test_it_runs_with_neither_django_nor_database(wrong: Path) -> None:
    program = (
        "import sys; sys.argv = ['uppsikt', '--lang', 'en', 'check', sys.argv[1]]\n"
        "from uppsikt.cli import main\n"
        "try:\n    main()\n"
        "finally:\n    print(sorted({'django', 'duckdb', 'pypdfium2', 'pikepdf', 'docx'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(wrong)], capture_output=True, text=True, check=False)
    assert done.returncode == Exit.FINDINGS, done.stderr
    assert "K002 error" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_pre_commit_hook_installs_what_the_audit_needs() -> None:
    repository = Path(__file__).resolve().parents[2]
    (hook,) = yaml.safe_load((repository / ".pre-commit-hooks.yaml").read_text())
    extras = tomllib.loads((repository / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert sorted(hook["additional_dependencies"]) == sorted(extras["check"])
    assert is_asked_for(hook["entry"].split()[1:])
    assert [
        name for name in ("a.pdf", "b.docx", "c.html", "d.htm", "e.txt") if not re.search(hook["files"], name)
    ] == []
