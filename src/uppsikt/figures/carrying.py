"""Where money stands in other structures: whole codes are looked up, split codes are cut into leaves.

A code whose money goes one whole way, the same in every month asked for, is carried by looking its place up
when rows are made: the query never knows. All other codes that move are *split*: their postings are cut, month
by month and by what else they are coded with, into *leaves*. A leaf is a made-up code for the part of a code's
money that stands together in every structure asked for; rows pick leaves as they pick codes.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise, product
from threading import Lock

from uppsikt.core.changes import Succession
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.periods import Month
from uppsikt.core.postings import DIMENSIONS
from uppsikt.core.shares import ALL, Share, put_together
from uppsikt.core.ways import Asked, Step, Successors, Way, successors
from uppsikt.figures.structures import Reading, tree_of

Code = str | None  # None: the posting has no code in the dimension
Census = Mapping[str, frozenset[Code]]  # the codes that occur, by dimension
_Shares = Mapping[str, tuple[Share, ...]]  # by leaf name; several where they can't be put together
At = tuple[int, int | None]  # a reading's horizon, and what is undone where that isn't the horizon
_KEPT = 64
_MARK = "\x1f"  # no code has it: what stands before it in a leaf's name is the code
_FIRST, _LAST = 0, 999_999  # periods before and after every other


@dataclass(frozen=True, slots=True)
class Stand:
    """Money of `code` that stands together: the code that answers for it, and the ways that lead there."""

    code: str
    places: Mapping[At, str]
    ways: tuple[Way, ...]  # whatever their shares


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a posting of a case has on a leaf: all of it, or a share. `kinds` are beside `Carrying.asked`."""

    code: str
    first_period: int
    last_period: int
    kinds: tuple[int, ...]
    name: str
    share: Share


@dataclass(frozen=True)
class Carrying:
    """Where one dimension's money stands in some structures.

    `stands` has what may stand elsewhere than it was booked, by code or leaf name. `kinds` says for each
    (split code, dimension asked of) which kind the other dimension's codes are; those it lacks are kind 0.
    """

    stands: Mapping[str, Stand] = field(default_factory=dict)
    leaves: tuple[Leaf, ...] = ()
    asked: tuple[str, ...] = ()
    kinds: Mapping[tuple[str, str], Mapping[str, int]] = field(default_factory=dict)

    @cached_property
    def split(self) -> frozenset[str]:
        """The codes whose postings are cut into leaves."""
        return frozenset(leaf.code for leaf in self.leaves)

    @cached_property
    def has_shares(self) -> bool:
        """Whether any posting is cut in several."""
        return any(leaf.share != ALL for leaf in self.leaves)

    def places(self, reading: Reading) -> Iterator[tuple[str, str]]:
        """Each code or leaf that may stand elsewhere, with the code that answers for it in a structure."""
        at = None if reading.horizon is None else (reading.horizon, reading.undone_from)
        return ((name, stand.places[at] if at else stand.code) for name, stand in self.stands.items())

    def names(self, census: frozenset[Code]) -> frozenset[Code]:
        """The codes that occur, with leaves in the place of split codes."""
        return (census - self.split) | {leaf.name for leaf in self.leaves}

    def located(self, name: Code, reading: Reading) -> Code:
        """The code that money of a code or leaf stands on in a structure; None stands on none."""
        stand = None if name is None else self.stands.get(name)
        if stand is None:
            return name
        return stand.code if reading.horizon is None else stand.places[reading.horizon, reading.undone_from]

    def merged(self, atom_of: Mapping[Code, int], *, keeps_parts: bool) -> tuple[Carrying, dict[str, int]]:
        """Leaves that count alike as one, and the codes that are whole again, with their atom.

        `keeps_parts`: another dimension's shares are taken of these, so they must be the same in every question.
        """
        by_code: dict[str, list[Leaf]] = defaultdict(list)
        for leaf in self.leaves:
            by_code[leaf.code].append(leaf)
        kept: list[Leaf] = []
        whole: dict[str, int] = {}
        for code, leaves in by_code.items():
            alike = leaves if keeps_parts else _alike(leaves, atom_of)
            atoms = {atom_of.get(leaf.name) for leaf in alike}
            if len(atoms) == 1 and (atom := atoms.pop()) and not keeps_parts:
                whole[code] = atom
            else:
                kept += [leaf for leaf in alike if leaf.name in atom_of]
        return Carrying(self.stands, tuple(kept), self.asked, self.kinds), whole


def _alike(leaves: Iterable[Leaf], atom_of: Mapping[Code, int]) -> list[Leaf]:
    """One leaf for all of a case's that are one atom or none, as far as their shares can be put together."""
    found: dict[tuple[object, ...], list[Leaf]] = defaultdict(list)
    named: dict[int | None, str] = {}
    for leaf in leaves:
        atom = atom_of.get(leaf.name)
        named.setdefault(atom, leaf.name)
        found[leaf.first_period, leaf.last_period, leaf.kinds, atom].append(leaf)
    return [
        replace(own[0], name=named[atom_of.get(own[0].name)], share=share)
        for own in found.values()
        for share in put_together(leaf.share for leaf in own)
    ]


