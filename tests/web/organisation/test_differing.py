from __future__ import annotations

from uppsikt.coding.differences import Difference, Standing
from uppsikt.core.language import speaking
from uppsikt.web.organisation.differing import differing_text

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
