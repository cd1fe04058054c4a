"""Facts find the cell that their words point at, and never one that merely looks alike."""

from __future__ import annotations

import pytest

from tests.checks.prose.reports import TABLE, prose_of
from uppsikt.checks.document import Cell
from uppsikt.checks.prose.values import Slip


def _bound(text: str) -> list[tuple[str, list[str]]]:
    made = []
    for match in prose_of(text + "\n\n" + TABLE).matches:
        if match.score >= 0.8:
            made.append((match.fact.text, [term.text for term in match.terms if isinstance(term, Cell)]))
    return made


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Kulturnämnden visar en negativ budgetavvikelse på -18 mnkr.", "-18 151"),
        ("Kulturnämndens underskott mot budget blir 18,2 mnkr.", "-18 151"),
        ("Den samlade budgetavvikelsen är negativ och uppgår totalt till -15,4 mnkr.", "-15 383"),
        ("Inom statsbidrag väntas en negativ avvikelse med 8,1 mnkr.", "-8 100"),
        ("Statsbidragen har budgeterats till 32,1 mnkr.", "32 100"),
        ("Kulturnämndens prognos är 491,8 mnkr.", "-491 806"),
    ],
)
def test_a_fact_is_bound_to_the_cell_its_words_name(text: str, cell: str) -> None:
    assert [cells for _, cells in _bound(text)] == [[cell]]


@pytest.mark.parametrize(
    "text",
    [
        "Uppdraget enligt budgetdirektivet från år 2019 om -18,2 mnkr klaras ut på sikt.",
        "Kommungemensam IT visar en positiv avvikelse med 4,3 mnkr.",
        "Kulturnämndens kostnader ökar med 8,1 mnkr.",
        "Ett bidrag om 6,6 mnkr har erhållits.",
    ],
)
def test_a_value_alone_binds_nothing(text: str) -> None:
    assert _bound(text) == []


def test_the_named_row_together_with_another_is_a_sum() -> None:
    prose = prose_of("Kommungemensamt visar en negativ budgetavvikelse med 3,8 mnkr.\n\n" + TABLE)
    assert [(match.label, match.agrees) for match in prose.matches] == [("Kommungemensamt + Statsbidrag", True)]
    assert prose.conflicts[0].instead is prose.matches[0]


@pytest.mark.parametrize(
    ("figure", "slip"),
    [("-19,2 mnkr", Slip.DIGIT), ("-81,2 mnkr", Slip.SWAP), ("-182 mnkr", Slip.SCALE), ("-18,2 tkr", Slip.SCALE)],
)
def test_a_figure_that_slipped_is_at_odds_with_its_cell(figure: str, slip: Slip) -> None:
    conflicts = prose_of(f"Kulturnämnden visar en budgetavvikelse på {figure} i år.\n\n" + TABLE).conflicts
    assert [(one.match.slip, one.confidence >= 0.9) for one in conflicts] == [(slip, True)]


def test_rounding_and_about_are_no_conflict() -> None:
    for figure in ("-18,2 mnkr", "-18 mnkr", "-18 151 tkr", "ca -18 mnkr"):
        assert not prose_of(f"Kulturnämnden visar en budgetavvikelse på {figure} i år.\n\n" + TABLE).conflicts


def test_a_figure_of_a_part_is_not_held_against_the_whole() -> None:
    text = "Kulturnämnden visar en negativ avvikelse om -18 mnkr, varav avvikelsen för lokaler är -11 mnkr."
    assert not prose_of(text + "\n\n" + TABLE).conflicts


def test_the_sentence_before_gives_the_name_to_one_that_goes_on() -> None:
    text = "Kulturnämnden har det svårt. Avvikelsen beräknas till -18,2 mnkr."
    assert [match.label for match in prose_of(text + "\n\n" + TABLE).matches] == ["Kulturnämnden, Avvikelse"]


def test_a_level_before_and_now_are_of_different_years() -> None:
    table = (
        "Belopp i mnkr          Utfall 2021  Utfall 2022\n"
        "Kostnader                   -1 344       -1 116\n"
        "Intäkter                       522          269\n"
    )
    prose = prose_of("Kostnaderna minskade från 1 344 mnkr till 1 116 mnkr.\n\n" + table)
    assert [match.label for match in prose.matches] == ["Kostnader, Utfall 2021", "Kostnader, Utfall 2022"]
    assert not prose.conflicts


def test_the_change_is_not_taken_for_the_level() -> None:
    text = "Statsbidragen ökade med 22 mnkr till 24 mnkr i prognosen. Kulturnämnden blev 8 mnkr sämre än budget."
    assert not [one for one in prose_of(text + "\n\n" + TABLE).conflicts if one.match.fact.text.startswith("22")]


def test_the_board_of_a_section_is_the_one_in_its_heading() -> None:
    text = "Kulturnämnden\n\nNämnden prognostiserar ett underskott på {} mnkr mot budget.\n\n" + TABLE
    assert [match.label for match in prose_of(text.format("18,2")).matches] == ["Kulturnämnden, Avvikelse"]
    assert [one.match.label for one in prose_of(text.format("16,2")).conflicts] == ["Kulturnämnden, Avvikelse"]


def test_figures_of_the_same_rounding_must_be_equal() -> None:
    table = TABLE.replace("-18 151", "-18").replace("tkr", "mnkr")
    assert prose_of("Kulturnämndens avvikelse blir -18 mnkr.\n\n" + table).matches
    assert not prose_of("Kulturnämndens avvikelse blir -17 mnkr.\n\n" + table).matches
