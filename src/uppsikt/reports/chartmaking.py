"""From what `report.yaml` asks to a chart with its data: values from the engine, bars that add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.formats import DEFAULT_DECIMALS, View, number
from uppsikt.core.language import say
from uppsikt.figures.model import Row, RowStyle, StatementResult
from uppsikt.reports.charts import (
    Bar,
    Bridge,
    bar_spec,
    bridge_spec,
    bridge_words,
    deviation_spec,
    deviation_words,
    signed_text,
)
from uppsikt.reports.document import NumberCell, RowLook, Table, TableColumn, TableRow
from uppsikt.reports.findings import BRIDGE_OPEN, FIGURE_ABSENT
from uppsikt.reports.recipe import ChartAsk
from uppsikt.reports.references import FACT_PREFIX
from uppsikt.reports.resolver import Resolver, Unresolved
from uppsikt.reports.tabulate import Surroundings, fact_cell


@dataclass(frozen=True)
class MadeChart:
    """A chart's spec, its data and its words."""

    spec: dict[str, Any]
    table: Table
    words: str


def make_chart(
    ask: ChartAsk, resolver: Resolver, around: Surroundings, title: str, place: Place, findings: list[Finding]
) -> MadeChart:
    """The chart asked for; raises `Unresolved` for figures, rows and columns that aren't there."""
    if ask.kind == "facts":
        return _facts_chart(ask, resolver, around, title)
    statement = resolver.statement(ask.statement, ask.unit)
    view = statement.view
    if ask.unit_of_measure:
        view = replace(view, unit=ask.unit_of_measure, decimals=DEFAULT_DECIMALS[ask.unit_of_measure])
    if ask.kind == "bridge":
        return _bridge_chart(ask, statement, view, around, title, place, findings)
    return _deviation_chart(ask, statement, view, around, title, place, findings)


def _deviation_chart(
    ask: ChartAsk,
    statement: StatementResult,
    view: View,
    around: Surroundings,
    title: str,
    place: Place,
    findings: list[Finding],
) -> MadeChart:
    measured = []
    for row in _chosen(statement, ask.rows):
        ore = _ore(statement, row.key, ask.column)
        if ore is None:
            findings.append(found(FIGURE_ABSENT, place, address=statement.address(row.key, ask.column)))
            continue
        value = view.value(ore)
        bar = Bar(str(row.label), value, signed_text(value, view.decimals))
        measured.append((bar, NumberCell(bar.text, value, statement.address(row.key, ask.column), ore)))
    if ask.sort == "value":
        measured.sort(key=lambda pair: pair[0].value)
    bars = [bar for bar, _ in measured]
    unit = view.unit.value
    label = next(str(column.label) for column in statement.columns if column.key == ask.column)
    table = _table(around, label, unit, measured)
    return MadeChart(deviation_spec(bars, unit, title), table, ask.text or deviation_words(bars, unit))


def _bridge_chart(
    ask: ChartAsk,
    statement: StatementResult,
    view: View,
    around: Surroundings,
    title: str,
    place: Place,
    findings: list[Finding],
) -> MadeChart:
    rows = [row for row in _chosen(statement, ask.rows) if row.key != ask.total]
    start_ore, end_ore = (_ore(statement, ask.total, column) or 0 for column in (ask.start, ask.end))
    steps_ore = {
        row.key: (_ore(statement, row.key, ask.end) or 0) - (_ore(statement, row.key, ask.start) or 0) for row in rows
    }
    difference = end_ore - start_ore - sum(steps_ore.values())
    if difference:
        findings.append(
            found(
                BRIDGE_OPEN,
                place,
                key=ask.key,
                start=view.text(start_ore),
                steps=view.text(sum(steps_ore.values())),
                end=view.text(end_ore),
                difference=view.text(difference),
                unit=view.unit.value,
            )
        )
    labels = {column.key: str(column.label) for column in statement.columns}
    start, end = (
        Bar(labels[column], view.value(ore), view.text(ore))
        for column, ore in ((ask.start, start_ore), (ask.end, end_ore))
    )
    steps = [
        (Bar(str(row.label), view.value(ore), signed_text(view.value(ore), view.decimals)), ore)
        for row, ore in ((row, steps_ore[row.key]) for row in rows)
        if ore
    ]
    bridge = Bridge(start, tuple(bar for bar, _ in steps), end)
    measured = [
        (start, NumberCell(start.text, start.value, statement.address(ask.total, ask.start), start_ore)),
        *((bar, NumberCell(bar.text, bar.value, "", ore)) for bar, ore in steps),
        (end, NumberCell(end.text, end.value, statement.address(ask.total, ask.end), end_ore)),
    ]
    unit = view.unit.value
    table = _table(around, say("Belopp", "Amount"), unit, measured, totals=(start.label, end.label))
    return MadeChart(bridge_spec(bridge, unit, title), table, ask.text or bridge_words(bridge, unit))


def _facts_chart(ask: ChartAsk, resolver: Resolver, around: Surroundings, title: str) -> MadeChart:
    measured = []
    for address in ask.facts:
        fact = resolver.fact(address if address.startswith(FACT_PREFIX) else FACT_PREFIX + address)
        if fact.number is None:
            raise Unresolved(address)
        measured.append((Bar(fact.label, fact.number, number(fact.number, fact.decimals)), fact_cell(fact)))
    bars = [bar for bar, _ in measured]
    unit = resolver.fact(ask.facts[0]).unit
    table = _table(around, say("Värde", "Value"), unit, measured)
    return MadeChart(bar_spec(bars, unit, title), table, ask.text or deviation_words(bars, unit))


def _chosen(statement: StatementResult, keys: Sequence[str]) -> list[Row]:
    if not keys:
        return [row for row in statement.rows if row.style is RowStyle.NORMAL]
    by_key = {row.key: row for row in statement.rows}
    for key in keys:
        if key not in by_key:
            raise Unresolved(f"{statement.key}: {key}", by_key)
    return [by_key[key] for key in keys]


def _ore(statement: StatementResult, row: str, column: str) -> int | None:
    if (row, column) not in statement.cells:
        raise Unresolved(f"{statement.key}/{row}/{column}", sorted({column for _, column in statement.cells}))
    return statement.cell(row, column).amount_ore


def _table(
    around: Surroundings,
    label: str,
    unit: str,
    measured: Sequence[tuple[Bar, NumberCell]],
    totals: Sequence[str] = (),
) -> Table:
    kind = "fact" if any(cell.amount_ore is None for _, cell in measured) else "deviation"
    rows = tuple(
        TableRow(str(index), bar.label, (cell,), RowLook.TOTAL if bar.label in totals else RowLook.NORMAL)
        for index, (bar, cell) in enumerate(measured)
    )
    heading = say("Post", "Item")
    column = TableColumn("value", f"{label}, {unit}" if unit else label, kind)
    return Table(around.key, around.number, around.caption, heading, (column,), rows, unit, around.notes)
