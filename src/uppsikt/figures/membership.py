"""Turns a layout into the small relations that one constant query joins: atoms, row and column members.

Codes that every row treats alike in every structure asked for are one *atom*. Postings are summed by atom
before anything else happens, so the rest of the query works on a few hundred rows however long the ledger is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import product

from uppsikt.core.codeplan import CodePlan
from uppsikt.core.postings import DIMENSIONS
from uppsikt.figures.carrying import STILL, Carrying, Code, booked, carried
from uppsikt.figures.definitions import Selector, Test
from uppsikt.figures.layout import Layout
from uppsikt.figures.model import RowStyle
from uppsikt.figures.rows import LaidRow
from uppsikt.figures.structures import Reading, Tree, epoch_of, tree_of

SCOPE = 0  # the row that is the whole statement; real rows count from 1
# Every posting has a unit and an account; a code without a place there is a fault, elsewhere a choice.
_MUST_BE_PLACED = ("unit", "account")


@dataclass(frozen=True)
class Atoms:
    """A dimension's codes and leaves by atom; those outside the statement have none.

    `unplaced` atoms hold one code each.
    """

    of_code: Mapping[Code, int]
    codes: Mapping[int, tuple[Code, ...]]
    unplaced: frozenset[int]


@dataclass(frozen=True, slots=True)
class Range:
    """All codes of the statement lie between two codes that no other code lies between, and are one atom."""

    first: str
    last: str
    atom: int


@dataclass(frozen=True, slots=True)
class RowMember:
    """In `epoch`, postings of this combination of atoms belong to the row. Untested dimensions have atom 0."""

    row: int
    epoch: int
    shape: int
    atoms: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ColumnMember:
    """Postings of the scenario and month belong to the column, read in the structure of `epoch`."""

    column: int
    scenario: str
    period: int
    epoch: int
    known_on: date | None


@dataclass(frozen=True)
class Membership:
    """The small relations. `shapes` say which dimensions rows test; `counted` rows are added to totals."""

    dimensions: tuple[str, ...]
    atoms: Mapping[str, Atoms]
    shapes: tuple[tuple[int, ...], ...]
    rows: tuple[RowMember, ...]
    columns: tuple[ColumnMember, ...]
    counted: frozenset[int]
    possible: frozenset[int]  # rows that could hold money at all, given the statement's base
    overlaps: tuple[tuple[int, int], ...] = ()
    ranges: Mapping[str, Range] = field(default_factory=dict)
    carrying: Mapping[str, Carrying] = field(default_factory=dict)
    merged: Mapping[str, Carrying] = field(default_factory=dict)  # where leaves of one atom are one leaf
    whole: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # split codes that are one atom after all

    def located(self, dimension: str, name: Code, reading: Reading) -> Code:
        """The code that money of a code or leaf stands on in a structure."""
        return self.carrying.get(dimension, STILL).located(name, reading)

    @property
    def known_days(self) -> list[date]:
        """The days up to which columns know decisions, in order."""
        return sorted({member.known_on for member in self.columns if member.known_on})


def members(layout: Layout, plan: CodePlan, census: Mapping[str, frozenset[Code]]) -> Membership:
    """The relations of a layout. `census` has the codes that occur in the postings, by dimension."""
    if not layout.readings:  # an unknown unit: there is nothing to ask
        return Membership((), {}, (), (), (), frozenset(), frozenset())
    return Builder(layout, plan, census).membership()


@dataclass(frozen=True)
class _Passing:
    """A selector at one epoch: codes that pass, by tested dimension."""

    by_dimension: Mapping[str, frozenset[Code]]


class Builder:
    """Makes the relations; tells too which codes pass a test."""

    def __init__(self, layout: Layout, plan: CodePlan, census: Mapping[str, frozenset[Code]]) -> None:
        self.layout = layout
        self.plan = plan
        self.carrying = {d: carried(plan, d, layout.readings, layout.months, census) for d in layout.dimensions}
        self.census = {d: self.carrying[d].names(census.get(d, frozenset())) for d in layout.dimensions}
        self.universe = {d: self.census[d] | set(plan.codes(d)) for d in layout.dimensions}
        self.picking = [(no, laid) for no, laid in enumerate(layout.rows, start=1) if not laid.is_sum]
        self.counted = _counted(self.picking)
        self.epochs = range(len(layout.readings))
        self._passes: dict[tuple[Test, int], frozenset[Code]] = {}
        self.scope = {epoch: self._scope(epoch) for epoch in self.epochs}
        self.inside = {(no, epoch): self._inside(laid, epoch) for no, laid in self.picking for epoch in self.epochs}

    def membership(self) -> Membership:
        """All of them together."""
        atoms = {dimension: self._atoms(dimension) for dimension in self.layout.dimensions}
        merged, whole = merged_leaves(self.carrying, atoms)
        shapes: dict[tuple[int, ...], int] = {}
        rows: list[RowMember] = []
        for epoch in self.epochs:
            rows += self._boxes(SCOPE, epoch, self.scope[epoch], atoms, shapes)
            for no, _ in self.picking:
                rows += self._boxes(no, epoch, self.inside[no, epoch], atoms, shapes)
        return Membership(
            dimensions=self.layout.dimensions,
            atoms=atoms,
            shapes=tuple(shapes),
            rows=tuple(rows),
            columns=tuple(self._columns()),
            counted=self.counted,
            possible=frozenset(no for (no, _), passing in self.inside.items() if all(passing.by_dimension.values())),
            overlaps=tuple(self._overlaps()),
            ranges=dict(self._ranges(atoms, whole)),
            carrying={dimension: own for dimension, own in self.carrying.items() if own.stands},
            merged=merged,
            whole=whole,
        )

    def _tree(self, test: Test, epoch: int) -> Tree:
        return tree_of(self.plan, test.dimension, test.hierarchy, self.layout.readings[epoch])

    def passes(self, test: Test, epoch: int) -> frozenset[Code]:
        """The codes that pass a test in an epoch."""
        key = (test, epoch)
        if key not in self._passes:
            standing = self.standing(test, epoch)
            places = dict(self.carrying[test.dimension].places(self.layout.readings[epoch]))
            carried_here = {name for name, place in places.items() if place in standing}
            self._passes[key] = frozenset(standing - places.keys() | carried_here)
        return self._passes[key]

    def standing(self, test: Test, epoch: int) -> set[Code]:
        """The codes on which money passes a test where it stands."""
        at = self._tree(test, epoch)
        universe = self.universe[test.dimension]
        passing: set[Code] = set(universe) | {None} if not test.under else set()
        for code in expanded(self.plan, test.dimension, test.under, universe):
            if not test.beneath or (at.parents.get(code) or "") in test.beneath:
                passing |= {code} if test.is_alone else at.below(code)
        for code in expanded(self.plan, test.dimension, test.excluding, universe):
            passing -= at.below(code)
        if test.is_present is not None:
            passing = passing - {None} if test.is_present else passing & {None}
        return passing

    def _scope(self, epoch: int) -> _Passing:
        """What the statement is about, with codes that have no place where they should have one."""
        passing = dict(self._together(self.layout.base, epoch).by_dimension)
        for test in self.layout.base:
            if test.dimension in _MUST_BE_PLACED and (test.under or test.excluding) and not self._is_one_unit(test):
                at = self._tree(test, epoch)
                located = partial(self.carrying[test.dimension].located, reading=self.layout.readings[epoch])
                codes = self.census[test.dimension]
                passing[test.dimension] |= {code for code in codes if not _is_placed(at, located(code))}
        return _Passing(passing)

    def _is_one_unit(self, test: Test) -> bool:
        # a unit's own table says nothing of units nobody knows: they could be anyone's
        return test in self.layout.unit_tests

    def _together(self, selector: Selector, epoch: int) -> _Passing:
        passing: dict[str, frozenset[Code]] = {}
        for test in selector:
            codes = self.passes(test, epoch)
            passing[test.dimension] = passing[test.dimension] & codes if test.dimension in passing else codes
        return _Passing(passing)

    def _inside(self, laid: LaidRow, epoch: int) -> _Passing:
        return self._together((*self.layout.base, *laid.selector), epoch)

    def _atoms(self, dimension: str) -> Atoms:
        signatures: dict[Code, list[tuple[int, int]]] = defaultdict(list)
        unplaced: set[Code] = set()
        census = self.census[dimension]
        in_scope: set[Code] = set()
        for epoch in self.epochs:
            scope = self.scope[epoch].by_dimension.get(dimension)
            scoped = set(census) if scope is None else census & scope
            in_scope |= scoped
            for code in scoped if scope is not None else ():
                signatures[code].append((epoch, SCOPE))
            tested = [no for no, _ in self.picking if dimension in self.inside[no, epoch].by_dimension]
            covered: set[Code] = set()
            for no in tested:
                codes = self.inside[no, epoch].by_dimension[dimension] & census
                for code in codes:
                    signatures[code].append((epoch, no))
                if no in self.counted:
                    covered |= codes
            if any(no in self.counted for no in tested):
                unplaced |= scoped - covered
        unplaced |= {code for code in in_scope if code is not None and not self.plan.knows(dimension, booked(code))}
        return _numbered(in_scope, signatures, unplaced)

    def _boxes(
        self,
        no: int,
        epoch: int,
        passing: _Passing,
        atoms: Mapping[str, Atoms],
        shapes: dict[tuple[int, ...], int],
    ) -> Iterator[RowMember]:
        sides = []
        for dimension in DIMENSIONS:
            codes = passing.by_dimension.get(dimension)
            if codes is None:
                sides.append([0])
                continue
            of_code = atoms[dimension].of_code
            sides.append(sorted({of_code[code] for code in codes if code in of_code}))
        shape = tuple(int(dimension in passing.by_dimension) for dimension in DIMENSIONS)
        number = shapes.setdefault(shape, len(shapes))
        for combination in product(*sides):
            yield RowMember(no, epoch, number, combination)

    def _ranges(
        self, atoms: Mapping[str, Atoms], whole: Mapping[str, Mapping[str, int]]
    ) -> Iterator[tuple[str, Range]]:
        for dimension, own in atoms.items():
            split = self.carrying[dimension].split
            again = whole.get(dimension, {})
            codes = sorted(
                {code for code in own.of_code if code is not None and booked(code) not in split} | set(again)
            )
            if len(own.codes) != 1 or None in own.of_code or not codes or len(again) < len(split):
                continue
            occurring = sorted({booked(code) for code in self.census[dimension] if code is not None})
            start = occurring.index(codes[0])
            if occurring[start : start + len(codes)] == codes:
                yield dimension, Range(codes[0], codes[-1], own.of_code[next(iter(own.of_code))])

    def _columns(self) -> Iterator[ColumnMember]:
        for no, column in enumerate(self.layout.columns):
            for month, reading in zip(column.months, column.readings, strict=True):
                epoch = self.layout.epochs[epoch_of(self.plan, self.layout.dimensions, reading)]
                for scenario in column.scenarios:
                    yield ColumnMember(no, scenario, month.number, epoch, column.known_on)

    def _overlaps(self) -> Iterator[tuple[int, int]]:
        """Pairs of rows that a sum adds and that share codes; rows of one tree level never do."""
        keys = {laid.row.key: no for no, laid in self.picking}
        static = {no for no, laid in self.picking if not laid.is_dynamic}
        for laid in self.layout.rows:
            added = [keys[key] for key in laid.of if key in keys]
            for position, first in enumerate(added):
                for second in added[position + 1 :]:
                    if (first in static or second in static) and self._meet(first, second):
                        yield first, second

    def _meet(self, first: int, second: int) -> bool:
        for epoch in self.epochs:
            one, other = self.inside[first, epoch].by_dimension, self.inside[second, epoch].by_dimension
            if all(not codes.isdisjoint(other.get(dimension, codes)) for dimension, codes in one.items() if codes):
                return all(one.values()) and all(other.values())
        return False


def merged_leaves(
    carrying: Mapping[str, Carrying], atoms: Mapping[str, Atoms]
) -> tuple[dict[str, Carrying], dict[str, dict[str, int]]]:
    """By dimension: its leaves with those of one atom as one, and the split codes that are one atom after all."""
    merged: dict[str, Carrying] = {}
    whole: dict[str, dict[str, int]] = {}
    shared = [dimension for dimension, own in carrying.items() if own.has_shares]
    for dimension, own in carrying.items():
        if own.leaves:
            keeps_parts = dimension in shared[:-1]
            merged[dimension], whole[dimension] = own.merged(atoms[dimension].of_code, keeps_parts=keeps_parts)
    return merged, whole


def expanded(plan: CodePlan, dimension: str, codes: Iterable[str], universe: Iterable[Code]) -> Iterator[str]:
    """Codes as a test names them, with every known code in the place of a range ("3..9")."""
    for code in codes:
        first, dots, last = code.partition("..")
        if not dots or plan.knows(dimension, code):
            yield code
            continue
        for known in universe:
            if known is not None and len(known) == len(first) and first <= known <= last:
                yield known


def _is_placed(at: Tree, code: Code) -> bool:
    return code is not None and at.knows(code)


def _counted(picking: list[tuple[int, LaidRow]]) -> frozenset[int]:
    """The rows that money must stand in not to be stray: normal rows; a total that picks for itself is no home."""
    normal = frozenset(no for no, laid in picking if laid.row.style is RowStyle.NORMAL)
    return normal or frozenset(no for no, laid in picking if laid.row.style is not RowStyle.MEMO)


def _numbered(in_scope: set[Code], signatures: Mapping[Code, list[tuple[int, int]]], unplaced: set[Code]) -> Atoms:
    numbers: dict[object, int] = {}
    of_code: dict[Code, int] = {}
    codes: dict[int, list[Code]] = defaultdict(list)
    alone: set[int] = set()
    for code in sorted(in_scope, key=lambda own: (own is not None, own or "")):
        signature = tuple(signatures.get(code, ()))
        number = numbers.setdefault((signature, code if code in unplaced else ""), len(numbers) + 1)
        of_code[code] = number
        codes[number].append(code)
        if code in unplaced:
            alone.add(number)
    return Atoms(of_code, {number: tuple(own) for number, own in codes.items()}, frozenset(alone))
