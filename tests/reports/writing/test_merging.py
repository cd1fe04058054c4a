"""Two people's changes put together, and two versions compared."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from uppsikt.reports.writing.merging import Agreed, Clash, compare, has_clashes, merge, settled

TEXTS = st.lists(st.sampled_from(["ett", "två", "tre", "", "ett två"]), max_size=8).map("\n".join)


@given(TEXTS, TEXTS)
def test_what_one_alone_has_changed_is_theirs_without_a_clash(base: str, changed: str) -> None:
    assert settled(merge(base, changed, base), []) == changed
    assert settled(merge(base, base, changed), []) == changed
    assert not has_clashes(merge(base, changed, changed))


@given(TEXTS, TEXTS, TEXTS)
def test_no_line_that_both_have_is_lost_and_none_is_made_up(base: str, mine: str, theirs: str) -> None:
    merged = merge(base, mine, theirs)
    lines = set(settled(merged, ["both"] * len(merged)).split("\n"))
    assert (set(mine.split("\n")) & set(theirs.split("\n"))) - {""} <= lines
    assert lines <= {*mine.split("\n"), *theirs.split("\n"), ""}


@given(TEXTS, TEXTS)
def test_a_comparison_holds_both_texts(before: str, after: str) -> None:
    lines = compare(before, after)
    assert "\n".join(line.text for line in lines if line.mark != "+") == before
    assert "\n".join(line.text for line in lines if line.mark != "-") == after


def test_changes_of_different_paragraphs_are_put_together() -> None:
    merged = merge("Ett.\n\nTvå.\n\nTre.", "Ett!\n\nTvå.\n\nTre.", "Ett.\n\nTvå.\n\nTre och fyra.")
    assert merged == (Agreed("Ett!\n\nTvå.\n\nTre och fyra."),)


def test_changes_of_the_same_paragraph_are_a_clash_that_somebody_settles() -> None:
    merged = merge("Ett.\nTvå.", "Ett!\nTvå.", "Ett?\nTvå.")
    assert merged == (Clash("Ett!", "Ett?"), Agreed("Två."))
    assert settled(merged, ["mine"]) == "Ett!\nTvå."
    assert settled(merged, ["theirs"]) == "Ett?\nTvå."
    assert settled(merged, ["both"]) == "Ett?\nEtt!\nTvå."


def test_within_a_changed_line_the_words_are_marked() -> None:
    taken, put = compare("Ett underskott på 4.", "Ett överskott på 4.")
    assert taken.words == ((" ", "Ett "), ("-", "underskott"), (" ", " på 4."))
    assert put.words == ((" ", "Ett "), ("+", "överskott"), (" ", " på 4."))
