"""Each dimension has one name, wherever it is spoken of."""

from __future__ import annotations

from uppsikt.core.language import Text
from uppsikt.core.postings import DIMENSION_NAMES, DIMENSIONS


def test_every_dimension_has_a_name_and_nothing_else_has() -> None:
    assert tuple(DIMENSION_NAMES) == DIMENSIONS


def test_a_name_is_a_heading_with_a_capital_letter() -> None:
    assert DIMENSION_NAMES["marker"].capitalised == Text("Särskild kodning", "Marker")
