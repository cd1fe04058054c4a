"""Reads of adopted versions: what each changed, and the figures it keeps."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from uppsikt.adoption.changes import VersionChanges
from uppsikt.adoption.comparing import changes_between
from uppsikt.adoption.frozen import FIGURES_FILE, LEDGER_FILE, STATEMENTS_FILE, TEXTS_FILE, read_frozen
from uppsikt.adoption.naming import NamedChanges, named_changes
from uppsikt.adoption.pins import pin, reports_of
from uppsikt.figures.definitions import StatementDefinition
from uppsikt.planning.freeze import MANIFEST, frozen_folder, trial
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import VersionRow, adopted_versions
from uppsikt.reports.selectors import editions
from uppsikt.reports.writing.selectors import manuscript
from uppsikt.rounds.record import record_of

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
    def definitions(self) -> Sequence[StatementDefinition]:
        """The statements as the version holds them; none where the folder isn't whole."""
        try:
            return read_frozen(frozen_folder(self.version.round_key, self.version.frozen_hash)).definitions
        except _NOT_WHOLE:
            return ()

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


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a correction would change, were it adopted now: computed as what an adopted one did change."""

    changes: VersionChanges
    named: NamedChanges


def foreseen(row: RoundRow, as_of: date) -> Foreseen | None:
    """The changes against the version before, from a folder that is written as adopting writes it and thrown away.

    None for a round's first version, or where the folder of the one before isn't whole.
    """
    versions = adopted_versions(row.key)
    if not versions:
        return None
    with trial(row, as_of, pin) as folder:
        changes = _changes(frozen_folder(row.key, versions[-1].frozen_hash), folder)
        return None if changes is None else Foreseen(changes, named_changes(folder, changes))


def unapproved_sections(row: RoundRow) -> list[str]:
    """The titles of the sections, of the reports that belong to the round, that nobody has approved."""
    keys = reports_of(record_of(row.key), [own for own in editions() if own.round_key == row.key])
    kept = [own for key in keys if (own := manuscript(key))]
    return [section.title for own in kept for section in own.unapproved]


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
