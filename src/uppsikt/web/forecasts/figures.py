"""The figures beside a manager's forecast: one question to the engine for the whole page.

The columns are those of the shipped statement of account groups, with the budget of each month that is left.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from uppsikt.core.codeplan import REPORTING
from uppsikt.core.language import Text
from uppsikt.figures.definitions import EachRow, MoneyColumn, Scenario, Span, StatementDefinition, Test
from uppsikt.figures.model import StatementResult
from uppsikt.planning.rounds import RoundRow
from uppsikt.relations import open_engine, parameters
from uppsikt.web.forecasts.amounts import COST, INCOME

_LAST_YEAR, _BUDGET, _ACTUAL, _PREVIOUS = "bokslut-foregaende", "budget", "utfall", "prognos-foregaende"
_RESULT_ACCOUNTS = "3..9"
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
    definition = _definition(row)
    with open_engine() as engine:
        result = engine.statement(definition, parameters(definition, row.key, unit))
    return [_line(result, line.key, line.code, str(line.label), row) for line in result.rows]


def _line(result: StatementResult, key: str, account: str, label: str, row: RoundRow) -> Line:
    def ore(column: str) -> int | None:
        return result.cell(key, column).amount_ore

    left = {month.number: ore(_month_key(month.number)) for month in row.months_left}
    return Line(account, label, ore(_LAST_YEAR), ore(_BUDGET), ore(_ACTUAL), ore(_PREVIOUS), left)


def _definition(row: RoundRow) -> StatementDefinition:
    whole_year = (
        MoneyColumn(_LAST_YEAR, _unnamed(_LAST_YEAR), Scenario.ACTUAL, years_back=1),
        MoneyColumn(_BUDGET, _unnamed(_BUDGET), Scenario.BUDGET),
        MoneyColumn(_ACTUAL, _unnamed(_ACTUAL), Scenario.ACTUAL, Span.TO_CUT_OFF),
        MoneyColumn(_PREVIOUS, _unnamed(_PREVIOUS), Scenario.PREVIOUS_FORECAST),
    )
    left = (
        MoneyColumn(_month_key(number), _unnamed(str(number)), Scenario.BUDGET, Span.MONTHS, months=(number, number))
        for number in (month.number for month in row.months_left)
    )
    return StatementDefinition(
        key="prognosblad",
        title=_unnamed("prognosblad"),
        rows=(EachRow("account", ("root",), REPORTING, label="{code} {name}"),),
        columns=(*whole_year, *left),
        base=(Test("unit", ("{unit}",)), Test("account", (_RESULT_ACCOUNTS,))),
    )


def _month_key(number: int) -> str:
    return f"budget-{number}"


def _unnamed(key: str) -> Text:
    return Text(key, key)  # the page names its own columns
