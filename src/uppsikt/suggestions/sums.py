"""Intervals of sums of series, as a unit's net cost is of its rows.

How the rows' errors go together is in what the sum itself was missed by when looking back; nothing is assumed of it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from uppsikt.suggestions.intervals import half_widths
from uppsikt.suggestions.material import Floats, Material
from uppsikt.suggestions.proposing import COVERED, Proposals


def half_widths_of_sums(material: Material, made: Proposals, sums: Sequence[Sequence[int]]) -> Floats:
    """Half of the interval that holds each sum's year in `COVERED` of all cases; a sum is its series by number.

    Found as a series' own interval is, on the sums as series: their months, and the sums of their rows' errors. Never
    wider than its rows' together: that is what it is where all of them are wrong the same way.
    """
    if not sums or not material.now.left:
        return np.zeros(len(sums))
    actual = np.stack([_sum(material.actual[list(own)]) for own in sums])
    missed = np.stack([_sum(made.missed[:, list(own)].T) for own in sums], axis=1)
    together = Material(actual, np.full_like(actual, np.nan), material.seen)
    half = half_widths(together, material.frames(), np.abs(missed), COVERED)
    rows = np.maximum(made.high - made.total, made.total - made.low)
    return np.minimum(half, [np.nansum(rows[list(own)]) for own in sums])


def _sum(parts: Floats) -> Floats:
    """The sum over the first axis of what is known; NaN where nothing is."""
    return np.where(np.isfinite(parts).any(axis=0), np.nansum(parts, axis=0), np.nan)
