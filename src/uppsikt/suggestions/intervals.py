"""How far off a proposal may be: from how far off the same way of proposing was before.

A series has few errors of its own, so its spread is drawn towards what its restlessness lets expect, found over all
series. The factor that makes intervals cover what they promise is a quantile of the errors in units of the spread
that was to be expected without them (conformal prediction, leaving one year out). Surprises strike many series at
once, so that a few tries are few however many series there are: the fewer, the wider.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from uppsikt.suggestions.material import Floats, Frame, Material

PULL = 3.0  # how many tries of its own it takes a series to weigh as much as all the others
SHARED = 0.2  # of the errors' variance, how much all series share in a try (bench/forecasts: what it was chosen on)


def half_widths(material: Material, frames: Sequence[Frame], missed: Floats, covered: float) -> Floats:
    """Half of the interval, by series; `missed` are the errors when looking back, by frame and series."""
    unrest = np.array([_unrest(material, frame) for frame in frames]).reshape(missed.shape)
    now = _unrest(material, material.now)
    known = np.isfinite(missed) & (unrest > 0)
    units = np.where(known, missed / np.where(unrest > 0, unrest, 1.0), np.nan)
    if not known.any():
        return now
    usual = np.nanmedian(units)
    weight = np.isfinite(units)
    sums, counts = np.nansum(units, axis=0), weight.sum(axis=0)
    spread = (sums + PULL * usual) / (counts + PULL)
    without = (sums - np.nan_to_num(units) + PULL * usual) / (counts - weight + PULL)
    scaled = np.sort((units / np.maximum(without, 1e-9))[known])
    rank = min(int(np.ceil((scaled.size + 1) * covered)), scaled.size) - 1
    few = np.sqrt(1 + SHARED / len(frames))  # a mean of n draws is itself off by one n-th of their variance
    return np.asarray(now * spread * scaled[rank] * few, dtype=np.float64)


def _unrest(material: Material, frame: Frame) -> Floats:
    """How much a rest of that length moves for no reason, by series: change on the year before, and its size.

    Periods that are large, as Decembers are, move as much more.
    """
    change, size = np.abs(np.diff(material.actual, axis=1)), np.abs(material.actual)
    moved, level = _mean(change), _mean(size)
    moved = np.where(np.isfinite(moved), moved, level * 0.2)
    there = _mean(size[:, :, frame.seen : frame.end])
    weight = np.where(np.isfinite(there) & (level > 0), there / np.where(level > 0, level, 1.0), 1.0)
    return np.asarray(
        np.nan_to_num(weight * (moved * np.sqrt(frame.left) + 0.03 * level * frame.left)), dtype=np.float64
    )


def _mean(amounts: Floats) -> Floats:
    count = np.isfinite(amounts).sum(axis=(1, 2))
    return np.where(count > 0, np.nansum(amounts, axis=(1, 2)) / np.maximum(count, 1), np.nan)
