"""Names: what tables call their rows, found again in sentences however they are inflected."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from uppsikt.checks.document import Row, Table
from uppsikt.checks.prose.words import GENERIC, VERBS, Tag, Token, stems_in, tags_in
from uppsikt.checks.tables.roles import Role, role_of

_ASIDE = re.compile(r"\(.*?\)|\binkl\w*\.?\s.*$|\bexkl\w*\.?\s.*$|[\d*]+\w?$", re.IGNORECASE)
_ADJECTIVE = re.compile(r"(?:sam|isk|ig|ell|iv)$")
_TAIL = 6  # letters a compound's last part must have to stand for the whole ("ledning" – "kommunledning")
_PARTLY = 0.5
_MOST_NAMES = 100  # labels with the same word in them, from which it tells none of them apart
_AND = frozenset(("och", "samt"))


@dataclass(frozen=True, eq=False)
class Name:
    """A row as something that can be spoken of."""

    table: Table
    index: int
    row: Row
    stems: tuple[str, ...]

    @cached_property
    def role(self) -> Role:
        """What the row is."""
        return role_of(self.row)

    @cached_property
    def tags(self) -> frozenset[Tag]:
        """The kinds of figure that the label speaks of."""
        return tags_in(self.row.label)

    @property
    def is_total(self) -> bool:
        """Whether the row stands for the whole table: a sum, or its result."""
        return self.role is Role.TOTAL or not self.stems


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found among words: how much of it (0–1), where its last word ends, and whether a sentence said it."""

    name: Name
    coverage: float
    end: int
    is_named: bool = True


class Names:
    """Every name of a document, by the words they are made of."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self.all = tuple(name for table in tables for name in _names(table))
        self._by_stem: dict[str, list[Name]] = defaultdict(list)
        labels: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for name in self.all:
            for one in set(name.stems):
                self._by_stem[one].append(name)
                labels[one].add(name.stems)
        self._weight = {one: 1 / math.sqrt(len(of)) for one, of in labels.items()}
        for one in [one for one, of in labels.items() if len(of) > _MOST_NAMES]:
            del self._by_stem[one]
        self._tails = _tails(self._by_stem)

    def mentioned(self, tokens: Iterable[Token]) -> list[Mention]:
        """The names that the words mention, whole or by half, the surest first."""
        ordered = list(tokens)
        found: dict[Name, dict[str, tuple[float, int]]] = defaultdict(dict)
        for place, token in enumerate(ordered):
            if token.stem in GENERIC:
                continue
            worth = self._worth(ordered, place)
            for name in self._by_stem.get(token.stem, ()):
                if token.is_self and name.role is Role.TOTAL:
                    continue
                found[name][token.stem] = (worth, place)
            for whole in self._tails.get(token.stem, ()):
                for name in self._by_stem[whole]:
                    found[name].setdefault(whole, (_PARTLY, place))
        made = [self._mention(name, parts, ordered) for name, parts in found.items()]
        return sorted((one for one in made if one.coverage >= 0.4), key=lambda one: -one.coverage)

    def _mention(self, name: Name, parts: Mapping[str, tuple[float, int]], tokens: list[Token]) -> Mention:
        whole = sum(self._weight[one] for one in name.stems)
        got = sum(self._weight[one] * worth for one, (worth, _) in parts.items())
        places = [place for _, place in parts.values()]
        joint = 0.7 if _is_joint(tokens, min(places), max(places)) else 1.0
        return Mention(name, joint * min(1.0, got / whole), tokens[max(places)].end)

    def _worth(self, tokens: list[Token], place: int) -> float:
        """An adjective followed by its own noun names something else: "kommungemensam IT"."""
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        if not _ADJECTIVE.search(tokens[place].stem) or following is None:
            return 1.0
        beside = following.start - tokens[place].end <= 1
        together = any(following.stem in name.stems for name in self._by_stem.get(tokens[place].stem, ()))
        known = following.stem in GENERIC or following.stem in VERBS or together
        return 1.0 if known or not beside else 0.35

    def knows(self, one: str) -> bool:
        """Whether a stem is part of any name."""
        return one in self._by_stem or one in self._tails


def _is_joint(tokens: list[Token], first: int, last: int) -> bool:
    """Whether the figure is of two things together: "bastjänster och digital infrastruktur"."""
    before = first >= 2 and tokens[first - 1].stem in _AND and tokens[first - 2].stem not in GENERIC
    after = last + 2 < len(tokens) and tokens[last + 1].stem in _AND and tokens[last + 2].stem not in VERBS
    return before or after


def _tails(stems: Iterable[str]) -> dict[str, list[str]]:
    """For the end of each compound, the compounds that end so."""
    tails: dict[str, list[str]] = defaultdict(list)
    for whole in stems:
        for cut in range(3, len(whole) - _TAIL + 1):
            tails[whole[cut:]].append(whole)
    return tails


def _names(table: Table) -> Iterable[Name]:
    for index, row in enumerate(table.rows):
        if not any(cell and cell.number for cell in row.cells):
            continue
        label = _ASIDE.sub(" ", row.label)
        stems = tuple(dict.fromkeys(one for one in stems_in(label) if len(one) > 1))
        yield Name(table, index, row, stems)
