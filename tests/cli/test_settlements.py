"""Carried-over results and settlements at the command line."""

from __future__ import annotations

import json

import pytest

from tests.planning.samples import budget, code_registers, forecast, make_round
from tests.settlements.test_services import BUDGET, FORECAST
from uppsikt.cli.output import Exit, run_safely

pytestmark = pytest.mark.django_db
DECISION = ("--decision", "Ks 5/2022")
RULE = (
    *("settlement", "rule", "it", "--title", "IT", "--unit", "4210", "--account", "3", "--financier", "4220/6=1"),
    *DECISION,
)
RESULT = (*DECISION, "--decided-on", "2022-03-22", "--text", "Resultat")


@pytest.fixture(autouse=True)
def house(db: None) -> None:
    code_registers()
    budget(BUDGET)
    make_round()
    forecast(FORECAST)


def test_a_round_is_settled_and_taken_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_safely(["settlement", "settle", "delar2-2022"]) == Exit.FINDINGS  # no rules
    assert run_safely([*RULE]) == Exit.OK
    assert run_safely([*RULE]) == Exit.FINDINGS
    capsys.readouterr()
    assert run_safely(["settlement", "settle", "delar2-2022", "--dry-run"]) == Exit.OK
    assert "339\u202f999,99" in capsys.readouterr().out
    assert run_safely(["settlement", "settle", "delar2-2022"]) == Exit.OK
    assert run_safely(["settlement", "take-back", "delar2-2022"]) == Exit.OK
    assert run_safely(["settlement", "rules"]) == Exit.OK
    assert "4220 (1)" in capsys.readouterr().out
    assert run_safely(["settlement", "end", "it", "2022-08-15"]) == Exit.FINDINGS
    assert run_safely(["settlement", "end", "it", "2022-08-01"]) == Exit.OK


def test_results_are_decided_and_shown_year_by_year(capsys: pytest.CaptureFixture[str]) -> None:
    opened = (
        "--name",
        "Perioden",
        "--first-year",
        "2021",
        "--last-year",
        "2022",
        "--units",
        "4210",
        "--account",
        "5",
    )
    assert run_safely(["carry-over", "open", "2021-2022", *opened]) == Exit.OK
    assert (
        run_safely(["carry-over", "result", "2021-2022", "4210", "2021", "--result", "100 000", *RESULT]) == Exit.OK
    )
    assert (
        run_safely(["carry-over", "result", "2021-2022", "4210", "2031", "--result", "1", *RESULT]) == Exit.FINDINGS
    )
    entry = ("--decision", "Ks 9/2022", "--text", "Ingen")
    assert run_safely(["carry-over", "link", "2021-2022", "2022", *entry]) == Exit.FINDINGS
    capsys.readouterr()
    assert run_safely(["carry-over", "show", "--json"]) == Exit.OK
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["unit"], told["balance_ore"]) == ("4210", 100_000_00 + 339_999_99)
    assert [year["source"] for year in told["years"]] == ["decided", "forecast"]
    assert run_safely(["carry-over", "show"]) == Exit.OK
    assert "439\u202f999,99" in capsys.readouterr().out
