"""PDF by position: rows, columns, pages, text in two columns, pictures."""

from __future__ import annotations

import pytest

from uppsikt.checks.document import Document
from uppsikt.checks.reading import Unreadable, read_bytes

typst = pytest.importorskip("typst")
pytest.importorskip("pypdfium2")

TABLE = """#table(columns: (1fr, auto, auto, auto), stroke: {stroke},
align: (x, y) => if x == 0 {{ left }} else {{ right }},
table.header([Belopp i tkr], [Utfall \\ 2022], [Prognos \\ 2022], [Avvikelse]),
[Kommungemensamt], [−176 302], [−248 986], [4 281],
[Statsbidrag], [38 402], [24 000], [−8 100],
[Politisk kommunledning], [−26 020], [−38 966], [6 587],
[Nettokostnad], [−163 920], [−263 952], [2 768])
"""


def document_of(source: str) -> Document:
    return read_bytes(typst.compile(source.encode()), source="rapport.pdf")


@pytest.mark.parametrize("stroke", ["none", "0.5pt"])
def test_a_table_is_read_ruled_or_not(stroke: str) -> None:
    document = document_of(TABLE.format(stroke=stroke))
    (table,) = document.tables
    assert [column.heading for column in table.columns] == ["Utfall 2022", "Prognos 2022", "Avvikelse"]
    assert [str(cell.number.value) for cell in table.rows[1].cells if cell and cell.number] == [
        "38402",
        "24000",
        "-8100",
    ]
    assert [row.label for row in table.rows][2] == "Politisk kommunledning"


def test_a_table_broken_over_a_page_is_one() -> None:
    document = document_of("#set page(height: 4.4cm, width: 15cm, margin: 1cm)\n" + TABLE.format(stroke="none"))
    assert document.pages > 1
    (table,) = document.tables
    assert [row.label for row in table.rows][-1] == "Nettokostnad"


def test_every_character_knows_its_box() -> None:
    document = document_of(TABLE.format(stroke="none"))
    (table,) = document.tables
    cell = table.rows[0].cells[0]
    assert cell is not None
    box = document.line(cell.span.line).box(cell.span.start, cell.span.end)
    assert box is not None
    assert 0 < box.left < box.right < document.page_sizes[0][0]
    assert 0 < box.top < box.bottom < document.page_sizes[0][1]
    assert document.text_at(cell.span) == cell.text


def test_text_in_two_columns_is_read_column_by_column() -> None:
    left = "Nämnden har under perioden arbetat med att anpassa verksamheten till lägre ramar. " * 4
    right = "Sjukfrånvaron har minskat och fler medarbetare stannar kvar i förvaltningen längre. " * 4
    document = document_of(f"#grid(columns: (1fr, 1fr), gutter: 1cm, [{left}], [{right}])")
    text = " ".join(passage.text for passage in document.passages)
    assert text.index("Nämnden") < text.rindex("lägre ramar") < text.index("Sjukfrånvaron")


def test_a_table_below_two_columns_of_text_is_left_whole() -> None:
    left = "Nämnden har under perioden arbetat med att anpassa verksamheten till lägre ramar. " * 5
    right = "Sjukfrånvaron har minskat och fler medarbetare stannar kvar i förvaltningen längre. " * 4
    document = document_of(
        f"#grid(columns: (1fr, 1fr), gutter: 1cm, [{left}], [{right}])\n" + TABLE.format(stroke="none")
    )
    (table,) = document.tables
    assert len(table.rows) == 4
    assert len(list(document.passages)) == 2


def test_footers_are_taken_out_of_the_text() -> None:
    source = "#set page(height: 8cm, footer: context [Delårsrapport 2022 #h(1fr) #counter(page).display()])\n"
    texts = ("Ekonomin är i balans.", "Sjukfrånvaron minskar.", "Lokalerna byggs om.", "Målen nås i år.", "Slut.")
    document = document_of(source + " #pagebreak()\n".join(texts))
    assert len(document.running) == 5
    assert not any("Delårsrapport" in passage.text for passage in document.passages)


def test_ligatures_and_divided_words_are_whole() -> None:
    narrow = '#set text(lang: "sv", hyphenate: true)\n#set page(width: 6cm)\n'
    document = document_of(narrow + "Effektiviseringar och flexibilitet i verksamheten.")
    text = " ".join(passage.text for passage in document.passages)
    assert "Effektiviseringar" in text
    assert "flexibilitet" in text


def test_a_picture_is_noted_where_it_stands() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="1"><rect width="2" height="1" fill="red"/></svg>'
    source = (
        f'I tabellen nedan.\n#image(bytes("{svg.replace(chr(34), chr(92) + chr(34))}"), width: 10cm)\nEfter bilden.'
    )
    document = document_of(source)
    assert len(list(document.passages)) >= 1  # drawn vectors are no pictures, and hurt nothing


@pytest.mark.parametrize("data", [b"%PDF-1.7 trasig", b"%PDF-1.4\n" + b"x" * 300])
def test_a_broken_pdf_is_refused_with_a_finding(data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        read_bytes(data, source="rapport.pdf")
    assert refused.value.finding.code == "K090"
