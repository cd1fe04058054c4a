"""Columns told by order alone: how many there are, and which digits belong to which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from uppsikt.checks.arithmetic import Confirmed, column_relations, surprise
from uppsikt.checks.reading.segment import Group, Reading, counts, natural, readings, unlikeliness
from uppsikt.checks.reading.words import Word, number_of

MOST_PLACINGS = 60


@dataclass(frozen=True, slots=True)
class Placed:
    """A row's cells, one or nothing for each column, and how sure it is that they stand right (0–1)."""

    cells: tuple[Group | None, ...]
    sureness: float


def column_count(rows: Sequence[Sequence[Word]], headed: int = 0) -> int:
    """How many columns the rows have: what most of them can be read as; `headed` is what the header says."""
    naturals = [len(natural(row)) for row in rows]
    needed = Counter(counts(row)[0] for row in rows)
    votes: Counter[int] = Counter()
    for row, usual in zip(rows, naturals, strict=True):
        low, high = counts(row)
        for count in range(low, min(high, low + 12) + 1):
            votes[count] += 10
        votes[usual] += 12
    if headed:
        votes[headed] += 6 * len(rows)
    likely = max(votes, key=lambda count: (votes[count], count), default=0)
    # rows that can't be read as fewer say how many there are; those with fewer have empty cells
    return max((count for count, times in needed.items() if times >= 2 and count > likely), default=likely)


def place(rows: Sequence[Sequence[Word]], count: int) -> list[Placed]:
    """Every row divided into `count` cells so that the relations of the sure rows hold in the others too."""
    options = [_options(row, count) for row in rows]
    sure = [row[0] for row in options if len(row) == 1]
    relations = column_relations([scaled(row) for row in sure]) if len(sure) >= 2 else []
    if not relations:
        likely = [row[0] for row in options]
        relations = column_relations([scaled(row) for row in likely])
    signs = _usual_signs(sure)
    placed = [_chosen(row, relations, signs) for row in options]
    return [
        replace(one, sureness=0.2) if counts(row)[0] > count else one for row, one in zip(rows, placed, strict=True)
    ]


def _usual_signs(rows: Sequence[Sequence[Group | None]]) -> list[int]:
    """For each column, the sign that all its figures have (0 where they differ or are few)."""
    columns = zip(*(scaled(row) for row in rows), strict=True)
    usual = []
    for column in columns:
        signs = [value > 0 for value in column if value]
        usual.append((1 if signs[0] else -1) if len(signs) >= 3 and len(set(signs)) == 1 else 0)
    return usual


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


def _chosen(options: list[tuple[Group | None, ...]], relations: list[Confirmed], signs: list[int]) -> Placed:
    if len(options) == 1:
        return Placed(options[0], 1.0)
    scores = [(_score(cells, relations, signs), -index) for index, cells in enumerate(options)]
    best = max(scores)
    second = max((score for score in scores if score != best), default=(-9.0, 0))
    margin = best[0] - second[0]
    return Placed(options[-best[1]], min(1.0, 0.45 + 0.3 * margin))


def _score(cells: tuple[Group | None, ...], relations: list[Confirmed], signs: list[int]) -> float:
    values = scaled(cells)
    score = -0.5 * sum(1 for value, sign in zip(values, signs, strict=False) if value and sign and value * sign < 0)
    for one in relations:
        off = one.relation.off_by(values)
        if off is None:
            continue
        if one.relation.holds(off):
            score += surprise(one.relation, values)
        else:
            score -= 1.0
    whole = tuple(cell for cell in cells if cell is not None)
    return score - 0.8 * unlikeliness(whole) - 0.6 * (len(cells) - len(whole))
