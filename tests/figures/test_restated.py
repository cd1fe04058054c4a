"""Statements as of a day, for any history: each posting's parts stand where they should, and all ways agree."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.coding.histories_strategy import DAYS, PARENTS, History, base_plan, histories
from tests.figures.by_hand import APRIL, CUT_OFF, relations_by_hand
from tests.figures.by_hand import STATEMENT as BY_HAND
from tests.figures.by_hand import parameters as by_hand
from tests.figures.helpers import definition, parameters, plan_of, posting, relations
from tests.figures.test_structures import moved_plan
from uppsikt.coding.reorganising import with_events
from uppsikt.core.changes import Change, Condition, Portion, Succession, SuccessionRule
from uppsikt.core.codeplan import STANDARD, CodePlan
from uppsikt.core.periods import Month
from uppsikt.core.postings import Posting
from uppsikt.core.ways import Asked, successors
from uppsikt.figures.definitions import StatementDefinition
from uppsikt.figures.drill import DrillBy
from uppsikt.figures.engine import Engine
from uppsikt.figures.model import StatementResult
from uppsikt.figures.structures import tree

COLUMNS = """
columns:
  - {key: foregaende, label: Utfall 2021, scenario: actual, period: full-year, year: previous}
  - {key: utfall, label: Utfall 2022, scenario: actual, period: to-cut-off}
  - {key: budget, label: Budget 2022, scenario: budget, period: full-year}
  - {key: avvikelse, label: Avvikelse, minus: [budget, utfall], kind: deviation}
"""
TOTAL = "  - {key: total, label: Total, sum: rows above}"
HEAD = """
key: prov
title: Prov
base: {account: ["3..9"]}
rows:
"""
UNITS = definition(f"{HEAD}  - {{each: unit, levels: 3}}\n{TOTAL}{COLUMNS}")
ACCOUNTS = definition(f"{HEAD}  - {{each: account, of: [root], levels: 2}}\n{TOTAL}{COLUMNS}")
BOTH = definition(
    f'{HEAD}  - {{each: unit, levels: 3, parts: [{{key: i, label: I, account: "3"}}, '
    f'{{key: k, label: K, account: ["5", "6"]}}]}}\n{TOTAL}{COLUMNS}'
)
MONTHS = [202102, 202104, 202106, 202107, 202111, 202201, 202203, 202204, 202206, 202207, 202208, 202210]
STRUCTURES = [*DAYS, date(2020, 1, 1), date(2022, 8, 31), date(2025, 1, 1)]
QUIET = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
Case = tuple[History, list[Posting], date]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A history, postings of odd öre on any unit at any time, and a day."""
    history = draw(histories())
    one = st.builds(
        lambda scenario, period, unit, account, ore: posting(period, unit, account, 0, scenario, amount_ore=ore),
        st.sampled_from(["actual", "actual", "budget"]),
        st.sampled_from(MONTHS),
        st.sampled_from([*history.codes, *PARENTS]),
        st.sampled_from(["3010", "5010", "5020", "6010"]),
        st.integers(-(10**9), 10**9),
    )
    return history, draw(st.lists(one, min_size=1, max_size=20)), draw(st.sampled_from(STRUCTURES))


def engine_of(folder: str | Path, postings: list[Posting], plan: CodePlan) -> Engine:
    actual = [one for one in postings if one.scenario == "actual"]
    return Engine(relations(Path(folder), actual, [one for one in postings if one.scenario == "budget"], plan))


def parts(plan: CodePlan, one: Posting, day: date) -> Iterator[tuple[str, int]]:
    """Where a posting's parts stand as of a day, one posting at a time and straight from the ways."""

    def meets(asked: Asked) -> bool:
        on = plan.changes[asked.position].on
        return any(one.account in plan.below("account", top, on) for top in asked.condition.under)

    horizon = plan.changes_until(day)
    for way in successors(plan, "unit").ways(one.unit or "", Month.from_number(one.period).first, horizon, meets):
        yield way.code_at(horizon), way.share.of(one.amount_ore)


def in_column(one: Posting, column: str) -> bool:
    first, last = {"foregaende": (202101, 202112), "utfall": (202201, 202208), "budget": (202201, 202212)}[column]
    return one.scenario == ("budget" if column == "budget" else "actual") and first <= one.period <= last


