"""Columns that run together: all readings, and the one a person makes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.checks.document import Line
from uppsikt.checks.reading.segment import MOST_READINGS, counts, natural, readings
from uppsikt.checks.reading.words import number_of, words_of


def values(text: str, count: int) -> list[list[str]]:
    read = [[number_of(cell) for cell in reading] for reading in readings(words_of(Line(1, text)), count)]
    return [[str(number.value) for number in cells if number] for cells in read]


def test_the_column_count_divides_the_figures() -> None:
    text = "56 290 38 402 -2 146 32 100 24 000 -8 100 -8 100"
    assert values(text, 7)[0] == ["56290", "38402", "-2146", "32100", "24000", "-8100", "-8100"]


def test_no_number_begins_with_a_nought_of_thousands() -> None:
    assert counts(words_of(Line(1, "24 000 -8 100")))[0] == 2
    assert all(reading[0] != "24" for reading in values("24 000 -8 100", 3))


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("60 076 137 196 – 88 714", ["60 076", "137 196", "– 88 714"]),
        ("-278 -17 150 0", ["-278", "-17 150", "0"]),
        ("58,6 % 44 %", ["58,6 %", "44 %"]),
        ("1 420,1   1 434,1", ["1 420,1", "1 434,1"]),
    ],
)
def test_the_natural_reading_joins_thousands(text: str, cells: list[str]) -> None:
    assert [" ".join(word.text for word in cell) for cell in natural(words_of(Line(1, text)))] == cells


@given(st.lists(st.integers(-999_999, 9_999_999), min_size=1, max_size=7))
def test_the_right_reading_is_among_them_where_all_are_tried(amounts: list[int]) -> None:
    text = " ".join(f"{amount:,}".replace(",", " ") for amount in amounts)
    tried = values(text, len(amounts))
    assert [str(amount) for amount in amounts] in tried or len(tried) == MOST_READINGS
