"""What a unit takes along through the years of a period. Pure.

A year's result is what the unit did with its own budget: where results of earlier years were put in the year's
budget, the deviation holds them too, and they are taken out of it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from uppsikt.core.language import Text
from uppsikt.settlements.values import CarriedEntry, Link, PeriodRow


class Source(StrEnum):
    """Where a year's result comes from."""

    DECIDED = "decided"
    LEDGER = "ledger"
    FORECAST = "forecast"
    MISSING = "missing"
    TO_COME = "to-come"

    @property
    def label(self) -> Text:
        """What the user calls it."""
        return _SOURCES[self]


_SOURCES = {
    Source.DECIDED: Text("beslutat resultat", "decided result"),
    Source.LEDGER: Text("budget minus bokslut", "budget less year-end"),
    Source.FORECAST: Text("budget minus prognos", "budget less forecast"),
    Source.MISSING: Text("saknas", "missing"),
    Source.TO_COME: Text("återstår", "to come"),
}


@dataclass(frozen=True, slots=True)
class Deviation:
    """A unit's deviation of a year: budget less year-end, or budget less forecast; surplus positive."""

    amount_ore: int
    source: Source


@dataclass(frozen=True, slots=True)
class CarriedYear:
    """A year of a unit, öre, surplus positive. `result_ore` is None where nobody knows it."""

    year: int
    source: Source
    opening_ore: int
    budgeted_ore: int
    deviation_ore: int | None
    result_ore: int | None
    decisions: tuple[CarriedEntry, ...] = ()

    @property
    def closing_ore(self) -> int:
        """What the unit takes along from the year."""
        return self.opening_ore + (self.result_ore or 0)


@dataclass(frozen=True, slots=True)
class Carried:
    """A unit's way through a period."""

    unit: str
    years: tuple[CarriedYear, ...]

    @property
    def balance_ore(self) -> int:
        """What stands at the end of the last year that is known."""
        return self.years[-1].closing_ore

    @property
    def is_whole(self) -> bool:
        """Whether every year up to the last one known has a result."""
        return all(year.source is not Source.MISSING for year in self.years)

    @property
    def lapses_ore(self) -> int | None:
        """What lapses when the period ends: all that is left then; None while years are to come."""
        return None if any(year.source is Source.TO_COME for year in self.years) else self.balance_ore


def carried(
    period: PeriodRow,
    unit: str,
    entries: Iterable[CarriedEntry],
    deviations: Mapping[int, Deviation],
    current_year: int,
) -> Carried:
    """The unit's years from the first of the period, which starts at zero.

    A decided result stands before what the ledger says; of a year after `current_year` nothing is known yet.
    """
    own = [entry for entry in entries if entry.unit == unit]
    years: list[CarriedYear] = []
    opening_ore = 0
    for year in period.years:
        told = _year(year, [entry for entry in own if entry.year == year], deviations.get(year), current_year)
        years.append(replace(told, opening_ore=opening_ore))
        opening_ore = years[-1].closing_ore
    return Carried(unit, tuple(years))


def _year(year: int, entries: list[CarriedEntry], deviation: Deviation | None, current_year: int) -> CarriedYear:
    decided = tuple(entry for entry in entries if entry.link is Link.RESULT)
    budgeted_ore = sum(entry.amount_ore for entry in entries if entry.link is Link.BUDGETED)
    if decided:
        result_ore = sum(entry.amount_ore for entry in decided)
        return CarriedYear(year, Source.DECIDED, 0, budgeted_ore, result_ore + budgeted_ore, result_ore, decided)
    if deviation is None:
        source = Source.TO_COME if year >= current_year else Source.MISSING
        return CarriedYear(year, source, 0, budgeted_ore, None, None)
    amount_ore = deviation.amount_ore
    return CarriedYear(year, deviation.source, 0, budgeted_ore, amount_ore, amount_ore - budgeted_ore)
