"""Money of a split that asks of two dimensions is cut by both, and by the first rule it meets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.figures.helpers import definition, parameters, plan_of, posting, relations
from uppsikt.core.changes import Change, Condition, Portion, Succession, SuccessionRule
from uppsikt.core.codeplan import CodePlan
from uppsikt.figures.engine import Engine

JULY = date(2022, 7, 1)
TREES: dict[str, dict[str, str | None]] = {
    "unit": dict.fromkeys(["10", "20", "30", "40"]),
    "account": {"3": None, "3010": "3", "5": None, "5010": "5", "6": None, "6010": "6"},
    "activity": {"930": None, "940": None},
}
UNITS = definition("""key: enheter-prov
title: {sv: Enheter, en: Units}
base: {account: 3..9}
rows:
  - {each: unit, of: [root]}
columns:
  - {key: utfall, label: {sv: Utfall, en: Actual}, scenario: actual, period: to-cut-off}
""")


def rule(*portions: Portion, **under: str) -> SuccessionRule:
    return SuccessionRule(portions, tuple(Condition(dimension, (code,)) for dimension, code in under.items()))


def split_plan(*rules: SuccessionRule) -> CodePlan:
    base = plan_of(TREES)
    names = tuple(replace(own, valid_to=JULY) if own.code == "10" else own for own in base.names)
    change = Change("delning#1", JULY, "Delning", successions=(Succession("unit", "10", rules, ends=True),))
    return CodePlan(names, base.placements, (change,))


def test_rules_that_ask_of_account_and_of_activity(tmp_path: Path) -> None:
    plan = split_plan(
        rule(Portion("20"), account="6"),
        rule(Portion("30", 3), Portion("40", 2), activity="930"),
        rule(Portion("40")),
    )
    actual = [
        posting(202203, "10", "6010", 5, activity="930"),  # the account is asked of first
        posting(202203, "10", "5010", 101, activity="930"),
        posting(202203, "10", "5010", 7, activity="940"),
        posting(202203, "10", "5010", 11),
        posting(202203, "20", "5010", 1_000),
    ]
    with Engine(relations(tmp_path, actual, plan=plan)) as engine:
        result = engine.statement(UNITS, parameters(structure_date=JULY))
    sums = {row.key: result.cell(row.key, "utfall").amount_ore for row in result.rows}
    assert {key: ore for key, ore in sums.items() if ore} == {
        "20": 1_005_00,
        "30": 60_60,
        "40": 40_40 + 18_00,
    }
