"""A bridge as a picture: rows from the top down, each bar where the one above it ended. The template draws it as SVG.

The axis holds the changes, not zero: beside a budget of a milliard they would be too thin to see. Start and end
therefore come in from the edge with a break in them, and the page says so. There is a frame for screens and one for
phones, where names stand above their bars.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from uppsikt.core.formats import Sign, View
from uppsikt.web.rounds_pages.bridging import BarKind, BridgeBar

_ROOM = 0.12  # of the span, on either side
_THINNEST = 2.0
_BREAK = 16


@dataclass(frozen=True, slots=True)
class Frame:
    """The sizes of a picture: bars stand between `left` and `right`, and `above` them is room for their names."""

    name: str
    width: int
    row: int
    left: int
    right: int
    label_x: int
    most_letters: int
    bar: int = 22
    above: int = 0
    top: int = 6


WIDE = Frame("wide", width=880, row=38, left=300, right=760, label_x=286, most_letters=38)
NARROW = Frame("narrow", width=340, row=56, left=2, right=338, label_x=0, most_letters=30, above=22)


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """One row: its bar, its name, its amount, and where the line down to the next row stands."""

    css: str
    x: str
    y: str
    width: str
    label_y: str
    end_x: str
    end_y: str
    next_y: str
    label: str
    amount: str
    is_level: bool
    is_last: bool


@dataclass(frozen=True)
class BridgePicture:
    """The whole picture; texts and places, no colours."""

    frame: Frame
    bars: Sequence[DrawnBar]
    is_broken: bool  # the axis doesn't begin at zero
    break_x: str  # where bars that come in from the edge are broken then

    @property
    def height(self) -> int:
        """As high as its rows."""
        return len(self.bars) * self.frame.row + 2 * self.frame.top


def bridge_picture(bars: Sequence[BridgeBar], view: View, frame: Frame = WIDE) -> BridgePicture:
    """The picture of some bars; better is to the right in a view that shows costs as negative."""
    scale = _Scale([_seen(bar.after_ore, view) for bar in bars], frame)
    drawn = [_drawn(number, bar, len(bars), scale, view) for number, bar in enumerate(bars)]
    inwards = _BREAK if scale.ground == frame.left else -_BREAK
    return BridgePicture(frame, drawn, scale.is_broken, _text(scale.ground + inwards))


def _seen(amount_ore: int, view: View) -> int:
    return amount_ore if view.sign is Sign.LEDGER else -amount_ore


class _Scale:
    """Where an amount stands between the left and the right edge."""

    def __init__(self, levels: Sequence[int], frame: Frame) -> None:
        self.frame = frame
        lowest, highest = min(levels), max(levels)
        room = (highest - lowest) * _ROOM or max(abs(highest), 1) * _ROOM
        self.low, self.high = lowest - room, highest + room
        self.is_broken = not self.low <= 0 <= self.high

    def at(self, amount: float) -> float:
        share = (amount - self.low) / (self.high - self.low)
        return self.frame.left + share * (self.frame.right - self.frame.left)

    @property
    def ground(self) -> float:
        """Where amounts, not changes, begin: zero, or the edge nearest to it."""
        return self.at(min(max(0, self.low), self.high))


def _drawn(number: int, bar: BridgeBar, count: int, scale: _Scale, view: View) -> DrawnBar:
    frame = scale.frame
    end = scale.at(_seen(bar.after_ore, view))
    start = scale.ground if bar.kind.is_level else scale.at(_seen(bar.before_ore, view))
    y = frame.top + number * frame.row + (frame.above or (frame.row - frame.bar) / 2)
    return DrawnBar(
        css=_css(bar, view),
        x=_text(min(start, end)),
        y=_text(y),
        width=_text(max(abs(end - start), _THINNEST)),
        label_y=_text(y - frame.above / 2 if frame.above else y + frame.bar / 2),
        end_x=_text(end),
        end_y=_text(y + frame.bar),
        next_y=_text(y + frame.row),
        label=_shortened(bar.label, frame.most_letters),
        amount=view.text(bar.amount_ore),
        is_level=bar.kind.is_level,
        is_last=number == count - 1,
    )


def _css(bar: BridgeBar, view: View) -> str:
    if bar.kind.is_level:
        return "level"
    direction = "over" if _seen(bar.amount_ore, view) > 0 else "under"
    is_laid_over = bar.kind in (BarKind.ADJUSTMENT, BarKind.SETTLEMENT, BarKind.MISSING)
    return f"{direction} striped" if is_laid_over else direction


def _shortened(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def _text(value: float) -> str:
    return f"{value:.1f}"
