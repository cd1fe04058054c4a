"""Which follow-up round a page is about: the one asked for, else the latest."""

from __future__ import annotations

from collections.abc import Sequence

from uppsikt.core.findings import found
from uppsikt.core.language import Text, say
from uppsikt.core.periods import MONTHS_EN, MONTHS_SV, Month
from uppsikt.planning.selectors import RoundRow
from uppsikt.web.errors import Absent
from uppsikt.web.findings import CHOICE_UNKNOWN

_NAME = Text("Uppföljning", "Round")


def chosen_round(rounds: Sequence[RoundRow], key: str) -> RoundRow | None:
    """The round asked for; the one with the latest cut-off where none is; None where there are none."""
    if not key:
        return max(rounds, key=lambda row: row.cut_off, default=None)
    for row in rounds:
        if row.key == key:
            return row
    raise Absent(found(CHOICE_UNKNOWN, name=_NAME, value=key))


def ledger_end(row: RoundRow, booked_to: Month | None) -> str:
    """That the ledger ends before the round's cut-off, in words; "" where it doesn't."""
    if booked_to == Month.of(row.cut_off):
        return ""
    if booked_to is None:
        return say("Huvudboken har inget för {year} än.", "The ledger has nothing of {year} yet.", year=row.year)
    month = say(MONTHS_SV[booked_to.month - 1], MONTHS_EN[booked_to.month - 1])
    return say(
        "Huvudboken slutar i {month} {year}.", "The ledger ends in {month} {year}.", month=month, year=row.year
    )


def previous_round(rounds: Sequence[RoundRow], row: RoundRow) -> RoundRow | None:
    """The round before, where there is one."""
    return next((other for other in rounds if other.key == row.previous_key), None)
