"""The event log as a file, with its seals, read while it is written; that it was taken out is itself logged."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from django.db import transaction

from uppsikt.audit.actors import Actor, Verb, require
from uppsikt.audit.administrators import this_day
from uppsikt.audit.chain import COLUMNS, EventRow, record
from uppsikt.audit.selectors import LogFilter, log_rows
from uppsikt.core.tables import guarded

_MARK = "\ufeff"  # Excel takes a CSV for UTF-8 by it


def export_log(*, actor: Actor, asked: LogFilter, suffix: str) -> Iterator[str]:
    """The events asked for, oldest first, as CSV or as JSON lines, up to and with the record of this export.

    Raises `NotAllowed` at once, before a piece is asked for.
    """
    require(actor, Verb.READ_AUDIT, (), this_day())
    with transaction.atomic():
        payload = {"format": suffix, "asked": asked.as_json()}
        last = record(actor=actor, verb="export-log", target="log", payload=payload)
    rows = log_rows(asked, up_to=last.sequence)
    return _csv_lines(rows) if suffix == "csv" else (_json_line(row) for row in rows)


def _csv_lines(rows: Iterator[EventRow]) -> Iterator[str]:
    yield _MARK + _csv_line(COLUMNS)
    for row in rows:
        yield _csv_line([guarded(cell) for cell in _cells(row)])


def _csv_line(cells: list[str] | tuple[str, ...]) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";", lineterminator="\r\n").writerow(cells)
    return stream.getvalue()


def _cells(row: EventRow) -> list[str]:
    return [row.at.isoformat() if column == "at" else str(getattr(row, column)) for column in COLUMNS]


def _json_line(row: EventRow) -> str:
    cells = {column: getattr(row, column) for column in COLUMNS}
    # the payload as the text that the seal is over: parsed and written anew it would be another text
    return json.dumps(cells | {"at": row.at.isoformat()}, ensure_ascii=False) + "\n"
