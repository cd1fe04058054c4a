"""The budget transfer of a reorganisation, by hand: by shares, by rules, through two events, to the öre."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.figures.helpers import plan_of
from uppsikt.consequences.transfer import Cell, budget_rows, transfer
from uppsikt.core.changes import Change, Condition, Portion, Succession, SuccessionRule
from uppsikt.core.codeplan import CodePlan
from uppsikt.planning.budgets import decisions_of
from uppsikt.planning.codes import CodeString
from uppsikt.planning.kinds import BudgetKind

JULY, OCTOBER = date(2022, 7, 1), date(2022, 10, 1)
TREES = {
    "unit": dict.fromkeys(["4210", "4220", "4290", "4300"]),
    "account": {"5": None, "5010": "5", "6": None, "6010": "6"},
    "activity": {"9": None, "930": "9", "940": "9"},
}


def rule(*portions: tuple[str, int], **under: str) -> SuccessionRule:
    conditions = tuple(Condition(dimension, (code,)) for dimension, code in under.items())
    return SuccessionRule(tuple(Portion(*portion) for portion in portions), conditions)


def change(on: date, code: str, *rules: SuccessionRule, ends: bool = True) -> Change:
    return Change(f"{code}-{on}", on, "", successions=(Succession("unit", code, rules, ends),))


def moved(lines: Mapping[tuple[int, str, str], int], *changes: Change, ending_only: bool = False) -> dict[Cell, int]:
    base = plan_of(TREES)
    plan = CodePlan(base.names, base.placements, changes)
    cells = {(period, CodeString(unit, account)): ore for (period, unit, account), ore in lines.items()}
    return transfer(plan, range(len(changes)), cells, ending_only=ending_only)


def plain(moves: dict[Cell, int]) -> dict[tuple[int, str, str], int]:
    return {(period, codes.unit, codes.account): ore for (period, codes), ore in moves.items()}


def test_a_merged_unit_hands_over_its_budget_from_the_day_on_and_keeps_what_was_before() -> None:
    lines = {(202206, "4210", "5"): 600, (202207, "4210", "5"): 700, (202208, "4210", "6"): -80}
    assert plain(moved(lines, change(JULY, "4210", rule(("4220", 1))))) == {
        (202207, "4210", "5"): -700,
        (202207, "4220", "5"): 700,
        (202208, "4210", "6"): 80,
        (202208, "4220", "6"): -80,
    }


def test_a_split_shares_each_month_to_the_ore() -> None:
    lines = {(202207, "4210", "5"): 101, (202208, "4210", "5"): -101}
    moves = plain(moved(lines, change(JULY, "4210", rule(("4220", 60), ("4290", 40)))))
    assert moves[202207, "4220", "5"] == 61  # 60,6 and 40,4: the öre that is over goes to the larger remainder
    assert moves[202207, "4290", "5"] == 40
    assert moves[202208, "4220", "5"] == -61
    assert sum(moves.values()) == 0


def test_the_first_rule_that_is_met_decides_and_what_meets_none_stays() -> None:
    lines = {(202207, "4210", "5010"): 50, (202207, "4210", "6010"): 60, (202207, "4210", "5"): 7}
    own = moved(lines, change(JULY, "4210", rule(("4220", 1), account="5010"), rule(("4290", 1), account="5")))
    assert plain(own) == {
        (202207, "4210", "5"): -7,
        (202207, "4210", "5010"): -50,
        (202207, "4220", "5010"): 50,
        (202207, "4290", "5"): 7,
    }


def test_a_part_is_transferred_unless_only_codes_that_end_are_asked_for() -> None:
    lines = {(202207, "4210", "5010"): 50, (202207, "4210", "6010"): 60}
    part = change(JULY, "4210", rule(("4220", 1), account="5"), ends=False)
    assert plain(moved(lines, part)) == {(202207, "4210", "5010"): -50, (202207, "4220", "5010"): 50}
    assert moved(lines, part, ending_only=True) == {}


def test_a_unit_that_keeps_a_part_gives_only_the_rest() -> None:
    keeping = change(JULY, "4210", rule(("4210", 3), ("4220", 1)), ends=False)
    assert plain(moved({(202207, "4210", "5"): 400}, keeping)) == {
        (202207, "4210", "5"): -100,
        (202207, "4220", "5"): 100,
    }


def test_two_events_follow_on_each_other_each_from_its_own_day() -> None:
    lines = {(202209, "4210", "5"): 9, (202210, "4210", "5"): 10, (202210, "4220", "5"): 1}
    own = moved(lines, change(JULY, "4210", rule(("4220", 1))), change(OCTOBER, "4220", rule(("4290", 1))))
    assert plain(own) == {
        (202209, "4210", "5"): -9,
        (202209, "4220", "5"): 9,
        (202210, "4210", "5"): -10,
        (202210, "4220", "5"): -1,
        (202210, "4290", "5"): 11,
    }


def test_a_code_that_is_opened_again_keeps_what_is_budgeted_on_it_then() -> None:
    base = plan_of(TREES)
    gone = next(own for own in base.names if own.code == "4210")
    names = [own for own in base.names if own.code != "4210"]
    names += [replace(gone, valid_to=JULY), replace(gone, valid_from=OCTOBER)]
    plan = CodePlan(tuple(names), base.placements, (change(JULY, "4210", rule(("4220", 1))),))
    lines = {(period, CodeString("4210", "5")): 1 for period in (202206, 202209, 202210, 202212)}
    assert transfer(plan, [0], lines, ending_only=False) == {
        (202209, CodeString("4210", "5")): -1,
        (202209, CodeString("4220", "5")): 1,
    }


def test_a_condition_looks_at_who_answers_for_the_code_on_the_day() -> None:
    base = plan_of(TREES)
    account = Change("konto", JULY, "", successions=(Succession("account", "6010", (rule(("5010", 1)),), True),))
    changes = (account, change(OCTOBER, "4210", rule(("4220", 1), account="5")))
    names = tuple(replace(own, valid_to=JULY) if own.code == "6010" else own for own in base.names)
    plan = CodePlan(names, base.placements, changes)
    lines = {(202210, CodeString("4210", "6010")): 8}
    assert transfer(plan, [1], lines, ending_only=False) == {
        (202210, CodeString("4210", "6010")): -8,
        (202210, CodeString("4220", "6010")): 8,
    }


def test_the_moves_are_balanced_entries_of_each_year() -> None:
    own = moved(
        {(202212, "4210", "5"): 12, (202301, "4210", "5"): 13}, change(JULY, "4210", rule(("4220", 2), ("4290", 1)))
    )
    rows = budget_rows(own, decision="Ks 5/2022", decided_on=date(2022, 6, 1), text="Stöd")
    decisions, findings = decisions_of(rows, plan_of(TREES))
    assert findings == []
    assert [(own.year, own.kind, own.amount_ore, own.reference) for own in decisions] == [
        (2022, BudgetKind.REORGANISATION, 0, "Ks 5/2022"),
        (2023, BudgetKind.REORGANISATION, 0, "Ks 5/2022"),
    ]


CELLS = st.dictionaries(
    st.tuples(st.sampled_from([202206, 202207, 202211]), st.sampled_from(["4210", "4220", "4290"]), st.just("5010")),
    st.integers(-(10**12), 10**12),
    max_size=9,
)
PARTS = st.lists(st.integers(1, 9), min_size=2, max_size=3)


@given(CELLS, PARTS, PARTS)
def test_whatever_is_moved_the_year_has_the_same_budget_and_nothing_stays_on_what_ended(
    lines: dict[tuple[int, str, str], int], first: list[int], second: list[int]
) -> None:
    heirs = ["4220", "4290", "4300"]
    own = moved(
        lines,
        change(JULY, "4210", rule(*zip(heirs, first, strict=False))),
        change(OCTOBER, "4290", rule(*zip(["4300", "4220"], second, strict=False))),
    )
    assert sum(own.values()) == 0
    after = {cell: lines.get(cell, 0) + plain(own).get(cell, 0) for cell in {*lines, *plain(own)}}
    assert not any(after.get((period, "4210", "5010")) for period in (202207, 202211))
    assert not after.get((202211, "4290", "5010"))
