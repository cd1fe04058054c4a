"""`init`, `serve`, `demo`, `backup`, `restore`, `verify`, `explain`: the house itself."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from uppsikt.audit.actors import Actor
from uppsikt.cli.output import Exit, outcome, severity_word, show_findings, show_json
from uppsikt.cli.parameters import EXISTING_FILE, JSON, NEW_FILE
from uppsikt.core.findings import CATALOGUE, Finding
from uppsikt.core.language import say

if TYPE_CHECKING:
    from uppsikt.safekeeping import Verified

_CONNECTIONS = 1000  # browsers keep theirs open: on a round's last day everybody has the page up


def migrate() -> None:
    """Bring the database to this version's tables."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


@click.command("init", help=say("Skapa eller uppdatera databasen.", "Create or update the database."))
def init_command() -> int:
    """Create or update the database."""
    from django.conf import settings

    migrate()
    click.echo(say("Klart: {home}", "Done: {home}", home=settings.HOME))
    return Exit.OK


@click.command("serve", help=say("Starta webben.", "Serve the web."))
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64))
def serve_command(host: str, port: int, threads: int) -> int:
    """Serve the web until interrupted."""
    migrate()
    return serve(host, port, threads)


def serve(host: str, port: int, threads: int = 4) -> int:
    """Run Waitress on the given address; a taken port is a message, not a traceback."""
    import logging

    import waitress

    from uppsikt.web.wsgi import application

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a short queue is no news to whoever serves

    try:
        server = waitress.create_server(
            application, host=host, port=port, threads=threads, ident="", connection_limit=_CONNECTIONS
        )
    except OSError as error:
        click.echo(
            say(
                "Porten {port} kan inte användas ({why}). Välj en annan med --port.",
                "Port {port} can't be used ({why}). Choose another with --port.",
                port=port,
                why=error.strerror,
            ),
            err=True,
        )
        return Exit.FINDINGS
    click.echo(
        say(
            "Uppsikt finns på {address} (avsluta med Ctrl+C)",
            "Uppsikt is at {address} (stop with Ctrl+C)",
            address=f"http://{host}:{port}/",
        )
    )
    sys.stdout.flush()
    try:
        server.run()
    except KeyboardInterrupt:
        server.close()
    return Exit.OK


@click.command(
    "demo", help=say("Bygg demon Örebro 2022 och starta webben.", "Build the demo Örebro 2022 and serve the web.")
)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo-output"),
    show_default=True,
    help=say("Dit rapporten skrivs.", "Where the report is written."),
)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--no-serve", is_flag=True, help=say("Starta inte webben.", "Don't serve the web."))
def demo_command(output: Path, host: str, port: int, no_serve: bool) -> int:
    """Load the demo, build its report, print logins, serve."""
    from django.conf import settings

    from uppsikt.demo.load import about_demo, build_demo_report, load_demo

    migrate()
    settings.IS_DEMO = True
    settings.MUNICIPALITY = settings.MUNICIPALITY or about_demo()["municipality"]
    password = _demo_password(Path(settings.HOME))
    # someone of the demonstration's own: not whoever is signed in to the machine
    actor = Actor("ekonom", is_local=True)
    loaded = load_demo(actor=actor, password=password, tell=click.echo)
    show_findings(loaded.findings)
    if outcome(loaded.findings) != Exit.OK:
        return Exit.FINDINGS
    built = build_demo_report(actor=actor, output=output, tell=click.echo)
    show_findings(built.findings)
    if outcome(built.findings) != Exit.OK:
        return Exit.FINDINGS
    for path in built.files:
        click.echo(f"  {path}")
    click.echo(
        say("Inloggning i demon (lösenord: {password}):", "Demo logins (password: {password}):", password=password)
    )
    for name, role, unit in loaded.users:
        click.echo(f"  {name:<15} {role:<14} {unit}")
    return Exit.OK if no_serve else serve(host, port)


def _demo_password(home: Path) -> str:
    # made anew for each installation: a password known to everybody must not stand in the source
    kept = home / "demo-password"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(f"demo-{secrets.token_hex(4)}")
    return kept.read_text().strip()


