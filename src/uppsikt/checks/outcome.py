"""What there is to show of one report: what stays to be said, and what was silenced and by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from uppsikt.checks.document import Document
from uppsikt.checks.registry import CHECKS
from uppsikt.checks.remarks import Remark
from uppsikt.core.findings import Severity

_ORDER = (Severity.NOTE, Severity.WARNING, Severity.ERROR)


class SilencedBy(StrEnum):
    """Where it was said that a remark shall not be shown."""

    MARK = "mark"
    BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class Silenced:
    """A remark that isn't shown, and why."""

    remark: Remark
    by: SilencedBy


@dataclass(frozen=True, slots=True)
class Outcome:
    """A report's remarks, ranked. `path` is the file as the user named it."""

    path: str
    document: Document
    remarks: tuple[Remark, ...]
    silenced: tuple[Silenced, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many remarks of that severity are shown."""
        return sum(1 for one in self.remarks if one.severity is severity)

    def reaches(self, least: Severity) -> bool:
        """Whether any remark is at least that severe."""
        return any(at_least(one, least) for one in self.remarks)

    def limited_to(self, least: Severity) -> Outcome:
        """The same with only the remarks that are at least that severe."""
        return replace(self, remarks=tuple(one for one in self.remarks if at_least(one, least)))


def at_least(remark: Remark, least: Severity) -> bool:
    """Whether a remark is at least that severe."""
    return _ORDER.index(remark.severity) >= _ORDER.index(least)


def ranked(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Errors first, then the surest, then by line."""
    return tuple(sorted(remarks, key=lambda one: one.rank))


def name_of(code: str) -> str:
    """A rule's short name; the code itself where it is about the reading and has none."""
    return CHECKS[code].name if code in CHECKS else code
