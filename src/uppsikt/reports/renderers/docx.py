"""Word: real styles, repeated table headings, alternative texts, fields for contents and pages."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time
from typing import Any

from uppsikt.core.language import speaking
from uppsikt.reports.document import (
    Block,
    Callout,
    ChartBlock,
    Contents,
    Decision,
    Document,
    FactTable,
    Heading,
    ListBlock,
    Marks,
    NumberCell,
    Paragraph,
    RowLook,
    Runs,
    StatementBlock,
    Table,
    TableCell,
    TableRow,
    TextRun,
    TextTable,
)
from uppsikt.reports.renderers.docx_parts import (
    Look,
    clean_package,
    field_xml,
    house_styles,
    new_numbering,
    paragraph_xml,
    run_xml,
    table_xml,
    update_fields,
)
from uppsikt.reports.renderers.packing import repacked
from uppsikt.reports.renderers.words import (
    cover_facts,
    footer_text,
    header_text,
    identity_facts,
    origin_text,
    words,
)

_PICTURE_WIDTH_CM = 16.0
_MANY_COLUMNS = 5


def render_docx(document: Document, charts: Mapping[str, bytes]) -> bytes:
    """The document for Word. `charts` holds each chart's PNG by its key."""
    with speaking(document.metadata.language):
        return _Writer(document, charts).whole()


