from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from uppsikt.core.formats import Sign, Unit, View
from uppsikt.core.language import Text
from uppsikt.figures.model import (
    Cell,
    Column,
    ColumnKind,
    Parameters,
    RoundFacts,
    Row,
    RowStyle,
    StatementResult,
)
from uppsikt.web.statements.choices import Choice
from uppsikt.web.statements.sheets import sheet_of

ROUND = RoundFacts("delar2-2022", "Delår 2", 2022, date(2022, 8, 31))
CHOICE = Choice("netto", ROUND.key)


def text(word: str) -> Text:
    return Text(word, word)


@pytest.fixture
def result() -> StatementResult:
    rows = (Row("a", text("A")), Row("v", text("V"), RowStyle.MEMO, 1), Row("s", text("S"), RowStyle.TOTAL))
    columns = (Column("budget", text("Budget")), Column("avvikelse", text("Avvikelse"), ColumnKind.DEVIATION))
    cells = {(row.key, column.key): Cell(15_383_000_00) for row in rows for column in columns}
    cells["v", "avvikelse"] = Cell()
    return StatementResult("netto", text("Netto"), View(), Parameters(ROUND), rows, columns, cells)


def test_a_cost_is_shown_as_negative_thousands(result: StatementResult) -> None:
    assert sheet_of(result, CHOICE).rows[0].cells[0].text == "−15\u202f383"


def test_the_same_figure_in_millions_is_rounded_from_the_raw_amount(result: StatementResult) -> None:
    sheet = sheet_of(result, replace(CHOICE, shown_in=Unit.MNKR))
    assert sheet.rows[0].cells[0].text == "−15,4"
    assert sheet.rule.startswith("mnkr.")


def test_a_figure_leads_to_what_it_is_made_of_and_nothing_leads_nowhere(result: StatementResult) -> None:
    sheet = sheet_of(result, CHOICE)
    address = urlsplit(sheet.rows[0].cells[1].url)
    assert address.path == "/uppstallningar/netto/siffra/"
    assert parse_qs(address.query) == {"round": ["delar2-2022"], "row": ["a"], "figure": ["avvikelse"]}
    assert sheet.rows[1].cells[1].url == ""
    assert sheet.rows[1].cells[1].text == "–"


def test_only_the_chosen_columns_are_shown_in_the_statements_order(result: StatementResult) -> None:
    sheet = sheet_of(result, replace(CHOICE, columns=("avvikelse",)))
    assert [column.key for column in sheet.columns] == ["avvikelse"]
    both = sheet_of(result, replace(CHOICE, columns=("avvikelse", "budget")))
    assert [column.key for column in both.columns] == ["budget", "avvikelse"]


def test_columns_the_statement_lacks_are_as_if_none_were_chosen(result: StatementResult) -> None:
    assert len(sheet_of(result, replace(CHOICE, columns=("finns-inte",))).columns) == 2


def test_the_caption_says_how_signs_are_to_be_read(result: StatementResult) -> None:
    assert "kostnader och underskott negativa" in sheet_of(result, CHOICE).rule
    ledger = replace(result, view=View(Sign.LEDGER))
    assert "kostnader är positiva" in sheet_of(ledger, CHOICE).rule


def test_totals_and_of_which_rows_are_marked(result: StatementResult) -> None:
    assert [row.css for row in sheet_of(result, CHOICE).rows] == ["", "memo", "total"]
