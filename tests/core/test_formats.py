"""Numbers as printed: Swedish style, rounded from the raw amount."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from uppsikt.core.formats import ABSENT, Sign, Unit, View, amount, long_date, number, percent, rounded
from uppsikt.core.language import speaking


def test_a_net_cost_in_tkr_has_a_true_minus_and_narrow_no_break_spaces() -> None:
    assert View().text(49_180_600_000) == "−491\u202f806"


def test_the_same_fact_in_mnkr_is_rounded_from_the_raw_amount_not_from_tkr() -> None:
    assert amount(-1_544_996_000, Unit.TKR) == "−15\u202f450"
    assert amount(-1_544_996_000, Unit.MNKR) == "−15,4"


def test_absence_is_a_dash_and_zero_is_zero() -> None:
    assert View().text(None) == ABSENT
    assert View().text(0) == "0"


def test_a_rounded_zero_has_no_sign() -> None:
    assert amount(-400, Unit.TKR) == "0"
    assert number(Decimal("-0.04"), 1) == "0,0"


def test_halves_go_away_from_zero_as_in_bookkeeping() -> None:
    assert rounded(50_000, Unit.TKR, 0) == 1
    assert rounded(-50_000, Unit.TKR, 0) == -1


def test_ledger_sign_can_be_shown_as_booked() -> None:
    assert View(sign=Sign.LEDGER, unit=Unit.KR).text(123_456) == "1\u202f235"


def test_units_follow_after_a_no_break_space() -> None:
    assert amount(-1_538_300_000, Unit.MNKR, with_unit=True) == "−15,4\u00a0mnkr"


def test_shares_dates_and_english() -> None:
    assert percent(Decimal("0.612")) == "61,2\u00a0%"
    assert long_date(date(2022, 8, 31)) == "31 augusti 2022"
    with speaking("en"):
        assert number(Decimal("-1234.5"), 1) == "−1\u202f234.5"
        assert long_date(date(2022, 8, 31)) == "31 August 2022"


@given(st.integers(-(10**15), 10**15), st.sampled_from(list(Unit)), st.integers(0, 2))
def test_rounding_is_never_off_by_more_than_half_a_unit(ore: int, unit: Unit, decimals: int) -> None:
    size = {Unit.KR: 100, Unit.TKR: 100_000, Unit.MNKR: 100_000_000}[unit]
    assert abs(rounded(ore, unit, decimals) * size - ore) * 2 <= Decimal(size).scaleb(-decimals)
