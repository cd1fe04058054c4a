"""A bridge as a picture: rows from the top down, each bar where the one above it ended. The template draws it as SVG.

The axis holds the changes, not zero: beside a budget of a milliard they would be too thin to see. Start and end
therefore come in from the left edge with a break in them, and the page says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from uppsikt.core.formats import Sign, View
from uppsikt.web.rounds_pages.bridging import BarKind, BridgeBar

WIDTH, ROW = 880, 38
_LEFT, _RIGHT = 300, 760  # where bars may stand: names to the left of it, amounts to the right
_BAR, _TOP = 22, 6
_ROOM = 0.12  # of the span, on either side
_THINNEST = 2.0
_BREAK = 16
_MOST_LETTERS = 38


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """One row: its bar, its name, its amount, and where the line down to the next row stands."""

    css: str
    x: str
    y: str
    width: str
    middle_y: str
    end_x: str
    next_y: str
    label: str
    amount: str
    is_level: bool
    is_last: bool


@dataclass(frozen=True)
class BridgePicture:
    """The whole picture; texts and places, no colours."""

    bars: Sequence[DrawnBar]
    is_broken: bool  # the axis doesn't begin at zero
    break_x: str = ""  # where bars that come in from the edge are broken then

    width: int = WIDTH
    bar_height: int = _BAR
    left: int = _LEFT
    amount_x: int = WIDTH - 4
    label_x: int = _LEFT - 14

    @property
    def height(self) -> int:
        """As high as its rows."""
        return len(self.bars) * ROW + 2 * _TOP


def bridge_picture(bars: Sequence[BridgeBar], view: View) -> BridgePicture:
    """The picture of some bars; better is to the right in a view that shows costs as negative."""
    scale = _Scale([_seen(bar.after_ore, view) for bar in bars])
    drawn = [_drawn(number, bar, bars, scale, view) for number, bar in enumerate(bars)]
    inwards = _BREAK if scale.ground == _LEFT else -_BREAK
    return BridgePicture(drawn, scale.is_broken, _text(scale.ground + inwards))


def _seen(amount_ore: int, view: View) -> int:
    return amount_ore if view.sign is Sign.LEDGER else -amount_ore


class _Scale:
    """Where an amount stands between the left and the right edge."""

    def __init__(self, levels: Sequence[int]) -> None:
        lowest, highest = min(levels), max(levels)
        room = (highest - lowest) * _ROOM or max(abs(highest), 1) * _ROOM
        self.low, self.high = lowest - room, highest + room
        self.is_broken = not self.low <= 0 <= self.high

    def at(self, amount: float) -> float:
        share = (amount - self.low) / (self.high - self.low)
        return _LEFT + share * (_RIGHT - _LEFT)

    @property
    def ground(self) -> float:
        """Where amounts, not changes, begin: zero, or the edge nearest to it."""
        return self.at(min(max(0, self.low), self.high))


def _drawn(number: int, bar: BridgeBar, bars: Sequence[BridgeBar], scale: _Scale, view: View) -> DrawnBar:
    end = scale.at(_seen(bar.after_ore, view))
    start = scale.ground if bar.kind.is_level else scale.at(_seen(bar.before_ore, view))
    y = _TOP + number * ROW + (ROW - _BAR) / 2
    return DrawnBar(
        css=_css(bar, view),
        x=_text(min(start, end)),
        y=_text(y),
        width=_text(max(abs(end - start), _THINNEST)),
        middle_y=_text(y + _BAR / 2),
        end_x=_text(end),
        next_y=_text(y + ROW),
        label=_shortened(bar.label),
        amount=view.text(bar.amount_ore),
        is_level=bar.kind.is_level,
        is_last=number == len(bars) - 1,
    )


def _css(bar: BridgeBar, view: View) -> str:
    if bar.kind.is_level:
        return "level"
    direction = "over" if _seen(bar.amount_ore, view) > 0 else "under"
    is_laid_over = bar.kind in (BarKind.ADJUSTMENT, BarKind.SETTLEMENT, BarKind.MISSING)
    return f"{direction} striped" if is_laid_over else direction


def _shortened(name: str) -> str:
    return name if len(name) <= _MOST_LETTERS else f"{name[: _MOST_LETTERS - 1].rstrip()}…"


def _text(value: float) -> str:
    return f"{value:.1f}"
