"""Word files by their structure: styles tell headings, numbering tells lists, comments may be marks.

A .docx is a zip of XML (ECMA-376); what is needed of it is read here directly. Deleted text of tracked
changes is left out, inserted text is read.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element as Node

from uppsikt.checks.document import Document
from uppsikt.checks.reading import Unreadable
from uppsikt.checks.reading.structured import (
    Element,
    Grid,
    GridCell,
    Head,
    Image,
    PageLine,
    Paragraph,
    built,
)
from uppsikt.checks.reading.text import UNREADABLE
from uppsikt.core.findings import Place, found
from uppsikt.core.language import Text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
MAIN = "word/document.xml"
TWIPS = 20  # to a point
LARGEST_BYTES = 30_000_000  # of one unpacked part: a thousand pages of text are smaller
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    KeyError,
    ValueError,
    ElementTree.ParseError,
    RuntimeError,
)
_HEADING_NAME = re.compile(r"^(?:heading|rubrik) ?([1-9])$", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"^(?:toc|innehåll) ?[1-9]$|^table of figures$", re.IGNORECASE)
_CAPTION_NAME = re.compile(r"^(?:caption|beskrivning)$", re.IGNORECASE)
_TITLE_NAME = re.compile(r"^(?:title|rubrik)$", re.IGNORECASE)
_LEFT_OUT = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", FALLBACK}
_LISTED_NAME = re.compile(r"^list |^punktlista|^numrerad lista", re.IGNORECASE)


def read_docx(data: bytes, *, source: str = "") -> Document:
    """The document in a Word file; raises `Unreadable` for a zip that holds none."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            package = _Package(archive)
            return built(package.elements(), source=source, kind="docx")
    except BROKEN as error:
        why = Text("den är ingen Word-fil", "it is no Word file")
        raise Unreadable(found(UNREADABLE, Place(source), source=source, why=why)) from error


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph's style says: heading level (0 for none), list, caption, table of contents."""

    level: int = 0
    is_item: bool = False
    is_caption: bool = False
    is_contents: bool = False
    indent: float = 0.0  # points


