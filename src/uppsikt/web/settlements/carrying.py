"""What the page of carried-over results shows: each unit's way through its period, for who reads the unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from uppsikt.audit.actors import Actor, Verb
from uppsikt.balances import balances
from uppsikt.coding.selectors import code_plan
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import rounds
from uppsikt.settlements.carrying import Carried, CarriedYear
from uppsikt.settlements.selectors import period_entries, periods
from uppsikt.settlements.values import PeriodRow
from uppsikt.web.actors import may_anywhere
from uppsikt.web.presenting import Presentation
from uppsikt.web.rounds import chosen_round
from uppsikt.web.savings.pages import labelled, reads, require_reader


@dataclass(frozen=True)
class UnitWay:
    """A unit's years in a period."""

    name: str
    carried: Carried
    round_name: str
    round_year: int

    @property
    def years(self) -> tuple[CarriedYear, ...]:
        """Its years."""
        return self.carried.years

    @property
    def current(self) -> CarriedYear | None:
        """The round's year, where it is known."""
        return next((own for own in self.years if own.year == self.round_year and own.result_ore is not None), None)

    @property
    def lapses(self) -> bool:
        """Whether the last year is known, so that what stands lapses when the period ends."""
        return self.carried.lapses_ore is not None


@dataclass(frozen=True)
class PeriodPart:
    """A period with the units the reader sees."""

    period: PeriodRow
    units: tuple[UnitWay, ...]


@dataclass(frozen=True)
class CarryOverPage:
    """The page."""

    shown: Presentation
    parts: tuple[PeriodPart, ...]
    rounds: Sequence[RoundRow]
    round: RoundRow | None
    may_decide: bool


def carry_over_page(actor: Actor, round_key: str, shown: Presentation) -> CarryOverPage:
    """Every period with units that the actor reads, up to a round's forecast (else the latest's)."""
    require_reader(actor)
    known = sorted(rounds(), key=lambda row: row.cut_off, reverse=True)
    row = chosen_round(known, round_key)
    plan, entries = code_plan(), period_entries()
    parts = []
    for period in sorted(periods(), key=lambda own: row is None or row.year not in own.years):
        units = [unit for unit in period.units if reads(actor, plan, unit)]
        if not units:
            continue
        ways = balances(period, units, entries.get(period.key, []), row)
        name, year = (row.name, row.year) if row else ("", 0)
        parts.append(PeriodPart(period, tuple(UnitWay(labelled(plan, own.unit), own, name, year) for own in ways)))
    return CarryOverPage(shown, tuple(parts), known, row, may_anywhere(actor, Verb.EDIT_BUDGET))
