"""What a write of budget or forecasts tells, done or tried."""

from __future__ import annotations

from dataclasses import dataclass

from uppsikt.core.findings import Finding, has_errors


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One budget entry or forecast that is (or would be) stored; `before_ore` where it replaces one."""

    label: str
    amount_ore: int
    line_count: int
    before_ore: int | None = None


@dataclass(frozen=True, slots=True)
class PlanImport:
    """What came of an import (or would come, where `dry_run`). Errors among the findings: nothing changed.

    `fallen` has unit and account of what stands no more without another in its very place.
    """

    findings: tuple[Finding, ...]
    changes: tuple[PlanChange, ...] = ()
    unchanged: int = 0
    dry_run: bool = False
    fallen: tuple[tuple[str, str], ...] = ()

    @property
    def added(self) -> int:
        """How many entries or forecasts are new."""
        return sum(change.before_ore is None for change in self.changes)

    @property
    def replaced(self) -> int:
        """How many forecasts replace an older one."""
        return sum(change.before_ore is not None for change in self.changes)

    @property
    def line_count(self) -> int:
        """How many lines are stored."""
        return sum(change.line_count for change in self.changes)

    @property
    def amount_ore(self) -> int:
        """The sum of what is stored, in ledger sign."""
        return sum(change.amount_ore for change in self.changes)

    @property
    def is_refused(self) -> bool:
        """Whether an error stopped it."""
        return has_errors(self.findings)
