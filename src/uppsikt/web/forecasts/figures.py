"""The figures beside a manager's forecast: the unit's own years, kept in `relations` while nothing changes them.

On a round's last day everybody opens this page, so it asks the ledger nothing that somebody else asked before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import REPORTING, CodePlan
from uppsikt.planning.rounds import RoundRow
from uppsikt.relations import unit_years
from uppsikt.web.forecasts.amounts import COST, INCOME

_RESULT_CLASSES = "3456789"
_INCOME_CLASS = "3"


@dataclass(frozen=True, slots=True)
class Line:
    """An account group's figures in öre, ledger sign; None is nothing. `budget_left` is by month (yyyymm)."""

    account: str
    label: str
    last_year_ore: int | None = None
    budget_ore: int | None = None
    actual_ore: int | None = None
    previous_ore: int | None = None
    budget_left: dict[int, int | None] = field(default_factory=dict)

    @property
    def has_money(self) -> bool:
        """Whether there is anything to go by."""
        return any((self.last_year_ore, self.budget_ore, self.actual_ore, self.previous_ore))

    @property
    def side(self) -> int:
        """The ledger's sign of what the group usually holds: COST or INCOME."""
        for known in (self.budget_ore, self.last_year_ore, self.actual_ore, self.previous_ore):
            if known:
                return COST if known > 0 else INCOME
        return INCOME if self.account.startswith(_INCOME_CLASS) else COST


def lines(row: RoundRow, unit: str) -> list[Line]:
    """Every account group of the reporting hierarchy, in its order; raises `NotFound` for an unknown unit."""
    years, plan = unit_years(row, unit), code_plan()
    made = []
    for account in _groups(plan, row.cut_off):
        node = unit, account
        months = years.budget.get(node, {})
        made.append(
            Line(
                account=account,
                label=f"{account} {plan.name('account', account, row.cut_off)}",
                last_year_ore=_year(years.last_year.get(node)),
                budget_ore=_year(years.budget.get(node)),
                actual_ore=_year(years.actual.get(node)),
                previous_ore=_year(years.previous.get(node)),
                budget_left={month.number: months.get(month.number) for month in row.months_left},
            )
        )
    return made


def _groups(plan: CodePlan, day: date) -> list[str]:
    """The groups that hold accounts of the result: classes 3 to 9."""
    groups = plan.children("account", None, day, REPORTING)
    return [
        group
        for group in groups
        if any(code[:1] in _RESULT_CLASSES for code in plan.below("account", group, day, REPORTING))
    ]


def _year(months: Mapping[int, int] | None) -> int | None:
    return None if months is None else sum(months.values())
