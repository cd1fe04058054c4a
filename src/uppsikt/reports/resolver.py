"""Addresses to figures. Asks a `FigureSource` for statements, once each, and for the lineage of what prose uses."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from uppsikt.core.formats import View
from uppsikt.figures.addresses import Address, parse_address
from uppsikt.figures.model import Cell, Figure, RoundFacts, StatementResult
from uppsikt.reports.document import Origin
from uppsikt.reports.facts import Fact
from uppsikt.reports.recipe import Derived
from uppsikt.reports.references import FACT_PREFIX


class FigureSource(Protocol):
    """What reports need of the engine. Each method raises `LookupError` for what isn't there."""

    @property
    def content_hash(self) -> str:
        """Identity of the data: the active batches, the plan postings and the code plan."""

    def round_facts(self, key: str) -> RoundFacts:
        """The round with its cut-off."""

    def statement(self, key: str, unit: str | None, round_key: str) -> StatementResult:
        """A whole table, from one query."""

    def figure(self, address: str) -> Figure:
        """One figure with its lineage; the address is complete (with @round)."""


class Unresolved(LookupError):
    """No figure at an address; `nearest` are addresses that exist."""

    def __init__(self, address: str, nearest: Iterable[str] = ()) -> None:
        super().__init__(address)
        self.address = address
        self.nearest = tuple(nearest)


class DerivedFault(Exception):
    """A derived figure that can't be made; `is_circle` says which of the two faults."""

    def __init__(self, name: str, *, is_circle: bool) -> None:
        super().__init__(name)
        self.name = name
        self.is_circle = is_circle


@dataclass(frozen=True)
class Resolved:
    """A figure of the ledger, found."""

    address: str
    label: str
    cell: Cell
    view: View
    period: str = ""
    about: str = ""
    origins: tuple[Origin, ...] = ()
    operands: tuple[Resolved, ...] = ()


class Resolver:
    """Resolves one report's references; each statement is asked for once."""

    def __init__(
        self,
        source: FigureSource,
        round_key: str,
        facts: Mapping[str, Fact],
        derived: Mapping[str, Derived],
        *,
        with_lineage: bool = True,
    ) -> None:
        self.source = source
        self.round_key = round_key
        self.facts = facts
        self.derived = derived
        self.with_lineage = with_lineage
        self._statements: dict[tuple[str, str | None, str], StatementResult] = {}
        self._figures: dict[str, Resolved] = {}

    @property
    def statements(self) -> list[StatementResult]:
        """The statements asked for so far."""
        return list(self._statements.values())

    def statement(self, key: str, unit: str | None, round_key: str = "") -> StatementResult:
        """A statement of the report's round or another; raises `Unresolved`."""
        asked = (key, unit, round_key or self.round_key)
        if asked not in self._statements:
            try:
                self._statements[asked] = self.source.statement(*asked)
            except LookupError as error:
                raise Unresolved(f"{key}:{unit}" if unit else key) from error
        return self._statements[asked]

    def fact(self, address: str) -> Fact:
        """An outside fact by its address (`fakta/key`); raises `Unresolved`."""
        fact = self.facts.get(address.removeprefix(FACT_PREFIX))
        if fact is None:
            raise Unresolved(address, self.nearest(address))
        return fact

    def figure(self, address: str) -> Resolved:
        """The figure at an address or of a derived figure's name; raises `Unresolved` or `DerivedFault`."""
        if address not in self._figures:
            self._figures[address] = self._derive(address, ()) if address in self.derived else self._look_up(address)
        return self._figures[address]

    def cell(self, address: str) -> Resolved:
        """The figure without its lineage: what comparisons need."""
        parsed = parse_address(address)
        if parsed is None:
            raise Unresolved(address, self.nearest(address))
        statement = self._statement_of(parsed)
        if (parsed.row, parsed.column) not in statement.cells:
            raise Unresolved(address, self.nearest(address, statement))
        row = next(row for row in statement.rows if row.key == parsed.row)
        column = next(column for column in statement.columns if column.key == parsed.column)
        full = statement.address(parsed.row, parsed.column)
        cell = statement.cell(parsed.row, parsed.column)
        return Resolved(full, f"{row.label}, {column.label}", cell, statement.view, "", str(column.about))

    def _statement_of(self, parsed: Address) -> StatementResult:
        try:
            return self.statement(parsed.statement, parsed.unit or None, parsed.round or "")
        except Unresolved as error:
            address = f"{error.address}/{parsed.row}/{parsed.column}"
            raise Unresolved(address, self.nearest(address)) from error

    def _look_up(self, address: str) -> Resolved:
        plain = self.cell(address)
        if not self.with_lineage:
            return plain
        try:
            figure = self.source.figure(plain.address)
        except LookupError as error:
            raise Unresolved(address, self.nearest(address)) from error
        origins = tuple(Origin(part.label, part.amount_ore, part.posting_count) for part in figure.sources)
        return Resolved(plain.address, plain.label, plain.cell, plain.view, str(figure.period), plain.about, origins)

    def _derive(self, name: str, above: tuple[str, ...]) -> Resolved:
        if name in above:
            raise DerivedFault(name, is_circle=True)
        derived = self.derived[name]
        operands = [
            self._derive(operand, (*above, name)) if operand in self.derived else self.figure(operand)
            for operand in derived.operands
        ]
        first = operands[0]
        if any(operand.cell.share is not None or operand.view.sign is not first.view.sign for operand in operands):
            raise DerivedFault(name, is_circle=False)
        amounts = [operand.cell.amount_ore for operand in operands]
        present = [amount for amount in amounts if amount is not None]
        total = sum(present) if not derived.is_difference else sum(present[:1]) - sum(present[1:])
        cell = Cell(total) if len(present) == len(amounts) else Cell()
        sign = " − " if derived.is_difference else " + "
        about = sign.join(operand.label for operand in operands)
        origins = tuple(Origin(operand.address, operand.cell.amount_ore) for operand in operands)
        label = derived.label or about
        return Resolved(name, label, cell, first.view, first.period, about, origins, tuple(operands))

    def nearest(self, address: str, statement: StatementResult | None = None) -> list[str]:
        """Up to three addresses that exist and look like this one."""
        asked = [statement] if statement else self.statements
        known = [
            f"{one.key}{':' + one.parameters.unit if one.parameters.unit else ''}/{row}/{column}"
            for one in asked
            for row, column in one.cells
        ]
        known += [*self.derived, *(f"{FACT_PREFIX}{key}" for key in self.facts)]
        return difflib.get_close_matches(address.partition("@")[0], known, 3, 0.5)
