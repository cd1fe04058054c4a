"""What became of codes between two structures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from uppsikt.core.changes import Change, Condition, Portion, Succession, SuccessionRule
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.treediff import Destination, changes_between, destinations

APRIL, JULY = date(2022, 4, 1), date(2022, 7, 1)
LATER = date(2023, 1, 1)


def change(key: str, on: date, code: str, *portions: Portion, ends: bool = True, account: str = "") -> Change:
    conditions = (Condition("account", (account,)),) if account else ()
    rule = SuccessionRule(portions, conditions)
    return Change(key, on, key, successions=(Succession("unit", code, (rule,), ends),))


SPLIT = change("split", APRIL, "11", Portion("13", 60), Portion("14", 40))
MERGE = change("merge", JULY, "13", Portion("15"))
TRANSFER = change("transfer", JULY, "22", Portion("21"), ends=False, account="6010")
PLAN = CodePlan(changes=(SPLIT, MERGE, TRANSFER))


def test_the_changes_between_two_days_are_those_that_took_effect_meanwhile() -> None:
    assert changes_between(PLAN, date(2022, 3, 31), PLAN, APRIL) == (SPLIT,)
    assert changes_between(PLAN, APRIL, PLAN, JULY) == (MERGE, TRANSFER)
    assert changes_between(PLAN, JULY, PLAN, APRIL) == ()


def test_what_a_draft_would_change_lies_between_the_plan_and_the_draft_on_one_day() -> None:
    decided = replace(PLAN, changes=(MERGE,))
    assert changes_between(decided, LATER, PLAN, LATER) == (SPLIT, TRANSFER)


def test_money_is_followed_all_the_way_with_its_share() -> None:
    found = destinations(PLAN.changes, "unit")
    assert found["11"] == (Destination("15", Fraction(3, 5)), Destination("14", Fraction(2, 5)))
    assert found["13"] == (Destination("15", Fraction(1)),)


def test_where_it_depends_on_the_posting_no_share_is_said_and_the_rest_stays() -> None:
    assert destinations(PLAN.changes, "unit")["22"] == (Destination("21", None), Destination("22", None))


def test_shares_that_meet_again_are_one() -> None:
    again = change("again", JULY, "14", Portion("13"))
    assert destinations((SPLIT, again), "unit")["11"] == (Destination("13", Fraction(1)),)


def test_another_dimensions_successions_are_none_of_this_ones() -> None:
    assert destinations(PLAN.changes, "account") == {}
