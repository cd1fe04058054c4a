"""The report itself as PDF with every remark at its place: a highlight, its code in the margin, a note to open.

The highlights are ordinary annotations: any viewer lists them, and they can be taken away again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from uppsikt.checks.document import Box, Document, Span
from uppsikt.checks.outcome import Outcome, name_of
from uppsikt.checks.output.terminal import sureness
from uppsikt.checks.remarks import Remark
from uppsikt.core.findings import Finding, Place, Severity, define, found

NOT_A_PDF = define(
    "K096",
    Severity.ERROR,
    says_sv="{source} är ingen PDF, så anmärkningarna kan inte läggas in i den.",
    says_en="{source} is no PDF, so the remarks can't be put into it.",
    do_sv="Skriv en .html-fil i stället, eller granska rapporten som PDF.",
    do_en="Write an .html file instead, or check the report as PDF.",
    source="rapport.docx",
)
_COLOURS = {
    Severity.ERROR: (0.93, 0.25, 0.25),
    Severity.WARNING: (1.0, 0.72, 0.2),
    Severity.NOTE: (0.45, 0.7, 1.0),
}
_INK = {Severity.ERROR: (0.66, 0.03, 0.1), Severity.WARNING: (0.54, 0.29, 0.0), Severity.NOTE: (0.04, 0.31, 0.54)}
TAG_POINTS = 6.5
_PRINTED = 4  # PDF 32000-1, table 165: the annotation is printed with the page

Quad = tuple[float, float, float, float]


def not_a_pdf(source: str) -> Finding:
    """The finding for a report that is no PDF."""
    return found(NOT_A_PDF, Place(source), source=source)


def as_pdf(data: bytes, outcome: Outcome) -> bytes:
    """The PDF with the outcome's remarks as annotations; what it held before stays."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        tags: dict[int, list[Quad]] = {}
        for number, said in enumerate(outcome.remarks, start=1):
            _annotate(pdf, outcome.document, number, said, tags)
        kept = BytesIO()
        pdf.save(kept)
        return kept.getvalue()


def _annotate(pdf: Any, document: Document, number: int, said: Remark, tags: dict[int, list[Quad]]) -> None:
    by_page: dict[int, list[Box]] = {}
    for box in _boxes(document, said.spans):
        by_page.setdefault(box.page, []).append(box)
    for place, (page_number, boxes) in enumerate(by_page.items()):
        page = pdf.pages[page_number - 1]
        frame = Frame.of(page)
        quads = [frame.placed(box) for box in boxes]
        _add(pdf, page, _highlight(pdf, page, quads, said, number))
        if place == 0:
            rect = _tag_place(frame, boxes[0], tags.setdefault(page_number, []), said, number)
            _add(pdf, page, _tag(pdf, rect, said, number, frame.turned))


def _boxes(document: Document, spans: Sequence[Span]) -> list[Box]:
    boxes = (document.line(span.line).box(span.start, span.end) for span in spans)
    return [box for box in boxes if box is not None]


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page is shown: its visible box in the file's own coordinates, and how far it is turned (degrees)."""

    left: float
    bottom: float
    right: float
    top: float
    turned: int

    @classmethod
    def of(cls, page: Any) -> Frame:
        """The frame of a page; the crop box and the turning are inherited like the viewer inherits them."""
        left, bottom, right, top = (float(edge) for edge in page.cropbox)
        inherited = page.obj
        while "/Rotate" not in inherited and "/Parent" in inherited:
            inherited = inherited.Parent
        return cls(left, bottom, right, top, int(inherited.get("/Rotate", 0)) % 360)

    @property
    def width(self) -> float:
        """The page's width as shown."""
        return self.top - self.bottom if self.turned in (90, 270) else self.right - self.left

    def placed(self, box: Box) -> Quad:
        """A box from the shown page's top left corner, in the file's coordinates: left, bottom, right, top."""
        if self.turned == 90:
            return self.left + box.top, self.bottom + box.left, self.left + box.bottom, self.bottom + box.right
        if self.turned == 180:
            return self.right - box.right, self.bottom + box.top, self.right - box.left, self.bottom + box.bottom
        if self.turned == 270:
            return self.right - box.bottom, self.top - box.right, self.right - box.top, self.top - box.left
        return self.left + box.left, self.top - box.bottom, self.left + box.right, self.top - box.top


def _around(quads: Sequence[Quad]) -> Quad:
    return (
        min(quad[0] for quad in quads),
        min(quad[1] for quad in quads),
        max(quad[2] for quad in quads),
        max(quad[3] for quad in quads),
    )


