"""A savings assignment as a value: facts, plan, and what the journal says of it.

Reductions are positive öre here: 18 200 000 kr to be saved. In the journal they are credits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from uppsikt.core.findings import Finding, Place, has_errors
from uppsikt.core.language import Text
from uppsikt.savings.keys import AllocationKey, KeyKind, Part


class Link(StrEnum):
    """What a budget entry is to its assignment."""

    DECIDED = "decided"
    SETTLED = "settled"
    BROUGHT = "brought"  # what remained at the end of the year before, put in the next year's budget

    @property
    def label(self) -> Text:
        """What the user calls it."""
        return _LABELS[self]


_LABELS = {
    Link.DECIDED: Text("beslut om uppdraget", "decision"),
    Link.SETTLED: Text("utfördelat", "distributed"),
    Link.BROUGHT: Text("fört från året före", "brought from the year before"),
}


@dataclass(frozen=True, slots=True)
class AssignmentFacts:
    """What is decided: so much less in each year's budget, on a unit and account until it is settled.

    A year's part is what that year newly has to do without; what was settled before is in its budget already.
    """

    key: str
    title: str
    parts_ore: Mapping[int, int]  # by year
    unit: str
    account: str
    decision: str
    decided_on: date
    allocation: AllocationKey
    about: str = ""

    @property
    def year(self) -> int:
        """The first year."""
        return min(self.parts_ore, default=0)

    @property
    def total_ore(self) -> int:
        """All years together."""
        return sum(self.parts_ore.values())


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row of the plan: which unit takes how much, by when and how."""

    unit: str
    amount_ore: int
    due_on: date
    how: str
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class LinkedEntry:
    """A journal entry of the assignment: what it changed of what remains, and what each other unit bears by it."""

    id: int
    year: int
    link: Link
    decision: str
    decided_on: date
    text: str
    held_ore: int  # what it adds to what remains on the holding unit: minus where a part is settled
    by_unit: Mapping[str, int]
    reverses: int | None = None  # the entry it takes back

    @property
    def settled_ore(self) -> int:
        """What the other units bear by it."""
        return sum(self.by_unit.values())


@dataclass(frozen=True, slots=True)
class YearSums:
    """An assignment in one year's budget: what came in, what units took over, what is left there.

    `remaining_ore` = part + brought − settled − passed on; `planned_ore` is what the plan has due in the year.
    """

    year: int
    part_ore: int = 0
    brought_ore: int = 0
    planned_ore: int = 0
    settled_ore: int = 0
    passed_on_ore: int = 0
    remaining_ore: int = 0

    @property
    def is_in_budget(self) -> bool:
        """Whether the year's budget holds anything of it; else only the plan knows the year."""
        return bool(self.part_ore or self.brought_ore or self.settled_ore)


@dataclass(frozen=True)
class AssignmentRow:
    """An assignment with its plan and its journal entries, in order of decision. `year` is its first."""

    key: str
    title: str
    year: int
    unit: str
    account: str
    allocation: AllocationKey
    about: str
    plan: tuple[PlanRow, ...] = ()
    entries: tuple[LinkedEntry, ...] = ()

    @property
    def target_account(self) -> str:
        """The account a unit's part is taken from: that of the key, else the assignment's own."""
        return self.allocation.account or self.account

    @property
    def decision(self) -> LinkedEntry | None:
        """The entry that decided it first."""
        return next((entry for entry in self.entries if entry.link is Link.DECIDED), None)

    @property
    def remaining_ore(self) -> int:
        """What still stands unallocated on the holding unit, each krona in one year."""
        return sum(year.remaining_ore for year in self.years)

    @property
    def settled_ore(self) -> int:
        """What has been taken out of other units' budgets so far."""
        return sum(entry.settled_ore for entry in self.entries)

    @property
    def total_ore(self) -> int:
        """The whole reduction: what is settled and what remains."""
        return self.settled_ore + self.remaining_ore

    @property
    def years(self) -> tuple[YearSums, ...]:
        """Every year that its journal entries or its plan know, in order."""
        known = {self.year, *(entry.year for entry in self.entries), *(row.due_on.year for row in self.plan)}
        return tuple(self.in_year(year) for year in sorted(known))

    def in_year(self, year: int) -> YearSums:
        """What the journal and the plan say of one year."""
        own = [entry for entry in self.entries if entry.year == year]
        passed_on_ore = self._brought_ore(year + 1)
        return YearSums(
            year,
            part_ore=sum(entry.held_ore + entry.settled_ore for entry in own if entry.link is Link.DECIDED),
            brought_ore=self._brought_ore(year),
            planned_ore=sum(row.amount_ore for row in self.plan if row.due_on.year == year),
            settled_ore=sum(entry.settled_ore for entry in own),
            passed_on_ore=passed_on_ore,
            remaining_ore=sum(entry.held_ore for entry in own) - passed_on_ore,
        )

    def _brought_ore(self, year: int) -> int:
        return sum(entry.held_ore for entry in self.entries if entry.year == year and entry.link is Link.BROUGHT)

    @property
    def open_years(self) -> tuple[int, ...]:
        """The years in whose budgets something is left to settle."""
        return tuple(year.year for year in self.years if year.remaining_ore > 0)

    @property
    def reversible(self) -> frozenset[int]:
        """The entries that can be taken back: not taken back already, and no more than what would be left of it."""
        reversed_ids = {entry.reverses for entry in self.entries}
        return frozenset(
            entry.id for entry in self.entries if entry.id not in reversed_ids and self._is_reversible(entry)
        )

    def _is_reversible(self, entry: LinkedEntry) -> bool:
        in_year = self.in_year(entry.year)
        if entry.link is Link.SETTLED:
            return 0 < entry.settled_ore <= in_year.settled_ore
        return entry.link is Link.BROUGHT and 0 < entry.held_ore <= in_year.remaining_ore

    @property
    def settled_by_unit(self) -> dict[str, int]:
        """What each unit bears so far."""
        sums: dict[str, int] = {}
        for entry in self.entries:
            for unit, amount_ore in entry.by_unit.items():
                sums[unit] = sums.get(unit, 0) + amount_ore
        return sums

    @property
    def planned_by_unit(self) -> dict[str, int]:
        """What the plan says of each unit."""
        sums: dict[str, int] = {}
        for row in self.plan:
            sums[row.unit] = sums.get(row.unit, 0) + row.amount_ore
        return sums

    @property
    def planned_ore(self) -> int:
        """What the plan says in all."""
        return sum(row.amount_ore for row in self.plan)

    @property
    def involved(self) -> list[str]:
        """Every unit but the holding one that shares, bears or plans a part, in the key's order first."""
        named = [*self.allocation.units, *self.settled_by_unit, *self.planned_by_unit]
        return [unit for unit in dict.fromkeys(named) if unit != self.unit]


@dataclass(frozen=True, slots=True)
class SavingsChange:
    """What came of a write (or would, where it was tried): the parts it distributes, or why it was refused.

    `is_done` is False where nothing was stored: refused, tried, or held already as it is.
    """

    findings: tuple[Finding, ...]
    key: str = ""
    parts: tuple[Part, ...] = ()
    is_done: bool = False

    @property
    def is_refused(self) -> bool:
        """Whether an error stopped it."""
        return has_errors(self.findings)


__all__ = [
    "AllocationKey",
    "AssignmentFacts",
    "AssignmentRow",
    "KeyKind",
    "Link",
    "LinkedEntry",
    "Part",
    "PlanRow",
    "SavingsChange",
    "YearSums",
]
