"""Two versions of a round side by side, read from their folders."""

from __future__ import annotations

import json
from pathlib import Path

from uppsikt.adoption.changes import StandingForecast, VersionChanges, figures_changed, forecasts_changed
from uppsikt.adoption.frozen import FIGURES_FILE, FORECASTS_FILE, LEDGER_FILE, STATEMENTS_FILE, TEXTS_FILE
from uppsikt.planning.freeze import BUDGET_FILE, CODE_PLAN_FILE, MANIFEST

_OTHERS = (BUDGET_FILE, CODE_PLAN_FILE, LEDGER_FILE, STATEMENTS_FILE, TEXTS_FILE)


def changes_between(before: Path, after: Path) -> VersionChanges:
    """What differs between two frozen folders of one round."""
    old, new = _files(before), _files(after)
    return VersionChanges(
        tuple(figures_changed(_read(before / FIGURES_FILE), _read(after / FIGURES_FILE))),
        tuple(forecasts_changed(_forecasts(before), _forecasts(after))),
        tuple(name for name in _OTHERS if old.get(name) != new.get(name)),
    )


def _read(path: Path) -> dict[str, int | str | None]:
    content: dict[str, int | str | None] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _files(folder: Path) -> dict[str, str]:
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return {name: facts["hash"] for name, facts in manifest["files"].items()}


def _forecasts(folder: Path) -> list[StandingForecast]:
    return [StandingForecast(**own) for own in json.loads((folder / FORECASTS_FILE).read_text(encoding="utf-8"))]
