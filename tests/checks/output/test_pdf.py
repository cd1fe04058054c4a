"""The marked PDF: the report as it was, with highlights where the figures stand, however the page is turned."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
import pypdfium2
import pytest

from tests.checks.small import typeset
from uppsikt.checks.output.pdf import as_pdf, not_a_pdf
from uppsikt.checks.reading import read_bytes
from uppsikt.checks.running import outcome_of


def marked(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(as_pdf(data, outcome_of(read_bytes(data, source="r.pdf"), "r.pdf"))))


def kept_of(pdf: pikepdf.Pdf, subtype: str) -> list[Any]:
    return [one for one in pdf.pages[0].get("/Annots", []) if one.Subtype == subtype]


def changed(data: bytes, **keys: object) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        for key, value in keys.items():
            pdf.pages[0].obj[f"/{key}"] = value
        kept = BytesIO()
        pdf.save(kept)
        return kept.getvalue()


def drawn_turned(data: bytes, turned: int) -> bytes:
    """The same page as scanners and landscape pages have it: drawn lying, shown upright by its turning."""
    with pikepdf.open(BytesIO(data)) as pdf:
        page = pdf.pages[0]
        _, _, width, height = (float(edge) for edge in page.mediabox)
        matrix = {
            90: f"0 1 -1 0 {height} 0",
            180: f"-1 0 0 -1 {width} {height}",
            270: f"0 -1 1 0 0 {width}",
        }.get(turned, "1 0 0 1 0 0")
        page.contents_add(f"q {matrix} cm".encode(), prepend=True)
        page.contents_add(b"Q")
        if turned in (90, 270):
            page.obj.MediaBox = pikepdf.Array([0, 0, height, width])
        page.obj.Rotate = turned
        kept = BytesIO()
        pdf.save(kept)
        return kept.getvalue()


def text_under(data: bytes, rectangle: list[float]) -> str:
    page = pypdfium2.PdfDocument(data)[0].get_textpage()
    left, bottom, right, top = rectangle
    return str(page.get_text_bounded(left - 1, bottom - 1, right + 1, top + 1)).strip()


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_the_highlight_lies_on_the_wrong_figure(turned: int) -> None:
    data = drawn_turned(typeset(), turned)
    pdf = marked(data)
    (highlight,) = kept_of(pdf, "/Highlight")
    assert text_under(data, [float(edge) for edge in highlight.Rect]) == "−3 565"


def test_the_highlight_lies_right_on_a_cropped_page() -> None:
    data = changed(typeset(), CropBox=pikepdf.Array([20, 30, 480, 390]))
    pdf = marked(data)
    (highlight,) = kept_of(pdf, "/Highlight")
    assert text_under(data, [float(edge) for edge in highlight.Rect]) == "−3 565"


def test_the_note_says_rule_sum_and_remedy() -> None:
    pdf = marked(typeset())
    (highlight,) = kept_of(pdf, "/Highlight")
    note = str(highlight.Contents)
    assert note.startswith("K002 fel: row-arithmetic")
    assert "skillnad 10" in note
    assert "→ " in note
    assert len(highlight.QuadPoints) == 8


def test_the_margin_shows_number_and_code_within_the_page() -> None:
    pdf = marked(typeset())
    (tag,) = kept_of(pdf, "/FreeText")
    assert str(tag.Contents) == "1 K002"
    left, _, right, _ = (float(edge) for edge in tag.Rect)
    assert 400 < left < right < 500


def test_tags_of_remarks_on_one_line_do_not_lie_on_each_other() -> None:
    data = typeset()
    checked = outcome_of(read_bytes(data, source="r.pdf"), "r.pdf")
    twice = type(checked)("r.pdf", checked.document, checked.remarks * 3)
    with pikepdf.open(BytesIO(as_pdf(data, twice))) as pdf:
        tops = sorted(float(tag.Rect[3]) for tag in kept_of(pdf, "/FreeText"))
    assert len(tops) == 3
    assert all(after - before > 8 for before, after in pairwise(tops))


def test_the_report_itself_is_unchanged_and_its_own_notes_stay() -> None:
    data = typeset(setup='#link("https://example.org")[källa]')
    before, after = pypdfium2.PdfDocument(data)[0], marked(data)
    kept = BytesIO()
    after.save(kept)
    again = pypdfium2.PdfDocument(kept.getvalue())[0]
    assert again.get_textpage().get_text_range() == before.get_textpage().get_text_range()
    assert len(kept_of(after, "/Link")) == 1


def test_what_is_no_pdf_is_a_finding() -> None:
    assert not_a_pdf("r.docx").code == "K096"
