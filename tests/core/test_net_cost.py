"""What counts in a net cost: accounts of the classes 3–9, wherever they stand on the day."""

from __future__ import annotations

from datetime import date

from uppsikt.core.codeplan import STANDARD, CodePlan, Placement
from uppsikt.core.net_cost import is_net_cost
from uppsikt.core.periods import BEGINNING, FOREVER

CLOSED = date(2022, 7, 1)
PARENTS = {"3": None, "6A": "6", "6010": "6A", "12": "1", "1221": "12"}
PLAN = CodePlan(
    placements=tuple(
        Placement("account", STANDARD, code, BEGINNING, CLOSED if code == "6010" else FOREVER, parent)
        for code, parent in PARENTS.items()
    )
)


def test_classes_groups_and_closed_accounts_count_and_investments_do_not() -> None:
    counted = [code for code in ("3", "6A", "6010", "12", "1221", "2") if is_net_cost(PLAN, code, date(2022, 8, 31))]
    assert counted == ["3", "6A", "6010"]
