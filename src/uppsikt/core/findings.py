"""Faults of the user's data are values.

A `Finding` has a stable code, a place, what is wrong and what to do. Each room defines its codes once
with `define`, in its own `findings.py`; the catalogue is what the reference pages and the tests are made
from. A finding carries facts, never finished sentences, so it can be shown in either language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from uppsikt.core.language import Text, say


class Severity(StrEnum):
    """An error stops what was asked for and changes nothing; a warning is kept and shown."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def word(self) -> str:
        """The severity in the user's language."""
        words = {"error": ("fel", "error"), "warning": ("varning", "warning"), "note": ("upplysning", "note")}
        return say(*words[self.value])


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the user's material: a file (or form) name, a line or row from 1, a column name."""

    source: str = ""
    line: int | None = None
    column: str = ""

    def __str__(self) -> str:
        parts = [self.source] if self.source else []
        if self.line is not None:
            parts.append(Text(f"rad {self.line}", f"line {self.line}").__str__())
        if self.column:
            parts.append(Text(f"kolumn {self.column}", f"column {self.column}").__str__())
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a code means: severity, the sentence that says what is wrong and the one that says what to do."""

    code: str
    severity: Severity
    says: Text
    do: Text
    sample: Mapping[str, object]


CATALOGUE: dict[str, Rule] = {}


def define(
    code: str,
    severity: Severity,
    *,
    says_sv: str,
    says_en: str,
    do_sv: str,
    do_en: str,
    **sample: object,
) -> str:
    """Enter a code in the catalogue and return it. `sample` fills the sentences on its reference page."""
    if code in CATALOGUE:
        raise ValueError(f"finding code {code} is defined twice")
    CATALOGUE[code] = Rule(code, severity, Text(says_sv, says_en), Text(do_sv, do_en), sample)
    return code


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of the user's data: `Finding(L014, Place("juli.se", 812), unit="4711")`."""

    code: str
    at: Place = field(default_factory=Place)
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def rule(self) -> Rule:
        """The catalogue's entry for this code."""
        return CATALOGUE[self.code]

    @property
    def severity(self) -> Severity:
        """Whether it stops (error) or is kept and shown (warning, note)."""
        return self.rule.severity

    @property
    def says(self) -> str:
        """What is wrong, in the user's language."""
        return self.rule.says.filled(**self.facts) if self.facts else str(self.rule.says)

    @property
    def do(self) -> str:
        """What the user can do about it, in the user's language."""
        return self.rule.do.filled(**self.facts) if self.facts else str(self.rule.do)

    def __str__(self) -> str:
        place = str(self.at)
        return f"{self.code} {place + ': ' if place else ''}{self.says} {self.do}"

    def as_json(self) -> dict[str, object]:
        """The finding as machines read it (`--json`, API, stored batches)."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "source": self.at.source,
            "line": self.at.line,
            "column": self.at.column,
            "facts": {key: _plain(value) for key, value in self.facts.items()},
            "says": self.says,
            "do": self.do,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> Finding:
        """The finding that `as_json` wrote; its sentences are made anew in the reader's language."""
        line = stored.get("line")
        facts = stored.get("facts")
        return cls(
            str(stored["code"]),
            Place(
                str(stored.get("source") or ""),
                line if isinstance(line, int) else None,
                str(stored.get("column") or ""),
            ),
            dict(facts) if isinstance(facts, Mapping) else {},
        )


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def found(code: str, at: Place | None = None, /, **facts: object) -> Finding:
    """Short form: `found("L014", place, unit="4711")`."""
    return Finding(code, at or Place(), facts)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding stops what was asked for."""
    return any(finding.severity is Severity.ERROR for finding in findings)


class NotFound(LookupError):
    """What was asked for by key or address isn't there; carries the finding that says so."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding
