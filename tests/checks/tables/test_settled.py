"""Where a row's figures stand, when there are fewer than columns: the total below tells, or nothing does."""

import pytest

from tests.checks.reading.test_notes import under_each_other
from uppsikt.checks.reading.text import read_text
from uppsikt.checks.report import Report
from uppsikt.checks.tables.settled import SETTLED

DEPRECIATION = """Tkr|Kommunen
2017|Kommunen
2016|Koncernen
2017|Koncernen
2016
Avskrivning av fastigheter|-79 265|-74 079|-96 920|-90 831
Avskrivning av maskiner|-15 674|-14 729|-17 333|-16 360
Utrangeringar|-11 432|-1 987|-11 432|-1 987
Återföring|33 235
Summa|{0}|{1}|{2}|{3}"""
RIGHT = ("-106 371", "-90 795", "-125 685", "-75 943")


def report(*sums: str) -> Report:
    return Report(read_text(under_each_other(DEPRECIATION.format(*sums))))


def placed(one: Report) -> list[str | None]:
    (row,) = (row for row in one.tables[0].rows if row.label == "Återföring")
    return [cell.text if cell else None for cell in row.cells]


def test_a_lone_figure_stands_where_the_total_says() -> None:
    one = report(*RIGHT)
    assert placed(one) == [None, None, None, "33 235"]
    assert one.tables[0].sureness == SETTLED
    assert all(equation.holds for equation in one.understood[0].equations)


@pytest.mark.parametrize("column", range(4))
def test_it_stands_there_although_one_total_is_wrong_and_that_one_is_told(column: int) -> None:
    wrong = [sum_ if index != column else "-2" + sum_[2:] for index, sum_ in enumerate(RIGHT)]
    one = report(*wrong)
    assert placed(one) == [None, None, None, "33 235"]
    assert [equation.target[1] for equation in one.understood[0].equations if not equation.holds] == [column]


def test_totals_that_come_out_nowhere_settle_nothing() -> None:
    assert report("-100 000", "-90 000", "-120 000", "-70 000").tables[0].sureness < SETTLED