def total(result: StatementResult) -> dict[str, int]:
    return {column.key: result.cell("total", column.key).amount_ore or 0 for column in result.columns}


@QUIET
@given(cases())
def test_every_part_of_every_posting_stands_where_its_way_leads(case: Case) -> None:
    history, postings, day = case
    plan = history.plan
    with tempfile.TemporaryDirectory() as folder, engine_of(folder, postings, plan) as engine:
        result = engine.statement(UNITS, parameters(structure_date=day))
        assert engine.asked["crosstab"] == 1
    shown = {row.code: row.key for row in result.rows}
    for column in ("foregaende", "utfall", "budget"):
        standing = [part for one in postings if in_column(one, column) for part in parts(plan, one, day)]
        for code in plan.codes("unit"):
            below = tree(plan, "unit", STANDARD, day).below(code)
            own = [ore for place, ore in standing if place in below]
            cell = result.cell(shown[code], column) if code in shown else None
            assert (cell.amount_ore if cell else None) == (sum(own) if own else None), (code, column)


@QUIET
@given(cases())
def test_totals_are_the_same_in_every_structure_and_by_unit_by_account_and_by_both(case: Case) -> None:
    history, postings, day = case
    with tempfile.TemporaryDirectory() as folder, engine_of(folder, postings, history.plan) as engine:
        ways = [
            total(engine.statement(own, parameters(structure_date=structure)))
            for own in (UNITS, ACCOUNTS, BOTH)
            for structure in (None, day)
        ]
    for column in ("foregaende", "utfall", "budget"):
        assert {way[column] for way in ways} == {sum(one.amount_ore for one in postings if in_column(one, column))}


@QUIET
@given(cases(), st.sampled_from(["children", "account", "voucher"]), st.sampled_from([UNITS, BOTH]))
def test_every_way_down_from_a_restated_cell_adds_up(case: Case, by: DrillBy, own: StatementDefinition) -> None:
    history, postings, day = case
    asked = parameters(structure_date=day)
    with tempfile.TemporaryDirectory() as folder, engine_of(folder, postings, history.plan) as engine:
        result = engine.statement(own, asked)
        for row in result.rows[-4:]:
            for column in ("utfall", "avvikelse"):
                ore = result.cell(row.key, column).amount_ore
                if ore is None:
                    continue
                down = engine.drill(own, asked, row.key, column, by, limit=3).rows
                assert sum(part.cell.amount_ore or 0 for part in down) == ore
                sources = engine.figure(own, asked, row.key, column).sources
                assert sum(source.amount_ore for source in sources) == ore
            lines = engine.vouchers(own, asked, row.key, "utfall")
            assert sum(line.amount_ore for line in lines) == (result.cell(row.key, "utfall").amount_ore or 0)


@QUIET
@given(cases())
def test_when_every_reorganisation_is_annulled_each_structure_is_as_it_was(case: Case) -> None:
    history, postings, day = case
    units = [one for one in postings if one.unit in base_plan().codes("unit")]
    asked = parameters(structure_date=day)
    with tempfile.TemporaryDirectory() as folder, engine_of(folder, units, history.plan) as engine:
        engine.statement(UNITS, asked)
        undone = replace(engine.relations, code_plan=with_events(history.base, ()).plan)
        with Engine(undone) as again:
            assert again.statement(UNITS, asked).cells == again.statement(UNITS, parameters()).cells


JULY = date(2022, 7, 1)
CROSSED = Change(
    "bada",
    JULY,
    "Both",
    successions=(
        Succession("unit", "u1", (SuccessionRule((Portion("u2", 3), Portion("u3", 2))),), ends=True),
        Succession(
            "account",
            "5010",
            (
                SuccessionRule((Portion("5020", 2), Portion("6010", 1)), (Condition("unit", ("u1", "u4")),)),
                SuccessionRule((Portion("6020"),)),
            ),
            ends=True,
        ),
    ),
)


