"""`register`: take in and give out the code plan's registers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import click

from uppsikt.cli.output import local_actor, outcome, show_findings, show_json
from uppsikt.cli.parameters import DIMENSION, DRY_RUN, EXISTING_FILE, JSON, NEW_FILE
from uppsikt.coding.services import export_register, import_register
from uppsikt.core.language import say


@click.group("register", help=say("Register: enheter, konton, projekt …", "Registers: units, accounts, projects …"))
def register() -> None:
    """Registers of the code plan."""


@register.command(
    "import", help=say("Läs in ett register från CSV eller XLSX.", "Take in a register from CSV or XLSX.")
)
@click.argument("dimension", type=DIMENSION)
@click.argument("file", type=EXISTING_FILE)
@DRY_RUN
@JSON
def register_import(dimension: str, file: Path, dry_run: bool, as_json: bool) -> int:
    """Take in a register file; all or nothing."""
    result = import_register(
        actor=local_actor(),
        dimension=dimension,
        content=file.read_bytes(),
        name=file.name,
        as_of=date.today(),  # noqa: DTZ011 - a door may ask for today
        dry_run=dry_run,
    )
    if as_json:
        counts = {"added": result.added, "changed": result.changed, "unchanged": result.unchanged}
        show_json({**counts, "dry_run": dry_run, "findings": [f.as_json() for f in result.findings]})
        return outcome(result.findings)
    show_findings(result.findings)
    if not result.is_refused:
        sv = "{dry}{added} nya, {changed} ändrade, {same} oförändrade koder."
        en = "{dry}{added} new, {changed} changed, {same} unchanged codes."
        dry = say("Skulle ge: ", "Would give: ") if dry_run else ""
        click.echo(say(sv, en, dry=dry, added=result.added, changed=result.changed, same=result.unchanged))
    return outcome(result.findings)


@register.command(
    "export",
    help=say("Skriv ett register till fil (.csv eller .xlsx).", "Write a register to a file (.csv or .xlsx)."),
)
@click.argument("dimension", type=DIMENSION)
@click.argument("file", type=NEW_FILE)
def register_export(dimension: str, file: Path) -> int:
    """Write a register; the file's ending chooses the format."""
    format: Literal["csv", "xlsx"] = "xlsx" if file.suffix.lower() == ".xlsx" else "csv"
    file.write_bytes(export_register(dimension, format))
    click.echo(say("Skrev {file}.", "Wrote {file}.", file=file))
    return 0


COMMANDS = (register,)
