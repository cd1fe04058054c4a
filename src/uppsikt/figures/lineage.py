"""A figure with its lineage: what it is made of, down to files and decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from uppsikt.core.language import Text
from uppsikt.core.postings import DIMENSION_NAMES
from uppsikt.figures.addresses import Address
from uppsikt.figures.answers import Answer, column_of
from uppsikt.figures.assembly import weights
from uppsikt.figures.cells import CellParts, ask_of_cell, cell_parts, money_operands
from uppsikt.figures.definitions import ArithmeticColumn, Scenario, Selector, Test
from uppsikt.figures.labels import unit_name
from uppsikt.figures.layout import LaidColumn
from uppsikt.figures.model import Contribution, Figure, Row, figure_label
from uppsikt.figures.presentation import period_words, structure_words
from uppsikt.figures.rows import LaidRow

if TYPE_CHECKING:
    from uppsikt.figures.engine import Engine

_Sources = Mapping[str, tuple[Contribution, ...]]  # by money column key
_Sum = tuple[str, str, int, int]  # scenario, source, öre, number of postings
_Sums = Mapping[tuple[int, int], list[_Sum]]  # by row and column number


def figures(engine: Engine, answer: Answer, places: Sequence[tuple[str, str]], *, with_sources: bool) -> list[Figure]:
    """The figures at rows and columns, their sources from one question; KeyError where the statement lacks one."""
    parts = {place: cell_parts(answer.compiled, *place) for place in places}
    sums = _sums_by_source(engine, answer, parts) if with_sources else {}
    return [_figure(engine, answer, *place, _sources(engine, answer, place, parts[place], sums)) for place in places]


def _figure(engine: Engine, answer: Answer, row: str, column: str, sources: _Sources) -> Figure:
    compiled = answer.compiled
    definition, parameters = compiled.definition, compiled.parameters
    spec = {own.key: own for own in definition.columns}[column]
    laid = {own.row.key: own for own in compiled.layout.rows}[row]
    label = column_of(spec, compiled, engine.plan).label
    unit = unit_name(parameters, engine.plan)
    if isinstance(spec, ArithmeticColumn):
        operands = tuple(_figure(engine, answer, row, operand, sources) for operand in spec.operands)
    else:
        operands = tuple(_figure(engine, answer, part.key, column, {}) for part in _added(answer, laid))
    money = [compiled.laid_column(key) for key in money_operands(compiled, column)]
    return Figure(
        address=str(Address(definition.key, row, column, parameters.unit, parameters.round.key)),
        label=Text(figure_label(unit, laid.row.label.sv, label.sv), figure_label(unit, laid.row.label.en, label.en)),
        cell=answer.table.cells[row, column],
        view=definition.view,
        period=_joined(period_words(own.months) for own in money),
        as_of=max(as_of(own, parameters.round.cut_off) for own in money),
        structure=_joined(structure_words(own) for own in money),
        selector=selector_words(answer, laid),
        sources=_own_sources(answer, column, sources),
        operands=operands,
    )


def as_of(column: LaidColumn, cut_off: date) -> date:
    """The day up to which a column knows: its last day or the cut-off for actuals, else decisions known."""
    if column.spec.scenario is Scenario.ACTUAL:
        return min(column.last_day, cut_off)
    return column.known_on or cut_off


def _sums_by_source(engine: Engine, answer: Answer, parts: Mapping[tuple[str, str], CellParts]) -> _Sums:
    compiled = answer.compiled
    rows = sorted({number for own in parts.values() for number in own.rows})
    columns = {compiled.column_number(key) for _, column in parts for key in money_operands(compiled, column)}
    sums: dict[tuple[int, int], list[_Sum]] = defaultdict(list)
    for row, column, scenario, source, amount_ore, count in ask_of_cell(
        engine, compiled, rows, sorted(columns), "sources"
    ):
        sums[row, column].append((scenario, source, amount_ore, count))
    return sums


def _sources(engine: Engine, answer: Answer, place: tuple[str, str], parts: CellParts, sums: _Sums) -> _Sources:
    found: dict[str, tuple[Contribution, ...]] = {}
    for key in money_operands(answer.compiled, place[1]):
        number = answer.compiled.column_number(key)
        added: dict[tuple[str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
        for row in parts.rows:  # a row may count more than once
            for scenario, source, amount_ore, count in sums.get((row, number), ()):
                amount_before, count_before = added[scenario, source]
                added[scenario, source] = (amount_before + amount_ore, count_before + count)
        found[key] = tuple(
            Contribution(source, engine.relations.origins.get(source, source), scenario, count, amount_ore)
            for (scenario, source), (amount_ore, count) in sorted(added.items())
        )
    return found


def _own_sources(answer: Answer, column: str, sources: _Sources) -> tuple[Contribution, ...]:
    """The contributions that add up to the figure: a difference takes its second part with turned sign."""
    by_weight = weights(answer.compiled.definition, column)
    return tuple(
        Contribution(own.source, own.label, own.scenario, own.posting_count, weight * own.amount_ore)
        for key, weight in by_weight.items()
        for own in sources.get(key, ())
    )


def _added(answer: Answer, laid: LaidRow) -> list[Row]:
    """The rows of the table that a sum adds; none for a picking row."""
    by_key = {own.row.key: own.row for own in answer.table.rows}
    return [by_key[key] for key in laid.of if key in by_key]


def selector_words(answer: Answer, laid: LaidRow) -> Text:
    """Which postings a row picks, in words."""
    if laid.is_sum:
        labels = [part.label for part in _added(answer, laid)]
        return Text(
            "summan av " + ", ".join(label.sv for label in labels),
            "sum of " + ", ".join(label.en for label in labels),
        )
    selector: Selector = (*laid.selector, *answer.compiled.layout.base)
    said = [_test_words(test) for test in dict.fromkeys(selector)]
    return Text("; ".join(text.sv for text in said), "; ".join(text.en for text in said))


def _test_words(test: Test) -> Text:
    name = DIMENSION_NAMES[test.dimension]
    sv, en = [name.sv], [name.en]
    if test.under:
        codes = ", ".join(test.under)
        sv.append(f"direkt på {codes}" if test.is_alone else f"under {codes}")
        en.append(f"directly on {codes}" if test.is_alone else f"under {codes}")
    if test.excluding:
        sv.append("utom " + ", ".join(test.excluding))
        en.append("except " + ", ".join(test.excluding))
    if test.is_present is not None:
        sv.append("angivet" if test.is_present else "saknas")
        en.append("given" if test.is_present else "absent")
    return Text(" ".join(sv), " ".join(en))


def _joined(texts: Iterable[Text]) -> Text:
    said = list(dict.fromkeys(texts))
    return Text("; ".join(text.sv for text in said), "; ".join(text.en for text in said))
