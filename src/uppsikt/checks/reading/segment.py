"""Columns that run together: which neighbouring digits make one number.

"56 290 38 402 -2 146" is three numbers or five. Between two words that a thousands' space could join,
both readings are possible; the number of columns and, above this module, the table's own arithmetic choose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from uppsikt.checks.reading.words import Word

Group = tuple[Word, ...]
Reading = tuple[Group, ...]

MOST_READINGS = 400
LONE_DASH = 2.0  # how odd it is that a dash just before digits should be an empty cell


def readings(words: Sequence[Word], count: int) -> list[Reading]:
    """All ways to read the words as exactly `count` cells, the likeliest first (at most `MOST_READINGS`)."""
    found: list[Reading] = []
    bounds = _bounds(tuple(words))
    for reading in _cut(tuple(words), 0, count, bounds):
        found.append(reading)
        if len(found) >= MOST_READINGS:
            break
    return sorted(found, key=unlikeliness)


def natural(words: Sequence[Word]) -> Reading:
    """The reading a person makes without knowing the columns: thousands joined, two groups before three."""
    cells: list[Group] = []
    at = 0
    size = len(words)
    while at < size:
        alone = at + 1 == size or words[at + 1].wide  # most cells are
        end = at + 1 if alone else _natural_end(words, at)
        cells.append(tuple(words[at:end]))
        at = end
    return tuple(cells)


def counts(words: Sequence[Word]) -> tuple[int, int]:
    """The fewest and the most cells the words can be read as."""
    return _bounds(tuple(words))[0]


def unlikeliness(reading: Reading) -> float:
    """How odd a reading is: cells of unlike size beside each other, groups of three read apart."""
    odd = 0.0
    groups = [sum(word.is_part for word in cell) for cell in reading]
    for cell, after in pairwise(reading):
        if joins(cell, after[0]) and not after[0].wide:
            # a thousands' space was possible and not taken, or a minus left without its digits
            odd += LONE_DASH if cell[-1].is_dash else 1.0
    odd += 0.8 * sum(max(0, size - 2) for size in groups)
    return odd


def joins(cell: Sequence[Word], following: Word) -> bool:
    """Whether `following` can be the next part of the number that `cell` has begun."""
    last = cell[-1]
    if following.wide:
        return False
    if following.text == "%":
        return last.is_part and not last.percent
    if not following.digits or following.sign:
        return False
    if not last.digits:
        return last.is_dash
    if len(following.digits) != 3 or last.decimals or last.percent or last.marks:
        return False
    first = cell[1] if cell[0].is_dash else cell[0]
    return len(first.digits) <= 3 and first.digits != "0"


def begins_none(following: Word) -> bool:
    """Whether a word that joins can't be read apart: no number begins with 0 and goes on ("24 000")."""
    return following.text == "%" or (len(following.digits) == 3 and following.digits[0] == "0")


def _natural_end(words: Sequence[Word], at: int) -> int:
    end = at + 1
    while end < len(words) and joins(words[at:end], words[end]):
        parts = end - at - words[at].is_dash
        if (
            parts >= 2
            and not begins_none(words[end])
            and end + 1 < len(words)
            and joins([words[end]], words[end + 1])
        ):
            break  # "60 076 137 196": two numbers of two groups rather than one of four
        end += 1
    return end


def _bounds(words: tuple[Word, ...]) -> tuple[tuple[int, int], ...]:
    """For each position, the fewest and most cells that the words from there on can make."""
    size = len(words)
    bounds: list[tuple[int, int]] = [(0, 0)] * (size + 1)
    for at in range(size - 1, -1, -1):
        if at + 1 == size or words[at + 1].wide or not joins(words[at : at + 1], words[at + 1]):
            low, high = bounds[at + 1]  # most words are a cell by themselves
        else:
            options = [bounds[end] for end in _ends(words, at)]
            low, high = min(low for low, _ in options), max(high for _, high in options)
        bounds[at] = (1 + low, 1 + high)
    return tuple(bounds)


def _ends(words: tuple[Word, ...], at: int) -> Iterator[int]:
    end = at + 1
    while end < len(words) and joins(words[at:end], words[end]):
        if not begins_none(words[end]):
            yield end
        end += 1
    yield end


def _cut(words: tuple[Word, ...], at: int, count: int, bounds: tuple[tuple[int, int], ...]) -> Iterator[Reading]:
    if at == len(words):
        if count == 0:
            yield ()
        return
    for end in _ends(words, at):
        low, high = bounds[end]
        if low <= count - 1 <= high:
            for rest in _cut(words, end, count - 1, bounds):
                yield (words[at:end], *rest)
