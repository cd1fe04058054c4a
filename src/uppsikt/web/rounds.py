"""Which follow-up round a page is about: the one asked for, else the latest."""

from __future__ import annotations

from collections.abc import Sequence

from uppsikt.core.findings import found
from uppsikt.core.language import Text
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


def previous_round(rounds: Sequence[RoundRow], row: RoundRow) -> RoundRow | None:
    """The round before, where there is one."""
    return next((other for other in rounds if other.key == row.previous_key), None)
