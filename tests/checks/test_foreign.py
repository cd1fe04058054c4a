"""Word files and web pages as others make them: faults are found where they are, and what is right stays silent."""

from __future__ import annotations

import io

import pytest

from uppsikt.checks import check_bytes
from uppsikt.core.findings import Severity

NO_BREAK, MINUS = "\u00a0", "\u2212"
ROWS = {
    "Grundskola": ("-812 400", "-820 100", "-7 700"),
    "Förskola": ("-405 300", "-401 900", "3 400"),
    "Gymnasieskola": ("-233 800", "-236 500", "-2 700"),
    "Kulturskola": ("-21 500", "-20 900", "600"),
    "Summa nämnden": ("-1 473 000", "-1 479 400", "-6 400"),
}
TEXT = (
    "Nämnden prognostiserar ett underskott mot budget på 6,4 mnkr för helåret 2025. "
    "Grundskolan visar en negativ avvikelse på 7,7 mnkr."
)


def loud(data: bytes, name: str) -> list[tuple[str, str]]:
    """Errors and warnings: the code, and what stands at the place."""
    outcome = check_bytes(data, name=name)
    return [
        (one.code, outcome.document.text_at(one.spans[0]))
        for one in outcome.remarks
        if one.severity is not Severity.NOTE
    ]


def word(*, old: str = "", new: str = "", footer: str = "Delårsrapport per 31 augusti 2025") -> bytes:
    """Merged head cells, figures as text with no-break spaces and true minus, year and round in the footer."""
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("Delårsrapport augusti 2025", style="Title")
    document.add_heading("Ekonomiskt utfall", 1)
    document.add_paragraph(TEXT.replace(old, new) if old else TEXT)
    table = document.add_table(rows=2, cols=4)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Verksamhet (tkr)"
    table.cell(0, 1).merge(table.cell(0, 3)).text = "Helår 2025"
    for index, heading in enumerate(("Budget", "Prognos", "Avvikelse"), 1):
        table.cell(1, index).text = heading
    for label, figures in ROWS.items():
        cells = table.add_row().cells
        cells[0].text = label
        for cell, figure in zip(cells[1:], figures, strict=False):
            shown = new if figure == old else figure
            cell.text = shown.replace(" ", NO_BREAK).replace("-", MINUS)
    document.sections[0].footer.paragraphs[0].text = footer
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def test_a_word_file_in_order_is_silent() -> None:
    assert loud(word(), "r.docx") == []


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("-401 900", "-409 900", "K002", f"{MINUS}409{NO_BREAK}900"),
        ("-1 473 000", "-1 473 900", "K002", f"{MINUS}1{NO_BREAK}473{NO_BREAK}900"),
        ("-2 700", "2 700", "K004", f"2{NO_BREAK}700"),
        ("7,7 mnkr", "7,2 mnkr", "K040", "7,2"),
    ],
)
def test_a_fault_in_a_word_file_is_found_where_it_stands(old: str, new: str, code: str, at: str) -> None:
    assert loud(word(old=old, new=new), "r.docx") == [(code, at)]


def test_last_years_footer_is_found() -> None:
    ((code, at),) = loud(word(footer="Delårsrapport per 31 augusti 2024"), "r.docx")
    assert code == "K020"
    assert "2024" in at


def published(*, old: str = "", new: str = "") -> str:
    """A page of a publishing tool: a menu, a table without head cells in a figure, an older year at the foot."""
    head = ("Verksamhet, tkr", "Budget<br>2025", "Prognos<br>2025", "Avvikelse")
    rows = [head, *((label, *figures) for label, figures in ROWS.items())]
    body = "".join("<tr>" + "".join(f"<td><strong>{cell}</strong></td>" for cell in row) + "</tr>\n" for row in rows)
    page = f"""<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8">
<title>Delårsrapport - Kommunen</title></head><body>
<header><nav><ul><li>Start<li>Kommun och politik 2021</ul></nav></header>
<main><article>
<h1>Delårsrapport augusti 2025</h1><p class="ingress">Senast uppdaterad 3 oktober 2025</p>
<h2>Ekonomi</h2><p>{TEXT.replace(" mnkr", "&nbsp;mnkr")}
<figure class="wp-block-table"><table><tbody>{body}</tbody></table>
<figcaption>Tabell 1. Nettokostnader</figcaption></figure></article></main>
<footer>&copy; 2023 Kommunen. Telefon 0123-456 00</footer></body></html>"""
    return page.replace(old, new) if old else page


def portlet(*, old: str = "", new: str = "") -> bytes:
    """A page of another: paragraphs in cells, row headings, a table foot, dashes for minus, an older encoding."""

    def row(label: str, *figures: str) -> str:
        cells = "".join(f'<td class="r"><p class="normal">{figure}</p></td>' for figure in figures)
        return f'<tr><th scope="row"><p class="normal">{label}</p></th>{cells}</tr>'

    page = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"></head><body>
<div class="portlet"><h2>Årets resultat 2024</h2>
<p class="normal">Äldreomsorgen redovisar ett överskott på 2,6&nbsp;miljoner kronor.</p>
<table><caption>Nämndernas utfall 2024, miljoner kronor</caption>
<thead><tr><th>Nämnd</th><th>Budget</th><th>Utfall</th><th>Avvikelse</th></tr></thead>
<tbody>{row("Äldreomsorgen", "20,1", "17,5", "+2,6")}{row("Kultur och fritid", "12,3", "13,0", "&ndash;&nbsp;0,7")}
{row("Teknik", "8,0", "9,2", "&minus;1,2")}</tbody>
<tfoot>{row("Totalt", "40,4", "39,7", "+0,7")}</tfoot></table></div></body></html>"""
    return (page.replace(old, new) if old else page).encode("latin-1")


def test_published_pages_in_order_are_silent() -> None:
    assert loud(published().encode(), "r.html") == []
    assert loud(portlet(), "r.html") == []


def test_a_fault_in_a_published_page_is_found_where_it_stands() -> None:
    assert loud(published(old="-236 500", new="-263 500").encode(), "r.html") == [("K002", "-263 500")]
    assert loud(portlet(old="39,7", new="36,7"), "r.html") == [("K002", "36,7")]
    assert loud(portlet(old="på 2,6", new="på 6,2"), "r.html") == [("K040", "6,2")]


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>" + "<table><tr><td>" * 60 + "1" + "</table>" * 7,
        "<html><body><table><tr><td colspan=9999 rowspan=-3>x<td>5<tr><th colspan=x>6</table>",
        "<table><caption></caption><thead></thead><tfoot><tr><td>1<td>2</tfoot></table>",
        "<html><body><table>" + "<tr><td rowspan=99>a<td>1 000" * 40 + "</table>",
    ],
)
def test_no_page_is_too_crooked_to_be_read(page: str) -> None:
    assert check_bytes(page.encode(), name="r.html").document.kind == "html"
