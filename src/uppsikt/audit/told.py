"""What the event log tells against what is stored: the comparison that every room's `verify` makes.

A room reads its events into rows by key, each as it must be unless somebody went past the services, and reads the
same rows from its tables. Where two rows aren't the same, what differs of each is shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Generic, TypeVar

from django.contrib.auth.models import User

from uppsikt.audit.actors import Role
from uppsikt.audit.models import Event, RoleAssignment
from uppsikt.audit.people import PersonFacts, facts_of, written_to
from uppsikt.core.formats import ABSENT
from uppsikt.core.language import Text

Row = tuple[object, ...]
Key = TypeVar("Key")

NOTHING = Text("ingenting", "nothing")
_ROLES = {role.value: role.label for role in Role}
_OPEN, _CLOSED = Text("öppen", "open"), Text("stängd", "closed")


@dataclass(frozen=True, slots=True)
class Difference(Generic[Key]):
    """A row that isn't as the log tells: what the log says and what is stored, of that which differs."""

    key: Key
    told: object
    held: object


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """An event's verb, target and payload, and whose it is."""

    verb: str
    target: str
    payload: Mapping[str, Any]
    actor: str


def differences(told: Mapping[Key, Row], held: Mapping[Key, Row]) -> Iterator[Difference[Key]]:
    """Each row that is told but not stored, stored but not told, or stored otherwise; in order of their keys."""
    for key in sorted(told.keys() | held.keys(), key=str):
        one, other = told.get(key), held.get(key)
        if one != other:
            yield Difference(key, _shown(one, other), _shown(other, one))


def _shown(own: Row | None, other: Row | None) -> object:
    if own is None:
        return NOTHING
    if other is None:
        return ", ".join(_word(value) for value in own)
    pairs = zip_longest(own, other, fillvalue=None)
    return ", ".join(_word(value) for value, beside in pairs if value != beside)


def _word(value: object) -> str:
    return ABSENT if value in (None, "") else str(value)


def told_events(*verbs: str) -> Iterator[ToldEvent]:
    """All events of some verbs, oldest first (one query over an index)."""
    events = (
        Event.objects.filter(verb__in=verbs).order_by("sequence").values_list("verb", "target", "payload", "actor")
    )
    for verb, target, payload, actor in events.iterator(chunk_size=2000):
        yield ToldEvent(verb, target, json.loads(payload), actor)


def told_people() -> dict[int, Row]:
    """Everybody who can sign in, or could: name, full name, address and whether the account is open."""
    people: dict[int, Row] = {}
    for event in told_events("create-user", "change-user", "close-user", "open-user"):
        pk, payload = int(event.target.removeprefix("user:")), event.payload
        name, full_name, email, is_open = people.get(pk, ("", "", "", _OPEN))
        if event.verb in ("close-user", "open-user"):
            is_open = _OPEN if event.verb == "open-user" else _CLOSED
        else:
            after = payload.get("after", payload)
            user = User(username=payload.get("name", name))
            written_to(user, PersonFacts(user.username, after.get("full_name", ""), after.get("email", "")))
            name, full_name, email = _facts(user)
        people[pk] = (name, full_name, email, is_open)
    return people


def held_people() -> dict[int, Row]:
    """The same, as it is stored (one query)."""
    return {user.pk: (*_facts(user), _OPEN if user.is_active else _CLOSED) for user in User.objects.all()}


def _facts(user: User) -> tuple[str, str, str]:
    facts = facts_of(user)
    return facts.name, facts.full_name, facts.email


def told_roles() -> dict[int, Row]:
    """Every role by its number: whose it is, which, on what unit, and its half-open time."""
    roles: dict[int, Row] = {}
    for event in told_events("grant-role", "change-role", "revoke-role"):
        payload, own = event.payload, (event.target, _role(event.payload["role"]), event.payload["unit"])
        if event.verb == "grant-role":
            roles[payload["assignment"]] = (*own, payload["from"], payload["to"])
        elif event.verb == "change-role":
            after = payload["after"]
            roles[payload["assignment"]] = (*own, after["from"], after["to"])
        else:
            for pk in payload["undone"]:
                roles.pop(pk, None)
            for pk in payload["ended"]:
                roles[pk] = (*own, roles[pk][3], payload["on"])
    return roles


def held_roles() -> dict[int, Row]:
    """The same, as it is stored (one query)."""
    stored = RoleAssignment.objects.values_list("pk", "user_id", "role", "unit", "valid_from", "valid_to")
    return {
        pk: (f"user:{user}", _role(role), unit, start.isoformat(), end.isoformat())
        for pk, user, role, unit, start, end in stored
    }


def _role(value: str) -> object:
    return _ROLES.get(value, value)
