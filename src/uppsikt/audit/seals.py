"""The log's seals in a file of their own: what the database alone can't show, that its last events are gone.

Every event that was committed has a line in HOME/log-seals, its sequence and its hash, written after the commit. A
line that is missing is no fault (the machine may have stopped between the two); a line without its event is.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from django.conf import settings

from uppsikt.audit.findings import SEALED_EVENT_DIFFERS, SEALED_EVENTS_GONE
from uppsikt.audit.models import Event
from uppsikt.core.findings import Finding, found
from uppsikt.core.hashes import short

FILE = "log-seals"

# all lines are of one width: one that was cut off never reads as another event's
_LINE = re.compile(rb"^(\d{12}) ([0-9a-f]{64})$", re.MULTILINE)


def seals_path() -> Path:
    """Where the seals are."""
    return Path(settings.HOME) / FILE


def append_seal(sequence: int, content_hash: str) -> None:
    """Add a line, in one write: processes and threads that append at once never mix their lines."""
    append_lines(f"{sequence:012d} {content_hash}\n".encode())


def append_lines(lines: bytes) -> None:
    """Add whole lines as they are."""
    file = os.open(seals_path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(file, lines)
    finally:
        os.close(file)


def read_seals() -> bytes:
    """The file as it is now; empty where there is none. Read before the database, all its events are there."""
    path = seals_path()
    return path.read_bytes() if path.is_file() else b""


def verify_seals() -> list[Finding]:
    """A finding for sealed events that are no longer in the log, and one for those that are others now."""
    sealed = [(int(sequence), own.decode()) for sequence, own in _LINE.findall(read_seals())]
    held = dict(Event.objects.values_list("sequence", "content_hash").iterator(chunk_size=5000)) if sealed else {}
    gone = {sequence: own for sequence, own in sealed if sequence not in held}
    other = {sequence: own for sequence, own in sealed if held.get(sequence, own) != own}
    findings = []
    if gone:
        findings.append(found(SEALED_EVENTS_GONE, count=len(gone), first=min(gone), last=max(gone)))
    if other:
        first = min(other)
        facts = {"count": len(other), "sequence": first, "told": short(other[first]), "held": short(held[first])}
        findings.append(found(SEALED_EVENT_DIFFERS, **facts))
    return findings
