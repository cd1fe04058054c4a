"""Whose round a controller's pages show: the units under the reader's own roles, never others'."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from uppsikt.adoption.reading import plan_of
from uppsikt.audit.actors import Actor, NotAllowed, Verb, may, require
from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import NotFound, found
from uppsikt.core.language import say
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import forecasts, rounds
from uppsikt.relations import NO_ROUND, NO_UNIT
from uppsikt.rounds.selectors import participants
from uppsikt.web.actors import own_units, today


@dataclass(frozen=True)
class Scope:
    """A round with the tops of the trees that the reader answers for, on its cut-off.

    `plan` is today's, or once the round is adopted the one it was adopted with; rights are asked of `now`.
    """

    actor: Actor
    row: RoundRow
    rounds: Sequence[RoundRow]
    plan: CodePlan
    now: CodePlan
    tops: tuple[str, ...]
    is_whole: bool

    @property
    def previous(self) -> RoundRow | None:
        """The round before."""
        return next((row for row in self.rounds if row.key == self.row.previous_key), None)

    def path(self, unit: str) -> list[str]:
        """The unit and those above it."""
        return self.plan.path("unit", unit, self.row.cut_off)

    def name(self, unit: str) -> str:
        """What the unit is called."""
        return self.plan.name("unit", unit, self.row.cut_off)

    def holds(self, unit: str) -> bool:
        """Whether the unit is among those that the reader answers for."""
        return self.is_whole or not set(self.tops).isdisjoint(self._path_now(unit))

    def within(self, units: Iterable[str]) -> list[str]:
        """Those of the units that the reader answers for."""
        return [unit for unit in units if self.holds(unit)]

    def may(self, verb: Verb, unit: str = "") -> bool:
        """Whether the reader may do `verb` on a unit ("" is the whole municipality)."""
        return may(self.actor, verb, self._path_now(unit) if unit else [], today())

    def _path_now(self, unit: str) -> list[str]:
        return self.now.path("unit", unit, self.row.cut_off)

    def require_unit(self, unit: str) -> None:
        """Raise `NotFound` for what is no unit, `NotAllowed` for others' units."""
        if not self.plan.knows("unit", unit):
            raise NotFound(found(NO_UNIT, unit=unit))
        if not self.holds(unit):
            raise NotAllowed(self.actor, Verb.APPROVE_FORECAST)

    def one_of(self, unit: str) -> str:
        """The unit asked for, else the reader's first; checked."""
        if unit:
            self.require_unit(unit)
        return unit or self.first

    @property
    def first(self) -> str:
        """The top to show where none is asked for: the one that most forecast under; "" for none."""
        return next(iter(self.tops_by_work), "")

    @cached_property
    def tops_by_work(self) -> tuple[str, ...]:
        """The tops, those first that most forecast under (two questions at most)."""
        units = [own.unit for own in participants(self.row.key)] or {own.unit for own in forecasts(self.row.key)}
        below = Counter(code for unit in units for code in self.path(unit))
        return tuple(sorted(self.tops, key=lambda top: (-below[top], top)))


def scope_of(actor: Actor, round_key: str) -> Scope:
    """The round as the reader controls it; raises `NotFound`, and `NotAllowed` for those who approve nothing."""
    known = rounds()
    is_whole = may(actor, Verb.APPROVE_FORECAST, [], today())
    units = [unit for unit in own_units(actor) if may(actor, Verb.APPROVE_FORECAST, [unit], today())]
    if not is_whole and not units:
        raise NotAllowed(actor, Verb.APPROVE_FORECAST)
    row = next((own for own in known if own.key == round_key), None)
    if row is None:
        raise NotFound(found(NO_ROUND, round=round_key, known=", ".join(own.key for own in known)))
    plan = plan_of(row)
    tops = plan.children("unit", None, row.cut_off) if is_whole else units
    return Scope(actor, row, known, plan, code_plan(), tuple(tops), is_whole)


def moved_since(scope: Scope, unit: str) -> str:
    """That a unit is new, or stands elsewhere, since the round before; "" where it stands as it stood."""
    before = scope.previous
    if before is None:
        return ""
    if scope.plan.entry("unit", unit, before.cut_off) is None:
        return say("ny sedan {round}", "new since {round}", round=before.name)
    parents = [scope.plan.path("unit", unit, day)[1:2] for day in (before.cut_off, scope.row.cut_off)]
    return say("flyttad sedan {round}", "moved since {round}", round=before.name) if parents[0] != parents[1] else ""


def require_running(actor: Actor) -> None:
    """Raise `NotAllowed` unless the reader runs rounds for the whole municipality."""
    require(actor, Verb.RUN_ROUND, (), today())
