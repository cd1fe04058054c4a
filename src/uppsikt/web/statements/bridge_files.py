"""A bridge as a file: the column, sign and unit of the page, amounts as numbers, a line for each row and change."""

from __future__ import annotations

from collections.abc import Iterator

from uppsikt.core.language import say
from uppsikt.core.tables import write_csv, write_xlsx
from uppsikt.figures.bridge import BridgeLine
from uppsikt.figures.model import Cell
from uppsikt.web.statements.bridges import BridgePage
from uppsikt.web.statements.files import csv_text, file_name, xlsx_number

_Cells = tuple[Cell, Cell, Cell, Cell]


def bridge_file(page: BridgePage, suffix: str) -> bytes:
    """The bridge's bytes in a format of `files.FORMATS`."""
    lines, view = list(_lines(page)), page.view
    if suffix == "csv":
        return write_csv(_headings(page), [[*texts, *(csv_text(cell, view) for cell in own)] for texts, own in lines])
    rows = [[*texts, *(xlsx_number(cell, view) for cell in own)] for texts, own in lines]
    return write_xlsx(_headings(page), rows, page.title)


def bridge_file_name(page: BridgePage, suffix: str) -> str:
    """A name that says statement, unit, round, column and day."""
    stem, word = file_name(page.choice, suffix).removesuffix(f".{suffix}"), say("brygga", "bridge")
    return f"{stem}-{word}-{page.column.key}-{page.result.day.isoformat()}.{suffix}"


def _headings(page: BridgePage) -> list[str]:
    # words instead of − and +: a spreadsheet would read a cell that begins with them as a formula
    unit = page.view.unit.value
    return [
        str(page.column.label),
        say("Ändring", "Change"),
        say("Dag", "Day"),
        say("Beslut", "Decision"),
        say("Som det var ({unit})", "As it was ({unit})", unit=unit),
        say("Ut, dras ifrån ({unit})", "Out, subtracted ({unit})", unit=unit),
        say("In, läggs till ({unit})", "In, added ({unit})", unit=unit),
        say("Som {day} ({unit})", "As on {day} ({unit})", day=page.result.day.isoformat(), unit=unit),
    ]


def _lines(page: BridgePage) -> Iterator[tuple[list[str], _Cells]]:
    for view in page.rows:
        place = view.row.key, page.column.key
        moves = page.result.lines[place]
        yield [view.label, "", "", ""], (page.result.was[place], *_moved(*moves), page.result.now[place])
        for line in moves:
            told = [view.label, str(line.step.label), line.step.on.isoformat(), line.step.decision]
            yield told, (Cell(), *_moved(line), Cell())


def _moved(*lines: BridgeLine) -> tuple[Cell, Cell]:
    out, into = [line.out_ore for line in lines], [line.in_ore for line in lines]
    return Cell(sum(out) if any(out) else None), Cell(sum(into) if any(into) else None)
