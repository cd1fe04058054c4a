"""Reads of adopted versions: what each changed, and the figures it keeps."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from uppsikt.adoption.changes import VersionChanges
from uppsikt.adoption.comparing import changes_between
from uppsikt.adoption.frozen import FIGURES_FILE, LEDGER_FILE, STATEMENTS_FILE, TEXTS_FILE
from uppsikt.adoption.naming import NamedChanges, named_changes
from uppsikt.planning.freeze import MANIFEST, frozen_folder
from uppsikt.planning.selectors import VersionRow, adopted_versions

_NOT_WHOLE = (OSError, ValueError, KeyError, TypeError)


@dataclass(frozen=True, slots=True)
class Kept:
    """How much a version keeps, counted from its folder."""

    figures: int
    batches: int
    statements: int
    explanations: int
    sections: int


@dataclass(frozen=True, slots=True)
class Adopted:
    """An adopted version with what it keeps, and what it changed against the one before (None for the first).

    `kept` and `changes` are None where the folder isn't whole: `uppsikt verify` says what is gone. `named` says the
    changes in names, as the statements show them.
    """

    version: VersionRow
    kept: Kept | None
    changes: VersionChanges | None

    @property
    def named(self) -> NamedChanges | None:
        """The changes in names; None where there are none to tell, or the folder isn't whole."""
        if self.changes is None:
            return None
        try:
            return named_changes(frozen_folder(self.version.round_key, self.version.frozen_hash), self.changes)
        except _NOT_WHOLE:
            return None


def adopted(round_key: str) -> list[Adopted]:
    """Every adopted version of a round, the oldest first (one query, the rest from its folders)."""
    versions = adopted_versions(round_key)
    folders = [frozen_folder(own.round_key, own.frozen_hash) for own in versions]
    before: list[Path | None] = [None, *folders]
    return [
        Adopted(own, _kept(folder), _changes(earlier, folder))
        for own, folder, earlier in zip(versions, folders, before, strict=False)
    ]


def _changes(before: Path | None, after: Path) -> VersionChanges | None:
    try:
        return changes_between(before, after) if before else None
    except _NOT_WHOLE:
        return None


def _kept(folder: Path) -> Kept | None:
    try:
        contents = {name: json.loads((folder / name).read_text(encoding="utf-8")) for name in _files(folder)}
        texts = contents[TEXTS_FILE]
        return Kept(
            len(contents[FIGURES_FILE]),
            len(contents[LEDGER_FILE]),
            len(contents[STATEMENTS_FILE]),
            len(texts["explanations"]),
            sum(len(own) for own in texts["sections"].values()),
        )
    except _NOT_WHOLE:
        return None


def _files(folder: Path) -> list[str]:
    files = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
    return [name for name in files if name.endswith(".json")]
