"""Definitions as data: what can be said, and what is said back when it is wrong."""

from __future__ import annotations

from datetime import date

import pytest

from tests.figures.helpers import definition
from uppsikt.core.findings import CATALOGUE
from uppsikt.core.formats import Sign, Unit, View
from uppsikt.core.language import Text
from uppsikt.figures.definitions import (
    ArithmeticColumn,
    EachRow,
    Knowledge,
    MoneyColumn,
    Operation,
    Scenario,
    SelectRow,
    Span,
    Structure,
    SumRow,
    Test,
    load_definition,
    shipped,
)
from uppsikt.figures.model import ColumnKind, RowStyle

GOOD = """
key: prov
title: Prov
rows:
  - key: a
    label: A
    account: ["3"]
columns:
  - key: utfall
    label: Utfall
    scenario: actual
"""


def codes(text: str) -> list[tuple[str, int | None]]:
    _, findings = load_definition(text, "prov.yaml")
    return [(finding.code, finding.at.line) for finding in findings]


def test_the_statements_shipped_are_free_of_findings() -> None:
    assert list(shipped()) == [
        *("driftredovisning", "enheter", "investeringar", "kontogrupper", "nettoredovisning", "reglering"),
    ]
    assert {key: own.key for key, own in shipped().items()} == {key: key for key in shipped()}


def test_a_budget_column_knows_what_was_decided_up_to_the_cut_off() -> None:
    columns = {column.key: column for column in shipped()["nettoredovisning"].columns}
    budget, before, forecast = columns["budget"], columns["budget-foregaende"], columns["prognos"]
    assert isinstance(budget, MoneyColumn)
    assert budget.knowledge is Knowledge.CUT_OFF
    assert isinstance(before, MoneyColumn)
    assert before.knowledge is Knowledge.PREVIOUS_CUT_OFF
    assert before.is_hidden
    assert isinstance(forecast, MoneyColumn)
    assert forecast.knowledge is Knowledge.ALL


