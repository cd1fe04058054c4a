"""Marks in a text: what is one, what it holds for, and that the text without it is the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.checks.document import Mark
from uppsikt.checks.marks import mark_in, taken_out


@pytest.mark.parametrize(
    ("comment", "codes"),
    [
        ("noqa", ()),
        ("noqa: K001", ("K001",)),
        ("noqa: K001, K04 avrundat i underlaget", ("K001", "K04")),
        ("noqa: K001 K044", ("K001", "K044")),
        ("noqa: unit-slip-in-text", ("unit-slip-in-text",)),
        ("noqa: column-sum, K044", ("column-sum", "K044")),
    ],
)
def test_a_mark_names_its_rules_and_may_say_why(comment: str, codes: tuple[str, ...]) -> None:
    assert mark_in(comment, line=7, at=6) == Mark(7, codes, 6)


@pytest.mark.parametrize("comment", ["", "K001", "se noqa", "noqas", "att göra: räkna om"])
def test_other_comments_are_no_marks(comment: str) -> None:
    assert mark_in(comment, line=1, at=1) is None


def test_a_mark_for_the_file_holds_for_every_line() -> None:
    assert mark_in("noqa-file: K066", line=7, at=7) == Mark(0, ("K066",), 7)


def test_a_mark_at_the_end_of_a_line_is_blanked_and_holds_for_the_line() -> None:
    lines, marks = taken_out(["Summa 12  # noqa: K001", "Annat"])
    assert lines == ["Summa 12", "Annat"]
    assert marks == (Mark(1, ("K001",), 1),)


def test_a_mark_alone_on_its_line_holds_for_the_next_with_text() -> None:
    lines, marks = taken_out(["<!-- noqa: K001 -->", "", "Summa 12"])
    assert lines == ["", "", "Summa 12"]
    assert marks == (Mark(3, ("K001",), 1),)


def test_text_after_a_comment_keeps_its_columns() -> None:
    lines, _ = taken_out(["Summa <!-- noqa --> 12"])
    assert lines[0].index("12") == "Summa <!-- noqa --> 12".index("12")


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\n\r"), max_size=30), max_size=8))
def test_texts_without_the_word_are_untouched(lines: list[str]) -> None:
    kept, marks = taken_out([line.replace("noqa", "") for line in lines])
    assert kept == [line.replace("noqa", "") for line in lines]
    assert marks == ()
