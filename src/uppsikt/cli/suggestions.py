"""`suggest` and `accuracy`: what the computer proposes for a round, and how right it and the units were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

import click

from uppsikt.cli.output import Exit, local_actor, outcome, show_findings, show_json, show_table
from uppsikt.cli.parameters import JSON
from uppsikt.core.formats import Unit, amount, percent
from uppsikt.core.language import say
from uppsikt.forecasting import services
from uppsikt.forecasting.accuracy import AccuracyRow, by
from uppsikt.forecasting.selectors import accuracy, ended_rounds, suggestions


@click.command("suggest", help=say("Gör förslag till en öppen omgång.", "Make suggestions for an open round."))
@click.argument("round_key", metavar=say("OMGÅNG", "ROUND"))
@JSON
def suggest(round_key: str, as_json: bool) -> int:
    """Make suggestions for every unit and account group; ask again after new actuals."""
    today = date.today()  # noqa: DTZ011 - a door may ask for today
    done = services.suggest(actor=local_actor(), round_key=round_key, as_of=today)
    if as_json:
        rows = [
            {"unit": unit, "account": account, **asdict(row), "method": str(row.method), "why": str(row.why)}
            for (unit, account), row in suggestions(round_key).items()
        ]
        findings = [finding.as_json() for finding in done.findings]
        show_json({"changed": done.changed, "unchanged": done.unchanged, "suggestions": rows, "findings": findings})
        return outcome(done.findings)
    show_findings(done.findings)
    if not done.findings:
        sv, en = "{changed} nya förslag, {same} oförändrade.", "{changed} new suggestions, {same} unchanged."
        click.echo(say(sv, en, changed=done.changed, same=done.unchanged))
    return outcome(done.findings)


@click.command(
    "accuracy",
    help=say(
        "Visa hur rätt prognoserna har varit, för år vars alla månader är inlästa.",
        "Show how right forecasts have been, for years of which all months are held.",
    ),
)
@click.option("--unit", "units", multiple=True, help=say("Endast denna enhet.", "This unit only."))
@JSON
def show_accuracy(units: Sequence[str], as_json: bool) -> int:
    """Bias and error of the units' forecasts beside the suggestions', by unit; JSON has every group and round."""
    rows = accuracy(ended_rounds(), units or None)
    if as_json:
        show_json([asdict(row) for row in rows])
        return Exit.OK
    if not rows:
        sv = "Inget år med prognoser har alla sina månader inlästa ännu."
        click.echo(say(sv, "No year with forecasts has all its months in the ledger yet."))
        return Exit.OK
    headings = [
        say("Enhet", "Unit"),
        say("Omgångar", "Rounds"),
        say("Skevhet, tkr", "Bias, tkr"),
        say("Fel, tkr", "Error, tkr"),
        say("Fel, % av budget", "Error, % of budget"),
        say("Förslagens fel, %", "Suggestions' error, %"),
    ]
    show_table(headings, [_cells(row) for row in by(rows, lambda row: (row.unit, "")).values()], numeric_from=1)
    return Exit.OK


def _cells(row: AccuracyRow) -> list[str]:
    return [
        row.unit,
        str(row.rounds),
        amount(row.bias_ore, Unit.TKR),
        amount(row.error_ore, Unit.TKR),
        percent(row.share(row.error_ore)),
        percent(row.share(row.suggestion_error_ore)),
    ]


COMMANDS = (suggest, show_accuracy)
