"""Writes of the ledger: take a file in, take it out of the count, keep a mapping profile.

A batch is all in or not in. It is built in a folder of its own and put in place by one rename inside the
database transaction that registers it; a crash in between leaves at most a folder nobody counts.
"""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from django.db import transaction

from uppsikt.audit.actors import Actor, Verb, require
from uppsikt.audit.services import record
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, Place, found, has_errors
from uppsikt.core.hashes import hash_file
from uppsikt.core.language import Text
from uppsikt.core.texts import printable
from uppsikt.ledger.batches import Building, BuiltBatch, Progress, build_batch, identity_of, write_manifest
from uppsikt.ledger.findings import HELD_REPLACED, UNREADABLE
from uppsikt.ledger.findings_profiles import PROFILE_BUILT_IN
from uppsikt.ledger.models import Batch, MappingProfile
from uppsikt.ledger.overlaps import Overlap, find_overlaps, holding_of_batch, holding_of_built
from uppsikt.ledger.profiles import Profile, built_in, load_profile
from uppsikt.ledger.selectors import BatchFacts, active_batches, facts_of
from uppsikt.ledger.staging import batch_folder, batches_folder, building, sync_entry, sync_folder
from uppsikt.ledger.summary import Summary, control_of, findings_by_severity


@dataclass(frozen=True)
class ImportResult:
    """How an import went. `batch` is None where nothing was kept; `replaced` is what no longer counts."""

    batch: Batch | None
    summary: Summary
    findings: list[Finding]
    already_held: bool = False
    dry_run: bool = False
    replaced: tuple[BatchFacts, ...] = ()


@dataclass(frozen=True)
class ProfileSaved:
    """How the saving of a profile went; `profile` is None where nothing was kept."""

    profile: Profile | None
    findings: list[Finding] = field(default_factory=list)


