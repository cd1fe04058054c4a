"""Whether every reorganisation is still what was entered, decided and annulled, and holds together."""

from __future__ import annotations

from collections.abc import Iterator

from uppsikt.audit.models import Event
from uppsikt.coding.event_findings import CHANGED_BESIDE
from uppsikt.coding.events import as_logged
from uppsikt.coding.selectors import folded
from uppsikt.coding.stored_events import held_reorganisations
from uppsikt.core.findings import Finding, Severity, found
from uppsikt.core.hashes import canonical_json, hash_bytes

_TARGET = "reorganisation:"
_DISCARDED = "discard-reorganisation"


def verify_reorganisations() -> list[Finding]:
    """A finding for each that differs from the log, and the errors of what is decided as registers stand now."""
    return [*_changed(), *(own for own in folded().findings if own.severity is Severity.ERROR)]


def _changed() -> Iterator[Finding]:
    held = {key: hash_bytes(canonical_json(as_logged(own)).encode()) for key, own in held_reorganisations().items()}
    logged: dict[str, str] = {}
    events = Event.objects.filter(target__startswith=_TARGET).order_by("sequence")
    for verb, target, payload in events.values_list("verb", "target", "payload"):
        key = target.removeprefix(_TARGET)
        logged.pop(key, None)
        if verb != _DISCARDED:
            logged[key] = hash_bytes(payload.encode())
    for key in sorted(held.keys() | logged.keys()):
        if held.get(key) != logged.get(key):
            yield found(CHANGED_BESIDE, key=key)
