"""PDF by position: characters into lines, lines into columns of text, pictures noted.

The order of characters in a PDF file is the order they were drawn in; what belongs together is told here by
where they stand. `pypdfium2` gives the characters (about 300 000 a second).
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from types import ModuleType
from typing import Any

from uppsikt.checks.document import Box, Document, Line, Picture
from uppsikt.checks.reading import Unreadable
from uppsikt.checks.reading.blocks import blocks_of
from uppsikt.checks.reading.glyphs import Glyph, line_of, rows_of
from uppsikt.checks.reading.gutters import in_reading_order
from uppsikt.checks.reading.text import UNREADABLE
from uppsikt.core.findings import Place, found
from uppsikt.core.language import Text

EDGE_LINES = 2  # lines at the top and bottom of a page that may be its header or footer
APART = 0.35  # of a line's height beyond the usual gap: an empty line stands between
SMALLEST_PICTURE = (120.0, 50.0)  # points; less is a logo or an ornament
HYPHENS = {0x02: "-", 0xAD: "-", 0xFFFE: "-"}  # how a divided word's hyphen comes out of the library
SPECIAL = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", **HYPHENS}
BLANKS = frozenset(range(33)) - HYPHENS.keys() | {0xA0, 0x202F, 0x2009, 0x2007, 0x200B}


def read_pdf(data: bytes, *, source: str = "") -> Document:
    """The document in a PDF; raises `Unreadable` for a broken or locked file."""
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    pdf: Any = None
    try:
        pdf = pdfium.PdfDocument(data)
        return _document(pdf, raw, source)
    except pdfium.PdfiumError as error:
        why = Text("PDF:en är trasig eller låst", "the PDF is broken or locked")
        raise Unreadable(found(UNREADABLE, Place(source), source=source, why=why)) from error
    finally:
        if pdf is not None:
            pdf.close()


def _document(pdf: Any, raw: ModuleType, source: str) -> Document:
    lines: list[Line] = []
    pictures: list[Picture] = []
    edges: set[int] = set()
    sizes: list[tuple[float, float]] = []
    for number in range(len(pdf)):
        page = pdf[number]
        sizes.append(page.get_size())
        made = list(_lines(page, raw, number + 1, len(lines)))
        by_height = sorted((line for line in made if line.text), key=lambda line: line.top)
        edges.update(line.number for line in by_height[:EDGE_LINES] + by_height[-EDGE_LINES:])
        lines += made
        pictures += _pictures(page, raw, number + 1, sizes[-1][1], made)
        page.close()
    kept = frozenset(edges) if len(sizes) > 1 else frozenset()
    return blocks_of(tuple(lines), source=source, kind="pdf", pictures=pictures, edges=kept, page_sizes=tuple(sizes))


def _lines(page: Any, raw: ModuleType, number: int, before: int) -> Iterator[Line]:
    """The page's lines; where more room than usual stands between two, an empty one."""
    made = [line_of(row) for row in in_reading_order(rows_of(_glyphs(page, raw)))]
    gaps = sorted(after.top - line.bottom for line, after in pairwise(made) if after.top > line.top)
    usual = gaps[len(gaps) // 3] if gaps else 0.0
    index = before
    for place, line in enumerate(made):
        above = made[place - 1] if place else line
        height = line.bottom - line.top
        if place == 0 or line.top - above.bottom > max(usual, 0.0) + APART * height or line.top < above.top:
            index += 1
            yield Line(index, "", number, (), (), line.top, line.top)
        index += 1
        yield replace(line, number=index, page=number)


def _glyphs(page: Any, raw: ModuleType) -> Iterator[Glyph]:
    """The page's characters with their boxes from its top left corner."""
    text_page = page.get_textpage()
    handle = text_page.raw
    left, bottom, right, top = page.get_bbox()
    turned = page.get_rotation()
    box = raw.FS_RECTF()
    reference = ctypes.byref(box)
    new = tuple.__new__  # a named tuple without the cost of naming
    unicode_of, box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    for index in range(text_page.count_chars()):
        code = unicode_of(handle, index)
        if code in BLANKS:
            continue
        box_of(handle, index, reference)
        x0, x1, y0, y1 = box.left - left, box.right - left, top - box.top, top - box.bottom
        if turned:
            x0, x1, y0, y1 = _turned(turned, x0, x1, y0, y1, right - left, top - bottom)
        if x1 > x0 or y1 > y0:
            yield new(Glyph, (SPECIAL.get(code) or chr(code), x0, x1, y0, y1, index))
    text_page.close()


def _turned(
    turned: int, x0: float, x1: float, y0: float, y1: float, width: float, height: float
) -> tuple[float, float, float, float]:
    if turned == 90:
        return height - y1, height - y0, x0, x1
    if turned == 270:
        return y0, y1, width - x1, width - x0
    return width - x1, width - x0, height - y1, height - y0


def _pictures(page: Any, raw: ModuleType, number: int, height: float, lines: list[Line]) -> Iterator[Picture]:
    """Pictures large enough to hold a table or a chart, after the line above them."""
    for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, bottom, right, top = one.get_bounds()
        if right - left < SMALLEST_PICTURE[0] or top - bottom < SMALLEST_PICTURE[1]:
            continue
        if (right - left) * (top - bottom) > 0.85 * height * page.get_size()[0]:
            continue  # a background or a scanned page
        box = Box(number, left, height - top, right, height - bottom)
        above = [line.number for line in lines if line.bottom <= box.top + 2]
        if lines:
            yield Picture(max(above, default=lines[0].number), box)
