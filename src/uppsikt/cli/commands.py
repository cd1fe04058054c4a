"""The tree of commands. Each module beside this one holds one task's commands."""

from __future__ import annotations

import click

import uppsikt
from uppsikt.cli import (
    bridges,
    checks,
    house,
    ledger,
    log,
    organisation,
    planning,
    registers,
    remind,
    reports,
    rounds,
    savings,
    settlements,
    statements,
    suggestions,
    users,
)
from uppsikt.core.language import say


@click.group(
    help=say(
        "Uppsikt: från huvudbok till beslutad delårsrapport.",
        "Uppsikt: from ledger to decided interim report.",
    ),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.option("--lang", help=say("Språk: sv eller en (annars LANG).", "Language: sv or en (else LANG)."))
@click.version_option(uppsikt.__version__, prog_name="uppsikt")
def cli(lang: str | None) -> None:
    """`--lang` is read before the commands are loaded (see `uppsikt.cli.language_of`)."""


for command in (
    *ledger.COMMANDS,
    *registers.COMMANDS,
    *organisation.COMMANDS,
    *planning.COMMANDS,
    *rounds.COMMANDS,
    *remind.COMMANDS,
    *suggestions.COMMANDS,
    *savings.COMMANDS,
    *settlements.COMMANDS,
    *statements.COMMANDS,
    *bridges.COMMANDS,
    *reports.COMMANDS,
    *checks.COMMANDS,
    *users.COMMANDS,
    *log.COMMANDS,
    *house.COMMANDS,
):
    cli.add_command(command)
