"""Ledgers made by chance: months of actuals and budgets of units, as municipalities have them, from a seed.

Each series is one of five kinds (shares in `KINDS`), with a yearly amount from a lognormal distribution, a kind's own
profile over the year blurred for each series, growth, a shock for each year and one for each month. On top of that:
one series in twelve and year moves to another level in some month; one in twenty begins after the first year, and
one in ten has months without anything. Incomes are negative. A year's budget is what could be known before it: last
year's amount raised by a tenth of what it differed, with the unit's own bias, and an error; six in ten spread it
equally over the months, the others by the kind's profile. Nothing in the methods knows any of this.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from uppsikt.suggestions import Material

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Kind:
    """What a group of accounts is like: its share of the series, sign, growth, unrest, profile over the year."""

    share: float
    sign: int
    growth: float
    month_unrest: float
    year_unrest: float
    profile: tuple[float, ...]


KINDS = (
    Kind(0.30, 1, 0.03, 0.03, 0.02, (1.0, 0.98, 1.0, 1.02, 1.03, 1.1, 0.85, 0.92, 1.0, 1.02, 1.02, 1.06)),  # staff
    Kind(0.15, 1, 0.02, 0.04, 0.02, (1.1, 1.0, 1.0, 1.0, 0.98, 0.95, 0.92, 0.95, 1.0, 1.0, 1.05, 1.05)),  # premises
    Kind(0.25, 1, 0.02, 0.25, 0.08, (0.5, 0.8, 0.95, 1.0, 1.0, 1.1, 0.5, 0.7, 1.0, 1.15, 1.3, 2.0)),  # purchases
    Kind(0.20, -1, 0.02, 0.15, 0.06, (0.7, 0.8, 1.2, 0.8, 0.9, 1.3, 0.6, 0.7, 1.2, 0.9, 1.0, 1.9)),  # fees and sales
    Kind(0.10, -1, 0.0, 0.5, 0.15, (0.1, 0.1, 2.0, 0.1, 0.3, 2.2, 0.1, 0.1, 2.0, 0.3, 0.3, 4.4)),  # grants
)


def made_by_chance(series: int, years: int, seed: int) -> tuple[Floats, Floats]:
    """Actuals and budgets by series, year and month, in kronor."""
    chance = np.random.default_rng(seed)
    kind = chance.choice(len(KINDS), size=series, p=[own.share for own in KINDS])
    of = {name: np.array([getattr(own, name) for own in KINDS])[kind] for name in Kind.__dataclass_fields__}
    profile = of["profile"] * chance.lognormal(0, 0.12, (series, 12))
    profile /= profile.sum(axis=1, keepdims=True)
    level = chance.lognormal(np.log(2e6), 1.2, series)
    growth = 1 + of["growth"] + chance.normal(0, 0.02, series)
    shock = chance.lognormal(0, 1, (series, years)) ** of["year_unrest"][:, None]
    yearly = level[:, None] * growth[:, None] ** np.arange(years) * shock
    monthly = yearly[:, :, None] * profile[:, None, :]
    monthly *= chance.lognormal(0, 1, monthly.shape) ** of["month_unrest"][:, None, None]
    monthly *= _moves(chance, series, years)
    rare = chance.random(series) < 0.1
    monthly[rare] *= chance.random((int(rare.sum()), years, 12)) < 0.4
    actual = monthly * of["sign"][:, None, None]
    budget = _budgets(chance, actual, profile)
    late = np.flatnonzero(chance.random(series) < 0.05)
    for own, begin in zip(late, chance.integers(12, 12 * (years - 1), late.size), strict=True):
        actual[own].reshape(-1)[:begin] = np.nan
        budget[own, : begin // 12] = np.nan
    return actual, budget


def _moves(chance: np.random.Generator, series: int, years: int) -> Floats:
    moved = chance.random((series, years)) < 1 / 12
    month = chance.integers(0, 12, (series, years))
    size = np.where(moved, chance.normal(0, 0.35, (series, years)), 0.0)
    steps = np.zeros((series, years, 12))
    np.put_along_axis(steps, month[:, :, None], size[:, :, None], axis=2)
    return np.exp(np.cumsum(steps.reshape(series, -1), axis=1)).reshape(series, years, 12)


def _budgets(chance: np.random.Generator, actual: Floats, profile: Floats) -> Floats:
    series, years, _ = actual.shape
    was = actual.sum(axis=2)
    bias = chance.normal(0, 0.03, series)
    yearly = np.empty_like(was)
    yearly[:, 0] = was[:, 0] * chance.lognormal(0, 0.05, series)
    for year in range(1, years):
        # decided in November: the year before is known but for its end
        known = 0.9 * was[:, year - 1] + 0.1 * yearly[:, year - 1]
        yearly[:, year] = known * (1.025 + bias) * chance.lognormal(0, 0.04, series)
    equal = chance.random(series) < 0.6
    spread = np.where(equal[:, None], 1 / 12, profile)
    return np.asarray(yearly[:, :, None] * spread[:, None, :], dtype=np.float64)


def asked(actual: Floats, budget: Floats, year: int, seen: int, years_back: int = 3) -> Material:
    """What somebody knew after `seen` months of a year."""
    first = max(0, year - years_back)
    known = actual[:, first : year + 1].copy()
    known[:, -1, seen:] = np.nan
    return Material(known, budget[:, first : year + 1], seen)
