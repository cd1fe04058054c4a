"""`budget`, `forecast`, `round`: the plan, by file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from uppsikt.cli.output import Exit, local_actor, outcome, show_findings, show_json, show_table
from uppsikt.cli.parameters import DAY, DRY_RUN, EXISTING_FILE, JSON
from uppsikt.core.formats import Unit, amount
from uppsikt.core.language import say
from uppsikt.planning import services
from uppsikt.planning.kinds import RoundKind
from uppsikt.planning.selectors import rounds
from uppsikt.planning.services import PlanImport, RoundChange
from uppsikt.planning.states import State
from uppsikt.relations import actuals_of_round


@click.group("budget", help=say("Budgetjournalen.", "The budget journal."))
def budget() -> None:
    """The budget journal."""


@budget.command(
    "import", help=say("Läs in budgetbeslut från CSV eller XLSX.", "Take in budget decisions from CSV or XLSX.")
)
@click.argument("file", type=EXISTING_FILE)
@DRY_RUN
@JSON
def budget_import(file: Path, dry_run: bool, as_json: bool) -> int:
    """Take in budget entries; all or nothing."""
    result = services.import_budget(
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


@forecast.command("import", help=say("Läs in prognoser till en öppen omgång.", "Take in forecasts to an open round."))
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
    result = services.import_forecast(
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
        sv = "{dry}{added} nya, {replaced} ersatta, {same} oförändrade; {lines} rader, {sum} kr."
        en = "{dry}{added} new, {replaced} replaced, {same} unchanged; {lines} lines, {sum} kr."
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


@click.group("round", help=say("Uppföljningsomgångar.", "Follow-up rounds."))
def round_group() -> None:
    """Follow-up rounds."""


@round_group.command("list", help=say("Lista omgångarna.", "List the rounds."))
@JSON
def round_list(as_json: bool) -> int:
    """List all rounds."""
    known = rounds()
    if as_json:
        show_json([{"key": own.key, "name": own.name, "cut_off": own.cut_off, "state": own.state} for own in known])
        return Exit.OK
    headings = [say("Nyckel", "Key"), say("Namn", "Name"), say("Avläsningsdag", "Cut-off"), say("Läge", "State")]
    rows = [[own.key, own.name, own.cut_off.isoformat(), str(own.state.label)] for own in known]
    show_table(headings, rows, numeric_from=4)
    return Exit.OK


@round_group.command("create", help=say("Skapa en omgång.", "Create a round."))
@click.argument("key")
@click.option("--name", required=True)
@click.option("--kind", type=click.Choice([kind.value for kind in RoundKind]), required=True)
@click.option("--year", type=int, required=True)
@click.option("--cut-off", type=DAY, required=True, help=say("Sista dag för utfall.", "Last day of actuals."))
@click.option("--deadline", type=DAY, required=True)
@click.option("--previous", help=say("Föregående omgång.", "The round before."))
def round_create(
    key: str, name: str, kind: str, year: int, cut_off: date, deadline: date, previous: str | None
) -> int:
    """Create a round as a draft."""
    change = services.create_round(
        actor=local_actor(),
        key=key,
        name=name,
        kind=RoundKind(kind),
        year=year,
        cut_off=cut_off,
        deadline=deadline,
        as_of=date.today(),  # noqa: DTZ011 - a door may ask for today
        previous_key=previous,
    )
    return _show_round(change)


@round_group.command("state", help=say("Öppna, stäng eller fastställ en omgång.", "Open, close or adopt a round."))
@click.argument("key")
@click.argument("state", type=click.Choice([state.value for state in State]))
def round_state(key: str, state: str) -> int:
    """Take a round one step along its states."""
    today = date.today()  # noqa: DTZ011 - a door may ask for today
    return _show_round(services.change_state(actor=local_actor(), key=key, to=State(state), as_of=today))


def _show_round(change: RoundChange) -> int:
    show_findings(change.findings)
    if not change.findings and change.round:
        click.echo(f"{change.round.key}: {change.round.state.label}")
    return outcome(change.findings)


COMMANDS = (budget, forecast, round_group)
