from __future__ import annotations

from fractions import Fraction

from uppsikt.coding.differences import Difference, Standing
from uppsikt.coding.differing import destinations_text, differing_text
from uppsikt.core.language import speaking
from uppsikt.core.treediff import Destination

NEW = Difference("1", None, Standing("A", None))
GONE = Difference("2", Standing("A", None), None)
RENAMED_AND_MOVED = Difference("3", Standing("A", None), Standing("B", "1"))


def test_only_what_there_is_any_of_is_told_and_one_is_not_many() -> None:
    assert differing_text([NEW]) == "Koder som skiljer: 1 ny."
    assert differing_text([NEW, NEW, GONE]) == "Koder som skiljer: 2 nya och 1 som upphör."


def test_a_code_that_moved_under_a_new_name_is_told_as_both() -> None:
    assert differing_text([RENAMED_AND_MOVED]) == "Koder som skiljer: 1 med nytt namn och 1 på ny plats."


def test_nothing_is_told_as_nothing_in_either_language() -> None:
    assert differing_text([]) == "Inget skiljer."
    with speaking("en"):
        assert differing_text([]) == "Nothing differs."
        assert differing_text([GONE, GONE, NEW]) == "Codes that differ: 1 new and 2 that end."


def test_who_took_over_is_told_with_the_share_and_what_is_kept_last() -> None:
    assert destinations_text("1", [Destination("2", Fraction(1))]) == "→ 2"
    parts = [Destination("1", Fraction(1, 3)), Destination("2", Fraction(1, 3)), Destination("3", Fraction(1, 3))]
    assert destinations_text("1", parts) == "→ 2 33,3\xa0%, 3 33,3\xa0%; behåller 33,3\xa0%"
    assert destinations_text("1", [Destination("2", None)]) == "→ 2 efter villkor"


def test_who_kept_it_all_handed_nothing_over() -> None:
    assert destinations_text("1", [Destination("1", Fraction(1))]) == ""
    assert destinations_text("1", []) == ""