def crossed_plan() -> CodePlan:
    """One change splits a unit by shares, and an account by unit and by shares."""
    units = {"r": None, "a": "r", "b": "r", "u1": "a", "u2": "a", "u3": "b", "u4": "b"}
    accounts = {"5": None, "6": None, "5010": "5", "5020": "5", "6010": "6", "6020": "6"}
    return replace(plan_of({"unit": units, "account": accounts}), changes=(CROSSED,))


@QUIET
@given(st.lists(st.tuples(st.sampled_from(["u1", "u2", "u4"]), st.integers(-40, 40)), min_size=1, max_size=12))
def test_shares_of_units_and_of_accounts_agree_however_a_statement_is_grouped(drawn: list[tuple[str, int]]) -> None:
    postings = [posting(202203, unit, "5010", 0, amount_ore=ore) for unit, ore in drawn]
    grid = definition(
        f'{HEAD}  - {{each: unit, levels: 2, parts: [{{key: p, label: P, account: "5020"}}, '
        f'{{key: l, label: L, account: "6"}}]}}\n{TOTAL}{COLUMNS}'
    )
    asked = parameters(structure_date=JULY)
    with tempfile.TemporaryDirectory() as folder, engine_of(folder, postings, crossed_plan()) as engine:
        by_unit, by_account, both = (engine.statement(own, asked) for own in (UNITS, ACCOUNTS, grid))
        assert by_unit.findings == by_account.findings == ()

    def ore(result: StatementResult, row: str) -> int:
        return result.cell(row, "utfall").amount_ore or 0 if row in {own.key for own in result.rows} else 0

    for unit in ("a", "b", "u2", "u3", "u4"):
        assert ore(both, unit) == ore(by_unit, unit) == ore(both, f"{unit}-p") + ore(both, f"{unit}-l")
    for code, part in (("5020", "p"), ("6", "l")):
        assert ore(by_account, code) == ore(both, f"a-{part}") + ore(both, f"b-{part}")
    assert ore(by_unit, "total") == ore(by_account, "total") == sum(amount for _, amount in drawn)


def test_a_shared_posting_is_listed_with_its_part_and_its_whole(tmp_path: Path) -> None:
    with Engine(relations_by_hand(tmp_path)) as engine:
        lines = engine.vouchers(BY_HAND, by_hand(CUT_OFF), "13", "utfall")
        assert [(line.line, line.codes["unit"], line.amount_ore, line.whole_ore) for line in lines] == [
            (7, "11", 20_000, 33_333),
            (10, "12", 12_550, None),
            (8, "13", 21_000, None),
            (11, "12", 450, None),
        ]
        down = engine.drill(BY_HAND, by_hand(CUT_OFF), "1", "utfall", "children")
        assert {row.code: row.cell.amount_ore for row in down.rows} == {"13": 54_000, "22": 15_600}


def test_a_posting_all_of_whose_parts_stand_in_a_cell_is_whole(tmp_path: Path) -> None:
    with Engine(relations_by_hand(tmp_path)) as engine:
        lines = engine.vouchers(BY_HAND, by_hand(APRIL), "total", "foregaende", account="5010")
    assert [(line.line, line.amount_ore, line.whole_ore) for line in lines if line.codes["unit"] == "11"] == [
        (1, 60_001, 100_001),
        (1, 40_000, 100_001),
    ]


@pytest.mark.parametrize("by", ["children", "account", "voucher"])
def test_a_way_down_from_a_restated_cell_is_one_question(tmp_path: Path, by: DrillBy) -> None:
    with Engine(relations_by_hand(tmp_path)) as engine:
        engine.statement(BY_HAND, by_hand(CUT_OFF))
        engine.drill(BY_HAND, by_hand(CUT_OFF), "13", "utfall", by)
        asked = {name: count for name, count in engine.asked.items() if name not in ("census", "taken")}
    assert asked == {"crosstab": 1, "drill_vouchers" if by == "voucher" else "drill": 1}


