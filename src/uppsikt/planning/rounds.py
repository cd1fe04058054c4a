"""A follow-up round as a value, and whether what is asked of one makes sense. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.periods import Month
from uppsikt.planning.codes import text_faults, year_months
from uppsikt.planning.findings import CUT_OFF_WRONG, DEADLINE_EARLY, KEY_ODD, PREVIOUS_LATER
from uppsikt.planning.states import State

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,49}")
_NAME_LENGTH = 100
_YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A follow-up round as a value. `cut_off` is its last day of actuals."""

    key: str
    name: str
    kind: str
    year: int
    cut_off: date
    deadline: date
    state: State
    previous_key: str | None = None
    adopted_on: date | None = None
    frozen_hash: str = ""
    version: int = 1
    correction_reason: str = ""

    @property
    def months_with_actuals(self) -> list[Month]:
        """The year's months up to and with the cut-off."""
        return [month for month in year_months(self.year) if month.first <= self.cut_off]

    @property
    def months_left(self) -> list[Month]:
        """The year's months after the cut-off: what a forecast is about."""
        return [month for month in year_months(self.year) if month.first > self.cut_off]

    @property
    def is_year_end(self) -> bool:
        """Whether no month is left to forecast: what is handed in is the year's result."""
        return not self.months_left


def round_faults(row: RoundRow, previous: RoundRow | None) -> Iterator[Finding]:
    """What is wrong with a round to be."""
    if not _KEY.fullmatch(row.key):
        yield found(KEY_ODD, round=row.key)
    yield from text_faults(row.name, "name", _NAME_LENGTH, Place())
    if row.year not in _YEARS or row.cut_off.year != row.year or row.cut_off != Month.of(row.cut_off).last:
        yield found(CUT_OFF_WRONG, cut_off=row.cut_off, year=row.year, likely=_likely_cut_off(row))
    if row.deadline < row.cut_off:
        yield found(DEADLINE_EARLY, deadline=row.deadline, cut_off=row.cut_off)
    if previous and previous.cut_off >= row.cut_off:
        facts = {"previous": previous.key, "previous_cut_off": previous.cut_off}
        yield found(PREVIOUS_LATER, **facts, cut_off=row.cut_off)


def _likely_cut_off(row: RoundRow) -> date:
    if row.year in _YEARS and row.cut_off.year != row.year:
        return date(row.year, 12, 31)
    return Month.of(row.cut_off).last if row.cut_off.year in _YEARS else date(_YEARS[0], 12, 31)
