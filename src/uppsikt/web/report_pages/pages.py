"""What the report pages need, and who may have it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from django.template.defaultfilters import filesizeformat

from uppsikt.adoption.reading import figure_desk
from uppsikt.audit.actors import WHOLE, Actor, NotAllowed, Verb, may
from uppsikt.coding.selectors import code_plan
from uppsikt.core.findings import Finding, Severity, found
from uppsikt.core.language import Text, say
from uppsikt.reports.publishing import OpenPoints, open_points
from uppsikt.reports.recipe import read_recipe
from uppsikt.reports.selectors import EditionRow, edition, edition_file, editions
from uppsikt.reports.services import BuildResult, build_report, publish_report, unit_path
from uppsikt.reports.showing import may_read, readable, reads_all
from uppsikt.reports.writing.rights import rights_of
from uppsikt.reports.writing.selectors import reports_written_by
from uppsikt.web.actors import may_anywhere, today
from uppsikt.web.errors import Absent
from uppsikt.web.findings import CHOICE_UNKNOWN, PAGE_UNKNOWN
from uppsikt.web.report_pages.desks import WORKS_WITH
from uppsikt.web.report_pages.folders import report_folders
from uppsikt.web.scope import unreadable

PREVIEW = "rapport.html"
FILE_LABELS = {
    "rapport.pdf": Text("PDF, tillgänglig", "PDF, accessible"),
    "rapport.docx": Text("Word", "Word"),
    "rapport.html": Text("Webbsida i en fil", "Web page in one file"),
    "tabeller.xlsx": Text("Tabeller i Excel", "Tables in Excel"),
    "data.zip": Text("Datapaket (CSV med beskrivning)", "Data package (CSV with description)"),
}
_REPORT = Text("Rapporter", "Reports")


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report: its folder's key, its editions, and what stopped the build that was asked for."""

    key: str
    title: str
    editions: Sequence[EditionRow]
    findings: Sequence[Finding] = ()
    writes: str = ""  # the report's key, where its texts are the actor's to work with

    @property
    def adopted(self) -> EditionRow | None:
        """The edition in force: the latest that was adopted."""
        return next((edition for edition in self.editions if edition.is_adopted), None)


