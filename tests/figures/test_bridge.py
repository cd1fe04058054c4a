"""As was, less what each change moved out, plus what it moved in, is as of the day: in every row and column."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.coding.histories_strategy import DAYS, PARENTS, History, base_plan, histories
from tests.figures.by_hand import (
    APRIL,
    COLUMNS,
    CUT_OFF,
    JULY,
    PLAN,
    STATEMENT,
    parameters,
    postings,
    relations_by_hand,
)
from tests.figures.helpers import definition, posting, relations
from tests.figures.helpers import parameters as by_round
from tests.figures.test_structures import twice_moved_plan
from uppsikt.coding.events import Event, EventKind, Reorganisation
from uppsikt.coding.reorganising import with_events
from uppsikt.core.changes import Change, Portion, Succession, SuccessionRule
from uppsikt.core.codeplan import Placement
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.core.postings import Posting
from uppsikt.figures.bridge import ENTRY, REGISTER, BridgeResult
from uppsikt.figures.definitions import shipped
from uppsikt.figures.engine import Engine
from uppsikt.figures.model import Parameters, RoundFacts, StatementResult

OLDER = date(2021, 12, 31)
BOTH = definition("""
key: prov
title: Prov
base: {account: ["3..9"]}
rows:
  - {each: unit, levels: 3}
  - {key: total, label: Total, sum: rows above}
  - {key: tva, label: A och B, sum: [ab, ab], style: memo}
  - {key: ab, label: A och B, unit: [A, B], style: memo}
  - {key: intakter, label: Intäkter, account: "3", style: memo}
columns:
  - {key: foregaende, label: Utfall 2021, scenario: actual, period: full-year, year: previous}
  - {key: utfall, label: Utfall 2022, scenario: actual, period: to-cut-off}
  - {key: manad, label: Varje månad, scenario: actual, period: to-cut-off, structure: posting}
  - {key: budget, label: Budget 2022, scenario: budget, period: full-year}
  - {key: avvikelse, label: Avvikelse, minus: [budget, utfall], kind: deviation}
  - {key: summa, label: Summa, sum: [foregaende, utfall]}
  - {key: andel, label: Andel, share: [utfall, budget], kind: share}
