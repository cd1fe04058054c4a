"""Columns told by order alone: how many there are, and which digits belong to which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from uppsikt.checks.arithmetic import Confirmed, column_relations, surprise
from uppsikt.checks.reading.segment import Group, Reading, counts, natural, readings, unlikeliness
from uppsikt.checks.reading.words import Word, number_of

BROKEN = 0.7  # how much a broken relation speaks against a reading
MISSING = 1.4  # and an empty cell
MOST_PLACINGS = 60


@dataclass(frozen=True, slots=True)
class Placed:
    """A row's cells, one or nothing for each column, and how sure it is that they stand right (0–1)."""

    cells: tuple[Group | None, ...]
    sureness: float
    to_label: int = 0  # how many of the row's first figures belong to its label ("Grupp 1")


def column_count(rows: Sequence[Sequence[Word]], headed: int = 0) -> int:
    """How many columns the rows have: what most of them can be read as; `headed` is what the header says."""
    possible = [counts(row) for row in rows]
    needed = Counter(low for low, _ in possible)
    votes: Counter[int] = Counter()
    for row, (low, high) in zip(rows, possible, strict=True):
        for count in range(low, min(high, low + 12) + 1):
            votes[count] += 10
        votes[len(natural(row))] += 12
    if headed:
        votes[headed] += 6 * len(rows)
    if headed and headed == max(votes, key=lambda count: (votes[count], count)):
        return headed
    likely = max(votes, key=lambda count: (votes[count], count), default=0)
    # rows that can't be read as fewer say how many there are; those with fewer have empty cells
    return max((count for count, times in needed.items() if times >= 2 and count > likely), default=likely)


def place(rows: Sequence[Sequence[Word]], count: int, numbered: Sequence[bool] = ()) -> list[Placed]:
    """Every row divided into `count` cells so that the relations of the sure rows hold in the others too.

    `numbered` says of each row whether its label may end in its first figure.
    """
    options = [_options(row, count) for row in rows]
    sure = [row[0] for row in options if len(row) == 1]
    relations = column_relations([scaled(row) for row in sure]) if len(sure) >= 2 else []
    if not relations:
        likely = [row[0] for row in options]
        relations = column_relations([scaled(row) for row in likely])
    usual = _usual(sure or [row[0] for row in options])
    placed = [_chosen(row, relations, usual) for row in options]
    if any(len(row) > 1 for row in options):  # what the chosen rows confirm together may choose better still
        relations = column_relations([scaled(one.cells) for one in placed]) or relations
        placed = [_chosen(row, relations, usual) for row in options]
    placed = [
        replace(one, sureness=0.2) if counts(row)[0] > count else one for row, one in zip(rows, placed, strict=True)
    ]
    return [
        _less_label(row, one, count, relations, usual) if asked else one
        for row, one, asked in zip(rows, placed, numbered or [False] * len(rows), strict=True)
    ]


def _less_label(
    row: Sequence[Word], placed: Placed, count: int, relations: list[Confirmed], usual: list[_Usual]
) -> Placed:
    """The row without its first figure, where that reading is as good: "Grupp 1" beside 512,3, not 1 512,3."""
    if len(row) < 2 or counts(row[1:])[1] < count or counts(row[1:])[0] > count:
        return placed
    shorter = _chosen(_options(row[1:], count), relations, usual)
    whole = len(placed.cells) == count and placed.sureness > 0.2
    if whole and _score(placed.cells, relations, usual) > _score(shorter.cells, relations, usual) + 0.5:
        return placed
    return replace(shorter, to_label=1)


@dataclass(frozen=True, slots=True)
class _Usual:
    """What a column's sure figures have in common: their sign (0 where they differ) and their most digits."""

    sign: int
    digits: int
    fewest: int = 0


