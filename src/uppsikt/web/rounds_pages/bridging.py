"""Bridges from one amount to another: what stands between budget and forecast, or between two forecasts. Pure.

Bars add up to the öre: start + every bar = end. What the parts of a level do not account for stands on the level
itself; units that have handed in nothing are a bar of their own, never a saving of their whole budget.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class BarKind(StrEnum):
    """What a bar is about."""

    START = "start"
    PART = "part"
    REST = "rest"  # on the level itself, below none of its parts
    MISSING = "missing"  # of those who have handed in nothing
    ADJUSTMENT = "adjustment"
    SETTLEMENT = "settlement"
    END = "end"

    @property
    def is_level(self) -> bool:
        """Whether it stands on the axis: an amount, not a change of one."""
        return self in (BarKind.START, BarKind.END)


@dataclass(frozen=True, slots=True)
class Layers:
    """One amount by its layers, in öre of ledger sign.

    `missing_ore` is the part of it that has nothing to be compared with: for a start, what belongs to units
    without a forecast.
    """

    amount_ore: int = 0
    adjustment_ore: int = 0
    settlement_ore: int = 0
    missing_ore: int = 0

    @property
    def total_ore(self) -> int:
        """All layers together."""
        return self.amount_ore + self.adjustment_ore + self.settlement_ore


@dataclass(frozen=True, slots=True)
class Part:
    """A unit or an account group with what it begins and ends with."""

    key: str
    label: str
    start: Layers
    end: Layers

    @property
    def change_ore(self) -> int:
        """What it changes by itself, of what can be compared."""
        return self.end.amount_ore - (self.start.amount_ore - self.start.missing_ore)


@dataclass(frozen=True, slots=True)
class BridgeBar:
    """A bar: its own amount (of a change, or of a level) and the level after it, in öre of ledger sign."""

    kind: BarKind
    key: str
    label: str
    amount_ore: int
    after_ore: int

    @property
    def before_ore(self) -> int:
        """The level before it: nothing, for what stands on the axis."""
        return 0 if self.kind.is_level else self.after_ore - self.amount_ore


@dataclass(frozen=True, slots=True)
class Change:
    """A change on the way, before it has its place."""

    kind: BarKind
    key: str
    label: str
    amount_ore: int


@dataclass(frozen=True)
class Labels:
    """What the bars that aren't parts are called."""

    start: str
    end: str
    rest: str
    missing: str
    adjustment: str
    settlement: str


def bridge_bars(whole: Part, parts: Sequence[Part], labels: Labels) -> list[BridgeBar]:
    """The bars from the whole's start to its end; parts that change nothing are left out."""
    changes = [change for change in _changes(whole, parts, labels) if change.amount_ore]
    start = _level(BarKind.START, labels.start, whole.start.total_ore)
    return [start, *_placed(changes, start.after_ore), _level(BarKind.END, labels.end, whole.end.total_ore)]


def _level(kind: BarKind, label: str, amount_ore: int) -> BridgeBar:
    return BridgeBar(kind, kind.value, label, amount_ore, amount_ore)


def _placed(changes: Iterable[Change], start_ore: int) -> Iterator[BridgeBar]:
    level = start_ore
    for own in changes:
        level += own.amount_ore
        yield BridgeBar(own.kind, own.key, own.label, own.amount_ore, level)


def _changes(whole: Part, parts: Sequence[Part], labels: Labels) -> Iterator[Change]:
    for part in parts:
        yield Change(BarKind.PART, part.key, part.label, part.change_ore)
    rest = whole.change_ore - sum(part.change_ore for part in parts)
    yield Change(BarKind.REST, "rest", labels.rest, rest)
    yield Change(BarKind.MISSING, "missing", labels.missing, -whole.start.missing_ore)
    adjusted = whole.end.adjustment_ore - whole.start.adjustment_ore
    yield Change(BarKind.ADJUSTMENT, "adjustment", labels.adjustment, adjusted)
    settled = whole.end.settlement_ore - whole.start.settlement_ore
    yield Change(BarKind.SETTLEMENT, "settlement", labels.settlement, settled)


def gathered(bars: Sequence[BridgeBar], most: int, label: str) -> list[BridgeBar]:
    """The bars with the largest parts each by itself and the others as one; it adds up all the same.

    `label` names the others, with their number in the place {n}; `most` is how many bars the parts may be.
    """
    parts = [bar for bar in bars if bar.kind is BarKind.PART]
    if len(parts) <= most:
        return list(bars)
    shown = sorted(parts, key=lambda bar: -abs(bar.amount_ore))[: most - 1]
    small = [bar for bar in parts if bar not in shown]
    others = Change(BarKind.PART, "others", label.format(n=len(small)), sum(bar.amount_ore for bar in small))
    kept = [_change(bar) for bar in bars if bar in shown]
    after = [_change(bar) for bar in bars if bar.kind is not BarKind.PART and not bar.kind.is_level]
    return [bars[0], *_placed([*kept, others, *after], bars[0].after_ore), bars[-1]]


def _change(bar: BridgeBar) -> Change:
    return Change(bar.kind, bar.key, bar.label, bar.amount_ore)
