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

    @property
    def label(self) -> Text:
        """What the user calls it."""
        return _LABELS[self]


_LABELS = {Link.DECIDED: Text("beslut om uppdraget", "decision"), Link.SETTLED: Text("utfördelat", "distributed")}


@dataclass(frozen=True, slots=True)
class AssignmentFacts:
    """What is decided: so much less in a year's budget, on a unit and account until it is settled."""

    key: str
    title: str
    year: int
    unit: str
    account: str
    total_ore: int
    decision: str
    decided_on: date
    allocation: AllocationKey
    about: str = ""


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


@dataclass(frozen=True)
class AssignmentRow:
    """An assignment with its plan and its journal entries, in order of decision."""

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
        """What still stands unallocated on the holding unit."""
        return sum(entry.held_ore for entry in self.entries)

    @property
    def settled_ore(self) -> int:
        """What has been taken out of other units' budgets so far."""
        return sum(entry.settled_ore for entry in self.entries)

    @property
    def total_ore(self) -> int:
        """The whole reduction: what is settled and what remains."""
        return self.settled_ore + self.remaining_ore

    @property
    def reversible(self) -> frozenset[int]:
        """The distributions that can be taken back: neither taken back already nor more than is distributed."""
        reversed_ids = {entry.reverses for entry in self.entries}
        return frozenset(
            entry.id
            for entry in self.entries
            if entry.link is Link.SETTLED
            and 0 < entry.settled_ore <= self.settled_ore
            and entry.id not in reversed_ids
        )

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
]
