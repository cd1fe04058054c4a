"""Findings of one file, capped per code so that a million bad rows fit in memory."""

from __future__ import annotations

from collections import Counter

from uppsikt.core.findings import Finding, Place, found
from uppsikt.ledger.findings_sie import MORE

SHOWN_PER_CODE = 20


class FindingLog:
    """Adds findings to `findings`: the first twenty of a code with their places, the rest counted."""

    def __init__(self, source: str, findings: list[Finding]) -> None:
        self.source = source
        self.findings = findings
        self._counts: Counter[str] = Counter()

    def add(self, code: str, line: int | None = None, /, **facts: object) -> None:
        """Log one finding at a line of the file (from 1), or of the file as a whole."""
        self._counts[code] += 1
        if self._counts[code] <= SHOWN_PER_CODE:
            self.findings.append(found(code, Place(self.source, line), **facts))

    def close(self) -> None:
        """Say how many more there were of each code that was cut."""
        for code, count in self._counts.items():
            if count > SHOWN_PER_CODE:
                self.findings.append(found(MORE, Place(self.source), rule=code, count=count - SHOWN_PER_CODE))
