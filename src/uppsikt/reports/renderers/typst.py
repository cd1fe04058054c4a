"""PDF by typst: PDF/A-2a and PDF/UA-1 at once, tagged, deterministic. The template gets data, never markup."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from uppsikt.core.language import speaking
from uppsikt.reports.charts import FONT, FONT_FOLDER
from uppsikt.reports.document import Document, Table, TableRow, plain
from uppsikt.reports.renderers.words import (
    cover_facts,
    footer_text,
    header_text,
    identity_facts,
    origin_text,
    words,
)

TEMPLATE = Path(__file__).with_name("report.typ")
STANDARDS = ["a-2a", "ua-1"]
_one_at_a_time = Lock()
_TEXT_WIDTH_MM = 164.0
_LANDSCAPE_WIDTH_MM = 251.0
_NARROWEST_LABEL_MM = 40.0
_ROWS_KEPT_TOGETHER = 20  # longer tables may break over pages, with their headings repeated
_INDENT_MM = 3.0  # the template's own
_SIZES_PT = (9.0, 8.5, 8.0, 7.5)


def render_pdf(document: Document, charts: dict[str, str]) -> bytes:
    """The document as PDF. `charts` holds each chart's SVG by its key."""
    with speaking(document.metadata.language):
        inputs = {
            "document": json.dumps(_content(document), ensure_ascii=False),
            "charts": json.dumps(charts, ensure_ascii=False),
        }
    with _one_at_a_time:  # the compiler holds its inputs between calls
        pdf = _compiler().compile(format="pdf", sys_inputs=inputs, pdf_standards=STANDARDS)
    return with_row_headers(pdf)


@cache
def _compiler() -> Any:
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_FOLDER)])
    return typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=fonts)


def _content(document: Document) -> dict[str, object]:
    metadata = document.metadata
    return {
        "font": FONT,
        "language": metadata.language,
        "municipality": metadata.municipality,
        "committee": metadata.committee,
        "title": metadata.title,
        "subtitle": metadata.subtitle,
        "author": metadata.author or metadata.committee or metadata.municipality,
        "date": [metadata.document_date.year, metadata.document_date.month, metadata.document_date.day],
        "keywords": [metadata.round_name, document.content_hash],
        "cover": cover_facts(document),
        "identity": identity_facts(document),
        "header": header_text(document),
        "footer": footer_text(document),
        "words": words(),
        "blocks": plain(document.blocks),
        "layouts": {table.number: _layout(table) for table in (*document.tables, *_chart_tables(document))},
        "figures": [
            {"label": note.label, "text": note.text, "period": note.period, "source": origin_text(note)}
            for note in document.figures
        ],
    }


def _chart_tables(document: Document) -> list[Table]:
    return [chart.table for chart in document.charts]


def _layout(table: Table) -> dict[str, object]:
    """Type size, widths and page direction that let every number stand on one line."""
    if not all(column.is_numeric for column in table.columns):
        return {"size": 9.0, "landscape": False, "prose": True, "label": 36.0, "columns": [], "whole": False}
    label, size, columns, is_landscape = _fitted(table)
    label = max(min(label, _label_mm(table.rows, size)), _NARROWEST_LABEL_MM)
    return {
        "size": size,
        "landscape": is_landscape,
        "prose": False,
        "label": label,
        "columns": columns,
        "whole": len(table.rows) <= _ROWS_KEPT_TOGETHER,
    }


def _fitted(table: Table) -> tuple[float, float, list[float], bool]:
    """Width left for labels, type size, column widths and whether the page lies.

    Upright with whole words in the labels if any size allows it, else with words broken, else lying.
    """
    columns: list[float] = []
    for width, with_whole_words in ((_TEXT_WIDTH_MM, True), (_TEXT_WIDTH_MM, False), (_LANDSCAPE_WIDTH_MM, False)):
        for size in _SIZES_PT:
            columns = [_column_mm(table, index, size) for index in range(len(table.columns))]
            longest = _longest_word_mm(table.rows, size) if with_whole_words else 0.0
            if width - sum(columns) >= max(_NARROWEST_LABEL_MM, longest):
                return width - sum(columns), size, columns, width == _LANDSCAPE_WIDTH_MM
    return _NARROWEST_LABEL_MM, _SIZES_PT[-1], columns, True


def _column_mm(table: Table, index: int, size_pt: float) -> float:
    longest_word = max((len(word) for word in table.columns[index].label.split()), default=1)
    longest_cell = max((len(getattr(row.cells[index], "text", "")) for row in table.rows), default=1)
    characters = max(longest_word * 1.06, longest_cell, 6)
    return characters * size_pt * 0.3528 * 0.53 + 3.2


def _longest_word_mm(rows: tuple[TableRow, ...], size_pt: float) -> float:
    words = ((len(word), row.level) for row in rows for word in row.label.split())
    return max((length * size_pt * 0.3528 * 0.5 + level * _INDENT_MM + 3 for length, level in words), default=0.0)


def _label_mm(rows: tuple[TableRow, ...], size_pt: float) -> float:
    longest = max((len(row.label) + 2 * row.level for row in rows), default=10)
    return longest * size_pt * 0.3528 * 0.5 + 5


def with_row_headers(pdf: bytes) -> bytes:
    """The PDF with each body row's first cell tagged as its header: typst has no row headers in this binding."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        _tag_rows(opened.Root.StructTreeRoot, in_body=False, pikepdf=pikepdf)
        stream = io.BytesIO()
        opened.save(
            stream, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=False
        )
    return stream.getvalue()


def _tag_rows(element: Any, *, in_body: bool, pikepdf: Any) -> None:
    kind = element.get("/S")
    children = element.get("/K")
    if children is None:
        return
    kids = list(children) if isinstance(children, pikepdf.Array) else [children]
    kids = [kid for kid in kids if isinstance(kid, pikepdf.Dictionary)]
    if in_body and kind == "/TR" and kids and kids[0].get("/S") == "/TD":
        kids[0].S = pikepdf.Name.TH
        kids[0].A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
    for kid in kids:
        _tag_rows(kid, in_body=in_body or kind == "/TBody", pikepdf=pikepdf)
