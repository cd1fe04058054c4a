"""A Sankey picture of what went where, laid out as plain numbers: the template draws it as SVG.

Left are the codes money was booked on, right those it stands on; a ribbon is as thick as its turnover, while
the amount beside it is net. What stays where it was is drawn in another pattern and says so; every end has its
name and amount in words, and the page has the same in a table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

WIDTH = 760
_LEFT_X, _RIGHT_X, _NODE_WIDTH = 236, 512, 12
_THICK = 280  # what all money together is high
_THINNEST = 1.5
_SLOT = 42  # room for a name and an amount
_GAP = 8
_MOST_LETTERS = 33


@dataclass(frozen=True, slots=True)
class FlowLine:
    """So much money from a code to a code, as named and written out.

    `weight_ore` is how thick it is drawn: the turnover, where income and costs would cancel each other out.
    """

    source: str
    source_name: str
    target: str
    target_name: str
    amount_ore: int
    weight_ore: int
    text: str
    share: str = ""

    @property
    def stays(self) -> bool:
        """Whether it stands where it was booked."""
        return self.source == self.target


@dataclass(frozen=True, slots=True)
class End:
    """A code at one side: its bar and its two lines of text."""

    x: str
    y: str
    height: str
    text_x: str
    text_y: str
    label: str
    amount: str
    is_left: bool


@dataclass(frozen=True, slots=True)
class Ribbon:
    """One flow as an SVG path, and what it says when pointed at."""

    path: str
    says: str
    stays: bool


@dataclass(frozen=True)
class Picture:
    """The whole picture; texts and places, no colours."""

    height: int
    ends: Sequence[End]
    ribbons: Sequence[Ribbon]
    width: int = WIDTH


def flows_picture(lines: Sequence[FlowLine], amount_text: Callable[[int], str]) -> Picture:
    """The picture of some flows; `amount_text` writes out what an end has in all. Flows of nothing aren't drawn."""
    drawn = [line for line in lines if line.weight_ore]
    scale = _THICK / max(sum(abs(line.weight_ore) for line in drawn), 1)
    left = _Side(drawn, lambda line: line.source, scale, sorted({line.source for line in drawn}))
    right = _Side(drawn, lambda line: line.target, scale, _by_where_it_came_from(drawn, left.order))
    height = max(left.height, right.height)
    left.spread(height)
    right.spread(height)
    ribbons = _ribbons(drawn, left, right, scale)
    names = {line.source: line.source_name for line in drawn}
    names_right = {line.target: line.target_name for line in drawn}
    ends = [
        *left.ends(_LEFT_X, _LEFT_X - 12, names, amount_text, is_left=True),
        *right.ends(_RIGHT_X, _RIGHT_X + _NODE_WIDTH + 12, names_right, amount_text, is_left=False),
    ]
    return Picture(round(height), ends, ribbons)


class _Side:
    """One side's codes from the top down, each with its place and thickness."""

    def __init__(
        self, lines: Sequence[FlowLine], code_of: Callable[[FlowLine], str], scale: float, order: Sequence[str]
    ) -> None:
        self.order = {code: at for at, code in enumerate(order)}
        self.thickness: dict[str, float] = defaultdict(float)
        self.amounts: dict[str, int] = defaultdict(int)
        for line in lines:
            self.thickness[code_of(line)] += _thick(line, scale)
            self.amounts[code_of(line)] += line.amount_ore
        self.slots = {code: max(self.thickness[code], _SLOT) for code in order}
        self.top: dict[str, float] = {}
        self.height = sum(self.slots.values()) + _GAP * (len(order) + 1)

    def spread(self, height: float) -> None:
        """Place the codes over a height, with the same room between all of them."""
        gap = _GAP + (height - self.height) / max(len(self.slots), 1)
        at = gap / 2
        for code, slot in self.slots.items():
            self.top[code] = at + (slot - self.thickness[code]) / 2
            at += slot + gap

    def ends(
        self, x: int, text_x: int, names: Mapping[str, str], amount_text: Callable[[int], str], *, is_left: bool
    ) -> Iterable[End]:
        for code, top in self.top.items():
            thick = self.thickness[code]
            yield End(
                x=str(x),
                y=_number(top),
                height=_number(thick),
                text_x=str(text_x),
                text_y=_number(top + thick / 2),
                label=_shortened(names[code]),
                amount=amount_text(self.amounts[code]),
                is_left=is_left,
            )


def _by_where_it_came_from(lines: Sequence[FlowLine], order: Mapping[str, int]) -> list[str]:
    # the middle of a code's sources, weighed by money: fewest ribbons cross
    weights: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for line in lines:
        weights[line.target].append((order[line.source], abs(line.weight_ore)))
    middles = {
        code: sum(at * weight for at, weight in own) / sum(weight for _, weight in own)
        for code, own in weights.items()
    }
    return sorted(middles, key=lambda code: (middles[code], code))


def _ribbons(lines: Sequence[FlowLine], left: _Side, right: _Side, scale: float) -> list[Ribbon]:
    at_left, at_right = dict(left.top), dict(right.top)
    placed: dict[FlowLine, tuple[float, float]] = {}
    for line in sorted(lines, key=lambda line: (left.order[line.source], right.order[line.target])):
        placed[line] = (at_left[line.source], 0.0)
        at_left[line.source] += _thick(line, scale)
    for line in sorted(lines, key=lambda line: (right.order[line.target], left.order[line.source])):
        placed[line] = (placed[line][0], at_right[line.target])
        at_right[line.target] += _thick(line, scale)
    return [_ribbon(line, *placed[line], _thick(line, scale)) for line in lines]


def _ribbon(line: FlowLine, start: float, end: float, thick: float) -> Ribbon:
    x0, x1 = _LEFT_X + _NODE_WIDTH, _RIGHT_X
    middle = (x0 + x1) // 2
    down, up = _number(end + thick), _number(start + thick)
    path = (
        f"M{x0} {_number(start)}C{middle} {_number(start)} {middle} {_number(end)} {x1} {_number(end)}"
        f"V{down}C{middle} {down} {middle} {up} {x0} {up}Z"
    )
    return Ribbon(path, f"{line.source_name} → {line.target_name}: {line.text}", line.stays)


def _thick(line: FlowLine, scale: float) -> float:
    return max(abs(line.weight_ore) * scale, _THINNEST)


def _shortened(name: str) -> str:
    return name if len(name) <= _MOST_LETTERS else f"{name[: _MOST_LETTERS - 1].rstrip()}…"


def _number(value: float) -> str:
    return f"{value:.1f}"
