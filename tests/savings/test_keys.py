"""Allocation keys: to the krona, and never a krona lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.savings.keys import distribute

WEIGHTS = st.lists(st.integers(0, 10**12), min_size=1, max_size=30).filter(any)


@given(kronor=st.integers(1, 10**9), weights=WEIGHTS)
def test_parts_make_the_amount_and_none_is_a_krona_off_its_share(kronor: int, weights: list[int]) -> None:
    parts = distribute(kronor * 100, [str(no) for no in range(len(weights))], weights)
    assert sum(part.amount_ore for part in parts) == kronor * 100
    for part in parts:
        assert part.amount_ore % 100 == 0
        # |part − share| < 1 krona, in whole numbers
        assert abs(part.amount_ore // 100 * sum(weights) - kronor * part.weight) < sum(weights)


def test_the_last_krona_goes_to_the_largest_remainder() -> None:
    parts = distribute(10_000_00, ["a", "b", "c"], [1, 1, 1])
    assert [part.amount_ore for part in parts] == [3_334_00, 3_333_00, 3_333_00]
    assert [part.amount_ore for part in distribute(100_00, ["a", "b"], [997, 3])] == [100_00, 0]


def test_ore_are_not_distributed() -> None:
    with pytest.raises(ValueError, match="kronor"):
        distribute(150, ["a"], [1])
