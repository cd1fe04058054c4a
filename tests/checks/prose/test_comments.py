"""Rows that the text leaves out, goals nobody assesses, and lists of two kinds."""

from __future__ import annotations

import pytest

from tests.checks.prose.reports import TABLE, prose_of
from uppsikt.checks.prose.comments import goals_in, unexplained_in
from uppsikt.checks.prose.counts import mixed_in

_GOALS = """{}

Indikatorer              Utfall 2020  Utfall 2021  Prognos 2022  Målvärde 2022
Sjukfrånvaro                     3,8          3,4           3,8         Minska
Styrningsindex                    66           69            70           Öka
"""
_LEFT = """Blå – externa avgångar
Orange – pension
De yrkesgrupper där flest {} skett är:

Yrkesgrupp             Antal 2022   Antal 2021
Ekonomer                       12           14
Löneadministratörer            14           11

Det finns också en intern rörlighet som inte redovisas. När det gäller Löneadministratörer så är 3 av 14
pensionsavgångar, vilket ingår i planeringen för de kommande åren.
"""


def test_a_large_deviation_that_no_sentence_names_is_unexplained() -> None:
    text = "Inom statsbidrag är avvikelsen negativ. Kulturnämnden visar underskott.\n\n"
    assert [one.row.label for one in unexplained_in(prose_of(text + TABLE))] == ["Politisk kommunledning"]
    text += "Politisk kommunledning har överskott som beror på vakanser.\n\n"
    assert not list(unexplained_in(prose_of(text + TABLE)))


def test_a_table_that_is_hardly_commented_on_is_left_alone() -> None:
    assert not list(unexplained_in(prose_of("Kulturnämnden visar underskott.\n\n" + TABLE)))


@pytest.mark.parametrize(
    ("text", "commented"),
    [
        ("Texten handlar om annat.", [False, False]),
        ("Sjukfrånvaron har ökat. Styrningsindex har ökat.", [False, True]),
        ("Målet för sjukfrånvaron nås inte. Målet för styrningsindex nås.", [True, True]),
    ],
)
def test_figures_that_go_the_wrong_way_ask_for_a_word_about_the_goal(text: str, commented: list[bool]) -> None:
    goals = list(goals_in(prose_of(_GOALS.format(text))))
    assert [goal.goes_wrong for goal in goals] == [True, False]
    assert [goal.is_commented for goal in goals] == commented


def test_a_list_that_holds_another_category_is_mixed() -> None:
    (mixed,) = mixed_in(prose_of(_LEFT.format("externa avgångar")))
    assert (mixed.name.row.label, mixed.some, mixed.all) == ("Löneadministratörer", 3, 14)
    assert not list(mixed_in(prose_of(_LEFT.format("anställningar"))))


def test_a_dash_is_no_target() -> None:
    text = _GOALS.format("Verksamheten följer sin plan.")
    assert [one.row.label for one in goals_in(prose_of(text))] == ["Sjukfrånvaro", "Styrningsindex"]
    assert [one.row.label for one in goals_in(prose_of(text.replace("  Öka", "    –")))] == ["Sjukfrånvaro"]
