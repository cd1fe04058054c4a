"""Bars from a common axis: where each starts and how long it is, in per cent of the width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

_WIDTH = Decimal(100)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar as SVG attributes: "under" lies to the left of the axis, "over" to the right."""

    css: str
    x: str
    width: str


def bars(values: Sequence[Decimal]) -> tuple[list[Bar], str]:
    """A bar for each value and the axis' place, on one scale that just holds them all."""
    lowest = min((*values, Decimal(0)))
    highest = max((*values, Decimal(0)))
    span = highest - lowest or Decimal(2)
    axis = (-lowest if highest != lowest else Decimal(1)) / span * _WIDTH
    return [_bar(value, axis, span) for value in values], _text(axis)


def _bar(value: Decimal, axis: Decimal, span: Decimal) -> Bar:
    width = abs(value) / span * _WIDTH
    return Bar("under" if value < 0 else "over", _text(axis - width if value < 0 else axis), _text(width))


def _text(value: Decimal) -> str:
    return f"{value:.2f}"
