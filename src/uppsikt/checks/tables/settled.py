"""Rows with fewer figures than columns, their figures put where the totals below say that they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, product
from math import comb

from uppsikt.checks.document import Cell, Row, Table
from uppsikt.checks.tables.roles import Role, role_of
from uppsikt.checks.tables.understood import PLACED, Understood

SETTLED = 0.9  # how surely a row stands whose total comes out
MOST_WAYS = 600  # in which the unsure rows of one total may stand
MOST_BEGINNINGS = 6  # where the rows of a total may begin

Cells = tuple[Cell | None, ...]


def settled(table: Table) -> Table:
    """The table with the rows that its totals settle; where nothing is settled, the same table."""
    unsure = {index for index, row in enumerate(table.rows) if row.sureness < SETTLED and _ways(row)}
    if not unsure:
        return table
    roles = [role_of(row) for row in table.rows]
    rows = list(table.rows)
    begun = 0
    for total, role in enumerate(roles):
        if role not in (Role.TOTAL, Role.CLOSING) or total in unsure or rows[total].sureness < PLACED:
            continue
        if any(index in unsure for index in range(begun, total)):
            for index, cells in _best(table, roles, total, unsure):
                rows[index] = replace(rows[index], cells=cells, sureness=SETTLED)
        begun = total
    if rows == list(table.rows):
        return table
    return replace(table, rows=tuple(rows), sureness=min(row.sureness for row in rows))


def _ways(row: Row) -> int:
    """In how many ways the row's figures can stand in the columns; none where it is full or empty."""
    filled = sum(cell is not None for cell in row.cells)
    ways = comb(len(row.cells), filled) if 0 < filled < len(row.cells) else 0
    return ways if ways <= MOST_WAYS else 0


def _placings(row: Row) -> Iterator[Cells]:
    own = [cell for cell in row.cells if cell is not None]
    for places in combinations(range(len(row.cells)), len(own)):
        given = dict(zip(places, own, strict=True))
        yield tuple(given.get(index) for index in range(len(row.cells)))


def _best(table: Table, roles: Sequence[Role], total: int, unsure: set[int]) -> list[tuple[int, Cells]]:
    """The unsure rows above the total with the only placing that makes it come out in nearly all columns."""
    understood = Understood(table)
    asked = [understood.value((total, column)) for column in range(len(table.columns))]
    tried: dict[tuple[tuple[int, Cells], ...], int] = {}
    for begin in _beginnings(roles, total):
        parts = [index for index in range(begin, total) if roles[index] not in (Role.HEADING, Role.MEMO)]
        own = [index for index in parts if index in unsure]
        sure = [index for index in parts if index not in unsure]
        if not own or any(table.rows[index].sureness < PLACED for index in sure):
            continue
        base = [sum(understood.value((index, column)) or 0 for index in sure) for column in range(len(table.columns))]
        for way in _products([list(_placings(table.rows[index])) for index in own]):
            values = [_and(understood, base[column], column, way) for column in range(len(base))]
            fits = sum(
                bool(target) and 2 * abs(value - (target or 0)) <= len(parts) + 1
                for target, value in zip(asked, values, strict=True)
            )
            key = tuple(zip(own, way, strict=True))
            tried[key] = max(fits, tried.get(key, 0))
    best = max(tried, key=lambda key: tried[key], default=())
    needed = max(2, sum(map(bool, asked)) - 1)
    rivals = (fits for key, fits in tried.items() if not set(best) <= set(key))
    return list(best) if best and tried[best] >= max(needed, 1 + max(rivals, default=0)) else []


def _and(understood: Understood, base: int, column: int, way: Sequence[Cells]) -> int:
    return base + sum(understood.of(cells[column]) or 0 for cells in way)


def _products(choices: list[list[Cells]]) -> Iterator[tuple[Cells, ...]]:
    count = 1
    for one in choices:
        count *= len(one)
    return product(*choices) if count <= MOST_WAYS else iter(())


def _beginnings(roles: Sequence[Role], total: int) -> Iterator[int]:
    """Where the rows of a total may begin: after the heading or total above, at that total, and further up."""
    given = 0
    for index in range(total - 1, -1, -1):
        if roles[index] in (Role.TOTAL, Role.HEADING, Role.CLOSING):
            yield index + 1
            if roles[index] is not Role.HEADING:
                yield index
            given += 1
        if given >= MOST_BEGINNINGS:
            return
    yield 0
