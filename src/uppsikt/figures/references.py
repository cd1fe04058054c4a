"""Rows and columns that speak of each other: twice the same key, unknown keys, circles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from uppsikt.figures.definitions import ABOVE, ArithmeticColumn, ColumnSpec, EachRow, RowSpec, SumRow
from uppsikt.figures.findings import KEY_TWICE, REFERENCE_CIRCULAR, REFERENCE_UNKNOWN
from uppsikt.figures.yaml_nodes import Node, Reading


def check_references(
    reading: Reading, rows: Sequence[tuple[Node, RowSpec]], columns: Sequence[tuple[Node, ColumnSpec]]
) -> None:
    """Findings for references that lead nowhere or round in a circle.

    What rows of `each` are called depends on the code plan, so where there are such rows a sum's references
    can be judged only when the statement is laid out.
    """
    named = {row.key: (node, row) for node, row in rows if not isinstance(row, EachRow)}
    _check_twice(reading, [(node, row.key) for node, row in rows if not isinstance(row, EachRow)], "rows")
    _check_twice(reading, [(node, column.key) for node, column in columns], "columns")
    sums = {
        key: (node, tuple(of for of in row.of if of != ABOVE))
        for key, (node, row) in named.items()
        if isinstance(row, SumRow)
    }
    _check(reading, "rows", sums, None if len(named) < len(rows) else list(named))
    made = {column.key: (node, column.operands) for node, column in columns if isinstance(column, ArithmeticColumn)}
    _check(reading, "columns", made, [column.key for _, column in columns])


def _check_twice(reading: Reading, keys: Sequence[tuple[Node, str]], part: str) -> None:
    seen: set[str] = set()
    for node, key in keys:
        if key and key in seen:
            reading.find(KEY_TWICE, node, key=key, part=part)
        seen.add(key)


def _check(
    reading: Reading, part: str, edges: Mapping[str, tuple[Node, tuple[str, ...]]], known: Sequence[str] | None
) -> None:
    for key, (node, references) in edges.items():
        for reference in references:
            if known is not None and reference not in known:
                reading.find(REFERENCE_UNKNOWN, node, key=key, reference=reference, part=part, known=", ".join(known))
        if circle := circle_from(key, {name: targets for name, (_, targets) in edges.items()}):
            reading.find(REFERENCE_CIRCULAR, node, part=part, walk=" → ".join(circle))


def circle_from(start: str, edges: Mapping[str, Sequence[str]]) -> list[str]:
    """A walk from `start` back to itself; empty where there is none."""
    walks = [[start]]
    seen: set[str] = set()
    while walks:
        walk = walks.pop()
        for target in edges.get(walk[-1], ()):
            if target == start:
                return [*walk, target]
            if target not in seen:
                seen.add(target)
                walks.append([*walk, target])
    return []
