"""`remind`: the day's reminders of rounds, run once a day by the machine's clock (cron, a systemd timer)."""

from __future__ import annotations

from datetime import date

import click
from django.conf import settings

from uppsikt.cli.output import local_actor, outcome, show_findings, show_json
from uppsikt.cli.parameters import DRY_RUN, JSON
from uppsikt.core.language import say
from uppsikt.rounds.reminders import Due, Link
from uppsikt.rounds.services import send_reminders


@click.command(
    "remind",
    help=say(
        "Skicka dagens påminnelser om öppna omgångar; en gång per dag och mottagare hur ofta det än körs.",
        "Send the day's reminders of open rounds; once a day to each, however often it is run.",
    ),
)
@click.option("--round", "round_key", help=say("Bara denna omgång.", "Only this round."))
@click.option(
    "--now",
    "whatever_day",
    is_flag=True,
    help=say("Även om ingen påminnelse går ut i dag.", "Even if no reminder goes out today."),
)
@DRY_RUN
@JSON
def remind(round_key: str | None, whatever_day: bool, dry_run: bool, as_json: bool) -> int:
    """Send the reminders that are due today."""
    due = send_reminders(
        actor=local_actor(),
        as_of=date.today(),  # noqa: DTZ011 - a door may ask for today
        round_key=round_key,
        whatever_day=whatever_day,
        dry_run=dry_run,
        link=_link() if settings.ADDRESS else None,
    )
    if as_json:
        show_json(_told(due, dry_run))
        return outcome(due.findings)
    show_findings(due.findings)
    for mail in due.mails:
        click.echo(f"{mail.recipient} <{mail.email}>: {mail.subject} ({len(mail.units)})")
    count = len(due.mails)
    if dry_run:
        click.echo(say("Påminnelser att skicka: {count}.", "Reminders to send: {count}.", count=count))
    else:
        click.echo(say("Skickade påminnelser: {count}.", "Reminders sent: {count}.", count=count))
    return outcome(due.findings)


def _link() -> Link:
    def page(round_key: str, unit: str) -> str:
        return f"{settings.ADDRESS}/omgangar/{round_key}/" + (f"enhet/{unit}/" if unit else "")

    return page


def _told(due: Due, dry_run: bool) -> dict[str, object]:
    mails = [
        {
            "round": mail.round.key,
            "step": mail.step,
            "recipient": mail.recipient,
            "email": mail.email,
            "due_on": mail.due_on,
            "units": [code for code, _, _ in mail.units],
        }
        for mail in due.mails
    ]
    return {"dry_run": dry_run, "mails": mails, "findings": [finding.as_json() for finding in due.findings]}


COMMANDS = (remind,)
