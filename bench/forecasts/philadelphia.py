"""Philadelphia's quarterly reports, department by department, as they were known when each was published.

Every number in the file says in which report it was printed (`report_fiscal_year`, `report_quarter`). Somebody who
stands in a quarter is shown nothing from a later report. A year's full-year actual is printed in the next year's
last report, so for the year just ended they only have the city's own closing estimate from its last report.

The department that is the sum of others (employee benefits) is left out.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from uppsikt.suggestions import Material

Floats = NDArray[np.float64]
DATA = (
    Path(__file__).resolve().parents[3]
    / "shared"
    / "data"
    / "forecast-history"
    / "philadelphia-department-obligations.csv"
)
FIRST, LAST = 2008, 2022  # years with full-year actuals
_SUMS = {"35-EB"}
_NAN = float("nan")


@dataclass(frozen=True)
class Reports:
    """All reports: (department, year, what, span, report's year, report's quarter) → dollars."""

    printed: dict[tuple[str, int, str, str, int, int], float]

    @cached_property
    def departments(self) -> list[str]:
        """The departments by code."""
        return sorted({key[0] for key in self.printed})

    def truth(self, year: int) -> Floats:
        """The year as it ended; what nobody knew until the next year's last report."""
        return np.array([self._actual(own, year) for own in self.departments])

    def projected(self, year: int, quarter: int) -> Floats:
        """The city's own forecast of the year in a quarter's report."""
        return np.array([self._at(own, year, "Current Projection", "Full Year", quarter) for own in self.departments])

    def known(self, year: int, quarter: int, years_back: int = 3) -> Material:
        """What the reports up to a quarter's tell of that year and those before it."""
        years = range(max(FIRST, year - years_back), year + 1)
        shape = (len(self.departments), len(years), 4)
        actual, budget = np.full(shape, _NAN), np.full(shape, _NAN)
        for row, own in enumerate(self.departments):
            for at, past in enumerate(years):
                so_far = [0.0, *(self._at(own, past, "Actual", "YTD", own_quarter) for own_quarter in (1, 2, 3))]
                seen = quarter if past == year else 3
                actual[row, at, :seen] = np.diff(so_far)[:seen]
                if past < year:
                    actual[row, at, 3] = self._total(own, past, year) - so_far[3]
                whole = self._at(own, past, "Target Budget", "Full Year", quarter)
                to_date = self._at(own, past, "Target Budget", "YTD", quarter)
                budget[row, at, :quarter] = to_date / quarter
                budget[row, at, quarter:] = (whole - to_date) / (4 - quarter)
        return Material(actual, budget, quarter)

    def _at(self, department: str, year: int, what: str, span: str, quarter: int) -> float:
        return self.printed.get((department, year, what, span, year, quarter), _NAN)

    def _actual(self, department: str, year: int) -> float:
        # the file ends with the third report of 2023, which prints 2022 as the others' last reports do
        report = (2023, 3) if year == LAST else (year + 1, 4)
        return self.printed.get((department, year, "Actual", "Full Year", *report), _NAN)

    def _total(self, department: str, past: int, year: int) -> float:
        """A past year's total as known in the first three quarters of a year."""
        if past + 1 < year:
            return self._actual(department, past)
        closed = self._at(department, past, "Actual", "YTD", 4)
        estimate = self._at(department, past, "Current Projection", "Full Year", 4)
        return estimate if np.isnan(closed) else closed


def read_reports(path: Path = DATA) -> Reports:
    """The file; raises OSError where it isn't there."""
    with path.open(encoding="utf-8", newline="") as stream:
        return Reports(
            {
                (
                    row["dept_code"],
                    int(row["fiscal_year"]),
                    row["variable"],
                    row["time_period"],
                    int(row["report_fiscal_year"]),
                    int(row["report_quarter"]),
                ): float(row["total"])
                for row in csv.DictReader(stream)
                if row["dept_code"] not in _SUMS
            }
        )
