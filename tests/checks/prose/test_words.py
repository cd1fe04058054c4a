"""Inflected forms of a word share their stem; different words don't."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.checks.prose.words import Tag, directions_in, head_of, stem, stems_in, tags_in, tokens_in, trends_in


@pytest.mark.parametrize(
    "forms",
    [
        "Socialnämnden socialnämnd Socialnämndens socialnämnder",
        "kommungemensam Kommungemensamt kommungemensamma",
        "kansli kanslierna kansliernas kansliet",
        "budget budgeten budgetens",
        "resultat resultatet resultatets",
        "central centrala centralt",
        "ekonomi ekonomin ekonomins",
        "avvikelse avvikelsen avvikelser avvikelserna",
        "verksamhet verksamheten verksamheter",
        "sjukfrånvaro sjukfrånvaron",
    ],
)
def test_inflected_forms_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "words", ["kulturnämnden fritidsnämnden", "intäkter kostnader", "budget bokslut", "ledning leder"]
)
def test_different_words_have_different_stems(words: str) -> None:
    one, two = words.split()
    assert stem(one) != stem(two)


@given(st.text(alphabet="abcdefghijklmnoprstuvyåäö", min_size=1, max_size=25))
def test_a_stem_is_its_own_stem_and_no_longer_than_the_word(word: str) -> None:
    assert stem(stem(word)) == stem(word) or len(stem(word)) <= 5
    assert 0 < len(stem(word)) <= len(word)


def test_words_without_meaning_of_their_own_are_no_part_of_a_name() -> None:
    assert stems_in("Summa verksamhet inom Kulturnämnden") == (stem("kulturnämnden"),)


def test_tokens_know_where_they_stand() -> None:
    text = "Inom HR-området"
    assert [text[token.start : token.end] for token in tokens_in(text)] == ["Inom", "HR", "området"]


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("negativ budgetavvikelse enligt prognos", Tag.DEVIATION),
        ("det budgeterade resultatet", Tag.BUDGET),
        ("ett överskott", Tag.RESULT),
        ("mot budget om", Tag.BUDGET),
        ("lägre än budget", Tag.DEVIATION),
        ("Utfall 220831", Tag.ACTUAL),
        ("Avvikelse mot budget (resultat)", Tag.DEVIATION),
        ("målet", Tag.TARGET),
        ("på sikt", None),
    ],
)
def test_words_say_what_kind_of_figure_it_is(text: str, head: Tag | None) -> None:
    assert head_of(tags_in(text)) is head


def test_directions_are_told_apart() -> None:
    assert [one.sign for one in directions_in("underskott, men positiv avvikelse")] == [-1, 1]
    assert [one.sign for one in trends_in("har ökat, sedan gått ner")] == [1, -1]
    assert not directions_in("avvikelsen uppgår till")
