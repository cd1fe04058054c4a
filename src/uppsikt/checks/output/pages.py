"""Pictures of a PDF's pages, small enough to stand in one HTML file."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from io import BytesIO

DPI = 110
QUALITY = 70


def page_images(data: bytes, numbers: Collection[int], *, dpi: int = DPI) -> Iterator[tuple[int, bytes]]:
    """Each page asked for (numbers from 1), with its picture as WebP."""
    import pypdfium2 as pdfium

    pdf = pdfium.PdfDocument(data)
    try:
        for number in sorted(numbers):
            page = pdf[number - 1]
            kept = BytesIO()
            page.render(scale=dpi / 72).to_pil().convert("RGB").save(kept, "WEBP", quality=QUALITY)
            page.close()
            yield number, kept.getvalue()
    finally:
        pdf.close()
