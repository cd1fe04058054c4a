"""Adopting a round with everything it rests on."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from uppsikt.adoption.findings import SECTIONS_NOT_APPROVED
from uppsikt.adoption.pins import pin
from uppsikt.adoption.selectors import unapproved_sections
from uppsikt.audit.actors import Actor, Verb, require
from uppsikt.audit.services import record
from uppsikt.core.findings import found
from uppsikt.core.texts import one_line
from uppsikt.planning.round_services import RoundChange, adopt_round
from uppsikt.planning.selectors import round_row
from uppsikt.planning.states import State


@transaction.atomic
def adopt(*, actor: Actor, key: str, as_of: date, accepts_unapproved: bool = False, reason: str = "") -> RoundChange:
    """Adopt a consolidated round: ledger, structure, budget, forecasts, statements, texts and figures under one hash.

    An adopted version never changes; `planning.services.correct_round` opens the next one. Where sections of the
    round's report are not approved it is adopted only with `accepts_unapproved`, and the log keeps which they were.
    """
    require(actor, Verb.ADOPT, (), as_of)
    row = round_row(key)
    titles = unapproved_sections(row) if row and row.state is State.CONSOLIDATED else []
    if titles and not accepts_unapproved:
        return RoundChange(row, (found(SECTIONS_NOT_APPROVED, count=len(titles), sections=", ".join(titles)),))
    adopted = adopt_round(actor=actor, key=key, as_of=as_of, pin=pin)
    if titles and not adopted.findings:
        payload = {"sections": titles, "reason": one_line(reason)}
        record(actor=actor, verb="accept-unapproved", target=f"round:{key}", payload=payload)
    return adopted
