"""The ways to forecast the rest of a year. Each gives one sum for each series, NaN where it has nothing to go by.

A ratio of two small numbers says nothing, so ratios are drawn towards one where the amounts under them are small
beside what usually moves there, and are kept within bounds.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import numpy as np

from uppsikt.suggestions.material import Floats, Frame, Material, known_sum, rest_of
from uppsikt.suggestions.trend import damped_trend

_PULL = 0.05  # of the squared turnover: how much it takes to move a ratio away from one
_HIGHEST_RATIO = 3.0
_YEARS_BACK = 3


class Method(StrEnum):
    """A way to forecast the rest of a year. A proposal weighs them together, each as far as it has been right."""

    STRAIGHT_LINE = "straight-line"
    SEASONAL_NAIVE = "seasonal-naive"
    LAST_YEAR = "last-year"
    YEARS = "years"
    TREND = "trend"
    BUDGET_REST = "budget-rest"
    BUDGET_LEFT = "budget-left"
    BUDGET_PACE = "budget-pace"
    BUDGET_PROFILE = "budget-profile"


def straight_line(material: Material, frame: Frame) -> Floats:
    """What has come so far a period, for the periods that are left."""
    seen = material.actual[:, frame.year, : frame.seen]
    count = np.isfinite(seen).sum(axis=1)
    return np.asarray(known_sum(seen) / np.maximum(count, 1) * frame.left, dtype=np.float64)


def seasonal_naive(material: Material, frame: Frame) -> Floats:
    """The same periods last year."""
    return _rest_back(material, frame, 1)


def last_year(material: Material, frame: Frame) -> Floats:
    """The same periods last year, raised or lowered as this year stands against last year so far."""
    rest = _rest_back(material, frame, 1)
    return rest * _pace(material, frame, 1)


def years(material: Material, frame: Frame) -> Floats:
    """As `last_year`, the mean of two or three years."""
    several = [
        _rest_back(material, frame, back) * _pace(material, frame, back)
        for back in range(1, min(_YEARS_BACK, frame.year) + 1)
    ]
    if len(several) < 2:
        return np.full(material.series, np.nan)
    stacked = np.stack(several, axis=1)
    return np.asarray(known_sum(stacked) / np.maximum(np.isfinite(stacked).sum(axis=1), 1), dtype=np.float64)


def budget_rest(material: Material, frame: Frame) -> Floats:
    """What is budgeted for the rest."""
    return rest_of(material.budget, frame)


def budget_left(material: Material, frame: Frame) -> Floats:
    """What is left of the year's budget: all of it is used."""
    budget = material.budget[:, frame.year, : frame.end].sum(axis=1)
    return np.asarray(budget - _so_far(material, frame), dtype=np.float64)


def budget_pace(material: Material, frame: Frame) -> Floats:
    """What is budgeted for the rest, raised or lowered as the actual stands against the budget so far."""
    seen = slice(0, frame.seen)
    pace = ratio(material.actual[:, frame.year, seen], material.budget[:, frame.year, seen])
    return rest_of(material.budget, frame) * pace


def budget_profile(material: Material, frame: Frame) -> Floats:
    """The year's budget, as much of it as used to be used by the end of the year, less what has come."""
    end = slice(0, frame.end)
    first = max(0, frame.year - _YEARS_BACK)
    was = material.actual[:, first : frame.year, end].sum(axis=2)
    budgeted = material.budget[:, first : frame.year, end].sum(axis=2)
    both = np.isfinite(was) & np.isfinite(budgeted)
    used = ratio(np.where(both, was, np.nan), np.where(both, budgeted, np.nan))
    budget = material.budget[:, frame.year, end].sum(axis=1)
    return np.where(both.any(axis=1), budget * used - _so_far(material, frame), np.nan)


def ratio(above: Floats, below: Floats) -> Floats:
    """What one row of amounts is to another over what both know; drawn to 1 where `below` is small or nothing."""
    both = np.isfinite(above) & np.isfinite(below)
    top, bottom = np.where(both, above, 0.0), np.where(both, below, 0.0)
    pull = _PULL * (np.abs(top).sum(axis=1) + np.abs(bottom).sum(axis=1)) ** 2
    over, under = top.sum(axis=1), bottom.sum(axis=1)
    found = (over * under + pull) / np.where(pull > 0, under**2 + pull, 1.0)
    return np.where(pull > 0, np.clip(found, 0.0, _HIGHEST_RATIO), 1.0)


def _so_far(material: Material, frame: Frame) -> Floats:
    seen = material.actual[:, frame.year, : frame.seen]
    return known_sum(seen) if frame.seen else np.zeros(material.series)


def _rest_back(material: Material, frame: Frame, back: int) -> Floats:
    if frame.year < back:
        return np.full(material.series, np.nan)
    return rest_of(material.actual, Frame(frame.year - back, frame.seen, frame.end))


def _pace(material: Material, frame: Frame, back: int) -> Floats:
    seen = slice(0, frame.seen)
    return ratio(material.actual[:, frame.year, seen], material.actual[:, frame.year - back, seen])


METHODS: dict[Method, Callable[[Material, Frame], Floats]] = {
    Method.STRAIGHT_LINE: straight_line,
    Method.SEASONAL_NAIVE: seasonal_naive,
    Method.LAST_YEAR: last_year,
    Method.YEARS: years,
    Method.BUDGET_REST: budget_rest,
    Method.BUDGET_LEFT: budget_left,
    Method.BUDGET_PACE: budget_pace,
    Method.BUDGET_PROFILE: budget_profile,
    Method.TREND: damped_trend,
}
SINGLE = tuple(METHODS)


def tried(material: Material, frame: Frame) -> Floats:
    """The rest by every single method (rows as `SINGLE`) and series, as somebody standing in the frame saw it."""
    seen = _hidden(material, frame)
    return np.stack([method(seen, frame) for method in METHODS.values()])


def _hidden(material: Material, frame: Frame) -> Material:
    # what came after isn't there to be looked at, whatever a method does
    actual = material.actual[:, : frame.year + 1].copy()
    actual[:, frame.year, frame.seen :] = np.nan
    return Material(actual, material.budget[:, : frame.year + 1], frame.seen)
