"""The HTML report in a real browser: no accessibility violation that axe can find, on screen wide and narrow."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(files: dict[str, bytes], tmp_path: Path, width: int) -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    axe_playwright = pytest.importorskip("axe_playwright_python.sync_playwright")
    page_file = tmp_path / "rapport.html"
    page_file.write_bytes(files["rapport.html"])
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(page_file.as_uri())
        results = axe_playwright.Axe().run(page)
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        page.screenshot(path=tmp_path / "page.png", full_page=True)
        browser.close()
    assert results.violations_count == 0, results.generate_report()
    assert overflow <= 0


def test_at_a_common_width_every_column_of_every_table_is_in_sight_and_dates_are_whole(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    page_file = tmp_path / "rapport.html"
    page_file.write_bytes(files["rapport.html"])
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(page_file.as_uri())
        page.evaluate("document.fonts.ready")
        hidden = page.evaluate(
            "[...document.querySelectorAll('div.table')].map(box => box.scrollWidth - box.clientWidth)"
        )
        lines = page.evaluate("[...document.querySelectorAll('th .day')].map(day => day.getClientRects().length)")
        typeface = page.evaluate(
            "[...document.fonts].map(face => face.family.replaceAll('\"', '') + ' ' + face.status)"
        )
        browser.close()
    assert max(hidden) <= 0
    assert lines
    assert set(lines) == {1}
    assert typeface == ["Source Sans 3 loaded"]
