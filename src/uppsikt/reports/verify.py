"""Whether editions are still what was built, saved texts what was saved, facts and statements what was taken in."""

from __future__ import annotations

from uppsikt.audit.told import Row, differences, told_events
from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.hashes import hash_bytes, short
from uppsikt.reports.editions import changed_files
from uppsikt.reports.findings import FACT_UNTOLD, FILES_CHANGED, STATEMENT_UNTOLD
from uppsikt.reports.models import LocalStatement, OutsideFact, ReportEdition, SectionVersion, TextContent
from uppsikt.reports.writing.findings import TEXT_CHANGED

_FACT = ("label", "value", "unit", "decimals", "period", "source", "source_place", "claims_address")


def verify_editions() -> list[Finding]:
    """Recompute the hash of every file of every edition; a finding for each that is changed or missing."""
    return [
        found(FILES_CHANGED, Place(f"{edition.report_key} {short(edition.content_hash)}"), name=name)
        for edition in ReportEdition.objects.order_by("report_key", "number")
        for name in changed_files(edition.report_key, edition.content_hash, edition.files)
    ]


def verify_texts() -> list[Finding]:
    """Recompute the hash of every saved text; a finding for each that is changed."""
    changed = [row.pk for row in TextContent.objects.iterator() if hash_bytes(row.text.encode()) != row.pk]
    return [found(TEXT_CHANGED, content_hash=short(key), sections=", ".join(_sections_with(key))) for key in changed]


def _sections_with(content_hash: str) -> list[str]:
    versions = SectionVersion.objects.filter(content_id=content_hash).select_related("section")
    return sorted({str(version.section) for version in versions})


def verify_facts() -> list[Finding]:
    """A finding for each outside fact that isn't as it was imported last."""
    told: dict[str, Row] = {}
    for event in told_events("import-facts"):
        told |= {own["key"]: tuple(own[name] for name in _FACT) for own in event.payload["facts"]}
    held: dict[str, Row] = {key: tuple(values) for key, *values in OutsideFact.objects.values_list("key", *_FACT)}
    return [found(FACT_UNTOLD, row=own.key, told=own.told, held=own.held) for own in differences(told, held)]


def verify_statements() -> list[Finding]:
    """A finding for each of the municipality's own statements that isn't as it was saved last, by its hash."""
    told: dict[str, Row] = {
        event.target.removeprefix("statement:"): (short(event.payload["sha256"]),)
        for event in told_events("save-statement")
    }
    stored = LocalStatement.objects.values_list("key", "content")
    held: dict[str, Row] = {key: (short(hash_bytes(content.encode())),) for key, content in stored}
    return [found(STATEMENT_UNTOLD, row=own.key, told=own.told, held=own.held) for own in differences(told, held)]
