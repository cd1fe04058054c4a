from __future__ import annotations

import pytest

from uppsikt.core.language import Text, in_alphabet, say, speaking

UNITS = Text("{n} {n:enhet är klar|enheter är klara}", "{n} {n:unit is|units are} done")


@pytest.mark.parametrize(
    ("n", "sv", "en"),
    [
        (0, "0 enheter är klara", "0 units are done"),
        (1, "1 enhet är klar", "1 unit is done"),
        ("1", "1 enhet är klar", "1 unit is done"),
        (-1, "-1 enhet är klar", "-1 unit is done"),
        ("1 250", "1 250 enheter är klara", "1 250 units are done"),
    ],
)
def test_a_count_chooses_the_word_beside_it(n: object, sv: str, en: str) -> None:
    assert UNITS.filled(n=n) == sv
    with speaking("en"):
        assert UNITS.filled(n=n) == en


def test_a_text_without_places_is_as_it_stands_and_other_formats_hold_in_one_with_words() -> None:
    assert say("{n}|", "") == "{n}|"
    assert say("{n:03} {n:rad|rader} i {file!r}", "", n=7, file="{x}") == "007 rader i '{x}'"


def test_texts_are_sorted_as_swedes_look_for_them() -> None:
    words = ["öppnade", "Ändrade", "återlämnade", "godkände", "évaluerade", "zonade", "Fastställde"]
    in_order = ["évaluerade", "Fastställde", "godkände", "zonade", "återlämnade", "Ändrade", "öppnade"]
    assert sorted(words, key=in_alphabet) == in_order
