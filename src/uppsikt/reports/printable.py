"""Texts without the characters that no document format carries.

What is pasted from a word processor may hold its soft line breaks (a vertical tab) and other control
characters. XML has no place for them: Word refuses the file, and the chart library ends the whole process.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from uppsikt.core.texts import writing


def printable(value: Any) -> Any:
    """A part of a document, or all of it, with a space in the place of each such character."""
    if type(value) is str:  # not the members of an enumeration, which are texts too
        return writing(value)
    if isinstance(value, tuple | list):
        return type(value)(printable(item) for item in value)
    if isinstance(value, Mapping):
        return {printable(key): printable(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{item.name: printable(getattr(value, item.name)) for item in fields(value)})
    return value
