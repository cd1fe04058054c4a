"""What went where: nothing is lost on the way, and its ends are what the statements say."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.coding.histories_strategy import DAYS, History, histories
from tests.figures.by_hand import CUT_OFF, STATEMENT, parameters, relations_by_hand
from tests.figures.helpers import posting, relations
from tests.figures.test_bridge import money
from uppsikt.figures.definitions import Scenario
from uppsikt.figures.engine import Engine
from uppsikt.figures.flows import Flow, flows


def test_the_flows_of_the_page_are_what_each_unit_handed_over(tmp_path: Path) -> None:
    with Engine(relations_by_hand(tmp_path)) as engine:
        found = flows(engine, parameters(CUT_OFF), years_back=1)
        assert engine.asked["flows"] == 1
    assert found.was == date(2021, 12, 31)
    assert found.flows == (
        Flow("11", "13", 47_999, 60_001 + 12_002),
        Flow("11", "14", 31_999, 40_000 + 8_001),
        Flow("12", "13", 50_000, 50_000),
        Flow("21", "21", 9_000, 9_000),
        Flow("22", "21", 7_007, 7_007),
        Flow("22", "22", 30_000, 30_000),
    )
    assert [flow.source for flow in found.moved] == ["11", "11", "12", "22"]
    assert found.share(found.flows[4]) == Fraction(7_007, 37_007)


def test_on_a_level_codes_are_summed_under_the_nodes_of_each_tree(tmp_path: Path) -> None:
    with Engine(relations_by_hand(tmp_path)) as engine:
        found = flows(engine, parameters(CUT_OFF), years_back=1, level=1).flows
    assert [(flow.source, flow.target, flow.amount_ore) for flow in found] == [
        ("1", "1", 47_999 + 50_000),
        ("1", "2", 31_999),
        ("2", "1", 30_000),
        ("2", "2", 9_000 + 7_007),
    ]


def test_the_budget_flows_over_its_whole_year_and_an_empty_round_has_no_flows(tmp_path: Path) -> None:
    with Engine(relations_by_hand(tmp_path)) as engine:
        budget = flows(engine, parameters(CUT_OFF), scenario=Scenario.BUDGET)
        previous = flows(engine, parameters(CUT_OFF), scenario=Scenario.PREVIOUS_FORECAST)
    assert budget.total_ore == 29_999
    assert Flow("22", "22", 0, 12_000) in budget.flows
    assert previous.flows == ()


def test_money_without_a_code_stays_without_one(tmp_path: Path) -> None:
    with Engine(relations(tmp_path, [posting(202201, None, "5010", 3)])) as engine:
        assert flows(engine, parameters(CUT_OFF)).flows == (Flow("", "", 300, 300),)
        assert flows(engine, parameters(CUT_OFF), level=1).flows == (Flow("", "", 300, 300),)


def test_a_lone_root_stands_for_its_children(tmp_path: Path) -> None:
    own = [posting(202201, "1010", "5010", 3), posting(202201, "KS", "5010", 1)]
    with Engine(relations(tmp_path, own)) as engine:
        found = flows(engine, parameters(CUT_OFF), level=1).flows
    assert [flow.source for flow in found] == ["10", "KS"]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories(), st.data(), st.sampled_from([*DAYS, date(2020, 1, 1), date(2022, 8, 31)]))
def test_the_ends_of_the_flows_are_what_was_booked_and_what_the_statement_says(
    history: History, data: st.DataObject, day: date
) -> None:
    own = data.draw(money(history))
    actual = [one for one in own if one.scenario == "actual"]
    with (
        tempfile.TemporaryDirectory() as folder,
        Engine(relations(Path(folder), actual, plan=history.plan)) as engine,
    ):
        found = flows(engine, parameters(day), level=1).flows
        own_codes = flows(engine, parameters(day)).flows
        now = engine.statement(STATEMENT, parameters(day))
    ends: Counter[str] = Counter()
    for flow in found:
        ends[flow.target] += flow.amount_ore
    said = {row.code: now.cell(row.key, "utfall").amount_ore or 0 for row in now.rows if not row.level and row.code}
    assert {code: ore for code, ore in ends.items() if ore} == {code: ore for code, ore in said.items() if ore}
    booked: Counter[str] = Counter()
    for one in actual:
        if 202201 <= one.period <= 202208:
            booked[one.unit or ""] += one.amount_ore
    starts: Counter[str] = Counter()
    for flow in own_codes:
        starts[flow.source] += flow.amount_ore
    assert {code: ore for code, ore in starts.items() if ore} == {code: ore for code, ore in booked.items() if ore}
