"""The formats a document is given out in; each renderer reads the document and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec

from uppsikt.core.language import speaking
from uppsikt.reports.charts import chart_svg, svg_png
from uppsikt.reports.document import Document
from uppsikt.reports.renderers.datapackage import render_datapackage
from uppsikt.reports.renderers.docx import render_docx
from uppsikt.reports.renderers.html import render_html
from uppsikt.reports.renderers.typst import render_pdf
from uppsikt.reports.renderers.xlsx import render_xlsx

# file name of each format in an edition, and the packages it needs
FILE_NAMES = {
    "pdf": "rapport.pdf",
    "docx": "rapport.docx",
    "html": "rapport.html",
    "xlsx": "tabeller.xlsx",
    "datapackage": "data.zip",
}
NEEDS = {
    "pdf": ("typst", "pikepdf", "vl_convert"),
    "docx": ("docx", "vl_convert"),
    "html": ("vl_convert",),
    "xlsx": ("xlsxwriter",),
    "datapackage": (),
}
ALL_FORMATS = tuple(FILE_NAMES)
MEDIA_TYPES = {
    "rapport.pdf": "application/pdf",
    "rapport.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "rapport.html": "text/html; charset=utf-8",
    "tabeller.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "data.zip": "application/zip",
}


def missing_package(format: str) -> str:
    """The first package a format needs that isn't installed, "" where all are."""
    return next((package for package in NEEDS[format] if find_spec(package) is None), "")


def render(document: Document, formats: Iterable[str] = ALL_FORMATS) -> dict[str, bytes]:
    """The document in each format, by file name. Charts are drawn once for all."""
    wanted = [format for format in ALL_FORMATS if format in set(formats)]
    charts = _charts(document) if {"pdf", "docx", "html"} & set(wanted) else {}
    makers: Mapping[str, Callable[[], bytes]] = {
        "pdf": lambda: render_pdf(document, charts),
        "docx": lambda: render_docx(document, {key: svg_png(svg) for key, svg in charts.items()}),
        "html": lambda: render_html(document, charts),
        "xlsx": lambda: render_xlsx(document),
        "datapackage": lambda: render_datapackage(document),
    }
    # typst and the chart library work outside the interpreter's lock: two threads are nearly twice as fast
    with ThreadPoolExecutor(max_workers=2) as pool:
        made = {format: pool.submit(makers[format]) for format in wanted}
        return {FILE_NAMES[format]: future.result() for format, future in made.items()}


def _charts(document: Document) -> dict[str, str]:
    with speaking(document.metadata.language):
        return {chart.key: chart_svg(chart.spec) for chart in document.charts}
