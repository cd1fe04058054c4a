"""Savings assignments at the command line: decided, distributed, linked, planned, shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.planning.samples import budget, code_registers
from tests.savings.conftest import BUDGET
from uppsikt.cli.output import Exit, run_safely

pytestmark = pytest.mark.django_db
DECISION = ("--decision", "Ks 2/2021", "--decided-on", "2021-12-01")
ADOPT = (
    *("savings", "adopt", "uppdraget", "--title", "Uppdraget", "--total", "900 000", "--year", "2022"),
    *("--unit", "42", "--account", "6", "--key-account", "5", "--units", "4210,4220", *DECISION),
)
PART = ("--decision", "Ks 3/2022", "--decided-on", "2022-02-22", "--text", "Del ett")


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    capsys.readouterr()
    assert run_safely(["savings", "show", "uppdraget", "--json"]) == Exit.OK
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return answer


def test_an_assignment_from_decision_to_plan(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code_registers()
    held = "Ks 9/2022;2022-03-01;ombudgetering;Del två;2022;{};{};{}\n"
    budget(BUDGET + held.format("42", "6", "10000") + held.format("4220", "6", "-10000"))
    assert run_safely([*ADOPT, "--dry-run"]) == Exit.OK
    assert run_safely(["savings", "show", "uppdraget"]) == Exit.FINDINGS
    assert run_safely([*ADOPT]) == Exit.OK
    assert run_safely([*ADOPT]) == Exit.FINDINGS
    assert run_safely(["savings", "settle", "uppdraget", "100 000", *PART, "--dry-run"]) == Exit.OK
    assert "66\u202f667" in capsys.readouterr().out
    assert run_safely(["savings", "settle", "uppdraget", "100 000", *PART]) == Exit.OK
    assert run_safely(["savings", "settle", "uppdraget", "mycket", *PART]) == Exit.USAGE
    assert run_safely(["savings", "link", "uppdraget", "--decision", "Ks 9/2022", "--text", "Del två"]) == Exit.OK
    plan = tmp_path / "plan.csv"
    plan.write_text("enhet;belopp;senast;hur\n4210;50 000;2023-06-30;Färre lokaler\n", encoding="utf-8")
    assert run_safely(["savings", "plan", "uppdraget", str(plan)]) == Exit.OK
    assert told(capsys) == {
        "key": "uppdraget",
        "title": "Uppdraget",
        "year": 2022,
        "unit": "42",
        "years": [
            {
                "year": 2022,
                "part_ore": 900_000_00,
                "brought_ore": 0,
                "planned_ore": 0,
                "settled_ore": 110_000_00,
                "passed_on_ore": 0,
                "remaining_ore": 790_000_00,
            },
            {
                "year": 2023,
                "part_ore": 0,
                "brought_ore": 0,
                "planned_ore": 50_000_00,
                "settled_ore": 0,
                "passed_on_ore": 0,
                "remaining_ore": 0,
            },
        ],
        "total_ore": 900_000_00,
        "settled_ore": 110_000_00,
        "remaining_ore": 790_000_00,
        "settled_by_unit": {"4210": 66_667_00, "4220": 43_333_00},
        "planned_by_unit": {"4210": 50_000_00},
    }
    assert run_safely(["savings", "show", "uppdraget"]) == Exit.OK
    assert run_safely(["savings", "list"]) == Exit.OK
    assert "790\u202f000" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("enhet;belopp;senast\n4210;1;2023-06-30\n", "T002"),
        ("enhet;belopp;senast;hur\n", "P008"),
        ("enhet;belopp;senast;hur\n4210;mycket;2023-06-30;x\n", "S004"),
        ("enhet;belopp;senast;hur\n4210;1;snart;x\n", "P020"),
        ("enhet;belopp;senast;hur\n4711;1;2023-06-30;x\n", "S008"),
    ],
)
def test_a_plan_that_cannot_be_read_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: str, code: str
) -> None:
    code_registers()
    budget(BUDGET)
    assert run_safely([*ADOPT]) == Exit.OK
    (tmp_path / "plan.csv").write_text(content, encoding="utf-8")
    assert run_safely(["savings", "plan", "uppdraget", str(tmp_path / "plan.csv")]) == Exit.FINDINGS
    assert code in capsys.readouterr().err


def test_an_assignment_over_three_years_is_brought_along_and_settled_in_the_year_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code_registers()
    budget(BUDGET)
    assert run_safely([*ADOPT, "--later", "tjugo=1"]) == Exit.USAGE
    assert run_safely([*ADOPT, "--later", "2023=300 000", "--later", "2024=200 000"]) == Exit.OK
    bring = ["savings", "bring", "uppdraget", "2022", *PART[:4], "--text", "Återstår av 2022"]
    assert run_safely(bring) == Exit.OK
    assert run_safely(["savings", "settle", "uppdraget", "650 000", *PART, "--year", "2023"]) == Exit.OK
    sums = told(capsys)
    assert (sums["total_ore"], sums["settled_ore"], sums["remaining_ore"]) == (900_000_00, 650_000_00, 250_000_00)
    years = sums["years"]
    assert isinstance(years, list)
    assert [own["remaining_ore"] for own in years] == [0, 50_000_00, 200_000_00]
