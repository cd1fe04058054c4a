"""Plain text: lines as they are; pages by form feeds."""

from __future__ import annotations

from dataclasses import replace

from uppsikt.checks.document import Document, Line
from uppsikt.checks.marks import taken_out
from uppsikt.checks.reading import Unreadable
from uppsikt.checks.reading.blocks import blocks_of
from uppsikt.core.findings import Place, Severity, define, found
from uppsikt.core.language import Text

UNREADABLE = define(
    "K090",
    Severity.ERROR,
    says_sv="{source} går inte att läsa som en rapport: {why}.",
    says_en="{source} can't be read as a report: {why}.",
    do_sv="Ange en PDF-, Word-, HTML- eller textfil som öppnas i sitt eget program.",
    do_en="Give a PDF, Word, HTML or text file that opens in its own program.",
    source="rapport.pdf",
    why=Text("filen är tom", "the file is empty"),
)
MOST_CONTROL = 0.02  # share of control characters above which bytes are no text


def decoded(data: bytes, source: str) -> str:
    """The text in bytes: UTF-8, UTF-16 with its mark, or Windows-1252; raises `Unreadable` for what is no text."""
    if not data.strip():
        raise Unreadable(
            found(UNREADABLE, Place(source), source=source, why=Text("filen är tom", "the file is empty"))
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    controls = sum(1 for char in text[:20000] if char < " " and char not in "\n\r\t\f")
    if controls > MOST_CONTROL * min(len(text), 20000):
        why = Text("den innehåller inte text", "it holds no text")
        raise Unreadable(found(UNREADABLE, Place(source), source=source, why=why))
    return text


def read_text(text: str, *, source: str = "") -> Document:
    """The document in a plain text; line numbers are the file's own."""
    lines: list[Line] = []
    page = 1
    raws, marks = taken_out(text.replace("\r\n", "\n").split("\n"))
    for number, raw in enumerate(raws, start=1):
        if "\f" in raw:
            page += raw.count("\f")
            raw = raw.replace("\f", " ")
        lines.append(Line(number, raw.expandtabs() if "\t" in raw else raw, page))
    return replace(blocks_of(tuple(lines), source=source, kind="text"), marks=marks)
