"""Whether editions are still what was built, adopted and published, sections and texts what was saved and approved,
facts and statements what was taken in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from uppsikt.audit.told import Row, differences, told_events
from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.hashes import canonical_json, hash_bytes, short
from uppsikt.core.language import Text
from uppsikt.reports.editions import changed_files
from uppsikt.reports.findings import EDITION_UNTOLD, FACT_UNTOLD, FILES_CHANGED, STATEMENT_UNTOLD
from uppsikt.reports.models import (
    ADOPTED,
    BUILT,
    LocalStatement,
    OutsideFact,
    ReportEdition,
    Section,
    SectionVersion,
    TextContent,
)
from uppsikt.reports.writing.findings import SECTION_UNTOLD, TEXT_CHANGED
from uppsikt.reports.writing.keeping import standing
from uppsikt.reports.writing.states import SectionState

_STATES = {state.value: state.label for state in SectionState}
_LIFTED_OUT = Text("bortlyft", "lifted out")
_MARKS = {BUILT: Text("byggd", "built"), ADOPTED: Text("fastställd", "adopted")}
_MARKED = ("number", "unit", "shows", "state", "adopted_on", "decision", "adopted_by", "published_at", "published_by")
_OF_SECTIONS = (
    "import-texts",
    "start-report",
    "save-text",
    "change-section-state",
    "assign-section",
    "drop-section",
    "bring-back-section",
)
_FACT = ("label", "value", "unit", "decimals", "period", "source", "source_place", "claims_address")


def verify_editions() -> list[Finding]:
    """Recompute the hash of every file of every edition; a finding for each that is changed or missing."""
    return [
        found(FILES_CHANGED, Place(f"{edition.report_key} {short(edition.content_hash)}"), name=name)
        for edition in ReportEdition.objects.order_by("report_key", "number")
        for name in changed_files(edition.report_key, edition.content_hash, edition.files)
    ]


def verify_marks() -> list[Finding]:
    """A finding for each edition that isn't as it was built, adopted and published last: its number, its unit and the
    units whose figures it shows (who may read it), what was decided when and by whom, and who made it public."""
    told: dict[str, list[object]] = {}
    for event in told_events("build-report", "adopt-report", "publish-report"):
        own = event.payload
        marks = told.setdefault(own["content_hash"], [None, None, None, _MARKS[BUILT], "", "", "", ""])
        if event.verb == "build-report":
            marks[:3] = own["number"], own["unit"], _listed(own["shows"])
        elif event.verb == "adopt-report":
            marks[3:7] = _MARKS[ADOPTED], own["adopted_on"], own["decision"], event.actor
        else:
            marks[7] = event.actor
    held = {own.content_hash: _marks(own) for own in ReportEdition.objects.only("content_hash", *_MARKED)}
    rows: dict[str, Row] = {key: tuple(marks) for key, marks in told.items()}
    return [
        found(EDITION_UNTOLD, row=short(own.key), told=own.told, held=own.held) for own in differences(rows, held)
    ]


def _marks(own: ReportEdition) -> Row:
    adopted = own.adopted_on.isoformat() if own.adopted_on else "", own.decision, own.adopted_by
    published = (own.published_by or own.published_at) if own.published_at else ""
    return (own.number, own.unit, _listed(own.shows), _MARKS.get(own.state, own.state), *adopted, published)


def _listed(units: list[str] | None) -> str:
    return "" if units is None else f"[{' '.join(units)}]"


def verify_sections() -> list[Finding]:
    """A finding for each section that doesn't stand as it was left last: state, version and the hash of its text,
    whether it is lifted out, whose it is to write, and until when."""
    told: dict[str, Row] = {}
    for event in told_events(*_OF_SECTIONS):
        report = event.target.removeprefix("report:").partition("/")[0]
        told.update(_rows(report, event.payload["sections"]))
    held: dict[str, Row] = {}
    for report in Section.objects.order_by().values_list("report_key", flat=True).distinct():
        held.update(_rows(report, json.loads(canonical_json(standing(report)))))
    return [found(SECTION_UNTOLD, row=own.key, told=own.told, held=own.held) for own in differences(told, held)]


def _rows(report: str, sections: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, Row]]:
    """Sections as rows, of what the log's JSON says."""
    for key, own in sections.items():
        state = _STATES.get(own["section_state"], own["section_state"])
        lifted = _LIFTED_OUT if own["lifted_out"] else ""
        said = (state, own["version"], short(own["sha256"]), lifted, own["responsible"], own["due_on"])
        yield f"{report}/{key}", said


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