class _Writer:
    def __init__(self, document: Document, charts: Mapping[str, bytes]) -> None:
        import docx
        from docx.oxml import parse_xml

        self.document = document
        self.charts = charts
        self.words = words()
        self.word: Any = docx.Document()
        self.parse_xml = parse_xml
        house_styles(self.word, document.metadata.language)
        self.end = self.word.element.body.sectPr

    def whole(self) -> bytes:
        self.properties()
        self.page()
        self.cover()
        for block in self.document.blocks:
            self.block(block)
        self.origins()
        clean_package(self.word)
        update_fields(self.word, self.parse_xml)
        stream = io.BytesIO()
        self.word.save(stream)
        return repacked(stream.getvalue(), self.document.metadata.document_date)

    def properties(self) -> None:
        metadata, core = self.document.metadata, self.word.core_properties
        core.title = metadata.title
        core.author = metadata.author or metadata.committee or metadata.municipality
        core.subject = metadata.round_name
        core.language = "en-GB" if metadata.language == "en" else "sv-SE"
        core.keywords = self.document.content_hash
        core.comments = footer_text(self.document)
        core.last_modified_by = core.author
        core.revision = 1
        core.created = core.modified = datetime.combine(metadata.document_date, time(12), UTC)

    def page(self) -> None:
        from docx.shared import Mm

        section = self.word.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(23)
        section.top_margin, section.bottom_margin = Mm(29), Mm(27)
        section.different_first_page_header_footer = True
        section.header.is_linked_to_previous = False
        self.fill(section.header, "Header", run_xml(header_text(self.document)))
        page = f"{run_xml(chr(9) + self.words['page'] + ' ')}{field_xml('PAGE', '1')}"
        total = f"{run_xml(' ' + self.words['of'] + ' ')}{field_xml('NUMPAGES', '1')}"
        self.fill(section.footer, "Footer", run_xml(footer_text(self.document)) + page + total)

    def fill(self, where: Any, style: str, runs: str) -> None:
        old = where.paragraphs[0]._p
        old.getparent().replace(old, self.parse_xml(paragraph_xml(runs, Look(style, declare=True))))

    def add(self, xml: str) -> None:
        self.end.addprevious(self.parse_xml(xml))

    def say(self, runs: Runs, look: Look) -> None:
        self.add(paragraph_xml("".join(run_xml(run.text, run.marks) for run in runs), look.declared()))

    def line(self, text: str, style: str) -> None:
        self.say((TextRun(text),), Look(style))

    def cover(self) -> None:
        metadata = self.document.metadata
        self.line(metadata.municipality, "Municipality")
        self.line(metadata.title, "Title")
        if metadata.subtitle:
            self.line(metadata.subtitle, "Subtitle")
        if metadata.committee:
            self.line(metadata.committee, "Municipality")
        for label, text in cover_facts(self.document):
            self.line(f"{label}: {text}", "Cover Fact")

    def block(self, block: Block, level: int = 1) -> None:
        match block:
            case Heading():
                self.line(f"{block.number} {block.text}".strip(), f"Heading {min(block.level, 3)}")
            case Paragraph():
                self.say(block.runs, Look("Normal"))
            case ListBlock():
                self.items(block.items, is_ordered=block.is_ordered, level=level)
            case StatementBlock() | FactTable() | TextTable():
                self.table(block.table)
            case ChartBlock():
                self.chart(block)
            case Decision():
                self.inner(block.introduction)
                self.line(self.words["decision"], "Decision Title")
                self.items(block.clauses, is_ordered=True, level=1)
            case Callout():
                self.callout(block)
            case Contents():
                self.contents()

    def inner(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self.block(block)

    def items(self, items: tuple[tuple[Block, ...], ...], *, is_ordered: bool, level: int) -> None:
        name = "List Number" if is_ordered else "List Bullet"
        style = name if level == 1 else f"{name} {min(level, 3)}"
        number = new_numbering(self.word, style) if is_ordered else 0
        for item in items:
            for index, inner in enumerate(item):
                if isinstance(inner, Paragraph):
                    look = Look(style if index == 0 else "List Continue", number=number if index == 0 else 0)
                    self.say(inner.runs, look)
                else:
                    self.block(inner, level + 1)

    def callout(self, block: Callout) -> None:
        if block.title:
            self.say((TextRun(block.title, Marks(strong=True)),), Look("Callout"))
        for inner in block.blocks:
            if isinstance(inner, Paragraph):
                self.say(inner.runs, Look("Callout"))
            else:
                self.block(inner)

    def contents(self) -> None:
        self.line(self.words["contents"], "Contents Title")
        headings = [heading for heading in self.document.headings if heading.level <= 2]
        for index, heading in enumerate(headings):
            text = run_xml(f"{heading.number} {heading.text}".strip())
            start = field_xml('TOC \\o "1-2" \\h \\z \\u', "", part="start") if index == 0 else ""
            stop = field_xml("", "", part="end") if index == len(headings) - 1 else ""
            self.add(paragraph_xml(start + text + stop, Look(f"toc {heading.level}", declare=True)))

    def table(self, table: Table) -> None:
        caption = (TextRun(f"{table.number}. ", Marks(strong=True)), *table.caption)
        self.say(caption, Look("Caption", keep_next=True))
        heads = [(table.heading or self.words["item"], False)]
        heads += [(column.label, column.is_numeric) for column in table.columns]
        is_prose = not all(column.is_numeric for column in table.columns)
        style = "Table Text Small" if len(table.columns) > _MANY_COLUMNS else "Table Text"
        rows = [self.row(row, style) for row in table.rows]
        self.add(table_xml(heads, rows, text_style=style, is_prose=is_prose, about=table.number))
        for note in table.notes:
            self.say(note, Look("Table Note"))
        if not table.notes:
            self.line("", "Table Note")

    def row(self, row: TableRow, style: str) -> list[tuple[str, bool]]:
        marks = Marks(strong=row.look is RowLook.TOTAL, emphasis=row.look is RowLook.MEMO)
        label = "\u2003" * row.level + row.label
        return [(paragraph_xml(run_xml(label, marks), Look(style)), False)] + [
            self.cell(cell, marks, style) for cell in row.cells
        ]

    def cell(self, cell: TableCell, marks: Marks, style: str) -> tuple[str, bool]:
        if isinstance(cell, NumberCell):
            return paragraph_xml(run_xml(cell.text, marks), Look(style, is_right=True)), True
        return "".join(_prose_xml(block) for block in cell.blocks) or paragraph_xml("", Look("Table Text")), False

    def chart(self, chart: ChartBlock) -> None:
        from docx.shared import Cm

        caption = (TextRun(f"{chart.number}. ", Marks(strong=True)), *chart.caption)
        self.say(caption, Look("Caption", keep_next=True))
        self.word.add_picture(io.BytesIO(self.charts[chart.key]), width=Cm(_PICTURE_WIDTH_CM))
        paragraph = self.word.paragraphs[-1]._p
        picture = paragraph.xpath(".//wp:docPr")[0]
        picture.set("descr", chart.text_alternative)
        picture.set("name", chart.number)

    def origins(self) -> None:
        if not self.document.figures:
            return
        self.line(self.words["about"], "Heading 1")
        self.line(self.words["about_text"], "Normal")
        for label, text in identity_facts(self.document):
            self.line(f"{label}: {text}", "Table Note")
        self.line(self.words["origins"], "Heading 2")
        heads = [(self.words["figure"], False), (self.words["value"], True), (self.words["source"], False)]
        rows = [
            [
                (_text_xml(note.label), False),
                (paragraph_xml(run_xml(note.text), Look("Table Text Small", is_right=True)), True),
                (_text_xml(". ".join(filter(None, [note.period, origin_text(note)]))), False),
            ]
            for note in self.document.figures
        ]
        self.add(table_xml(heads, rows, text_style="Table Text Small", is_prose=True, about=self.words["origins"]))


def _text_xml(text: str) -> str:
    return paragraph_xml(run_xml(text), Look("Table Text Small"))


def _prose_xml(block: Block) -> str:
    """A block in a cell: paragraphs and list items, nothing deeper."""
    if isinstance(block, Paragraph):
        return paragraph_xml("".join(run_xml(run.text, run.marks) for run in block.runs), Look("Table Text"))
    if isinstance(block, ListBlock):
        items = (inner for item in block.items for inner in item if isinstance(inner, Paragraph))
        return "".join(
            paragraph_xml("".join(run_xml(run.text, run.marks) for run in item.runs), Look("Table Bullet"))
            for item in items
        )
    return ""