def booked(name: str) -> str:
    """The code that a leaf's money was booked on; a code is its own."""
    return name.partition(_MARK)[0]


STILL = Carrying()
_kept: OrderedDict[tuple[object, ...], Carrying] = OrderedDict()
_lock = Lock()


def carried(
    plan: CodePlan, dimension: str, readings: Iterable[Reading], months: Sequence[Month], census: Census
) -> Carrying:
    """How the dimension's codes that occur stand in some readings of some months; made once, then kept."""
    ats = {(own.horizon, own.undone_from) for own in readings if own.horizon is not None}
    asks = successors(plan, dimension)
    codes = sorted(code for code in census.get(dimension, frozenset()) if code is not None and code in asks.codes)
    if not ats or not months or not codes:
        return STILL
    wanted, first, last = tuple(sorted(ats, key=str)), min(months), max(months)
    others = tuple(census.get(other, frozenset()) for other in asked_dimensions(plan, dimension))
    key = (plan.content_hash, dimension, wanted, first, last, tuple(codes), others)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = _Carrier(asks, wanted, (first, last), census).carrying(codes)
    with _lock:
        _kept[key] = made
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
    return made


def asked_dimensions(plan: CodePlan, dimension: str) -> list[str]:
    """The other dimensions that decide where money of this one goes."""
    rules = [rule for own in _successions(plan) if own.dimension == dimension for rule in own.rules]
    return sorted({condition.dimension for rule in rules for condition in rule.conditions})


def shared_dimensions(plan: CodePlan) -> list[str]:
    """The dimensions in which some posting is cut in several, in the order they are cut."""
    cut = {own.dimension for own in _successions(plan) if any(len(rule.portions) > 1 for rule in own.rules)}
    return [dimension for dimension in DIMENSIONS if dimension in cut]


def _successions(plan: CodePlan) -> Iterator[Succession]:
    return (own for change in plan.changes for own in change.successions)


@dataclass(frozen=True, slots=True)
class _Case:
    """Postings of a code from `first` on, of these kinds, and the ways they go."""

    first: Month
    kinds: tuple[tuple[str, int], ...]
    ways: tuple[Way, ...]


