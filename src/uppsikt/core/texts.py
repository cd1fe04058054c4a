"""Text from files made fit to keep: what no database, no printed page and no reader's eye should meet is gone."""

from __future__ import annotations

import unicodedata


def printable(text: str) -> str:
    """The text with a blank for each control character, direction mark and stray half of a character."""
    if text.isprintable():
        return text
    return "".join(character if _is_plain(character) else " " for character in text)


def _is_plain(character: str) -> bool:
    return character.isprintable() or unicodedata.category(character) == "Zs"  # no-break blanks are meant
