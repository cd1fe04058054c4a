"""Reminding by mail from the round's page: who would get one, and sending them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from django.urls import reverse

from uppsikt.audit.actors import Actor
from uppsikt.core.findings import Finding
from uppsikt.core.language import say
from uppsikt.planning.rounds import RoundRow
from uppsikt.rounds.reminder_services import send_reminders
from uppsikt.rounds.reminders import DueReminder
from uppsikt.web.actors import today
from uppsikt.web.acts import Act
from uppsikt.web.rounds_pages.scope import Scope, require_running, scope_of


@dataclass(frozen=True)
class RemindPage:
    """The mails that would be sent, and whom nobody can be reminded of."""

    scope: Scope
    mails: Sequence[DueReminder]
    findings: Sequence[Finding]
    may_run: bool = True

    @property
    def row(self) -> RoundRow:
        """The round."""
        return self.scope.row


def remind_page(actor: Actor, round_key: str) -> RemindPage:
    """Who would get a mail now, whatever day it is."""
    require_running(actor)
    scope = scope_of(actor, round_key)
    due = send_reminders(actor=actor, as_of=today(), round_key=round_key, whatever_day=True, dry_run=True)
    return RemindPage(scope, due.mails, due.findings)


def reminded(actor: Actor, round_key: str, root: str) -> Act:
    """Send the mails; those who got one today get no other."""

    def link(key: str, unit: str) -> str:
        return urljoin(root, reverse("forecast", args=[key, unit]) if unit else reverse("round", args=[key]))

    due = send_reminders(actor=actor, as_of=today(), round_key=round_key, whatever_day=True, link=link)
    sv, en = "{n} {n:påminnelse är skickad|påminnelser är skickade}.", "{n} {n:reminder is|reminders are} sent."
    says = say(sv, en, n=len(due.mails))
    return Act(due.findings, says, reverse("round", args=[round_key]))
