"""Who is asking, and what they may see: asked once a request."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

from uppsikt.audit.actors import WHOLE, Actor, Verb, may
from uppsikt.audit.services import actor_of


def today() -> date:
    """The day permissions are asked for. The web layer is the only one that looks at the calendar."""
    return date.today()  # noqa: DTZ011


def actor_for(request: HttpRequest) -> Actor:
    """The signed-in person as an actor; without grants where nobody is signed in."""
    actor = getattr(request, "_uppsikt_actor", None)
    if actor is None:
        user = request.user
        actor = actor_of(user) if user.is_authenticated else Actor("")
        request._uppsikt_actor = actor  # type: ignore[attr-defined]
    return actor


def may_anywhere(actor: Actor, verb: Verb) -> bool:
    """Whether the actor may do `verb` on some unit today: decides what is offered, never what is allowed."""
    return any(may(actor, verb, [grant.unit], today()) for grant in actor.grants)


def sees_whole(actor: Actor) -> bool:
    """Whether the actor reads the whole municipality's figures."""
    return may(actor, Verb.READ, [], today())


def own_units(actor: Actor) -> list[str]:
    """The units the actor holds a role on today, without the whole municipality."""
    day = today()
    return sorted({g.unit for g in actor.grants if g.unit != WHOLE and g.valid_from <= day < g.valid_to})
