"""The time slider: the days on which a dimension's structure changes, and where on it a day lies."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from uppsikt.core.codeplan import CodeName, CodePlan, Placement
from uppsikt.core.formats import long_date, number
from uppsikt.core.language import say
from uppsikt.core.periods import BEGINNING, FOREVER

_MOST_SHOWN = 14  # as many as there is room for under the slider; more are reached by the slider itself
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stop:
    """A place on the slider: the structure from `day` on. The first stands for all the time before any change."""

    position: int
    day: date
    code_count: int
    is_current: bool = False

    @property
    def is_first(self) -> bool:
        """Whether it is the time before the first change."""
        return self.position == 0

    @property
    def says(self) -> str:
        """What a screen reader says of it, and what stands over the slider."""
        if self.is_first:
            return say("Före den första ändringen", "Before the first change")
        if self.code_count == 1:
            return say("{day}: en kod ändras", "{day}: one code changes", day=long_date(self.day))
        return say(
            "{day}: {n} koder ändras",
            "{day}: {n} codes change",
            day=long_date(self.day),
            n=number(self.code_count),
        )


@dataclass(frozen=True)
class Timeline:
    """All stops, and the one that the chosen day belongs to."""

    stops: Sequence[Stop]
    current: Stop
    is_on_the_day: bool  # the chosen day is itself a day of change

    @property
    def last_position(self) -> int:
        """The position of the latest stop."""
        return len(self.stops) - 1

    @property
    def before(self) -> Stop | None:
        """The stop before the current one."""
        return self.stops[self.current.position - 1] if self.current.position else None

    @property
    def after(self) -> Stop | None:
        """The stop after the current one."""
        return self.stops[self.current.position + 1] if self.current.position < self.last_position else None

    @property
    def shown(self) -> Sequence[Stop]:
        """The stops written out under the slider: none where there are too many."""
        return self.stops if len(self.stops) <= _MOST_SHOWN else ()


def timeline(plan: CodePlan, dimension: str, day: date) -> Timeline:
    """The slider of a dimension's changes, standing on a day."""
    codes = _codes_by_day(plan, dimension)
    days = sorted(codes)
    first = days[0] - _A_DAY if days else day
    at = bisect_right(days, day)
    stops = [Stop(n, own, len(codes.get(own, ())), n == at) for n, own in enumerate([first, *days])]
    return Timeline(stops, stops[at], at > 0 and days[at - 1] == day)


def day_of_stop(plan: CodePlan, dimension: str, position: int) -> date | None:
    """The day of a place on the slider; None where the slider has no such place."""
    stops = timeline(plan, dimension, BEGINNING).stops
    return stops[position].day if position < len(stops) else None


def _codes_by_day(plan: CodePlan, dimension: str) -> dict[date, set[str]]:
    codes: dict[date, set[str]] = defaultdict(set)
    everything: tuple[CodeName | Placement, ...] = (*plan.names, *plan.placements)
    for own in everything:
        if own.dimension == dimension:
            for day in (own.valid_from, own.valid_to):
                if BEGINNING < day < FOREVER:
                    codes[day].add(own.code)
    return codes
