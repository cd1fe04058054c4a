"""What the day of a reorganisation brings: one that reaches back into months already followed up. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from uppsikt.coding.events import Reorganisation
from uppsikt.consequences.findings import BACK_IN_TIME
from uppsikt.core.findings import Finding, Place, found
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.states import State


def dated_back(own: Reorganisation, rounds: Iterable[RoundRow]) -> Iterator[Finding]:
    """A note where it takes effect by the latest cut-off of the rounds that are closed or adopted."""
    ended = [row for row in rounds if row.state in (State.CONSOLIDATED, State.ADOPTED)]
    latest = max(ended, key=lambda row: (row.cut_off, row.key), default=None)
    if latest and own.days and own.days[0] <= latest.cut_off:
        facts = {"name": own.name, "day": own.days[0], "cut_off": latest.cut_off}
        yield found(BACK_IN_TIME, Place(own.key), **facts, round=latest.key, state=str(latest.state.label))
