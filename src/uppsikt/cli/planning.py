"""`budget`, `forecast`: the plan, by file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from uppsikt.cli.output import local_actor, outcome, show_findings, show_json
from uppsikt.cli.parameters import DAY, DRY_RUN, EXISTING_FILE, JSON
from uppsikt.core.formats import Unit, amount
from uppsikt.core.language import say
from uppsikt.planning.services import PlanImport, import_budget
from uppsikt.relations import actuals_of_round
from uppsikt.rounds.services import import_forecast

_SIGN = say(
    "Filen har redovisningens tecken: kostnad plus, intäkt minus (sidorna visar tvärtom).",
    "The file has the ledger's sign: cost plus, income minus (the pages show the opposite).",
)


@click.group("budget", help=say("Budgetjournalen.", "The budget journal."))
def budget() -> None:
    """The budget journal."""


@budget.command(
    "import",
    help=say("Läs in budgetbeslut från CSV eller XLSX.", "Take in budget decisions from CSV or XLSX.") + " " + _SIGN,
)
@click.argument("file", type=EXISTING_FILE)
@DRY_RUN
@JSON
def budget_import(file: Path, dry_run: bool, as_json: bool) -> int:
    """Take in budget entries; all or nothing."""
    result = import_budget(
        actor=local_actor(),
        content=file.read_bytes(),
        name=file.name,
        as_of=date.today(),  # noqa: DTZ011 - a door may ask for today
        dry_run=dry_run,
    )
    return _show(result, as_json)


@click.group("forecast", help=say("Prognoser.", "Forecasts."))
def forecast() -> None:
    """Forecasts of a round."""


@forecast.command(
    "import",
    help=say("Läs in prognoser till en öppen omgång.", "Take in forecasts to an open round.") + " " + _SIGN,
)
@click.argument("round_key", metavar=say("OMGÅNG", "ROUND"))
@click.argument("file", type=EXISTING_FILE)
@click.option(
    "--submitted-on",
    type=DAY,
    help=say("Dag då prognosen lämnades (annars i dag).", "Day of submission (else today)."),
)
@DRY_RUN
@JSON
def forecast_import(round_key: str, file: Path, submitted_on: date | None, dry_run: bool, as_json: bool) -> int:
    """Take in forecasts; all or nothing."""
    result = import_forecast(
        actor=local_actor(),
        round_key=round_key,
        content=file.read_bytes(),
        name=file.name,
        submitted_on=submitted_on or date.today(),  # noqa: DTZ011 - a door may ask for today
        actuals=actuals_of_round,
        dry_run=dry_run,
    )
    return _show(result, as_json)


def _show(result: PlanImport, as_json: bool) -> int:
    if as_json:
        show_json(
            {
                "added": result.added,
                "replaced": result.replaced,
                "unchanged": result.unchanged,
                "lines": result.line_count,
                "amount_ore": result.amount_ore,
                "dry_run": result.dry_run,
                "findings": [finding.as_json() for finding in result.findings],
            }
        )
        return outcome(result.findings)
    show_findings(result.findings)
    if not result.is_refused:
        dry = say("Skulle ge: ", "Would give: ") if result.dry_run else ""
        sv = "{dry}{added} {added:ny|nya}, {replaced} {replaced:ersatt|ersatta}, "
        sv += "{same} {same:oförändrad|oförändrade}; {lines} {lines:rad|rader}, {sum} kr."
        en = "{dry}{added} new, {replaced} replaced, {same} unchanged; {lines} {lines:line|lines}, {sum} kr."
        click.echo(
            say(
                sv,
                en,
                dry=dry,
                added=result.added,
                replaced=result.replaced,
                same=result.unchanged,
                lines=result.line_count,
                sum=amount(result.amount_ore, Unit.KR, 2),
            )
        )
    return outcome(result.findings)


COMMANDS = (budget, forecast)
