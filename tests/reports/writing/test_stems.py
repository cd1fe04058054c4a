"""Forms of one Swedish word, and words that only look alike."""

from __future__ import annotations

import pytest

from uppsikt.reports.writing.search import words_of
from uppsikt.reports.writing.stems import is_in_compound, is_same_word

FORMS = """
hyra hyran hyror hyrorna hyrornas
kostnad kostnaden kostnader kostnadernas
intäkt intäkten intäkter intäkterna
avvikelse avvikelsen avvikelser avvikelserna
statsbidrag statsbidraget statsbidragens
prognos prognosen prognoserna
lön löner lönerna
skola skolan skolor
program programmet programmen
land landet länder
nämnd nämnden nämndernas
"""


@pytest.mark.parametrize("line", FORMS.strip().splitlines())
def test_forms_of_a_word_are_one_word(line: str) -> None:
    first, *others = words_of(line)
    assert [other for other in others if not is_same_word(first, other)] == []


@pytest.mark.parametrize(("one", "other"), [("hyra", "hyllor"), ("personal", "personer"), ("budget", "bidrag")])
def test_words_that_only_look_alike_are_two(one: str, other: str) -> None:
    assert not is_same_word(one, other)


def test_a_longer_word_that_begins_or_ends_with_a_form_of_it_is_found_and_the_other_way_it_is_not() -> None:
    assert is_in_compound("sjuklonerna", "sjuklonekostnader")
    assert is_in_compound("hyran", "lokalhyror")
    assert not is_in_compound("sjuklonekostnader", "sjuklonerna")
    assert not is_in_compound("lokalhyror", "hyran")
