"""Definitions laid out: labels and titles with and without what fills them."""

from __future__ import annotations

import pytest

from uppsikt.core.language import Text
from uppsikt.figures.labels import plain_title


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Enheter {unit}", "Enheter"),
        ("Intäkter och kostnader {unit}", "Intäkter och kostnader"),
        ("{unit}: prognos {round}, hela året", "prognos, hela året"),
        ("Nettoredovisning", "Nettoredovisning"),
    ],
)
def test_a_plain_title_has_no_places_to_fill(title: str, plain: str) -> None:
    assert plain_title(Text(title, title)) == Text(plain, plain)
