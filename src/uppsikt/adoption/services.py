"""Adopting a round with everything it rests on."""

from __future__ import annotations

from datetime import date

from uppsikt.adoption.pins import pin
from uppsikt.audit.actors import Actor
from uppsikt.planning.round_services import RoundChange, adopt_round


def adopt(*, actor: Actor, key: str, as_of: date) -> RoundChange:
    """Adopt a consolidated round: ledger, structure, budget, forecasts, statements, texts and figures under one hash.

    An adopted version never changes; `planning.services.correct_round` opens the next one.
    """
    return adopt_round(actor=actor, key=key, as_of=as_of, pin=pin)