@click.command(
    "backup",
    help=say("Skriv allt till en fil som bevisar sig själv.", "Write everything to one file that proves itself."),
)
@click.argument("file", type=NEW_FILE)
def backup_command(file: Path) -> int:
    """Back up database and folders to one zip."""
    from uppsikt.safekeeping import backup

    if file.exists():
        raise click.UsageError(say("{file} finns redan.", "{file} exists already.", file=file))
    if not file.parent.is_dir():
        raise click.UsageError(say("Mappen {folder} finns inte.", "There is no folder {folder}.", folder=file.parent))
    kept = backup(file)
    sv = "Skrev {file}: {members} delar, {size:.1f} MB. Loggens sista hash: {head}"
    en = "Wrote {file}: {members} parts, {size:.1f} MB. Head of the log: {head}"
    click.echo(say(sv, en, file=kept.path, members=kept.members, size=kept.size_bytes / 1e6, head=kept.head))
    return Exit.OK


@click.command(
    "restore",
    help=say("Återläs en säkerhetskopia till en tom installation.", "Restore a backup into an empty installation."),
)
@click.argument("file", type=EXISTING_FILE)
def restore_command(file: Path) -> int:
    """Restore a backup; nothing is touched unless every part proves whole."""
    from uppsikt.safekeeping import restore, verify

    findings = restore(file)
    show_findings(findings)
    if outcome(findings) == Exit.OK:
        head = verify().head
        click.echo(
            say(
                "Återläst och kontrollerat. Loggens sista hash: {head}",
                "Restored and verified. Head of the log: {head}",
                head=head,
            )
        )
    return outcome(findings)


def _recomputed(verified: Verified) -> Iterator[str]:
    """Which rounds were recomputed from the log, and which adopted versions from their files."""
    if verified.rounds:
        names = ", ".join(f"{own.key} ({own.state.label})" for own in verified.rounds)
        yield say("Omräknade ur loggen: {names}", "Recomputed from the log: {names}", names=names)
    if verified.versions:
        names = ", ".join(f"{own.round_key} {own.number}" for own in verified.versions)
        yield say("Omräknade fastställda versioner: {names}", "Recomputed adopted versions: {names}", names=names)


@click.command(
    "verify",
    help=say("Räkna om logg, inläsningar, omgångar och utgåvor.", "Recompute log, batches, rounds and editions."),
)
@JSON
def verify_command(as_json: bool) -> int:
    """Say whether everything kept is what it was."""
    from uppsikt.safekeeping import verify

    verified = verify()
    if as_json:
        show_json(
            {
                "whole": not verified.findings,
                "events": verified.events,
                "head": verified.head,
                "rounds": [own.key for own in verified.rounds],
                "versions": [[own.round_key, own.number] for own in verified.versions],
                "findings": [f.as_json() for f in verified.findings],
            }
        )
        return outcome(verified.findings)
    show_findings(verified.findings)
    if not verified.findings:
        sv = "Allt är helt: {events} händelser, sista hash {head}"
        en = "All is whole: {events} events, head {head}"
        click.echo(say(sv, en, events=verified.events, head=verified.head))
    for line in _recomputed(verified):
        click.echo(line)
    return outcome(verified.findings)


@click.command(
    "explain",
    help=say(
        "Förklara en kod, t.ex. L014. Utan kod listas alla.", "Explain a code, e.g. L014. Without one, list all."
    ),
)
@click.argument("code", required=False)
def explain_command(code: str | None) -> int:
    """Say what a finding's code means."""
    from uppsikt.checks import explain as _explain  # noqa: F401  (its rules are loaded when first asked for)

    if code is None:
        for rule in sorted(CATALOGUE.values(), key=lambda rule: rule.code):
            click.echo(f"{rule.code}  {severity_word(rule.severity):<12} {rule.says}")
        return Exit.OK
    known = CATALOGUE.get(code.upper())
    if known is None:
        raise click.UsageError(say("Det finns ingen kod {code}.", "There is no code {code}.", code=code))
    example = Finding(known.code, facts=known.sample)
    click.secho(f"{known.code} ({severity_word(known.severity)})", bold=True)
    click.echo(example.says)
    click.echo(f"→ {example.do}")
    return Exit.OK


COMMANDS = (
    init_command,
    serve_command,
    demo_command,
    backup_command,
    restore_command,
    verify_command,
    explain_command,
)
