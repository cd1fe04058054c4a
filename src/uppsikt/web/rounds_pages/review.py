"""The table a controller reviews a unit by: for each account group all there is to judge its forecast beside. Pure.

What the unit says, what was laid over it and their sum stand side by side, and the rows' amounts make the total's to
the öre in every state: what counts outside every account group has a row of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from uppsikt.core.language import Text
from uppsikt.rounds.plausibility import Usual, usual_year
from uppsikt.rounds.values import ExplanationRow
from uppsikt.web.rounds_pages.figures import NO_MONEY, Money
from uppsikt.web.rounds_pages.words import VIEW, Amount, change_amount, deviation_amount

OTHER = Text("Utanför kontogrupperna", "Outside the account groups")


@dataclass(frozen=True, slots=True)
class Amounts:
    """A row in öre of ledger sign; None where there is nothing.

    `handed_in_ore` is what the unit said last time; `left_out_ore` the budget of units below without a forecast.
    """

    last_year_ore: int | None = None
    budget_ore: int | None = None
    actual_ore: int | None = None
    previous_ore: int | None = None
    suggested_ore: int | None = None
    said_ore: int | None = None
    handed_in_ore: int | None = None
    adjusted_ore: int | None = None
    settled_ore: int | None = None
    left_out_ore: int | None = None

    @property
    def forecast_ore(self) -> int | None:
        """What the unit says with what was laid over it."""
        return summed([self.said_ore, self.adjusted_ore, self.settled_ore])

    @property
    def deviation_ore(self) -> int | None:
        """Forecast less the budget it is compared with, as in the tree: over zero is worse."""
        compared_ore = (self.budget_ore or 0) - (self.left_out_ore or 0)
        return None if self.forecast_ore is None else self.forecast_ore - compared_ore

    @property
    def change_ore(self) -> int | None:
        """What the forecast has changed since the round before; None where either is missing."""
        either = self.forecast_ore is None or self.previous_ore is None
        return None if either else (self.forecast_ore or 0) - (self.previous_ore or 0)

    def usual(self, months: int) -> Usual | None:
        """What the row usually holds in a year; the actual is of its first `months`."""
        return usual_year(self.last_year_ore, self.budget_ore, self.previous_ore, self.actual_ore, months)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return all(getattr(self, own.name) in (None, 0) for own in fields(self))


def summed(amounts: Iterable[int | None]) -> int | None:
    """The sum of those that are there; None where none is."""
    there = [amount_ore for amount_ore in amounts if amount_ore is not None]
    return sum(there) if there else None


@dataclass(frozen=True)
class Said:
    """What a unit says by account, beside what it said when it last handed in and what is suggested to it.

    `is_typed` where it is at work: then it says what is typed, and nothing of what it handed in counts.
    """

    is_typed: bool
    typed: Mapping[str, int]
    handed_in: Mapping[str, int] | None  # None: there is no earlier time to compare with
    suggested: Mapping[str, int]


def review_rows(
    said: Said, money: Mapping[str, Money], left_out: Mapping[str, Money], where: Callable[[str], str]
) -> tuple[dict[str, Amounts], Amounts]:
    """The rows by account group, and the total; "" is what no group has, in the rows and in what `where` says of an
    account, and the total in `money`. `left_out` is that of units below without a forecast.
    """
    groups = [group for group in money if group]
    typed, handed_in, suggested = (
        _by_group(own, where) for own in (said.typed, said.handed_in or {}, said.suggested)
    )

    def row(group: str, own: Money) -> Amounts:
        amounts = _amounts(own, said, typed.get(group), handed_in.get(group), suggested.get(group))
        return replace(amounts, left_out_ore=left_out.get(group, NO_MONEY).budget_ore)

    total = _amounts(money.get("", NO_MONEY), said, *(summed(own.values()) for own in (typed, handed_in, suggested)))
    total = replace(total, left_out_ore=left_out.get("", NO_MONEY).budget_ore)
    rows = {group: row(group, money[group]) for group in groups}
    rows[""] = _left(total, rows.values())
    return {group: own for group, own in rows.items() if not own.is_empty}, total


def _by_group(amounts: Mapping[str, int], where: Callable[[str], str]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for account, amount_ore in amounts.items():
        sums[where(account)] = sums.get(where(account), 0) + amount_ore
    return sums


def _amounts(
    money: Money, said: Said, typed_ore: int | None, handed_in_ore: int | None, suggested_ore: int | None
) -> Amounts:
    return Amounts(
        last_year_ore=money.last_year_ore,
        budget_ore=money.budget_ore,
        actual_ore=money.actual_ore,
        previous_ore=money.previous_ore,
        suggested_ore=suggested_ore,
        said_ore=typed_ore if said.is_typed else money.submitted_ore,
        handed_in_ore=handed_in_ore,
        adjusted_ore=money.adjustment_ore or None,
        settled_ore=money.settlement_ore or None,
    )


def _left(total: Amounts, rows: Iterable[Amounts]) -> Amounts:
    """The total less the rows: nothing where they make it."""
    shown = list(rows)
    left = {
        own.name: (getattr(total, own.name) or 0) - sum(getattr(row, own.name) or 0 for row in shown)
        for own in fields(Amounts)
    }
    return Amounts(**{name: amount_ore or None for name, amount_ore in left.items()})


@dataclass(frozen=True, slots=True)
class Explained:
    """What is said of an account's deviation; `account` is named where it isn't the row's own."""

    account: str
    row: ExplanationRow | None
    is_lacking: bool
    is_new: bool

    @property
    def effect(self) -> str:
        """What the measure brings this year."""
        return VIEW.text(self.row.effect_ore) if self.row else ""

    @property
    def has_text(self) -> bool:
        """Whether anything is said."""
        return self.row is not None and bool(self.row.cause or self.row.measure)


