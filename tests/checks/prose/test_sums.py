"""Arithmetic that the text does itself."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.checks.prose.reports import prose_of


@pytest.mark.parametrize(
    "text",
    [
        "Resultatet blev 462 mkr (143 mkr), vilket är en förbättring med 319 mkr.",
        "Resultatet för koncernen uppgick till 186 mkr (569 mkr) vilket är 383 mkr sämre än föregående år.",
        "Årets prognos visar ett resultat på 493 mnkr. Det budgeterade resultatet är 254 mnkr, vilket innebär en "
        "budgetavvikelse på 239 mnkr.",
        "Budgetavvikelsen prognostiserades till +316 Mkr. I bokslutet uppgick den till +563 Mkr, vilket var en "
        "prognosavvikelse på 247 Mkr.",
        "Verksamheten visar en avvikelse med 3,4 mnkr. Den fördelas med 2,7 mnkr för Norr och 0,7 mnkr för Söder.",
    ],
)
def test_what_comes_out_is_bound(text: str) -> None:
    told = prose_of(text).told
    assert [one.holds for one in told] == [True]


def test_a_division_over_many_parts_comes_out_with_their_signs() -> None:
    text = (
        "Prognosen uppgår till en negativ budgetavvikelse på –25,6 mnkr. Negativa avvikelser prognostiseras inom "
        "Tekniska nämnden (-13,8 mnkr), Fritidsnämnden (-4,5 mnkr) samt Samhällsnämnden (-9,9 mnkr), medan positiva "
        "avvikelser prognostiseras inom Kulturnämnden (+0,2 mnkr), Miljönämnden (+1,5 mnkr) och "
        "Byggnadsnämnden (+0,9 mnkr)."
    )
    assert [(one.holds, len(one.terms)) for one in prose_of(text).told] == [(True, 6)]
    assert [(one.holds, one.slipped) for one in prose_of(text.replace("-13,8", "-18,8")).told] == [(False, True)]


@given(st.integers(100, 900), st.integers(100, 900), st.integers(1, 9), st.integers(1, 2))
def test_any_digit_that_slips_is_seen_unless_rounding_explains_it(
    now: int, before: int, wrong: int, place: int
) -> None:
    right = abs(now - before)
    assume(right > 10 and right % 10)  # a difference of one digit, like "20", tells too little to be taken for one
    text = "Resultatet blev {} mkr ({} mkr), vilket är en förändring med {} mkr."
    assert [one.holds for one in prose_of(text.format(now, before, right)).told] == [True]
    assert [one.slipped for one in prose_of(text.format(now, before, right + wrong * 10**place)).told] == [True]


def test_figures_that_only_stand_beside_each_other_tell_nothing() -> None:
    text = "Hyran är 12,5 mnkr. Löner kostar 31,1 mnkr. Ersättningen minskade med 4,7 mnkr."
    assert prose_of(text).told == ()


def test_a_unit_that_slipped_is_seen() -> None:
    text = "Resultatet blev 462 mkr (143 mkr), vilket är en förbättring med 319 tkr."
    assert [(one.holds, one.unit_slip) for one in prose_of(text).told] == [(False, True)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Avvikelsen är 6,6 mnkr, varav kanslierna står för 10,2 mnkr.", True),
        ("Avvikelsen är 6,6 mnkr, varav kanslierna står för 5,2 mnkr.", False),
        ("Avvikelsen är -6,6 mnkr, varav kanslierna står för +10,2 mnkr.", False),
        ("Kostnaden är 6,6 mnkr. Av detta avser 7,2 mnkr lokaler.", True),
        ("Kostnaden är 6,6 mnkr. Hyran är 7,2 mnkr.", False),
        (
            "Nivån är -10,5 mnkr, varav största delen finns inom Reserven. Uppdraget, -18,2 mnkr, är i Reserven.",
            True,
        ),
        (
            "Nivån är -10,5 mnkr, varav största delen finns inom Reserven. Uppdraget, -18,2 mnkr, är i Norr.",
            False,
        ),
    ],
)
def test_a_part_is_not_larger_than_its_whole(text: str, found: bool) -> None:
    assert bool(prose_of(text).excesses) is found


def test_the_items_of_a_list_make_what_announces_it() -> None:
    text = (
        "Nämndens åtgärder beräknas under året uppgå till sammanlagt 13,2 mnkr:\n\n"
        "• Skolan minskar antalet tjänster, vilket ger 15,0 mnkr på helår.\n\n"
        "• Fritiden behöver ett tillskott på -4,3 mnkr för att klara hyran.\n\n"
        "• Förskolan räknar med 2,5 mnkr genom färre grupper under hösten.\n"
    )
    assert [(one.holds, len(one.terms)) for one in prose_of(text).told] == [(True, 3)]
    assert [one.slipped for one in prose_of(text.replace("15,0", "18,0")).told] == [True]
    assert not prose_of(text.replace(":", ".").replace("-4,3", "-4,2")).told
