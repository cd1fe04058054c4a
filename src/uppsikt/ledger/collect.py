"""Findings of one file, capped per kind so that a million bad rows fit in memory and on a page."""

from __future__ import annotations

from collections import Counter

from uppsikt.core.findings import Finding, Place, found
from uppsikt.ledger.findings import MORE_OF_SAME

SHOWN_PER_KIND = 20


class Collector:
    """Adds findings to a list: the first twenty of a kind with their places, the rest counted."""

    def __init__(self, source: str, findings: list[Finding]) -> None:
        self.source = source
        self.findings = findings
        self._counts: Counter[str] = Counter()

    def add(self, kind: str, line: int | None = None, column: str = "", /, **facts: object) -> None:
        """Take note of one finding at a line (from 1) and column of the file."""
        self._counts[kind] += 1
        if self._counts[kind] <= SHOWN_PER_KIND:
            self.findings.append(found(kind, Place(self.source, line, column), **facts))

    def has(self, kind: str) -> bool:
        """Whether any of this kind was noted."""
        return self._counts[kind] > 0

    def is_full(self, kind: str) -> bool:
        """Whether more of this kind would only be counted."""
        return self._counts[kind] >= SHOWN_PER_KIND

    def close(self) -> None:
        """Say how many more there were of each kind that was cut."""
        for kind, count in self._counts.items():
            if count > SHOWN_PER_KIND:
                self.findings.append(found(MORE_OF_SAME, Place(self.source), kind=kind, count=count - SHOWN_PER_KIND))
        self._counts.clear()
