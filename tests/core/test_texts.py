"""Text from files: what is kept and what becomes a blank."""

import pytest

from uppsikt.core.texts import printable


@pytest.mark.parametrize("text", ["", "Hyra, Östra\u202f1\u00a0000 – “öppen”", "שכר"])
def test_what_can_be_printed_is_kept(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize("odd", ["\x00", "\x07", "\n", "\u202e", "\udcf6", "\u2028"])
def test_what_cannot_becomes_a_blank(odd: str) -> None:
    assert printable(f"Hyra{odd}juli") == "Hyra juli"
