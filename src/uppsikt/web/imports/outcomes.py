"""What an import did, or would do: one shape for all kinds of files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from uppsikt.core.findings import Finding, has_errors
from uppsikt.core.language import Text
from uppsikt.ledger.summary import PeriodTotal


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the summary."""

    label: Text
    value: str


@dataclass(frozen=True)
class Outcome:
    """The result of a dry run or an import. `says` is the sentence shown; `url` where to go when done."""

    findings: Sequence[Finding]
    says: str
    url: str
    facts: Sequence[Fact] = ()
    periods: Sequence[PeriodTotal] = ()
    is_held: bool = False
    is_kept_with_errors: bool = False  # a draft is: errors stop its adoption, not its keeping

    @property
    def is_refused(self) -> bool:
        """Whether an error stopped it; then nothing has changed."""
        return has_errors(self.findings) and not self.is_kept_with_errors
