"""Damped trend with additive seasons (Holt and Winters; Gardner and McKenzie's damping), many series at once.

A small grid of smoothing constants runs side by side over all series; each series takes the one whose
one-step errors were smallest. Source of the recursions: Hyndman and Athanasopoulos, Forecasting: Principles and
Practice, 8.3.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

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


def _block(actual: Floats, frame: Frame) -> Floats:
    count, years, periods = actual.shape
    known = np.isfinite(actual).sum(axis=2)
    is_year = (known * 2 > periods) & (np.arange(years) < frame.year)
    first = np.argmax(is_year, axis=1)
    begin = np.nan_to_num(actual[np.arange(count), first], nan=np.nan)
    mean = np.nansum(begin, axis=1) / np.maximum(np.isfinite(begin).sum(axis=1), 1)
    level_gain, slope_gain, season_gain, trust = _GRID
    seasons = np.nan_to_num(begin - mean[:, None])[:, :, None] * trust  # series, period, grid
    level = np.repeat(mean[:, None], trust.size, axis=1)
    slope, errors, steps = np.zeros_like(level), np.zeros_like(level), np.zeros(count)
    for number in range(frame.year * periods + frame.seen):
        year, period = divmod(number, periods)
        value = actual[:, year, period]
        use = np.isfinite(value) & (year > first)
        if not use.any():
            continue
        gain = use[:, None]
        expected = level + _DAMPING * slope
        error = np.where(gain, np.nan_to_num(value)[:, None] - expected - seasons[:, period], 0.0)
        level = np.where(gain, expected + level_gain * error, level)
        slope = np.where(gain, _DAMPING * slope + level_gain * slope_gain * error, slope)
        seasons[:, period] += season_gain * error
        errors += np.abs(error)
        steps += use
    best = np.argmin(errors, axis=1)
    damping = np.cumsum(_DAMPING ** np.arange(1, frame.left + 1))
    wanted = seasons[:, frame.seen : frame.end].sum(axis=1)
    total = level * frame.left + slope * damping.sum() + wanted
    return np.where(is_year.any(axis=1), total[np.arange(count), best], np.nan)
