"""The kinds of budget entries, rounds and forecast parts, with what the user calls them."""

from __future__ import annotations

from enum import StrEnum

from uppsikt.audit.actors import Verb
from uppsikt.core.language import Text
from uppsikt.core.postings import BUDGET, CARRY_OVER


class BudgetKind(StrEnum):
    """Why the budget changed."""

    ORIGINAL = "original"
    SUPPLEMENTARY = "supplementary"
    TRANSFER = "transfer"
    COMPENSATION = "compensation"
    REORGANISATION = "reorganisation"
    SAVINGS = "savings"
    CARRY_OVER = "carry-over"

    @property
    def label(self) -> Text:
        """What the user calls it."""
        return _BUDGET_LABELS[self]

    @property
    def balances(self) -> bool:
        """Whether its entries only move money: the lines of each entry sum to zero."""
        return self in (BudgetKind.TRANSFER, BudgetKind.REORGANISATION)

    @property
    def scenario(self) -> str:
        """What its postings are: budget, but for results carried over from earlier years."""
        return CARRY_OVER if self is BudgetKind.CARRY_OVER else BUDGET


_BUDGET_LABELS = {
    BudgetKind.ORIGINAL: Text("Ursprunglig budget", "Original budget"),
    BudgetKind.SUPPLEMENTARY: Text("Tilläggsanslag", "Supplementary appropriation"),
    BudgetKind.TRANSFER: Text("Ombudgetering", "Transfer"),
    BudgetKind.COMPENSATION: Text("Kompensation", "Compensation"),
    BudgetKind.REORGANISATION: Text("Omorganisation", "Reorganisation"),
    BudgetKind.SAVINGS: Text("Effektivisering", "Savings"),
    BudgetKind.CARRY_OVER: Text("Överfört resultat", "Carried-over result"),
}


class RoundKind(StrEnum):
    """What is followed up: a month, an interim report (delår) or the year-end accounts (bokslut)."""

    MONTH = "month"
    INTERIM = "interim"
    YEAR_END = "year-end"

    @property
    def label(self) -> Text:
        """What the user calls it."""
        return _ROUND_LABELS[self]


_ROUND_LABELS = {
    RoundKind.MONTH: Text("Månadsuppföljning", "Monthly follow-up"),
    RoundKind.INTERIM: Text("Delår", "Interim"),
    RoundKind.YEAR_END: Text("Bokslut", "Year-end"),
}


class Part(StrEnum):
    """A forecast is the actual up to the cut-off and the rest of the year."""

    ACTUAL = "actual"
    REST = "rest"


class ForecastKind(StrEnum):
    """What a forecast is: handed in by a unit, laid over that centrally, or proposed by the computer."""

    SUBMISSION = "submission"
    ADJUSTMENT = "adjustment"
    SETTLEMENT = "settlement"
    SUGGESTION = "suggestion"

    @property
    def label(self) -> Text:
        """What the user calls it."""
        return _FORECAST_LABELS[self]

    @property
    def layer(self) -> str:
        """The last part of its scenario (`core.postings.forecast_scenario`); "" is the forecast itself."""
        return "" if self is ForecastKind.SUBMISSION else self.value

    @property
    def is_change(self) -> bool:
        """Whether it only changes what is forecast: it has no actual part of its own."""
        return self in (ForecastKind.ADJUSTMENT, ForecastKind.SETTLEMENT)

    @property
    def verb(self) -> Verb:
        """The right it asks for on its unit."""
        return _FORECAST_VERBS[self]


_FORECAST_LABELS = {
    ForecastKind.SUBMISSION: Text("Prognos", "Forecast"),
    ForecastKind.ADJUSTMENT: Text("Central justering", "Central adjustment"),
    ForecastKind.SETTLEMENT: Text("Resultatreglering", "Settlement"),
    ForecastKind.SUGGESTION: Text("Förslag", "Suggestion"),
}
_FORECAST_VERBS = {
    ForecastKind.SUBMISSION: Verb.SUBMIT_FORECAST,
    ForecastKind.ADJUSTMENT: Verb.ADJUST_FORECAST,
    ForecastKind.SETTLEMENT: Verb.ADJUST_FORECAST,
    ForecastKind.SUGGESTION: Verb.RUN_ROUND,
}
