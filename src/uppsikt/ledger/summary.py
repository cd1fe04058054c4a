"""What a batch holds, in figures small enough to read before saying yes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from uppsikt.core.findings import Finding


@dataclass(frozen=True, slots=True)
class PeriodTotal:
    """Control totals of a month. Debit and credit are both written as positive öre."""

    period: int
    row_count: int
    debit_ore: int
    credit_ore: int

    @property
    def net_ore(self) -> int:
        """Debit less credit."""
        return self.debit_ore - self.credit_ore


@dataclass(frozen=True, slots=True)
class Summary:
    """What a file gave, or would give: shown by a dry run, an import and the list of batches."""

    file_name: str
    format: str = ""
    sie_type: str = ""
    encoding: str = ""
    program: str = ""
    company: str = ""
    scenario: str = ""
    kind: str = ""
    row_count: int = 0
    voucher_count: int = 0
    balance_count: int = 0
    periods: tuple[PeriodTotal, ...] = ()
    findings: Mapping[str, int] = field(default_factory=dict)

    @property
    def debit_ore(self) -> int:
        """All debit."""
        return sum(period.debit_ore for period in self.periods)

    @property
    def credit_ore(self) -> int:
        """All credit, as a positive amount."""
        return sum(period.credit_ore for period in self.periods)


def findings_by_severity(findings: Sequence[Finding]) -> dict[str, int]:
    """How many findings there are of each severity, for those there are any of."""
    return dict(Counter(finding.severity.value for finding in findings))


def periods_of(control: Mapping[str, Sequence[int]]) -> tuple[PeriodTotal, ...]:
    """The control totals a batch keeps, by month."""
    return tuple(PeriodTotal(int(period), *control[period]) for period in sorted(control))


def control_of(periods: Sequence[PeriodTotal]) -> dict[str, list[int]]:
    """Control totals in the form a batch keeps them: {"202208": [rows, debit, credit]}."""
    return {str(total.period): [total.row_count, total.debit_ore, total.credit_ore] for total in periods}
