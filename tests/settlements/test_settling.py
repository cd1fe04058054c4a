"""Settlements: what rules bring to zero, to the öre, and who bears it."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.figures.helpers import PLAN
from uppsikt.core.net_cost import is_net_cost
from uppsikt.settlements.settling import is_within, rows_of, settled
from uppsikt.settlements.values import Basis, Financier, RuleRow

YEAR_END = date(2022, 12, 31)
MONEY = st.integers(-(10**12), 10**12)
SUMS = st.dictionaries(st.tuples(st.sampled_from(["4210", "4220", "1010"]), st.sampled_from(["5010", "6A", "1930"])), MONEY)  # fmt: skip # noqa: E501
FINANCIERS = st.lists(
    st.builds(Financier, st.integers(1, 100), st.sampled_from(["1010", "3010"]), st.just("6410"), st.just("")),
    min_size=1,
    max_size=4,
)


def rule(*financiers: Financier, basis: Basis = Basis.DEVIATION) -> RuleRow:
    return RuleRow("centralt", "Centralt stöd", "42", "3010", basis, "Ks 1/2022", financiers)


@given(forecast=SUMS, budget=SUMS, financiers=FINANCIERS)
def test_a_settlement_leaves_zero_and_makes_no_money(
    forecast: dict[tuple[str, str], int], budget: dict[tuple[str, str], int], financiers: list[Financier]
) -> None:
    own = settled(rule(*financiers), forecast, budget, PLAN, YEAR_END)
    within = [ore for (unit, account), ore in forecast.items() if is_within(PLAN, unit, account, "42", YEAR_END)]
    if own is None:
        assert not within
        return
    aim = sum(ore for (unit, account), ore in budget.items() if is_within(PLAN, unit, account, "42", YEAR_END))
    rows = rows_of([own], [])
    on_unit = sum(row.rest_ore or 0 for row in rows if row.codes.unit == "42")
    assert sum(within) + on_unit - aim == 0
    assert sum(row.rest_ore or 0 for row in rows) == 0
    assert len({row.codes for row in rows}) == len(rows)


def test_a_net_cost_can_be_brought_to_zero_whatever_the_budget() -> None:
    own = settled(
        rule(Financier(), basis=Basis.NET_COST), {("4210", "5010"): 70}, {("4210", "5010"): 30}, PLAN, YEAR_END
    )
    assert own is not None
    assert (own.before_ore, own.aim_ore, own.change_ore) == (70, 0, -70)


def test_financiers_outside_the_tree_stand_on_the_units_own_line_by_share() -> None:
    own = settled(rule(Financier(27, counterparty="13"), Financier(7, counterparty="12")), {("4210", "5010"): -340}, {}, PLAN, YEAR_END)  # fmt: skip # noqa: E501
    assert own is not None
    rows = rows_of([own], [("42", "6A"), ("42", "3010")])
    assert [(row.codes.counterparty, row.codes.account, row.rest_ore) for row in rows] == [
        ("13", "3010", 270),
        ("12", "3010", 70),
        ("", "6A", 0),  # stood, and isn't asked for any more
    ]


def test_only_net_cost_under_the_unit_counts() -> None:
    assert is_net_cost(PLAN, "6A", YEAR_END)
    assert not is_net_cost(PLAN, "1930", YEAR_END)
    assert is_within(PLAN, "4220", "5010", "42", YEAR_END)
    assert not is_within(PLAN, "1010", "5010", "42", YEAR_END)