def test_marks_and_notes_say_which_events_touched_which_rows(tmp_path: Path) -> None:
    with Engine(relations_by_hand(tmp_path)) as engine:
        result = engine.statement(BY_HAND, by_hand(CUT_OFF))
        bridge = engine.bridge(BY_HAND, by_hand(CUT_OFF))
        assert engine.statement(BY_HAND, by_hand()).restated == {}
    assert result.restated["1", "foregaende"] == ("move", "split", "transfer")
    assert result.restated["1", "utfall"] == ("split", "transfer")
    assert ("total", "utfall") not in result.restated
    for place, lines in bridge.lines.items():
        assert {line.key for line in lines} <= {*result.restated.get(place, ())} or place not in result.cells
    assert "Omräknat för Chancery is split (Ks 11/2022) från 2022-04-01: 1, 13, 2, 14." in map(str, result.notes)
    about = {column.key: str(column.about) for column in result.columns}
    assert about["foregaende"] == "Utfall helåret 2021; omräknat till organisationen 2022-08-31"


def test_a_transfer_leaves_columns_of_later_months_unmarked(tmp_path: Path) -> None:
    units: dict[str, str | None] = {"r": None, "a": "r", "b": "r", "a1": "a", "b1": "b"}
    rule = SuccessionRule((Portion("b1"),), (Condition("account", ("5010",)),))
    change = Change("c", date(2022, 1, 1), "Flytt", successions=(Succession("unit", "a1", (rule,), ends=False),))
    plan = replace(plan_of({"unit": units, "account": {"5": None, "5010": "5"}}), changes=(change,))
    money = [posting(period, "a1", "5010", 1) for period in (202103, 202203)]
    money.append(posting(202203, "a1", "5010", 1, "budget"))
    own = definition(f"{HEAD}  - {{each: unit}}\n{TOTAL}{COLUMNS}")
    parts = [[one for one in money if one.scenario == scenario] for scenario in ("actual", "budget")]
    with Engine(relations(tmp_path, *parts, plan)) as engine:
        result = engine.statement(own, parameters(structure_date=date(2022, 12, 31)))
    assert result.restated == {("a", "foregaende"): ("c",), ("b", "foregaende"): ("c",)}


def test_money_that_cannot_be_told_apart_in_an_older_structure_is_a_finding(tmp_path: Path) -> None:
    with Engine(relations_by_hand(tmp_path)) as engine:
        assert engine.statement(BY_HAND, by_hand(CUT_OFF)).findings == ()
        findings = engine.statement(BY_HAND, by_hand(date(2021, 12, 31))).findings
    assert {finding.code for finding in findings} == {"F030"}
    assert any("21" in str(finding) and "22" in str(finding) for finding in findings)


def test_what_the_register_changed_by_itself_is_said_without_a_name(tmp_path: Path) -> None:
    moved = replace(moved_plan(), changes=())
    money = [posting(202108, "4220", "5010", 100), posting(202208, "4220", "5010", 7)]
    own = definition(f"{HEAD}  - {{each: unit}}\n{TOTAL}{COLUMNS}")
    with Engine(relations(tmp_path, money, plan=moved)) as engine:
        result = engine.statement(own, parameters(structure_date=date(2022, 8, 31)))
    assert result.restated == {(row, column): ("",) for row in ("10", "40") for column in ("foregaende",)}
    assert "registret utan beslutad händelse" in str(result.notes[-1])


def test_many_events_are_noted_together_at_the_end(tmp_path: Path) -> None:
    units: dict[str, str | None] = {"r": None, "a": "r", "b": "r"}
    units |= {f"u{number}": "a" for number in range(15)} | {"v": "b"}
    changes = tuple(
        Change(
            f"c{number:02}",
            JULY,
            f"Flytt {number}",
            successions=(Succession("unit", f"u{number}", (SuccessionRule((Portion("v"),)),), ends=True),),
        )
        for number in range(15)
    )
    plan = replace(plan_of({"unit": units, "account": {"5": None, "5010": "5"}}), changes=changes)
    money = [posting(202201, f"u{number}", "5010", 1) for number in range(15)]
    own = definition(f"{HEAD}  - {{each: unit}}\n{TOTAL}{COLUMNS}")
    with Engine(relations(tmp_path, money, plan=plan)) as engine:
        result = engine.statement(own, parameters(structure_date=JULY))
    assert len(result.restated["a", "utfall"]) == 15
    assert [str(note) for note in result.notes][-2:] == [
        "Omräknat för Flytt 11 från 2022-07-01: a, b.",
        "Omräknat för 3 händelser till.",
    ]
