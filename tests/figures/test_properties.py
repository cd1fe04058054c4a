"""What must hold for any ledger and any tree: totals, parts, the way down, rounding."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.figures.helpers import definition, parameters, plan_of, posting, relations
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.postings import Posting
from uppsikt.figures.definitions import shipped
from uppsikt.figures.drill import DrillBy
from uppsikt.figures.engine import Engine
from uppsikt.figures.model import StatementResult

ACCOUNTS = {"1": None, "1930": "1", "3": None, "3010": "3", "5": None, "5010": "5"}
LEVELS = definition("""
key: prov
title: Prov
base: {account: ["3..9"]}
rows:
  - {each: unit, levels: 9}
  - {key: total, label: Total, sum: rows above}
columns:
  - {key: utfall, label: Utfall, scenario: actual, period: to-cut-off}
""")


@st.composite
def municipalities(draw: st.DrawFn) -> tuple[CodePlan, list[Posting]]:
    """A tree of up to nine units under a root, and postings on any of them, parents and the root too."""
    parents: dict[str, str | None] = {"r": None}
    for number in range(draw(st.integers(1, 9))):
        parents[f"u{number}"] = draw(st.sampled_from(list(parents)))
    one = st.builds(
        lambda period, unit, account, ore: posting(period, unit, account, 0, amount_ore=ore),
        st.sampled_from([202112, 202201, 202208, 202209]),
        st.sampled_from(list(parents)),
        st.sampled_from(["1930", "3010", "5010"]),
        st.integers(-(10**14), 10**14),
    )
    return plan_of({"unit": parents, "account": ACCOUNTS}), draw(st.lists(one, max_size=25))


def counts(one: Posting) -> bool:
    return one.account != "1930" and 202201 <= one.period <= 202208


@settings(max_examples=30, deadline=None)
@given(municipalities())
def test_every_unit_is_the_sum_of_what_is_below_it_and_the_total_of_all(case: tuple[CodePlan, list[Posting]]) -> None:
    plan, postings = case
    with tempfile.TemporaryDirectory() as folder, Engine(relations(Path(folder), postings, plan=plan)) as engine:
        result = engine.statement(LEVELS, parameters())
    for row in result.rows[:-1]:
        parent = row.key.removesuffix("-direkt")
        below = {parent} if parent != row.key else set(plan.below("unit", row.code, parameters().round.cut_off))
        own = [one.amount_ore for one in postings if one.unit in below and counts(one)]
        assert result.cell(row.key, "utfall").amount_ore == (sum(own) if own else None)
    everything = [one.amount_ore for one in postings if counts(one)]
    assert result.cell("total", "utfall").amount_ore == (sum(everything) if everything else None)
    assert result.findings == ()
    assert all(own == sum(below) for own, below in levels(result) if below)


def levels(result: StatementResult) -> Iterator[tuple[int, list[int]]]:
    """The amount of each row, and those of the rows one level below it."""
    for at, row in enumerate(result.rows[:-1]):
        end = next(no for no, own in enumerate(result.rows) if no > at and own.level <= row.level)
        below = [own for own in result.rows[at + 1 : end] if own.level == row.level + 1]
        amounts = [result.cell(own.key, "utfall").amount_ore or 0 for own in below]
        yield result.cell(row.key, "utfall").amount_ore or 0, amounts


@settings(max_examples=20, deadline=None)
@given(municipalities(), st.sampled_from(["children", "account", "voucher"]))
def test_every_way_down_adds_up_to_the_cell(case: tuple[CodePlan, list[Posting]], by: DrillBy) -> None:
    plan, postings = case
    with tempfile.TemporaryDirectory() as folder, Engine(relations(Path(folder), postings, plan=plan)) as engine:
        for row in engine.statement(LEVELS, parameters()).rows:
            cell = engine.statement(LEVELS, parameters()).cell(row.key, "utfall")
            parts = engine.drill(LEVELS, parameters(), row.key, "utfall", by, limit=3).rows
            assert sum(part.cell.amount_ore or 0 for part in parts) == (cell.amount_ore or 0)
            sources = engine.figure(LEVELS, parameters(), row.key, "utfall").sources
            assert sum(source.amount_ore for source in sources) == (cell.amount_ore or 0)
            vouchers = engine.vouchers(LEVELS, parameters(), row.key, "utfall")
            assert sum(voucher.amount_ore for voucher in vouchers) == (cell.amount_ore or 0)


@settings(max_examples=20, deadline=None)
@given(municipalities())
def test_each_cell_is_rounded_from_its_own_ore(case: tuple[CodePlan, list[Posting]]) -> None:
    plan, postings = case
    with tempfile.TemporaryDirectory() as folder, Engine(relations(Path(folder), postings, plan=plan)) as engine:
        result = engine.statement(LEVELS, parameters())
    uneven = 0
    for row in result.rows:
        ore = result.cell(row.key, "utfall").amount_ore
        if ore is not None:
            shown = (Decimal(-ore) / 100_000).quantize(Decimal(1), ROUND_HALF_UP)
            text = result.text(row.key, "utfall").replace("\u202f", "").replace("−", "-")
            assert Decimal(text) == shown
            assert text != "-0"
            if row.level == 0:
                uneven += -int(shown) if row.key == "total" else int(shown)
    assert bool(result.notes) == (uneven != 0)


@settings(max_examples=15, deadline=None)
@given(municipalities())
def test_account_classes_and_units_cut_the_same_money(case: tuple[CodePlan, list[Posting]]) -> None:
    plan, postings = case
    by_account = definition("""
key: konton
title: Konton
base: {account: ["3..9"]}
rows:
  - {each: account, of: ["3", "5"]}
  - {key: total, label: Total, sum: rows above}
columns:
  - {key: utfall, label: Utfall, scenario: actual, period: to-cut-off}
""")
    with tempfile.TemporaryDirectory() as folder, Engine(relations(Path(folder), postings, plan=plan)) as engine:
        ways = [engine.statement(own, parameters()).cell("total", "utfall") for own in (LEVELS, by_account)]
        ways.append(engine.statement(shipped()["driftredovisning"], parameters()).cell("intakter", "utfall"))
    assert ways[0] == ways[1]
    income = [one.amount_ore for one in postings if counts(one) and one.account == "3010"]
    assert ways[2].amount_ore == (sum(income) if income else None)
