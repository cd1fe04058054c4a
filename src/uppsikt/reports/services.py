"""Writes of reports: import outside facts, build an edition, adopt it, keep a statement definition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from django.db import transaction

from uppsikt.audit.actors import Actor, NotAllowed, Verb, require
from uppsikt.audit.services import record
from uppsikt.coding.selectors import code_plan
from uppsikt.core.findings import Finding, Place, Severity, found, has_errors
from uppsikt.core.hashes import hash_bytes
from uppsikt.core.texts import one_line
from uppsikt.figures.definitions import load_definition
from uppsikt.planning.codes import text_faults
from uppsikt.reports.compose import compose
from uppsikt.reports.document import Document
from uppsikt.reports.editions import (
    DOCUMENT_FILE,
    Change,
    changed_files,
    changes_between,
    document_file,
    edition_folder,
    store,
)
from uppsikt.reports.facts import Fact, read_facts
from uppsikt.reports.findings import (
    ALREADY_ADOPTED,
    ALREADY_PUBLISHED,
    FILES_CHANGED,
    NO_SUCH_EDITION,
    RENDERER_MISSING,
)
from uppsikt.reports.models import ADOPTED, LONGEST_DECISION, LocalStatement, OutsideFact, ReportEdition
from uppsikt.reports.proofreading import proofread
from uppsikt.reports.publishing import open_points
from uppsikt.reports.recipe import Recipe, read_recipe
from uppsikt.reports.renderers import ALL_FORMATS, FILE_NAMES, missing_package, render
from uppsikt.reports.resolver import FigureSource
from uppsikt.reports.selectors import EditionRow, edition_row, fact_of, facts, find_edition
from uppsikt.reports.showing import reads_all, units_shown
from uppsikt.reports.writing.findings import FOLDER_NOT_READ, SECTIONS_UNFINISHED
from uppsikt.reports.writing.selectors import KeptManuscript, manuscript
from uppsikt.reports.writing.texts import differing_files

_NAMED = 3  # unfinished sections said by name


@dataclass(frozen=True)
class FactImport:
    """What an import of outside facts did, or would do."""

    findings: list[Finding]
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    dry_run: bool = False


@dataclass(frozen=True)
class BuildResult:
    """What came of building: the edition and its document, or what stopped it. Warnings come either way."""

    edition: EditionRow | None
    document: Document | None
    findings: list[Finding]
    already_held: bool = False


def unit_path(unit: str, as_of: date) -> list[str]:
    """The path that permissions on a report are asked for: empty is the whole municipality."""
    return code_plan().path("unit", unit, as_of) if unit else []


@transaction.atomic
def import_facts(*, actor: Actor, content: bytes, name: str, as_of: date, dry_run: bool = False) -> FactImport:
    """Take in outside facts from a CSV or XLSX: added by key, changed where they differ, all or none."""
    require(actor, Verb.EDIT_REGISTER, [], as_of)
    read, findings = read_facts(content, name)
    if has_errors(findings):
        return FactImport(findings, dry_run=dry_run)
    held = {row.key: row for row in OutsideFact.objects.filter(key__in=[fact.key for fact in read])}
    added = [fact for fact in read if fact.key not in held]
    changed = [fact for fact in read if fact.key in held and fact_of(held[fact.key]) != fact]
    outcome = FactImport(findings, len(added), len(changed), len(read) - len(added) - len(changed), dry_run)
    if dry_run or not (added or changed):
        return outcome
    OutsideFact.objects.bulk_create(
        [OutsideFact(**_columns(fact)) for fact in (*added, *changed)],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["label", "value", "unit", "decimals", "period", "source", "source_place", "claims_address"],
    )
    payload = {
        "file": name,
        "sha256": hash_bytes(content),
        "added": [fact.key for fact in added],
        "changed": {fact.key: [held[fact.key].value, fact.value] for fact in changed},
        "facts": [_columns(fact) for fact in (*added, *changed)],
    }
    record(actor=actor, verb="import-facts", target="facts", payload=payload)
    return outcome


def _columns(fact: Fact) -> dict[str, object]:
    return {
        "key": fact.key,
        "label": fact.label,
        "value": fact.value,
        "unit": fact.unit,
        "decimals": fact.decimals,
        "period": fact.period,
        "source": fact.source,
        "source_place": fact.place,
        "claims_address": fact.claims or None,
    }


def build_report(
    *, actor: Actor, folder: Path, source: FigureSource, as_of: date, formats: Iterable[str] = ALL_FORMATS
) -> BuildResult:
    """Build a report into an edition: from its kept texts where somebody has opened them, else from its folder.

    The same content again is the same edition.
    """
    recipe, findings = read_recipe(folder)
    if recipe is None:
        return BuildResult(None, None, findings)
    texts = manuscript(recipe.key)
    recipe = texts.recipe or recipe if texts else recipe
    require(actor, Verb.BUILD_REPORT, unit_path(recipe.unit, as_of), as_of)
    wanted = [format for format in ALL_FORMATS if format in set(formats)]
    findings = [
        found(RENDERER_MISSING, format=format, package=missing_package(format))
        for format in wanted
        if missing_package(format)
    ]
    document, faults = compose(texts or folder, source, facts())
    findings += [*faults, *(_of_writing(texts, folder) if texts else [])]
    if document is None or has_errors(findings):
        return BuildResult(None, document, findings)
    held = ReportEdition.objects.filter(content_hash=document.content_hash).first()
    lacking = [format for format in wanted if held is None or FILE_NAMES[format] not in held.files]
    if held and (held.is_adopted or not lacking):
        return BuildResult(edition_row(_now_known(actor, held, document)), document, findings, already_held=True)
    files = {**render(document, lacking), DOCUMENT_FILE: document_file(document)}
    store(recipe.key, document.content_hash, files)
    edition = _register(actor, recipe, document, files, findings)
    return BuildResult(edition_row(edition), document, findings)


def _of_writing(texts: KeptManuscript, folder: Path) -> list[Finding]:
    """What a builder should know of kept texts: files that are not read, sections that nobody has approved."""
    findings = [found(FOLDER_NOT_READ, name=name) for name in differing_files(texts, folder)]
    unfinished = [row.title for row in texts.unapproved]
    if unfinished:
        names = ", ".join(unfinished[:_NAMED]) + (" …" if len(unfinished) > _NAMED else "")
        findings.append(found(SECTIONS_UNFINISHED, count=len(unfinished), total=len(texts.sections), sections=names))
    return findings


@transaction.atomic
def _register(
    actor: Actor, recipe: Recipe, document: Document, files: Mapping[str, bytes], findings: list[Finding]
) -> ReportEdition:
    registered = {name: {"sha256": hash_bytes(content), "bytes": len(content)} for name, content in files.items()}
    edition = ReportEdition.objects.select_for_update().filter(content_hash=document.content_hash).first()
    if edition:
        edition.files = {**registered, **edition.files}
        edition.save(update_fields=["files"])
        edition = _now_known(actor, edition, document)
    else:
        edition = _new_edition(actor, recipe, document, registered, findings)
    record(
        actor=actor,
        verb="build-report",
        target=f"report:{recipe.key}",
        payload={**_in_log(edition), "files": registered},
    )
    return edition


def _in_log(edition: ReportEdition) -> dict[str, object]:
    """Which edition it is and who may read it, as `verify_marks` reads it."""
    own = {"content_hash": edition.content_hash, "number": edition.number}
    return {**own, "unit": edition.unit, "shows": edition.shows}


@transaction.atomic
def _now_known(actor: Actor, edition: ReportEdition, document: Document) -> ReportEdition:
    """The edition with what it shows, that its content built again tells where nobody knew it."""
    if edition.shows is None:
        edition = ReportEdition.objects.select_for_update().get(pk=edition.pk)
        edition.shows = units_shown(document, edition_row(edition).findings)
        edition.save(update_fields=["shows"])
        record(actor=actor, verb="build-report", target=f"report:{edition.report_key}", payload=_in_log(edition))
    return edition


def _new_edition(
    actor: Actor,
    recipe: Recipe,
    document: Document,
    files: Mapping[str, Mapping[str, object]],
    findings: list[Finding],
) -> ReportEdition:
    earlier = ReportEdition.objects.filter(report_key=recipe.key)
    latest = earlier.order_by("-number").first()
    adopted = earlier.filter(state=ADOPTED).order_by("-number").first()
    metadata = {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in asdict(document.metadata).items()
    }
    return ReportEdition.objects.create(
        report_key=recipe.key,
        title=recipe.title,
        round_key=recipe.round,
        unit=recipe.unit,
        content_hash=document.content_hash,
        number=latest.number + 1 if latest else 1,
        files=files,
        metadata=metadata,
        findings=[finding.as_json() for finding in findings],
        changes=[asdict(change) for change in _changes(adopted, document)],
        replaces=adopted,
        built_at=datetime.now(UTC),
        built_by=actor.name,
        shows=units_shown(document, findings),
    )


def _changes(adopted: ReportEdition | None, document: Document) -> list[Change]:
    if adopted is None:
        return []
    before = edition_folder(adopted.report_key, adopted.content_hash) / DOCUMENT_FILE
    return changes_between(before.read_bytes(), document_file(document))


@transaction.atomic
def adopt_report(
    *,
    actor: Actor,
    content_hash: str,
    adopted_on: date,
    decision: str,
    as_of: date,
    despite_remarks: bool = False,
) -> tuple[EditionRow | None, list[Finding]]:
    """Freeze an edition as adopted, with its decision. From then on it never changes.

    The report audit reads it first: what it is sure is wrong stops the adoption unless `despite_remarks`,
    what it doubts comes back as warnings.
    """
    edition = find_edition(content_hash, is_held=True)
    if edition is None:
        return None, [found(NO_SUCH_EDITION, content_hash=content_hash)]
    require(actor, Verb.ADOPT, unit_path(edition.unit, as_of), as_of)
    decision = one_line(decision)
    if odd := list(text_faults(decision, "decision", LONGEST_DECISION, Place())):
        return None, odd
    if edition.is_adopted:
        return None, [found(ALREADY_ADOPTED, adopted_on=edition.adopted_on, decision=edition.decision)]
    changed = changed_files(edition.report_key, edition.content_hash, edition.files)
    if changed:
        return None, [found(FILES_CHANGED, name=name) for name in changed]
    held = edition_folder(edition.report_key, edition.content_hash) / DOCUMENT_FILE
    remarks = proofread(held.read_bytes(), edition.title)
    refused = [remark for remark in remarks if remark.severity is Severity.ERROR]
    if refused and not despite_remarks:
        return None, remarks
    edition.state, edition.adopted_on, edition.decision = ADOPTED, adopted_on, decision
    edition.adopted_by = actor.name
    edition.save(update_fields=["state", "adopted_on", "decision", "adopted_by"])
    payload = {"content_hash": edition.content_hash, "decision": decision, "adopted_on": adopted_on}
    despite = {"despite_remarks": [str(remark.facts["rule"]) for remark in refused]} if refused else {}
    record(actor=actor, verb="adopt-report", target=f"report:{edition.report_key}", payload=payload | despite)
    return edition_row(edition), [remark for remark in remarks if remark not in refused]


@transaction.atomic
def publish_report(
    *, actor: Actor, content_hash: str, as_of: date, despite_open: bool = False
) -> tuple[EditionRow | None, list[Finding]]:
    """Make an edition everybody's to read, whatever units it shows: it can't be taken back.

    Whoever does it may adopt the report and reads all that it shows. It need not be adopted: a report is public
    when it is sent out before the meeting. Errors stop it; what else is open does unless `despite_open`, and is
    kept in the log.
    """
    edition = find_edition(content_hash, is_held=True)
    if edition is None:
        return None, [found(NO_SUCH_EDITION, content_hash=content_hash)]
    require(actor, Verb.ADOPT, unit_path(edition.unit, as_of), as_of)
    if not reads_all(actor, edition_row(edition), as_of):
        raise NotAllowed(actor, Verb.READ)
    if edition.published_at:
        return None, [found(ALREADY_PUBLISHED, day=edition.published_at.date(), by=edition.published_by)]
    open_now = open_points(edition_row(edition))
    if open_now.errors:
        return None, list(open_now.errors)
    if open_now.is_any and not despite_open:
        return None, [open_now.said, *open_now.findings]
    edition.published_at, edition.published_by = datetime.now(UTC), actor.name
    edition.save(update_fields=["published_at", "published_by"])
    payload = _in_log(edition)
    despite = {"despite": open_now.in_log} if open_now.is_any else {}
    record(actor=actor, verb="publish-report", target=f"report:{edition.report_key}", payload=payload | despite)
    return edition_row(edition), []


@transaction.atomic
def save_statement(*, actor: Actor, content: str, name: str, as_of: date) -> tuple[str, list[Finding]]:
    """Keep a statement definition of the municipality's own; returns its key, "" where it can't be read."""
    require(actor, Verb.EDIT_REGISTER, [], as_of)
    definition, findings = load_definition(content, name)
    if definition is None or has_errors(findings):
        return "", list(findings)
    LocalStatement.objects.update_or_create(key=definition.key, defaults={"content": content})
    payload = {"sha256": hash_bytes(content.encode())}
    record(actor=actor, verb="save-statement", target=f"statement:{definition.key}", payload=payload)
    return definition.key, list(findings)
