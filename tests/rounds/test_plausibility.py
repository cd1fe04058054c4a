"""Figures with a sign their row never has, or ten or a thousand times off, are asked about; others never are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.rounds.plausibility import Usual, meant, odd_figure, usual_of, usual_year

COSTS = usual_of((2_300_000_00, 2_400_000_00))
AMOUNTS = st.integers(-(10**14), 10**14)


@pytest.mark.parametrize(
    ("typed", "likely"),
    [
        (-2_350_000_00, 2_350_000_00),  # a cost as plus
        (2_350_000_000_00, 2_350_000_00),  # kronor typed as tkr
        (-2_350_000_000_00, 2_350_000_00),
        (2_350_00, 2_350_000_00),  # tkr typed as kronor
        (24_000_000_00, 2_400_000_00),  # a nought too many
        (240_000_00, 2_400_000_00),  # one too few
        (-100_00, 100_00),  # a sign the row never has, whatever the size
    ],
)
def test_a_likely_slip_is_asked_about_with_what_was_probably_meant(typed: int, likely: int) -> None:
    assert meant(typed, COSTS) == likely


@pytest.mark.parametrize("typed", [None, 0, 2_400_000_00, 700_000_00, 9_000_000_00, 100_000_000_00, 100_00, 7])
def test_what_no_slip_explains_is_taken_as_it_is(typed: int | None) -> None:
    assert meant(typed, COSTS) is None


def test_a_row_that_has_had_both_signs_or_nothing_at_all_is_never_asked_about_its_sign() -> None:
    assert meant(-2_350_000_00, usual_of((2_300_000_00, -2_400_000_00))) is None
    assert meant(-1_00, usual_of((0, None))) is None
    assert usual_of((None, 0)) is None


def test_a_row_known_only_from_this_year_is_judged_at_its_pace() -> None:
    usual = usual_year(None, None, None, 800_000_00, 8)
    assert usual == Usual(1_200_000_00, 1_200_000_00, 1)
    assert meant(1_150_000_000_00, usual) == 1_150_000_00
    assert usual_year(None, 500_00, None, None, 0) == Usual(500_00, 500_00, 1)


def test_the_note_says_both_amounts_as_pages_show_them() -> None:
    note = odd_figure("5", -2_350_000_00, COSTS)
    assert note
    assert note.code == "N060"
    assert note.says.startswith("2\u202f350\u00a0tkr på 5 ")
    assert "Kan −2\u202f350\u00a0tkr" in note.says
    assert odd_figure("5", 2_350_000_00, COSTS) is None


@given(AMOUNTS, st.lists(AMOUNTS, min_size=1, max_size=4))
def test_what_is_proposed_is_never_odd_itself_but_for_its_size(typed: int, known: list[int]) -> None:
    usual = usual_of(known)
    proposed = meant(typed, usual)
    if proposed is not None and usual:
        assert usual.has_sign_of(proposed)
        assert proposed == -typed or meant(proposed, usual) is None


@given(AMOUNTS, st.lists(AMOUNTS, min_size=1, max_size=4))
def test_turning_all_signs_turns_the_answer(typed: int, known: list[int]) -> None:
    straight, turned = meant(typed, usual_of(known)), meant(-typed, usual_of([-own for own in known]))
    assert turned == (None if straight is None else -straight)
