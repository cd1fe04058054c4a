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
from functools import lru_cache

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
        sources: dict[tuple[str, date], dict[str, int]] = defaultdict(dict)
        for position, change in enumerate(plan.changes):
            for own in change.successions:
                if own.dimension != dimension:
                    continue
                self._from[own.code].append((position, own))
                for target in {portion.code for rule in own.rules for portion in rule.portions} - {own.code}:
                    sources[target, change.on].setdefault(own.code, position)
        self._names = _names_of(plan, dimension, {*self._from, *(target for target, _ in sources)})
        self._origins = self._single_origins(sources)

    def _single_origins(self, sources: dict[tuple[str, date], dict[str, int]]) -> dict[str, tuple[int, str]]:
        """Codes that were opened for the money of one other code: that one answered for it before."""
        origins: dict[str, tuple[int, str]] = {}
        for (target, day), found in sources.items():
            names = self._names[target]
            if len(found) == 1 and names and min(name.valid_from for name in names) == day:
                source, position = next(iter(found.items()))
                origins[target] = (position, source)
        return origins

    @property
    def codes(self) -> frozenset[str]:
        """The codes whose money may stand elsewhere in another structure; all others stay."""
        return frozenset(self._from) | frozenset(self._origins)

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

    def _forwards(self, way: Way, code: str, after: int, month: date, horizon: int, meets: Meets) -> Iterator[Way]:
        following = self._next(code, month, after, horizon)
        if following is None:
            yield way
            return
        position, succession = following
        rule = _rule_met(succession, position, meets)
        if rule is None:
            yield from self._forwards(way, code, position, month, horizon, meets)
            return
        shares = shares_of([portion.parts for portion in rule.portions])
        for portion, share in zip(rule.portions, shares, strict=True):
            steps = way.steps if portion.code == code else (*way.steps, Step(position, portion.code))
            onwards = replace(way, steps=steps, share=way.share.then(share))
            yield from self._forwards(onwards, portion.code, position, month, horizon, meets)

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
        seen = {code}
        while code in self._origins:
            position, code = self._origins[code]
            if code in seen or self.plan.changes[position].on > month:
                return
            seen.add(code)
            yield Step(position, code)


def _names_of(plan: CodePlan, dimension: str, codes: set[str]) -> dict[str, list[CodeName]]:
    names: dict[str, list[CodeName]] = {code: [] for code in codes}
    for name in plan.names:
        if name.dimension == dimension and name.code in names:
            names[name.code].append(name)
    return names


def _rule_met(succession: Succession, position: int, meets: Meets) -> SuccessionRule | None:
    for rule in succession.rules:
        if all(meets(Asked(condition, position)) for condition in rule.conditions):
            return rule
    return None
