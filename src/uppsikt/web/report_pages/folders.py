"""Where the web looks for reports to build and to write in."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from uppsikt.reports.recipe import RECIPE_FILE


def reports_root() -> Path:
    """The folder of the reports' folders: `report-texts` of the home folder."""
    return Path(settings.HOME) / "report-texts"


def report_folders() -> dict[str, Path]:
    """The reports' folders by name: each folder with a recipe."""
    return {path.parent.name: path.parent for path in sorted(reports_root().glob(f"*/{RECIPE_FILE}"))}
