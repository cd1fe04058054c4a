"""The house is never without an administrator: what would leave it so is undone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from django.db import transaction
from django.utils import timezone

from uppsikt.audit.actors import WHOLE, Actor, Role, Verb, require
from uppsikt.audit.chain import hold_people
from uppsikt.audit.findings import LAST_ADMINISTRATOR
from uppsikt.audit.models import RoleAssignment
from uppsikt.core.findings import Finding, found
from uppsikt.core.periods import FOREVER


class NoAdministratorLeft(Exception):
    """A change would end the last administrator of the whole municipality; nothing of it was kept."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.finding: Finding = found(LAST_ADMINISTRATOR, day=day)


def require_administrator(actor: Actor) -> None:
    """Raise `NotAllowed` unless the actor administers the whole municipality.

    Asked of the day it happens, as the log's time is: what is given may begin another day.
    """
    require(actor, Verb.ADMINISTER, (), this_day())


def this_day() -> date:
    """The day a change of people is made, as the doors count days: where the house stands, not in Greenwich."""
    return timezone.localdate()


@contextmanager
def keeping_an_administrator() -> Iterator[None]:
    """A transaction that is undone, by `NoAdministratorLeft`, where it brings a day without administrator nearer."""
    with transaction.atomic():
        hold_people()  # two who end each other at once: the second sees what the first did
        before = _first_day_without()
        yield
        after = _first_day_without()
        if after < before:
            raise NoAdministratorLeft(after)


def _first_day_without() -> date:
    held = RoleAssignment.objects.filter(
        role=Role.ADMINISTRATOR.value, unit=WHOLE, user__is_active=True, valid_to__gt=this_day()
    )
    return first_gap(this_day(), held.values_list("valid_from", "valid_to"))


def first_gap(day: date, periods: Iterable[tuple[date, date]]) -> date:
    """The first day, from `day` on, that no half-open period covers; FOREVER where every day is covered."""
    for start, end in sorted(periods):
        if start > day:
            break
        day = max(day, end)
    return min(day, FOREVER)
