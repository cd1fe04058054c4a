"""Column headings in the ways that headers are broken."""

from __future__ import annotations

import pytest

from uppsikt.checks.reading.text import read_text

ROWS = """
Ekonomi                          -53,7     -58,1       4,4
HR                              -129,9    -137,6       7,7
Digital infrastruktur           -776,9    -789,3      12,4
"""


def headings(text: str) -> list[str]:
    (table,) = read_text(text).tables
    return [column.heading for column in table.columns]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            "                                Utfall    Budget  Avvikelse",
            ["Utfall", "Budget", "Avvikelse"],
        ),
        (
            "                                Utfall    Budget   Avvikels\n"
            "                                  2025      2025          e",
            ["Utfall 2025", "Budget 2025", "Avvikelse"],
        ),
        (
            "                             2025     2024     2023",  # leaning left of their columns
            ["2025", "2024", "2023"],
        ),
        (
            "Belopp i mnkr                   Utfall    Budget  Avvikelse",
            ["Utfall", "Budget", "Avvikelse"],
        ),
    ],
)
def test_headings_stand_over_their_columns(header: str, expected: list[str]) -> None:
    assert headings(header + ROWS) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Intäkter Kostnader Årets resultat", ["Intäkter", "Kostnader", "Årets resultat"]),
        ("Nämnd | Budget | Utfall | Avvikelse mot budget", ["Budget", "Utfall", "Avvikelse mot budget"]),
        (
            "Intäkter 2020Kostnader 2020Avvikelse mot budget 2020",
            ["Intäkter 2020", "Kostnader 2020", "Avvikelse mot budget 2020"],
        ),
        ("Indikatorer Utfall Utfall Prognos\nTot 2019 2020 2021", ["Utfall 2019", "Utfall 2020", "Prognos 2021"]),
        (
            "Not Kommunen Koncernen\nBokslut\n2020\nBokslut\n2021\nBudget\n2021",
            ["Bokslut 2020", "Bokslut 2021", "Budget 2021"],
        ),
    ],
)
def test_headings_are_told_by_their_words_where_columns_run_together(header: str, expected: list[str]) -> None:
    rows = "Skola 1 402 -2 360 -958\nFritid 977 -1 632 -655\nLokaler 2 310 -2 205 105\n"
    assert headings(f"{header}\n{rows}") == expected
