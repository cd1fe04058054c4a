"""What each format must hold, read back from the files themselves."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import pytest

from tests.reports.word_package import faults_of_word_file
from uppsikt.reports.document import Document
from uppsikt.reports.renderers import render

pikepdf = pytest.importorskip("pikepdf")
docx = pytest.importorskip("docx")
pytest.importorskip("typst")

HASH_WORDS = 12


def elements(pdf: bytes) -> list[tuple[str, object]]:
    """The structure elements of a PDF: (type, attributes)."""
    found: list[tuple[str, object]] = []

    def walk(element: object) -> None:
        if isinstance(element, pikepdf.Array):
            for kid in element:
                walk(kid)
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                found.append((str(element.S), element.get("/A")))
            if "/K" in element:
                walk(element.K)

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        walk(opened.Root.StructTreeRoot)
        return [(kind, json.dumps(_scope(attributes))) for kind, attributes in found]


def placed(element: object, kind: str = "") -> list[tuple[str, object]]:
    """Where the structure's marked contents stand: (type of the element around them, page)."""
    if isinstance(element, pikepdf.Array):
        return [found for kid in element for found in placed(kid, kind)]
    if not isinstance(element, pikepdf.Dictionary):
        return []
    kind = str(element.get("/S")) if re.fullmatch(r"/H\d", str(element.get("/S"))) else kind
    own = [(kind, element.Pg.objgen)] if "/Pg" in element else []
    return own + (placed(element.K, kind) if "/K" in element else [])


def _scope(attributes: object) -> list[str]:
    parts = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    return [str(part.get("/Scope")) for part in parts if isinstance(part, pikepdf.Dictionary)]


def test_every_format_is_the_same_bytes_each_time(document: Document, files: dict[str, bytes]) -> None:
    assert render(document) == files


def test_every_format_carries_the_content_hash_and_the_cut_off(document: Document, files: dict[str, bytes]) -> None:
    def inside(name: str) -> str:
        content = files[name]
        if name.endswith((".docx", ".xlsx", ".zip")):
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                return "".join(package.read(entry).decode(errors="ignore") for entry in package.namelist())
        if name.endswith(".pdf"):
            with pikepdf.open(io.BytesIO(content)) as opened, opened.open_metadata() as metadata:
                return str(metadata["pdf:Keywords"]) + "31 augusti 2022"  # the footer's text is glyphs
        return content.decode()

    for name in files:
        text = inside(name)
        assert document.content_hash[:HASH_WORDS] in text, name
        assert "31 augusti 2022" in text or "2022-08-31" in text, name


def test_the_pdf_says_that_it_is_pdf_a_2a_and_pdf_ua_1_in_swedish(files: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(files["rapport.pdf"])) as opened, opened.open_metadata() as metadata:
        assert metadata.pdfa_status == "2A"
        assert metadata["pdfuaid:part"] == "1"
        assert str(opened.Root.Lang) == "sv"
        assert bool(opened.Root.MarkInfo.Marked)


def test_the_pdf_has_a_title_headings_contents_and_figures_with_words(files: dict[str, bytes]) -> None:
    kinds = [kind for kind, _ in elements(files["rapport.pdf"])]
    for kind in ("/Title", "/H1", "/H2", "/TOC", "/Table", "/Caption", "/Figure"):
        assert kind in kinds, kind


def test_every_body_row_of_the_pdf_s_tables_has_a_row_header(files: dict[str, bytes]) -> None:
    headers = [scope for kind, scope in elements(files["rapport.pdf"]) if kind == "/TH"]
    rows = [kind for kind, _ in elements(files["rapport.pdf"]) if kind == "/TR"]
    tables = [kind for kind, _ in elements(files["rapport.pdf"]) if kind == "/Table"]
    assert sum("Row" in scope for scope in headers) == len(rows) - len(tables)
    assert all("Row" in scope or "Column" in scope for scope in headers)


def test_the_pdf_ua_checker_has_nothing_to_say(files: dict[str, bytes], tmp_path: object) -> None:
    pdfua = pytest.importorskip("pdfua")
    path = tmp_path / "rapport.pdf"  # type: ignore[operator]
    path.write_bytes(files["rapport.pdf"])
    report = pdfua.validate(path)
    assert [finding for finding in report.findings if finding.severity is not pdfua.Severity.INFO] == []


def test_a_word_file_is_whole_and_one_that_lost_a_picture_is_not(files: dict[str, bytes]) -> None:
    assert faults_of_word_file(files["rapport.docx"]) == []
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(files["rapport.docx"])) as whole, zipfile.ZipFile(broken, "w") as lacking:
        for name in whole.namelist():
            if not name.startswith("word/media/"):
                lacking.writestr(name, whole.read(name))
    assert "leads to word/media/" in " ".join(faults_of_word_file(broken.getvalue()))


