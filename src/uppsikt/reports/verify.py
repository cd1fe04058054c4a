"""Whether editions are still what was built, and saved texts what was saved."""

from __future__ import annotations

from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.hashes import hash_bytes, short
from uppsikt.reports.editions import changed_files
from uppsikt.reports.findings import FILES_CHANGED
from uppsikt.reports.models import ReportEdition, SectionVersion, TextContent
from uppsikt.reports.writing.findings import TEXT_CHANGED


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
