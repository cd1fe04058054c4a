"""Reads of reports: outside facts, editions and their files, the municipality's own statements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from uppsikt.audit.actors import WHOLE
from uppsikt.core.findings import Finding
from uppsikt.figures.definitions import StatementDefinition, load_definition, shipped
from uppsikt.reports.editions import Change, edition_folder
from uppsikt.reports.facts import Fact
from uppsikt.reports.models import LocalStatement, OutsideFact, ReportEdition
from uppsikt.reports.writing.selectors import section_texts
from uppsikt.reports.writing.values import SectionText

__all__ = [
    "EditionRow",
    "SectionText",
    "definitions_with",
    "edition",
    "edition_file",
    "edition_row",
    "editions",
    "fact_of",
    "facts",
    "find_edition",
    "local_statements",
    "section_texts",
]
_STATEMENTS_KEPT = 256


@dataclass(frozen=True)
class EditionRow:
    """An edition of a report, as doors show it."""

    report_key: str
    title: str
    round_key: str
    unit: str
    content_hash: str
    number: int
    is_adopted: bool
    files: Mapping[str, Mapping[str, object]]
    metadata: Mapping[str, object]
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...]
    replaces: str
    built_at: datetime
    built_by: str
    adopted_on: date | None
    adopted_by: str
    decision: str
    shows: tuple[str, ...] = (WHOLE,)  # the units whose figures stand in it
    published_at: datetime | None = None
    published_by: str = ""

    @property
    def is_published(self) -> bool:
        """Whether it is for everybody to read, whatever units it shows."""
        return self.published_at is not None


def facts() -> dict[str, Fact]:
    """All outside facts by key (one query)."""
    return {row.key: fact_of(row) for row in OutsideFact.objects.all()}


def fact_of(row: OutsideFact) -> Fact:
    """A register row as a value."""
    return Fact(
        row.key,
        row.label,
        row.value,
        row.unit,
        row.decimals,
        row.period,
        row.source,
        row.source_place,
        row.claims_address or "",
        row.number,
    )


def editions(report_key: str = "") -> list[EditionRow]:
    """The editions of one report, or of all, the latest first (one query)."""
    rows = ReportEdition.objects.select_related("replaces").order_by("report_key", "-number")
    return [edition_row(row) for row in (rows.filter(report_key=report_key) if report_key else rows)]


def edition(content_hash: str) -> EditionRow | None:
    """The edition with this hash, or the only one whose hash begins so (12 digits or more, as printed)."""
    row = find_edition(content_hash)
    return edition_row(row) if row else None


def find_edition(content_hash: str, *, is_held: bool = False) -> ReportEdition | None:
    """The register row behind `edition`; held, nobody else changes it until the transaction is over."""
    if len(content_hash) < 12:
        return None
    found = ReportEdition.objects.select_related("replaces").filter(content_hash__startswith=content_hash)
    rows = list((found.select_for_update(of=("self",)) if is_held else found)[:2])
    return rows[0] if len(rows) == 1 else None


def edition_row(row: ReportEdition) -> EditionRow:
    """A register row as a value."""
    return EditionRow(
        row.report_key,
        row.title,
        row.round_key,
        row.unit,
        row.content_hash,
        row.number,
        row.is_adopted,
        row.files,
        row.metadata,
        tuple(Finding.from_json(stored) for stored in row.findings),
        tuple(Change(**stored) for stored in row.changes),
        row.replaces.content_hash if row.replaces else "",
        row.built_at,
        row.built_by,
        row.adopted_on,
        row.adopted_by,
        row.decision,
        # built before what an edition shows was kept: then it may show anything
        (WHOLE,) if row.shows is None else tuple(row.shows),
        row.published_at,
        row.published_by,
    )


def edition_file(row: EditionRow, name: str) -> Path | None:
    """Where one of an edition's registered files lies; None for other names."""
    path = edition_folder(row.report_key, row.content_hash) / name
    return path if name in row.files and path.is_file() else None


def local_statements() -> dict[str, str]:
    """The municipality's own statement definitions (YAML) by key."""
    return {row.key: row.content for row in LocalStatement.objects.all()}


def definitions_with(local: Mapping[str, str]) -> dict[str, StatementDefinition]:
    """All statements by key: these of the municipality's own stand before shipped ones."""
    own = {key: _as_written(text, key) for key, text in local.items()}
    return dict(shipped()) | {key: definition for key, definition in own.items() if definition}


@lru_cache(maxsize=_STATEMENTS_KEPT)
def _as_written(text: str, key: str) -> StatementDefinition | None:
    # every page asks for all statements; a text says the same each time it is read
    return load_definition(text, key)[0]
