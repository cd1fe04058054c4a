"""The event log: each record seals the one before, so that a changed row is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, transaction

from uppsikt.audit.actors import Actor
from uppsikt.audit.findings import CHAIN_BROKEN
from uppsikt.audit.models import Event
from uppsikt.audit.seals import append_seal
from uppsikt.core.findings import Finding, found
from uppsikt.core.hashes import canonical_json, hash_bytes

FIRST_HASH = "0" * 64
_CHAIN, _PEOPLE = 5_907_441, 5_907_442  # any constants: PostgreSQL's locks of these names


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as it is stored; `payload` is the canonical JSON that the seal is over."""

    sequence: int
    at: datetime
    actor: str
    verb: str
    target: str
    payload: str
    previous_hash: str
    content_hash: str

    @property
    def is_sealed(self) -> bool:
        """Whether the event is what its seal says."""
        return seal(self) == self.content_hash


COLUMNS = tuple(EventRow.__dataclass_fields__)


def record(*, actor: Actor, verb: str, target: str, payload: Mapping[str, object]) -> Event:
    """Append an event to the chain. Must be called inside the transaction of the write it tells of."""
    if not connection.in_atomic_block:
        raise RuntimeError("audit.record outside a transaction: the write and its record must stand or fall together")
    hold_chain()
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
    # robust: what is committed stands, and a line that couldn't be written is no fault of whoever wrote
    transaction.on_commit(lambda: append_seal(event.sequence, event.content_hash), robust=True)
    return event


def _storable(text: str) -> str:
    # a file name in another encoding than the disk's comes as halves of characters, which no database takes
    return text.encode("utf-8", errors="replace").decode("utf-8")


def hold_chain() -> None:
    """Let nobody else write to the log until this transaction ends; other writers wait.

    The last lock that a transaction takes for the first time: whoever holds the chain waits for nobody.
    """
    _hold(_CHAIN)


def hold_people() -> None:
    """Let nobody else change people until this transaction ends: the first lock, before any row of theirs.

    People, their rows, the chain: taken in one order everywhere, no two can wait for each other.
    """
    _hold(_PEOPLE)


def _hold(lock: int) -> None:
    # SQLite's transactions are IMMEDIATE (settings), so there is one writer already
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])


def seal(event: Event | EventRow) -> str:
    """The hash of an event: over the one before, the time in UTC, who, what and the payload."""
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [event.previous_hash, at, event.actor, event.verb, event.target, event.payload]
    return hash_bytes("\x1f".join(parts).encode())


def verify_chain() -> list[Finding]:
    """A finding for the first event whose seal or link doesn't hold; none where the log is whole."""
    previous = FIRST_HASH
    # rows, not models: a log of 200 000 events is looked through in seconds
    for cells in Event.objects.order_by("sequence").values_list(*COLUMNS).iterator(chunk_size=5000):
        row = EventRow(*cells)
        if row.previous_hash != previous or not row.is_sealed:
            return [found(CHAIN_BROKEN, sequence=row.sequence, target=row.target)]
        previous = row.content_hash
    return []
