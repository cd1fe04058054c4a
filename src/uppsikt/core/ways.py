"""Which code answers for money in another structure than the one it was booked in.

`Successors` follows a booked code through the changes of one dimension: forwards through successions that
took effect after the money's month, backwards to the code that was there before. A succession by shares cuts
the way in several, each with its share; so the shares of all ways of a posting make the posting.

Positions are positions in `CodePlan.changes`; a *horizon* is how many changes have taken effect, from 0 to
all. `CodePlan.changes_until(day)` is the horizon of the structure as of a day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from uppsikt.core.changes import Condition, Succession, SuccessionRule
from uppsikt.core.codeplan import CodeName, CodePlan
from uppsikt.core.shares import ALL, Share, shares_of


@dataclass(frozen=True, slots=True)
class Step:
    """The change at `position` puts the money on `code` (a step back: undoing it puts it there)."""

    position: int
    code: str


@dataclass(frozen=True, slots=True)
class Way:
    """One way of the money booked on `code` in some month.

    `steps` are taken in structures where their change has taken effect, in rising position; `backs` in older
    structures where it has not, in falling position. `share` is how much of a posting goes this way.
    """

    code: str
    steps: tuple[Step, ...] = ()
    backs: tuple[Step, ...] = ()
    share: Share = ALL

    def code_at(self, horizon: int, undone_from: int | None = None) -> str:
        """The code that answers for the money when so many changes have taken effect.

        A bridge takes steps one by one, and back steps apart from them: `undone_from` is the first change that
        is undone where that isn't `horizon`.
        """
        undone = [
            step.code for step in self.backs if step.position >= (horizon if undone_from is None else undone_from)
        ]
        if undone:
            return undone[-1]
        taken = [step.code for step in self.steps if step.position < horizon]
        return taken[-1] if taken else self.code

    @property
    def stays(self) -> bool:
        """Whether the money is whole and on its own code in every structure."""
        return not self.steps and not self.backs and self.share == ALL


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition of the change at `position`, evaluated in the structure of that change's day."""

    condition: Condition
    position: int


Meets = Callable[[Asked], bool]


def successors(plan: CodePlan, dimension: str) -> Successors:
    """The successors of a dimension's codes; made once for each plan."""
    return _kept(plan.content_hash, dimension, _Held(plan))


class _Held:
    # equal to any other: the hash beside it says which plan it is, so a plan is hashed once and compared never
    def __init__(self, plan: CodePlan) -> None:
        self.plan = plan

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=64)
def _kept(content_hash: str, dimension: str, held: _Held) -> Successors:
    return Successors(held.plan, dimension)