""")


def reconciles(bridge: BridgeResult) -> None:
    shares = {column.key for column in bridge.columns if column.kind == "share"}
    for place, lines in bridge.lines.items():
        was, now = bridge.was[place], bridge.now[place]
        if place[1] in shares:
            assert lines == ()
        else:
            moved = sum(line.net_ore for line in lines)
            assert (was.amount_ore or 0) + moved == (now.amount_ore or 0), place


def agrees(bridge: BridgeResult, was: StatementResult, now: StatementResult) -> None:
    """Every row of both statements that holds money is in the bridge, with their cells."""
    for cells, result in ((bridge.was, was), (bridge.now, now)):
        said = {(row.code or row.key): row.key for row in result.rows}
        for row in bridge.rows:
            for column in bridge.columns:
                cell = cells[row.key, column.key]
                own = said.get(row.code or row.key)
                assert own is None or cell == result.cell(own, column.key), (row.key, column.key)
        missing = said.keys() - {row.code or row.key for row in bridge.rows}
        assert all(result.cell(said[row], column.key).is_absent for row in missing for column in bridge.columns)


@st.composite
def money(draw: st.DrawFn, history: History) -> list[Posting]:
    """Postings of odd öre on any unit or level at any time, in actuals and budget."""
    one = st.builds(
        lambda scenario, period, unit, account, ore: posting(period, unit, account, 0, scenario, amount_ore=ore),
        st.sampled_from(["actual", "budget"]),
        st.sampled_from([202102, 202104, 202107, 202111, 202201, 202203, 202204, 202206, 202207, 202208, 202212]),
        st.sampled_from([*history.codes, *PARENTS]),
        st.sampled_from(["3010", "5010", "5020", "6010"]),
        st.integers(-(10**9), 10**9),
    )
    return draw(st.lists(one, min_size=1, max_size=20))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories(), st.data(), st.sampled_from([*DAYS, date(2020, 1, 1), date(2022, 8, 31), date(2025, 1, 1)]))
def test_whatever_happened_the_bridge_reconciles(history: History, data: st.DataObject, day: date) -> None:
    own = data.draw(money(history))
    parts = [[one for one in own if one.scenario == scenario] for scenario in ("actual", "budget")]
    with tempfile.TemporaryDirectory() as folder:
        given_relations = relations(Path(folder), parts[0], parts[1], history.plan)
        with Engine(given_relations) as engine:
            bridge = engine.bridge(BOTH, parameters(day))
            reconciles(bridge)
            agrees(bridge, engine.statement(BOTH, parameters()), engine.statement(BOTH, parameters(day)))
            assert engine.asked["bridge"] == 1


YEAR_2021 = Parameters(RoundFacts("bokslut-2021", "Bokslut", 2021, OLDER))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories(), st.data(), st.lists(st.sampled_from(DAYS), min_size=2, max_size=2, unique=True).map(sorted))
def test_a_bridge_to_a_later_day_goes_by_way_of_the_earlier_one(
    history: History, data: st.DataObject, days: list[date]
) -> None:
    own = [replace(one, period=one.period - 200, scenario="actual") for one in data.draw(money(history))]
    with tempfile.TemporaryDirectory() as folder, Engine(relations(Path(folder), own, plan=history.plan)) as engine:
        near, far = (engine.bridge(BOTH, replace(YEAR_2021, structure_date=day)) for day in days)
    key_of = {(row.code or row.key): row.key for row in far.rows}
    for row in near.rows:
        lines = near.lines[row.key, "foregaende"]
        onwards = far.lines.get((key_of.get(row.code or row.key, ""), "foregaende"), ())
        assert lines == tuple(line for line in onwards if line.step.on <= days[0])


def test_the_bridge_of_the_page_reconciles_and_agrees_with_both_statements(tmp_path: Path) -> None:
    with Engine(relations_by_hand(tmp_path)) as engine:
        for day in (CUT_OFF, OLDER, APRIL, date(2022, 5, 31)):
            bridge = engine.bridge(STATEMENT, parameters(day))
            reconciles(bridge)
            agrees(bridge, engine.statement(STATEMENT, parameters()), engine.statement(STATEMENT, parameters(day)))


def test_a_difference_has_the_differences_of_its_columns_lines(tmp_path: Path) -> None:
    with Engine(relations_by_hand(tmp_path)) as engine:
        bridge = engine.bridge(STATEMENT, parameters(CUT_OFF))
    key = next(row.key for row in bridge.rows if row.code == "1")
    lines = {line.key: line for line in bridge.lines[key, "avvikelse"]}
    assert {name: (line.out_ore, line.in_ore) for name, line in lines.items()} == {
        "split": (4_000 - 13_333, 0),
        "transfer": (6_000 - 3_505, 0),
    }
    assert lines["transfer"].entry_ore == -6_000


def of_one_decision(folder: Path, *more: Posting) -> BridgeResult:
    """The page's events as one decision's, the transfer before the merger, with more of the budget entry."""
    by_key = {change.key: replace(change, decision="Ks 13/2022") for change in PLAN.changes}
    plan = replace(PLAN, changes=tuple(by_key[key] for key in ("move", "split", "transfer", "merge")))
    own = [*postings(), *more]
    parts = [[one for one in own if one.scenario == scenario] for scenario in ("actual", "budget")]
    made = replace(relations(folder, *parts, plan), moved_by={"Ks 13/2022": ("budget:2",)})
    with Engine(made) as engine:
        return engine.bridge(STATEMENT, parameters(CUT_OFF))


def entries_of(bridge: BridgeResult, code: str) -> dict[str, int | None]:
    key = next(row.key for row in bridge.rows if row.code == code)
    lines = bridge.lines[key, "budget"]
    return {line.key: line.entry_ore for line in lines if line.entry_ore is not None}


def test_an_entry_stands_on_the_event_its_codes_are_about_though_others_of_the_decision_come_later(
    tmp_path: Path,
) -> None:
    assert entries_of(of_one_decision(tmp_path), "1") == {"transfer": -6_000}


def test_an_entry_on_a_code_of_several_events_stands_on_the_last_of_them_and_each_rows_sum_is_kept(
    tmp_path: Path,
) -> None:
    more = posting(202207, "13", "5010", 0, "budget", amount_ore=700, source="budget:2")
    assert entries_of(of_one_decision(tmp_path, more), "1") == {"transfer": -6_000, "merge": 700}


def test_an_entry_on_a_code_no_event_is_about_stands_as_a_line_of_the_decision(tmp_path: Path) -> None:
    more = posting(202207, "2", "5010", 0, "budget", amount_ore=500, source="budget:2")
    bridge = of_one_decision(tmp_path, more)
    assert entries_of(bridge, "2") == {"transfer": 6_000, "Ks 13/2022": 500}
    step = next(step for step in bridge.steps if step.key == "Ks 13/2022")
    assert (step.label, step.on, step.is_decided) == (ENTRY, JULY, False)
    reconciles(bridge)


def test_the_cut_off_is_the_day_where_none_is_given(tmp_path: Path) -> None:
    with Engine(relations_by_hand(tmp_path)) as engine:
        assert engine.bridge(STATEMENT, parameters()) == engine.bridge(STATEMENT, parameters(CUT_OFF))


def test_steps_are_in_the_order_they_took_effect_and_only_those_that_moved_something(tmp_path: Path) -> None:
    with Engine(relations_by_hand(tmp_path)) as engine:
        steps = engine.bridge(STATEMENT, parameters(CUT_OFF)).steps
    assert [(step.key, step.decision, step.on) for step in steps][1:3] == [
        ("split", "Ks 11/2022", APRIL),
        ("merge", "Ks 12/2022", JULY),
    ]
    assert [step.key for step in steps] == ["move", "split", "merge", "transfer"]


def test_what_the_register_changed_by_itself_is_a_line_of_its_own(tmp_path: Path) -> None:
    may = date(2022, 5, 1)
    places = [own for own in PLAN.placements if own.code != "21"]
    places += [
        Placement("unit", "standard", "21", BEGINNING, may, "2"),
        Placement("unit", "standard", "21", may, FOREVER, "1"),
    ]
    plan = replace(PLAN, placements=tuple(places))
    with Engine(replace(relations_by_hand(tmp_path), code_plan=plan)) as engine:
        bridge = engine.bridge(STATEMENT, parameters(CUT_OFF))
    reconciles(bridge)
    key = next(row.key for row in bridge.rows if row.code == "2")
    line = next(own for own in bridge.lines[key, COLUMNS["2021"]] if not own.step.is_decided)
    assert (line.key, line.step.label, line.out_ore, line.in_ore) == ("2022-05-01", REGISTER, 9_000, 0)


def test_a_bridge_back_says_what_cannot_be_told_apart_as_the_statement_does(tmp_path: Path) -> None:
    with Engine(relations_by_hand(tmp_path)) as engine:
        findings = engine.bridge(STATEMENT, parameters(OLDER)).findings
        assert findings == engine.statement(STATEMENT, parameters(OLDER)).findings
        assert {own.code for own in findings} == {"F030"}
        assert engine.bridge(STATEMENT, parameters(CUT_OFF)).findings == ()


def test_a_column_that_keeps_its_own_structure_has_no_lines(tmp_path: Path) -> None:
    own = definition("""