class _Package:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.styles = dict(self._styles())
        self.comments = dict(self._comments())

    def part(self, name: str) -> Node | None:
        """A part of the file, none where it has none; raises KeyError for one that is too large to be true."""
        try:
            info = self.archive.getinfo(name)
        except KeyError:
            return None
        if info.file_size > LARGEST_BYTES:
            raise KeyError(name)
        return ElementTree.fromstring(self.archive.read(info))

    def elements(self) -> Iterator[Element]:
        """The document's elements in order, then its notes, its page headers and footers."""
        main = self.part(MAIN)
        body = main.find(f"{W}body") if main is not None else None
        if body is None:
            raise KeyError(MAIN)
        yield from self._captioned(self._of(body))
        for name in ("word/footnotes.xml", "word/endnotes.xml"):
            notes = self.part(name)
            for note in notes if notes is not None else ():
                text = " ".join(_text(node) for node in note.iter(f"{W}p")).strip()
                if text and note.get(f"{W}type") is None:
                    yield Paragraph(text)
        for name in sorted(self.archive.namelist()):
            part = self.part(name) if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name) else None
            for node in part.iter(f"{W}p") if part is not None else ():
                if text := _text(node):
                    yield PageLine(text)

    def _of(self, parent: Node) -> Iterator[tuple[Element, bool]]:
        """The elements below a node, each with whether it is a caption."""
        for node in parent:
            if node.tag == f"{W}p":
                yield from self._paragraph(node)
            elif node.tag == f"{W}tbl":
                yield Grid(tuple(self._rows(node))), False
            elif node.tag in (f"{W}sdt", f"{W}ins", f"{W}customXml", f"{W}moveTo"):
                inner = node.find(f"{W}sdtContent")
                if not _is_contents(node):
                    yield from self._of(node if inner is None else inner)

    def _captioned(self, elements: Iterator[tuple[Element, bool]]) -> Iterator[Element]:
        """Captions given to the table that follows them; others stay paragraphs."""
        waiting: Paragraph | None = None
        for element, is_caption in elements:
            if waiting is not None and isinstance(element, Grid):
                element, waiting = Grid(element.rows, waiting.text), None
            if waiting is not None:
                yield waiting
                waiting = None
            if is_caption and isinstance(element, Paragraph):
                waiting = element
            else:
                yield element
        if waiting is not None:
            yield waiting

    def _paragraph(self, node: Node) -> Iterator[tuple[Element, bool]]:
        style = self._style_of(node)
        text, notes = _text(node), self._notes(node)
        if not style.is_contents and (text or (style.is_item and not style.level)):
            if style.level:
                yield Head(text, style.level, notes), False
            else:
                yield Paragraph(text, style.is_item, notes), style.is_caption
        for drawn in node.iter(DRAWN):
            yield Image(drawn.get("descr") or ""), False

    def _style_of(self, node: Node) -> _Style:
        properties = node.find(f"{W}pPr")
        if properties is None:
            return _Style()
        style = self._style_named(properties)
        outline = properties.find(f"{W}outlineLvl")
        level = int(_value(outline) or 9) + 1 if outline is not None else style.level
        numbering = properties.find(f"{W}numPr/{W}numId")
        is_item = style.is_item if numbering is None else _value(numbering) != "0"
        return _Style(level if level < 10 else 0, is_item, style.is_caption, style.is_contents)

    def _style_named(self, properties: Node) -> _Style:
        return self.styles.get(_value(properties.find(f"{W}pStyle")), _Style())

    def _styles(self) -> Iterator[tuple[str, _Style]]:
        part = self.part("word/styles.xml")
        for node in part.iter(f"{W}style") if part is not None else ():
            name = _value(node.find(f"{W}name"))
            heading = _HEADING_NAME.match(name)
            outline = node.find(f"{W}pPr/{W}outlineLvl")
            level = int(heading[1]) if heading else int(_value(outline) or 9) + 1 if outline is not None else 0
            level = 1 if _TITLE_NAME.match(name) else level
            is_item = bool(_LISTED_NAME.match(name)) or node.find(f"{W}pPr/{W}numPr") is not None
            properties = node.find(f"{W}pPr")
            made = _Style(
                level if level < 10 else 0,
                is_item,
                bool(_CAPTION_NAME.match(name)),
                bool(_CONTENTS_NAME.match(name)),
                0.0 if properties is None else _indent(properties),
            )
            yield node.get(f"{W}styleId") or "", made

    def _comments(self) -> Iterator[tuple[str, str]]:
        part = self.part("word/comments.xml")
        for node in part.iter(f"{W}comment") if part is not None else ():
            yield node.get(f"{W}id") or "", " ".join(_text(one) for one in node.iter(f"{W}p"))

    def _notes(self, node: Node) -> tuple[str, ...]:
        asked = (one.get(f"{W}id") or "" for one in node.iter(f"{W}commentReference"))
        return tuple(self.comments[one] for one in asked if one in self.comments)

    def _rows(self, table: Node) -> Iterator[tuple[GridCell, ...]]:
        for row in table.iter(f"{W}tr"):
            is_head = row.find(f"{W}trPr/{W}tblHeader") is not None
            before = row.find(f"{W}trPr/{W}gridBefore")
            empty = [GridCell("", columns=int(_value(before) or 1))] if before is not None else []
            yield (*empty, *(self._cell(node, is_head) for node in row.iter(f"{W}tc")))

    def _cell(self, node: Node, is_head: bool) -> GridCell:
        spanned = node.find(f"{W}tcPr/{W}gridSpan")
        text = " ".join(filter(None, (_text(one) for one in node.iter(f"{W}p"))))
        first = node.find(f"{W}p/{W}pPr")
        indent = 0.0 if first is None else _indent(first) or self._style_named(first).indent
        return GridCell(text, int(_value(spanned) or 1), 1, is_head, self._notes(node), indent)


def _value(node: Node | None) -> str:
    return "" if node is None else node.get(f"{W}val") or ""


def _indent(properties: Node) -> float:
    """How far in a paragraph is set, in points."""
    inset = properties.find(f"{W}ind")
    twips = "" if inset is None else inset.get(f"{W}left") or inset.get(f"{W}start") or ""
    return int(twips) / TWIPS if twips.isdigit() else 0.0


def _is_contents(node: Node) -> bool:
    gallery = node.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return _value(gallery) == "Table of Contents"


def _text(node: Node) -> str:
    return re.sub(r"[ \t\r\n]+", " ", "".join(_texts(node))).strip()


_MARKS: Mapping[str, str] = {
    f"{W}tab": " ",
    f"{W}br": " ",
    f"{W}cr": " ",
    f"{W}noBreakHyphen": "-",
}


def _texts(node: Node) -> Iterator[str]:
    for child in node:
        if child.tag in _LEFT_OUT or child.tag == f"{W}pPr":
            continue
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        else:
            yield from _texts(child)
