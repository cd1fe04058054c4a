"""A table with what was understood of it: roles, totals, relations between columns, and equations of cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from uppsikt.checks.arithmetic import Confirmed, Linear, column_relations, tells
from uppsikt.checks.document import Cell, Table
from uppsikt.checks.numbers import Number, Unit
from uppsikt.checks.tables.roles import ColumnRole, Kind, Role, adds, column_role, is_sure_total, role_of
from uppsikt.checks.tables.sums import Rows, row_sums

_NO_WORD = re.compile(r"\W+")
PLACED = 0.5  # sureness from which a row's figures are taken to stand in the right columns

LARGEST = 10**14  # no report's amount; digits that were run together

At = tuple[int, int]  # row and column of a cell


@dataclass(frozen=True, slots=True)
class Equation:
    """One relation asked of one row or column: `off` is target less terms in the table's finest steps.

    `holds_elsewhere` and `fails_elsewhere` count the other places the same relation was asked of.
    """

    kind: str  # "sum" of rows in a column, "across" columns in a row
    target: At
    terms: tuple[tuple[At, int], ...]
    off: int
    slack: int  # twice what rounding explains
    holds_elsewhere: int
    fails_elsewhere: int
    exact: bool  # everywhere else it comes out to the last digit
    taught: bool = False  # other tables of the report, headed alike, bear the relation out too

    @property
    def holds(self) -> bool:
        """Whether rounding explains the difference."""
        return 2 * abs(self.off) <= self.slack

    @property
    def cells(self) -> tuple[At, ...]:
        """Target and terms."""
        return (self.target, *(at for at, _ in self.terms))


class Understood:
    """A table and its structure."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.supposed: tuple[Linear, ...] = ()  # relations between columns that other tables' headings teach

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """What each row is."""
        roles = [role_of(row) for row in self.table.rows]
        known = {relation.target for relation, _ in self._sums}
        return tuple(Role.TOTAL if row in known and role is Role.ITEM else role for row, role in enumerate(roles))

    @cached_property
    def columns(self) -> tuple[ColumnRole, ...]:
        """What each column shows."""
        return tuple(column_role(column) for column in self.table.columns)

    @cached_property
    def by_label(self) -> Mapping[str, int]:
        """The rows by their labels' words, those that name just one row."""
        return _by_name([row.label for row in self.table.rows], shortest=4)

    @cached_property
    def by_heading(self) -> Mapping[str, int]:
        """The columns by their headings' words, those that name just one column."""
        return _by_name([column.heading for column in self.table.columns], shortest=1)

    @cached_property
    def decimals(self) -> int:
        """The most decimals of any addable figure: the table's finest step."""
        return max((number.decimals for _, number in self._numbers() if number.unit is not Unit.PERCENT), default=0)

    def number(self, at: At) -> Number | None:
        """The number in a cell, if any."""
        cell = self.table.rows[at[0]].cells[at[1]]
        return cell.number if cell else None

    def cell(self, at: At) -> Cell:
        """The cell; there must be one."""
        cell = self.table.rows[at[0]].cells[at[1]]
        assert cell is not None
        return cell

    def parts_of(self, row: int) -> tuple[tuple[int, int], ...]:
        """The rows (and signs) that make a total; nothing for a row that is none."""
        return next((relation.terms for relation, _ in self._sums if relation.target == row), ())

    @cached_property
    def relations(self) -> tuple[Confirmed, ...]:
        """Relations between columns, confirmed by the rows."""
        guided = frozenset(index for index, one in enumerate(self.columns) if one.kind is Kind.VARIANCE)
        return tuple(column_relations([row for row in self._in_own_steps if row], guided))

    @cached_property
    def equations(self) -> tuple[Equation, ...]:
        """Every relation asked of every place that can tell."""
        lone = (one for one in self._down(proved=False) if not one.fails_elsewhere)
        return (*self._across(), *self._down(), *lone)

    def _numbers(self) -> Iterator[tuple[At, Number]]:
        for index, row in enumerate(self.table.rows):
            for place, cell in enumerate(row.cells):
                if cell and cell.number:
                    yield (index, place), cell.number

    def steps(self, row: int) -> int:
        """A row's last written digit, in the table's finest steps."""
        return self._steps[row]

    @cached_property
    def _steps(self) -> list[int]:
        return [self._step(row) for row in range(len(self.table.rows))]

    def _step(self, row: int) -> int:
        written = [
            cell.number.decimals for cell in self.table.rows[row].cells if cell and cell.number and cell.number.value
        ]
        return int(10 ** (self.decimals - min(self.decimals, max(written, default=self.decimals))))

    def value(self, at: At) -> int | None:
        """A cell's value in the table's finest steps; none for shares among amounts."""
        return self._values[at[0]][at[1]]

    @cached_property
    def _values(self) -> tuple[tuple[int | None, ...], ...]:
        return tuple(tuple(self.of(cell) for cell in row.cells) for row in self.table.rows)

    def of(self, cell: Cell | None) -> int | None:
        """What a cell says in the table's finest steps; none for what is no amount."""
        number = cell.number if cell else None
        if number is None or number.decimals > self.decimals or abs(number.value) > LARGEST:
            return None
        return int(number.value.scaleb(self.decimals))

    def _placed(self, row: int) -> bool:
        """Whether a row's figures stand surely enough in their columns to be held against others."""
        return self.table.rows[row].sureness >= PLACED

    @cached_property
    def _in_own_steps(self) -> list[list[int | None]]:
        """Each row's values in steps of its last digit; nothing where its figures may stand in the wrong columns."""
        return [
            [None if value is None else value // step for value in values] if self._placed(row) else []
            for row, (values, step) in enumerate(zip(self._values, self._steps, strict=True))
        ]

    @cached_property
    def _sums(self) -> tuple[tuple[Linear, Confirmed | None], ...]:
        rows = self.table.rows
        values = [row if self._placed(index) else [None] * len(row) for index, row in enumerate(self._values)]
        shares = {index for index, one in enumerate(self.columns) if one.kind is Kind.SHARE}
        columns = [
            [row[column] for row in values] for column in range(len(self.table.columns)) if column not in shares
        ]
        found, assumed = row_sums(
            Rows(
                [row.label for row in rows],
                [role_of(row) for row in rows],
                [adds(row) for row in rows],
                columns,
                self._steps,
                [row.indent for row in rows],
            )
        )
        return (*((one.relation, one) for one in found), *((relation, None) for relation in assumed))

    def _across(self) -> Iterator[Equation]:
        rows = self._in_own_steps
        for relation in (*(proof.relation for proof in self.relations), *self.supposed):
            asked = [
                (row, off)
                for row, values in enumerate(rows)
                if values and (off := _asked(relation, values)) is not None
            ]
            telling = [(row, off) for row, off in asked if off or rows[row][relation.target]]
            borne = _Borne(relation, telling)
            for row, off in asked:
                step = self.steps(row)
                yield Equation(
                    "across",
                    (row, relation.target),
                    tuple(((row, index), sign) for index, sign in relation.terms),
                    off * step,
                    relation.slack() * step,
                    *borne.elsewhere(row),
                    taught=relation in self.supposed,
                )

    @cached_property
    def unproved(self) -> tuple[tuple[Equation, ...], ...]:
        """Totals by their label alone that no column bears out: the equations of each, two or more."""
        groups: dict[int, list[Equation]] = {}
        labels = [row.label for row in self.table.rows]
        sums = [relation for relation, proof in self._sums if proof and is_sure_total(labels[relation.target])]
        parts = {index for relation in sums for index, _ in relation.terms}
        for equation in self._down(proved=False):
            row = equation.target[0]
            if row in parts and not is_sure_total(labels[row]):
                continue  # "Årets resultat" among the parts of "Summa eget kapital" is one of them
            groups.setdefault(equation.target[0], []).append(equation)
        return tuple(
            tuple(one for one in group if not one.holds) for group in groups.values() if _fails_throughout(group)
        )

    def _down(self, *, proved: bool = True) -> Iterator[Equation]:
        steps = self._steps
        columns = [[row[column] for row in self._values] for column in range(len(self.table.columns))]
        for relation, proof in self._sums:
            if (proof is None) == proved:
                continue
            if not all(self._placed(row) for row in relation.indices):
                continue
            asked = []
            for column in range(len(self.table.columns)):
                if self.columns[column].kind is Kind.SHARE:
                    continue
                values = columns[column]
                off = _asked(relation, values, least=1)
                if off is not None:
                    asked.append((column, off))
            borne = _Borne(relation, asked, steps)
            for column, off in asked:
                yield Equation(
                    "sum",
                    (relation.target, column),
                    tuple(((row, column), sign) for row, sign in relation.terms if self.number((row, column))),
                    off,
                    relation.slack(steps),
                    *borne.elsewhere(column),
                )


def _by_name(texts: Sequence[str], *, shortest: int) -> dict[str, int]:
    names = [_NO_WORD.sub(" ", text).strip().casefold() for text in texts]
    times = Counter(names)
    return {name: index for index, name in enumerate(names) if len(name) >= shortest and times[name] == 1}


def _fails_throughout(group: list[Equation]) -> bool:
    fails = sum(1 for one in group if not one.holds)
    return fails >= 2 and (len(group) - fails) * 3 <= fails


def _asked(relation: Linear, values: list[int | None], least: int = 2) -> int | None:
    off = relation.off_by(values)
    if off is None or not (tells(relation, values, least) or off):
        return None
    return off


class _Borne:
    """How a relation fares in all places, so that each can ask about the others without going through them."""

    def __init__(self, relation: Linear, asked: Sequence[tuple[int, int]], steps: list[int] | None = None) -> None:
        slack = relation.slack(steps)
        self.holding = {place: off for place, off in asked if 2 * abs(off) <= slack}
        self.rounded = sum(1 for off in self.holding.values() if off)
        self.failing = {place for place, _ in asked} - self.holding.keys()

    def elsewhere(self, place: int) -> tuple[int, int, bool]:
        """In how many other places it holds and fails, and whether it comes out to the last digit in them."""
        holds = len(self.holding) - (place in self.holding)
        rounded = self.rounded - bool(self.holding.get(place))
        return holds, len(self.failing) - (place in self.failing), holds > 0 and not rounded
