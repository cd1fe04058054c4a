"""Sending the day's reminders: by the clock (`uppsikt remind`) and from the round's page.

Each mail has the round's days with it as a calendar file, and says that no human being sent it (RFC 3834), so that
nobody's automatic answer comes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from uppsikt.audit.actors import Actor, Verb, require
from uppsikt.audit.services import record
from uppsikt.core.findings import Finding, found
from uppsikt.planning.models import Round
from uppsikt.planning.rounds import RoundRow
from uppsikt.rounds.calendars import calendar
from uppsikt.rounds.findings import MAIL_FAILED
from uppsikt.rounds.models import Reminder
from uppsikt.rounds.reminders import Due, DueReminder, Link, due_reminders
from uppsikt.rounds.selectors import setup_row

_HEADERS = {"Auto-Submitted": "auto-generated"}
_CALENDAR = "text/calendar; charset=utf-8; method=PUBLISH"


def send_reminders(
    *,
    actor: Actor,
    as_of: date,
    round_key: str | None = None,
    whatever_day: bool = False,
    dry_run: bool = False,
    link: Link | None = None,
) -> Due:
    """Send the mails that are due, each once a day whoever asks; what could not be sent is a finding.

    Returns the mails that were sent (or would be, where `dry_run`).
    """
    require(actor, Verb.RUN_ROUND, (), as_of)
    due = due_reminders(as_of, round_key, whatever_day=whatever_day)
    if dry_run or not due.mails:
        return due
    claimed = _claim(due.mails, as_of)
    sent, failures = _send(claimed, link, as_of)
    _record(actor, claimed, sent, as_of)
    return replace(due, mails=tuple(sent), findings=(*due.findings, *failures))


@transaction.atomic
def _claim(mails: Sequence[DueReminder], as_of: date) -> list[DueReminder]:
    # noted before it is sent: the clock and the button at the same moment are still one mail
    ids = dict(Round.objects.filter(key__in={mail.round.key for mail in mails}).values_list("key", "pk"))
    claimed = []
    for mail in mails:
        _, is_ours = Reminder.objects.get_or_create(
            round_id=ids[mail.round.key], step=mail.step, recipient=mail.recipient, sent_on=as_of
        )
        claimed += [mail] if is_ours else []
    return claimed


def _send(mails: Sequence[DueReminder], link: Link | None, as_of: date) -> tuple[list[DueReminder], list[Finding]]:
    # outside any transaction: a slow mail server must not hold up those who save
    sent, failures = [], []
    connection = get_connection()
    calendars = {mail.round.key: _calendar(mail.round, link, as_of) for mail in mails}
    for mail in mails:
        message = EmailMessage(
            mail.subject, mail.body(link), to=[mail.email], headers=_HEADERS, connection=connection
        )
        message.attach(f"{mail.round.key}.ics", calendars[mail.round.key], _CALENDAR)
        try:
            message.send()
        except (OSError, SMTPException, ValueError) as error:
            failures.append(found(MAIL_FAILED, recipient=mail.recipient, reason=str(error)))
        else:
            sent.append(mail)
    return sent, failures


def _calendar(row: RoundRow, link: Link | None, as_of: date) -> str:
    setup = setup_row(row.key)
    if setup is None:
        raise ValueError(f"{row.key} was never set up, and reminds nobody")
    stamped_at, address = datetime.combine(as_of, time(), UTC), link(row.key, "") if link else ""
    return calendar(row, setup, municipality=settings.MUNICIPALITY, stamped_at=stamped_at, address=address)


@transaction.atomic
def _record(actor: Actor, claimed: Sequence[DueReminder], sent: Sequence[DueReminder], as_of: date) -> None:
    for mail in claimed:
        if mail not in sent:
            own = Reminder.objects.filter(round__key=mail.round.key, step=mail.step, recipient=mail.recipient)
            own.filter(sent_on=as_of).delete()
    for key, step in dict.fromkeys((mail.round.key, mail.step) for mail in sent):
        recipients = [mail.recipient for mail in sent if (mail.round.key, mail.step) == (key, step)]
        payload = {"step": step, "recipients": recipients}
        record(actor=actor, verb="send-reminders", target=f"round:{key}", payload=payload)
