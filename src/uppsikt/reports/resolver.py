"""Addresses to figures. Asks a `FigureSource` for statements, once each, and for the lineage of what prose uses."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from uppsikt.core.findings import Finding, NotFound, Place, found
from uppsikt.core.formats import View
from uppsikt.core.language import say
from uppsikt.core.postings import scenario_name
from uppsikt.figures.addresses import Address, parse_address
from uppsikt.figures.model import Cell, Contribution, Figure, RoundFacts, StatementResult, figure_label
from uppsikt.reports.document import Asked, Origin
from uppsikt.reports.facts import Fact
from uppsikt.reports.findings import NO_SUCH_FIGURE
from uppsikt.reports.recipe import Derived
from uppsikt.reports.references import FACT_PREFIX

# sources named each for itself, by kind: a list of decisions is longer than the report it explains, and a forecast's
# name holds who handed it in, which is nobody's business in print
_SOURCES_NAMED = {"actual": 3, "budget": 1, "forecast": 0}


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


@runtime_checkable
class ManyFiguresSource(Protocol):
    """A source that can answer many addresses at once, in their order: one question a statement, not one a figure."""

    def figures(self, addresses: Sequence[str]) -> Sequence[Figure]:
        """The figures with their lineage; raises `LookupError` where one isn't there."""


class Withheld(NotFound):
    """A source has the statement and doesn't show it to whoever asks; the finding says why."""


class Unresolved(LookupError):
    """No figure at an address; `nearest` are addresses that exist, `withheld` why it isn't shown where it exists."""

    def __init__(self, address: str, nearest: Iterable[str] = (), withheld: Finding | None = None) -> None:
        super().__init__(address)
        self.address = address
        self.nearest = tuple(nearest)
        self.withheld = withheld

    def finding(self, place: Place) -> Finding:
        """What is said of the reference that stands at a place."""
        if self.withheld:
            return Finding(self.withheld.code, place, self.withheld.facts)
        return found(NO_SUCH_FIGURE, place, address=self.address, nearest=", ".join(self.nearest) or "–")


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

    @property
    def asked(self) -> frozenset[Asked]:
        """The statements and units ("" for none) that anything has been read of so far."""
        return frozenset((key, unit or "") for key, unit, _ in self._statements)

    def statement(self, key: str, unit: str | None, round_key: str = "") -> StatementResult:
        """A statement of the report's round or another; raises `Unresolved`."""
        asked = (key, unit, round_key or self.round_key)
        if asked not in self._statements:
            try:
                self._statements[asked] = self.source.statement(*asked)
            except LookupError as error:
                withheld = error.finding if isinstance(error, Withheld) else None
                raise Unresolved(f"{key}:{unit}" if unit else key, (), withheld) from error
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
            self._figures[address] = self._derive(address, ()) if address in self.derived else self.cell(address)
        return self._figures[address]

    def cell(self, address: str) -> Resolved:
        """The figure at an address; raises `Unresolved`."""
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
        label = figure_label(statement.unit_name, str(row.label), str(column.label))
        return Resolved(full, label, cell, statement.view, str(column.about))

    def _statement_of(self, parsed: Address) -> StatementResult:
        try:
            return self.statement(parsed.statement, parsed.unit or None, parsed.round or "")
        except Unresolved as error:
            address = f"{error.address}/{parsed.row}/{parsed.column}"
            raise Unresolved(address, self.nearest(address), error.withheld) from error

    def lineage(self, addresses: Sequence[str]) -> dict[str, Figure]:
        """Where figures come from, by address: asked for all at once, when the whole text is read."""
        if not self.with_lineage:
            return {}
        if isinstance(self.source, ManyFiguresSource):
            found = self.source.figures(addresses)
        else:
            found = [self.source.figure(address) for address in addresses]
        return dict(zip(addresses, found, strict=True))

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
        origins = tuple(Origin(operand.label, operand.cell.amount_ore) for operand in operands)
        label = derived.label or about
        return Resolved(name, label, cell, first.view, about, origins, tuple(operands))

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


def origins_of(sources: Sequence[Contribution]) -> tuple[Origin, ...]:
    """A figure's sources: each by name while they are few, else how many of each kind."""
    by_scenario: dict[str, list[Contribution]] = {}
    for source in sources:
        by_scenario.setdefault(source.scenario, []).append(source)
    origins: list[Origin] = []
    for scenario, parts in by_scenario.items():
        if len(parts) <= _SOURCES_NAMED.get(scenario.partition("/")[0], 1):
            origins += [Origin(part.label, part.amount_ore, part.posting_count) for part in parts]
        else:
            amount_ore = sum(part.amount_ore for part in parts)
            posting_count = sum(part.posting_count for part in parts)
            origins.append(Origin(_many(scenario, len(parts)), amount_ore, posting_count))
    return tuple(origins)


def _many(scenario: str, count: int) -> str:
    kind, _, held = scenario.partition("/")
    round_key, _, layer = held.partition("/")
    if layer:
        return say("{name} i {round}", "{name} in {round}", name=scenario_name(scenario).capitalised, round=round_key)
    if kind == "forecast" and count == 1:
        return say("1 prognos i {round}", "1 forecast in {round}", round=round_key)
    if kind == "forecast":
        return say("{count} prognoser i {round}", "{count} forecasts in {round}", count=count, round=round_key)
    if kind == "budget":
        return say("{count} budgetbeslut", "{count} budget decisions", count=count)
    return say("{count} filer", "{count} files", count=count)
