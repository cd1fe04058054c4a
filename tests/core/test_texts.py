"""Text from files: what is kept and what becomes a blank."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.core.texts import is_line, one_line, printable, writing, written


@pytest.mark.parametrize("text", ["", "Hyra, Östra\u202f1\u00a0000 – “öppen”", "שכר"])
def test_what_can_be_printed_is_kept(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize("odd", ["\x00", "\x07", "\n", "\u202e", "\udcf6", "\u2028"])
def test_what_cannot_becomes_a_blank(odd: str) -> None:
    assert printable(f"Hyra{odd}juli") == "Hyra juli"


@pytest.mark.parametrize("odd", ["\x00", "\x0b", "\x1f", "\x7f", "\x85", "\u202e", "\u2066", "\ufffe", "\ud800"])
def test_what_is_typed_in_several_lines_loses_what_is_no_writing(odd: str) -> None:
    assert written(f"Hyra\r\n\tjuli{odd}och\raugusti") == "Hyra\n\tjuli och\naugusti"
    assert writing(f"a{odd}b") != f"a{odd}b"
    assert not is_line(f"a{odd}b")


@pytest.mark.parametrize("text", ["Åäö\u00a0med\u00adbindestreck – och 🙂\n\tså", "👩\u200d👧", "שכר", ""])
def test_writing_stays(text: str) -> None:
    assert written(text) == text
    assert writing(text) == text


def test_one_line_is_what_was_typed_without_line_ends_and_surplus_blanks() -> None:
    assert one_line(" Kf\0 2022-06-20\n\x1b § 141 ") == "Kf 2022-06-20 § 141"


@given(st.text(st.characters(exclude_categories=()), max_size=20))
def test_whatever_is_typed_can_be_kept_and_is_kept_alike_the_next_time(text: str) -> None:
    kept, line = written(text), one_line(text)
    assert writing(kept) == kept
    assert is_line(line)
    assert (written(kept), one_line(line)) == (kept, line)
    (kept + line).encode()  # to any file
