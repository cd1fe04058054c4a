"""What every page shows: whose house this is, who is in it, and where they can go."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import SimpleLazyObject

from uppsikt import __version__
from uppsikt.audit.actors import Actor, Verb
from uppsikt.core.language import Text, current_language
from uppsikt.web.actors import actor_for, may_anywhere


@dataclass(frozen=True, slots=True)
class Link:
    """A place in the main navigation."""

    label: Text
    url: str
    is_current: bool


_BRINGING = (Verb.IMPORT_LEDGER, Verb.EDIT_BUDGET, Verb.SUBMIT_FORECAST, Verb.EDIT_REGISTER)
_PLACES: tuple[tuple[Text, str, str, tuple[Verb, ...]], ...] = (
    (Text("Läget", "Overview"), "start", "start", (Verb.READ,)),
    (Text("Uppställningar", "Statements"), "statements", "statement", (Verb.READ,)),
    (Text("Organisation", "Organisation"), "organisation", "organisation", (Verb.READ,)),
    (Text("Inläsning", "Import"), "imports", "import", _BRINGING),
    (Text("Rapporter", "Reports"), "reports", "report", (Verb.READ,)),
    (Text("Granskning", "Check"), "checks", "check", (Verb.READ,)),
)


def house(request: HttpRequest) -> dict[str, object]:
    """The template context of the whole house. The actor costs one query, and only where it is looked at."""
    return {
        "municipality": settings.MUNICIPALITY,
        "is_demo": settings.IS_DEMO,
        "version": __version__,
        "language": current_language(),
        "actor": SimpleLazyObject(partial(actor_for, request)),
        "navigation": SimpleLazyObject(partial(_navigation, request)),
    }


def _navigation(request: HttpRequest) -> list[Link]:
    actor: Actor = actor_for(request)
    here = _view_name(request)
    return [
        Link(label, reverse(name), here.startswith(prefix))
        for label, name, prefix, verbs in _PLACES
        if any(may_anywhere(actor, verb) for verb in verbs)
    ]


def _view_name(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""
