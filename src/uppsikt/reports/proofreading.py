"""The report audit on Uppsikt's own editions: the rules for any report, run on the document that was frozen.

It reads the edition's `document.json`, the source of all its formats. The closing pages with the origins of
figures are not part of it, nor are charts: their figures are the engine's own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from uppsikt.core.findings import Finding, Place, Severity, found
from uppsikt.core.language import speaking
from uppsikt.reports.findings import AUDIT_DOUBTS, AUDIT_REFUSES

if TYPE_CHECKING:
    from uppsikt.checks.reading.structured import Element, Grid
    from uppsikt.checks.remarks import Remark

SHOWN_CHARACTERS = 60
INDENT_POINTS = 12.0  # of a row one level down

Node = Mapping[str, Any]


def proofread(document_file: bytes, name: str) -> list[Finding]:
    """What the report audit says of an edition's document, the surest first.

    An error that the audit is at least 90 % sure of is an error here, everything else but notes a warning.
    """
    # the rules take a second to load, which only those wait for who adopt
    from uppsikt.checks.reading.structured import built
    from uppsikt.checks.running import outcome_of

    content = json.loads(document_file)
    document = built(elements_of(content), source=name, kind="document")
    said = outcome_of(document, name).limited_to(Severity.WARNING).remarks
    return [_finding(one, document.line(one.spans[0].line).text, name) for one in said]


def _finding(said: Remark, text: str, name: str) -> Finding:
    code = AUDIT_REFUSES if said.severity is Severity.ERROR else AUDIT_DOUBTS
    start = text.rfind(" ", 0, max(said.spans[0].start - SHOWN_CHARACTERS // 2, 0)) + 1
    around = " ".join(text[start : start + SHOWN_CHARACTERS].split())
    return found(code, Place(name), rule=said.code, says=said.finding.says, where=around)


def elements_of(content: Node) -> Iterator[Element]:
    """The document's blocks as the report audit reads them."""
    from uppsikt.checks.reading.structured import Head, PageLine

    metadata = content["metadata"]
    with speaking(metadata["language"]):
        yield Head(metadata["title"], 1)
        yield PageLine(f"{metadata['title']} · {metadata['round_name']}")
        for block in content["blocks"]:
            yield from _elements(block)


def _elements(block: Node) -> Iterator[Element]:
    from uppsikt.checks.reading.structured import Head, Paragraph

    match block["is"]:
        case "Heading":
            yield Head(f"{block['number']} {block['text']}".strip(), block["level"])
        case "Paragraph":
            yield Paragraph(_text(block["runs"]))
        case "ListBlock":
            for item in block["items"]:
                yield Paragraph(_texts(item), is_item=True)
        case "StatementBlock" | "FactTable" | "TextTable":
            yield _grid(block["table"])
            yield from (Paragraph(_text(note)) for note in block["table"]["notes"])
        case "Decision":
            for inner in block["introduction"]:
                yield from _elements(inner)
            for clause in block["clauses"]:
                yield Paragraph(_texts(clause), is_item=True)
        case "Callout":
            if block["title"]:
                yield Paragraph(block["title"])
            for inner in block["blocks"]:
                yield from _elements(inner)


def _text(runs: Sequence[Node]) -> str:
    return "".join(run["text"] for run in runs)


def _texts(blocks: Sequence[Node]) -> str:
    """Blocks of an item or a cell as one text."""
    parts = [
        _text(block["runs"]) if block["is"] == "Paragraph" else " ".join(_texts(item) for item in block["items"])
        for block in blocks
        if block["is"] in ("Paragraph", "ListBlock")
    ]
    return " ".join(part for part in parts if part)


def _grid(table: Node) -> Grid:
    from uppsikt.checks.reading.structured import Grid, GridCell

    caption = f"{table['number']} {_text(table['caption'])}".strip()
    caption += f", {table['unit']}" if table["unit"] else ""
    head = [GridCell(text, is_head=True) for text in (table["heading"], *(one["label"] for one in table["columns"]))]
    rows = [
        (
            GridCell(row["label"], indent=INDENT_POINTS * row["level"]),
            *(GridCell(cell["text"] if "text" in cell else _texts(cell["blocks"])) for cell in row["cells"]),
        )
        for row in table["rows"]
    ]
    return Grid((tuple(head), *rows), caption)
