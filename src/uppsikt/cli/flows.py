"""`organisation flows`: what was booked where, and where it stands as of a day."""

from __future__ import annotations

from datetime import date

import click

from uppsikt.cli.output import Exit, show_json, show_table
from uppsikt.cli.parameters import DIMENSION, DRAFT, JSON, TO
from uppsikt.cli.statements import UNITS, round_or_latest
from uppsikt.coding.differences import Structure
from uppsikt.coding.selectors import code_plan
from uppsikt.core.formats import ABSENT, DEFAULT_DECIMALS, Unit, View
from uppsikt.core.language import say
from uppsikt.figures.definitions import Scenario
from uppsikt.figures.flows import Flow, Flows
from uppsikt.relations import flows, structure_day

_SCENARIOS = click.Choice([own.value for own in Scenario if own is not Scenario.PREVIOUS_FORECAST])


@click.command(
    "flows",
    help=say(
        "Visa vart pengarna tog vägen: från koden de bokfördes på till den de står på en dag.",
        "Show what went where: from the code money was booked on to the one it stands on as of a day.",
    ),
)
@TO
@click.option("--round", "round_key", help=say("Omgång (annars den senaste).", "Round (else the latest)."))
@click.option("--scenario", type=_SCENARIOS, default=Scenario.ACTUAL.value, show_default=True)
@click.option("--dimension", type=DIMENSION, default="unit", show_default=True)
@click.option(
    "--level",
    type=click.IntRange(0, 9),
    default=0,
    help=say("Summera på denna nivå i trädet (0 = varje kod).", "Sum on this level of the tree (0 = every code)."),
)
@click.option("--all", "with_all", is_flag=True, help=say("Också det som står kvar.", "What stays, too."))
@DRAFT
@click.option("--in", "unit_of", type=UNITS, default=Unit.TKR.value, show_default=True)
@JSON
def flows_command(
    day: date | None,
    round_key: str | None,
    scenario: str,
    dimension: str,
    level: int,
    with_all: bool,
    draft: str | None,
    unit_of: str,
    as_json: bool,
) -> int:
    """Show flows between codes, net cost as a minus."""
    result = flows(
        round_or_latest(round_key),
        dimension,
        structure_date=structure_day(day, draft),
        draft=draft,
        scenario=Scenario(scenario),
        level=level,
    )
    shown = result.flows if with_all else result.moved
    if as_json:
        show_json(
            {"dimension": dimension, "was": result.was, "day": result.day, "flows": [_json(own) for own in shown]}
        )
    else:
        _print(result, shown, draft, Unit(unit_of))
    return Exit.OK


def _print(result: Flows, shown: tuple[Flow, ...], draft: str | None, unit: Unit) -> None:
    if not shown:
        click.echo(say("Inga pengar byter kod.", "No money changes codes."))
        return
    plan, view = code_plan(draft), View(unit=unit, decimals=DEFAULT_DECIMALS[unit])
    before, after = (Structure(plan, on, result.dimension) for on in (result.was, result.day))
    headings = [
        say("Bokfört på ({day})", "Booked on ({day})", day=result.was.isoformat()),
        say("Står på ({day})", "Stands on ({day})", day=result.day.isoformat()),
        str(unit),
    ]
    rows = [[_named(before, own.source), _named(after, own.target), view.text(own.amount_ore)] for own in shown]
    show_table(headings, rows, numeric_from=2)


def _named(structure: Structure, code: str) -> str:
    return structure.name(code) if code else ABSENT


def _json(own: Flow) -> dict[str, object]:
    return {"from": own.source, "to": own.target, "amount_ore": own.amount_ore, "gross_ore": own.gross_ore}


COMMANDS = (flows_command,)
