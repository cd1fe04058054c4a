"""A region of lines made into a table: columns, rows, cells, and how sure the division is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from uppsikt.checks.document import Cell, Column, Row, Span, Table
from uppsikt.checks.numbers import Unit, unit_in
from uppsikt.checks.reading.headers import by_lanes, by_order, headed
from uppsikt.checks.reading.lines import Parsed
from uppsikt.checks.reading.notes import heads_notes, set_notes_aside, set_notes_over_aside
from uppsikt.checks.reading.order import Placed, column_count, place
from uppsikt.checks.reading.positions import Lane, lanes_by_count, lanes_of, place_by_lanes
from uppsikt.checks.reading.rawrows import RawRow, raw_rows
from uppsikt.checks.reading.regions import Region
from uppsikt.checks.reading.segment import Group
from uppsikt.checks.reading.words import Word, number_of

MOST_EMPTY = 0.35  # a table's figures fill at least so much of it
_PERCENT = re.compile(r"(?<!\d)(?<!\d\s)(?:%|\bprocent\b)|\bandel(?:en)?\b", re.IGNORECASE)  # not "(75 %)"
_COUNT = re.compile(r"\bantal(?:et)?\b|årsarbetare|personer|\bindex\b|index$", re.IGNORECASE)
_SERIAL = re.compile(
    r"\b(?:grupp|del|område|nr|steg|tertial|kvartal|delår|etapp|objekt|åk|årskurs|distrikt|program)$", re.I
)


def table_of(region: Region) -> Table:
    """The table in a region."""
    laid_out = [one for one in region.figure_lines if one.most >= 2 or one.label]
    vertical = region.is_vertical
    positional = not vertical and sum(1 for one in laid_out if one.wide) * 2 > len(laid_out)
    rows = raw_rows(region, vertical=vertical)
    set_notes_aside(rows, region.header, vertical)
    with_figures = [row for row in rows if row.figures]
    placed, columns, stubs = _divided(with_figures, region.header, positional)
    title, unit, title_spans = _title(stubs, region.header)
    cells = {id(row): one for row, one in zip(with_figures, placed, strict=True)}
    units = [_unit_of(column, unit) for column in columns]
    made = tuple(_row(row, cells.get(id(row)), units) for row in rows)
    sureness = min((one.sureness for one in placed), default=1.0)
    return Table(
        title,
        unit,
        tuple(columns),
        made,
        region.first_line,
        region.last_line,
        region.body[0].line.page,
        sureness,
        title_spans,
    )


def with_unit(table: Table, unit: Unit) -> Table:
    """The table with a unit learnt from beside it; shares and counts keep theirs."""
    units = [_unit_of(column, unit) for column in table.columns]
    rows = tuple(
        replace(row, cells=tuple(map(_in_unit, row.cells, _units_by(row.label, units)))) for row in table.rows
    )
    return replace(table, unit=unit, rows=rows)


def _in_unit(cell: Cell | None, unit: Unit | None) -> Cell | None:
    if cell is None or cell.number is None or cell.number.unit is not None:
        return cell
    return replace(cell, number=replace(cell.number, unit=unit))


def is_scattered(table: Table) -> bool:
    """Whether figures stand here and there, one a row: the labels of a chart."""
    rows = [row for row in table.rows if any(row.cells)]
    filled = sum(sum(cell is not None for cell in row.cells) for row in rows)
    return len(table.columns) >= 4 and filled < MOST_EMPTY * len(rows) * len(table.columns)


def goes_on(table: Table, following: Table) -> bool:
    """Whether a table on the next page goes on with this one: its header comes again."""
    if following.page != table.page + 1 or len(table.columns) != len(following.columns):
        return False
    pairs = [(column.heading, again.heading) for column, again in zip(table.columns, following.columns, strict=True)]
    # a word of a broken heading may stray where the next page's columns are narrower
    alike = all(one.startswith(other) or other.startswith(one) for one, other in pairs)
    return alike and sum(bool(one and other) for one, other in pairs) * 2 > len(pairs)


def _divided(
    rows: list[RawRow], header: Sequence[Parsed], positional: bool
) -> tuple[list[Placed], list[Column], list[list[Word]]]:
    figures = [row.figures for row in rows]
    if positional:
        lanes = lanes_by_count(figures) or lanes_of(figures)
        placed = place_by_lanes(figures, lanes)
        if placed is not None:
            margin = min((row.label[0].left for row in rows if row.label), default=lanes[0].left)
            columns, stubs = by_lanes(header, lanes, margin)
            return _with_words(rows, placed, lanes), columns, stubs
    if heads_notes(header):
        set_notes_over_aside(rows, headed(header))
    count = column_count(figures, headed(header))
    if heads_notes(header):
        set_notes_over_aside(rows, count)
    columns, stubs = by_order(header, count)
    placed = place(figures, count, _numbered(rows))
    for row, one in zip(rows, placed, strict=True):
        row.label += row.figures[: one.to_label]
    return placed, columns, stubs


def _numbered(rows: Sequence[RawRow]) -> list[bool]:
    """Whether each row's label may end in its first figure: labels alike but for it, or words that ask for one."""
    names = _in_series(rows)
    return [
        bool(row.label)
        and row.figures[0].digits != ""
        and not row.figures[0].sign
        and not row.figures[0].decimals
        and len(row.figures[0].digits) <= 2
        and (row.text in names or bool(_SERIAL.search(row.text)))
        for row in rows
    ]


