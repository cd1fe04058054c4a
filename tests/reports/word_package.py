"""Whether a Word file is sound: what Word refuses to open, or offers to repair, is said. After ECMA-376."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def faults_of_word_file(content: bytes) -> list[str]:
    """Parts without a type or a file, relations that lead nowhere, numbers used twice, tables that aren't even."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body = ET.fromstring(parts["word/document.xml"])[0]
    return [*_of_types(parts), *_of_relations(parts), *_of_body(body, parts)]


def _of_types(parts: dict[str, bytes]) -> Iterator[str]:
    types = ET.fromstring(parts["[Content_Types].xml"])
    endings = {one.get("Extension") for one in types if one.tag.endswith("Default")}
    named = {str(one.get("PartName")).lstrip("/") for one in types if one.tag.endswith("Override")}
    untyped = (name for name in parts if name not in named and name.rpartition(".")[2] not in endings)
    yield from (f"{name} has no type" for name in untyped)
    yield from (f"{name} is typed and not there" for name in named if name not in parts)


def _of_relations(parts: dict[str, bytes]) -> Iterator[str]:
    for name in (one for one in parts if one.endswith(".rels")):
        base = posixpath.dirname(posixpath.dirname(name))
        relations = list(ET.fromstring(parts[name]))
        for one in relations:
            target = posixpath.normpath(posixpath.join(base, str(one.get("Target")))).lstrip("/")
            if one.get("TargetMode") != "External" and target not in parts:
                yield f"{name} leads to {target}, which is not there"
        owner = posixpath.join(base, posixpath.basename(name)[:-5])
        used = set(re.findall(r'r:(?:id|embed|link)="([^"]+)"', parts.get(owner, b"").decode()))
        yield from (f"{owner} uses {key}" for key in used - {str(one.get("Id")) for one in relations})


def _of_body(body: ET.Element, parts: dict[str, bytes]) -> Iterator[str]:
    for tag, key in ((_DRAWING, "id"), (f"{_W}bookmarkStart", f"{_W}id")):
        numbers = [one.get(key) for one in body.iter(tag)]
        yield from (f"{tag} {number} twice" for number in set(numbers) if numbers.count(number) > 1)
    styles = {one.get(f"{_W}styleId") for one in ET.fromstring(parts["word/styles.xml"]).iter(f"{_W}style")}
    for tag in ("pStyle", "rStyle", "tblStyle"):
        used = {one.get(f"{_W}val") for one in body.iter(f"{_W}{tag}")}
        yield from (f"no style {style}" for style in used - styles)
    for table in body.iter(f"{_W}tbl"):
        width = len(table.findall(f"{_W}tblGrid/{_W}gridCol"))
        for row in table.findall(f"{_W}tr"):
            cells = row.findall(f"{_W}tc")
            if sum(map(_span, cells)) != width:
                yield f"a row of {sum(map(_span, cells))} in a table of {width}"
            yield from ("a cell that doesn't end in a paragraph" for cell in cells if cell[-1].tag != f"{_W}p")
    if body[-1].tag != f"{_W}sectPr":
        yield "the body doesn't end in its section"


def _span(cell: ET.Element) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    return 1 if span is None else int(str(span.get(f"{_W}val")))
