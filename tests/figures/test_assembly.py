"""Totals and arithmetic, absence, and money that stands in no row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.figures.helpers import DELAR1, PLAN, definition, parameters, posting, relations
from uppsikt.core.findings import Finding
from uppsikt.core.formats import View
from uppsikt.core.language import speaking
from uppsikt.core.postings import Posting
from uppsikt.figures.assembly import amount_in_words
from uppsikt.figures.definitions import StatementDefinition, shipped
from uppsikt.figures.engine import Engine
from uppsikt.figures.model import StatementResult

COLUMNS = """
columns:
  - {key: utfall, label: "Utfall {year}", scenario: actual, period: to-cut-off}
  - {key: budget, label: Budget, scenario: budget}
  - {key: skillnad, label: Skillnad, minus: [utfall, budget]}
  - {key: summa, label: Summa, sum: [utfall, budget]}
  - {key: andel, label: Andel, share: [utfall, budget]}
"""


def ask(
    tmp_path: Path, own: StatementDefinition, postings: list[Posting], planned: list[Posting], unit: str | None = None
) -> StatementResult:
    with Engine(relations(tmp_path, postings, planned)) as engine:
        return engine.statement(own, parameters(unit))


def budget(unit: str, account: str, kronor: int) -> Posting:
    return posting(202201, unit, account, kronor, "budget", decided_on=date(2021, 11, 1))


def test_a_difference_takes_one_absent_part_for_no_money_but_not_both(tmp_path: Path) -> None:
    own = definition("key: prov\ntitle: Prov\nrows: [{each: unit}]" + COLUMNS)
    result = ask(
        tmp_path, own, [posting(202201, "1010", "5010", 8)], [budget("1010", "5", 10), budget("3010", "5", 3)]
    )
    by_row = {row: [result.cell(row, key) for key in ("skillnad", "summa", "andel")] for row in ("10", "30", "40")}
    assert [cell.amount_ore for cell in by_row["10"][:2]] == [-200, 1800]
    assert by_row["10"][2].share == Decimal("0.8")
    assert [cell.amount_ore for cell in by_row["30"][:2]] == [-300, 300]
    assert by_row["30"][2].is_absent
    assert all(cell.is_absent for cell in by_row["40"])


def test_a_difference_is_absent_where_a_whole_column_is(tmp_path: Path) -> None:
    own = definition("key: prov\ntitle: Prov\nrows: [{each: unit}]" + COLUMNS)
    result = ask(tmp_path, own, [], [budget("1010", "5", 10)])
    assert result.cell("10", "skillnad").is_absent
    assert result.cell("10", "budget").amount_ore == 1000


def test_zero_is_not_nothing(tmp_path: Path) -> None:
    own = definition("key: prov\ntitle: Prov\nrows: [{each: unit}]" + COLUMNS)
    result = ask(tmp_path, own, [posting(202201, "1010", "5010", 8), posting(202202, "1010", "5010", -8)], [])
    assert result.cell("10", "utfall").amount_ore == 0
    assert (result.text("10", "utfall"), result.text("30", "utfall")) == ("0", "–")


def test_memo_rows_never_add(tmp_path: Path) -> None:
    own = definition(
        """
key: prov
title: Prov
rows:
  - {key: allt, label: Allt, unit: [KS]}
  - {key: varav, label: varav politik, style: memo, unit: ["30"]}
  - {key: total, label: Total, sum: rows above}
"""
        + COLUMNS
    )
    result = ask(tmp_path, own, [posting(202201, "3010", "5010", 8), posting(202201, "1010", "5010", 1)], [])
    assert [result.cell(row.key, "utfall").amount_ore for row in result.rows] == [900, 800, 900]
    assert result.findings == ()


def test_sums_of_sums_and_of_rows_of_the_code_plan(tmp_path: Path) -> None:
    own = definition(
        """
key: prov
title: Prov
rows:
  - {each: unit, key: name}
  - {key: gemensamt, label: Gemensamt, sum: [kommungemensamt, politisk-kommunledning]}
  - {key: allt, label: Allt, sum: [gemensamt, kommunstyrelseforvaltningen]}
