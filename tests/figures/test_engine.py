"""Statements from Parquet, added up by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.figures.helpers import definition, parameters, posting, relations
from uppsikt.core.postings import Posting
from uppsikt.figures.definitions import shipped
from uppsikt.figures.engine import Engine
from uppsikt.figures.model import StatementResult

ACTUAL = [
    posting(202103, "1010", "5010", 100, source="batch-2021"),
    posting(202111, "1010", "5010", 50, source="batch-2021"),
    posting(202202, "1010", "5010", 300),
    posting(202208, "3010", "6010", 200),
    posting(202208, "4210", "3010", -70),
    posting(202208, "4210", "6410", 40),
    posting(202208, "4210", "1930", 9999),  # a balance account is no net cost
    posting(202209, "4210", "6410", 1000),  # after the cut-off
]
PLANNED = [
    posting(202201, "1010", "5", 400, "budget", decided_on=date(2021, 11, 1)),
    posting(202201, "3010", "5", 250, "budget", decided_on=date(2021, 11, 1)),
    posting(202201, "4210", "5", 90, "budget", decided_on=date(2021, 11, 1)),
    posting(202201, "4210", "6A", 10, "budget", decided_on=date(2022, 6, 1), source="budget:2"),
    posting(202201, "4210", "5", 77, "budget", decided_on=date(2022, 9, 15), source="budget:3"),  # decided too late
    posting(202212, "1010", "5", 380, "forecast/delar2-2022", source="forecast:1"),
    posting(202212, "3010", "5", 260, "forecast/delar2-2022", source="forecast:2"),
    posting(202212, "4210", "5", 130, "forecast/delar2-2022", source="forecast:3"),
    posting(202212, "4210", "5", 95, "forecast/delar1-2022", source="forecast:0"),
]  # fmt: skip


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return Engine(relations(tmp_path, ACTUAL, PLANNED))


def kronor(result: StatementResult, row: str) -> list[int | None]:
    amounts = [result.cell(row, column.key).amount_ore for column in result.columns]
    return [None if ore is None else ore // 100 for ore in amounts]


def test_the_net_account_has_seven_columns_and_a_total(engine: Engine) -> None:
    result = engine.statement(shipped()["nettoredovisning"], parameters())
    assert [column.key for column in result.columns] == [
        "utfall-foregaende",
        "utfall",
        "bokslut-foregaende",
        "budget",
        "prognos",
        "avvikelse-foregaende",
        "avvikelse",
    ]
    assert [row.key for row in result.rows] == [
        "kommungemensamt",
        "politisk-kommunledning",
        "kommunstyrelseforvaltningen",
        "nettokostnad",
    ]
    assert kronor(result, "kommungemensamt") == [100, 300, 150, 400, 380, -400, -20]
    assert kronor(result, "politisk-kommunledning") == [None, 200, None, 250, 260, -250, 10]
    assert kronor(result, "kommunstyrelseforvaltningen") == [None, -30, None, 100, 130, 5, 30]
    assert kronor(result, "nettokostnad") == [100, 470, 150, 750, 770, -645, 20]
    assert result.findings == ()


def test_a_statement_is_one_query(engine: Engine) -> None:
    engine.statement(shipped()["nettoredovisning"], parameters())
    assert dict(engine.asked) == {"census": 4, "crosstab": 1}  # which codes occur: two files, units and accounts
    engine.statement(shipped()["kontogrupper"], parameters("40"))
    assert dict(engine.asked) == {"census": 4, "crosstab": 2}
    with Engine(engine.relations) as again:
        again.statement(shipped()["enheter"], parameters("10"))
        assert dict(again.asked) == {"crosstab": 1}


def test_units_below_a_unit_are_called_by_code(engine: Engine) -> None:
    result = engine.statement(shipped()["enheter"], parameters("40"))
    assert [(row.key, row.level) for row in result.rows] == [("42", 0), ("4210", 1), ("4220", 1), ("nettokostnad", 0)]
    assert kronor(result, "4210") == [None, -30, None, 100, 130, 5, 30]
    assert kronor(result, "4220") == [None] * 7
    assert kronor(result, "nettokostnad") == kronor(result, "42") == kronor(result, "4210")
    assert result.address("4210", "avvikelse") == "enheter:40/4210/avvikelse@delar2-2022"


def test_account_groups_are_read_in_the_reporting_hierarchy(engine: Engine) -> None:
    result = engine.statement(shipped()["kontogrupper"], parameters())
    assert [row.key for row in result.rows] == ["3", "5", "6", "6a", "nettokostnad"]
    assert str(result.rows[3].label) == "6A Lokalhyror"
    assert [kronor(result, row.key)[1] for row in result.rows] == [-70, 300, 40, 200, 470]
    assert kronor(result, "6a")[3] == 10


def test_committees_show_income_and_costs(engine: Engine) -> None:
    result = engine.statement(shipped()["driftredovisning"], parameters())
    assert [(row.key, kronor(result, row.key)[1]) for row in result.rows] == [
        ("ks", 470),
        ("ks-intakter", -70),
        ("ks-kostnader", 540),
        ("intakter", -70),
        ("kostnader", 540),
        ("nettokostnad", 470),
    ]


def test_investments_show_projects_with_money(tmp_path: Path) -> None:
    assets = [posting(202205, "4210", "1930", 500, project="I101"), posting(202205, "4210", "5010", 3, project="P20")]
    with Engine(relations(tmp_path, assets)) as engine:
        result = engine.statement(shipped()["investeringar"], parameters())
    assert [row.key for row in result.rows] == ["summa"]
    assert "I101" in str(result.findings[0])


def test_without_files_every_cell_is_absent(tmp_path: Path) -> None:
    nothing: list[Posting] = []
    with Engine(relations(tmp_path, nothing)) as engine:
        result = engine.statement(shipped()["nettoredovisning"], parameters())
    assert len(result.rows) == 4
    assert all(cell.is_absent for cell in result.cells.values())
    assert result.text("nettokostnad", "utfall") == "–"


def test_a_decision_on_the_cut_off_itself_is_known_and_one_after_is_not(tmp_path: Path) -> None:
    decided = [date(2022, 4, 30), date(2022, 5, 1), date(2022, 8, 31), date(2022, 9, 1), None]
    planned = [
        posting(202201, "1010", "5", 10**number, "budget", decided_on=day) for number, day in enumerate(decided)
    ]
    own = definition("""
key: prov
title: Prov
rows: [{each: unit}]
columns:
  - {key: nu, label: Nu, scenario: budget}
  - {key: da, label: Då, scenario: budget, known_on: previous-cut-off}
  - {key: allt, label: Allt, scenario: budget, known_on: all}
  - {key: forst, label: Först, scenario: budget, known_on: 2022-04-29}
""")
    with Engine(relations(tmp_path, [], planned)) as engine:
        result = engine.statement(own, parameters())
        assert kronor(result, "10") == [10111, 10001, 11111, 10000]
        for column, known in (("nu", 4), ("da", 2), ("allt", 5), ("forst", 1)):
            assert len(engine.vouchers(own, parameters(), "10", column)) == known