def _usual(rows: Sequence[Sequence[Group | None]]) -> list[_Usual]:
    usual = []
    for cells in zip(*rows, strict=True):
        numbers = [number for cell in cells if cell and (number := number_of(cell)) and number.value]
        signs = {number.value > 0 for number in numbers}
        alike = len(numbers) >= 3 and len(signs) == 1
        digits = [_digits(one.value) for one in numbers]
        sign = (1 if signs == {True} else -1) if alike else 0
        usual.append(_Usual(sign, max(digits, default=0), min(digits, default=0) if len(digits) >= 3 else 0))
    return usual


def _digits(value: Decimal) -> int:
    return len(str(abs(int(value))))


def scaled(cells: Sequence[Group | None]) -> list[int | None]:
    """The cells' values in thousandths, for holding relations against them."""
    made: list[int | None] = []
    for cell in cells:
        number = number_of(cell) if cell else None
        made.append(None if number is None else int(number.value * 1000))
    return _in_steps(made)


def _in_steps(thousandths: list[int | None]) -> list[int | None]:
    step = 1000
    for value in thousandths:
        while value is not None and value % step:
            step //= 10
    return [None if value is None else value // step for value in thousandths]


def _options(row: Sequence[Word], count: int) -> list[tuple[Group | None, ...]]:
    low, high = counts(row)
    if low <= count <= high:
        exact: list[tuple[Group | None, ...]] = list(readings(row, count))
        if len(natural(row)) < count and unlikeliness(exact[0]) >= 1:  # type: ignore[arg-type]
            exact += _placings(natural(row), count)  # "-17 150" read as one cell too few may be the truth
        return exact
    if high < count:
        return _placings(natural(row), count)
    return [tuple(natural(row)[-count:])] if len(natural(row)) > count else [(*natural(row),)]


def _placings(reading: Reading, count: int) -> list[tuple[Group | None, ...]]:
    """Fewer figures than columns: every way to leave columns empty, those at the ends first."""
    made: list[tuple[Group | None, ...]] = []
    missing = count - len(reading)
    right_first = bool(reading) and reading[0][0].wide
    chosen = combinations(range(count), missing)
    for empty in sorted(chosen, key=lambda places: sum(places) if right_first else -sum(places)):
        cells = iter(reading)
        made.append(tuple(None if index in empty else next(cells) for index in range(count)))
        if len(made) >= MOST_PLACINGS:
            break
    return made


def _chosen(options: list[tuple[Group | None, ...]], relations: list[Confirmed], usual: list[_Usual]) -> Placed:
    if len(options) == 1:
        return Placed(options[0], 1.0)
    scores = [(_score(cells, relations, usual), -index) for index, cells in enumerate(options)]
    best = max(scores)
    second = max((score for score in scores if score != best), default=(-9.0, 0))
    margin = best[0] - second[0]
    return Placed(options[-best[1]], min(1.0, 0.45 + 0.3 * margin))


def _oddness(cells: tuple[Group | None, ...], usual: list[_Usual]) -> float:
    """How unlike their columns' other figures the cells are."""
    odd = 0.0
    for cell, column in zip(cells, usual, strict=False):
        number = number_of(cell) if cell else None
        if number is None or not number.value:
            continue
        odd += 0.5 if number.value * column.sign < 0 else 0.0
        odd += 0.3 if _digits(number.value) < column.fewest else 0.0
        odd += 0.4 * max(0, _digits(number.value) - max(column.digits, 4)) if column.digits else 0.0
    return odd


def _score(cells: tuple[Group | None, ...], relations: list[Confirmed], usual: list[_Usual]) -> float:
    values = scaled(cells)
    score = -_oddness(cells, usual)
    for one in relations:
        off = one.relation.off_by(values)
        if off is None:
            continue
        if one.relation.holds(off):
            score += surprise(one.relation, values, one.relation.slack())
        else:
            score -= BROKEN
    whole = tuple(cell for cell in cells if cell is not None)
    return score - 0.8 * unlikeliness(whole) - MISSING * (len(cells) - len(whole))
