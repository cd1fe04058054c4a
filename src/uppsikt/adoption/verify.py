"""Whether every adopted version still recomputes to the figures it was adopted with.

`planning.verify` has compared the files with their hashes; here the figures are computed anew from those files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb

from uppsikt.adoption.changes import FigureChange, figures_changed
from uppsikt.adoption.findings import FIGURE_DIFFERS, NOT_RECOMPUTABLE
from uppsikt.adoption.frozen import FIGURES_FILE, figures_of, frozen_engine
from uppsikt.core.findings import Finding, found
from uppsikt.core.formats import ABSENT, to_the_ore
from uppsikt.ledger.selectors import all_batches
from uppsikt.planning.freeze import MANIFEST, frozen_folder
from uppsikt.planning.selectors import VersionRow, adopted_versions


def verify_adopted() -> list[Finding]:
    """A finding for each adopted version whose figures come out otherwise, or can't be computed any more."""
    posting_files = {own.content_hash: own.posting_file for own in all_batches()}
    return [finding for version in adopted_versions() for finding in _faults(version, posting_files)]


def _faults(version: VersionRow, posting_files: dict[str, Path]) -> Iterator[Finding]:
    name = f"{version.round_key} {version.number}"
    folder = frozen_folder(version.round_key, version.frozen_hash)
    if not (folder / MANIFEST).is_file() or FIGURES_FILE not in json.loads((folder / MANIFEST).read_text())["files"]:
        return  # gone, which the hashes tell; or adopted without figures
    try:
        kept = json.loads((folder / FIGURES_FILE).read_text(encoding="utf-8"))
        with frozen_engine(folder, posting_files) as (frozen, engine):
            changes = list(figures_changed(kept, figures_of(frozen, engine)))
    except (OSError, ValueError, KeyError, TypeError, duckdb.Error) as error:
        yield found(NOT_RECOMPUTABLE, round=name, missing=str(error))
        return
    if changes:
        yield _difference(name, changes)


def _difference(name: str, changes: list[FigureChange]) -> Finding:
    first = changes[0]
    facts = {"then": _shown(first.before), "now": _shown(first.after)}
    return found(FIGURE_DIFFERS, round=name, address=first.address, count=len(changes), **facts)


def _shown(value: int | str | None) -> str:
    if value is None:
        return ABSENT
    return to_the_ore(value) if isinstance(value, int) else value
