"""Malmö's August forecasts against its year-end accounts: how far off people are, two years, committee by committee.

There are no months in the file, so nothing can be suggested; it says what a good human forecast is worth.
"""

from __future__ import annotations

import csv

from philadelphia import DATA

FILE = DATA.with_name("malmo_prognosavvikelse_per_namnd.csv")
_RESULT = "Årets resultat"


def malmo() -> None:
    """Print, by year, the sum of the committees' errors without sign and the error of the result."""
    with FILE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    print("\nMalmö, August forecast against year-end, mnkr (deviations from budget)")
    for year in sorted({row["ar"] for row in rows}):
        own = [row for row in rows if row["ar"] == year]
        parts = [row for row in own if row["namnd"] != _RESULT]
        missed = sum(abs(float(row["prognosavvikelse_mkr"])) for row in parts)
        came = sum(abs(float(row["budgetavvikelse_bokslut_mkr"])) for row in parts)
        no_forecast = f"a forecast of no deviation would have missed {came:.0f}"
        result = next(float(row["prognosavvikelse_mkr"]) for row in own if row["namnd"] == _RESULT)
        print(
            f"{year}: {len(parts)} committees missed {missed:.0f} in all ({no_forecast}); the result by {result:+.0f}"
        )
