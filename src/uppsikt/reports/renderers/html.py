"""One HTML page that needs nothing else: landmarks, real tables, charts with their data, every figure traceable."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path

from uppsikt.core.language import speaking
from uppsikt.reports.document import (
    Block,
    Callout,
    ChartBlock,
    Contents,
    Decision,
    Document,
    FactTable,
    FigureNote,
    FigureRun,
    Heading,
    ListBlock,
    NumberCell,
    OutsideRun,
    Paragraph,
    RowLook,
    Run,
    Runs,
    StatementBlock,
    Table,
    TableCell,
    TableRow,
    TextTable,
)
from uppsikt.reports.renderers.words import (
    cover_facts,
    footer_text,
    identity_facts,
    origin_text,
    words,
)

STYLE = Path(__file__).with_name("report.css")
TYPEFACE = Path(__file__).with_name("source-sans-3-5.3.0.woff2")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SVG_OPENING = re.compile(r"<svg[^>]*>")
_SVG_SIZE = re.compile(r'\b(?:width|height)="[^"]*"')
_XML_ID = re.compile(r'(\bid="|url\(#|href="#)')
_TAG = re.compile(r"<[^>]+>")
_ROLE = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_LINK_STARTS = ("https://", "http://", "mailto:", "#")


def render_html(document: Document, charts: Mapping[str, str]) -> bytes:
    """The document as one page. `charts` holds each chart's SVG by its key."""
    with speaking(document.metadata.language):
        return _Page(document, charts).whole().encode()


