"""The tree as the page shows it: lines from the top down, each with what opens and what closes after it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from uppsikt.coding.differences import Difference, Structure
from uppsikt.core.language import say

_SMALL = 80  # codes: a tree that is seen at a glance stands open
_OPEN_LEVELS = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """What happened to a code on the day, in words beside it. `kind` names its look, never its meaning."""

    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class Line:
    """A code in the tree. `closes` is how many levels end after it."""

    code: str
    label: str
    below: int
    is_open: bool
    is_hit: bool
    marks: Sequence[Mark] = ()
    closes: range = field(default_factory=lambda: range(0))


def tree_lines(structure: Structure, words: str, marked: Mapping[str, Difference], before: Structure) -> list[Line]:
    """The lines of a structure; where words are sought only branches that hold them, all of them open."""
    hits = _hits(structure, words)
    wanted = None if hits is None else _with_parents(structure, hits)
    opened = _with_parents(structure, marked) if hits is None else wanted or set()
    is_small = len(structure.plan.codes(structure.dimension)) <= _SMALL
    marks = {code: marks_of(own, before) for code, own in marked.items()}

    def walk(parent: str | None, level: int, seen: frozenset[str]) -> Iterator[Line]:
        for code in _children(structure, parent, wanted, seen):
            inner = list(walk(code, level + 1, seen | {code}))
            is_open = is_small or level < _OPEN_LEVELS or code in opened
            label, is_hit = structure.name(code), hits is not None and code in hits
            yield Line(code, label, len(inner), is_open, is_hit, marks.get(code, ()))
            yield from _closing(inner)

    return list(walk(None, 0, frozenset()))


def _children(
    structure: Structure, parent: str | None, wanted: Collection[str] | None, seen: Collection[str]
) -> list[str]:
    own = structure.plan.children(structure.dimension, parent, structure.day, structure.hierarchy)
    return [code for code in own if code not in seen and (wanted is None or code in wanted)]


def _closing(inner: list[Line]) -> list[Line]:
    if inner:
        inner[-1] = replace(inner[-1], closes=range(len(inner[-1].closes) + 1))
    return inner


def _hits(structure: Structure, words: str) -> set[str] | None:
    sought = words.casefold().split()
    if not sought:
        return None
    standing = [own for own in structure.plan.names if own.dimension == structure.dimension]
    return {
        own.code
        for own in standing
        if own.valid_from <= structure.day < own.valid_to
        and all(word in f"{own.code} {own.name}".casefold() for word in sought)
    }


def _with_parents(structure: Structure, codes: Collection[str]) -> set[str]:
    return {
        own
        for code in codes
        for own in structure.plan.path(structure.dimension, code, structure.day, structure.hierarchy)
    }


def marks_of(own: Difference, before: Structure) -> list[Mark]:
    """What happened to a code, as the tree after it says it."""
    if own.is_new:
        return [Mark("new", say("ny", "new"))]
    if own.is_gone:
        return [Mark("gone", say("upphör", "ends"))]
    marks = []
    if own.is_renamed and own.before:
        marks.append(Mark("renamed", say("hette {name}", "was called {name}", name=own.before.name)))
    if own.is_moved and own.before:
        place = before.name(own.before.parent) if own.before.parent else say("toppen", "the top")
        marks.append(Mark("moved", say("låg under {place}", "was under {place}", place=place)))
    return marks
