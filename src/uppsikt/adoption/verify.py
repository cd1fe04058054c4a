"""Whether every adopted version still recomputes to the figures it was adopted with.

`planning.verify` has compared the files with their hashes; here the figures are computed anew from those files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb

from uppsikt.adoption.changes import FigureChange, figures_changed
from uppsikt.adoption.findings import ADOPTED_WITHOUT_FIGURES, FIGURE_DIFFERS, NOT_RECOMPUTABLE, RECORD_CHANGED
from uppsikt.adoption.frozen import FIGURES_FILE, FORECASTS_FILE, TEXTS_FILE, figures_of, frozen_engine
from uppsikt.adoption.pins import record_facts
from uppsikt.core.findings import Finding, found
from uppsikt.core.formats import ABSENT, to_the_ore
from uppsikt.core.hashes import canonical_json
from uppsikt.core.language import Text
from uppsikt.ledger.selectors import all_batches
from uppsikt.planning.freeze import MANIFEST, frozen_folder
from uppsikt.planning.selectors import VersionRow, adopted_versions, round_row

_RECORDS = {
    "forecasts": Text("prognoserna", "the forecasts"),
    "explanations": Text("förklaringarna", "the explanations"),
    "answers": Text("svaren", "the answers"),
}


def verify_adopted(round_key: str | None = None, number: int | None = None) -> list[Finding]:
    """A finding for each adopted version whose figures come out otherwise, or can't be computed any more.

    Of all rounds, or of one, or of one of its versions.
    """
    posting_files = {own.content_hash: own.posting_file for own in all_batches()}
    asked = [own for own in adopted_versions(round_key) if number in (None, own.number)]
    return [finding for version in asked for finding in _faults(version, posting_files)]


def _faults(version: VersionRow, posting_files: dict[str, Path]) -> Iterator[Finding]:
    name = f"{version.round_key} {version.number}"
    folder = frozen_folder(version.round_key, version.frozen_hash)
    if not (folder / MANIFEST).is_file():
        return  # gone, which the hashes tell
    try:
        if FIGURES_FILE not in json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]:
            yield found(ADOPTED_WITHOUT_FIGURES, round=name)
            return
        kept = json.loads((folder / FIGURES_FILE).read_text(encoding="utf-8"))
        with frozen_engine(folder, posting_files) as (frozen, engine):
            changes = list(figures_changed(kept, figures_of(frozen, engine)))
        yield from _record_faults(version, folder)
    except (OSError, ValueError, KeyError, TypeError, duckdb.Error) as error:
        yield found(NOT_RECOMPUTABLE, round=name, missing=str(error))
        return
    if changes:
        yield _difference(name, changes)


def _record_faults(version: VersionRow, folder: Path) -> Iterator[Finding]:
    """What stands in the database of the version that stands, against what was pinned of it."""
    row = round_row(version.round_key)
    if row is None or row.frozen_hash != version.frozen_hash:
        return  # an older version, or one that is being corrected
    pinned = json.loads((folder / TEXTS_FILE).read_text(encoding="utf-8"))
    pinned["forecasts"] = json.loads((folder / FORECASTS_FILE).read_text(encoding="utf-8"))
    held = json.loads(canonical_json(record_facts(row)))
    for key, what in _RECORDS.items():
        if held[key] != pinned[key]:
            yield found(RECORD_CHANGED, round=version.round_key, what=what)


def _difference(name: str, changes: list[FigureChange]) -> Finding:
    first = changes[0]
    facts = {"then": _shown(first.before), "now": _shown(first.after)}
    return found(FIGURE_DIFFERS, round=name, address=first.address, count=len(changes), **facts)


def _shown(value: int | str | None) -> str:
    if value is None:
        return ABSENT
    return to_the_ore(value) if isinstance(value, int) else value
