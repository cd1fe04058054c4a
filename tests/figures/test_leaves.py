"""Money of a split that asks of two dimensions is cut by both, and by the first rule it meets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.figures.helpers import definition, parameters, plan_of, posting, relations
from uppsikt.core.changes import Change, Condition, Portion, Succession, SuccessionRule
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.shares import shares_of
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

SHARES = {"a2": 40_008, "b1": 39_988}  # with the one they give away, in lowest terms: no common whole within reason


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


def test_shares_that_meet_again_too_fine_to_be_put_together_still_make_the_whole(tmp_path: Path) -> None:
    july, august = date(2022, 7, 1), date(2022, 8, 1)
    split = (SuccessionRule((Portion("a2"), Portion("b1"))),)
    again = {code: (SuccessionRule((Portion("c1"), Portion(code, parts))),) for code, parts in SHARES.items()}
    changes = (
        Change("delning", july, "Split", successions=(Succession("unit", "a1", split, ends=True),)),
        *(
            Change(f"del-{code}", august, "Part", successions=(Succession("unit", code, rules, ends=False),))
            for code, rules in again.items()
        ),
    )
    units = {"a": None, "b": None, "a1": "a", "a2": "a", "b1": "b", "c1": "b"}
    plan = replace(plan_of({"unit": units, "account": {"5": None, "5010": "5"}}), changes=changes)
    statement = definition("""
key: prov
title: Prov
rows:
  - {each: unit, levels: 2}
columns:
  - {key: utfall, label: Utfall, scenario: actual, period: to-cut-off}
""")
    amounts = [100_000_000_001, -7, 39_989]
    postings = [posting(202203, "a1", "5010", 0, amount_ore=ore) for ore in amounts]
    asked = parameters(structure_date=august)
    half, other = shares_of([1, 1])
    shares = [own.then(shares_of([1, parts])[0]) for own, parts in zip((half, other), SHARES.values(), strict=True)]
    with Engine(relations(tmp_path, postings, (), plan)) as engine:
        result = engine.statement(statement, asked)
        assert result.cell("c1", "utfall").amount_ore == sum(own.of(ore) for own in shares for ore in amounts)
        assert sum(result.cell(row, "utfall").amount_ore or 0 for row in ("a", "b")) == sum(amounts)
        lines = engine.vouchers(statement, asked, "c1", "utfall")
        assert sum(line.amount_ore for line in lines) == result.cell("c1", "utfall").amount_ore