def _in_series(rows: Sequence[RawRow]) -> set[str]:
    """Labels that come again with a first figure one higher each time: "Grupp 1", "Grupp 2"."""
    firsts: dict[str, list[int]] = {}
    for row in rows:
        if row.figures[0].digits:
            firsts.setdefault(row.text, []).append(int(row.figures[0].digits))
    return {name for name, own in firsts.items() if len(own) > 1 and own == list(range(own[0], own[0] + len(own)))}


def _with_words(rows: list[RawRow], placed: list[Placed], lanes: list[Lane]) -> list[Placed]:
    """Words that stand in a lane ("oförändrat") fill its cell."""
    made = []
    for row, one in zip(rows, placed, strict=True):
        cells = list(one.cells)
        for word in row.after:
            for index, lane in enumerate(lanes):
                if cells[index] is None and lane.overlap(word.left, word.right) > 0:
                    cells[index] = (word,)
        made.append(replace(one, cells=tuple(cells)))
    return made


def _row(row: RawRow, placed: Placed | None, units: Sequence[Unit | None]) -> Row:
    label = row.text
    cells: tuple[Cell | None, ...] = tuple(None for _ in units)
    if placed is not None:
        cells = tuple(map(_cell, placed.cells, _units_by(label, units)))
    indent = row.label[0].left if row.label else 0.0
    return Row(label, cells, row.spans, indent, placed.sureness if placed else 1.0)


def _unit_of(column: Column, unit: Unit | None) -> Unit | None:
    """A column's unit by its heading, in a table of that unit."""
    if "%" in column.heading:
        return Unit.PERCENT
    return None if _COUNT.search(column.heading) else unit


def _units_by(label: str, units: Sequence[Unit | None]) -> Sequence[Unit | None]:
    """The columns' units in a row of that label: all shares, or counts where they aren't shares."""
    if _PERCENT.search(label):
        return [Unit.PERCENT] * len(units)
    if _COUNT.search(label):
        return [unit if unit is Unit.PERCENT else None for unit in units]
    return units


def _cell(group: Group | None, unit: Unit | None) -> Cell | None:
    if group is None:
        return None
    span = Span(group[0].line, group[0].start, group[-1].end)
    marks = tuple(mark for word in group for mark in word.marks)
    return Cell(" ".join(word.text for word in group), span, number_of(group, unit), marks)


def _title(stubs: list[list[Word]], header: Sequence[Parsed]) -> tuple[str, Unit | None, tuple[Span, ...]]:
    lines = [words for words in stubs if words and not words[-1].text.endswith(".")]
    unit = next((found for one in header if (found := unit_in(one.line.text)) and found.kronor), None)
    named = next((words for words in lines if not _only_unit(words)), [])
    title = " ".join(word.text for word in named)
    spans = (Span(named[0].line, named[0].start, named[-1].end),) if named else ()
    return title, unit, spans


def _only_unit(words: list[Word]) -> bool:
    text = " ".join(word.text for word in words)
    return bool(
        re.fullmatch(
            r"\(?(?:belopp\s+i\s+|i\s+)?(?:tkr|mnkr|mkr|kr|tusen kronor|miljoner kronor)\)?\.?", text, re.IGNORECASE
        )
    )