def import_file(
    *,
    actor: Actor,
    path: Path,
    profile: Profile,
    as_of: date,
    dry_run: bool = False,
    replace: bool = False,
    known: CodePlan | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Take a ledger file in as a batch. A file with errors changes nothing; the same file twice is one batch.

    `replace` lets the file replace the active batches it overlaps. `known` is the code plan its codes are
    compared with. `progress` is called with the bytes read and the bytes in all.
    """
    require(actor, Verb.IMPORT_LEDGER, [], as_of)
    try:
        content_hash = identity_of(hash_file(path), profile)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        findings = [found(UNREADABLE, Place(path.name), why=reason)]
        counts = findings_by_severity(findings)
        return ImportResult(None, Summary(path.name, findings=counts), findings, dry_run=dry_run)
    held = _held(content_hash)
    if held:
        return _already_held(actor, held, path, dry_run=dry_run, replaces=replace)
    if dry_run:
        with tempfile.TemporaryDirectory(prefix="uppsikt-") as folder:
            return _rehearse(build_batch(path, profile, Path(folder), known=known, progress=progress), replace)
    with building() as folder:
        built = build_batch(path, profile, folder, known=known, progress=progress)
        return _keep(actor, built, replace)


def _held(content_hash: str) -> Batch | None:
    return Batch.objects.select_related("replaced_by").filter(content_hash=content_hash).first()


def _rehearse(building: Building, replaces: bool) -> ImportResult:
    """What an import would say and do."""
    overlaps = find_overlaps(holding_of_built(building.batch), active_batches()) if building.batch else []
    findings = building.findings + _said_of(overlaps, building.summary.file_name, replaces)
    summary = dataclasses.replace(building.summary, findings=findings_by_severity(findings))
    replaced = tuple(overlap.batch for overlap in overlaps) if replaces and not has_errors(findings) else ()
    return ImportResult(None, summary, findings, dry_run=True, replaced=replaced)


def _said_of(overlaps: Sequence[Overlap], file_name: str, replaces: bool) -> list[Finding]:
    if not replaces:
        return [overlap.refusal(file_name) for overlap in overlaps]
    return [finding for overlap in overlaps for finding in overlap.replacement(file_name)]


def _keep(actor: Actor, building: Building, replaces: bool) -> ImportResult:
    built = building.batch
    if built is None:
        return ImportResult(None, building.summary, building.findings)
    seen = active_batches()
    overlaps = find_overlaps(holding_of_built(built), seen)
    write_manifest(built)
    sync_folder(built.folder)
    target = batch_folder(built.content_hash)
    moved: list[Path] = []
    try:
        with transaction.atomic():
            # the record comes first: it holds the log, so on every database one import registers at a time
            payload = {"file": building.summary.file_name, "rows": building.summary.row_count, "replace": replaces}
            record(actor=actor, verb="import-ledger", target=f"batch:{built.content_hash}", payload=payload)
            now = active_batches()
            if [batch.content_hash for batch in now] != [batch.content_hash for batch in seen]:
                overlaps = find_overlaps(holding_of_built(built), now)
            result = _register(actor, building, built, overlaps, replaces)
            if result.batch is None or result.already_held:
                transaction.set_rollback(True)
                return result
            _put_in_place(built.folder, target, moved)
    except BaseException:
        # the register knows nothing of the folder now, so neither may the disk
        for folder in moved:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return result


def _put_in_place(folder: Path, target: Path, moved: list[Path]) -> None:
    batches_folder().mkdir(parents=True, exist_ok=True)
    if target.exists():  # left by a crash between rename and commit: no register row names it
        shutil.rmtree(target)
    moved.append(target)
    folder.rename(target)
    sync_entry(target.parent)


def _register(
    actor: Actor, building: Building, built: BuiltBatch, overlaps: Sequence[Overlap], replaces: bool
) -> ImportResult:
    if held := _held(built.content_hash):  # another import of the same file came first
        return ImportResult(held, building.summary, building.findings, already_held=True)
    findings = building.findings + _said_of(overlaps, building.summary.file_name, replaces)
    summary = dataclasses.replace(building.summary, findings=findings_by_severity(findings))
    if has_errors(findings):
        return ImportResult(None, summary, findings)
    batch = _row_of(actor, dataclasses.replace(built, summary=summary), findings)
    batch.save(force_insert=True)
    replaced = tuple(overlap.batch for overlap in overlaps)
    _stop_counting(actor, replaced, batch)
    return ImportResult(batch, summary, findings, replaced=replaced)


def _row_of(actor: Actor, built: BuiltBatch, findings: Sequence[Finding]) -> Batch:
    summary = built.summary
    return Batch(
        content_hash=built.content_hash,
        file_name=summary.file_name,
        file_hash=built.file_hash,
        format=summary.format,
        sie_type=summary.sie_type,
        profile_name=built.profile.name,
        scenario=summary.scenario,
        kind=summary.kind,
        company=summary.company,
        company_key=built.company_key,
        row_count=summary.row_count,
        voucher_count=summary.voucher_count,
        first_period=summary.periods[0].period,
        last_period=summary.periods[-1].period,
        last_day=built.last_day,
        debit_ore=summary.debit_ore,
        credit_ore=summary.credit_ore,
        control=control_of(summary.periods),
        findings=[_storable(finding.as_json()) for finding in findings],
        imported_at=datetime.now(UTC),
        imported_by=actor.name,
    )


def _storable(stored: dict[str, object]) -> dict[str, object]:
    """A finding's JSON without the control characters that PostgreSQL can't keep."""

    def plain(value: object) -> object:
        if isinstance(value, str):
            return printable(value)
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        return value

    return {key: plain(value) for key, value in stored.items()}


def _stop_counting(actor: Actor, replaced: Sequence[BatchFacts], by: Batch | None) -> None:
    for batch in replaced:
        Batch.objects.filter(content_hash=batch.content_hash).update(replaced_by=by, replaced_at=datetime.now(UTC))
        payload = {"by": by.content_hash if by else "", "file": batch.file_name}
        record(actor=actor, verb="replace-batch", target=f"batch:{batch.content_hash}", payload=payload)


def _already_held(actor: Actor, held: Batch, path: Path, *, dry_run: bool, replaces: bool) -> ImportResult:
    facts = facts_of(held)
    summary = _summary_of(facts)
    if facts.replaced_at is None:
        return ImportResult(held, summary, list(facts.findings), already_held=True, dry_run=dry_run)
    if not replaces:
        other = held.replaced_by.file_name if held.replaced_by else ""
        how = Text(f"ersatt av {other}", f"replaced by {other}") if other else Text("återkallad", "withdrawn")
        findings = [found(HELD_REPLACED, Place(path.name), how=how, when=facts.replaced_at.date())]
        summary = dataclasses.replace(summary, findings=findings_by_severity(findings))
        return ImportResult(None, summary, findings, already_held=True, dry_run=dry_run)
    return _count_again(actor, held, facts, summary, dry_run)


def _count_again(actor: Actor, held: Batch, facts: BatchFacts, summary: Summary, dry_run: bool) -> ImportResult:
    with transaction.atomic():
        # the record comes first here too: what overlaps must not change before it is stored
        record(actor=actor, verb="restore-batch", target=f"batch:{held.content_hash}", payload={})
        overlaps = find_overlaps(holding_of_batch(facts), active_batches())
        findings = list(facts.findings) + _said_of(overlaps, facts.file_name, True)
        replaced = tuple(overlap.batch for overlap in overlaps)
        if dry_run:
            transaction.set_rollback(True)
            return ImportResult(None, summary, findings, already_held=True, dry_run=True, replaced=replaced)
        held.replaced_by, held.replaced_at = None, None
        held.save(update_fields=["replaced_by", "replaced_at"])
        _stop_counting(actor, replaced, held)
    return ImportResult(held, summary, findings, already_held=True, replaced=replaced)


def _summary_of(facts: BatchFacts) -> Summary:
    return Summary(
        file_name=facts.file_name,
        format=facts.format,
        sie_type=facts.sie_type,
        company=facts.company,
        scenario=facts.scenario,
        kind=facts.kind,
        row_count=facts.row_count,
        voucher_count=facts.voucher_count,
        periods=facts.periods,
        findings=findings_by_severity(facts.findings),
    )


@transaction.atomic
def withdraw_batch(*, actor: Actor, content_hash: str, as_of: date) -> BatchFacts:
    """Let a batch no longer count, with nothing in its place. Its files are kept; importing it again restores it.

    Raises `Batch.DoesNotExist` for hashes no active batch has.
    """
    require(actor, Verb.IMPORT_LEDGER, [], as_of)
    batch = Batch.objects.get(content_hash=content_hash, replaced_at=None)
    _stop_counting(actor, [facts_of(batch)], None)
    batch.refresh_from_db()
    return facts_of(batch)


@transaction.atomic
def save_profile(*, actor: Actor, content: str | Mapping[str, object], name: str, as_of: date) -> ProfileSaved:
    """Keep a mapping profile under the name it has inside; one of that name is replaced. `name` is the file's."""
    require(actor, Verb.IMPORT_LEDGER, [], as_of)
    profile, findings = load_profile(content, name)
    if profile is None:
        return ProfileSaved(None, findings)
    if profile.name in built_in():
        return ProfileSaved(None, [found(PROFILE_BUILT_IN, Place(name), name=profile.name)])
    record(actor=actor, verb="save-profile", target=f"profile:{profile.name}", payload=profile.content())
    MappingProfile.objects.update_or_create(name=profile.name, defaults={"content": profile.content()})
    return ProfileSaved(profile, findings)