class Successors:
    """Follows the codes of one dimension through a plan's changes. Immutable once made."""

    def __init__(self, plan: CodePlan, dimension: str) -> None:
        self.plan = plan
        self.dimension = dimension
        self._from: dict[str, list[tuple[int, Succession]]] = defaultdict(list)
        self._into: dict[str, list[tuple[int, str]]] = defaultdict(list)  # position and source, by target
        for position, change in enumerate(plan.changes):
            for own in change.successions:
                if own.dimension != dimension:
                    continue
                self._from[own.code].append((position, own))
                for target in sorted({portion.code for rule in own.rules for portion in rule.portions} - {own.code}):
                    self._into[target].append((position, own.code))
        self._names = _names_of(plan, dimension, {*self._from, *self._into})
        self._openings = {code: _openings(self._names[code]) for code in self._into}

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes whose money may stand elsewhere in another structure; all others stay."""
        opened = {
            target
            for target, sources in self._into.items()
            if any(self.plan.changes[position].on in self._openings[target] for position, _ in sources)
        }
        return frozenset(self._from) | opened

    @property
    def days(self) -> list[date]:
        """Days that part months whose money goes other ways, sorted."""
        days = {self.plan.changes[position].on for own in self._from.values() for position, _ in own}
        days |= {day for names in self._names.values() for name in names for day in (name.valid_from, name.valid_to)}
        return sorted(days)

    def asked(self, code: str, month: date, horizon: int) -> list[Asked]:
        """Every condition that the ways of a code's money may depend on, in the order of the changes."""
        found: dict[Asked, None] = {}
        waiting, seen = [(code, -1)], set()
        while waiting:
            here, after = waiting.pop()
            if (here, after) in seen or (following := self._next(here, month, after, horizon)) is None:
                continue
            seen.add((here, after))
            position, succession = following
            for rule in succession.rules:
                found.update(dict.fromkeys(Asked(own, position) for own in rule.conditions))
                waiting += [(portion.code, position) for portion in rule.portions]
            waiting.append((here, position))
        return sorted(found, key=lambda own: (own.position, own.condition))

    def ways(self, code: str, month: date, horizon: int, meets: Meets) -> tuple[Way, ...]:
        """All ways of money booked on a code in a month, through the first `horizon` changes.

        `month` is its first day; `meets` says whether the posting meets a condition. The shares make the whole.
        """
        start = Way(code, backs=tuple(self._backs(code, month)))
        return tuple(self._forwards(start, code, -1, month, horizon, meets))

    def mixed(self, code: str, month: date, horizon: int) -> tuple[str, ...]:
        """Who else's money is on a code and can't be told from its own in an older structure; empty where it can."""
        day, before = month, self.plan.changes_until(month)
        while (origin := self._origin(code, day, before)) and origin[0] >= horizon:
            before, code = origin
            day = self.plan.changes[before].on
        inflows = self._inflows(code, day, before)
        return tuple(dict.fromkeys(source for position, source in inflows if position >= horizon))

    def _forwards(self, way: Way, code: str, after: int, month: date, horizon: int, meets: Meets) -> Iterator[Way]:
        while following := self._next(code, month, after, horizon):
            after, succession = following
            rule = _rule_met(succession, after, meets)
            if rule is None:
                continue
            if len(rule.portions) > 1:
                yield from self._parted(way, code, after, rule, month, horizon, meets)
                return
            way, code = _onwards(way, code, rule.portions[0].code, after, ALL), rule.portions[0].code
        yield way

    def _parted(
        self, way: Way, code: str, at: int, rule: SuccessionRule, month: date, horizon: int, meets: Meets
    ) -> Iterator[Way]:
        shares = shares_of([portion.parts for portion in rule.portions])
        for portion, share in zip(rule.portions, shares, strict=True):
            onwards = _onwards(way, code, portion.code, at, share)
            yield from self._forwards(onwards, portion.code, at, month, horizon, meets)

    def _next(self, code: str, month: date, after: int, horizon: int) -> tuple[int, Succession] | None:
        for position, succession in self._from.get(code, ()):
            if after < position < horizon and self._applies(succession, self.plan.changes[position].on, month):
                return position, succession
        return None

    def _applies(self, succession: Succession, day: date, month: date) -> bool:
        if month < day:
            return True
        # money booked on a closed code goes to who answers for it, unless the code was opened again before
        reopened = any(name.valid_to > day and name.valid_from <= month for name in self._names[succession.code])
        return succession.ends and not reopened

    def _backs(self, code: str, month: date) -> Iterator[Step]:
        day, before = month, self.plan.changes_until(month)
        while origin := self._origin(code, day, before):
            before, code = origin
            day = self.plan.changes[before].on
            yield Step(before, code)

    def _origin(self, code: str, day: date, before: int) -> tuple[int, str] | None:
        """The one other code that this one was opened for the money of, unless others' came before a change too."""
        inflows = self._inflows(code, day, before)
        if len({source for _, source in inflows}) != 1:
            return None
        return inflows[0] if self.plan.changes[inflows[0][0]].on in self._openings[code] else None

    def _inflows(self, code: str, day: date, before: int) -> list[tuple[int, str]]:
        """Whose money came to a code before a change, since it was last opened on or before a day."""
        opened = max((own for own in self._openings.get(code, ()) if own <= day), default=day)
        return [own for own in self._into.get(code, ()) if own[0] < before and self.plan.changes[own[0]].on >= opened]


def _names_of(plan: CodePlan, dimension: str, codes: set[str]) -> dict[str, list[CodeName]]:
    names: dict[str, list[CodeName]] = {code: [] for code in codes}
    for name in plan.names:
        if name.dimension == dimension and name.code in names:
            names[name.code].append(name)
    return names


def _openings(names: list[CodeName]) -> tuple[date, ...]:
    ends = {name.valid_to for name in names}
    return tuple(sorted(name.valid_from for name in names if name.valid_from not in ends))


def _onwards(way: Way, code: str, target: str, position: int, share: Share) -> Way:
    steps = way.steps if target == code else (*way.steps, Step(position, target))
    return replace(way, steps=steps, share=way.share.then(share))


def _rule_met(succession: Succession, position: int, meets: Meets) -> SuccessionRule | None:
    for rule in succession.rules:
        if all(meets(Asked(condition, position)) for condition in rule.conditions):
            return rule
    return None
