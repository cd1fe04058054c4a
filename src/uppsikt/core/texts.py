"""Texts made fit to keep: what no database, no printed page and no reader's eye should meet is gone.

What people type and what stands in their files comes in here, whichever room keeps it. A text of one line has no
control characters at all; writing in several lines has its line ends and tabs. PostgreSQL refuses a NUL, XML most
control characters and half a character, and marks of direction make a text read as another than it is.
"""

from __future__ import annotations

import re
import unicodedata

_NOT_WRITING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters but tab and line ends
    "\u2028-\u202e\u2066-\u2069"  # separators of lines no editor shows, marks of direction
    "\ud800-\udfff\ufffe\uffff]"  # halves of characters, and what is none
)


def printable(text: str) -> str:
    """The text with a blank for each control character, direction mark and stray half of a character."""
    if text.isprintable():
        return text
    return "".join(character if _is_plain(character) else " " for character in text)


def _is_plain(character: str) -> bool:
    return character.isprintable() or unicodedata.category(character) == "Zs"  # no-break blanks are meant


def is_line(text: str) -> bool:
    """Whether the text can be kept as it is, on one line."""
    return printable(text) == text


def one_line(text: str) -> str:
    """What was typed, as one line: what can't be kept and line ends are blanks, blanks come one at a time."""
    return " ".join(printable(text).split())


def writing(text: str) -> str:
    """The text with a blank for each character that isn't writing; tabs and line ends stay as they are."""
    return _NOT_WRITING.sub(" ", text)


def written(text: str) -> str:
    """What was typed in several lines, as it is kept: one kind of line ends, nothing that isn't writing."""
    return writing(text.replace("\r\n", "\n").replace("\r", "\n"))
