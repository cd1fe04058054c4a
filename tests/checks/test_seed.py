"""The seed: what is certainly wrong is found, and what is in order stays silent."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from uppsikt.checks import check_file
from uppsikt.checks.outcome import Outcome
from uppsikt.core.findings import Severity

SHARED = Path(os.environ.get("UPPSIKT_SHARED", Path(__file__).parents[3] / "shared"))
SEED = SHARED / "reference" / "seed" / "delarsrapport-2-2022-kommunstyrelsen.txt"

pytestmark = [pytest.mark.shared, pytest.mark.skipif(not SEED.exists(), reason="the seed is not beside the checkout")]


@cache
def audit() -> Outcome:
    return check_file(SEED)


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("K001", 788),  # A1 the column that does not add up
        ("K028", 791),  # A2 six values for seven columns
        ("K020", 852),  # A4 last year's footer
        ("K021", 81),  # A5 chapter 3 before 2.4
        ("K021", 380),  # A5 and chapter 3 again
        ("K027", 761),  # A6 the sentence that the table cuts
        ("K030", 1119),  # A8 the men's values at another label
        ("K029", 1120),  # A8 three rows without figures
        ("K025", 1114),  # A8 marks without notes
        ("K031", 1131),  # A8 71,0 among whole numbers
        ("K026", 950),  # A9 tables that are pictures
        ("K026", 1067),
        ("K026", 1081),
        ("K006", 1127),  # B11 short absence above all absence
    ],
)
def test_a_certain_fault_is_found_where_it_stands(code: str, line: int) -> None:
    assert line in [span.line for said in audit().remarks if said.code == code for span in said.spans]


def test_the_wrong_total_is_shown_with_its_sum() -> None:
    (said,) = [said for said in audit().remarks if said.code == "K001"]
    assert said.severity is Severity.ERROR
    assert "−288 668 − 2 146 − 32 281 − 459 981 = −783 076" in str(said.sum).replace("\u202f", " ")


def test_the_rows_that_hold_stay_silent() -> None:
    lines = {
        span.line for said in audit().remarks if said.code in ("K002", "K003", "K004", "K005") for span in said.spans
    }
    assert lines == set()
