"""HTML: what is text of the report becomes lines and blocks, tables by their cells, marks from comments."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.checks.document import Document, Heading, Mark, Passage, Picture, Table
from uppsikt.checks.numbers import Unit
from uppsikt.checks.reading import read_bytes
from uppsikt.checks.reading.html import read_html

TABLE = """<table><caption>Tabell 1. Netto, tkr</caption>
<thead><tr><th rowspan="2">Nämnd</th><th colspan="2">Utfall</th><th rowspan="2">Budget 2022</th></tr>
<tr><th>2021</th><th>2022</th></tr></thead>
<tbody><tr><th scope="row">Skola</th><td>−1&nbsp;000</td><td><a href="#x">-1 100</a></td><td>–</td></tr>
<tr><th scope="row"><b>Andel</b> flickor</th><td>12,5 %</td><td>1&#x202f;300*</td><td></td></tr></tbody></table>"""


def read(body: str) -> Document:
    return read_html(f"<!doctype html><html><body>{body}</body></html>".encode(), source="r.html")


def table_in(body: str) -> Table:
    (table,) = read(body).tables
    return table


def test_a_dash_is_a_cell_that_says_nothing_and_an_empty_one_is_none() -> None:
    table = table_in(
        "<table><tr><th>N</th><th>1</th><th>2</th></tr><tr><th>Vård</th><td>–</td><td>5</td></tr>"
        "<tr><th>Skola</th><td></td><td>7</td></tr><tr><th>Kost</th><td>3</td><td>9</td></tr></table>"
    )
    (dash, _), (empty, _), _ = (row.cells for row in table.rows)
    assert (dash and dash.text, dash and dash.number, empty) == ("–", None, None)


def test_headings_keep_their_numbers_and_depths() -> None:
    headings = [(one.number, one.title, one.level) for one in read("<h1>Rapport</h1><h3>2.4.1 Ekonomi</h3>").headings]
    assert headings == [("", "Rapport", 1), ("2.4.1", "Ekonomi", 3)]


def test_paragraphs_and_items_are_passages_and_an_empty_item_stays() -> None:
    passages = [
        (one.text, one.bullet) for one in read("<p>Ett\n <i>två</i></p><ul><li>Tre</li><li></li></ul>").passages
    ]
    assert passages == [("Ett två", ""), ("Tre", "•"), ("", "•")]


def test_scripts_styles_navigation_and_drawings_are_no_text() -> None:
    document = read(
        "<style>p{}</style><nav><p>Innehåll</p></nav><script>var a='<p>x</p>'</script><svg><text>9</text></svg>"
    )
    assert [line.text for line in document.lines] == [""]
    assert [type(block) for block in document.blocks] == [Picture]


def test_a_footer_is_a_running_line_not_a_passage() -> None:
    document = read("<p>Text</p><footer><p>Delår 2 2022</p></footer>")
    assert [one.text for one in document.running] == ["Delår 2 2022"]
    assert [one.text for one in document.passages] == ["Text"]


def test_a_table_has_title_unit_and_headings_joined_over_spanned_cells() -> None:
    table = table_in(TABLE)
    assert (table.title, table.unit) == ("Tabell 1. Netto, tkr", Unit.THOUSANDS)
    assert [column.heading for column in table.columns] == ["Utfall 2021", "Utfall 2022", "Budget 2022"]


def test_cells_are_numbers_in_the_tables_unit_or_nothing() -> None:
    first, second = table_in(TABLE).rows
    assert [cell and cell.number and cell.number.kronor for cell in first.cells] == [
        Decimal(-1_000_000),
        Decimal(-1_100_000),
        None,
    ]
    assert (second.label, second.cells[2]) == ("Andel flickor", None)
    share = second.cells[1]
    assert share is not None
    assert share.number is not None
    assert (share.number.value, share.number.unit, share.marks) == (Decimal(1300), Unit.PERCENT, ("*",))


def test_every_cell_points_at_its_own_text() -> None:
    document = read(TABLE)
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                assert cell is None or document.text_at(cell.span) == cell.text


def test_a_table_without_head_cells_is_headed_by_its_first_row() -> None:
    table = table_in("<table><tr><td>Nämnd<td>2021<td>2022<tr><td>Skola<td>10<td>11</table>")
    assert [column.heading for column in table.columns] == ["2021", "2022"]
    assert [row.label for row in table.rows] == ["Skola"]


def test_two_columns_of_names_make_the_label() -> None:
    rows = "<tr><td>41<td>Skola<td>5<td>6<tr><td>Stab<td>Kansli<td>7<td>8"
    table = table_in(f"<table><tr><th>Nr<th>Namn<th>2021<th>2022{rows}</table>")
    assert [row.label for row in table.rows] == ["41 Skola", "Stab Kansli"]


def test_a_table_that_lays_out_text_becomes_passages() -> None:
    document = read("<table><tr><td>Vänster text.<td>Höger text.</table>")
    assert [one.text for one in document.passages] == ["Vänster text.", "Höger text."]
    assert list(document.tables) == []


def test_marks_hold_for_the_paragraph_the_row_or_what_follows() -> None:
    document = read(
        "<!-- noqa: K044 --><p>Ett</p><p>Två <!-- noqa: K040 --></p>"
        "<table><tr><th>A<th>2021<tr><td>B<!-- noqa: K001 --><td>5</table>"
    )
    assert [(mark.codes, document.line(mark.line).text) for mark in document.marks] == [
        (("K044",), "Ett"),
        (("K040",), "Två"),
        (("K001",), "B | 5"),
    ]
    assert read("<p>x</p><!-- noqa-file: K066 -->").marks == (Mark(0, ("K066",), 1),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_swedish_letters_come_through_in_every_encoding(encoding: str) -> None:
    assert read_bytes("<html><body><p>Åäö</p></body></html>".encode(encoding)).lines[0].text == "Åäö"


def test_a_named_charset_is_believed_and_a_made_up_one_is_not() -> None:
    named = '<html><meta charset="iso-8859-1"><p>Åäö</p>'.encode("iso-8859-1")
    assert read_html(named).lines[0].text == "Åäö"
    assert read_html("<html><meta charset='klingon'><p>Åäö</p>".encode("cp1252")).lines[0].text == "Åäö"


@given(
    st.lists(
        st.sampled_from(
            [
                "<table>",
                "<tr>",
                "<td>",
                "<th>",
                "</td>",
                "</table>",
                "<p>",
                "</p>",
                "<li>",
                "<!--",
                "<svg>",
                "</svg>",
                "12",
                "a",
            ]
        )
    )
)
def test_broken_html_is_read_as_far_as_it_goes(pieces: list[str]) -> None:
    document = read(" ".join(pieces))
    for block in document.blocks:
        if isinstance(block, Heading):
            assert document.text_at(block.span)
        if isinstance(block, Passage):
            assert all(piece.line <= len(document.lines) for piece in block.pieces)
        if isinstance(block, Table):
            assert all(len(row.cells) == len(block.columns) for row in block.rows)


@pytest.mark.parametrize(
    ("cell", "indent"),
    [
        ("<td>A", 0.0),
        ('<th scope="row" class="in-2">A', 24.0),
        ('<td style="padding-left: 16px">A', 12.0),
        ("<td>&nbsp;&nbsp;A", 6.0),
    ],
)
def test_a_row_set_in_keeps_its_indent(cell: str, indent: float) -> None:
    (row,) = table_in(f"<table><tr><th>N<th>2021<tr>{cell}<td>5</table>").rows
    assert row.indent == indent