class HtmlBlocks:
    """A document's blocks as HTML. `charts` holds each chart's SVG by its key."""

    first_level = 2  # of headings: the report's title is the page's h1

    def __init__(
        self, headings: Sequence[Heading], charts: Mapping[str, str], notes: Mapping[str, FigureNote] | None = None
    ) -> None:
        self.headings = headings
        self.charts = charts
        self.words = words()
        self.anchors = notes or {}

    def block(self, block: Block) -> str:
        """One block."""
        match block:
            case Heading():
                return self.heading(block)
            case Paragraph():
                return f"<p>{self.runs(block.runs)}</p>"
            case ListBlock():
                tag = "ol" if block.is_ordered else "ul"
                return f"<{tag}>{''.join(f'<li>{self.item(item)}</li>' for item in block.items)}</{tag}>"
            case StatementBlock() | FactTable() | TextTable():
                return self.table(block.table)
            case ChartBlock():
                return self.chart(block)
            case Decision():
                clauses = "".join(f"<li>{self.item(clause)}</li>" for clause in block.clauses)
                label = escape(self.words["decision"])
                return (
                    f"{self.inner(block.introduction)}"
                    f'<section class="decision" aria-label="{label}"><p class="title">{label}</p>'
                    f"<ol>{clauses}</ol></section>"
                )
            case Callout():
                title = f'<p class="title">{escape(block.title)}</p>' if block.title else ""
                return f'<div class="callout">{title}{self.inner(block.blocks)}</div>'
            case Contents():
                return self.contents()

    def inner(self, blocks: Iterable[Block]) -> str:
        """Blocks one after the other."""
        return "".join(self.block(block) for block in blocks)

    def item(self, blocks: tuple[Block, ...]) -> str:
        """A list item or a cell: a lone paragraph needs no element of its own."""
        first, *others = blocks or (Paragraph(()),)
        start = self.runs(first.runs) if isinstance(first, Paragraph) else self.block(first)
        return start + self.inner(others)

    def heading(self, heading: Heading) -> str:
        """A heading with its anchor."""
        level = min(heading.level + self.first_level - 1, 6)
        number = f'<span class="number">{heading.number}</span> ' if heading.number else ""
        return f'<h{level} id="{heading.anchor}">{number}{escape(heading.text)}</h{level}>'

    def contents(self) -> str:
        """The table of contents."""
        label = escape(self.words["contents"])
        items = "".join(
            f'<li class="level-{heading.level}"><a href="#{heading.anchor}">'
            f"{escape(f'{heading.number} {heading.text}'.strip())}</a></li>"
            for heading in self.headings
            if heading.level <= 2
        )
        return f'<nav aria-label="{label}"><p class="title">{label}</p><ul>{items}</ul></nav>'

    def runs(self, runs: Runs) -> str:
        """Runs one after the other."""
        return "".join(self.run(run) for run in runs)

    def run(self, run: Run) -> str:
        """A run with its marks."""
        marked = self.figure(run) if isinstance(run, FigureRun | OutsideRun) else escape(run.text)
        if run.marks.href and run.marks.href.startswith(_LINK_STARTS):
            marked = f'<a href="{escape(run.marks.href)}">{marked}</a>'
        if run.marks.emphasis:
            marked = f"<em>{marked}</em>"
        return f"<strong>{marked}</strong>" if run.marks.strong else marked

    def figure(self, run: FigureRun | OutsideRun) -> str:
        """A figure, linked to what the closing page says of it."""
        key = run.address or f"{run.text}|{getattr(run, 'source', '')}"
        note = self.anchors.get(key)
        about = f"{note.label}. {origin_text(note)}" if note else getattr(run, "source", run.address)
        text = escape(run.text)
        if isinstance(run, FigureRun) and run.value is not None:
            text = f'<data value="{run.value}">{text}</data>'
        if note is None or run.marks.href:
            return f'<span title="{escape(about)}">{text}</span>'
        return f'<a class="figure" href="#{note.anchor}" title="{escape(about)}">{text}</a>'

    def table(self, table: Table) -> str:
        """A table in a frame that scrolls."""
        head = "".join(
            f'<th scope="col"{_numeric(column.is_numeric)}{_title(column.about)}>{_unbroken(column.label)}</th>'
            for column in table.columns
        )
        rows = "".join(self.row(row) for row in table.rows)
        notes = "".join(f'<p class="note">{self.runs(note)}</p>' for note in table.notes)
        caption = f'<span class="number">{table.number}.</span> {self.runs(table.caption)}'
        name = f"tabell-{table.key}-{table.number.split()[-1]}"
        return (
            f'<div class="table" id="{escape(name)}" tabindex="0" role="region" aria-label="{escape(table.number)}">'
            f"<table><caption>{caption}</caption>"
            f'<thead><tr><th scope="col">{escape(table.heading or self.words["item"])}</th>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table>{notes}</div>"
        )

    def row(self, row: TableRow) -> str:
        """A row of a table."""
        look = f' class="{row.look.value}"' if row.look is not RowLook.NORMAL else ""
        level = f' class="in-{row.level}"' if row.level else ""
        cells = "".join(self.cell(cell) for cell in row.cells)
        return f'<tr{look}><th scope="row"{level}>{escape(row.label)}</th>{cells}</tr>'

    def cell(self, cell: TableCell) -> str:
        """A cell of a table."""
        if not isinstance(cell, NumberCell):
            return f"<td>{self.item(cell.blocks)}</td>"
        about = _title(cell.source or cell.address)
        text = escape(cell.text)
        if cell.value is not None:
            text = f'<data value="{cell.value}"{about}>{text}</data>'
        return f'<td class="n">{text}</td>'

    def chart(self, chart: ChartBlock) -> str:
        """A chart as a labelled image, with its data below."""
        label = escape(chart.text_alternative)
        svg = _inline_svg(self.charts[chart.key], label, chart.key)
        rows = "".join(self.row(row) for row in chart.table.rows)
        heads = "".join(f'<th scope="col" class="n">{_unbroken(column.label)}</th>' for column in chart.table.columns)
        caption = f'<span class="number">{chart.number}.</span> {self.runs(chart.caption)}'
        return (
            f'<figure id="diagram-{escape(chart.key)}"><figcaption>{caption}</figcaption>{svg}'
            f"<details><summary>{escape(self.words['data'])}</summary>"
            f"<table><caption>{self.runs(chart.caption)}</caption>"
            f'<thead><tr><th scope="col">{escape(chart.table.heading)}</th>{heads}</tr></thead>'
            f"<tbody>{rows}</tbody></table></details></figure>"
        )


