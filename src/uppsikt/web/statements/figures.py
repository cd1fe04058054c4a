"""One figure explained: its value, what it is calculated from, and one way down at a time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Way:
    """A way down from the figure: the next level, accounts, vouchers, sources."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the figure; `url` leads on where there is something further down."""

    label: str
    text: str
    url: str = ""
    count: int = 0
