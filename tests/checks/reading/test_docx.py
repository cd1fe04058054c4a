"""Word files: styles, lists, tables, captions, tracked changes, comments that are marks."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.shared import Pt

from uppsikt.checks.document import Document
from uppsikt.checks.numbers import Unit
from uppsikt.checks.reading import Unreadable, read_bytes


def read(made: Any) -> Document:
    kept = BytesIO()
    made.save(kept)
    return read_bytes(kept.getvalue(), source="r.docx")


def with_table(rows: list[list[str]], *, caption: str = "") -> Any:
    made = docx.Document()
    if caption:
        made.add_paragraph(caption, style="Caption")
    table = made.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return made


def test_styles_tell_headings_items_and_paragraphs() -> None:
    made = docx.Document()
    made.add_heading("Delårsrapport 2022", 0)
    made.add_heading("2.4 Ekonomi", 2)
    made.add_paragraph("Löpande text.")
    made.add_paragraph("En punkt", style="List Bullet")
    made.add_paragraph("", style="List Bullet")
    document = read(made)
    assert document.kind == "docx"
    assert [(one.number, one.title, one.level) for one in document.headings] == [
        ("", "Delårsrapport 2022", 1),
        ("2.4", "Ekonomi", 2),
    ]
    assert [(one.text, one.bullet) for one in document.passages] == [
        ("Löpande text.", ""),
        ("En punkt", "•"),
        ("", "•"),
    ]


def test_a_table_takes_its_caption_and_unit() -> None:
    rows = [["Nämnd", "Utfall 2021", "Utfall 2022"], ["Skola", "−1\u202f000", "- 1 100"], ["Vård", "–", "5"]]
    document = read(with_table(rows, caption="Tabell 1. Netto, tkr"))
    (table,) = document.tables
    assert (table.title, table.unit) == ("Tabell 1. Netto, tkr", Unit.THOUSANDS)
    assert [column.heading for column in table.columns] == ["Utfall 2021", "Utfall 2022"]
    values = [[cell.number.value if cell and cell.number else None for cell in row.cells] for row in table.rows]
    assert values == [[Decimal(-1000), Decimal(-1100)], [None, Decimal(5)]]
    assert [document.line(row.line).text for row in table.rows] == ["Skola | −1\u202f000 | - 1 100", "Vård | – | 5"]


def test_a_caption_without_a_table_stays_text() -> None:
    made = docx.Document()
    made.add_paragraph("Figur 1. Karta", style="Caption")
    made.add_paragraph("Text.")
    assert [one.text for one in read(made).passages] == ["Figur 1. Karta", "Text."]


def test_inserted_text_is_read_and_deleted_text_is_not() -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("Utfallet är ")
    for tag, inner, text in (("w:del", "w:delText", "12"), ("w:ins", "w:t", "13")):
        change, run, piece = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(inner)
        piece.text = text
        run.append(piece)
        change.append(run)
        paragraph._p.append(change)
    paragraph.add_run(" mnkr.")
    assert [one.text for one in read(made).passages] == ["Utfallet är 13 mnkr."]


def test_a_comment_that_is_a_mark_holds_for_its_paragraph() -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("Avvikelsen är 5 mnkr.")
    made.add_comment(paragraph.runs, text="noqa: K040 enligt beslut", author="ekonom")
    other = made.add_paragraph("Annan text.")
    made.add_comment(other.runs, text="Kontrollera!", author="ekonom")
    document = read(made)
    assert [(mark.codes, document.line(mark.line).text) for mark in document.marks] == [
        (("K040",), "Avvikelsen är 5 mnkr.")
    ]


def test_headers_and_footers_are_running_lines_and_contents_are_left_out() -> None:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "Delår 2 2022"
    made.add_paragraph("Text.")
    made.styles.add_style("toc 1", 1)
    made.add_paragraph("2.4 Ekonomi 7", style="toc 1")
    document = read(made)
    assert [one.text for one in document.running] == ["Delår 2 2022"]
    assert [one.text for one in document.passages] == ["Text."]


def test_cells_over_several_columns_keep_the_grid() -> None:
    made = with_table([["", "Utfall", "Utfall", "Budget"], ["", "2021", "2022", "2022"], ["Skola", "1", "2", "3"]])
    table = made.tables[0]
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Utfall"
    for row in table.rows[:2]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    (read_table,) = read(made).tables
    assert [column.heading for column in read_table.columns] == ["Utfall 2021", "Utfall 2022", "Budget 2022"]


@pytest.mark.parametrize("members", [{}, {"word/document.xml": "<"}, {"xl/workbook.xml": "<a/>"}])
def test_a_zip_that_is_no_word_file_is_a_finding(members: dict[str, str]) -> None:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("a", "b")
        for name, content in members.items():
            archive.writestr(name, content)
    with pytest.raises(Unreadable) as refused:
        read_bytes(kept.getvalue(), source="r.docx")
    assert refused.value.finding.code == "K090"


def test_a_cut_file_is_a_finding() -> None:
    kept = BytesIO()
    docx.Document().save(kept)
    with pytest.raises(Unreadable):
        read_bytes(kept.getvalue()[:2000], source="r.docx")


def test_a_row_set_in_keeps_its_indent_from_paragraph_or_style() -> None:
    made = with_table([["Nämnd", "2021"], ["Stab", "1"], ["Kansli", "2"], ["HR", "3"]])
    cells = [row.cells[0].paragraphs[0] for row in made.tables[0].rows]
    cells[2].paragraph_format.left_indent = Pt(12)
    made.styles.add_style("Inflyttad", 1).paragraph_format.left_indent = Pt(9)
    cells[3].style = made.styles["Inflyttad"]
    (table,) = read(made).tables
    assert [row.indent for row in table.rows] == [0.0, 12.0, 9.0]
