"""What reports ask: many figures at once, so that all of a round are of one moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from uppsikt.core.findings import Finding, NotFound, found
from uppsikt.core.hashes import hash_of
from uppsikt.figures.addresses import Address, parse_address
from uppsikt.figures.definitions import StatementDefinition
from uppsikt.figures.model import Figure, Parameters, RoundFacts, StatementResult
from uppsikt.relations.findings import NOT_AN_ADDRESS
from uppsikt.relations.reading import Reading, ReadingOf
from uppsikt.reports.resolver import Withheld

Reads = Callable[[StatementDefinition, Parameters], Finding | None]


class FigureDesk:
    """What reports ask: statements, figures and rounds; `opens` gives what to ask of each round, asked once each."""

    def __init__(self, opens: ReadingOf, reads: Reads | None = None) -> None:
        self._opens = opens
        self._reads = reads
        self._readings: dict[str, Reading] = {}

    @property
    def content_hash(self) -> str:
        """Identity of the data asked so far: that of one state of it, or of several together."""
        used = sorted({own.engine.relations.content_hash for own in self._readings.values()})
        return used[0] if len(used) == 1 else hash_of(used)

    def round_facts(self, key: str) -> RoundFacts:
        """The round with its cut-off; raises `NotFound`."""
        return self._reading(key).facts

    def statement(self, key: str, unit: str | None, round_key: str) -> StatementResult:
        """A whole table, from one query; raises `NotFound`."""
        reading = self._reading(round_key)
        own = reading.definition(key)
        return reading.engine.statement(own, self._parameters(reading, own, unit))

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
            reading = self._reading(round_key)
            own = reading.definition(key)
            places = [place for _, place in wanted]
            figures = reading.engine.figures(own, self._parameters(reading, own, unit), places)
            by_address.update(zip((address for address, _ in wanted), figures, strict=True))
        return [by_address[address] for address in addresses]

    def _reading(self, round_key: str) -> Reading:
        if round_key not in self._readings:
            self._readings[round_key] = self._opens(round_key)
        return self._readings[round_key]

    def _parameters(self, reading: Reading, own: StatementDefinition, unit: str | None) -> Parameters:
        circumstances = reading.parameters(own, unit)
        if self._reads and (finding := self._reads(own, circumstances)):
            raise Withheld(finding)
        return circumstances

    def _place(self, address: str) -> Address:
        place = parse_address(address)
        if place is None or place.round is None:
            raise NotFound(found(NOT_AN_ADDRESS, address=address))
        return place