def test_every_part_of_a_definition_can_be_said() -> None:
    own = definition("""
key: allt
title: {sv: Allt, en: Everything}
view: {sign: ledger, unit: mnkr, decimals: 2}
partial: true
needs_unit: true
base:
  account: {under: ["3..9"], not: ["39"], hierarchy: reporting}
rows:
  - key: valda
    label: Valda
    style: memo
    level: 1
    unit: ["{unit}"]
    project: {present: false}
  - each: unit
    of: ["40", "42"]
    levels: 2
    key: name
    label: "{code} {name}"
    where: {account: ["5"]}
    empty: hide
    parts:
      - {key: loner, label: Löner, account: ["50"]}
  - {key: summa, label: Summa, sum: [valda]}
columns:
  - key: maj
    label: "Maj {year}"
    scenario: actual
    period: 2022-05..2022-06
    structure: 2022-01-01
    known_on: 2022-02-01
  - key: da
    label: Då
    scenario: previous-forecast
    year: previous
    period: to-cut-off
    structure: posting
    hidden: true
  - {key: andel, label: Andel, share: [maj, da]}
  - {key: skillnad, label: Skillnad, kind: deviation, minus: [maj, da]}
""")
    assert own.view == View(Sign.LEDGER, Unit.MNKR, 2)
    assert (own.is_partial, own.needs_unit) == (True, True)
    assert own.base == (Test("account", ("3..9",), ("39",), "reporting"),)
    memo, each, total = own.rows
    assert memo == SelectRow(
        "valda",
        Text("Valda", "Valda"),
        (Test("unit", ("{unit}",)), Test("project", is_present=False)),
        RowStyle.MEMO,
        1,
    )
    assert isinstance(each, EachRow)
    assert (each.of, each.levels, each.keyed_by, each.is_sparse) == (("40", "42"), 2, "name", True)
    assert each.selector == (Test("account", ("5",)),)
    assert [part.key for part in each.parts] == ["loner"]
    assert total == SumRow("summa", Text("Summa", "Summa"), ("valda",))
    may, then, share, difference = own.columns
    assert may == MoneyColumn(
        "maj",
        Text("Maj {year}", "Maj {year}"),
        Scenario.ACTUAL,
        Span.MONTHS,
        months=(202205, 202206),
        structure=Structure.DATE,
        structure_day=date(2022, 1, 1),
        knowledge=Knowledge.DATE,
        known_on=date(2022, 2, 1),
    )
    assert isinstance(then, MoneyColumn)
    assert (then.years_back, then.structure, then.is_hidden) == (1, Structure.POSTING, True)
    assert isinstance(share, ArithmeticColumn)
    assert share.kind is ColumnKind.SHARE
    assert difference == ArithmeticColumn(
        "skillnad", Text("Skillnad", "Skillnad"), Operation.MINUS, ("maj", "da"), ColumnKind.DEVIATION
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("title: Prov", "title: [", ("F001", 5)),
        ("title: Prov", "title: *annan", ("F001", None)),
        ("    scenario: actual\n", "", ("F002", 9)),
        ("key: prov", "nyckel: prov", ("F003", 2)),
        ("scenario: actual", "scenario: utfall", ("F004", 11)),
        ("scenario: actual", "scenario: actual\n    period: 2022-09..2022-03", ("F004", 12)),
        ("scenario: actual", "scenario: actual\n    structure: 2022-13-01", ("F004", 12)),
        ("scenario: actual", "scenario: actual\n    hidden: kanske", ("F004", 12)),
        ("key: a", "key: Nettokostnad å", ("F005", 5)),
        ("columns:", "  - {key: a, label: B}\ncolumns:", ("F006", 8)),
        ("label: Utfall", "label: Utfall\n    label: Igen", ("F006", 11)),
        ("columns:", "columns:\n  - {key: b, label: B, minus: [utfall, ingen]}", ("F007", 9)),
        ("columns:", "  - {key: s, label: S, sum: [b]}\ncolumns:", ("F007", 8)),
        ("columns:", "columns:\n  - {key: b, label: B, sum: [b]}", ("F008", 9)),
        ("label: Utfall", "label: Utfall {ar}", ("F009", 10)),
        ("label: Utfall", "label: 'Utfall {'", ("F009", 10)),
        ('  - key: a\n    label: A\n    account: ["3"]\n', "", ("F010", 4)),
        ('account: ["3"]', "account: {under: {a: b}}", ("F011", 7)),
    ],
)
def test_what_is_wrong_is_found_with_its_line(before: str, after: str, expected: tuple[str, int | None]) -> None:
    assert codes(GOOD) == []
    assert before in GOOD
    found = codes(GOOD.replace(before, after, 1))
    assert expected[0] in [code for code, _ in found]
    assert expected[1] is None or expected in found


def test_columns_in_a_circle_are_found_however_long_it_is() -> None:
    circle = "columns:\n" + "".join(
        f"  - {{key: {a}, label: X, sum: [{b}]}}\n" for a, b in (("p", "q"), ("q", "r"), ("r", "p"))
    )
    assert [code for code, _ in codes(GOOD.replace("columns:\n", circle))] == ["F008"] * 3


def test_a_difference_has_two_parts() -> None:
    assert codes(GOOD.replace("columns:\n", "columns:\n  - {key: b, label: B, minus: [utfall]}\n")) == [("F004", 9)]


def test_nothing_at_all_is_findings_not_a_fault() -> None:
    for text in ("", "[]", "1", "key: prov", "rows: 3\ncolumns: x", "a: &x [*x]", "\x00"):
        made, findings = load_definition(text, "prov.yaml")
        assert made is None
        assert findings


def test_every_finding_says_itself_in_both_languages() -> None:
    for code, rule in CATALOGUE.items():
        if code.startswith("F0"):
            for text in (rule.says, rule.do):
                assert text.sv.format(**rule.sample)
                assert text.en.format(**rule.sample)
