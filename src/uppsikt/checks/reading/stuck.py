"""Rows whose cells were run together without a space between.

"Servicenämnd673235" is 67, 32 and 35: only the table's own arithmetic can cut such a row, so it is done where one
difference explains most rows. "3 098,9Omsättningstillgångar" below a line that is a figure alone is the last cell
of one row and the label of the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from uppsikt.checks.reading.lines import Kind, Parsed, parsed
from uppsikt.checks.reading.words import Word

FEWEST_ROWS = 4
CELLS = 3  # two amounts and their difference
_ROW = re.compile(r"^\s*(?P<label>\S.*?[^\s\d,.-])\s?(?P<tail>-?\d[\d-]*)\s*$")
_ENDS = frozenset("0123456789-")  # what a row can end in
_BETWEEN = (Kind.EMPTY, Kind.FIGURES)  # what may stand between rows without ending the table
_CELL_AND_LABEL = re.compile(r"^\s*[-–−]?\d[\d ]*(?:,\d+)?(?P<label>[A-ZÅÄÖ][A-Za-zÅÄÖåäö]+.*)$")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)")


def unstuck(lines: Sequence[Parsed]) -> list[Parsed]:
    """The lines, those that were stuck together cut into label and figures."""
    return _unstuck_rows(_unstuck_cells(lines))


def _unstuck_cells(lines: Sequence[Parsed]) -> list[Parsed]:
    """The lines, a figure and the label stuck to it as two, where the line above is a figure alone."""
    made: list[Parsed] = []
    lone = False  # whether the last line that isn't empty is a figure alone
    for one in lines:
        found = _CELL_AND_LABEL.match(one.line.text) if lone and one.kind is not Kind.EMPTY else None
        made += _two(one, found) if found else [one]
        if one.kind is not Kind.EMPTY:
            lone = one.kind is Kind.FIGURES and not one.label and not one.after and not found
    return made


def _two(one: Parsed, found: re.Match[str]) -> list[Parsed]:
    """The figure and the label, each as a line of its own would be taken apart."""
    cut = found.start("label")
    alone = parsed(replace(one.line, text=one.line.text[:cut]))
    label = parsed(replace(one.line, text=" " * cut + one.line.text[cut:]))
    return [replace(alone, line=one.line), replace(label, line=one.line)]


def _unstuck_rows(lines: Sequence[Parsed]) -> list[Parsed]:
    made = list(lines)
    tails = [_tail(one) for one in lines]
    at = 0
    while at < len(lines):
        end = at
        while tails[at] and end < len(lines) and (tails[end] or lines[end].kind in _BETWEEN):
            end += 1
        rows = [index for index in range(at, end) if tails[index]]
        if len(rows) >= FEWEST_ROWS:
            for index, cut in zip(rows, _cut([lines[row] for row in rows]), strict=True):
                made[index] = cut
        at = max(end, at + 1)
    return made


def _tail(one: Parsed) -> str:
    """The digits at the end of a line that has nothing but a label before them."""
    if one.line.text.rstrip()[-1:] not in _ENDS or len(one.figures) > 1 or one.wide:
        return ""
    found = _ROW.match(one.line.text)
    if not found or " " in found["tail"]:
        return ""
    digits = sum(char.isdigit() for char in found["tail"])
    return found["tail"] if CELLS <= digits <= 18 else ""


def _cut(lines: Sequence[Parsed]) -> list[Parsed]:
    """The lines cut so that the third figure is the first less the second, if nearly all can be."""
    cuts = [_best(_tail(one)) for one in lines]
    right = [cut for cut in cuts if cut is not None and _off(cut) == 0]
    if len(right) * 4 < len(lines) * 3:
        return list(lines)
    return [one if cut is None else _parsed(one, cut) for one, cut in zip(lines, cuts, strict=True)]


@lru_cache(maxsize=1024)
def _best(tail: str) -> tuple[str, ...] | None:
    """The cut that comes nearest to a right difference; of several, the one with the most even lengths."""
    cuts = list(_cuts(tail, CELLS))
    return min(cuts, key=lambda cut: (abs(_off(cut)), max(map(len, cut)) - min(map(len, cut))), default=None)


def _cuts(tail: str, count: int) -> Iterator[tuple[str, ...]]:
    if count == 1:
        if _NUMBER.fullmatch(tail):
            yield (tail,)
        return
    for length in range(1, len(tail)):
        if _NUMBER.fullmatch(tail[:length]):
            for rest in _cuts(tail[length:], count - 1):
                yield (tail[:length], *rest)


def _off(cut: tuple[str, ...]) -> int:
    first, second, third = (int(part) for part in cut)
    return first - second - third


def _parsed(one: Parsed, cut: tuple[str, ...]) -> Parsed:
    found = _ROW.match(one.line.text)
    assert found is not None
    start, end = found.span("label")
    label = Word(found["label"], one.line.number, start, end, float(start), float(end), True)
    figures: list[Word] = []
    at = found.start("tail")
    for part in cut:
        digits = part.lstrip("-")
        word = Word(part, one.line.number, at, at + len(part), float(at), float(at + len(part)), True)
        figures.append(word._replace(sign="-" if part.startswith("-") else "", digits=digits))
        at += len(part)
    return Parsed(one.line, Kind.FIGURES, (label,), tuple(figures))
