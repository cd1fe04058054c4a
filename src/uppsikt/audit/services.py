"""Every write is recorded here, in the writer's own transaction, and each record seals the one before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from django.contrib.auth.models import User
from django.db import connection, transaction

from uppsikt.audit.actors import Actor, Grant, Role, Verb, require
from uppsikt.audit.findings import CHAIN_BROKEN
from uppsikt.audit.models import Event, RoleAssignment
from uppsikt.core.findings import Finding, found
from uppsikt.core.hashes import canonical_json, hash_bytes
from uppsikt.core.periods import FOREVER

FIRST_HASH = "0" * 64
_LOCK_KEY = 5_907_441  # any constant: one writer of the chain at a time on PostgreSQL


def record(*, actor: Actor, verb: str, target: str, payload: Mapping[str, object]) -> Event:
    """Append an event to the chain. Must be called inside the transaction of the write it tells of."""
    if not connection.in_atomic_block:
        raise RuntimeError("audit.record outside a transaction: the write and its record must stand or fall together")
    _hold_chain()
    last = Event.objects.order_by("-sequence").first()
    event = Event(
        at=datetime.now(UTC),
        actor=_storable(actor.name),
        verb=verb,
        target=_storable(target),
        payload=_storable(canonical_json(payload)),
        previous_hash=last.content_hash if last else FIRST_HASH,
    )
    event.content_hash = seal(event)
    event.save(force_insert=True)
    return event


def _storable(text: str) -> str:
    # a file name in another encoding than the disk's comes as halves of characters, which no database takes
    return text.encode("utf-8", errors="replace").decode("utf-8")


def _hold_chain() -> None:
    # SQLite's transactions are IMMEDIATE (settings), so there is one writer already
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK_KEY])


def seal(event: Event) -> str:
    """The hash of an event: over the one before, the time in UTC, who, what and the payload."""
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [event.previous_hash, at, event.actor, event.verb, event.target, event.payload]
    return hash_bytes("\x1f".join(parts).encode())


def verify_chain() -> list[Finding]:
    """A finding for the first event whose seal or link doesn't hold; none where the log is whole."""
    previous = FIRST_HASH
    for event in Event.objects.order_by("sequence").iterator():
        if event.previous_hash != previous or seal(event) != event.content_hash:
            return [found(CHAIN_BROKEN, sequence=event.sequence, target=event.target)]
        previous = event.content_hash
    return []


@transaction.atomic
def grant_role(
    *,
    actor: Actor,
    user: User,
    role: Role,
    unit: str,
    valid_from: date,
    valid_to: date = FOREVER,
) -> RoleAssignment:
    """Give a person a role on a unit (or "*"), from a day on."""
    _require_administrator(actor)
    assignment = RoleAssignment.objects.create(
        user=user, role=role.value, unit=unit, valid_from=valid_from, valid_to=valid_to
    )
    payload = {"role": role.value, "unit": unit, "from": valid_from, "to": valid_to}
    record(actor=actor, verb="grant-role", target=f"user:{user.pk}", payload=payload)
    return assignment


@transaction.atomic
def create_user(*, actor: Actor, name: str, password: str, role: Role, unit: str, valid_from: date) -> User:
    """Create someone who can sign in, with one role. The caller has checked name and password."""
    _require_administrator(actor)
    user = User.objects.create_user(name, password=password)
    record(actor=actor, verb="create-user", target=f"user:{user.pk}", payload={"name": name})
    grant_role(actor=actor, user=user, role=role, unit=unit, valid_from=valid_from)
    return user


def _require_administrator(actor: Actor) -> None:
    # who may hand out roles is asked of the day it happens, as the log's time is: the role may begin another day
    require(actor, Verb.ADMINISTER, (), datetime.now(UTC).date())


@transaction.atomic
def revoke_role(*, actor: Actor, user: User, role: Role, unit: str, on: date) -> int:
    """End a person's role on a unit from a day on; returns how many assignments that ended."""
    ended = RoleAssignment.objects.filter(user=user, role=role.value, unit=unit, valid_to__gt=on).update(valid_to=on)
    if ended:
        payload = {"role": role.value, "unit": unit, "on": on}
        record(actor=actor, verb="revoke-role", target=f"user:{user.pk}", payload=payload)
    return ended


@transaction.atomic
def set_password(*, actor: Actor, user: User, password: str) -> None:
    """Give a user another password; the caller has checked it. The log says that, never what."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record(actor=actor, verb="set-password", target=f"user:{user.pk}", payload={})


@transaction.atomic
def close_user(*, actor: Actor, user: User) -> None:
    """Close an account: nobody can sign in with it; what it did stays in the log."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    record(actor=actor, verb="close-user", target=f"user:{user.pk}", payload={})


def actor_of(user: User) -> Actor:
    """The actor a signed-in user is, with all grants over time (one query)."""
    assignments = RoleAssignment.objects.filter(user_id=user.pk)
    grants = tuple(Grant(Role(row.role), row.unit, row.valid_from, row.valid_to) for row in assignments)
    return Actor(user.get_username(), user.pk, grants)
