"""What the pages of a round ask the engine: one statement, whose rows are units and account groups of units.

Everything is read as it was, as the statements are printed and as the units' own pages say it: what a unit took over
stands with whoever booked it. Net cost is what is followed up: accounts 3–9, as in the statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from uppsikt.core.codeplan import REPORTING, STANDARD, CodePlan
from uppsikt.core.language import Text
from uppsikt.figures.definitions import (
    Knowledge,
    MoneyColumn,
    Scenario,
    Selector,
    SelectRow,
    Span,
    StatementDefinition,
    Test,
)
from uppsikt.figures.engine import Engine
from uppsikt.figures.flows import NET_COST
from uppsikt.figures.model import Parameters, RoundFacts, StatementResult

_NOTHING = Text("", "")
_COLUMNS = {
    "last_year": (Scenario.ACTUAL, Span.FULL_YEAR, 1),
    "budget": (Scenario.BUDGET, Span.FULL_YEAR, 0),
    "actual": (Scenario.ACTUAL, Span.TO_CUT_OFF, 0),
    "submitted": (Scenario.FORECAST_SUBMITTED, Span.FULL_YEAR, 0),
    "before": (Scenario.FORECAST_BEFORE_SETTLEMENT, Span.FULL_YEAR, 0),
    "forecast": (Scenario.FORECAST, Span.FULL_YEAR, 0),
    "previous": (Scenario.PREVIOUS_FORECAST, Span.FULL_YEAR, 0),
    "previous_budget": (Scenario.BUDGET, Span.FULL_YEAR, 0),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """Units, with everything under them, and an account group of theirs ("": all of their net cost)."""

    units: tuple[str, ...]
    account: str = ""


def at(unit: str, account: str = "") -> Spot:
    """The spot of one unit."""
    return Spot((unit,), account)


@dataclass(frozen=True, slots=True)
class Money:
    """What stands on a unit and everything under it, öre in ledger sign; None is nothing at all.

    `forecast_ore` is `submitted_ore` with what was laid over it: adjustments, then settlements.
    """

    last_year_ore: int | None = None
    budget_ore: int | None = None
    actual_ore: int | None = None
    submitted_ore: int | None = None
    before_ore: int | None = None
    forecast_ore: int | None = None
    previous_ore: int | None = None
    previous_budget_ore: int | None = None  # the budget as it stood at the last round's cut-off

    @property
    def adjustment_ore(self) -> int:
        """What was laid over the units' own forecasts."""
        return (self.before_ore or 0) - (self.submitted_ore or 0)

    @property
    def settlement_ore(self) -> int:
        """What settlements moved."""
        return (self.forecast_ore or 0) - (self.before_ore or 0)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return all(own is None for own in (self.budget_ore, self.actual_ore, self.forecast_ore, self.previous_ore))


NO_MONEY = Money()


def money_at(
    facts: RoundFacts, spots: Iterable[Spot], engine: Engine, base: Selector = NET_COST
) -> dict[Spot, Money]:
    """The money on each spot, from one question; accounts outside the base, as investments, have none there."""
    asked = list(dict.fromkeys(spot for spot in spots if spot.units))
    definition = _definition(asked, engine.plan, base)
    result = engine.statement(definition, Parameters(facts))
    shown = {row.key for row in result.rows}
    return {spot: _money(result, str(number)) for number, spot in enumerate(asked) if str(number) in shown}


def account_groups(plan: CodePlan, facts: RoundFacts) -> Sequence[str]:
    """The groups that people forecast: the first level of the reporting hierarchy, below a lone root."""
    roots = plan.children("account", None, facts.cut_off, REPORTING)
    return plan.children("account", roots[0], facts.cut_off, REPORTING) if len(roots) == 1 else roots


def _definition(spots: Sequence[Spot], plan: CodePlan, base: Selector) -> StatementDefinition:
    return StatementDefinition(
        key="round",
        title=_NOTHING,
        rows=tuple(SelectRow(str(number), _NOTHING, _selector(spot, plan)) for number, spot in enumerate(spots)),
        columns=tuple(
            MoneyColumn(key, _NOTHING, scenario, span, years_back, knowledge=_known(key, scenario))
            for key, (scenario, span, years_back) in _COLUMNS.items()
        ),
        base=base,
        is_partial=True,
    )


def _known(key: str, scenario: Scenario) -> Knowledge:
    if key == "previous_budget":
        return Knowledge.PREVIOUS_CUT_OFF
    # a round counts the budget as decided by its cut-off, as its statements do
    return Knowledge.CUT_OFF if scenario is Scenario.BUDGET else Knowledge.ALL


def _selector(spot: Spot, plan: CodePlan) -> tuple[Test, ...]:
    own = Test("unit", spot.units)
    if not spot.account:
        return (own,)
    hierarchy = REPORTING if plan.placements_of("account", spot.account, REPORTING) else STANDARD
    return own, Test("account", (spot.account,), hierarchy=hierarchy)


def _money(result: StatementResult, key: str) -> Money:
    return Money(*(result.cells[key, column].amount_ore for column in _COLUMNS))