key: prov
title: Prov
rows:
  - {each: unit, levels: 2}
columns:
  - {key: utfall, label: Utfall, scenario: actual, period: to-cut-off, structure: own}
  - {key: dag, label: Utfall, scenario: actual, period: to-cut-off, structure: 2022-04-01}
""")
    with Engine(relations_by_hand(tmp_path)) as engine:
        bridge = engine.bridge(own, parameters(CUT_OFF))
    assert bridge.was == bridge.now
    assert set(bridge.lines.values()) == {()}


def test_shares_of_two_dimensions_are_taken_alike_on_the_way_and_in_the_statement(tmp_path: Path) -> None:
    halves = SuccessionRule((Portion("5010", 1), Portion("3010", 2)))
    changes = (
        *PLAN.changes[:2],
        Change("konto", date(2022, 5, 1), "", successions=(Succession("account", "5010", (halves,), ends=False),)),
        Change("ihop", JULY, "", successions=(Succession("unit", "13", (SuccessionRule((Portion("14"),)),), True),)),
    )
    own = [posting(202202, "11", "5010", 0, amount_ore=ore) for ore in (101, -7, 33_333, 2)]
    with Engine(relations(tmp_path, own, plan=replace(PLAN, changes=changes))) as engine:
        for day in (APRIL, date(2022, 5, 1), JULY):
            bridge = engine.bridge(BOTH, parameters(day))
            reconciles(bridge)
            agrees(bridge, engine.statement(BOTH, parameters()), engine.statement(BOTH, parameters(day)))


@pytest.mark.parametrize("key", shipped())
def test_every_shipped_statement_has_a_bridge_that_agrees_with_it(key: str, tmp_path: Path) -> None:
    own = [
        posting(202201, "1010", "5010", 3),
        posting(202208, "4210", "3010", -2),
        posting(202108, "4220", "6010", 7),
    ]
    planned = [posting(202203, "4220", "5010", 5, "budget"), posting(202203, "4210", "5", 1, "forecast/delar2-2022")]
    with Engine(relations(tmp_path, own, planned, twice_moved_plan())) as engine:
        for unit in ("40", None):
            was, now = (by_round(unit, day) for day in (None, JULY))
            bridge = engine.bridge(shipped()[key], now)
            reconciles(bridge)
            agrees(bridge, engine.statement(shipped()[key], was), engine.statement(shipped()[key], now))


def test_a_code_moved_into_a_hierarchy_and_ended_on_the_same_day_is_in_it_for_a_moment(tmp_path: Path) -> None:
    events = (
        Event(1, EventKind.OPEN, "unit", date(2021, 1, 1), "X", "X", hierarchy="annan"),
        Event(2, EventKind.MOVE, "unit", date(2022, 7, 1), "A1", parent="X", hierarchy="annan"),
        Event(3, EventKind.MERGE, "unit", date(2022, 7, 1), "A1", rules=(SuccessionRule((Portion("A2"),)),)),
    )
    folded = with_events(base_plan(), [Reorganisation("flytt", "Flytt", events=events, position=1)])
    statement = definition("""
