"""What the audit says: a finding, where it stands, how sure it is, and the sum that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.checks.document import Span
from uppsikt.checks.numbers import Unit, written
from uppsikt.core.findings import Finding, Place, Severity
from uppsikt.core.language import Text, say

SURE = 0.9  # from here a rule's own severity holds; below it an error is shown as a warning
LIKELY = 0.6  # below this a warning is shown as a note


@dataclass(frozen=True, slots=True)
class Term:
    """One figure of a sum: what it is called, its value in the sum's unit, and where it stands."""

    label: str
    value: Decimal
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """An arithmetic relation with its figures: the terms (signed) should make `printed`."""

    terms: tuple[Term, ...]
    printed: Term
    unit: Unit | None = None
    decimals: int = 0

    @property
    def computed(self) -> Decimal:
        """What the terms make."""
        return sum((term.value for term in self.terms), Decimal(0))

    @property
    def difference(self) -> Decimal:
        """Printed less computed."""
        return self.printed.value - self.computed

    def __str__(self) -> str:
        """The sum as one reads it: "4 281 − 8 100 = −3 819; står −3 800; skillnad 19"."""
        parts = [written(term.value, self.decimals) for term in self.terms]
        left = parts[0] if parts else "0"
        for part in parts[1:]:
            left += f" − {part[1:]}" if part.startswith("−") else f" + {part}"
        return say(
            "{left} = {computed}; står {printed}; skillnad {difference}",
            "{left} = {computed}; printed {printed}; difference {difference}",
            left=left,
            computed=written(self.computed, self.decimals),
            printed=written(self.printed.value, self.decimals),
            difference=written(self.difference, self.decimals),
        )


@dataclass(frozen=True, slots=True)
class Related:
    """Another place the remark leans on, with a few words: the table cell a sentence was held against."""

    span: Span
    says: Text


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding with its place in the document.

    `spans` is never empty: the first is the main one (carets, highlight); `confidence` is 0–1.
    """

    finding: Finding
    spans: tuple[Span, ...]
    confidence: float = 1.0
    sum: Sum | None = None
    related: tuple[Related, ...] = ()

    @property
    def code(self) -> str:
        """The rule's code."""
        return self.finding.code

    @property
    def severity(self) -> Severity:
        """The rule's own severity, lowered where the audit isn't sure."""
        own = self.finding.severity
        if own is Severity.ERROR and self.confidence < SURE:
            own = Severity.WARNING
        if own is Severity.WARNING and self.confidence < LIKELY:
            own = Severity.NOTE
        return own

    @property
    def rank(self) -> tuple[int, float, int]:
        """Sort key: errors first, then the surest, then by line."""
        order = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
        return order.index(self.severity), -self.confidence, self.spans[0].line


def remark(
    code: str,
    spans: Sequence[Span],
    /,
    *,
    confidence: float = 1.0,
    shown: Sum | None = None,
    related: Sequence[Related] = (),
    **facts: object,
) -> Remark:
    """A remark by rule `code`; `spans` may not be empty; `facts` fill the rule's sentences."""
    at = Place("", spans[0].line)
    return Remark(Finding(code, at, facts), tuple(spans), confidence, shown, tuple(related))
