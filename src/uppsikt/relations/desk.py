"""What reports ask: many figures over one engine, so that all are of one moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from uppsikt.core.findings import Finding, NotFound, found
from uppsikt.figures.addresses import Address, parse_address
from uppsikt.figures.definitions import StatementDefinition
from uppsikt.figures.engine import Engine
from uppsikt.figures.model import Figure, Parameters, RoundFacts, StatementResult
from uppsikt.relations.circumstances import definitions, parameters, round_facts
from uppsikt.relations.files import open_engine
from uppsikt.relations.findings import NO_STATEMENT, NOT_AN_ADDRESS
from uppsikt.reports.resolver import Withheld

Reads = Callable[[StatementDefinition, Parameters], Finding | None]


class FigureDesk:
    """What reports ask: statements, figures and rounds over one engine, so that all figures are of one moment."""

    def __init__(self, engine: Engine, reads: Reads | None = None) -> None:
        self._engine = engine
        self._definitions = definitions()
        self._reads = reads

    @property
    def content_hash(self) -> str:
        """Identity of the data, and of the statements that read it."""
        return self._engine.relations.content_hash

    def round_facts(self, key: str) -> RoundFacts:
        """The round with its cut-off; raises `NotFound`."""
        return round_facts(key)

    def statement(self, key: str, unit: str | None, round_key: str) -> StatementResult:
        """A whole table, from one query; raises `NotFound`."""
        own = self._definition(key)
        circumstances = self._parameters(own, round_key, unit)
        return self._engine.statement(own, circumstances)

    def figure(self, address: str) -> Figure:
        """One figure with its lineage; raises `LookupError` where there is none."""
        return self.figures([address])[0]

    def figures(self, addresses: Sequence[str]) -> list[Figure]:
        """Many figures with their lineage, in order: one question for each statement they stand in."""
        asked: dict[tuple[str, str | None, str], list[tuple[str, tuple[str, str]]]] = defaultdict(list)
        for address in addresses:
            place = self._place(address)
            asked[place.statement, place.unit, place.round or ""].append((address, (place.row, place.column)))
        by_address: dict[str, Figure] = {}
        for (key, unit, round_key), wanted in asked.items():
            own = self._definition(key)
            places = [place for _, place in wanted]
            figures = self._engine.figures(own, self._parameters(own, round_key, unit), places)
            by_address.update(zip((address for address, _ in wanted), figures, strict=True))
        return [by_address[address] for address in addresses]

    def _parameters(self, own: StatementDefinition, round_key: str, unit: str | None) -> Parameters:
        circumstances = parameters(own, round_key, unit)
        if self._reads and (finding := self._reads(own, circumstances)):
            raise Withheld(finding)
        return circumstances

    def _place(self, address: str) -> Address:
        place = parse_address(address)
        if place is None or place.round is None:
            raise NotFound(found(NOT_AN_ADDRESS, address=address))
        return place

    def _definition(self, key: str) -> StatementDefinition:
        if key not in self._definitions:
            raise NotFound(found(NO_STATEMENT, statement=key, known=", ".join(sorted(self._definitions))))
        return self._definitions[key]


@contextmanager
def figure_desk(reads: Reads | None = None) -> Iterator[FigureDesk]:
    """A desk over what is held now; closed after the block. `reads` says why a statement may not be read, if so."""
    with open_engine() as engine:
        yield FigureDesk(engine, reads)