key: prov
title: Prov
rows:
  - {key: x, label: X, unit: {under: [X], hierarchy: annan}}
  - {key: a, label: A, unit: A}
columns:
  - {key: utfall, label: Utfall 2021, scenario: actual, period: full-year, year: previous}
""")
    with Engine(relations(tmp_path, [posting(202103, "A1", "5010", 100)], (), folded.plan)) as engine:
        forwards = engine.bridge(statement, by_round(structure_date=date(2022, 8, 1)))
        assert forwards.now == engine.statement(statement, by_round(structure_date=date(2022, 8, 1))).cells
        reconciles(forwards)
        assert [(line.key, line.net_ore) for line in forwards.lines["x", "utfall"]] == [
            ("flytt#2", 10_000),
            ("flytt#3", -10_000),
        ]
        backwards = engine.bridge(statement, by_round(structure_date=date(2020, 1, 1)))
        reconciles(backwards)


def test_an_unknown_unit_is_a_finding_and_no_bridge(tmp_path: Path) -> None:
    with Engine(relations_by_hand(tmp_path)) as engine:
        bridge = engine.bridge(STATEMENT, replace(parameters(CUT_OFF), unit="4711"))
        assert engine.asked["bridge"] == 0
    assert bridge.rows == ()
    assert [own.code for own in bridge.findings] == ["F020"]