@dataclass(frozen=True)
class IndexPage:
    """The list of reports."""

    reports: Sequence[ReportRow]
    may_build: bool
    has_others: bool = False  # there are some, none of them the reader's to see


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of an edition."""

    name: str
    label: str
    size: str


@dataclass(frozen=True)
class EditionPage:
    """One edition."""

    edition: EditionRow
    files: Sequence[FileRow]
    preview: str
    shows: Sequence[str]
    may_publish: bool

    @property
    def findings(self) -> Sequence[Finding]:
        """What was found when it was built."""
        return self.edition.findings


@dataclass(frozen=True)
class PublishPage:
    """What is open of an edition, for whoever is about to publish it."""

    edition: EditionRow
    open: OpenPoints
    refused: Sequence[Finding] = ()


@dataclass(frozen=True)
class Built:
    """What a build came to: an edition, or what stopped it."""

    edition: EditionRow | None
    findings: Sequence[Finding]
    says: str


def index_page(actor: Actor, tried: str = "", findings: Sequence[Finding] = ()) -> IndexPage:
    """The reports the actor may read; with what stopped the one that was tried."""
    if not may_anywhere(actor, Verb.READ):
        raise NotAllowed(actor, Verb.READ)
    built: dict[str, list[EditionRow]] = {}
    every_edition = editions()
    for row in readable(actor, every_edition, today()):
        built.setdefault(row.report_key, []).append(row)
    own = reports_written_by(actor.user_id)
    rows = [
        ReportRow(name, title, built.pop(report_key, []), findings if name == tried else (), writes)
        for name, report_key, title, writes in _folders_of(actor, own)
    ]
    # editions outlive the folder they were built from
    rows += [ReportRow("", left[0].title, left) for left in built.values()]
    has_others = not rows and bool(every_edition or report_folders())
    return IndexPage(rows, may_anywhere(actor, Verb.BUILD_REPORT), has_others)


def _folders_of(actor: Actor, own: Container[str]) -> Iterator[tuple[str, str, str, str]]:
    for name, folder in report_folders().items():
        recipe, _ = read_recipe(folder)
        if recipe is None:  # building it tells what is wrong with it
            yield name, "", name, ""
        elif recipe.key in own or _reads(actor, recipe.unit):
            works = recipe.key in own or bool(rights_of(actor, recipe.unit, None, today()) & WORKS_WITH)
            yield name, recipe.key, recipe.title, recipe.key if works else ""


def _reads(actor: Actor, unit: str) -> bool:
    return may(actor, Verb.READ, unit_path(unit, today()), today())


def edition_page(actor: Actor, content_hash: str) -> EditionPage:
    """One edition, for whoever reads all that it shows."""
    row = _readable(actor, content_hash)
    files = [
        FileRow(name, str(FILE_LABELS[name]), filesizeformat(str(row.files[name].get("bytes", 0))))
        for name in FILE_LABELS
        if name in row.files
    ]
    may_publish = not row.is_published and _may_publish(actor, row)
    return EditionPage(row, files, PREVIEW if PREVIEW in row.files else "", _named(row), may_publish)


def _may_publish(actor: Actor, row: EditionRow) -> bool:
    return may(actor, Verb.ADOPT, unit_path(row.unit, today()), today()) and reads_all(actor, row, today())


def publish_page(actor: Actor, content_hash: str, refused: Sequence[Finding] = ()) -> PublishPage:
    """The step before publishing: what is open. For whoever may publish the edition."""
    row = _readable(actor, content_hash)
    if not _may_publish(actor, row):
        raise NotAllowed(actor, Verb.ADOPT)
    return PublishPage(row, open_points(row), [one for one in refused if one.severity is Severity.ERROR])


def _named(row: EditionRow) -> list[str]:
    """The units that an edition shows figures of, as they were called at its cut-off; not those below another."""
    if WHOLE in row.shows:
        return [say("hela kommunen", "the whole municipality")]
    plan, on = code_plan(), date.fromisoformat(str(row.metadata["cut_off"]))
    tops = [code for code in row.shows if not set(plan.path("unit", code, on)[1:]) & set(row.shows)]
    return [f"{plan.name('unit', code, on)} ({code})" for code in tops]


def publish_now(actor: Actor, content_hash: str, *, despite_open: bool) -> Sequence[Finding]:
    """Make an edition everybody's to read; what stood in the way."""
    row = _readable(actor, content_hash)
    return publish_report(actor=actor, content_hash=row.content_hash, as_of=today(), despite_open=despite_open)[1]


def file_of(actor: Actor, content_hash: str, name: str) -> Path:
    """Where a file of an edition lies, for whoever reads all that the edition shows."""
    path = edition_file(_readable(actor, content_hash), name)
    if path is None:
        raise Absent(found(PAGE_UNKNOWN))
    return path


def _readable(actor: Actor, content_hash: str) -> EditionRow:
    row = edition(content_hash)
    if row is None:
        raise Absent(found(PAGE_UNKNOWN))
    if not may_read(actor, row, today()):
        raise NotAllowed(actor, Verb.READ)
    return row


def build_now(actor: Actor, name: str) -> Built:
    """Build the report of a folder; the service asks again, on the report's own unit."""
    if not may_anywhere(actor, Verb.BUILD_REPORT):  # what is wrong with a recipe is told to its builders alone
        raise NotAllowed(actor, Verb.BUILD_REPORT)
    folder = report_folders().get(name)
    if folder is None:
        raise Absent(found(CHOICE_UNKNOWN, name=_REPORT, value=name))
    with figure_desk(partial(unreadable, actor, code_plan())) as desk:
        result = build_report(actor=actor, folder=folder, source=desk, as_of=today())
    return Built(result.edition, result.findings, _says(result))


def _says(result: BuildResult) -> str:
    number = result.edition.number if result.edition else 0
    if result.already_held:
        return say(
            "Inget har ändrats sedan utgåva {n}: det är samma utgåva.",
            "Nothing has changed since edition {n}: it is the same edition.",
            n=number,
        )
    return say("Utgåva {n} är byggd.", "Edition {n} is built.", n=number)
