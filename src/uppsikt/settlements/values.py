"""Multi-year periods and settlement rules as values.

Results are positive öre where there is a surplus; amounts of postings keep the ledger's sign.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from uppsikt.core.findings import Finding, has_errors
from uppsikt.core.language import Text
from uppsikt.core.periods import BEGINNING, FOREVER


class Link(StrEnum):
    """What a budget entry is to a multi-year period."""

    RESULT = "result"
    BUDGETED = "budgeted"


class Basis(StrEnum):
    """What a settlement brings to zero."""

    DEVIATION = "deviation"
    NET_COST = "net-cost"

    @property
    def label(self) -> Text:
        """What the user calls it."""
        return _BASES[self]


_BASES = {
    Basis.DEVIATION: Text("avvikelsen mot budget blir noll", "the deviation from budget becomes zero"),
    Basis.NET_COST: Text("nettokostnaden blir noll", "the net cost becomes zero"),
}


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """Years in which units take their results along; `units` have the account their results are posted on."""

    key: str
    name: str
    first_year: int
    last_year: int
    units: Mapping[str, str]

    @property
    def years(self) -> range:
        """Its years."""
        return range(self.first_year, self.last_year + 1)


@dataclass(frozen=True, slots=True)
class CarriedEntry:
    """A journal entry of a period on one unit and year: a decided result, or what was put in the year's budget.

    `amount_ore` is positive for a surplus, and for money added to the budget.
    """

    unit: str
    year: int
    link: Link
    decision: str
    decided_on: date
    text: str
    amount_ore: int


@dataclass(frozen=True, slots=True)
class Financier:
    """Who bears a part: a unit of the tree (with the account its cost is on), or only a counterparty."""

    weight: int = 1
    unit: str = ""
    account: str = ""
    counterparty: str = ""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A unit that others finance: from `valid_from` up to but not with `valid_to` it is settled on `account`."""

    key: str
    title: str
    unit: str
    account: str
    basis: Basis
    decision: str
    financiers: tuple[Financier, ...]
    valid_from: date = BEGINNING
    valid_to: date = FOREVER

    def is_valid(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.valid_from <= on < self.valid_to


@dataclass(frozen=True, slots=True)
class Settled:
    """What a rule does in a round, öre in ledger sign: before, the aim, each financier's part of the change."""

    rule: RuleRow
    before_ore: int
    aim_ore: int
    parts: tuple[tuple[Financier, int], ...]

    @property
    def change_ore(self) -> int:
        """What is added to the unit's forecast."""
        return self.aim_ore - self.before_ore


@dataclass(frozen=True, slots=True)
class Written:
    """What came of a write, or why it was refused."""

    findings: tuple[Finding, ...] = ()
    settled: tuple[Settled, ...] = ()
    changed: int = 0  # forecasts stored; the others stood as they should

    @property
    def is_refused(self) -> bool:
        """Whether an error stopped it."""
        return has_errors(self.findings)
