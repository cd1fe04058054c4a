"""Numbers of notes, which stand among a table's figures and are none: "Skatteintäkter 6 805,1" is note 6."""

from __future__ import annotations

import re
from collections.abc import Sequence

from uppsikt.checks.reading.lines import Parsed
from uppsikt.checks.reading.rawrows import RawRow
from uppsikt.checks.reading.segment import Group, counts, natural
from uppsikt.checks.reading.words import Word

FIRST_NOTE = 9  # how large the first note's number may be
NEXT_NOTE = 4  # how far above the last note's number the next may be
FEWEST_BESIDE = 3  # cells of other rows, where a row has nothing but the number of its note
_NOTE = re.compile(r"^not(?:er)?\.?$", re.IGNORECASE)


def heads_notes(header: Sequence[Parsed]) -> int:
    """How many words of the header say that a column holds the numbers of notes."""
    words = (word for one in header for word in (*one.label, *one.figures, *one.after))
    return sum(bool(_NOTE.match(word.text)) for word in words)


def set_notes_aside(rows: list[RawRow], header: Sequence[Parsed], vertical: bool) -> None:
    """A column of note numbers belongs to the labels; several do where the header heads so many.

    Notes are numbered from the top, so a number that isn't near the last one is the figure's own beginning.
    """
    headed = heads_notes(header)
    most = max((len(row.figures) for row in rows), default=0) if headed and vertical else 0
    last = 0
    for row in rows:
        last = max(last, _note_in_label(row) if headed else 0)
        if most >= FEWEST_BESIDE and len(row.figures) == 1 and row.label and _is_small(row.figures[0]):
            row.label.append(row.figures.pop(0))  # a heading with a note and no figure
        first = row.figures[0] if len(row.figures) > 1 else None
        if first is None or not first.is_part or first.sign or len(first.digits) > 2:
            continue
        label = row.label[-1].text if row.label else ""
        listed = label.endswith(",") and label[:-1].isdigit()  # "2, 3, 17"
        near = int(first.digits) <= (last + NEXT_NOTE if last else FIRST_NOTE) and int(first.digits) >= last
        if _NOTE.match(label) or (headed and (listed or near) and not (first.decimals and _any_decimals(row))):
            row.label.append(row.figures.pop(0))
            last = last if listed else int(first.digits)
    if headed > 1 and _are_decimal(rows):
        _set_several_aside(rows)


def set_notes_over_aside(rows: list[RawRow], count: int) -> None:
    """A small number too many before a row's figures is a note's, in whatever order they come.

    `count` is how many columns there are, or seem to be: most rows must have room for as many figures.
    """
    able = sum(low <= count <= high for low, high in (counts(row.figures) for row in rows))
    if count < 2 or 2 * able <= len(rows):
        return
    for row in rows:
        if row.label and _is_small(row.figures[0]) and counts(row.figures)[0] == count + 1:
            row.label.append(row.figures.pop(0))


def _is_small(word: Word) -> bool:
    """Whether a word can be a note's number, or those of two: "25,26"."""
    small = word.is_part and not word.sign and len(word.digits) <= 2
    return small and (not word.decimals or (len(word.decimals) == 2 and int(word.digits) < int(word.decimals)))


def _note_in_label(row: RawRow) -> int:
    """The first of the note numbers that already stand in a row's label ("Kostnader 2, 3"); 0 without."""
    numbers = [word.text.rstrip(",") for word in row.label[1:]]
    return next((int(number) for number in numbers if number.isdigit() and len(number) <= 2), 0)


def _any_decimals(row: RawRow) -> bool:
    return any(word.decimals for word in row.figures[1:])


def _are_decimal(rows: Sequence[RawRow]) -> bool:
    """Whether most amounts have decimals, so that those without tell themselves from them."""
    cells = [cell[-1] for row in rows for cell in natural(row.figures)]
    return 2 * sum(bool(word.decimals) for word in cells) > len(cells)


def _set_several_aside(rows: list[RawRow]) -> None:
    """Where notes stand in several columns, whole small numbers are notes', alone or before a figure of their row.

    "18 117,5" is note 18 where the notes above and below it are 17 and 22.
    """
    for leads in (True, False):  # the notes before the first figure, and those between figures
        known = {at: int(note.digits) for at, row in enumerate(rows) for note in _notes(row, leads, alone=True)}
        for at, row in enumerate(rows):
            within = [note for note in _notes(row, leads, alone=False) if _fits(int(note.digits), at, known)]
            for note in within:
                known[at] = int(note.digits)
            notes = [*_notes(row, leads, alone=True), *within] if row.label else []
            row.figures = [word for word in row.figures if word not in notes]
            row.label += notes


def _notes(row: RawRow, leads: bool, *, alone: bool) -> list[Word]:
    """The row's whole small numbers in that place: cells by themselves, or the beginnings of longer ones."""
    cells = natural(row.figures)
    if len(cells) < 2:
        return []
    return [
        cell[0]
        for index, cell in enumerate(cells)
        if (index == 0) == leads and (len(cell) == 1) == alone and _begins_with_note(cell)
    ]


def _begins_with_note(cell: Group) -> bool:
    return _is_small(cell[0]) and not cell[0].decimals


def _fits(number: int, at: int, known: dict[int, int]) -> bool:
    """Whether a note of that number may stand in that row, by the surely known notes above and below."""
    above = max((row for row in known if row < at), default=None)
    below = min((row for row in known if row > at), default=None)
    least = known[above] if above is not None else known[below] - NEXT_NOTE if below is not None else number + 1
    most = known[below] if below is not None else least + NEXT_NOTE
    return least <= number <= most
