"""Rows told by their labels: what adds, and what is so much for each of something."""

from __future__ import annotations

import pytest

from uppsikt.checks.audit import check
from uppsikt.checks.reading.text import read_text
from uppsikt.checks.tables.roles import is_ratio

KEY_FIGURES = """Nyckeltal
                                        2022     2023     2024
Antal invånare 31 december            24 977   25 104   25 098
Skattesats, kr                         21,64    21,64    21,64
{label:36}  70 981   73 895   77 218
"""


@pytest.mark.parametrize("label", ["Nettokostnad per invånare, kr", "Kostnad/barn, tkr", "Skattesats, kr"])
def test_so_much_for_each_is_a_ratio(label: str) -> None:
    assert is_ratio(label)


@pytest.mark.parametrize(
    "label", ["Nettokostnad", "Resultat per 31 augusti", "Summa nämnder", "Nettokostnad per nämnd"]
)
def test_an_amount_is_none(label: str) -> None:
    assert not is_ratio(label)


def test_net_cost_per_head_is_no_sum_of_the_rows_above_and_a_sum_is_asked() -> None:
    codes = {
        label: {said.code for said in check(read_text(KEY_FIGURES.format(label=label))).remarks}
        for label in ("Nettokostnad per invånare, kr", "Summa, kr")
    }
    assert codes["Nettokostnad per invånare, kr"].isdisjoint({"K001", "K005"})
    assert codes["Summa, kr"] & {"K001", "K005"}
