"""Tables people bring: every Swedish flavour of CSV, XLSX, and rubbish."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.core.tables import date_from_text, read_table, sheet_name, write_csv, write_xlsx


def test_semicolons_and_windows_letters_are_read() -> None:
    table, findings = read_table("Kod;Namn\r\n10;Förskola\r\n".encode("cp1252"), "enheter.csv")
    assert not findings
    assert table is not None
    assert table.headings == ("kod", "namn")
    assert table.rows[0].cells == {"kod": "10", "namn": "Förskola"}
    assert str(table.rows[0].at("namn")) == "enheter.csv, rad 2, kolumn namn"


def test_excel_files_give_the_same_rows_as_csv() -> None:
    headings, rows = ["kod", "namn"], [["0010", "Förskola; öppen"], ["20", 'med "citat"']]
    from_csv, _ = read_table(write_csv(headings, rows), "a.csv")
    from_xlsx, _ = read_table(write_xlsx(headings, rows, "Enheter"), "a.xlsx")
    assert from_csv is not None
    assert from_xlsx is not None
    assert [row.cells for row in from_csv.rows] == [row.cells for row in from_xlsx.rows]
    assert from_csv.rows[0].get("kod") == "0010"


def test_two_columns_of_one_name_and_rows_too_wide_are_findings() -> None:
    assert [f.code for f in read_table(b"a;a\n1;2\n", "x.csv")[1]] == ["T003"]
    assert [(f.code, f.at.line) for f in read_table(b"a;b\n1;2;3\n", "x.csv")[1]] == [("T004", 2)]


def test_a_quotation_mark_that_would_swallow_the_rows_after_it_is_a_finding() -> None:
    open_to_the_end = 'konto;rest;text\n4;100;ja\n5;200;"Sågverk\n6;300;nej\n'
    closed_by_another_row = open_to_the_end + '7;400;"nej"\n8;500;x\n'
    for content in (open_to_the_end, closed_by_another_row):
        table, findings = read_table(content.encode(), "x.csv")
        assert table is None
        assert [(finding.code, finding.at.line) for finding in findings] == [("T005", 3)]


def test_a_cell_of_two_lines_in_exact_quotation_marks_is_one_cell() -> None:
    table, findings = read_table('konto;text\n4;"ja, ""ofta""\nmen inte alltid"\n5;12" rör\n'.encode(), "x.csv")
    assert not findings
    assert table is not None
    assert [row.get("text") for row in table.rows] == ['ja, "ofta"\nmen inte alltid', '12" rör']


def test_an_empty_file_and_a_broken_workbook_are_findings() -> None:
    assert [f.code for f in read_table(b"  \n", "x.csv")[1]] == ["T001"]
    assert [f.code for f in read_table(b"PK\x03\x04rubbish", "x.xlsx")[1]] == ["T001"]


@given(st.binary(max_size=300))
def test_no_bytes_whatever_give_a_traceback(content: bytes) -> None:
    table, findings = read_table(content, "x.csv")
    assert (table is None) == bool(findings)


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C"])), min_size=2, max_size=2)))
def test_what_is_written_is_read_back(rows: list[list[str]]) -> None:
    stripped = [[cell.strip() for cell in row] for row in rows]
    table, _ = read_table(write_csv(["a", "b"], stripped), "x.csv")
    assert table is not None
    assert [[row.get("a"), row.get("b")] for row in table.rows] == [row for row in stripped if any(row)]


def test_dates_are_read_in_three_forms_and_impossible_days_refused() -> None:
    assert str(date_from_text("2022-08-31")) == str(date_from_text("20220831")) == "2022-08-31"
    assert date_from_text("2011-02-29") is None
    assert date_from_text("i går") is None


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A1", "+46 19 21 10 00 (växel)", "- varav lokaler", "@SUM(A1)", "'=1+1"]
)
def test_a_text_that_a_spreadsheet_would_run_is_guarded_and_read_back_as_it_was(text: str) -> None:
    written = write_csv(["kod", "namn"], [["10", text]])
    assert written.decode("utf-8-sig").splitlines()[1].split(";", 1)[1].strip('"').startswith("'")
    table, _ = read_table(written, "x.csv")
    assert table is not None
    assert table.rows[0].get("namn") == text


@pytest.mark.parametrize("text", ["-15383", "-1,5", "+2", "-", "a=b", "'74 års avtal", "-12,5%"])
def test_numbers_and_other_texts_are_left_as_they_are(text: str) -> None:
    assert write_csv(["a", "b"], [["10", text]]).decode("utf-8-sig").splitlines()[1] == f"10;{text}"


@pytest.mark.parametrize(
    ("title", "name"), [("Enheter Skola/förskola", "Enheter Skola-förskola"), ("[a]:*?", "-a----"), ("''", "-")]
)
def test_a_title_becomes_a_sheet_name_that_excel_takes(title: str, name: str) -> None:
    assert sheet_name(title) == name
    assert write_xlsx(["a"], [["=1+1"]], title)[:2] == b"PK"


def test_a_formula_in_a_workbook_is_text() -> None:
    table, _ = read_table(write_xlsx(["a"], [["=cmd|' /C calc'!A1"]], "x"), "x.xlsx")
    assert table is not None
    assert table.rows[0].get("a") == "=cmd|' /C calc'!A1"
