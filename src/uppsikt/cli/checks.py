"""`check`: the report audit. Runs with neither database nor settings: any report, anywhere."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click

from uppsikt.cli.messages import Exit, ended, show_findings
from uppsikt.core.findings import Finding, Severity, has_errors
from uppsikt.core.language import say

if TYPE_CHECKING:
    from uppsikt.checks.output.terminal import Look
    from uppsikt.checks.running import Looked
    from uppsikt.checks.selection import Settings

FORMATS = ("text", "json", "sarif", "html")
LEVELS = ("error", "warning", "note")
_BY_SUFFIX = {".txt": "text", ".json": "json", ".sarif": "sarif", ".html": "html", ".htm": "html", ".pdf": "pdf"}


@dataclass(frozen=True, slots=True)
class _Run:
    """What was asked for, once options and settings file are read."""

    paths: tuple[Path, ...]
    settings: Settings
    level: Severity
    format: str
    outputs: tuple[Path, ...]
    write_baseline: Path | None = None


def run_alone(arguments: Sequence[str]) -> int:
    """Run `uppsikt check` without Django; a fault of the program is kept in a file, never shown as a traceback."""
    alone = click.Group("uppsikt", commands={"check": check_command})
    alone.params.append(click.Option(["--lang"], expose_value=False))
    try:
        return ended(alone, arguments)
    except BrokenPipeError:
        sys.stderr.close()
        return Exit.OK
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except Exception:
        return _program_error()


def _program_error() -> int:
    if os.environ.get("UPPSIKT_DEBUG") == "1":
        traceback.print_exc()
        return Exit.PROGRAM_ERROR
    with tempfile.NamedTemporaryFile("w", prefix="uppsikt-check-", suffix=".txt", delete=False) as kept:
        kept.write(traceback.format_exc())
    sv = "Ett fel i programmet hindrade granskningen. Beskrivningen ligger i {kept}."
    en = "A fault in the program stopped the audit. The description is in {kept}."
    click.echo(say(sv, en, kept=kept.name), err=True)
    return Exit.PROGRAM_ERROR


def is_asked_for(arguments: Sequence[str]) -> bool:
    """Whether the command line asks for `check` (options may stand before it)."""
    rest = list(arguments)
    while rest and rest[0].startswith("-"):
        rest = rest[2:] if rest[0] == "--lang" else rest[1:]
    return rest[:1] == ["check"]


@click.command(
    "check",
    help=say(
        "Granska rapporter (PDF, Word, HTML, text): vilka siffror och påståenden går inte ihop? Mappar söks igenom.",
        "Check reports (PDF, Word, HTML, text): which figures and claims do not hang together? Folders are searched.",
    ),
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[REPORT]...")
@click.option(
    "--select", multiple=True, help=say("Bara dessa regler (kod, början av kod, namn).", "These rules only.")
)
@click.option("--ignore", multiple=True, help=say("Inte dessa regler.", "Not these rules."))
@click.option(
    "--level",
    type=click.Choice(LEVELS),
    default="note",
    show_default=True,
    help=say("Visa bara det som är minst så allvarligt.", "Show only what is at least this severe."),
)
@click.option(
    "--fail-on",
    type=click.Choice([*LEVELS, "never"]),
    help=say("Slutkod 1 från och med detta (annars error).", "Exit with 1 from this severity on (else error)."),
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help=say("Vad som skrivs ut.", "What is printed."),
)
@click.option(
    "--output",
    "-o",
    "outputs",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help=say(
        "Skriv också till fil; slaget syns på ändelsen: .html, .pdf (rapporten med anmärkningarna), .sarif, .json, "
        ".txt.",
        "Also write a file of the kind its suffix says: .html, .pdf (the report with its remarks), .sarif, .json, "
        ".txt.",
    ),
)
@click.option(
    "--baseline",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=say("Visa inte det som var känt.", "Don't show what was known."),
)
@click.option(
    "--write-baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    help=say("Skriv allt som hittas som känt.", "Write all that is found as known."),
)
@click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=say(
        "Inställningar (annars närmaste uppsikt-check.toml).", "Settings (else the nearest uppsikt-check.toml)."
    ),
)
@click.option(
    "--watch", "is_watching", is_flag=True, help=say("Granska om när en fil sparas.", "Check again on save.")
)
@click.option("--explain", metavar="CODE", help=say("Förklara en regel.", "Explain a rule."))
@click.option("--rules", "is_listing", is_flag=True, help=say("Lista reglerna.", "List the rules."))
def check_command(
    paths: tuple[Path, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    level: str,
    fail_on: str | None,
    format_: str,
    outputs: tuple[Path, ...],
    baseline: Path | None,
    write_baseline: Path | None,
    config: Path | None,
    is_watching: bool,
    explain: str | None,
    is_listing: bool,
) -> int:
    """Check reports."""
    from uppsikt.checks.running import files_in
    from uppsikt.checks.selection import NotSettings

    if explain is not None:
        return _explain(explain)
    if is_listing:
        return _list()
    if not paths:
        raise click.UsageError(say("Ange minst en rapport.", "Name at least one report."))
    try:
        settings = _with_options(_settings(paths, config), select, ignore, fail_on, baseline)
    except NotSettings as error:
        show_findings([error.finding])
        return Exit.USAGE
    run = _Run(tuple(files_in(paths)), settings, Severity(level), format_, outputs, write_baseline)
    _refuse_impossible(run)
    return _watch(run) if is_watching else _once(run)


def _explain(asked: str) -> int:
    from uppsikt.checks.explain import code_of, explained, near

    code = code_of(asked)
    if not code:
        meant = near(asked)
        hint = say(" Menade du {meant}?", " Did you mean {meant}?", meant=meant) if meant else ""
        raise click.UsageError(say("Det finns ingen regel {code}.", "There is no rule {code}.", code=asked) + hint)
    click.echo(explained(code, _look()), nl=False)
    return Exit.OK


def _list() -> int:
    from uppsikt.checks.explain import listed

    click.echo(listed(_look()), nl=False)
    return Exit.OK


def _look() -> Look:
    from uppsikt.checks.output.terminal import Look

    has_colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return Look(max(get_terminal_size((110, 24)).columns, 40), has_colour)


def _settings(paths: Sequence[Path], config: Path | None) -> Settings:
    from uppsikt.checks.selection import Settings, read_settings, settings_file

    first = paths[0].resolve()
    path = config or settings_file(first if first.is_dir() else first.parent)
    return read_settings(path) if path else Settings()


def _with_options(
    settings: Settings, select: Sequence[str], ignore: Sequence[str], fail_on: str | None, baseline: Path | None
) -> Settings:
    """Options add to `ignore` of the settings file and stand in for the rest of it."""
    from uppsikt.checks.selection import split, unknown

    wanted, unwanted = split(select), split(ignore)
    strange = unknown([*wanted, *unwanted])
    if strange:
        known = say("uppsikt check --rules listar dem", "uppsikt check --rules lists them")
        sv, en = "Det finns ingen regel {code} ({known}).", "There is no rule {code} ({known})."
        raise click.UsageError(say(sv, en, code=", ".join(strange), known=known))
    return replace(
        settings,
        select=wanted or settings.select,
        ignore=(*settings.ignore, *unwanted),
        fail_on=fail_on or settings.fail_on,
        baseline=baseline or settings.baseline,
    )


def _refuse_impossible(run: _Run) -> None:
    """Outputs that can't be made are usage errors before anything is read."""
    for path in run.outputs:
        kind = _BY_SUFFIX.get(path.suffix.lower())
        if kind is None:
            sv, en = "{path}: ändelsen ska vara en av {known}.", "{path}: the suffix must be one of {known}."
            raise click.UsageError(say(sv, en, path=path, known=" ".join(_BY_SUFFIX)))
        if not path.parent.is_dir():
            sv, en = "Mappen {folder} finns inte.", "There is no folder {folder}."
            raise click.UsageError(say(sv, en, folder=path.parent))
        if path.resolve() in {own.resolve() for own in run.paths}:
            sv, en = "{path} är rapporten själv; den skrivs inte över.", "{path} is the report itself; it is kept."
            raise click.UsageError(say(sv, en, path=path))
        if kind == "pdf" and len(run.paths) != 1:
            sv, en = "En PDF med anmärkningar görs av en rapport i taget.", "A marked PDF is made of one report."
            raise click.UsageError(say(sv, en))


