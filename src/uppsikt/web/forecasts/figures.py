"""The figures beside a manager's forecast: the unit's own years, kept in `relations` while nothing changes them.

On a round's last day everybody opens this page, so it asks the ledger nothing that somebody else asked before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import REPORTING, CodePlan
from uppsikt.core.net_cost import is_net_cost
from uppsikt.core.periods import Month
from uppsikt.planning.rounds import RoundRow
from uppsikt.relations import UnitYears, unit_years
from uppsikt.rounds.plausibility import Usual, usual_of, usual_year
from uppsikt.web.forecasts.amounts import COST, INCOME

_INCOME_CLASS = "3"


@dataclass(frozen=True, slots=True)
class Line:
    """An account group's figures in öre, ledger sign; None is nothing. `budget_left` is by month (yyyymm).

    `usual_year` and `usual_month` are what it has held before, for odd figures to be asked about. An investment
    stands outside the net cost. The figures of a part stand in its group's too, its forecast doesn't.
    """

    account: str
    label: str
    last_year_ore: int | None = None
    budget_ore: int | None = None
    actual_ore: int | None = None
    previous_ore: int | None = None
    budget_left: dict[int, int | None] = field(default_factory=dict)
    usual_year: Usual | None = None
    usual_month: Usual | None = None
    is_investment: bool = False
    is_part: bool = False

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


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """What a unit's forecast stands beside; `since_ore` is what was decided of its budget after the cut-off.

    `booked_to` is the year's last month in the ledger up to the cut-off; None where it holds none.
    """

    lines: Sequence[Line]
    since_ore: int | None
    booked_to: Month | None


def figures_now(row: RoundRow, unit: str, held: Iterable[str]) -> UnitFigures:
    """The figures as they stand, of the accounts that a forecast is `held` on too (a file may name any).

    Raises `NotFound` for an unknown unit.
    """
    years, plan = unit_years(row, unit), code_plan()
    known = {account for _, account in (*years.budget, *years.previous)}
    found = arranged(plan, row.cut_off, held, known, lambda account: _line(row, unit, account, years, plan))
    return UnitFigures(found, years.since_ore, years.booked_to)


def arranged(
    plan: CodePlan, day: date, held: Iterable[str], known: Iterable[str], line_of: Callable[[str], Line]
) -> list[Line]:
    """Every account group of the reporting hierarchy, in its order, with the accounts that a forecast is `held` on;
    last those, held or `known`, that lie outside the net cost.
    """
    groups = account_groups(plan, day)
    investments = {account for account in {*known, *held} if not is_net_cost(plan, account, day)}
    parts = {*held} - {*groups} - investments
    return [
        replace(line_of(account), is_investment=account in investments, is_part=account in parts)
        for account in (*sorted({*groups, *parts}), *sorted(investments - {*groups}))
    ]


def _line(row: RoundRow, unit: str, account: str, years: UnitYears, plan: CodePlan) -> Line:
    node = unit, account
    months = years.budget.get(node, {})
    last_year, budget, previous = (_year(own.get(node)) for own in (years.last_year, years.budget, years.previous))
    actual = years.actual.get(node)
    by_month = (years.last_year.get(node), months, actual)
    return Line(
        account=account,
        label=f"{account} {plan.name('account', account, row.cut_off)}",
        last_year_ore=last_year,
        budget_ore=budget,
        actual_ore=_year(actual),
        previous_ore=previous,
        budget_left={month.number: months.get(month.number) for month in row.months_left},
        usual_year=usual_year(last_year, budget, previous, _year(actual), len(row.months_with_actuals)),
        usual_month=usual_of(ore for own in by_month if own for ore in own.values()),
    )


def account_groups(plan: CodePlan, day: date) -> list[str]:
    """The groups that hold accounts of the net cost."""
    groups = plan.children("account", None, day, REPORTING)
    return [
        group
        for group in groups
        if any(is_net_cost(plan, code, day) for code in plan.below("account", group, day, REPORTING))
    ]


def _year(months: Mapping[int, int] | None) -> int | None:
    return None if months is None else sum(months.values())
