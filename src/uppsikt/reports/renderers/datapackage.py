"""Open data: a zip of CSV files with Frictionless and CSVW metadata, for machines and for reuse."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from decimal import Decimal

from uppsikt.core.language import speaking
from uppsikt.core.tables import guarded
from uppsikt.reports.document import Document, Table, text_of
from uppsikt.reports.renderers.longform import FIGURE_COLUMNS, figure_rows, metadata_rows, table_rows
from uppsikt.reports.renderers.packing import pack

_FIGURE_TYPES = ("string", "string", "string", "string", "number", "integer", "string", "string")
_CSVW_TYPES = {"string": "string", "number": "decimal", "integer": "integer"}


def render_datapackage(document: Document) -> bytes:
    """The zip: one CSV a table, `figures.csv` in long form, `datapackage.json` and CSVW metadata."""
    with speaking(document.metadata.language):
        tables = (*document.tables, *(chart.table for chart in document.charts))
        names = _names(tables)
        files = {"figures.csv": _csv([list(FIGURE_COLUMNS), *figure_rows(document)])}
        resources = [_resource("figures", "figures.csv", FIGURE_COLUMNS, _FIGURE_TYPES, document.metadata.title)]
        for table, name in zip(tables, names, strict=True):
            rows = table_rows(table)
            heads = _unique([str(head) for head in rows[0]])
            path = f"{name}.csv"
            files[path] = _csv([heads, *rows[1:]])
            resources.append(_resource(name, path, heads, _types(rows), f"{table.number}. {text_of(table.caption)}"))
        files["datapackage.json"] = _json(_frictionless(document, resources))
        files["csvw-metadata.json"] = _json(_csvw(document, resources))
        return pack(files, document.metadata.document_date)


def _names(tables: Sequence[Table]) -> list[str]:
    return [f"{index:02}-{table.key.replace(':', '-').lower()}" for index, table in enumerate(tables, start=1)]


def _unique(heads: list[str]) -> list[str]:
    return [head if heads.index(head) == index else f"{head} ({index + 1})" for index, head in enumerate(heads)]


def _types(rows: list[list[object]]) -> list[str]:
    columns = zip(*rows[1:], strict=True) if len(rows) > 1 else [()] * len(rows[0])
    return [
        "number" if values and all(isinstance(value, Decimal) or value is None for value in values) else "string"
        for values in columns
    ]


def _csv(rows: Sequence[Sequence[object]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows([_cell(value) for value in row] for row in rows)
    return stream.getvalue().encode()


def _cell(value: object) -> str:
    if isinstance(value, str):
        return guarded(value)
    return "" if value is None else str(value)


def _resource(name: str, path: str, heads: Sequence[str], types: Sequence[str], title: str) -> dict[str, object]:
    fields = [{"name": head, "type": kind} for head, kind in zip(heads, types, strict=True)]
    return {
        "name": name,
        "path": path,
        "title": title,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""]},
    }


def _frictionless(document: Document, resources: list[dict[str, object]]) -> dict[str, object]:
    metadata = document.metadata
    return {
        "profile": "tabular-data-package",
        "name": metadata.key,
        "title": f"{metadata.title}, {metadata.municipality}",
        "description": "; ".join(f"{label}: {text}" for label, text in metadata_rows(document)),
        "version": metadata.version,
        "created": f"{metadata.document_date.isoformat()}T12:00:00Z",
        "content_hash": document.content_hash,
        "data_cut_off": metadata.cut_off.isoformat(),
        "round": metadata.round_key,
        "resources": resources,
    }


def _csvw(document: Document, resources: list[dict[str, object]]) -> dict[str, object]:
    metadata = document.metadata
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": metadata.language}],
        "dc:title": metadata.title,
        "dc:publisher": metadata.municipality,
        "dc:identifier": document.content_hash,
        "dc:date": metadata.cut_off.isoformat(),
        "tables": [_csvw_table(resource) for resource in resources],
    }


def _csvw_table(resource: dict[str, object]) -> dict[str, object]:
    schema = resource["schema"]
    fields = schema["fields"] if isinstance(schema, dict) else []
    columns = [
        {"titles": field["name"], "name": f"c{index}", "datatype": _CSVW_TYPES[field["type"]], "null": [""]}
        for index, field in enumerate(fields, start=1)
    ]
    return {"url": resource["path"], "dc:title": resource["title"], "tableSchema": {"columns": columns}}


def _json(content: dict[str, object]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
