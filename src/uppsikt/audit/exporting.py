"""The event log as a file, with its seals, read while it is written; that it was taken out is itself logged."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from django.db import transaction

from uppsikt.audit.actors import Actor, Verb, require
from uppsikt.audit.administrators import this_day
from uppsikt.audit.chain import COLUMNS, EventRow, record
from uppsikt.audit.selectors import LogFilter, log_rows
from uppsikt.core.language import Text, current_language, speaking
from uppsikt.core.tables import guarded

Told = Callable[[list[EventRow]], Sequence[tuple[str, ...]]]
"""Says of each event what was done, and to what."""
_AT_ONCE = 500
_HEADINGS = {
    "sequence": Text("Nummer", "Number"),
    "at": Text("Tidpunkt", "At"),
    "actor": Text("Vem", "Who"),
    "verb": Text("Verb (nyckel)", "Verb (key)"),
    "target": Text("Föremål (nyckel)", "Target (key)"),
    "payload": Text("Innehåll (JSON)", "Payload (JSON)"),
    "previous_hash": Text("Den förres försegling", "The one before's seal"),
    "content_hash": Text("Försegling", "Seal"),
}
_WORDS = (Text("Vad som gjordes", "What was done"), Text("Vad det gällde", "What it was done to"))
_MARK = "\ufeff"  # Excel takes a CSV for UTF-8 by it


def export_log(*, actor: Actor, asked: LogFilter, suffix: str, told: Told | None = None) -> Iterator[str]:
    """The events asked for, oldest first, as CSV or as JSON lines, up to and with the record of this export.

    The CSV has headings in the reader's language and, with `told`, what was done to what in words beside the keys.
    JSON lines are as stored. Raises `NotAllowed` at once, before a piece is asked for.
    """
    require(actor, Verb.READ_AUDIT, (), this_day())
    with transaction.atomic():
        payload = {"format": suffix, "asked": asked.as_json()}
        last = record(actor=actor, verb="export-log", target="log", payload=payload)
    rows = log_rows(asked, up_to=last.sequence)
    if suffix != "csv":
        return (_json_line(row) for row in rows)
    # said now: by the time it is sent, the reader's language is no longer the one that is spoken
    headings = [str(_HEADINGS[column]) for column in COLUMNS] + [str(own) for own in (_WORDS if told else ())]
    return _csv_lines(rows, headings, told, current_language())


def _csv_lines(rows: Iterator[EventRow], headings: list[str], told: Told | None, language: str) -> Iterator[str]:
    yield _MARK + _csv_line(headings)
    while several := list(islice(rows, _AT_ONCE)):
        with speaking(language):
            words = told(several) if told else [()] * len(several)
        for row, said in zip(several, words, strict=True):
            yield _csv_line([guarded(cell) for cell in (*_cells(row), *said)])


def _csv_line(cells: list[str]) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";", lineterminator="\r\n").writerow(cells)
    return stream.getvalue()


def _cells(row: EventRow) -> list[str]:
    return [row.at.isoformat() if column == "at" else str(getattr(row, column)) for column in COLUMNS]


def _json_line(row: EventRow) -> str:
    cells = {column: getattr(row, column) for column in COLUMNS}
    # the payload as the text that the seal is over: parsed and written anew it would be another text
    return json.dumps(cells | {"at": row.at.isoformat()}, ensure_ascii=False) + "\n"
