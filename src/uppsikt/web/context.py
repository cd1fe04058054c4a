"""What every page shows: whose house this is, who is in it, and where they can go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    """A place in the main navigation, with those beneath it where the reader is there."""

    label: Text
    url: str
    is_current: bool
    beneath: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    # views whose names begin with one of `prefixes` belong to it; any of `verbs` on any unit shows it
    label: Text
    view: str
    prefixes: tuple[str, ...]
    verbs: tuple[Verb, ...] = (Verb.READ,)
    beneath: tuple[_Place, ...] = ()

    @property
    def every_prefix(self) -> tuple[str, ...]:
        return (*self.prefixes, *(prefix for own in self.beneath for prefix in own.prefixes))


_BRINGING = (Verb.IMPORT_LEDGER, Verb.EDIT_BUDGET, Verb.SUBMIT_FORECAST, Verb.EDIT_REGISTER)
_ROUNDS = (
    _Place(Text("Alla omgångar", "All rounds"), "rounds", ("round",)),
    _Place(Text("Mina prognoser", "My forecasts"), "forecasts-mine", ("forecast",), (Verb.SUBMIT_FORECAST,)),
    _Place(Text("Träffsäkerhet", "Accuracy"), "accuracy", ("accuracy",)),
    _Place(Text("Effektivisering", "Savings"), "savings", ("savings",)),
    _Place(Text("Överfört resultat", "Carried-over results"), "carry-over", ("carry-over",)),
    _Place(Text("Resultatreglering", "Settlement"), "settlement", ("settlement",)),
)
_PLACES = (
    _Place(Text("Läget", "Overview"), "start", ("start",)),
    _Place(Text("Omgångar", "Rounds"), "rounds", (), beneath=_ROUNDS),
    _Place(Text("Uppställningar", "Statements"), "statements", ("statement",)),
    _Place(Text("Organisation", "Organisation"), "organisation", ("organisation",)),
    _Place(Text("Inläsning", "Import"), "imports", ("import",), _BRINGING),
    _Place(Text("Rapporter", "Reports"), "reports", ("report",)),
    _Place(Text("Granskning", "Check"), "checks", ("check",)),
    _Place(Text("Personer", "People"), "people", ("people", "person"), (Verb.ADMINISTER,)),
    _Place(Text("Logg", "Log"), "log", ("log",), (Verb.READ_AUDIT,)),
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
    here = _view_name(request)
    return list(_links(_PLACES, actor_for(request), here))


def _links(places: Sequence[_Place], actor: Actor, here: str) -> Iterator[Link]:
    for place in places:
        if any(may_anywhere(actor, verb) for verb in place.verbs):
            is_current = here.startswith(place.every_prefix)
            beneath = tuple(_links(place.beneath, actor, here)) if is_current else ()
            yield Link(place.label, reverse(place.view), is_current, beneath)


def _view_name(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""
