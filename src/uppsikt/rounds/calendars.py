"""A round's deadlines as a calendar file (RFC 5545): an all-day event for each step. Pure.

An event keeps its UID, so a calendar that is given a newer file moves what it has instead of adding to it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from uppsikt.core.language import Text
from uppsikt.planning.rounds import RoundRow
from uppsikt.rounds.setups import step_days
from uppsikt.rounds.values import SetupRow

_LINE_OCTETS = 75  # RFC 5545 section 3.1, without the line break
_ABOUT = {
    "open": Text("Enheterna kan börja fylla i.", "Units can begin to fill in."),
    "fill-in": Text("Enheterna ska ha lämnat in.", "The units are to have handed in."),
    "review": Text("Allt som är lämnat ska vara godkänt.", "All that is handed in is to be approved."),
    "adopt": Text("Uppföljningen ska vara fastställd.", "The follow-up is to be adopted."),
}


def calendar(row: RoundRow, setup: SetupRow, *, municipality: str, stamped_at: datetime, address: str = "") -> str:
    """The file's text, with its line breaks. `stamped_at` is when it is made, `address` the round's page."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Uppsikt//Uppsikt//SV",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(row.name)}",
        *_events(row, setup, municipality, stamped_at, address),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _events(row: RoundRow, setup: SetupRow, municipality: str, stamped_at: datetime, address: str) -> Iterator[str]:
    for step, label, day in step_days(setup, row.deadline, is_year_end=row.is_year_end):
        # two municipalities may both have a delar2-2022, and somebody may follow both
        uid = uuid.uuid5(uuid.NAMESPACE_URL, f"uppsikt:{municipality}:{row.key}:{step}")
        yield "BEGIN:VEVENT"
        yield f"UID:{uid}"
        yield f"DTSTAMP:{stamped_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{day + timedelta(1):%Y%m%d}"
        yield f"SUMMARY:{_escaped(f'{row.name}: {label}')}"
        yield f"DESCRIPTION:{_escaped(str(_ABOUT[step]))}"
        if address:
            yield f"URL:{address}"
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> str:
    # a line is folded by octets, and no letter may be cut in two
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LINE_OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece += letter
        size += octets
    return "\r\n".join([*pieces, piece])
