"""Reads of the ledger's register: batches, their files, mapping profiles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from uppsikt.core.findings import Finding, found
from uppsikt.ledger.batches import POSTINGS
from uppsikt.ledger.findings_profiles import PROFILE_UNKNOWN
from uppsikt.ledger.models import Batch, MappingProfile
from uppsikt.ledger.profiles import Profile, built_in, load_profile
from uppsikt.ledger.staging import batch_folder
from uppsikt.ledger.summary import PeriodTotal, periods_of


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """A batch as the rest of the house sees it. `replaced_at` is None while it counts."""

    content_hash: str
    file_name: str
    file_hash: str
    format: str
    sie_type: str
    profile_name: str
    scenario: str
    kind: str
    company: str
    company_key: str
    row_count: int
    voucher_count: int
    first_period: int
    last_period: int
    last_day: date
    debit_ore: int
    credit_ore: int
    periods: tuple[PeriodTotal, ...]
    findings: tuple[Finding, ...]
    imported_at: datetime
    imported_by: str
    replaced_by: str
    replaced_at: datetime | None

    @property
    def is_active(self) -> bool:
        """Whether its postings count."""
        return self.replaced_at is None

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return batch_folder(self.content_hash)

    @property
    def posting_file(self) -> Path:
        """Its postings, in the shape of `core.postings.POSTING_COLUMNS`."""
        return self.folder / POSTINGS


def facts_of(batch: Batch) -> BatchFacts:
    """A register row as a plain value."""
    return BatchFacts(
        content_hash=batch.content_hash,
        file_name=batch.file_name,
        file_hash=batch.file_hash,
        format=batch.format,
        sie_type=batch.sie_type,
        profile_name=batch.profile_name,
        scenario=batch.scenario,
        kind=batch.kind,
        company=batch.company,
        company_key=batch.company_key,
        row_count=batch.row_count,
        voucher_count=batch.voucher_count,
        first_period=batch.first_period,
        last_period=batch.last_period,
        last_day=batch.last_day,
        debit_ore=batch.debit_ore,
        credit_ore=batch.credit_ore,
        periods=periods_of(batch.control),
        findings=tuple(Finding.from_json(stored) for stored in batch.findings),
        imported_at=batch.imported_at,
        imported_by=batch.imported_by,
        replaced_by=batch.replaced_by.content_hash if batch.replaced_by else "",
        replaced_at=batch.replaced_at,
    )


def all_batches() -> list[BatchFacts]:
    """Every batch ever imported, also those replaced, in order of period (one query)."""
    return [facts_of(batch) for batch in Batch.objects.select_related("replaced_by")]


def active_batches() -> list[BatchFacts]:
    """The batches whose postings count (one query)."""
    return [facts_of(batch) for batch in Batch.objects.select_related("replaced_by").filter(replaced_at=None)]


def profiles() -> dict[str, Profile]:
    """All mapping profiles by name: the built-in ones and the municipality's own (one query)."""
    own = {}
    for kept in MappingProfile.objects.all():
        profile, _ = load_profile(kept.content, kept.name)
        if profile is not None:
            own[profile.name] = profile
    return {**built_in(), **own}


def profile_named(name: str) -> tuple[Profile | None, list[Finding]]:
    """The profile of that name, or the finding that says which there are."""
    known = profiles()
    if name in known:
        return known[name], []
    return None, [found(PROFILE_UNKNOWN, name=name, known=", ".join(sorted(known)))]