@dataclass(frozen=True)
class RowView:
    """A row as shown, in the sign of the page."""

    name: str
    amounts: Amounts
    explained: Sequence[Explained] = ()
    compares: bool = False
    is_total: bool = False

    @property
    def cells(self) -> list[str]:
        """What the forecast is judged beside: last year, budget, actual, last forecast, suggestion."""
        own = self.amounts
        beside = (own.last_year_ore, own.budget_ore, own.actual_ore, own.previous_ore, own.suggested_ore)
        return [VIEW.text(amount_ore) for amount_ore in beside]

    @property
    def said(self) -> str:
        """What the unit says."""
        return VIEW.text(self.amounts.said_ore)

    @property
    def handed_in(self) -> str:
        """What it said when it last handed in; "" where it says the same, or never did."""
        own = self.amounts
        return VIEW.text(own.handed_in_ore) if self.compares and own.handed_in_ore != own.said_ore else ""

    @property
    def adjusted(self) -> str:
        """What was laid over it."""
        return VIEW.text(self.amounts.adjusted_ore)

    @property
    def settled(self) -> str:
        """What settlements moved."""
        return VIEW.text(self.amounts.settled_ore)

    @property
    def forecast(self) -> str:
        """The sum."""
        return VIEW.text(self.amounts.forecast_ore)

    @property
    def deviation(self) -> Amount:
        """Forecast less budget."""
        return deviation_amount(self.amounts.deviation_ore)

    @property
    def change(self) -> Amount:
        """Since the round before."""
        return change_amount(self.amounts.change_ore)


def explained_by(
    accounts: Iterable[str],
    explanations: Mapping[str, ExplanationRow],
    lacking: Iterable[str],
    since: datetime | None,
    name_of: Callable[[str], str],
) -> list[Explained]:
    """What is said, or lacks, of some accounts: only those with either. `name_of` gives "" for the row's own."""
    lacks = set(lacking)
    rows = [
        Explained(name_of(account), row, account in lacks, bool(since and row and row.changed_at > since))
        for account in accounts
        for row in (explanations.get(account),)
    ]
    return [own for own in rows if own.is_lacking or own.has_text]