class _Carrier:
    def __init__(self, asks: Successors, ats: tuple[At, ...], months: tuple[Month, Month], census: Census) -> None:
        self.asks = asks
        self.plan = asks.plan
        self.ats = ats
        self.keeps_parts = asks.dimension in shared_dimensions(asks.plan)[:-1]
        self.horizon = max(horizon for horizon, _ in ats)
        self.months = months
        self.census = census
        self.stands: dict[str, Stand] = {}
        self.leaves: list[Leaf] = []
        self.kinds: dict[tuple[str, str], dict[str, int]] = {}
        self._meeting: dict[tuple[Asked, Month], frozenset[str]] = {}
        self._placed: dict[tuple[str, tuple[Step, ...], tuple[Step, ...]], tuple[str, ...]] = {}

    def carrying(self, codes: Iterable[str]) -> Carrying:
        split: dict[str, list[_Case]] = {}
        for code in codes:
            cases = list(self._cases(code))
            places = {self._places(way) for case in cases for way in case.ways}
            if all(len(case.ways) == 1 for case in cases) and len(places) == 1:
                self._stand(code, code, [way for case in cases for way in case.ways])
            else:
                split[code] = cases
        asked = tuple(
            sorted({dimension for cases in split.values() for case in cases for dimension, _ in case.kinds})
        )
        for code, cases in split.items():
            self._cut(code, cases, asked)
        return Carrying(self.stands, tuple(self.leaves), asked, self.kinds)

    def _places(self, way: Way) -> tuple[str, ...]:
        key = (way.code, way.steps, way.backs)  # the same in most months, and however much goes this way
        if key not in self._placed:
            self._placed[key] = tuple(way.code_at(*at) for at in self.ats)
        return self._placed[key]

    def _stand(self, name: str, code: str, ways: Sequence[Way]) -> None:
        places = dict(zip(self.ats, self._places(ways[0]), strict=True))
        if name != code or set(places.values()) != {code}:
            self.stands[name] = Stand(code, places, tuple({(way.steps, way.backs): way for way in ways}.values()))

    def _cases(self, code: str) -> Iterator[_Case]:
        """What postings of a code may be: from which month on, of which kinds, going which ways."""
        firsts = self._firsts(code)
        asked = {own: None for first in firsts for own in self.asks.asked(code, first.first, self.horizon)}
        kinds = self._kinds_of(code, list(asked), firsts)
        for first in firsts:
            for combination in product(*kinds.values()):
                kind_of = dict(zip(kinds, combination, strict=True))

                def meets(own: Asked, first: Month = first, kind_of: Mapping[str, _Kind] = kind_of) -> bool:
                    return (own, first) in kind_of[own.condition.dimension].met

                ways = self.asks.ways(code, first.first, self.horizon, meets)
                yield _Case(first, tuple((dimension, kind.number) for dimension, kind in kind_of.items()), ways)

    def _firsts(self, code: str) -> list[Month]:
        """The first months of the stretches in which money of the code goes the same ways."""
        start, end = self.months
        days = list(self.asks.days)
        for own in self.asks.asked(code, start.first, self.horizon):
            days += successors(self.plan, own.condition.dimension).days
        return sorted({start, *(Month.of(day) for day in days if start.first < day <= end.first)})

    def _kinds_of(self, code: str, asked: Sequence[Asked], firsts: Sequence[Month]) -> dict[str, list[_Kind]]:
        """By dimension asked of: its codes' kinds, by the conditions they meet and when. Kind 0 meets none."""
        found: dict[str, list[_Kind]] = {}
        for dimension in dict.fromkeys(own.condition.dimension for own in asked):
            met: dict[str, set[tuple[Asked, Month]]] = defaultdict(set)
            for own in asked:
                if own.condition.dimension == dimension:
                    for first in firsts:
                        for other in self._meeters(own, first):
                            met[other].add((own, first))
            numbers: dict[frozenset[tuple[Asked, Month]], int] = {frozenset(): 0}
            self.kinds[code, dimension] = {
                other: numbers.setdefault(frozenset(own), len(numbers)) for other, own in sorted(met.items())
            }
            found[dimension] = [_Kind(number, own) for own, number in numbers.items()]
        return found

    def _meeters(self, asked: Asked, month: Month) -> frozenset[str]:
        """The codes that occur and meet a condition when booked in a month."""
        dimension = asked.condition.dimension
        others = successors(self.plan, dimension)
        key = (asked, month if others.codes else self.months[0])
        if key not in self._meeting:
            day = self.plan.changes[asked.position].on
            at = tree_of(self.plan, dimension, asked.condition.hierarchy, Reading(day))
            under = {code for top in asked.condition.under for code in at.below(top)}
            horizon = self.plan.changes_until(day)
            self._meeting[key] = frozenset(
                code
                for code in self.census.get(dimension, frozenset())
                if code is not None and whole_place(others, code, month, horizon) in under
            )
        return self._meeting[key]

    def _cut(self, code: str, cases: Iterable[_Case], asked: Sequence[str]) -> None:
        names: dict[object, str] = {}
        ways: dict[str, list[Way]] = defaultdict(list)
        by_kinds: dict[tuple[int, ...], list[tuple[Month, _Shares]]] = defaultdict(list)
        for case in cases:
            shares: dict[str, list[Share]] = defaultdict(list)
            for way in case.ways:
                # parts that other shares are taken of must be the same whatever structures are asked for on the way
                together = (way.steps, way.backs) if self.keeps_parts else self._places(way)
                name = names.setdefault(together, f"{code}{_MARK}{len(names)}")
                ways[name].append(way)
                shares[name].append(way.share)
            kind_of, joined = dict(case.kinds), {name: put_together(own) for name, own in shares.items()}
            by_kinds[tuple(kind_of.get(dimension, 0) for dimension in asked)].append((case.first, joined))
        for name, own in ways.items():
            self._stand(name, code, own)
        for kinds, stretches in by_kinds.items():
            self.leaves += [
                Leaf(code, first, last, kinds, name, share)
                for first, last, standing in _joined(stretches)
                for name, own in standing.items()
                for share in own
            ]


@dataclass(frozen=True, slots=True)
class _Kind:
    number: int
    met: frozenset[tuple[Asked, Month]]


def whole_place(others: Successors, code: str, month: Month, horizon: int) -> str:
    """The code that answers for money in a structure, as far as it goes whole and whatever else it is coded with."""
    if code not in others.codes:
        return code
    ways = others.ways(code, month.first, horizon, lambda _: False)
    steps = tuple(own[0] for own in zip(*(way.steps for way in ways), strict=False) if len(set(own)) == 1)
    return Way(code, steps, ways[0].backs).code_at(horizon)


def _joined(stretches: Sequence[tuple[Month, _Shares]]) -> Iterator[tuple[int, int, _Shares]]:
    """Stretches as first and last period, those beside each other that share alike in one; together all of time."""
    starts = [
        own for own, before in zip(stretches, [None, *stretches], strict=False) if not before or own[1] != before[1]
    ]
    firsts = [_FIRST, *(first.number for first, _ in starts[1:]), _LAST + 1]
    for (first, following), (_, shares) in zip(pairwise(firsts), starts, strict=True):
        yield first, following - 1, shares
