"""Shares make the whole to the öre, whatever the amount and however they follow on each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.core.money import allocate
from uppsikt.core.shares import ALL, FINEST, Share, put_together, shares_of

amounts = st.integers(-(10**14), 10**14)
weights = st.lists(st.integers(1, 40), min_size=1, max_size=5)


def test_an_odd_ore_goes_to_the_largest_remainder() -> None:
    shares = shares_of([3, 2])
    assert [share.of(1) for share in shares] == [1, 0]
    assert [share.of(101) for share in shares] == [61, 40]
    assert [share.of(-101) for share in shares] == [-61, -40]


def test_equal_shares_give_the_odd_ore_to_the_first() -> None:
    assert [share.of(100) for share in shares_of([1, 1, 1])] == [34, 33, 33]


def test_the_only_share_is_everything() -> None:
    assert shares_of([7]) == [ALL]
    assert ALL.of(-12_345) == -12_345


@pytest.mark.parametrize("impossible", [[], [0], [1, -1], [FINEST, 1]])
def test_weights_that_cannot_be_shares_are_refused(impossible: list[int]) -> None:
    with pytest.raises(ValueError, match=r"weights|finer"):
        shares_of(impossible)


def test_weights_are_as_fine_as_what_they_say_not_as_they_are_written() -> None:
    assert shares_of([FINEST * 3, FINEST * 2]) == shares_of([3, 2])


@given(amounts, weights)
def test_shares_are_what_allocation_gives(amount_ore: int, parts: list[int]) -> None:
    given_out = [share.of(amount_ore) for share in shares_of(parts)]
    assert given_out == allocate(amount_ore, parts)
    assert sum(given_out) == amount_ore


@given(
    amounts, st.lists(st.integers(1, 9), min_size=1, max_size=3), st.lists(st.integers(1, 9), min_size=1, max_size=3)
)
def test_a_share_of_a_share_is_one_after_the_other(amount_ore: int, first: list[int], second: list[int]) -> None:
    for one in shares_of(first):
        for two in shares_of(second):
            assert one.then(two).of(amount_ore) == two.of(one.of(amount_ore))


@given(amounts, weights, st.data())
def test_shares_together_have_what_they_had_each(amount_ore: int, parts: list[int], data: st.DataObject) -> None:
    shares = shares_of(parts)
    some = data.draw(st.lists(st.sampled_from(range(len(shares))), min_size=1, unique=True))
    together: Share = shares[some[0]]
    for number in some[1:]:
        together = together.plus(shares[number])
    assert together.of(amount_ore) == sum(shares[number].of(amount_ore) for number in some)


def test_parts_of_a_share_and_the_rest_of_it_are_everything_again() -> None:
    large, small = shares_of([3, 2])
    one, two = (large.then(share) for share in shares_of([1, 2]))
    assert one.plus(two).plus(small) == ALL


@given(amounts, weights)
def test_all_shares_of_a_split_put_together_are_one_and_everything(amount_ore: int, parts: list[int]) -> None:
    assert [own.of(amount_ore) for own in put_together(shares_of(parts))] == [amount_ore]


def test_shares_that_would_cut_the_whole_too_fine_together_stay_apart() -> None:
    half, other = shares_of([1, 1])
    shares = [half.then(shares_of([1, 40_008])[0]), other.then(shares_of([1, 39_988])[0])]
    assert put_together(shares) == tuple(shares)
    assert put_together([*shares, shares[0]]) == (shares[0].plus(shares[0]), shares[1])
