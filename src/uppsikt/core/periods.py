"""Time: months and half-open periods. `period.start <= date < period.end`, never "to and with" in code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

BEGINNING = date(1, 1, 1)
FOREVER = date(9999, 12, 31)
MONTHS_SV = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]
MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month; `number` is yyyymm, the form stored with every posting."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 1 <= self.year <= 9998):
            raise ValueError(f"no such month: {self.year}-{self.month}")

    @classmethod
    def of(cls, day: date) -> Month:
        """The month a date lies in."""
        return cls(day.year, day.month)

    @classmethod
    def from_number(cls, number: int) -> Month:
        """The month of a yyyymm number; raises ValueError for others."""
        return cls(number // 100, number % 100)

    @property
    def number(self) -> int:
        """yyyymm as an integer."""
        return self.year * 100 + self.month

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def next(self) -> Month:
        """The month after."""
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def last(self) -> date:
        """Its last day (for showing; code compares with `next.first`)."""
        return self.next.first - timedelta(days=1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open stretch of days: `start` is in it, `end` is not."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period ends before it starts: {self.start} – {self.end}")

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def months(self) -> Iterator[Month]:
        """The months it touches, in order."""
        month = Month.of(self.start)
        while month.first < self.end:
            yield month
            month = month.next


def year_period(year: int) -> Period:
    """A municipality's financial year is the calendar year (LKBR 1 kap.)."""
    return Period(date(year, 1, 1), date(year + 1, 1, 1))
