"""Proposals: the year's total with an interval, by all methods together, each as far as it has been right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from uppsikt.suggestions.intervals import half_widths
from uppsikt.suggestions.material import Floats, Material, known_sum, rest_of
from uppsikt.suggestions.methods import SINGLE, Method, tried
from uppsikt.suggestions.weighing import combined, relative_errors, scores, shares

# What is believed of each method before it was tried on the material at hand: its error relative to the mean of all
# methods, in round numbers, as bench/forecasts found it on material that was not used to judge the result.
PRIOR = {
    Method.STRAIGHT_LINE: 2.0,
    Method.SEASONAL_NAIVE: 1.0,
    Method.LAST_YEAR: 1.0,
    Method.YEARS: 0.9,
    Method.TREND: 0.9,
    Method.BUDGET_REST: 0.9,
    Method.BUDGET_LEFT: 1.0,
    Method.BUDGET_PACE: 1.2,
    Method.BUDGET_PROFILE: 1.0,
}
COVERED = 0.8


@dataclass(frozen=True)
class Proposals:
    """By series: the rest of the year and the year; `low` to `high` holds the year in `COVERED` of all cases.

    `share` is how much each method (rows as `SINGLE`) counts, `trials` in how many earlier years of a series' own
    they could be told apart. NaN, and no shares, where there was nothing to go by. `missed` is what the rest would
    have been too high by, by the frame looked back on and the series.
    """

    rest: Floats
    total: Floats
    low: Floats
    high: Floats
    share: Floats
    trials: NDArray[np.int64]
    missed: Floats

    def leading(self, series: int) -> tuple[Method, ...]:
        """The methods of a series that count for more than half of it together, the weightiest first."""
        own = self.share[:, series]
        order = np.argsort(-own, kind="stable")
        needed = int(np.searchsorted(np.cumsum(own[order]), own.sum() / 2)) + 1
        return tuple(SINGLE[at] for at in order[:needed] if own[at] > 0)


def propose(material: Material) -> Proposals:
    """The rest of the year for all series; what came so far counts as it is."""
    now = material.now
    so_far = np.nan_to_num(known_sum(material.actual[:, now.year, : now.seen]))
    if not now.left:
        nothing = np.zeros(material.series)
        return Proposals(
            nothing,
            so_far,
            so_far,
            so_far,
            np.zeros((len(SINGLE), material.series)),
            nothing.astype(int),
            np.zeros((0, material.series)),
        )
    frames = material.frames()
    answers = _stacked([tried(material, frame) for frame in frames], len(SINGLE), material.series)
    truths = _stacked([rest_of(material.actual, frame) for frame in frames], material.series)
    errors = np.abs(answers - truths[:, None])
    size = _size(material)
    present = tried(material, now)
    share = shares(present, _scores(errors, size))
    middle = combined(present, share)
    missed = _missed(answers, truths, errors, size)
    half = half_widths(material, frames, np.abs(missed), COVERED)
    rest, low, high = (_of_one_sign(material, own) for own in (middle, middle - half, middle + half))
    earlier = np.array([frame.year < now.year for frame in frames], dtype=bool)
    trials = (np.isfinite(errors[earlier]).sum(axis=1) > 1).sum(axis=0)
    return Proposals(rest, so_far + rest, so_far + low, so_far + high, share, trials, missed)


def _of_one_sign(material: Material, rest: Floats) -> Floats:
    """Where costs have never been negative the rest won't be either, nor an income's rest a cost."""
    amounts = np.nan_to_num(material.actual).reshape(material.series, material.years * material.periods)
    has_costs, has_income = (amounts > 0).any(axis=1), (amounts < 0).any(axis=1)
    rest = np.where(has_costs & ~has_income, np.maximum(rest, 0.0), rest)
    return np.where(has_income & ~has_costs, np.minimum(rest, 0.0), rest)


def _stacked(parts: list[Floats], *shape: int) -> Floats:
    stacked: Floats = np.array(parts, dtype=np.float64).reshape(len(parts), *shape)
    return stacked


def _missed(answers: Floats, truths: Floats, errors: Floats, size: Floats) -> Floats:
    """What the combination would have been too high by at each try, weighed by what the other tries tell."""
    looked_back = [
        combined(own, shares(own, _scores(np.delete(errors, at, axis=0), size))) for at, own in enumerate(answers)
    ]
    return np.asarray(_stacked(looked_back, truths.shape[1]) - truths, dtype=np.float64)


def _scores(errors: Floats, size: Floats) -> Floats:
    return scores(relative_errors(errors), size, np.array([PRIOR[method] for method in SINGLE]))


def _size(material: Material) -> Floats:
    """The mean amount of a period, without sign: what makes a series large."""
    amounts = np.abs(material.actual).reshape(material.series, material.years * material.periods)
    mean = known_sum(amounts) / np.maximum(np.isfinite(amounts).sum(axis=1), 1)
    return np.asarray(np.nan_to_num(mean), dtype=np.float64)
