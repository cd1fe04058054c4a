"""Which columns make which: relations that a table's own figures confirm.

All values are whole steps of the table's last decimal, so rounding can be bounded: a relation of k rounded
terms may miss by (k + 1) / 2 steps. How much a fit is worth depends on how easily it could be chance: a
difference that comes out right to the unit among six-digit figures is proof, among single digits it is not.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import combinations, product

Matrix = Sequence[Sequence[int | None]]

PROOF = 2.0  # decimal orders of improbability asked for beyond the number of guesses made
MOST_OF = 0.6  # a relation worth trying holds in this share of the places that can tell
FAILS_OF = 5  # one place in so many may fail, and one in any case
FAILS_AGAINST_PROOF = 3  # the same where the evidence is overwhelming
WEAK = 0.3  # what a difference of nought is worth as evidence
OVERWHELMING = 8.0  # decimal orders of improbability
MOST_COLUMNS = 30  # a table wider than that is a list, and its guesses too many
SAMPLE = 60  # rows that a guess is first held against
NOWHERE = math.nan  # what an empty cell is in sums: they come out as nothing, neither right nor wrong


@dataclass(frozen=True, slots=True)
class Linear:
    """`target` is the sum of `terms` (index, sign): over columns of a row, or rows of a column."""

    target: int
    terms: tuple[tuple[int, int], ...]

    @property
    def indices(self) -> tuple[int, ...]:
        """Target and terms."""
        return (self.target, *(index for index, _ in self.terms))

    def off_by(self, values: Sequence[int | None]) -> int | None:
        """Target less sum of terms; a missing term is nothing to add, a missing target can't be asked."""
        rest = values[self.target]
        if rest is None:
            return None
        is_known = False
        for index, sign in self.terms:
            value = values[index]
            if value is not None:
                rest -= sign * value
                is_known = True
        return rest if is_known else None

    def slack(self, steps: Sequence[int] | None = None) -> int:
        """Twice what rounding may make the relation miss by; `steps` are the places' last digits written."""
        return len(self.terms) + 1 if steps is None else sum(steps[index] for index in self.indices)

    def holds(self, off: int, steps: Sequence[int] | None = None) -> bool:
        """Whether rounding alone explains the difference."""
        return 2 * abs(off) <= self.slack(steps)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A relation, where it holds and fails of the places that can tell, and the weight of the evidence."""

    relation: Linear
    holds: tuple[int, ...]
    fails: tuple[int, ...]
    weight: float


def weigh(
    relation: Linear,
    vectors: Sequence[Sequence[int | None]],
    guesses: float = 1.0,
    steps: Sequence[int] | None = None,
    least: int = 2,
) -> Confirmed | None:
    """Hold a relation against vectors of values; none where the evidence does not outweigh chance."""
    holds: list[int] = []
    fails: list[int] = []
    weight = -math.log10(max(guesses, 1.0))
    slack = relation.slack(steps)
    most = max(1, len(vectors) // FAILS_AGAINST_PROOF)
    for place, values in enumerate(vectors):
        off = relation.off_by(values)
        if off is None or not tells(relation, values, least):
            continue
        if 2 * abs(off) <= slack:
            # a target of nought is weak: equals cancel with either sign
            weight += surprise(relation, values, slack) * (1.0 if values[relation.target] else WEAK)
            if values[relation.target]:
                holds.append(place)
        else:
            fails.append(place)
            if len(fails) > most:
                return None
    if not holds or len(fails) > _most_fails(len(holds) + len(fails), weight):
        return None
    return Confirmed(relation, tuple(holds), tuple(fails), weight)


def _most_fails(places: int, weight: float) -> int:
    return max(1, places // (FAILS_AGAINST_PROOF if weight >= OVERWHELMING else FAILS_OF))


def tells(relation: Linear, values: Sequence[int | None], least: int = 2) -> bool:
    """Whether a place can confirm the relation: at least so many terms that aren't nought, and no mere equals."""
    if len([index for index, _ in relation.terms if values[index]]) < least:
        return False
    return len(relation.terms) != 3 or not _is_of_equals(relation, values)


def _is_of_equals(relation: Linear, values: Sequence[int | None]) -> bool:
    """Whether the target is one of three terms and the others take each other out: 50, 48, 50, 48."""
    terms = [sign * (values[index] or 0) for index, sign in relation.terms]
    target = values[relation.target]
    return any(term == target and 2 * term == target + sum(terms) for term in terms)


def surprise(relation: Linear, values: Sequence[int | None], slack: int) -> float:
    """Decimal orders of improbability that the relation holds here by chance (at most 3)."""
    size = sorted(abs(values[index] or 0) for index in relation.indices)
    room = 2 * size[-2] if len(size) > 1 else 1  # the second largest bounds where a chance value would fall
    return min(3.0, max(0.0, math.log10(max(room, 1) / slack)))


