"""`log`: the event log at the command line, as the page shows it: newest first, or all of it as a file."""

from __future__ import annotations

from datetime import date

import click

from uppsikt.audit.chain import EventRow
from uppsikt.audit.exporting import export_log
from uppsikt.audit.selectors import LogFilter, log_page, through
from uppsikt.cli.output import Exit, local_actor, show_table
from uppsikt.cli.parameters import DAY
from uppsikt.core.hashes import short
from uppsikt.core.language import say

_LONGEST = 60


@click.command("log", help=say("Visa eller exportera händelseloggen.", "Show or export the event log."))
@click.option("--since", type=DAY, help=say("Från och med denna dag.", "From this day on."))
@click.option("--until", type=DAY, help=say("Till och med denna dag.", "Up to and with this day."))
@click.option(
    "--actor", default="", help=say("Den som gjorde det (del av namnet).", "Who did it (part of the name).")
)
@click.option("--verb", default="", help=say("Det som gjordes, t.ex. grant-role.", "What was done, e.g. grant-role."))
@click.option("--target", default="", help=say("Det som det gällde (del av texten).", "What it was done to (part)."))
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10_000))
@click.option("--json", "as_json", is_flag=True, help=say("Alla som JSON, en per rad.", "All as JSON, one a line."))
@click.option("--csv", "as_csv", is_flag=True, help=say("Alla som CSV.", "All as CSV."))
def log_command(
    since: date | None,
    until: date | None,
    actor: str,
    verb: str,
    target: str,
    limit: int,
    as_json: bool,
    as_csv: bool,
) -> int:
    """Show the newest events, or write all that are asked for, oldest first, with their seals."""
    asked = through(LogFilter(since=since, actor=actor, verb=verb, target=target), until)
    if as_json or as_csv:
        for piece in export_log(actor=local_actor(), asked=asked, suffix="jsonl" if as_json else "csv"):
            click.echo(piece, nl=False)
        return Exit.OK
    headings = say("Nr;När;Vem;Vad;Gäller;Hash", "No;When;Who;What;Target;Hash").split(";")
    show_table(headings, [_cells(row) for row in log_page(asked, limit).events], numeric_from=len(headings))
    return Exit.OK


def _cells(row: EventRow) -> list[str]:
    at = row.at.astimezone().isoformat(" ", "seconds")
    return [str(row.sequence), at, row.actor[:_LONGEST], row.verb, row.target[:_LONGEST], short(row.content_hash)]


COMMANDS = (log_command,)
