"""What questions are put to: an engine, with the round and the statements as it knows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from uppsikt.core.findings import Finding, NotFound, found
from uppsikt.figures.addresses import Address, parse_address
from uppsikt.figures.bridge import BridgeResult
from uppsikt.figures.definitions import StatementDefinition
from uppsikt.figures.engine import Engine
from uppsikt.figures.model import Figure, Parameters, RoundFacts, StatementResult, VoucherRow
from uppsikt.relations.circumstances import definitions, round_facts, rounds
from uppsikt.relations.files import open_engine
from uppsikt.relations.findings import NO_FIGURE, NO_ROUND, NO_STATEMENT, NO_UNIT, NOT_AN_ADDRESS, UNIT_NEEDED

_T = TypeVar("_T")


@dataclass(frozen=True)
class Reading:
    """An engine to ask, the round and the statements as it knows them; its code plan is `engine.plan`.

    Every question raises `NotFound` for what there is not, or was not then. Without a structure day each column is
    in the structure of its own day, as it was.
    """

    facts: RoundFacts
    engine: Engine
    definitions: Mapping[str, StatementDefinition]

    def definition(self, key: str) -> StatementDefinition:
        """One statement's definition."""
        if key not in self.definitions:
            raise NotFound(found(NO_STATEMENT, statement=key, known=", ".join(sorted(self.definitions))))
        return self.definitions[key]

    def parameters(self, own: StatementDefinition, unit: str | None, on: date | None = None) -> Parameters:
        """The circumstances of a question of a unit, in the structure of a day; checked."""
        plan = self.engine.plan
        if own.needs_unit and not unit:
            example = next(iter(plan.children("unit", None, self.facts.cut_off)), "")
            raise NotFound(found(UNIT_NEEDED, statement=own.key, example=example))
        if unit and not plan.knows("unit", unit):
            raise NotFound(found(NO_UNIT, unit=unit))
        return Parameters(self.facts, unit, on)

    def statement(self, key: str, unit: str | None = None, structure_date: date | None = None) -> StatementResult:
        """A whole statement."""
        own = self.definition(key)
        return self.engine.statement(own, self.parameters(own, unit, structure_date))

    def bridge(self, key: str, unit: str | None = None, structure_date: date | None = None) -> BridgeResult:
        """A statement's bridge from as it was to as of a day (the cut-off where none is given)."""
        own = self.definition(key)
        return self.engine.bridge(own, self.parameters(own, unit, structure_date))

    def figure(self, address: str, structure_date: date | None = None) -> Figure:
        """The figure at an address of the round, with its lineage."""
        return self._at(
            address,
            structure_date,
            lambda own, circumstances, place: self.engine.figure(own, circumstances, place.row, place.column),
        )

    def vouchers(
        self, address: str, *, limit: int, offset: int = 0, structure_date: date | None = None
    ) -> list[VoucherRow]:
        """The postings under the figure at an address of the round."""
        return self._at(
            address,
            structure_date,
            lambda own, circumstances, place: self.engine.vouchers(
                own, circumstances, place.row, place.column, limit=limit, offset=offset
            ),
        )

    def _at(
        self,
        address: str,
        structure_date: date | None,
        ask: Callable[[StatementDefinition, Parameters, Address], _T],
    ) -> _T:
        place = _place(address)
        own = self.definition(place.statement)
        circumstances = self.parameters(own, place.unit, structure_date)
        try:
            return ask(own, circumstances, place)
        except KeyError:
            raise NotFound(_missing_part(address, place, self.engine.statement(own, circumstances))) from None


ReadingOf = Callable[[str], Reading]
"""What to ask of a round, by its key; raises `NotFound` where there is none."""


@contextmanager
def readings_now(draft: str | None = None) -> Iterator[ReadingOf]:
    """Of each round what is held now, all of one moment; with a draft as that reorganisation would have it."""
    with open_engine(draft) as engine:
        held = definitions()
        yield lambda key: Reading(round_facts(key), engine, held)


@contextmanager
def reading_now(round_key: str, draft: str | None = None) -> Iterator[Reading]:
    """What is held now of one round; closed after the block."""
    with readings_now(draft) as reading:
        yield reading(round_key)


def round_of(address: str) -> str:
    """The key of the round that an address is of: the latest where it names none; raises `NotFound`."""
    return _place(address).round or _latest_round()


def _place(address: str) -> Address:
    place = parse_address(address)
    if place is None:
        raise NotFound(found(NOT_AN_ADDRESS, address=address))
    return place


def _latest_round() -> str:
    known = rounds()
    if not known:
        raise NotFound(found(NO_ROUND, round="", known=""))
    return known[0].key


def _missing_part(address: str, place: Address, result: StatementResult) -> Finding:
    rows = [row.key for row in result.rows]
    columns = [column.key for column in result.columns]
    if place.row not in rows:
        return found(NO_FIGURE, address=address, part=place.row, known=", ".join(rows))
    return found(NO_FIGURE, address=address, part=place.column, known=", ".join(columns))
