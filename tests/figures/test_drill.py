"""The way down from a cell: nodes, accounts, vouchers, postings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.figures.helpers import definition, parameters, posting, relations
from uppsikt.figures.definitions import shipped
from uppsikt.figures.drill import DrillResult
from uppsikt.figures.engine import Engine

ACTUAL = [
    posting(202202, "4210", "5010", 300, voucher="A1", text="Lön", line=1),
    posting(202202, "4210", "1930", -300, voucher="A1", line=2),
    posting(202203, "4210", "6410", 20, voucher="A2", text="Papper", line=3),
    posting(202203, "4220", "6410", 5, voucher="A2", text="Papper", line=4),
    posting(202204, "42", "6010", 7, voucher="A3", text="Hyra", line=5),
    posting(202204, "1010", "6410", 1000, voucher="A4", line=6),
]
PLANNED = [
    posting(202201, "4210", "5", 310, "budget", decided_on=date(2021, 11, 1)),
    posting(202201, "4220", "6", 10, "budget", decided_on=date(2021, 11, 1), source="budget:2"),
    posting(202212, "4210", "5", 330, "forecast/delar2-2022", source="forecast:1"),
]
NET = shipped()["nettoredovisning"]
ROW = "kommunstyrelseforvaltningen"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with Engine(relations(tmp_path, ACTUAL, PLANNED)) as made:
        yield made


def amounts(result: DrillResult) -> dict[str, int | None]:
    return {row.key: None if row.cell.amount_ore is None else row.cell.amount_ore // 100 for row in result.rows}


def test_a_row_opens_to_the_nodes_below_it(engine: Engine) -> None:
    result = engine.drill(NET, parameters(), ROW, "utfall", "children")
    assert (result.dimension, amounts(result), result.total.amount_ore) == ("unit", {"42": 332}, 33200)


def test_what_stands_on_a_node_itself_is_a_row_of_its_own(engine: Engine) -> None:
    result = engine.drill(shipped()["enheter"], parameters("40"), "42", "utfall", "children")
    assert amounts(result) == {"42-direkt": 7, "4210": 320, "4220": 5}
    assert [row.label.sv for row in result.rows if row.is_direct] == ["Direkt på 42"]


def test_a_total_opens_to_its_rows(engine: Engine) -> None:
    result = engine.drill(NET, parameters(), "nettokostnad", "utfall", "children")
    assert amounts(result) == {"kommungemensamt": 1000, "politisk-kommunledning": None, ROW: 332}


def test_a_cell_opens_to_accounts(engine: Engine) -> None:
    result = engine.drill(NET, parameters(), ROW, "utfall", "account")
    assert amounts(result) == {"5010": 300, "6010": 7, "6410": 25}
    assert [row.posting_count for row in result.rows] == [1, 1, 2]


def test_a_deviation_opens_with_budget_turned(engine: Engine) -> None:
    result = engine.drill(NET, parameters(), ROW, "avvikelse", "account")
    assert amounts(result) == {"5": 20, "6": -10}
    assert result.total.amount_ore == 1000


def test_a_share_opens_to_shares(engine: Engine) -> None:
    own = definition("""
key: prov
title: Prov
rows: [{each: unit}]
columns:
  - {key: utfall, label: Utfall, scenario: actual}
  - {key: budget, label: Budget, scenario: budget}
  - {key: andel, label: Andel, share: [utfall, budget]}
""")
    result = engine.drill(own, parameters("42"), "4220", "andel", "account")
    assert [row.cell.share for row in result.rows] == [None, None]  # budget on 6, actuals on 6410
    assert result.total.share == 5 / 10


def test_a_cell_opens_to_vouchers_the_largest_first(engine: Engine) -> None:
    result = engine.drill(NET, parameters(), ROW, "utfall", "voucher")
    assert [row.code for row in result.rows] == ["A1", "A2", "A3"]
    assert list(amounts(result).values()) == [300, 25, 7]


def test_vouchers_beyond_the_limit_are_one_row(engine: Engine) -> None:
    result = engine.drill(NET, parameters(), ROW, "utfall", "voucher", limit=1)
    assert list(amounts(result).values()) == [300, 32]
    assert result.rows[-1].key == "ovriga"


def test_an_absent_cell_opens_to_nothing(engine: Engine) -> None:
    result = engine.drill(NET, parameters(), "politisk-kommunledning", "utfall", "account")
    assert result.rows == ()
    assert result.total.is_absent


def test_postings_come_in_pages_in_the_order_of_the_books(engine: Engine) -> None:
    first = engine.vouchers(NET, parameters(), ROW, "utfall", 2)
    rest = engine.vouchers(NET, parameters(), ROW, "utfall", 10, 2)
    assert [row.line for row in first + rest] == [1, 3, 4, 5]
    row = first[0]
    assert (row.voucher, row.text, row.period, row.origin) == ("A1", "Lön", 202202, "augusti.se")
    assert row.codes == {"unit": "4210", "account": "5010"}
    assert row.amount_ore == 30000


def test_rows_and_columns_that_are_not_there_are_key_errors(engine: Engine) -> None:
    for row, column in (("ingen", "utfall"), (ROW, "ingen")):
        with pytest.raises(KeyError):
            engine.drill(NET, parameters(), row, column, "account")
        with pytest.raises(KeyError):
            engine.figure(NET, parameters(), row, column)
        with pytest.raises(KeyError):
            engine.vouchers(NET, parameters(), row, column)


def test_a_way_down_is_one_query_beside_the_statement(engine: Engine) -> None:
    engine.statement(NET, parameters())
    engine.drill(NET, parameters(), ROW, "utfall", "account")
    engine.vouchers(NET, parameters(), ROW, "utfall")
    assert dict(engine.asked) == {"census": 4, "crosstab": 1, "drill": 1, "vouchers": 1}


@pytest.mark.parametrize("row", [ROW, "nettokostnad"])
def test_the_vouchers_of_each_account_of_a_cell_add_up_to_its_part(engine: Engine, row: str) -> None:
    parts = engine.drill(NET, parameters(), row, "utfall", "account").rows
    for part in parts:
        lines = engine.vouchers(NET, parameters(), row, "utfall", account=part.code)
        assert {line.codes["account"] for line in lines} == {part.code}
        assert (len(lines), sum(line.amount_ore for line in lines)) == (part.posting_count, part.cell.amount_ore)
    assert engine.vouchers(NET, parameters(), row, "utfall", account="1930") == []
