"""Whether every edition still is what it was when it was built."""

from __future__ import annotations

from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.hashes import short
from uppsikt.reports.editions import changed_files
from uppsikt.reports.findings import FILES_CHANGED
from uppsikt.reports.models import ReportEdition


def verify_editions() -> list[Finding]:
    """Recompute the hash of every file of every edition; a finding for each that is changed or missing."""
    return [
        found(FILES_CHANGED, Place(f"{edition.report_key} {short(edition.content_hash)}"), name=name)
        for edition in ReportEdition.objects.order_by("report_key", "number")
        for name in changed_files(edition.report_key, edition.content_hash, edition.files)
    ]
