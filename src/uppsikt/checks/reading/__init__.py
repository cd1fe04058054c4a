"""Readers: one for each kind of file, all making the same `Document`."""

from __future__ import annotations

from pathlib import Path

from uppsikt.checks.document import Document
from uppsikt.core.findings import Finding


class Unreadable(ValueError):
    """The file can't be read as a report; carries the finding that says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


def read(path: Path) -> Document:
    """The report in a file, by the file's own first bytes; raises `Unreadable`."""
    from uppsikt.checks.reading.text import read_text

    return read_text(path.read_text(encoding="utf-8"), source=path.name)