def test_word_repeats_heading_rows_and_has_real_styles(files: dict[str, bytes]) -> None:
    word = docx.Document(io.BytesIO(files["rapport.docx"]))
    assert all(table.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for table in word.tables)
    styles = {paragraph.style.name for paragraph in word.paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "Caption", "List Bullet", "List Number"} <= styles
    assert {table.style.name for table in word.tables} == {"Uppsikt Table"}


def test_word_has_alternative_texts_language_and_fields(document: Document, files: dict[str, bytes]) -> None:
    word = docx.Document(io.BytesIO(files["rapport.docx"]))
    words = word.element.body.xpath(".//wp:docPr/@descr")
    assert words == [chart.text_alternative for chart in document.charts]
    assert word.styles.element.xpath("./w:docDefaults//w:lang/@w:val") == ["sv-SE"]
    fields = word.element.body.xpath(".//w:instrText/text()")
    footer = word.sections[0].footer._element.xpath(".//w:instrText/text()")
    assert any("TOC" in field for field in fields)
    assert [field.strip() for field in footer] == ["PAGE", "NUMPAGES"]


def test_word_holds_nothing_of_the_template_s_own_and_reckons_its_fields_when_opened(files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["rapport.docx"])) as package:
        assert not [name for name in package.namelist() if "thumbnail" in name]
        assert b"<Application>Uppsikt</Application>" in package.read("docProps/app.xml")
        assert b'<w:updateFields w:val="true"/>' in package.read("word/settings.xml")


def test_each_numbered_list_in_word_starts_at_one(files: dict[str, bytes]) -> None:
    word = docx.Document(io.BytesIO(files["rapport.docx"]))
    numbers = [
        paragraph._p.pPr.numPr.numId.val for paragraph in word.paragraphs if paragraph.style.name == "List Number"
    ]
    assert len(numbers) == 2
    assert len(set(numbers)) == 1


def test_html_has_landmarks_one_h1_and_a_header_for_every_row_and_column(files: dict[str, bytes]) -> None:
    html = files["rapport.html"].decode()
    assert '<html lang="sv">' in html
    assert all(f"<{landmark}" in html for landmark in ("header", "main", "nav", "footer"))
    assert html.count("<h1>") == 1
    body_rows = re.findall(r"<tr[^>]*><th scope=\"row\"", html)
    heading_rows = re.findall(r"<thead><tr><th scope=\"col\"", html)
    assert len(re.findall("<tr", html)) == len(body_rows) + len(heading_rows)
    assert len(re.findall("<table", html)) == len(re.findall("<caption", html)) == len(heading_rows)


def test_html_needs_nothing_but_itself(files: dict[str, bytes]) -> None:
    html = files["rapport.html"].decode()
    assert "<script" not in html
    assert not re.findall(r'(?:src|href)="(?!#)', re.sub(r'xmlns[^=]*="[^"]*"', "", html))


def test_html_figures_hold_their_number_and_lead_to_their_origin(files: dict[str, bytes]) -> None:
    html = files["rapport.html"].decode()
    assert re.search(r'<a class="figure" href="#figur-1"[^>]*><data value="15.4">15,4\u00a0mnkr</data></a>', html)
    assert '<tr id="figur-1">' in html


def test_html_charts_are_one_image_with_words_and_data(document: Document, files: dict[str, bytes]) -> None:
    html = files["rapport.html"].decode()
    assert html.count('role="img"') == html.count("<details>") == len(document.charts)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_text_from_people_is_escaped_in_html(document: Document, tmp_path: object) -> None:
    from tests.reports.sample import FACTS, RECIPE, SampleSource, write_report
    from uppsikt.reports.compose import compose

    recipe = RECIPE.replace("title: Delårsrapport med prognos 2", "title: <script>alert(1)</script>")
    economy = '# A & B\n\n[länk](javascript:alert(1)) och "citat" <\n'
    folder = write_report(tmp_path / "r", recipe=recipe, economy=economy)  # type: ignore[operator]
    nasty, _ = compose(folder, SampleSource(), FACTS)
    assert nasty is not None
    made = render(nasty, ["html", "docx", "pdf"])
    assert b"<script" not in made["rapport.html"]
    assert b'href="javascript' not in made["rapport.html"]
    assert docx.Document(io.BytesIO(made["rapport.docx"])).paragraphs[1].text == "<script>alert(1)</script>"


def test_excel_numbers_are_numbers_in_tkr(files: dict[str, bytes]) -> None:
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(files["tabeller.xlsx"]))
    name = next(sheet for sheet in workbook.sheet_names if sheet.startswith("Tabell 1 "))
    rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    assert rows[2][-1] == "Avvikelse delår 2 (tkr)"
    assert rows[7][0] == "Nettokostnad"
    assert rows[7][-1] == -15383.0
    assert rows[8][3] == "–"


