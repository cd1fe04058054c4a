"""`report`, `facts`: build and adopt reports, take in outside facts and local statements."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from uppsikt.adoption.reading import figure_desk
from uppsikt.cli.output import Exit, local_actor, outcome, show_findings, show_json, show_table
from uppsikt.cli.parameters import DAY, DRY_RUN, EXISTING_FILE, JSON
from uppsikt.core.findings import NotFound
from uppsikt.core.hashes import short
from uppsikt.core.language import say
from uppsikt.reports import services
from uppsikt.reports.handout import hand_out
from uppsikt.reports.renderers import ALL_FORMATS
from uppsikt.reports.selectors import EditionRow, editions
from uppsikt.reports.services import BuildResult
from uppsikt.reports.writing.texts import export_texts, import_texts


@click.group("report", help=say("Rapporter.", "Reports."))
def report() -> None:
    """Reports."""


@report.command("build", help=say("Bygg en rapport ur sin mapp.", "Build a report from its folder."))
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--output",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    help=say("Lägg filerna även här.", "Lay the files here too."),
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(ALL_FORMATS),
    help=say("Bara dessa format (kan upprepas).", "Only these formats (may be repeated)."),
)
@JSON
def report_build(folder: Path, output: Path | None, formats: tuple[str, ...], as_json: bool) -> int:
    """Build an edition; the same content is the same edition."""
    with figure_desk() as desk:
        done = services.build_report(
            actor=local_actor(),
            folder=folder,
            source=desk,
            as_of=date.today(),  # noqa: DTZ011 - a door may ask for today
            formats=formats or ALL_FORMATS,
        )
    files = hand_out(done.edition, output) if done.edition and output else ()
    if as_json:
        _show_build_json(done, files)
        return outcome(done.findings)
    show_findings(done.findings)
    if done.edition:
        sv, en = "Utgåva {number}, innehåll {hash}", "Edition {number}, content {hash}"
        click.echo(say(sv, en, number=done.edition.number, hash=short(done.edition.content_hash)))
        for path in files:
            click.echo(f"  {path}")
    return outcome(done.findings)


def _show_build_json(done: BuildResult, files: tuple[Path, ...]) -> None:
    edition = done.edition
    show_json(
        {
            "report": edition.report_key if edition else None,
            "edition": edition.number if edition else None,
            "content_hash": edition.content_hash if edition else None,
            "already_held": done.already_held,
            "files": [str(path) for path in files],
            "findings": [finding.as_json() for finding in done.findings],
        }
    )


@report.command("list", help=say("Lista utgåvorna.", "List the editions."))
@JSON
def report_list(as_json: bool) -> int:
    """List all editions."""
    held = editions()
    if as_json:
        keys = ("report_key", "number", "content_hash", "is_adopted", "built_at", "decision", "published_at")
        show_json([{key: getattr(own, key) for key in keys} for own in held])
        return Exit.OK
    headings = [say("Rapport", "Report"), say("Utgåva", "Edition"), say("Innehåll", "Content"), say("Läge", "State")]
    rows = [
        [
            own.report_key,
            str(own.number),
            short(own.content_hash),
            _state(own),
        ]
        for own in held
    ]
    show_table(headings, rows, numeric_from=4)
    return Exit.OK


def _state(edition: EditionRow) -> str:
    state = say("fastställd", "adopted") if edition.is_adopted else say("byggd", "built")
    return state + say(", offentlig", ", public") if edition.is_published else state


@report.command(
    "adopt", help=say("Fastställ en utgåva; den ändras aldrig mer.", "Adopt an edition; it never changes again.")
)
@click.argument("content_hash")
@click.option("--decision", required=True, help=say("Beslutsreferens, t.ex. Ks 123/2022 § 7.", "Decision reference."))
@click.option("--adopted-on", type=DAY, required=True, help=say("Beslutsdag.", "Day of decision."))
@click.option(
    "--despite-remarks",
    is_flag=True,
    help=say("Också om granskningen säger att något är fel.", "Even if the report audit says something is wrong."),
)
def report_adopt(content_hash: str, decision: str, adopted_on: date, despite_remarks: bool) -> int:
    """Freeze an edition with its decision."""
    edition, findings = services.adopt_report(
        actor=local_actor(),
        content_hash=content_hash,
        adopted_on=adopted_on,
        decision=decision,
        as_of=date.today(),  # noqa: DTZ011 - a door may ask for today
        despite_remarks=despite_remarks,
    )
    show_findings(findings)
    if edition:
        sv, en = "Fastställd: {report} utgåva {number}", "Adopted: {report} edition {number}"
        click.echo(say(sv, en, report=edition.report_key, number=edition.number))
    return outcome(findings)


@report.command(
    "publish", help=say("Offentliggör en utgåva: alla får läsa den.", "Publish an edition: everybody may read it.")
)
@click.argument("content_hash")
@click.option(
    "--despite-open",
    is_flag=True,
    help=say("Också om något är öppet: omgången, avsnitt, iakttagelser.", "Even if something is open."),
)
def report_publish(content_hash: str, despite_open: bool) -> int:
    """Make an edition everybody's to read."""
    edition, findings = services.publish_report(
        actor=local_actor(),
        content_hash=content_hash,
        as_of=date.today(),  # noqa: DTZ011 - a door may ask for today
        despite_open=despite_open,
    )
    show_findings(findings)
    if edition:
        sv, en = "Offentliggjord: {report} utgåva {number}", "Published: {report} edition {number}"
        click.echo(say(sv, en, report=edition.report_key, number=edition.number))
    return outcome(findings)


