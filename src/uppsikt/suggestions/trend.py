"""Damped trend with additive seasons (Holt and Winters; Gardner and McKenzie's damping), many series at once.

A small grid of smoothing constants runs side by side over all series; each series takes the one whose
one-step errors were smallest. Source of the recursions: Hyndman and Athanasopoulos, Forecasting: Principles and
Practice, 8.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from uppsikt.suggestions.material import Floats, Frame, Material

_LEVEL = (0.05, 0.2, 0.5)
_SLOPE = (0.0, 0.1)
_SEASON = (0.0, 0.2)
_TRUST = (0.4, 1.0)  # how much of the first year's seasons is believed
_DAMPING = 0.9
_GRID = np.array(list(product(_LEVEL, _SLOPE, _SEASON, _TRUST))).T  # a row for each constant
_BLOCK = 1024  # series at a time: what fits in the processor's cache


def damped_trend(material: Material, frame: Frame) -> Floats:
    """The sum of the periods a frame asks for; NaN for series without a year before it."""
    if frame.year == 0:
        return np.full(material.series, np.nan)
    blocks = range(0, material.series, _BLOCK)
    return np.concatenate([_block(material.actual[at : at + _BLOCK], frame) for at in blocks] or [np.zeros(0)])


@dataclass
class _State:
    """Level, slope and seasons by series and set of constants, and how far off each step was so far."""

    level: Floats
    slope: Floats
    seasons: Floats  # series, period, constants
    errors: Floats

    def step(self, period: int, value: Floats, use: NDArray[np.bool_]) -> None:
        """Go on to the next period; series that don't `use` it stand still."""
        level_gain, slope_gain, season_gain, _ = _GRID
        gain = use[:, None]
        expected = self.level + _DAMPING * self.slope
        error = np.where(gain, np.nan_to_num(value)[:, None] - expected - self.seasons[:, period], 0.0)
        self.level = np.where(gain, expected + level_gain * error, self.level)
        self.slope = np.where(gain, _DAMPING * self.slope + level_gain * slope_gain * error, self.slope)
        self.seasons[:, period] += season_gain * error
        self.errors += np.abs(error)


def _block(actual: Floats, frame: Frame) -> Floats:
    count, years, periods = actual.shape
    is_year = (np.isfinite(actual).sum(axis=2) * 2 > periods) & (np.arange(years) < frame.year)
    first = np.argmax(is_year, axis=1)
    state = _begun(actual[np.arange(count), first])
    for number in range(frame.year * periods + frame.seen):
        year, period = divmod(number, periods)
        value = actual[:, year, period]
        use = np.isfinite(value) & (year > first)
        if use.any():
            state.step(period, value, use)
    damped = (_DAMPING ** np.arange(1, frame.left + 1)).cumsum().sum()
    wanted = state.seasons[:, frame.seen : frame.end].sum(axis=1)
    total = state.level * frame.left + state.slope * damped + wanted
    best = np.argmin(state.errors, axis=1)
    return np.where(is_year.any(axis=1), total[np.arange(count), best], np.nan)


def _begun(year: Floats) -> _State:
    """The state after a series' first year: its mean, no slope, and its seasons as far as they are believed."""
    trust = _GRID[3]
    mean = np.nansum(year, axis=1) / np.maximum(np.isfinite(year).sum(axis=1), 1)
    level = np.repeat(mean[:, None], trust.size, axis=1)
    seasons = np.nan_to_num(year - mean[:, None])[:, :, None] * trust
    return _State(level, np.zeros_like(level), seasons, np.zeros_like(level))
