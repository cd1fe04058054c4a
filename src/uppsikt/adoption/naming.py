"""What a correction changed, said in names: statement by statement, row by row, and whose forecast it came of.

Names are those the version itself was adopted with: read from its folder, without asking the ledger anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from uppsikt.adoption.changes import Amount, FigureChange, ForecastChange, VersionChanges
from uppsikt.adoption.frozen import Frozen, read_frozen
from uppsikt.core.formats import View, percent
from uppsikt.core.language import Text
from uppsikt.figures.addresses import Address, parse_address
from uppsikt.figures.definitions import StatementDefinition
from uppsikt.figures.labels import fill, plain_title, unit_name
from uppsikt.figures.layout import lay_out
from uppsikt.figures.model import Parameters


@dataclass(frozen=True, slots=True)
class NamedFigure:
    """A changed figure and the labels of the row and the column it stands in."""

    change: FigureChange
    row: Text
    column: Text

    @property
    def difference_ore(self) -> int | None:
        """What it was changed by, in ledger sign; None for shares."""
        before, after = self.change.before, self.change.after
        if isinstance(before, str) or isinstance(after, str):
            return None
        return (after or 0) - (before or 0)


@dataclass(frozen=True, slots=True)
class ChangedStatement:
    """The figures of one statement that were changed, in its order; `unit` names the one it is for, "" for none.

    `view` is the sign and unit it shows amounts in.
    """

    title: Text
    unit: str
    view: View
    figures: tuple[NamedFigure, ...]

    def shown(self, value: Amount) -> str:
        """An amount or a share as the statement shows it."""
        return percent(Decimal(value)) if isinstance(value, str) else self.view.text(value)

    def difference(self, own: NamedFigure) -> str:
        """What a figure was changed by; "–" for shares."""
        return self.view.text(own.difference_ore)


@dataclass(frozen=True, slots=True)
class NamedForecast:
    """A forecast that was changed, with the names of its unit and its account or group."""

    change: ForecastChange
    unit: str
    account: str


@dataclass(frozen=True, slots=True)
class NamedChanges:
    """What was changed first (forecasts), and what followed from it, the whole municipality's statements first."""

    forecasts: tuple[NamedForecast, ...]
    statements: tuple[ChangedStatement, ...]

    @property
    def figure_count(self) -> int:
        """How many figures were changed."""
        return sum(len(own.figures) for own in self.statements)


def named_changes(folder: Path, changes: VersionChanges) -> NamedChanges:
    """The changes that led to the version in the folder; raises as `read_frozen` where the folder isn't whole."""
    frozen = read_frozen(folder)
    day, plan = frozen.round.cut_off, frozen.plan
    forecasts = (
        NamedForecast(own, plan.name("unit", own.unit, day), plan.name("account", own.account, day))
        for own in changes.forecasts
    )
    return NamedChanges(tuple(forecasts), tuple(_statements(frozen, changes.figures)))


def _statements(frozen: Frozen, figures: Iterable[FigureChange]) -> Iterator[ChangedStatement]:
    grouped: dict[tuple[str, str | None], dict[tuple[str, str], FigureChange]] = defaultdict(dict)
    for own in figures:
        address = parse_address(own.address) or Address("", own.address, "")
        grouped[address.statement, address.unit][address.row, address.column] = own
    order = {definition.key: number for number, definition in enumerate(frozen.definitions)}
    known = {definition.key: definition for definition in frozen.definitions}
    for (key, unit), changed in sorted(grouped.items(), key=lambda one: _place(one[0], order)):
        definition = known.get(key)
        if definition is None:  # a statement the version before had and this one hasn't
            yield ChangedStatement(Text(key, key), unit or "", View(), tuple(_in_order(changed, {}, {})))
        else:
            yield _statement(definition, Parameters(frozen.round, unit), frozen, changed)


def _place(group: tuple[str, str | None], order: Mapping[str, int]) -> tuple[bool, int, str]:
    key, unit = group
    return unit is not None, order.get(key, len(order)), unit or ""


def _statement(
    definition: StatementDefinition,
    parameters: Parameters,
    frozen: Frozen,
    figures: Mapping[tuple[str, str], FigureChange],
) -> ChangedStatement:
    plan = frozen.plan
    rows = {laid.row.key: laid.row.label for laid in lay_out(definition, parameters, plan).rows}
    columns = {spec.key: fill(spec.label, parameters, plan) for spec in definition.columns}
    return ChangedStatement(
        plain_title(definition.title),
        unit_name(parameters, plan),
        definition.view,
        tuple(_in_order(figures, rows, columns)),
    )


def _in_order(
    figures: Mapping[tuple[str, str], FigureChange], rows: Mapping[str, Text], columns: Mapping[str, Text]
) -> Iterator[NamedFigure]:
    """By row and column as the statement has them; what it has no more comes last under its own key."""
    row_order, column_order = _numbered(rows), _numbered(columns)

    def place(at: tuple[str, str]) -> tuple[int, int, tuple[str, str]]:
        return row_order.get(at[0], len(rows)), column_order.get(at[1], len(columns)), at

    for row, column in sorted(figures, key=place):
        row_label, column_label = rows.get(row, Text(row, row)), columns.get(column, Text(column, column))
        yield NamedFigure(figures[row, column], row_label, column_label)


def _numbered(keys: Iterable[str]) -> dict[str, int]:
    return {key: number for number, key in enumerate(keys)}
