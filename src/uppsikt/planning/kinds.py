"""The kinds of budget entries, rounds and forecast parts, with what the user calls them."""

from __future__ import annotations

from enum import StrEnum

from uppsikt.core.language import Text


class BudgetKind(StrEnum):
    """Why the budget changed."""

    ORIGINAL = "original"
    SUPPLEMENTARY = "supplementary"
    TRANSFER = "transfer"
    COMPENSATION = "compensation"
    REORGANISATION = "reorganisation"

    @property
    def label(self) -> Text:
        """What the user calls it."""
        return _BUDGET_LABELS[self]

    @property
    def balances(self) -> bool:
        """Whether its entries only move money: the lines of each entry sum to zero."""
        return self in (BudgetKind.TRANSFER, BudgetKind.REORGANISATION)


_BUDGET_LABELS = {
    BudgetKind.ORIGINAL: Text("Ursprunglig budget", "Original budget"),
    BudgetKind.SUPPLEMENTARY: Text("Tilläggsanslag", "Supplementary appropriation"),
    BudgetKind.TRANSFER: Text("Ombudgetering", "Transfer"),
    BudgetKind.COMPENSATION: Text("Kompensation", "Compensation"),
    BudgetKind.REORGANISATION: Text("Omorganisation", "Reorganisation"),
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
