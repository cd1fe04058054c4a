"""A payload as nested lists of words and values, so that nobody needs to read JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from uppsikt.core.formats import Unit, amount
from uppsikt.core.language import say
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.web.log.rows import LEDGER_SIGNED, PLACES, money, row_words
from uppsikt.web.log.wording import key_words, value_words

_MOST = 60  # lines of one list; the export has them all
_LONGEST = 2000
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Node:
    """A line: its word (none in a list), its value, or what lies under it."""

    word: str = ""
    value: str = ""
    under: tuple[Node, ...] = ()


def payload_nodes(payload: str, verb: str = "") -> tuple[Node, ...]:
    """The lines of what `verb` told; text that isn't JSON any more (somebody has been at it) as one line."""
    try:
        held = json.loads(payload)
    except ValueError:
        return (Node(value=payload[:_LONGEST]),)
    return _Told(verb).under(held, "", 0)


@dataclass(frozen=True, slots=True)
class _Told:
    """The payload of one verb: what its keys and rows mean."""

    verb: str

    def under(self, held: object, key: str, depth: int) -> tuple[Node, ...]:
        if isinstance(held, Mapping):
            # amounts by year or by unit are told by the key they stand under
            named = ((str(own), str(own) if not key.endswith("_ore") else key, value) for own, value in held.items())
            return _shortened((self.line(key_words(own), value, at, depth) for own, at, value in named), len(held))
        if isinstance(held, list):
            return _shortened((self.line("", value, key, depth) for value in held), len(held))
        return (Node(value=self.text(held, key)),)

    def line(self, word: str, held: object, key: str, depth: int) -> Node:
        if told := row_words(self.verb, key, held):
            return Node(word, told)
        places = PLACES.get((self.verb, key))
        if places and isinstance(held, list) and len(held) == len(places):
            held = {place: value for place, value in zip(places, held, strict=True) if value not in (None, "")}
        if isinstance(held, list) and all(not isinstance(own, Mapping | list) for own in held):
            return Node(word, ", ".join(self.text(own, key) for own in held[:_MOST]) or "–")
        if isinstance(held, Mapping | list) and held and depth < _DEEPEST:
            return Node(word, under=self.under(held, key, depth + 1))
        return Node(word, self.text(held, key))

    def text(self, held: object, key: str) -> str:
        if held in (None, "", [], {}):
            return "–"
        if held == FOREVER.isoformat():
            return say("tills vidare", "until further notice")
        if held == BEGINNING.isoformat():
            return say("från början", "from the beginning")
        if isinstance(held, bool):
            return say("ja", "yes") if held else say("nej", "no")
        if isinstance(held, int) and key.endswith("_ore"):
            return money(held) if (self.verb, key) in LEDGER_SIGNED else amount(held, Unit.KR, 2, with_unit=True)
        return value_words(key, str(held)[:_LONGEST], self.verb)


def _shortened(lines: Iterator[Node], count: int) -> tuple[Node, ...]:
    shown = tuple(islice(lines, _MOST))
    if count <= _MOST:
        return shown
    left_off = say("… och {n} till; exporten har dem alla", "… and {n} more; the export has all", n=count - _MOST)
    return (*shown, Node(value=left_off))
