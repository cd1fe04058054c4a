"""Files cut into sections and joined: each other's inverse, whatever people write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import REPOSITORY
from uppsikt.reports.writing.splitting import Piece, chapter_of, cleaned, joined, key_for, pieces_of, words_in

LINES = st.sampled_from(
    [
        "# Ett",
        "## Två",
        "### Tre",
        "Text.",
        "",
        "::: contents",
        "::: decision",
        "1. Punkt",
        ":::",
        "- {{ a/b/c }}",
        "\r",
    ]
)


@given(st.lists(LINES, max_size=25).map("\n".join))
def test_joining_what_was_cut_gives_the_text_back_and_cutting_it_again_gives_the_same_sections(text: str) -> None:
    pieces = pieces_of(text)
    again = joined(piece.text for piece in pieces)
    assert pieces_of(again) == [piece for piece in pieces if piece.text] or not cleaned(text)
    assert [line for line in again.split("\n") if line] == [line for line in cleaned(text).split("\n") if line]
    assert all(pieces_of(piece.text) == [piece] for piece in pieces)


@pytest.mark.parametrize("path", sorted((REPOSITORY / "src/uppsikt/demo/orebro/report").glob("*.md")), ids=str)
def test_the_files_of_the_demonstration_come_back_as_they_were(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert joined(piece.text for piece in pieces_of(text)) == text


def test_a_section_begins_at_a_heading_of_level_one_or_two_and_nothing_else() -> None:
    text = "::: contents\n\n# Ett\n\nText.\n\n### Inne\n\nMer.\n\n## Två {-}\n\nText."
    assert [piece.title for piece in pieces_of(text)] == ["Ett", "Två"]


def test_a_chapters_heading_stands_with_the_first_section_in_it() -> None:
    (piece,) = pieces_of("# Kapitel\n\n## Avsnitt\n\n### Del\n\nText.")
    assert (piece.title, chapter_of(piece.text)) == ("Avsnitt", "Kapitel")


def test_a_section_may_be_a_table_alone() -> None:
    text = "# Ett\n\n::: statement nettoredovisning\n\n## Två\n\n::: chart bro"
    assert [piece.title for piece in pieces_of(text)] == ["Ett", "Två"]


def test_a_heading_inside_a_block_is_the_blocks_own() -> None:
    text = "# Ett\n\nText.\n\n::: callout Obs\n## Inte ett avsnitt\n:::"
    assert pieces_of(text) == [Piece("Ett", text)]


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert key_for("Kommungemensamt, 2022", ["kommungemensamt-2022"]) == "kommungemensamt-2022-2"
    assert key_for("–", []) == "avsnitt"


def test_headings_blocks_and_formats_are_no_words() -> None:
    assert words_in("## Läget just nu\n\n::: chart bro\n\nDet är {{ a/b/c | mnkr abs unit }} sämre.") == 4
