"""`import`, `batches`, `export`, `profile`: ledger files in and out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from uppsikt.cli.output import Exit, local_actor, outcome, progress, show_findings, show_json, show_table
from uppsikt.cli.registers import EXISTING_FILE
from uppsikt.core.formats import Unit, amount
from uppsikt.core.language import say
from uppsikt.ledger import services
from uppsikt.ledger.export import export_sie4
from uppsikt.ledger.profiles import Profile, load_profile
from uppsikt.ledger.selectors import active_batches, profile_named, profiles
from uppsikt.ledger.services import ImportResult


@click.command(
    "import",
    help=say(
        "Läs in en huvudboksfil (SIE 4, SIE 5, CSV, XLSX) som ett parti: allt eller inget.",
        "Take in a ledger file (SIE 4, SIE 5, CSV, XLSX) as a batch: all or nothing.",
    ),
)
@click.argument("file", type=EXISTING_FILE)
@click.option(
    "--profile",
    "-p",
    "profile_name",
    default="sie",
    show_default=True,
    help=say("Profil: namn eller YAML-fil.", "Profile: a name or a YAML file."),
)
@click.option(
    "--dry-run",
    is_flag=True,
    help=say("Visa vad som skulle hända; ändra inget.", "Show what would happen; change nothing."),
)
@click.option(
    "--replace",
    is_flag=True,
    help=say("Ersätt partier med samma verifikationer.", "Replace batches that hold the same vouchers."),
)
@click.option("--json", "as_json", is_flag=True, help=say("Skriv JSON.", "Write JSON."))
def import_command(file: Path, profile_name: str, dry_run: bool, replace: bool, as_json: bool) -> int:
    """Take in one ledger file."""
    profile = _profile(profile_name)
    if profile is None:
        return Exit.FINDINGS
    with progress(file.name) as step:
        result = services.import_file(
            actor=local_actor(),
            path=file,
            profile=profile,
            as_of=date.today(),  # noqa: DTZ011 - a door may ask for today
            dry_run=dry_run,
            replace=replace,
            progress=step,
        )
    if as_json:
        show_json(_result_json(result))
    else:
        _show_result(result)
    return outcome(result.findings)


def _profile(name: str) -> Profile | None:
    path = Path(name)
    if path.suffix.lower() in (".yaml", ".yml"):
        if not path.is_file():
            raise click.UsageError(say("Filen {path} finns inte.", "There is no file {path}.", path=path))
        profile, findings = load_profile(path.read_text(encoding="utf-8"), path.name)
        show_findings(findings)
        return profile
    profile = profile_named(name)
    if profile is None:
        known = ", ".join(sorted(profiles()))
        raise click.UsageError(
            say(
                "Ingen profil heter {name}. De som finns: {known}.",
                "No profile {name}. There are: {known}.",
                name=name,
                known=known,
            )
        )
    return profile
