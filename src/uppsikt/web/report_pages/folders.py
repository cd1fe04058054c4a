"""Where the web looks for reports to build and to write in."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from uppsikt.reports.recipe import RECIPE_FILE


def report_folders() -> dict[str, Path]:
    """The reports' folders by name: each folder with a recipe in `report-texts` of the home folder."""
    texts = Path(settings.HOME) / "report-texts"
    return {path.parent.name: path.parent for path in sorted(texts.glob(f"*/{RECIPE_FILE}"))}