class _Page(HtmlBlocks):
    def __init__(self, document: Document, charts: Mapping[str, str]) -> None:
        super().__init__(document.headings, charts, {note.address: note for note in document.figures})
        self.document = document

    def whole(self) -> str:
        metadata = self.document.metadata
        title = f"{metadata.title} – {metadata.committee or metadata.municipality}"
        blocks = "\n".join(self.block(block) for block in self.document.blocks)
        return f"""<!doctype html>
<html lang="{escape(metadata.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<meta name="uppsikt:content-hash" content="{self.document.content_hash}">
<meta name="uppsikt:data-cut-off" content="{metadata.cut_off.isoformat()}">
<style>{_style()}</style>
</head>
<body>
<a class="skip" href="#innehall">{escape(self.words["skip"])}</a>
{self.cover()}
<main id="innehall">
{blocks}
{self.origins()}
</main>
<footer><p>{escape(footer_text(self.document))}</p></footer>
</body>
</html>
"""

    def cover(self) -> str:
        metadata = self.document.metadata
        facts = "".join(
            f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in cover_facts(self.document)
        )
        subtitle = f'<p class="subtitle">{escape(metadata.subtitle)}</p>' if metadata.subtitle else ""
        committee = f'<p class="committee">{escape(metadata.committee)}</p>' if metadata.committee else ""
        return (
            f'<header class="cover"><p class="municipality">{escape(metadata.municipality)}</p>'
            f"<h1>{escape(metadata.title)}</h1>{subtitle}{committee}<dl>{facts}</dl></header>"
        )

    def origins(self) -> str:
        if not self.document.figures:
            return ""
        word = {key: escape(text) for key, text in self.words.items()}
        rows = "".join(
            f'<tr id="{note.anchor}"><th scope="row">{escape(note.label)}</th><td class="n">{escape(note.text)}</td>'
            f"<td>{escape(note.period)}</td><td>{escape(origin_text(note))}<br><code>{_address(note.address)}</code></td></tr>"
            for note in self.document.figures
        )
        identity = "".join(
            f"<dt>{escape(label)}</dt><dd><code>{escape(text)}</code></dd>"
            for label, text in identity_facts(self.document)
        )
        return (
            f'<section class="origins"><h2 id="om-rapporten">{word["about"]}</h2><p>{word["about_text"]}</p>'
            f"<dl>{identity}</dl>"
            f'<div class="table" tabindex="0" role="region" aria-label="{word["origins"]}"><table>'
            f"<caption>{word['origins']}</caption>"
            f'<thead><tr><th scope="col">{word["figure"]}</th><th scope="col" class="n">{word["value"]}</th>'
            f'<th scope="col">{word["period"]}</th><th scope="col">{word["source"]}</th></tr></thead>'
            f"<tbody>{rows}</tbody></table></div></section>"
        )


def _inline_svg(svg: str, label: str, key: str) -> str:
    """The chart as one labelled image; ids are made its own, since several charts share the page, and the
    parts' own roles are taken away: a reader of the page hears the label."""
    opening = _SVG_OPENING.search(svg)
    if opening is None:
        return ""
    fluid = _SVG_SIZE.sub("", opening[0])[:-1] + f' role="img" aria-label="{label}">'
    inside = _TAG.sub(lambda tag: _ROLE.sub("", tag[0]), svg[opening.end() :])
    return fluid + _XML_ID.sub(lambda match: f"{match[0]}{key}-", inside)


@cache
def _style() -> str:
    """The style sheet with the typeface in it: the page needs nothing else, wherever it is opened."""
    typeface = base64.b64encode(TYPEFACE.read_bytes()).decode()
    face = (
        '@font-face { font-family: "Source Sans 3"; font-weight: 200 900; '
        f'src: url("data:font/woff2;base64,{typeface}") format("woff2"); }}\n'
    )
    return face + STYLE.read_text(encoding="utf-8")


def _unbroken(text: str) -> str:
    """Escaped, its dates kept on one line: browsers break at hyphens."""
    return _DAY.sub(lambda day: f'<span class="day">{day[0]}</span>', escape(text))


def _numeric(is_numeric: bool) -> str:
    return ' class="n"' if is_numeric else ""


def _title(about: str) -> str:
    return f' title="{escape(about)}"' if about else ""


def _address(address: str) -> str:
    return escape(address) if "|" not in address else ""
