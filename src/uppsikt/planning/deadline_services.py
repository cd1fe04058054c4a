"""A round's name and its units' deadline may move; what else it is stays as it was created."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db import transaction

from uppsikt.audit.actors import Actor, Verb, require
from uppsikt.audit.services import record
from uppsikt.core.findings import found
from uppsikt.planning.findings import ROUND_UNKNOWN
from uppsikt.planning.models import Round
from uppsikt.planning.round_services import RoundChange
from uppsikt.planning.rounds import round_faults
from uppsikt.planning.selectors import round_row


@transaction.atomic
def move_deadline(*, actor: Actor, key: str, name: str, deadline: date, as_of: date) -> RoundChange:
    """Give a round another name or another day to be handed in by."""
    require(actor, Verb.RUN_ROUND, (), as_of)
    row = round_row(key)
    if row is None:
        return RoundChange(None, (found(ROUND_UNKNOWN, round=key),))
    wanted = replace(row, name=name.strip(), deadline=deadline)
    faults = tuple(round_faults(wanted, None))
    if faults or wanted == row:
        return RoundChange(row, faults)
    Round.objects.filter(key=key).update(name=wanted.name, deadline=deadline)
    payload = {"name": [row.name, wanted.name], "deadline": [row.deadline, deadline]}
    record(actor=actor, verb="move-deadline", target=f"round:{key}", payload=payload)
    return RoundChange(wanted)
