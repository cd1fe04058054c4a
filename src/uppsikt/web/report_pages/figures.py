"""Figures for whoever writes: statements read once for as long as nothing they are made of changes.

A preview is asked for at every pause in typing. Whether something has changed costs a few queries; the statements
are asked for again only where it has.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import ExitStack
from threading import Lock
from typing import TypeVar

from uppsikt import relations
from uppsikt.adoption.reading import figure_at, is_frozen, reading_of
from uppsikt.audit.actors import Actor
from uppsikt.core.findings import NotFound, found
from uppsikt.core.hashes import hash_bytes, hash_of
from uppsikt.core.language import speaking
from uppsikt.figures.addresses import parse_address
from uppsikt.figures.engine import Engine
from uppsikt.figures.model import Figure, RoundFacts, StatementResult
from uppsikt.planning.rounds import RoundRow
from uppsikt.relations import NO_ROUND, Reading
from uppsikt.reports.facts import Fact
from uppsikt.reports.recipe import Recipe
from uppsikt.reports.resolver import DerivedFault, Resolved, Resolver, Unresolved, Withheld
from uppsikt.reports.selectors import definitions_with, local_statements
from uppsikt.reports.writing.search import FigureIndex, entries_of
from uppsikt.web.actors import own_units
from uppsikt.web.scope import reads_statement, takes_unit, unreadable

_KEPT_STATEMENTS, _KEPT_INDEXES, _KEPT_UNITS = 300, 12, 5
_Kept = TypeVar("_Kept")


class Shelf:
    """The latest answers by what they are made of; several requests at once may ask."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._held: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], _Kept]) -> _Kept:
        """What is kept under a key, made now where nothing is."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]  # type: ignore[return-value]  # what is kept under a key is what was made
        made = make()
        with self._lock:
            self._held[key] = made
            while len(self._held) > self.size:
                self._held.popitem(last=False)
        return made


_statements = Shelf(_KEPT_STATEMENTS)
_indexes = Shelf(_KEPT_INDEXES)


class WritersFigures:
    """A `FigureSource` of one moment, in a fixed number of queries however many statements are asked for.

    Use as a context: the engine is opened at the first question that is new, and closed after.
    """

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._relations = relations.relations()
        self._rounds = {row.key: row for row in relations.rounds()}
        local = local_statements()
        self._definitions = definitions_with(local)
        self.content_hash = self._relations.content_hash
        # what one person may read is kept for those who may read the same alone
        rights = sorted(map(str, actor.grants))
        self.token = hash_of([self.content_hash, local, sorted(map(str, self._rounds.values())), rights])
        self._stack = ExitStack()
        self._engine: Engine | None = None
        self._readings: dict[str, Reading] = {}

    def __enter__(self) -> WritersFigures:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def round_facts(self, key: str) -> RoundFacts:
        """The round with its cut-off; raises `NotFound`."""
        if key not in self._rounds:
            raise NotFound(found(NO_ROUND, round=key, known=", ".join(self._rounds)))
        return _facts(self._rounds[key], self._rounds)

    def round_name(self, key: str) -> str:
        """What the round is called; its key where there is none."""
        return self._rounds[key].name if key in self._rounds else key

    def statement(self, key: str, unit: str | None, round_key: str) -> StatementResult:
        """A whole table; raises `NotFound`."""
        return _statements.get((self.token, key, unit, round_key), lambda: self._ask(key, unit, round_key))

    def figure(self, address: str) -> Figure:
        """One figure with its lineage; raises `NotFound`. Previews have no use for it."""
        place = parse_address(address)
        if place:
            self.statement(place.statement, place.unit, place.round or "")
        return figure_at(address)

    def _ask(self, key: str, unit: str | None, round_key: str) -> StatementResult:
        reading = self._reading(round_key)
        own = reading.definition(key)
        circumstances = reading.parameters(own, unit)
        if finding := unreadable(self._actor, reading.engine.plan, own, circumstances):
            raise Withheld(finding)
        return reading.engine.statement(own, circumstances)

    def _reading(self, round_key: str) -> Reading:
        # an adopted round as it was adopted; all others over one engine
        facts = self.round_facts(round_key)
        if round_key not in self._readings:
            row = self._rounds[round_key]
            if is_frozen(row):
                self._readings[round_key] = self._stack.enter_context(reading_of(row))
            else:
                self._engine = self._engine or self._stack.enter_context(Engine(self._relations))
                self._readings[round_key] = Reading(facts, self._engine, self._definitions)
        return self._readings[round_key]

    def readable(self, actor: Actor, round_key: str) -> list[tuple[str, str | None]]:
        """The statements that the actor reads, whatever the report holds: those without a unit, and their units'."""
        plan, on = self._relations.code_plan, self.round_facts(round_key).cut_off
        units = [unit for unit in own_units(actor) if plan.entry("unit", unit, on)][:_KEPT_UNITS]
        asked = [("", own) for own in self._definitions.values() if not own.needs_unit]
        asked += [(unit, own) for unit in units for own in self._definitions.values() if takes_unit(own)]
        return [(own.key, unit or None) for unit, own in asked if reads_statement(actor, plan, own, unit, on)]


def _facts(row: RoundRow, by_key: Mapping[str, RoundRow]) -> RoundFacts:
    before = by_key.get(row.previous_key or "")
    return RoundFacts(row.key, row.name, row.year, row.cut_off, _facts(before, by_key) if before else None)


def figure_index(
    source: WritersFigures, actor: Actor, recipe: Recipe, recipe_hash: str, facts: Mapping[str, Fact]
) -> FigureIndex:
    """What a writer of the report picks figures from: its own statements first, then others the writer may read."""
    try:
        others = tuple(source.readable(actor, recipe.round))
    except NotFound:
        others = ()
    facts_hash = hash_bytes(repr(sorted(map(str, facts.values()))).encode())
    key = (source.token, recipe_hash, facts_hash, others)
    return _indexes.get(key, lambda: _index(source, recipe, facts, others))


def _index(
    source: WritersFigures, recipe: Recipe, facts: Mapping[str, Fact], others: Sequence[tuple[str, str | None]]
) -> FigureIndex:
    with speaking(recipe.language):
        resolver = Resolver(source, recipe.round, facts, recipe.figures, with_lineage=False)
        asked = dict.fromkeys([(ask.statement, ask.unit) for ask in recipe.statements.values()])
        asked |= dict.fromkeys(others)
        for statement, unit in asked:
            _try(lambda statement=statement, unit=unit: resolver.statement(statement, unit))  # type: ignore[misc]
        statements = resolver.statements
        derived = [figure for name in recipe.figures if (figure := _derived(resolver, name))]
        return FigureIndex(entries_of(statements, derived, facts.values(), recipe.round))


def _try(ask: Callable[[], object]) -> None:
    try:
        ask()
    except LookupError:
        return  # the preview says so where the statement stands


def _derived(resolver: Resolver, name: str) -> Resolved | None:
    try:
        return resolver.figure(name)
    except (Unresolved, DerivedFault):
        return None  # the preview says so where the figure is used