def test_excel_lists_every_figure_with_its_address_and_ore(files: dict[str, bytes]) -> None:
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(files["tabeller.xlsx"]))
    rows = workbook.get_sheet_by_name("Alla siffror").to_python()
    by_address = {row[7]: row for row in rows}
    figure = by_address["nettoredovisning/nettokostnad/avvikelse@delar2-2022"]
    assert (figure[4], figure[5], figure[6]) == (-15383.0, 1_538_300_000.0, "tkr")


def test_the_data_package_describes_every_csv_it_holds(document: Document, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["data.zip"])) as package:
        names = [name for name in package.namelist() if name.endswith(".csv")]
        frictionless = json.loads(package.read("datapackage.json"))
        csvw = json.loads(package.read("csvw-metadata.json"))
        tables = {name: list(csv.reader(io.StringIO(package.read(name).decode(), newline=""))) for name in names}
    assert [resource["path"] for resource in frictionless["resources"]] == names
    assert [table["url"] for table in csvw["tables"]] == names
    assert frictionless["content_hash"] == document.content_hash
    for resource in frictionless["resources"]:
        assert [field["name"] for field in resource["schema"]["fields"]] == tables[resource["path"]][0]
    assert tables["01-nettoredovisning.csv"][5][7] == "-15383"


@pytest.mark.parametrize(
    "economy",
    [
        "# Bara en rubrik\n",
        "# A\n\n::: decision\n:::\n\n::: callout\n:::\n",
        "# A\n\n::: table iakttagelser\n",
        "# A\n\nText med #hash, $dollar$, *@at* och \\bakstreck.\n\n1. ett\n\n   1. ett ett\n\n2. två\n",
    ],
)
def test_odd_but_right_texts_come_out_in_every_format(tmp_path: object, economy: str) -> None:
    from tests.reports.sample import FACTS, RECIPE, SampleSource, write_report
    from uppsikt.reports.compose import compose

    recipe = RECIPE.replace("          - Fler behöver komma i arbete.\n", '          - ""\n')
    folder = write_report(tmp_path / "r", recipe=recipe, economy=economy)  # type: ignore[operator]
    odd, findings = compose(folder, SampleSource(), FACTS)
    assert odd is not None, findings
    assert all(render(odd).values())


def test_two_reports_can_be_printed_at_once(document: Document, files: dict[str, bytes]) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        made = [pool.submit(render, document, ["pdf"]) for _ in range(6)]
    assert all(one.result()["rapport.pdf"] == files["rapport.pdf"] for one in made)


def test_a_table_lies_down_only_when_its_numbers_need_it() -> None:
    from decimal import Decimal

    from uppsikt.reports.document import NumberCell, Table, TableColumn, TableRow
    from uppsikt.reports.renderers.typst import _layout

    def table(columns: int, label: str) -> Table:
        heads = tuple(TableColumn(str(index), "Budget 2022") for index in range(columns))
        cells = tuple(NumberCell("−791 234", Decimal(-791234)) for _ in range(columns))
        return Table("t", "Tabell 1", (), "", heads, (TableRow("r", label, cells),))

    assert not _layout(table(3, "Kort"))["landscape"]
    assert _layout(table(3, "Kort"))["size"] == 9.0
    assert not _layout(table(7, "Informationsförsörjningsavdelningen"))["landscape"]
    assert _layout(table(12, "Kort"))["landscape"]


def test_a_table_that_lies_takes_its_headings_along(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.reports.sample import FACTS, SampleSource, write_report
    from uppsikt.reports.compose import compose
    from uppsikt.reports.renderers import typst

    upright = typst._layout
    monkeypatch.setattr(typst, "_layout", lambda table: {**upright(table), "landscape": True})
    economy = "# A\n\nText.\n\n## Rubrik\n\n### Underrubrik\n\n::: statement nettoredovisning\n\nMer text.\n"
    folder = write_report(tmp_path / "r", economy=economy, decision="# B\n\nText.\n")  # type: ignore[operator]
    document, _ = compose(folder, SampleSource(), FACTS)
    assert document is not None
    with pikepdf.open(io.BytesIO(render(document, ["pdf"])["rapport.pdf"])) as opened:
        lying = [page for page in opened.pages if page.mediabox[2] > page.mediabox[3]]
        headings = [page for kind, page in placed(opened.Root.StructTreeRoot) if re.fullmatch("/H[2-4]", kind)]
        assert len(lying) == 1
        assert headings.count(lying[0].obj.objgen) == 2
