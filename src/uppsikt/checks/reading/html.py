"""HTML by its structure: headings, paragraphs, list items, tables; what isn't text of the report is left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from uppsikt.checks.document import Document
from uppsikt.checks.reading.structured import (
    Comment,
    Element,
    Grid,
    GridCell,
    Head,
    Image,
    PageLine,
    Paragraph,
    built,
)

SILENT = frozenset({"script", "style", "head", "svg", "nav", "template", "noscript", "math", "select", "button"})
BREAKING = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "ul",
    ]
)
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_HEADING = re.compile(r"h[1-6]")
_SPACES = re.compile(r"[ \t\r\n\f]+")  # a hard space stays: it may stand within a number
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
_PADDING = re.compile(r"(?:padding-left|text-indent|margin-left)\s*:\s*(\d+(?:\.\d+)?)(px|pt|em|rem)")
_LEVEL = re.compile(r"\b(?:level|indent|in)-?([1-9])\b")
POINTS = {"px": 0.75, "pt": 1.0, "em": 12.0, "rem": 12.0}
LEVEL_POINTS, SPACE_POINTS = 12.0, 3.0
WIDEST = 200  # squares that one cell may cover: more is a mistake in the file


def read_html(data: bytes, *, source: str = "") -> Document:
    """The document in an HTML file; broken HTML is read as far as it goes."""
    reader = _Reader()
    reader.feed(_decoded(data))
    reader.close()
    reader.flush()
    return built(reader.elements, source=source, kind="html")


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    named = _CHARSET.search(data[:4096])
    try:
        return data.decode(named[1].decode("ascii") if named else "utf-8-sig")
    except (UnicodeDecodeError, LookupError):
        return data.decode("cp1252", errors="replace")


@dataclass(slots=True)
class _Open:
    """A table being read; tables in its cells are read as text of the cell."""

    rows: list[list[GridCell]] = field(default_factory=list)
    caption: str = ""
    attributes: dict[str, str | None] = field(default_factory=dict)
    cell: str = ""  # "td", "th" or "caption" while inside one
    in_head: bool = False
    depth: int = 0


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.texts: list[str] = []
        self.notes: list[str] = []
        self.block = "p"
        self.silent: list[str] = []
        self.table: _Open | None = None
        self.footers = 0  # how many footers stand open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.silent or tag in SILENT:
            if tag not in VOID:
                self.silent.append(tag)
            if tag == "svg" and self.table is None and len(self.silent) == 1:
                self.flush()
                self.elements.append(Image(dict(attrs).get("aria-label") or ""))
            return
        if tag == "img":
            self._image(dict(attrs))
        elif tag == "br":
            self.texts.append(" ")
        elif tag == "table" or self.table is not None:
            self._in_table(tag, dict(attrs))
        elif tag in BREAKING or _HEADING.fullmatch(tag):
            self.flush()
            self.block = tag
            self.footers += tag == "footer"

    def handle_endtag(self, tag: str) -> None:
        if self.silent:
            if tag in self.silent:
                del self.silent[len(self.silent) - 1 - self.silent[::-1].index(tag) :]
            return
        if self.table is not None:
            self._out_of_table(tag)
        elif tag in BREAKING or _HEADING.fullmatch(tag):
            self.flush()
            self.block = "p"
            self.footers -= tag == "footer" and self.footers > 0

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        if not self.silent:
            self.notes.append(data)

    def flush(self) -> None:
        """Close the paragraph being read."""
        text, notes = self._taken()
        text = text.strip()
        if not text and self.block != "li":
            self.elements += [Comment(note) for note in notes]
        elif _HEADING.fullmatch(self.block):
            self.elements.append(Head(text, int(self.block[1]), notes))
        elif self.footers:
            self.elements.append(PageLine(text))
        else:
            self.elements.append(Paragraph(text, self.block == "li", notes))

    def _taken(self) -> tuple[str, tuple[str, ...]]:
        text, notes = _SPACES.sub(" ", "".join(self.texts)).strip(" "), tuple(self.notes)
        self.texts, self.notes = [], []
        return text, notes

    def _image(self, attributes: dict[str, str | None]) -> None:
        if self.table is None:
            self.flush()
            self.elements.append(Image(attributes.get("alt") or ""))

    def _in_table(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "table":
            if self.table is None:
                self.flush()
                self.table = _Open()
            self.table.depth += 1
        table = self.table
        if table is None or table.depth > 1:
            self.texts.append(" ")
            return
        if tag in ("thead", "tbody", "tfoot"):
            table.in_head = tag == "thead"
        if tag in ("tr", "td", "th", "caption", "tbody", "thead", "tfoot"):
            self._close_cell()
        if tag == "tr":
            table.rows.append([])
        elif tag in ("td", "th", "caption"):
            table.cell, table.attributes = tag, attributes
        else:
            self.texts.append(" ")

    def _out_of_table(self, tag: str) -> None:
        table = self.table
        assert table is not None
        if tag == "table":
            table.depth -= 1
            if table.depth == 0:
                self._close_cell()
                self._close_table(table)
        elif table.depth == 1 and tag in ("td", "th", "caption", "tr", "thead", "tbody", "tfoot"):
            self._close_cell()
        elif tag in BREAKING:
            self.texts.append(" ")

    def _close_cell(self) -> None:
        table = self.table
        assert table is not None
        text, notes = self._taken()
        if table.cell == "caption":
            table.caption = text.strip()
        elif table.cell:
            if not table.rows:
                table.rows.append([])
            is_head = table.in_head or (table.cell == "th" and table.attributes.get("scope") != "row")
            columns, rows = _many(table.attributes.get("colspan")), _many(table.attributes.get("rowspan"))
            indent = _indent(text, table.attributes)
            table.rows[-1].append(GridCell(text.strip(), columns, rows, is_head, notes, indent))
        table.cell = ""

    def _close_table(self, table: _Open) -> None:
        self.table = None
        rows = tuple(tuple(row) for row in table.rows if row)
        if rows:
            self.elements.append(Grid(rows, table.caption))


def _indent(text: str, attributes: Mapping[str, str | None]) -> float:
    """How far in a cell is set, in points: by its style, by the level its class names, by hard spaces."""
    padded = _PADDING.search(attributes.get("style") or "")
    level = _LEVEL.search(attributes.get("class") or "")
    spaces = len(text) - len(text.lstrip("\u00a0\u2002\u2003"))
    styled = float(padded[1]) * POINTS[padded[2]] if padded else 0.0
    return styled + (int(level[1]) * LEVEL_POINTS if level else 0.0) + spaces * SPACE_POINTS


def _many(text: str | None) -> int:
    return min(int(text), WIDEST) if text and text.isdigit() and int(text) else 1
