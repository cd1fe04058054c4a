"""Amounts as managers type them: the page's unit, the row's own sign, to the öre."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.core.formats import Unit
from uppsikt.core.language import speaking
from uppsikt.core.money import NotMoney
from uppsikt.web.forecasts.amounts import COST, INCOME, exact_text, ore_typed


@pytest.mark.parametrize(
    ("typed", "side", "ore"),
    [
        ("1 400", COST, 140_000_000),
        ("1 400", INCOME, -140_000_000),
        ("−1 400", COST, 140_000_000),
        ("-1 400", INCOME, 140_000_000),
        ("–1 400,5", COST, 140_050_000),
        ("1400-", COST, 140_000_000),
        ("(1 400)", COST, 140_000_000),
        ("+300", COST, -30_000_000),
        ("1,4 mnkr", COST, 140_000_000),
        ("1 400 000 kr", COST, 140_000_000),
        ("1 400 tkr", COST, 140_000_000),
        ("0", COST, 0),
        ("1,00001", COST, 100_001),
        ("  ", COST, None),
    ],
)
def test_an_amount_in_tkr_takes_the_rows_sign_unless_it_has_one(typed: str, side: int, ore: int | None) -> None:
    assert ore_typed(typed, Unit.TKR, side) == ore


@pytest.mark.parametrize(
    ("typed", "ore"),
    [
        ("1,400", 140_000_000),
        ("−1.234", 123_400),
        ("1,234,567.5", 123_456_750_000),
        ("1 400.5", 140_050_000),
        ("1.4 mnkr", 140_000_000),
        ("(5)", 500_000),
    ],
)
def test_in_english_the_point_is_decimal_and_commas_group(typed: str, ore: int) -> None:
    with speaking("en"):
        assert ore_typed(typed, Unit.TKR, COST) == ore


@pytest.mark.parametrize("typed", ["1,4", "1 400,5", "1.400,50", "1.2.3", ",400", "(−5)", "(+5)"])
def test_in_english_a_comma_that_groups_no_thousands_is_refused(typed: str) -> None:
    with speaking("en"), pytest.raises(NotMoney):
        ore_typed(typed, Unit.TKR, COST)


@pytest.mark.parametrize("typed", ["1.400", "abc", "kr", "1,000001", "–", "1 400 st", "(−5)", "(+5)", "(5-)"])
def test_what_says_no_amount_or_two_is_refused(typed: str) -> None:
    with pytest.raises(NotMoney):
        ore_typed(typed, Unit.TKR, COST)


@given(
    st.integers(-(10**13), 10**13),
    st.sampled_from(Unit),
    st.sampled_from([COST, INCOME]),
    st.sampled_from("se"),
)
def test_what_is_shown_to_be_changed_reads_back_to_the_same_ore(ore: int, unit: Unit, side: int, who: str) -> None:
    with speaking("en" if who == "e" else "sv"):
        assert ore_typed(exact_text(ore, unit, side), unit, side) == ore
