"""Numbers in every form that reports write them in."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.checks.document import Line
from uppsikt.checks.numbers import Unit, numbers_in, unit_in, written
from uppsikt.checks.reading.joining import joined


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("en avvikelse på -15,4 mnkr", "-15.4", Unit.MILLIONS),
        ("beräknades till – 23 mnkr", "-23", Unit.MILLIONS),
        ("ett underskott om −18,2 miljoner kronor", "-18.2", Unit.MILLIONS),
        ("positiv avvikelse med 6, 6 mnkr", "6.6", Unit.MILLIONS),
        ("Underskott på 1,3 Mkr", "1.3", Unit.MILLIONS),
        ("erhållits med 800 tkr", "800", Unit.THOUSANDS),
        ("uppgår till 1 509,2 miljoner kronor", "1509.2", Unit.MILLIONS),
        ("kostade 12 500 kronor", "12500", Unit.KRONOR),
        ("minus 12 mnkr", "-12", Unit.MILLIONS),
        ("en ökning med 4,8 %", "4.8", Unit.PERCENT),
        ("ökade 0,7 procentenheter", "0.7", Unit.POINTS),
        ("2 mdkr", "2", Unit.BILLIONS),
        ("1.400.500 kr", "1400500", Unit.KRONOR),
        ("12 345\u00a0678 kr", "12345678", Unit.KRONOR),
    ],
)
def test_a_number_is_read_with_its_sign_and_unit(text: str, value: str, unit: Unit) -> None:
    (number,) = numbers_in(text)
    assert (number.value, number.unit) == (Decimal(value), unit)


@pytest.mark.parametrize("text", ["enligt ISO27001", "koden D9EX35", "kontogrupp 6A Lokalhyror"])
def test_digits_inside_a_word_are_no_number(text: str) -> None:
    assert list(numbers_in(text)) == []


def test_a_dash_between_years_is_no_minus() -> None:
    assert [number.value for number in numbers_in("perioden 2022-2025 och 10–30 medarbetare")] == [2022, 2025, 10, 30]


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (["negativ budgetavvikelse med -", "10,5 mnkr"], "-10.5"),
        (["negativ budgetavvikelse på -18", "mnkr, vilket"], "-18"),
    ],
)
def test_a_number_broken_at_a_lines_end_is_one(lines: list[str], value: str) -> None:
    passage = joined([Line(index, text) for index, text in enumerate(lines, start=1)])
    (number,) = numbers_in(passage.text)
    assert (number.value, number.unit) == (Decimal(value), Unit.MILLIONS)


def test_a_number_over_two_lines_points_at_both() -> None:
    passage = joined([Line(7, "en avvikelse på -"), Line(8, "10,5 mnkr")])
    (number,) = numbers_in(passage.text)
    assert [span.line for span in passage.spans(number.start, number.end)] == [7, 8]


@pytest.mark.parametrize(
    ("text", "unit"),
    [("Belopp i tkr", Unit.THOUSANDS), ("(mnkr)", Unit.MILLIONS), ("tusen kronor", Unit.THOUSANDS), ("Antal", None)],
)
def test_a_unit_is_found_in_a_heading(text: str, unit: Unit | None) -> None:
    assert unit_in(text) is unit


@given(st.integers(-(10**12), 10**12), st.integers(0, 3))
def test_what_is_written_is_read_back(steps: int, decimals: int) -> None:
    value = Decimal(steps).scaleb(-decimals)
    numbers = list(numbers_in(f"summan {written(value, decimals)} tkr"))
    assert [number.value for number in numbers] == [value]
    assert numbers[0].unit is Unit.THOUSANDS


@given(st.text())
def test_any_text_can_be_searched_for_numbers(text: str) -> None:
    for number in numbers_in(text):
        assert 0 <= number.start < number.end <= len(text)
