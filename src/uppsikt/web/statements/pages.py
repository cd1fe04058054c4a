"""What a statement page needs, read in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from uppsikt import relations
from uppsikt.coding.selectors import code_plan
from uppsikt.core.findings import Finding, found
from uppsikt.core.formats import Unit
from uppsikt.core.periods import BEGINNING, FOREVER, year_period
from uppsikt.figures.model import Column, StatementResult
from uppsikt.planning.selectors import RoundRow
from uppsikt.web.errors import Absent
from uppsikt.web.findings import ROUND_MISSING
from uppsikt.web.rounds import chosen_round
from uppsikt.web.scope import UnitOption
from uppsikt.web.statements.choices import Choice
from uppsikt.web.statements.sheets import Sheet


@dataclass(frozen=True, slots=True)
class StructureOption:
    """A day whose organisation the whole statement can be shown in."""

    day: date
    is_chosen: bool

    @property
    def value(self) -> str:
        """The day as it stands in the address."""
        return self.day.isoformat()


@dataclass(frozen=True, slots=True)
class PathStep:
    """A unit above the one shown, with the address of its own table."""

    name: str
    query: str


@dataclass(frozen=True)
class StatementPage:
    """The statement page as a value."""

    choice: Choice
    round: RoundRow
    rounds: Sequence[RoundRow]
    sheet: Sheet
    result: StatementResult
    units: Sequence[UnitOption]
    unit_name: str
    unit_path: Sequence[PathStep]
    structures: Sequence[StructureOption]

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """Every column there is to choose."""
        return self.result.columns

    @property
    def presentations(self) -> tuple[Unit, ...]:
        """The units of presentation."""
        return tuple(Unit)

    @property
    def shown_in(self) -> str:
        """The unit the table is shown in."""
        return self.choice.view(self.result.view).unit.value

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the engine found on the way."""
        return self.result.findings


def round_asked(key: str) -> tuple[RoundRow, Sequence[RoundRow]]:
    """The round a page is about and all there are; `Absent` where there are none."""
    rounds = relations.rounds()
    row = chosen_round(rounds, key)
    if row is None:
        raise Absent(found(ROUND_MISSING))
    return row, rounds


def structure_days(row: RoundRow) -> list[date]:
    """The days the organisation differs within the two years a statement speaks of, and the cut-off."""
    since, until = year_period(row.year - 1).start, year_period(row.year).end
    days = {day for day in code_plan().boundaries(["unit"]) if since <= day < until and BEGINNING < day < FOREVER}
    return sorted(days | {row.cut_off, date(row.year, 1, 1)})


def steps_to(choice: Choice, on: date) -> list[PathStep]:
    """The units above the one chosen, top first."""
    plan = code_plan()
    above = reversed(plan.path("unit", choice.org_unit, on)[1:])
    return [PathStep(plan.name("unit", code, on), choice.for_unit(choice.key, code).query()) for code in above]
