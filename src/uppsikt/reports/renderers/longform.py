"""All figures of a document as rows: one for each cell of each table, and what the data are."""

from __future__ import annotations

from collections.abc import Iterable

from uppsikt.core.language import say
from uppsikt.reports.document import (
    Block,
    Document,
    ListBlock,
    NumberCell,
    Paragraph,
    Table,
    TableCell,
    text_of,
)
from uppsikt.reports.renderers.words import cover_facts, identity_facts

FIGURE_COLUMNS = ("table", "row", "row_label", "column", "value", "amount_ore", "unit", "address")


def figure_rows(document: Document) -> list[list[object]]:
    """One row a cell: the value as shown, the amount as booked in öre, its unit and its address (or source)."""
    rows: list[list[object]] = []
    for table in document.tables:
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=False):
                if isinstance(cell, NumberCell) and (cell.value is not None or cell.address):
                    unit = "share" if column.kind == "share" else table.unit
                    where = cell.address or cell.source
                    rows.append([table.key, row.key, row.label, column.key, cell.value, cell.amount_ore, unit, where])
    return rows


def metadata_rows(document: Document) -> list[list[object]]:
    """What the data are: report, cut-off, hashes, and the sign rule of amounts in öre."""
    metadata = document.metadata
    rows: list[list[object]] = [[say("Rapport", "Report"), f"{metadata.title}, {metadata.municipality}"]]
    rows += [[label, text] for label, text in (*cover_facts(document), *identity_facts(document))]
    rows.append(
        [
            "amount_ore",
            say(
                "Belopp i öre med huvudbokens tecken: debet plus, kredit minus. value har tabellens tecken.",
                "Amounts in öre with the ledger's sign: debit plus, credit minus. value has the table's sign.",
            ),
        ]
    )
    return rows


def cell_text(cell: TableCell) -> str:
    """A cell as text; lists get hyphens."""
    if isinstance(cell, NumberCell):
        return cell.text
    return "\n".join(_lines(cell.blocks))


def _lines(blocks: Iterable[Block]) -> Iterable[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield text_of(block.runs)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from (f"- {line}" for line in _lines(item))


def table_rows(table: Table) -> list[list[object]]:
    """A table's heading row and rows, numbers as numbers."""
    heads: list[object] = [table.heading or say("Post", "Item"), *(column.label for column in table.columns)]
    rows: list[list[object]] = [heads]
    for row in table.rows:
        values: list[object] = [
            cell.value if isinstance(cell, NumberCell) and cell.value is not None else _text_or_nothing(cell)
            for cell in row.cells
        ]
        rows.append([row.label, *values])
    return rows


def _text_or_nothing(cell: TableCell) -> str | None:
    if isinstance(cell, NumberCell) and cell.text == "–":
        return None
    return cell_text(cell)