"""
        + COLUMNS
    )
    money = [posting(202201, unit, "5010", kronor) for unit, kronor in (("1010", 1), ("3010", 2), ("4210", 4))]
    result = ask(tmp_path, own, money, [])
    assert (result.cell("gemensamt", "utfall").amount_ore, result.cell("allt", "utfall").amount_ore) == (300, 700)


def test_a_sum_of_a_row_the_code_plan_lacks_is_a_finding(tmp_path: Path) -> None:
    own = definition("key: prov\ntitle: Prov\nrows: [{each: unit}, {key: s, label: S, sum: [ingen]}]" + COLUMNS)
    result = ask(tmp_path, own, [], [])
    assert [finding.code for finding in result.findings] == ["F007"]
    assert result.cell("s", "utfall").is_absent


def stray(tmp_path: Path, *postings: Posting, unit: str | None = None) -> list[str]:
    result = ask(tmp_path, shipped()["nettoredovisning"], list(postings), [], unit)
    return [
        f"{one.code} {one.facts['dimension']} {one.facts['codes']} {one.facts['amount']}" for one in result.findings
    ]


def test_money_on_an_unknown_unit_is_said_with_sum_and_code(tmp_path: Path) -> None:
    postings = [posting(202203, "4711", "5010", 1_234_000), posting(202203, "1010", "5010", 1)]
    with speaking("sv"):
        assert stray(tmp_path, *postings) == ["F022 enhet 4711 −1\u202f234\u00a0tkr"]


def test_money_on_an_unknown_account_is_said_too(tmp_path: Path) -> None:
    assert stray(tmp_path, posting(202203, "1010", "9999", 5000)) == ["F022 konto 9999 −5\u00a0tkr"]


def test_money_without_unit_is_said_but_not_on_balance_accounts(tmp_path: Path) -> None:
    postings = [posting(202203, None, "5010", 2), posting(202203, None, "1930", -2)]
    assert stray(tmp_path, *postings) == ["F022 enhet – −2\u00a0kr"]


def test_money_on_a_code_that_no_row_is_about_is_said(tmp_path: Path) -> None:
    own = definition("key: prov\ntitle: Prov\nrows: [{each: unit, direct: hide}]" + COLUMNS)
    result = ask(tmp_path, own, [posting(202203, "KS", "5010", 3000)], [])
    assert [f"{one.code} {one.facts['codes']}" for one in result.findings] == ["F023 KS"]


def test_a_unit_of_its_own_says_nothing_of_others(tmp_path: Path) -> None:
    assert stray(tmp_path, posting(202203, "4711", "5010", 9), posting(202203, "1010", "5010", 1), unit="40") == []


def test_each_column_says_its_own(tmp_path: Path) -> None:
    findings = stray(tmp_path, posting(202203, "4711", "5010", 7000), posting(202103, "4712", "5010", 9000))
    assert findings == [
        "F022 enhet 4712 −9\u00a0tkr",
        "F022 enhet 4711 −7\u00a0tkr",
        "F022 enhet 4712 −9\u00a0tkr",
    ]


def test_a_partial_statement_leaves_out_known_codes_only(tmp_path: Path) -> None:
    text = "key: prov\ntitle: Prov\npartial: true\nrows: [{key: a, label: A, unit: ['10']}]" + COLUMNS
    money = [posting(202201, "3010", "5010", 5), posting(202201, "4711", "5010", 6)]
    whole = ask(tmp_path / "b", definition(text.replace("partial: true\n", "")), money, [])
    part = ask(tmp_path / "a", definition(text), money, [])
    assert [one.code for one in part.findings] == ["F022"]
    assert [one.code for one in whole.findings] == ["F022", "F023"]


def test_overlapping_rows_in_a_sum_are_a_warning(tmp_path: Path) -> None:
    rows = (
        "rows: [{key: a, label: A, unit: ['10']}, {key: b, label: B, account: ['5']}, "
        "{key: s, label: S, sum: rows above}]"
    )
    result = ask(tmp_path, definition(f"key: prov\ntitle: Prov\n{rows}{COLUMNS}"), [], [])
    assert [(one.code, one.facts) for one in result.findings] == [("F024", {"first": "a", "second": "b"})]
    apart = rows.replace("account: ['5']", "unit: ['30']")
    assert ask(tmp_path / "a", definition(f"key: prov\ntitle: Prov\n{apart}{COLUMNS}"), [], []).findings == ()


def test_codes_the_plan_lacks_are_a_warning(tmp_path: Path) -> None:
    own = definition("key: prov\ntitle: Prov\nrows: [{key: a, label: A, unit: ['99']}]" + COLUMNS)
    result = ask(tmp_path, own, [], [])
    assert [str(one) for one in result.findings] == [
        "F021 prov: Uppställningen prov frågar efter enhet 99, som inte finns i kodplanen. "
        "Rätta koden i uppställningen, eller lägg upp den i registret."
    ]


def test_an_unknown_unit_is_a_finding_and_an_empty_table(tmp_path: Path) -> None:
    result = ask(tmp_path, shipped()["enheter"], [posting(202201, "1010", "5010", 1)], [], "4711")
    assert [finding.code for finding in result.findings] == ["F020"]
    assert result.rows == ()


def test_without_a_previous_round_its_columns_are_empty(tmp_path: Path) -> None:
    with Engine(relations(tmp_path, [posting(202201, "1010", "5010", 1)], [budget("1010", "5", 1)])) as engine:
        result = engine.statement(shipped()["nettoredovisning"], parameters(round_facts=DELAR1))
    assert all(result.cell(row.key, "avvikelse-foregaende").is_absent for row in result.rows)
    assert result.cell("nettokostnad", "utfall").amount_ore == 100


def test_small_amounts_are_said_in_kronor() -> None:
    assert amount_in_words(123_400_000, View()) == "−1\u202f234\u00a0tkr"
    assert amount_in_words(-4_900, View()) == "49\u00a0kr"
    assert amount_in_words(1, View()) == "−0,01\u00a0kr"


def test_findings_survive_storage(tmp_path: Path) -> None:
    result = ask(tmp_path, shipped()["nettoredovisning"], [posting(202203, "4711", "5010", 5000)], [])
    again = Finding.from_json(result.findings[0].as_json())
    assert again.says == result.findings[0].says


@pytest.mark.parametrize("key", list(shipped()))
def test_every_statement_shipped_answers_for_the_whole_and_for_a_unit(tmp_path: Path, key: str) -> None:
    with Engine(relations(tmp_path, [posting(202201, "4210", "5010", 1)])) as engine:
        for unit in (None, "40", "4210"):
            result = engine.statement(shipped()[key], parameters(unit))
            assert set(result.cells) == {(row.key, column.key) for row in result.rows for column in result.columns}
    assert PLAN.knows("unit", "4210")
