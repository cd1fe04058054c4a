"""How right each method has been, series by series, and what that makes each worth.

A series has few years of its own, so its errors are drawn towards those of all series, and theirs towards what was
found on other material. Errors are relative to the mean error of all methods at the same task, so that a series that
is hard to forecast counts no more than an easy one.
"""

from __future__ import annotations

import numpy as np

from uppsikt.suggestions.material import Floats

OWN_PULL = 4.0  # how many tries of its own it takes a series to weigh as much as all the others
POOL_PULL = 30.0
POWER = 3.0


def relative_errors(errors: Floats) -> Floats:
    """Errors by frame, method and series, divided by the mean of the methods that had an answer."""
    count = np.isfinite(errors).sum(axis=1, keepdims=True)
    mean = np.nansum(errors, axis=1, keepdims=True) / np.maximum(count, 1)
    return np.where(mean > 0, errors / np.where(mean > 0, mean, 1.0), np.where(np.isfinite(errors), 1.0, np.nan))


def scores(relative: Floats, size: Floats, prior: Floats) -> Floats:
    """The error to expect of each method for each series, relative to the methods' mean."""
    weight = np.where(np.isfinite(relative), np.sqrt(size), 0.0)
    mean_weight = np.sqrt(size).mean() if size.size else 1.0
    weight = weight / (mean_weight or 1.0)
    pooled = np.nansum(np.nan_to_num(relative) * weight, axis=(0, 2)) + POOL_PULL * prior
    pooled = pooled / (weight.sum(axis=(0, 2)) + POOL_PULL)
    own, count = np.nansum(relative, axis=0), np.isfinite(relative).sum(axis=0)
    return np.asarray((own + OWN_PULL * pooled[:, None]) / (count + OWN_PULL), dtype=np.float64)


def shares(tried: Floats, score: Floats) -> Floats:
    """How much each method counts in the combination; all zero for series no method has an answer for."""
    weight = np.where(np.isfinite(tried), np.maximum(score, 0.05) ** -POWER, 0.0)
    total = weight.sum(axis=0)
    return np.asarray(weight / np.where(total > 0, total, 1.0), dtype=np.float64)


def combined(tried: Floats, share: Floats) -> Floats:
    """The methods' answers weighed by their shares; NaN for series no method has an answer for."""
    return np.where(share.any(axis=0), (np.nan_to_num(tried) * share).sum(axis=0), np.nan)
