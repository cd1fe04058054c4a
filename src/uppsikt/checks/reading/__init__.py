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
    """The report in a file; raises `Unreadable`."""
    return read_bytes(path.read_bytes(), source=path.name)


def read_bytes(data: bytes, *, source: str = "") -> Document:
    """The report in a file's bytes, its kind told by the first of them; raises `Unreadable`."""
    if data[:1024].lstrip().startswith(b"%PDF"):
        from uppsikt.checks.reading.pdf import read_pdf

        return read_pdf(data, source=source)
    if data.startswith(b"PK\x03\x04"):
        from uppsikt.checks.reading.docx import read_docx

        return read_docx(data, source=source)
    if _is_html(data):
        from uppsikt.checks.reading.html import read_html

        return read_html(data, source=source)
    from uppsikt.checks.reading.text import decoded, read_text

    return read_text(decoded(data, source), source=source)


def _is_html(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data[:2048].decode("utf-16", errors="ignore").encode()
    begin = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return begin.startswith((b"<!doctype html", b"<html", b"<?xml")) or b"<body" in begin or b"<table" in begin
