"""Women, men and all side by side: the total lies between them or is their sum."""

from __future__ import annotations

import pytest

from uppsikt.checks import check_bytes

ABSENCE = """<html><body><h1>Personal</h1><table>
<tr><th rowspan="2">Sjukfrånvaro, %</th><th colspan="3">2022</th><th colspan="3">2023</th></tr>
<tr><th>Kvinnor</th><th>Män</th><th>Totalt</th><th>Kvinnor</th><th>Män</th><th>Totalt</th></tr>
<tr><td>Vård</td><td>7,9</td><td>5,0</td><td>7,2</td><td>7,5</td><td>4,9</td><td>7,0</td></tr>
<tr><td>Skola</td><td>6,1</td><td>4,0</td><td>5,5</td><td>6,0</td><td>4,1</td><td>5,4</td></tr>
<tr><td>Kultur</td><td>4,4</td><td>3,6</td><td>4,1</td><td>4,6</td><td>3,5</td><td>4,2</td></tr>
<tr><td>Teknik</td><td>3,1</td><td>3,1</td><td>3,1</td><td>–</td><td>2,8</td><td>2,8</td></tr>
</table></body></html>"""
COUNTS = """Antal anställda   Kvinnor     Män  Totalt
Vård                  1 210     190   1 400
Skola                   820     240   1 060
Teknik                   95     310     405
"""


def found(text: str) -> list[tuple[str, object]]:
    """The rule's remarks: the confidence's side of error, and the cell."""
    outcome = check_bytes(text.encode(), name="r", select=["K007"])
    return [(str(one.severity), one.finding.facts["cell"]) for one in outcome.remarks]


@pytest.mark.parametrize("text", [ABSENCE, COUNTS])
def test_totals_between_women_and_men_or_their_sum_are_in_order(text: str) -> None:
    assert found(text) == []


def test_a_total_in_a_column_that_lies_outside_is_an_error() -> None:
    assert found(ABSENCE.replace("7,0", "7,8")) == [("error", "Vård, 2023 Totalt")]
    assert found(COUNTS.replace("1 400", "1 450")) == [("error", "Vård, Totalt")]


def test_where_hardly_any_row_fits_the_columns_are_something_else() -> None:
    odd = COUNTS.replace("1 400", "9 000").replace("1 060", "8 000").replace("405", "7 000")
    assert {severity for severity, _ in found(odd)} == {"note"}


def test_columns_that_come_twice_are_left_alone() -> None:
    twice = ABSENCE.replace("2023", "2022").replace("7,0", "7,8")
    assert found(twice) == []