@report.group("texts", help=say("Rapportens texter: ut till en mapp och in igen.", "A report's texts: out and in."))
def texts() -> None:
    """A report's texts."""


@texts.command("export", help=say("Lägg ut texterna som en mapp.", "Lay the texts out as a folder."))
@click.argument("report_key")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def texts_export(report_key: str, folder: Path) -> int:
    """Write the kept texts as the files they can be taken in from."""
    try:
        laid = export_texts(report_key, folder)
    except NotFound as error:
        show_findings([error.finding])
        return outcome([error.finding])
    for path in laid:
        click.echo(f"  {path}")
    return Exit.OK


@texts.command(
    "import", help=say("Ta in en mapps texter som nya versioner.", "Take a folder's texts as new versions.")
)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@DRY_RUN
def texts_import(folder: Path, dry_run: bool) -> int:
    """Take in texts; all or none, and the same again changes nothing."""
    done = import_texts(
        actor=local_actor(),
        folder=folder,
        as_of=date.today(),  # noqa: DTZ011 - a door may ask for today
        dry_run=dry_run,
    )
    show_findings(done.findings)
    sv, en = (
        "{added} nya, {changed} ändrade, {dropped} utgångna, {same} oförändrade avsnitt.",
        "{added} new, {changed} changed, {dropped} dropped, {same} unchanged sections.",
    )
    counts = {"added": len(done.added), "changed": len(done.changed), "dropped": len(done.dropped)}
    click.echo(say(sv, en, **counts, same=done.unchanged))
    return outcome(done.findings)


@click.group("facts", help=say("Uppgifter utifrån, med källa.", "Outside facts, with their sources."))
def facts() -> None:
    """Outside facts."""


@facts.command("import", help=say("Läs in uppgifter från CSV eller XLSX.", "Take in facts from CSV or XLSX."))
@click.argument("file", type=EXISTING_FILE)
@DRY_RUN
def facts_import(file: Path, dry_run: bool) -> int:
    """Take in outside facts; all or none."""
    done = services.import_facts(
        actor=local_actor(),
        content=file.read_bytes(),
        name=file.name,
        as_of=date.today(),  # noqa: DTZ011 - a door may ask for today
        dry_run=dry_run,
    )
    show_findings(done.findings)
    sv, en = (
        "{added} nya, {changed} ändrade, {same} oförändrade.",
        "{added} new, {changed} changed, {same} unchanged.",
    )
    click.echo(say(sv, en, added=done.added, changed=done.changed, same=done.unchanged))
    return outcome(done.findings)


@click.command("define", help=say("Spara en egen uppställning (YAML).", "Keep a statement of your own (YAML)."))
@click.argument("file", type=EXISTING_FILE)
def define_command(file: Path) -> int:
    """Check a statement definition and keep it before the shipped one of the same key."""
    key, findings = services.save_statement(
        actor=local_actor(),
        content=file.read_text(encoding="utf-8", errors="replace"),
        name=file.name,
        as_of=date.today(),  # noqa: DTZ011 - a door may ask for today
    )
    show_findings(findings)
    if key:
        click.echo(say("Sparade uppställningen {key}.", "Kept the statement {key}.", key=key))
    return outcome(findings)


COMMANDS = (report, facts, define_command)
