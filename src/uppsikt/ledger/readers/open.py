"""Which reader a file wants, told from its content: the name on a downloaded file says little."""

from __future__ import annotations

import re
from pathlib import Path

from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.language import Text
from uppsikt.core.workbooks import is_workbook
from uppsikt.ledger.findings import EMPTY, NOT_A_LEDGER, UNREADABLE, WRONG_PROFILE
from uppsikt.ledger.profiles import Profile
from uppsikt.ledger.readers.base import Header, LedgerFile
from uppsikt.ledger.readers.sie4 import read_sie4
from uppsikt.ledger.readers.sie5 import read_sie5
from uppsikt.ledger.readers.table import read_table

_LOOKED_AT_BYTES = 4096
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8"}
_SIE4 = re.compile(r"#[A-Z]{2,12}\b")
_HTML = re.compile(r"<(!doctype\s+)?html\b", re.IGNORECASE)
_FOREIGN = (
    (b"%PDF", Text("en PDF", "a PDF")),
    (b"\xd0\xcf\x11\xe0", Text("en arbetsbok i Excels gamla format (XLS)", "a workbook in Excel's old format (XLS)")),
    (b"\x1f\x8b", Text("en packad fil (GZIP)", "a compressed file (GZIP)")),
)
_KINDS = {"sie": Text("SIE", "SIE"), "table": Text("en tabell", "a table")}


def open_ledger_file(path: Path, profile: Profile) -> LedgerFile:
    """The file as its reader gives it. A file no reader wants gives no postings and a finding that says why."""
    try:
        with path.open("rb") as stream:
            begins = stream.read(_LOOKED_AT_BYTES)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        return _refused(found(UNREADABLE, Place(path.name), why=reason))
    kind = kind_of(begins)
    if isinstance(kind, Text):
        return _refused(found(NOT_A_LEDGER, Place(path.name), what=kind))
    if kind == "empty":
        return _refused(found(EMPTY, Place(path.name)))
    needed = "table" if kind == "table" else "sie"
    if profile.format != needed:
        expected, actual = _KINDS[profile.format], _KINDS[needed]
        at = Place(path.name)
        return _refused(found(WRONG_PROFILE, at, profile=profile.name, expected=expected, actual=actual))
    if kind == "table":
        return read_table(path, profile)
    return read_sie5(path) if kind == "sie5" else read_sie4(path)


def kind_of(begins: bytes) -> str | Text:
    """ "sie4", "sie5", "table" or "empty" from a file's first bytes; what it is instead, as a text."""
    for mark, what in _FOREIGN:
        if begins.startswith(mark):
            return what
    if is_workbook(begins):
        return "table"
    encoding = next((name for mark, name in _MARKS.items() if begins.startswith(mark)), "latin-1")
    text = begins.decode(encoding, errors="replace").lstrip("\ufeff \t\r\n")
    if not text:
        return "empty"
    if _HTML.search(text):
        return Text("en webbsida", "a web page")
    if text.startswith("<"):
        return "sie5"
    if _SIE4.match(text):
        return "sie4"
    return Text("en binär fil", "a binary file") if "\x00" in text else "table"


def _refused(finding: Finding) -> LedgerFile:
    return LedgerFile(Header(""), iter(()), findings=[finding])
