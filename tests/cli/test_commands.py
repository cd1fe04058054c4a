"""The tutorial's walk at the command line: every command does its work, says it, and leaves by the right code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from uppsikt.cli.output import Exit, run_safely

DEMO = Path(__file__).resolve().parents[2] / "src" / "uppsikt" / "demo" / "orebro"
PROFILE = ["--profile", str(DEMO / "profile.yaml")]
ROUND = ["--kind", "interim", "--year", "2022"]

pytestmark = pytest.mark.django_db


def done(*arguments: object) -> None:
    assert run_safely([str(argument) for argument in arguments]) == Exit.OK


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, object]:
    capsys.readouterr()
    done(*arguments, "--json")
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return answer


def registers() -> None:
    for dimension in ("unit", "account", "activity", "project", "object", "counterparty", "marker"):
        done("register", "import", dimension, DEMO / "registers" / f"{dimension}.csv")


def settled() -> None:
    decided = ("--account", "3", "--decision", "Ks 1002/2021", "--valid-from", "2022-01-01")
    for unit, *shares in (("4310", "13=27", "12=7"), ("4410", "12=1")):
        financiers = [word for share in shares for word in ("--financier", share)]
        done("settlement", "rule", f"regel-{unit}", "--title", unit, "--unit", unit, *financiers, *decided)
    done("settlement", "settle", "delar2-2022")


def test_the_tutorial_from_registers_to_report(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    registers()
    file = DEMO / "ledger" / "orebro-2022-08.se"
    rehearsed = said(capsys, "import", file, *PROFILE, "--dry-run")
    assert rehearsed["batch"] is None
    assert rehearsed["debit_ore"] == rehearsed["credit_ore"]
    taken = said(capsys, "import", file, *PROFILE)
    assert taken["rows"] == rehearsed["rows"]
    assert said(capsys, "import", file, *PROFILE)["already_held"]
    done("import", DEMO / "ledger" / "orebro-2021.se", *PROFILE)
    done("budget", "import", DEMO / "planning" / "budget-2022.csv")
    done(
        "round",
        "create",
        "delar1-2022",
        "--name",
        "Delår 1",
        *ROUND,
        "--cut-off",
        "2022-04-30",
        "--deadline",
        "2022-05-13",
    )
    done(
        *("round", "create", "delar2-2022", "--name", "Delår 2", *ROUND),
        *("--cut-off", "2022-08-31", "--deadline", "2022-09-16", "--previous", "delar1-2022"),
    )
    for key, day in (("delar1-2022", "2022-05-10"), ("delar2-2022", "2022-09-14")):
        done("round", "state", key, "open")
        done(
            "forecast",
            "import",
            key,
            DEMO / "planning" / f"forecast-{key.split('-')[0]}-2022.csv",
            "--submitted-on",
            day,
        )
    settled()
    for path in sorted((DEMO / "statements").glob("*.yaml")):
        done("define", path)
    done("facts", "import", DEMO / "facts.csv")
    figure = said(
        capsys, "figure", "nettoredovisning/nettokostnad/avvikelse@delar2-2022", "--lineage", "--vouchers", "3"
    )
    assert figure["text"] == "−15\u202f383"
    table = said(capsys, "statement", "nettoredovisning", "--round", "delar2-2022")
    assert table["round"] == "delar2-2022"
    capsys.readouterr()
    done("statement", "nettoredovisning", "--in", "mnkr")
    assert "−15,4" in capsys.readouterr().out
    done("report", "build", DEMO / "report", "--output", tmp_path / "rapport", "--format", "xlsx")
    assert (tmp_path / "rapport" / "tabeller.xlsx").read_bytes()[:2] == b"PK"
    done("export", tmp_path / "ut.se", "--year", "2022")
    assert (tmp_path / "ut.se").read_bytes().startswith(b"#FLAGGA 0")
    done("verify")
    done("batches")


def test_a_register_goes_out_and_in_without_a_change(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    registers()
    for name in ("enheter.csv", "enheter.xlsx"):
        done("register", "export", "unit", tmp_path / name)
        again = said(capsys, "register", "import", "unit", tmp_path / name)
        assert (again["added"], again["changed"]) == (0, 0)


@pytest.mark.parametrize(
    ("arguments", "code", "left_by"),
    [
        (["import", "{spoilt}"], "L001", Exit.FINDINGS),
        (["import", "{spoilt}", "--profile", "finns-inte"], "finns-inte", Exit.FINDINGS),
        (["register", "import", "unit", "{spoilt}"], "T00", Exit.FINDINGS),
        (["budget", "import", "{spoilt}"], "P008", Exit.FINDINGS),
        (["facts", "import", "{spoilt}"], "T00", Exit.FINDINGS),
        (["define", "{spoilt}"], "F00", Exit.FINDINGS),
        (["restore", "{spoilt}"], "D001", Exit.FINDINGS),
        (["statement", "netto", "--round", "x"], "F090", Exit.FINDINGS),
        (["figure", "netto"], "F093", Exit.FINDINGS),
        (["round", "state", "delar9", "open"], "delar9", Exit.FINDINGS),
        (["statement", "nettoredovisning", "--structure-date", "igår"], "igår", Exit.USAGE),
        (["register", "import", "färg", "{spoilt}"], "färg", Exit.USAGE),
    ],
)
def test_wrong_input_is_said_with_its_code_and_changes_nothing(
    arguments: list[str], code: str, left_by: Exit, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    from uppsikt.audit.models import Event

    spoilt = tmp_path / "bokslut.se"
    spoilt.write_text("<!DOCTYPE html><html><body>404 Not Found</body></html>")
    assert run_safely([argument.replace("{spoilt}", str(spoilt)) for argument in arguments]) == left_by
    shown = capsys.readouterr()
    assert code in shown.err + shown.out
    assert "Traceback" not in shown.err + shown.out
    assert not Event.objects.exists()


def test_a_batch_taken_in_by_mistake_is_withdrawn_and_can_come_back(capsys: pytest.CaptureFixture[str]) -> None:
    registers()
    file = DEMO / "ledger" / "orebro-2021.se"
    code = str(said(capsys, "import", file, *PROFILE)["batch"])
    assert run_safely(["withdraw", "ffff"]) == Exit.FINDINGS
    assert "L048" in capsys.readouterr().err
    done("withdraw", code[:12])
    assert run_safely(["withdraw", code[:12]]) == Exit.FINDINGS
    capsys.readouterr()
    done("import", file, *PROFILE, "--replace")
    assert [held["active"] for held in json.loads(listed(capsys))] == [True]


def listed(capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    done("batches", "--json")
    return capsys.readouterr().out


def test_a_ledger_file_gone_from_the_disk_is_a_finding_and_not_a_figure(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    registers()
    done("import", DEMO / "ledger" / "orebro-2021.se", *PROFILE)
    done(
        "round",
        "create",
        "bokslut",
        "--name",
        "Bokslut",
        *ROUND,
        "--cut-off",
        "2022-12-31",
        "--deadline",
        "2023-01-20",
    )
    done("statement", "nettoredovisning")
    next((home / "ledger").rglob("postings.parquet")).unlink()
    assert run_safely(["statement", "nettoredovisning"]) == Exit.FINDINGS
    assert "F096" in capsys.readouterr().err
