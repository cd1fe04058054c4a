"""The HTML report in a real browser: no accessibility violation that axe can find, on screen wide and narrow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import CHROMIUM, violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]


@pytest.fixture
def opened(chromium: Any, files: dict[str, bytes], tmp_path: Path) -> Iterator[Callable[[int], Any]]:
    """The report in a window of a width."""
    page = chromium.new_page()
    page_file = tmp_path / "rapport.html"
    page_file.write_bytes(files["rapport.html"])

    def open_in(width: int) -> Any:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(page_file.as_uri())
        return page

    yield open_in
    page.close()


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(opened: Callable[[int], Any], width: int) -> None:
    page = opened(width)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_at_a_common_width_every_column_of_every_table_is_in_sight_and_dates_are_whole(
    opened: Callable[[int], Any],
) -> None:
    page = opened(1280)
    page.evaluate("document.fonts.ready")
    hidden = page.evaluate(
        "[...document.querySelectorAll('div.table')].map(box => box.scrollWidth - box.clientWidth)"
    )
    lines = page.evaluate("[...document.querySelectorAll('th .day')].map(day => day.getClientRects().length)")
    typeface = page.evaluate("[...document.fonts].map(face => face.family.replaceAll('\"', '') + ' ' + face.status)")
    assert max(hidden) <= 0
    assert lines
    assert set(lines) == {1}
    assert typeface == ["Source Sans 3 loaded"]
