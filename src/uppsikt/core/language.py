"""Which language the user reads, and texts that exist in both.

A text is a pair: whoever writes the Swedish writes the English beside it, so the translation can
never be incomplete. Keys are never labels (house style 9); pairs are resolved at the very edge.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from string import Formatter
from typing import Literal

Language = Literal["sv", "en"]

_current: ContextVar[Language] = ContextVar("uppsikt_language", default="sv")


def current_language() -> Language:
    """The language of the user being served; Swedish unless something said otherwise."""
    return _current.get()


def use_language(language: str) -> None:
    """Serve this context in `language` ("sv" or "en"; anything else is Swedish)."""
    _current.set("en" if language.lower().startswith("en") else "sv")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Serve the block in `language`, then go back to what was before."""
    token = _current.set("en" if language.lower().startswith("en") else "sv")
    try:
        yield
    finally:
        _current.reset(token)


class _Filling(Formatter):
    """Fills places as `str.format` does, and those that choose a word by a number: "{n:enhet|enheter}"."""

    def format_field(self, value: object, format_spec: str) -> str:
        one, bar, many = format_spec.partition("|")
        if not bar:
            return format(value, format_spec)
        return one if str(value) in _ONE else many


_FILLING = _Filling()
_ONE = ("1", "-1", "\u22121")


def say(sv: str, en: str, **values: object) -> str:
    """The text in the user's language, its `{name}` places filled from `values`.

    A number, whole or written out, fills a second place with the word for one or for many: "{n} {n:enhet|enheter}".
    """
    text = sv if current_language() == "sv" else en
    if not values:
        return text
    return _FILLING.vformat(text, (), values) if "|" in text else text.format(**values)


_AFTER_Z = str.maketrans("åäö", "{|}")  # the three characters that follow z
_LIKE = str.maketrans("éèáàüý", "eeaayy")


def in_alphabet(text: str) -> tuple[str, str]:
    """What to sort texts for people by: å ä ö last and in that order, capitals and accents where they belong."""
    plain = text.casefold()
    return plain.translate(_LIKE).translate(_AFTER_Z), plain


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages, resolved when shown: `str(text)`."""

    sv: str
    en: str

    def __str__(self) -> str:
        return say(self.sv, self.en)

    @property
    def capitalised(self) -> Text:
        """The text as a heading begins: with a capital letter."""
        return Text(self.sv[:1].upper() + self.sv[1:], self.en[:1].upper() + self.en[1:])

    def filled(self, **values: object) -> str:
        """The text in the user's language with its `{name}` places filled."""
        return say(self.sv, self.en, **values)
