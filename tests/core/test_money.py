"""Money: öre in, öre out, and no amount read as something else than was written."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.core.formats import MINUS, NARROW_SPACE
from uppsikt.core.money import NotMoney, allocate, decimal_from_text, kronor, ore_from_decimal, ore_from_text


@pytest.mark.parametrize(
    ("written", "ore"),
    [
        ("1 400", 140_000),
        ("1 400,50", 140_050),
        ("−12", -1_200),
        ("– 23", -2_300),
        ("6, 6", 660),
        ("(300)", -30_000),
        ("300-", -30_000),
        ("1.400,50", 140_050),
        ("1,400.50", 140_050),
        ("1.400.500", 140_050_000),
        ("-3325,00", -332_500),
        ("0", 0),
        ("+5", 500),
    ],
)
def test_amounts_are_read_as_people_write_them(written: str, ore: int) -> None:
    assert ore_from_text(written) == ore


@pytest.mark.parametrize("written", ["", "abc", "1.400", "12,345", "--5", "1e5", "٣", "NaN", "1,2,3.4", "9" * 30])
def test_what_can_be_read_two_ways_or_none_is_refused(written: str) -> None:
    with pytest.raises(NotMoney):
        ore_from_text(written)


def test_a_number_of_another_unit_keeps_its_decimals() -> None:
    assert decimal_from_text("(1 400,12345)") == Decimal("-1400.12345")
    assert decimal_from_text("2,1") == Decimal("2.1")


@given(st.integers(-(10**16), 10**16))
def test_an_amount_printed_in_swedish_reads_back_to_the_same_ore(ore: int) -> None:
    whole, rest = divmod(abs(ore), 100)
    grouped = f"{whole:,}".replace(",", NARROW_SPACE)
    text = f"{MINUS if ore < 0 else ''}{grouped},{rest:02}"
    assert ore_from_text(text) == ore
    assert ore_from_decimal(kronor(ore)) == ore


@given(st.text())
def test_no_text_whatever_gives_anything_but_an_amount_or_not_money(text: str) -> None:
    with contextlib.suppress(NotMoney):
        assert isinstance(ore_from_text(text), int)


def test_parts_of_an_ore_are_refused() -> None:
    with pytest.raises(NotMoney):
        ore_from_decimal(Decimal("0.001"))


@given(st.integers(-(10**15), 10**15), st.lists(st.integers(0, 10**6), min_size=1).filter(sum))
def test_an_allocation_makes_the_whole_to_the_ore(ore: int, weights: list[int]) -> None:
    parts = allocate(ore, weights)
    assert sum(parts) == ore
    exact = [Decimal(ore) * weight / sum(weights) for weight in weights]
    assert all(abs(part - share) < 1 for part, share in zip(parts, exact, strict=True))


def test_the_effectivisation_of_10_kronor_on_three_units_leaves_no_ore_behind() -> None:
    assert allocate(1000, [1, 1, 1]) == [334, 333, 333]
