"""What people write in words, asked before it is stored: one place for every text of the room. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from uppsikt.core.findings import Finding, Place, found
from uppsikt.rounds.findings import TEXT_NEEDED, TEXT_NOT_STORABLE, TEXT_TOO_LONG

_LAYOUT = frozenset("\n\r\t")
_NOT_WRITTEN = ("Cc", "Cs")  # control characters and halves of characters: databases refuse some, nobody writes any


def text_faults(text: str, longest: int, at: Place | None = None, *, is_needed: bool = False) -> Iterator[Finding]:
    """Why a text can't be stored: too long, missing where `is_needed`, or with characters that aren't writing."""
    if is_needed and not 0 < len(text) <= longest:
        yield found(TEXT_NEEDED, at, longest=longest)
    elif len(text) > longest:
        yield found(TEXT_TOO_LONG, at, longest=longest)
    if any(sign not in _LAYOUT and unicodedata.category(sign) in _NOT_WRITTEN for sign in text):
        yield found(TEXT_NOT_STORABLE, at)
