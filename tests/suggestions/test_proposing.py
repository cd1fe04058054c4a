"""Proposals on series small enough to see through."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.suggestions import Frame, Material, Method, half_widths_of_sums, propose
from uppsikt.suggestions.methods import ratio, tried

SEASONS = np.array([1.0, 2.0, 3.0, 4.0] * 3) * 1000
NOTHING = np.full((1, 4, 12), np.nan)


def material(actual: np.ndarray, budget: np.ndarray | None = None, seen: int = 8) -> Material:
    known = np.array(actual, dtype=float).reshape(-1, len(actual) if actual.ndim == 2 else actual.shape[1], 12)
    known[:, -1, seen:] = np.nan
    return Material(known, np.full(known.shape, np.nan) if budget is None else budget.reshape(known.shape), seen)


def test_a_year_like_all_others_comes_out_like_them_within_an_interval_that_shows_how_sure_that_is() -> None:
    made = propose(material(np.tile(SEASONS, (4, 1))))
    assert made.total[0] == pytest.approx(30_000, rel=0.02)
    assert made.low[0] <= made.total[0] <= made.high[0]
    assert made.high[0] - made.low[0] < 3_000
    assert made.trials[0] == 2


def test_income_is_forecast_as_the_cost_it_mirrors() -> None:
    chance = np.random.default_rng(7)
    actual = np.tile(SEASONS, (6, 4, 1)) * chance.lognormal(0, 0.1, (6, 4, 12))
    budget = np.tile(SEASONS, (6, 4, 1))
    cost, income = propose(material(actual, budget)), propose(material(-actual, -budget))
    np.testing.assert_allclose(income.total, -cost.total)
    np.testing.assert_allclose(income.low, -cost.high)


def test_what_was_never_negative_is_not_forecast_to_become_it_however_restless_it_was() -> None:
    chance = np.random.default_rng(5)
    actual = 1000 * chance.lognormal(0, 2, (40, 4, 12))
    overspent = np.full((40, 4, 12), 10.0)
    made = propose(material(actual, overspent))
    so_far = actual[:, -1, :8].sum(axis=1)
    assert (made.low >= so_far - 1e-6).all()
    assert (made.rest >= 0).all()


def test_a_move_to_another_level_is_followed_most_of_the_way() -> None:
    actual = np.full((4, 12), 100.0)
    actual[3] = 200.0
    made = propose(material(actual))
    assert 2_200 < made.total[0] <= 2_410


def test_where_nothing_is_known_nothing_is_proposed_but_a_budget_alone_is_something() -> None:
    nothing = propose(Material(NOTHING, NOTHING, 8))
    assert np.isnan(nothing.total).all()
    assert nothing.leading(0) == ()
    budget = NOTHING.copy()
    budget[:, -1] = 50.0
    assert propose(Material(NOTHING, budget, 8)).total[0] == pytest.approx(200)


def test_zeros_stay_zeros_and_a_new_series_goes_by_its_own_pace() -> None:
    actual = np.zeros((2, 4, 12))
    actual[1] = np.nan
    actual[1, 3, 4:8] = 300.0
    made = propose(material(actual))
    assert made.total[0] == 0
    assert made.total[1] == pytest.approx(300 * 8)


def test_at_the_end_of_the_year_the_year_is_what_came_and_at_its_beginning_there_is_a_proposal_too() -> None:
    ended = propose(material(np.tile(SEASONS, (3, 1)), seen=12))
    assert ended.total[0] == ended.low[0] == ended.high[0] == 30_000
    begun = propose(material(np.tile(SEASONS, (3, 1)), seen=0))
    assert begun.total[0] == pytest.approx(30_000, rel=0.05)


def test_what_came_after_the_cut_off_of_an_earlier_year_is_not_looked_at() -> None:
    own = material(np.tile(SEASONS, (4, 1)))
    frame = Frame(2, 8, 12)
    changed = own.actual.copy()
    changed[:, 2, 8:] *= 10
    changed[:, 3] *= 10
    np.testing.assert_array_equal(tried(own, frame), tried(Material(changed, own.budget, 8), frame))


def test_the_method_that_was_right_leads_and_the_one_that_was_wrong_does_not() -> None:
    chance = np.random.default_rng(3)
    budget = chance.uniform(50, 150, (30, 5, 12))
    made = propose(material(budget.copy(), budget))
    assert made.leading(0)[0] in {Method.BUDGET_REST, Method.BUDGET_LEFT, Method.BUDGET_PACE, Method.BUDGET_PROFILE}
    np.testing.assert_allclose(made.total, budget[:, -1].sum(axis=1), rtol=0.02)


def test_intervals_hold_four_fifths_of_years_nobody_had_seen() -> None:
    chance = np.random.default_rng(11)
    truth = 1000 * chance.lognormal(0, 0.2, (400, 5, 12)) * chance.lognormal(0, 0.05, (400, 5, 1))
    made = propose(material(truth.copy()))
    year = truth[:, -1].sum(axis=1)
    assert 0.74 < np.mean((made.low <= year) & (year <= made.high)) < 0.88


@pytest.mark.parametrize("is_shared", [False, True])
def test_intervals_of_sums_hold_four_fifths_too_narrower_than_their_rows_unless_rows_go_together(
    is_shared: bool,
) -> None:
    chance = np.random.default_rng(12)
    shock = chance.lognormal(0, 0.2, (200, 1, 5, 12))
    own = chance.lognormal(0, 0.2, (200, 4, 5, 12))
    truth = (1000 * (np.broadcast_to(shock, own.shape) if is_shared else own)).reshape(800, 5, 12)
    asked = material(truth.copy())
    made = propose(asked)
    sums = np.arange(800).reshape(200, 4)
    half = half_widths_of_sums(asked, made, sums.tolist())
    assert 0.72 < np.mean(np.abs((made.total - truth[:, -1].sum(axis=1))[sums].sum(axis=1)) <= half) < 0.9
    rows = ((made.high - made.low) / 2)[sums].sum(axis=1)
    share = np.median(half / rows)
    assert 0.9 < share <= 1 if is_shared else 0.4 < share < 0.7


@given(st.lists(st.floats(-1e9, 1e9), min_size=3, max_size=3), st.lists(st.floats(-1e9, 1e9), min_size=3, max_size=3))
def test_a_ratio_is_never_wild(above: list[float], below: list[float]) -> None:
    found = ratio(np.array([above]), np.array([below]))
    assert 0 <= found[0] <= 3


@given(st.integers(1, 4), st.integers(0, 4), st.integers(0, 2**32 - 1))
def test_whatever_is_given_a_proposal_is_a_number_between_its_ends_or_nothing(
    years: int, seen: int, seed: int
) -> None:
    chance = np.random.default_rng(seed)
    actual = chance.normal(0, 1e6, (4, years, 4)) * (chance.random((4, years, 4)) < 0.7)
    actual[chance.random((4, years, 4)) < 0.3] = np.nan
    actual[:, -1, seen:] = np.nan
    budget = np.where(chance.random((4, years, 1)) < 0.5, chance.normal(0, 1e6, (4, years, 4)), np.nan)
    made = propose(Material(actual, budget, seen))
    known = np.isfinite(made.total)
    assert (np.isfinite(made.low) == known).all()
    assert (made.low <= made.total)[known].all()
    assert (made.total <= made.high)[known].all()
