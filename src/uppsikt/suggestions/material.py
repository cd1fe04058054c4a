"""What proposals are made from: years of actuals and budgets, cut into frames for looking back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Frame:
    """Somebody standing in a year with `seen` of its periods behind them, who asks for those up to `end`."""

    year: int
    seen: int
    end: int

    @property
    def left(self) -> int:
        """How many periods are asked for."""
        return self.end - self.seen


@dataclass(frozen=True)
class Material:
    """Actuals and budgets by series, year and period of the year (12 months, 4 quarters, …); NaN is not known.

    The last year is the one asked about: of its actuals the first `seen` periods are known. Each year's budget is
    the one that was known when the same `seen` periods had gone, so that looking back shows nothing from after.
    """

    actual: Floats
    budget: Floats
    seen: int

    def __post_init__(self) -> None:
        if self.actual.ndim != 3 or self.actual.shape != self.budget.shape:
            raise ValueError(f"not the same series, years and periods: {self.actual.shape}, {self.budget.shape}")
        if not 0 <= self.seen <= self.periods:
            raise ValueError(f"{self.seen} of {self.periods} periods")

    @property
    def series(self) -> int:
        """How many series there are."""
        return len(self.actual)

    @property
    def has_past(self) -> NDArray[np.bool_]:
        """Which series have anything to go by but the months gone of the year asked about: a past, or a budget."""
        before = ~np.isnan(self.actual[:, :-1])
        budgeted = ~np.isnan(self.budget[:, -1])
        return np.asarray(before.any(axis=(1, 2)) | budgeted.any(axis=1))

    @property
    def years(self) -> int:
        """How many years, with the one asked about."""
        return int(self.actual.shape[1])

    @property
    def periods(self) -> int:
        """How many periods a year has."""
        return int(self.actual.shape[2])

    @property
    def now(self) -> Frame:
        """The year asked about, from here to its end."""
        return Frame(self.years - 1, self.seen, self.periods)

    def frames(self) -> list[Frame]:
        """The earlier years at the same period, for trying methods, and this year as far back as is asked for ahead.

        This year's own is there for those with little past: it needs no earlier year that is whole. Where less than
        half of the year has gone, half of that must do. The first year has none before it, so that it tells little
        of what can be done now: it is asked only where nothing else can be.
        """
        earlier = [Frame(year, self.seen, self.periods) for year in range(self.years - 1)]
        back = max(2 * self.seen - self.periods, self.seen // 2)
        within = [Frame(self.years - 1, back, self.seen)] if 0 < back < self.seen else []
        return earlier[1:] + within or earlier


def rest_of(amounts: Floats, frame: Frame) -> Floats:
    """The sum of the periods a frame asks for, by series; NaN where any of them is not known."""
    return np.asarray(amounts[:, frame.year, frame.seen : frame.end].sum(axis=1), dtype=np.float64)


def known_sum(amounts: Floats) -> Floats:
    """Sums of the last axis over what is known; NaN where nothing is."""
    sums = np.nansum(amounts, axis=-1)
    return np.where(np.isfinite(amounts).any(axis=-1), sums, np.nan)
