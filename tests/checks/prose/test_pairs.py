"""The same thing in two places; passages said twice; sums of the same years."""

from __future__ import annotations

from tests.checks.prose.reports import prose_of
from uppsikt.checks.prose.pairs import slipped

_PASSAGE = (
    "Avdelningarna inom det centrala stödet har enligt prognosen en negativ avvikelse om {}, inklusive lokaler."
)


def test_the_same_thing_in_two_places_is_a_pair() -> None:
    text = (
        "Det centrala stödet visar en negativ avvikelse om -7,6 mnkr.\n\nEn avvikelse på {} väntas i centrala stödet."
    )
    (pair,) = prose_of(text.format("-7,6 mnkr")).pairs
    assert pair.agrees
    (pair,) = prose_of(text.format("-7,8 mnkr")).pairs
    assert not pair.agrees
    assert slipped(pair)


def test_things_that_only_look_alike_are_no_pair() -> None:
    text = (
        "Förvaltningens underskott blir -18 mnkr.\n\n"
        "Uppdraget enligt budgetdirektivet om -18,2 mnkr klaras ut på sikt.\n\n"
        "Merkostnaden för skyddslagret är 1,6 mnkr.\n\nAvgångspremierna enligt avtal är 1,6 mnkr."
    )
    assert prose_of(text).pairs == ()


def test_other_times_are_no_pair() -> None:
    text = "Skolans avvikelse är -7,6 mnkr i prognos 2.\n\nSkolans avvikelse var -7,8 mnkr i prognos 1."
    assert prose_of(text).pairs == ()


def test_a_passage_said_twice_drifts_when_one_figure_slips() -> None:
    twice = _PASSAGE.format("-7,6 mnkr") + "\n\nAnnat.\n\n" + _PASSAGE
    assert not prose_of(twice.format("-7,6 mnkr")).drifts
    (drift,) = prose_of(twice.format("-7,8 mnkr")).drifts
    assert (drift.first.text, drift.second.text) == ("-7,6", "-7,8")
    assert prose_of(twice.format("-7,6 tkr")).drifts


def test_sentences_of_the_same_mould_have_not_drifted() -> None:
    text = "{} i {} visade på ett överskott om {} miljoner kronor för helåret."
    one = text.format("Prognosen", "oktober", "18,1")
    two = text.format("Prognosen", "augusti", "13,8")
    assert not prose_of(f"{one}\n\n{two}").drifts


def test_other_figures_beside_tell_of_another_thing() -> None:
    text = "Kommunens totala {} uppgick till {} vilket var en ökning med {} % sedan året innan."
    first = text.format("intäkter", "18 318 mkr", "5,0")
    assert prose_of(f"{first}\n\n{text.format('intäkter', '18 318 mkr', '5,2')}").drifts
    assert not prose_of(f"{first}\n\n{text.format('kostnader', '17 764 mkr', '5,2')}").drifts


def test_a_mark_in_the_text_that_stands_for_figures_elsewhere_is_no_figure() -> None:
    twice = (
        "Ramen för skolan räknas upp med 3,2 mnkr under året till följd av #volymer och lokaler.\n\n"
        "Ramen för skolan räknas upp med {} mnkr under året till följd av # volymer och lokaler.\n"
    )
    assert not prose_of(twice.format("3,2")).drifts
    assert prose_of(twice.format("3,4")).drifts
