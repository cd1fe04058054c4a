"""Half-open periods and months."""

from datetime import date

import pytest

from uppsikt.core.periods import Month, Period, year_period


def test_the_end_is_not_in_the_period() -> None:
    assert date(2022, 12, 31) in year_period(2022)
    assert date(2023, 1, 1) not in year_period(2022)


def test_a_period_is_walked_by_the_months_it_touches() -> None:
    period = Period(date(2022, 1, 1), date(2022, 9, 1))
    assert [month.number for month in period.months()] == list(range(202201, 202209))


def test_december_is_followed_by_january() -> None:
    assert Month(2021, 12).next == Month(2022, 1)
    assert Month.from_number(202202).last == date(2022, 2, 28)


def test_there_is_no_thirteenth_month_and_no_period_backwards() -> None:
    with pytest.raises(ValueError):
        Month.from_number(202213)
    with pytest.raises(ValueError):
        Period(date(2022, 2, 1), date(2022, 1, 1))