def _once(run: _Run) -> int:
    from uppsikt.checks.baseline import NotABaseline, entries_of, read_baseline, write_baseline
    from uppsikt.checks.running import look_at_files

    try:
        known = read_baseline(run.settings.baseline) if run.settings.baseline and not run.write_baseline else None
    except NotABaseline as error:
        show_findings([error.finding])
        return Exit.USAGE
    looked = look_at_files(run.paths, run.settings, known)
    if run.write_baseline:
        entries = entries_of(looked.outcomes)
        write_baseline(run.write_baseline, entries)
        show_findings(looked.findings)
        sv, en = "Skrev {path}. Kända anmärkningar: {count}.", "Wrote {path}. Known remarks: {count}."
        click.echo(say(sv, en, count=len(entries), path=run.write_baseline))
        return Exit.FINDINGS if has_errors(looked.findings) else Exit.OK
    return _tell(run, looked)


def _tell(run: _Run, looked: Looked) -> int:
    shown = replace(looked, outcomes=tuple(one.limited_to(run.level) for one in looked.outcomes))
    show_findings(looked.findings)
    if shown.outcomes or run.format != "text":
        click.echo(_made(run.format, shown), nl=False)
    findings: list[Finding] = []
    for path in run.outputs:
        findings += _write(path, run, shown)
    show_findings(findings)
    if has_errors([*looked.findings, *findings]):
        return Exit.FINDINGS
    fails = run.settings.fail_on != "never" and any(
        one.reaches(Severity(run.settings.fail_on)) for one in looked.outcomes
    )
    return Exit.FINDINGS if fails else Exit.OK


