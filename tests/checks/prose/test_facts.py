"""What a sentence says about its figures: value, unit, direction, kind and time."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.checks.prose.reports import fact_in, prose_of
from uppsikt.checks.numbers import Unit
from uppsikt.checks.prose.words import Tag


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Budgetavvikelsen uppgår totalt till -15,4 mnkr.", "-15.4"),
        ("Nämnden visar ett underskott med ca 5,6 mnkr.", "-5.6"),
        ("En negativ avvikelse om 3,8 mnkr beräknas.", "-3.8"),
        ("Större negativ avvikelse, -5,8 mnkr, beräknas.", "-5.8"),
        ("Ett överskott på 6,6 mnkr väntas.", "6.6"),
        ("Avvikelsen är -\n10,5 mnkr.", "-10.5"),
        ("Kostnaden är 4 mnkr.", "4"),
    ],
)
def test_the_sign_is_read_from_the_number_or_the_words(text: str, value: str) -> None:
    assert fact_in(text).value == Decimal(value)


def test_a_direction_governs_every_figure_of_a_list_until_the_next() -> None:
    text = (
        "Negativa avvikelser prognostiseras inom Tekniska nämnden (13,8 mnkr), Fritidsnämnden (4,5 mnkr), "
        "medan positiva avvikelser prognostiseras inom Kulturnämnden (0,2 mnkr) och Miljönämnden (1,5 mnkr)."
    )
    assert [fact.value for fact in prose_of(text).facts] == [Decimal(one) for one in ("-13.8", "-4.5", "0.2", "1.5")]


def test_a_direction_does_not_reach_another_thing_in_the_same_sentence() -> None:
    text = "Den negativa avvikelsen -18 mnkr beror på uppdraget enligt budgetdirektivet om 18,2 mnkr."
    first, second = prose_of(text).facts
    assert (first.value, first.head) == (Decimal(-18), Tag.DEVIATION)
    assert (second.value, second.head) == (Decimal("18.2"), None)


def test_a_figure_in_brackets_after_another_is_the_year_before() -> None:
    now, before, change = prose_of("Resultatet blev 462 mkr (143 mkr), en förbättring med 319 mkr.").facts
    assert (now.is_prior, before.is_prior, before.period.is_last_year) == (False, True, True)
    assert change.head is Tag.CHANGE


def test_from_and_to_are_levels_and_the_year_before_belongs_to_the_first() -> None:
    first, second = prose_of("Omsättningen har gått upp från 6,1 procent föregående år till 7,6 procent 2025.").facts
    assert (first.head, first.period.is_last_year) == (None, True)
    assert (second.head, second.period.is_last_year, second.period.years) == (None, False, frozenset({2025}))


def test_a_figure_without_unit_takes_its_neighbours() -> None:
    facts = prose_of("Avvikelsen är -7,6 mnkr. Uppdraget, -18,2 finns i budgeten.").facts
    assert (facts[1].number.unit, facts[1].unit_is_assumed) == (Unit.MILLIONS, True)
    assert not prose_of("Uppdraget, -18,2 finns i budgeten.").facts


def test_years_and_counts_are_no_facts() -> None:
    assert [fact.text for fact in prose_of("År 2022 fick 4 800 invånare 3 mnkr.").facts] == ["3 mnkr"]


def test_rounds_and_parts_are_known() -> None:
    text = "Prognosen är -18 mnkr, mot delårsrapport 1 då den var -23 mnkr, varav skolan 4 mnkr."
    whole, earlier, part = prose_of(text).facts
    assert (whole.period.round, earlier.period.round) == (None, 1)
    assert (whole.is_part, part.is_part) == (False, True)