def column_relations(rows: Matrix, guided: frozenset[int] = frozenset()) -> list[Confirmed]:
    """The relations between columns that the rows confirm, the weightiest first, none implied by another.

    `guided` are columns whose headings say they are differences or sums; they need less proof.
    """
    count = max((len(row) for row in rows), default=0)
    if not 3 <= count <= MOST_COLUMNS or not rows:
        return []
    found: list[Confirmed] = []
    shapes = _shapes(count)
    for relation in _promising(rows[:SAMPLE], count, shapes):
        proof = weigh(relation, rows, guesses=len(shapes))
        needed = PROOF - 1.5 if relation.target in guided else PROOF
        if proof and proof.weight >= needed and _enough(proof, relation.target in guided):
            found.append(proof)
    return _independent(found, guided)


def _enough(proof: Confirmed, guided: bool) -> bool:
    return len(proof.holds) >= (1 if guided else 2)


@cache
def _shapes(count: int) -> tuple[Linear, ...]:
    """Every relation worth trying among so many columns: pairs, runs, and threes in narrow tables."""
    shapes = list(_pairs(count))
    shapes += _runs(count)
    if count <= 9:
        shapes += _threes(count)
    return tuple(dict.fromkeys(shapes))


def _pairs(count: int) -> Iterator[Linear]:
    for first, second, last in combinations(range(count), 3):
        for signs in ((1, 1), (1, -1), (-1, 1)):
            yield Linear(last, ((first, signs[0]), (second, signs[1])))


def _threes(count: int) -> Iterator[Linear]:
    for *terms, last in combinations(range(count), 4):
        for signs in product((1, -1), repeat=3):
            if max(signs) > 0:
                yield Linear(last, tuple(zip(terms, signs, strict=True)))


def _runs(count: int) -> Iterator[Linear]:
    """A column that is the sum of all those between it and another: months and their year."""
    for start in range(count):
        for end in range(start + 4, count + 1):
            run = range(start, end)
            yield Linear(end - 1, tuple((index, 1) for index in run[:-1]))
            yield Linear(start, tuple((index, 1) for index in run[1:]))


def _promising(rows: Matrix, count: int, shapes: tuple[Linear, ...]) -> Iterator[Linear]:
    """The shapes that hold in most of the rows that have all their figures."""
    signed = _signed(rows, count)
    most = (1 - MOST_OF) * len(rows)
    for shape in shapes:
        slack = shape.slack() / 2
        fits = fails = 0
        for values in zip(signed[shape.target, -1], *[signed[term] for term in shape.terms], strict=True):
            off = sum(values)
            if -slack <= off <= slack:
                fits += 1
            elif off == off:  # all figures are there
                fails += 1
                if fails > most:
                    break
        else:
            if fits and fits >= MOST_OF * (fits + fails):
                yield shape


def _signed(rows: Matrix, count: int) -> dict[tuple[int, int], list[float]]:
    """Each column with either sign, in numbers that an empty cell can be among."""
    columns = [
        [NOWHERE if index >= len(row) or (value := row[index]) is None else float(value) for row in rows]
        for index in range(count)
    ]
    return {
        **{(index, 1): column for index, column in enumerate(columns)},
        **{(index, -1): [-value for value in column] for index, column in enumerate(columns)},
    }


def _independent(found: list[Confirmed], guided: frozenset[int]) -> list[Confirmed]:
    """The best relations first; one that follows from those already taken adds nothing."""
    found.sort(
        key=lambda one: (len(one.fails) > 1, len(one.relation.terms), one.relation.target not in guided, -one.weight)
    )
    taken: list[Confirmed] = []
    basis: dict[int, _Vector] = {}
    for one in found:
        if any(_explains(other, one) for other in taken):
            continue
        rest = _less(
            basis, {one.relation.target: Fraction(-1), **{at: Fraction(sign) for at, sign in one.relation.terms}}
        )
        if rest:
            basis[min(rest)] = rest
            taken.append(one)
    return taken


def _explains(whole: Confirmed, less: Confirmed) -> bool:
    """Whether a relation is of the same columns as another, and more, and holds where the other fails.

    The column that the other leaves out, or takes with the wrong sign, is nought in most places.
    """
    same = whole.relation.target == less.relation.target
    return (
        same
        and {*whole.relation.indices} >= {*less.relation.indices}
        and bool(less.fails)
        and not {*whole.fails} & {*less.fails}
    )


_Vector = dict[int, Fraction]  # a relation's coefficients by column, those that aren't nought


def _less(basis: dict[int, _Vector], vector: _Vector) -> _Vector:
    """What is left of a vector once those of the basis, each by its first column, are taken out of it."""
    rest = vector
    for lead in sorted(basis):
        if lead in rest:
            factor = rest[lead] / basis[lead][lead]
            less = {at: rest.get(at, Fraction(0)) - factor * basis[lead].get(at, 0) for at in {*rest, *basis[lead]}}
            rest = {at: value for at, value in less.items() if value}
    return rest
