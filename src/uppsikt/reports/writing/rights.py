"""Who may do what with a report's texts: a role on the report's unit, or being the one who writes the section."""

from __future__ import annotations

from datetime import date

from uppsikt.audit.actors import Actor, NotAllowed, Verb, may
from uppsikt.coding.selectors import code_plan

WRITERS_OWN = frozenset({Verb.READ, Verb.WRITE_TEXT, Verb.COMMENT})
_ASKED = (*WRITERS_OWN, Verb.BUILD_REPORT)


def rights_of(actor: Actor, unit: str, responsible_id: int | None, as_of: date) -> frozenset[Verb]:
    """The rights an actor has to a section of a report on `unit` ("" is the whole municipality)."""
    path = code_plan().path("unit", unit, as_of) if unit else []
    own = WRITERS_OWN if actor.user_id is not None and actor.user_id == responsible_id else frozenset()
    return own | {verb for verb in _ASKED if may(actor, verb, path, as_of)}


def require_right(actor: Actor, verb: Verb, rights: frozenset[Verb]) -> None:
    """Raise `NotAllowed` where the right is not among them."""
    if verb not in rights:
        raise NotAllowed(actor, verb)
