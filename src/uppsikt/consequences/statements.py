"""Which codes a statement's definition names one by one: those it must name otherwise when they end. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from uppsikt.consequences.endings import Ending
from uppsikt.consequences.findings import STATEMENT_NAMES
from uppsikt.core.findings import Finding, Place, found
from uppsikt.figures.definitions import EachRow, RowSpec, Selector, SelectRow, StatementDefinition


def codes_named(definition: StatementDefinition) -> frozenset[tuple[str, str]]:
    """Every (dimension, code) that stands in the definition; a range such as 3..9 names none."""
    return frozenset([*_selected(definition.base), *(own for row in definition.rows for own in _in_row(row))])


def _in_row(row: RowSpec) -> Iterator[tuple[str, str]]:
    if isinstance(row, SelectRow):
        yield from _selected(row.selector)
    elif isinstance(row, EachRow):
        yield from _selected(row.selector)
        yield from ((row.dimension, code) for code in row.of)
        for part in row.parts:
            yield from _selected(part.selector)


def _selected(selector: Selector) -> Iterator[tuple[str, str]]:
    for test in selector:
        yield from ((test.dimension, code) for code in (*test.under, *test.excluding))


def statement_findings(
    endings: Iterable[Ending], definitions: Mapping[str, StatementDefinition], key: str
) -> Iterator[Finding]:
    """The statements that name a code which ends."""
    named = {statement: codes_named(definition) for statement, definition in definitions.items()}
    for ending in endings:
        for statement, codes in named.items():
            if (ending.dimension, ending.code) in codes:
                facts = {"statement": statement, "value": ending.label, "day": ending.on.isoformat()}
                yield found(STATEMENT_NAMES, Place(key, ending.number), **facts, heirs=ending.heir_labels)