def _made(kind: str, looked: Looked, look: Look | None = None) -> str:
    from uppsikt.checks.output import html, json_, sarif, terminal

    makers: dict[str, Callable[[], str]] = {
        "text": lambda: terminal.as_text(looked.outcomes, look or _look()),
        "json": lambda: json_.as_json(looked.outcomes, looked.findings),
        "sarif": lambda: sarif.as_sarif(looked.outcomes, looked.findings),
        "html": lambda: html.as_html(looked.outcomes, lambda one: Path(one.path).read_bytes()),
    }
    return makers[kind]()


def _write(path: Path, run: _Run, looked: Looked) -> list[Finding]:
    """Write one output file; what stops it is a finding."""
    from uppsikt.checks.output.pdf import as_pdf, not_a_pdf
    from uppsikt.checks.output.terminal import Look

    kind = _BY_SUFFIX[path.suffix.lower()]
    if kind != "pdf":
        path.write_text(_made(kind, looked, Look()), encoding="utf-8")
    else:
        for one in looked.outcomes:
            if one.document.kind != "pdf":
                return [not_a_pdf(one.document.source)]
            path.write_bytes(as_pdf(run.paths[0].read_bytes(), one))
    click.echo(say("Skrev {path}.", "Wrote {path}.", path=path), err=True)
    return []


def _watch(run: _Run) -> int:
    from uppsikt.checks.watch import watch

    def look() -> None:
        if sys.stdout.isatty():
            click.clear()
        _once(run)
        click.echo(say("Väntar på ändringar (Ctrl+C avslutar).", "Waiting for changes (Ctrl+C ends)."), err=True)

    try:
        watch(run.paths, look)
    except KeyboardInterrupt:
        click.echo(err=True)
    return Exit.OK


COMMANDS = (check_command,)
