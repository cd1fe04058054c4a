"""Whether the ledger folder still holds what was imported: every file, every byte, every control total."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb

from uppsikt.core.findings import Finding, found
from uppsikt.core.hashes import hash_file, short
from uppsikt.core.periods import Month
from uppsikt.ledger.batches import MANIFEST, POSTINGS
from uppsikt.ledger.findings import BATCH_CHANGED, BATCH_MISSING, BATCH_ORPHAN, CONTROL_DIFFERS
from uppsikt.ledger.selectors import BatchFacts, all_batches
from uppsikt.ledger.staging import batches_folder

_TOTALS = """
SELECT
    period,
    count(*),
    sum(CASE WHEN amount_ore > 0 THEN amount_ore ELSE 0 END)::BIGINT,
    sum(CASE WHEN amount_ore < 0 THEN -amount_ore ELSE 0 END)::BIGINT
FROM read_parquet(?) GROUP BY period ORDER BY period
"""


def verify_batches() -> list[Finding]:
    """What is missing, changed or not registered. An empty list means that all is as it was imported."""
    batches = all_batches()
    findings = [finding for batch in batches for finding in _faults_of(batch)]
    return findings + list(_orphans({batch.content_hash for batch in batches}))


def _faults_of(batch: BatchFacts) -> list[Finding]:
    names: dict[str, object] = {"file": batch.file_name, "batch": short(batch.content_hash)}
    manifest = _manifest_of(batch)
    if manifest is None:
        return [found(BATCH_MISSING, what=MANIFEST, **names)]
    findings = []
    for name, stated in sorted(manifest.items()):
        path = batch.folder / name
        if not path.is_file():
            findings.append(found(BATCH_MISSING, what=name, **names))
        elif hash_file(path) != stated:
            findings.append(found(BATCH_CHANGED, what=name, **names))
    return findings or _control(batch, names)


def _manifest_of(batch: BatchFacts) -> Mapping[str, str] | None:
    """The hash of each file by name; None where the manifest is gone, unreadable or another batch's."""
    try:
        manifest = json.loads((batch.folder / MANIFEST).read_text(encoding="utf-8"))
        hashes = {str(name): str(entry["sha256"]) for name, entry in manifest["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    is_its_own = manifest.get("content_hash") == batch.content_hash and POSTINGS in hashes
    return hashes if is_its_own else None


def _control(batch: BatchFacts, names: Mapping[str, object]) -> list[Finding]:
    with duckdb.connect() as connection:
        counted = {row[0]: row for row in connection.execute(_TOTALS, [str(batch.folder / POSTINGS)]).fetchall()}
    stated = {
        total.period: (total.period, total.row_count, total.debit_ore, total.credit_ore) for total in batch.periods
    }
    wrong = sorted(period for period in {*counted, *stated} if counted.get(period) != stated.get(period))
    return [found(CONTROL_DIFFERS, period=Month.from_number(period), **names) for period in wrong]


def _orphans(registered: set[str]) -> Iterator[Finding]:
    folder = batches_folder()
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.name not in registered:
            yield found(BATCH_ORPHAN, folder=_shown(path))


def _shown(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
