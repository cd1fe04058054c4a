"""What people write in words, asked before it is stored: one place for every text of the room. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from uppsikt.core.findings import Finding, Place, found
from uppsikt.rounds.findings import TEXT_NEEDED, TEXT_TOO_LONG


def text_faults(text: str, longest: int, at: Place | None = None, *, is_needed: bool = False) -> Iterator[Finding]:
    """Why a text can't be stored: too long, or missing where `is_needed`."""
    if is_needed and not 0 < len(text) <= longest:
        yield found(TEXT_NEEDED, at, longest=longest)
    elif len(text) > longest:
        yield found(TEXT_TOO_LONG, at, longest=longest)
