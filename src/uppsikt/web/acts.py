"""What came of a button: one shape for every page that does something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from uppsikt.core.findings import Finding, has_errors


@dataclass(frozen=True)
class Act:
    """What to say and where to go, or why it was refused; warnings go along with what was done."""

    findings: Sequence[Finding]
    says: str
    url: str = ""

    @property
    def is_refused(self) -> bool:
        """Whether nothing was done."""
        return has_errors(self.findings)
