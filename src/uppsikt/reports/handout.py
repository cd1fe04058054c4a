"""Lay an edition's files where somebody wants them."""

from __future__ import annotations

import shutil
from pathlib import Path

from uppsikt.reports.renderers import FILE_NAMES
from uppsikt.reports.selectors import EditionRow, edition_file


def hand_out(edition: EditionRow, folder: Path) -> tuple[Path, ...]:
    """Copy the rendered files of an edition to a folder; returns where they lie."""
    folder.mkdir(parents=True, exist_ok=True)
    copies = []
    for name in FILE_NAMES.values():
        source = edition_file(edition, name)
        if source:
            copies.append(Path(shutil.copyfile(source, folder / name)))
    return tuple(copies)