def note_of(said: Remark) -> str:
    """What stands in the note: the rule, what is wrong, the sum, what to do."""
    lines = [f"{said.code} {said.severity.word}: {name_of(said.code)} ({sureness(said)})", said.finding.says]
    if said.sum is not None and str(said.sum) not in said.finding.says:
        lines.append(str(said.sum))
    return "\n".join([*lines, f"→ {said.finding.do}"])


def _highlight(pdf: Any, page: Any, quads: Sequence[Quad], said: Remark, number: int) -> Any:
    import pikepdf

    colour = _COLOURS[said.severity]
    left, bottom, right, top = _around(quads)
    points = [
        edge for x0, y0, x1, y1 in quads for edge in (x0, y1, x1, y1, x0, y0, x1, y0)
    ]  # order as viewers read it: upper left, upper right, lower left, lower right
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Highlight,
        Rect=[left, bottom, right, top],
        QuadPoints=points,
        C=list(colour),
        CA=1.0,
        F=_PRINTED,
        T=pikepdf.String(f"uppsikt check {number}"),
        Subj=pikepdf.String(f"{said.code} {name_of(said.code)}"),
        Contents=pikepdf.String(note_of(said)),
        NM=pikepdf.String(f"uppsikt-{number}-{said.code}"),
        P=page.obj,
        AP=pikepdf.Dictionary(N=_washed(pdf, quads, (left, bottom, right, top), colour)),
    )


def _washed(pdf: Any, quads: Sequence[Quad], rect: Quad, colour: tuple[float, float, float]) -> Any:
    """The look of a highlight: colour that lets the text shine through."""
    import pikepdf

    drawn = " ".join(f"{x0:.2f} {y0:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re" for x0, y0, x1, y1 in quads)
    content = f"/M gs {colour[0]} {colour[1]} {colour[2]} rg {drawn} f".encode()
    form = pikepdf.Stream(pdf, content)
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = list(rect)
    look = pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, BM=pikepdf.Name.Multiply)
    form.Resources = pikepdf.Dictionary(ExtGState=pikepdf.Dictionary(M=look))
    form.Group = pikepdf.Dictionary(S=pikepdf.Name.Transparency)
    return form


def _tag_text(said: Remark, number: int) -> str:
    return f"{number} {said.code}"


def _tag_place(frame: Frame, box: Box, taken: list[Quad], said: Remark, number: int) -> Quad:
    """A free place in the right margin at the height of the remark, moved down past the tags already there."""
    width = 0.62 * TAG_POINTS * len(_tag_text(said, number)) + 4
    height = TAG_POINTS + 3
    right = frame.width - 6
    top = box.top
    while any(abs(top - other[1]) < height for other in taken):
        top += height
    taken.append((right - width, top, right, top + height))
    return frame.placed(Box(box.page, right - width, top, right, top + height))


def _tag(pdf: Any, rect: Quad, said: Remark, number: int, turned: int) -> Any:
    """The number and the code in the margin: what a printed page shows."""
    import pikepdf

    ink = _INK[said.severity]
    text = _tag_text(said, number)
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.FreeText,
        Rect=list(rect),
        Contents=pikepdf.String(text),
        DA=pikepdf.String(f"/Helv {TAG_POINTS} Tf 1 1 1 rg"),
        F=_PRINTED,
        T=pikepdf.String(f"uppsikt check {number}"),
        NM=pikepdf.String(f"uppsikt-{number}-tag"),
        AP=pikepdf.Dictionary(N=_tag_look(pdf, rect, text, ink, turned)),
    )


def _tag_look(pdf: Any, rect: Quad, text: str, ink: tuple[float, float, float], turned: int) -> Any:
    import pikepdf

    width, height = rect[2] - rect[0], rect[3] - rect[1]
    if turned in (90, 270):
        width, height = height, width
    content = (
        f"{ink[0]} {ink[1]} {ink[2]} rg 0 0 {width:.2f} {height:.2f} re f "
        f"BT /Helv {TAG_POINTS} Tf 1 1 1 rg 2 2.3 Td ({text}) Tj ET"
    )
    form = pikepdf.Stream(pdf, content.encode("ascii"))
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = [0, 0, width, height]
    form.Matrix = {90: [0, 1, -1, 0, 0, 0], 180: [-1, 0, 0, -1, 0, 0], 270: [0, -1, 1, 0, 0, 0]}.get(
        turned, [1, 0, 0, 1, 0, 0]
    )
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/Helvetica-Bold")
    )
    form.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=font))
    return form


def _add(pdf: Any, page: Any, annotation: Any) -> None:
    import pikepdf

    if "/Annots" not in page.obj:
        page.obj.Annots = pikepdf.Array()
    page.obj.Annots.append(pdf.make_indirect(annotation))
