from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ledger.material import HEADINGS, JULY, write_table
from uppsikt.core.findings import Finding
from uppsikt.ledger.profiles import Profile, built_in
from uppsikt.ledger.readers.base import LedgerFile
from uppsikt.ledger.readers.table import read_table

TABLE = built_in()["tabell"]
Posting = tuple[date, str, dict[str, str], int, str]


def with_keys(**keys: object) -> Profile:
    return Profile(**{**TABLE.content(), **keys})  # type: ignore[arg-type]


def read(path: Path, profile: Profile = TABLE) -> tuple[LedgerFile, list[Posting]]:
    ledger = read_table(path, profile)
    rows: list[Posting] = []
    for block in ledger.blocks:
        for at in range(len(block)):
            voucher = block.vouchers[block.voucher_index[at]]
            rows.append(
                (
                    block.dates[at].astype(object),
                    block.accounts[block.account_index[at]],
                    dict(block.object_lists[block.object_index[at]]),
                    int(block.amounts_ore[at]),
                    f"{voucher.series} {voucher.number}".strip(),
                )
            )
    return ledger, rows


def said(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.code, str(finding.at)) for finding in findings]


def test_a_row_has_its_date_account_codes_amount_and_voucher(tmp_path: Path) -> None:
    ledger, rows = read(write_table(tmp_path, *JULY))

    assert ledger.findings == []
    assert rows == [
        (date(2022, 7, 5), "5010", {"unit": "4220"}, 100_000, "A 1"),
        (date(2022, 7, 5), "2440", {"unit": "4220"}, -100_000, "A 1"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_encoding_and_separator_are_told_from_the_file(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "bok.csv"
    text = separator.join(["Bokföringsdatum", "Konto", "Särskild kodning", "Belopp"])
    text += "\r\n" + separator.join(["2022-08-01", "5010", "Räddning", "12.50"]) + "\r\n"
    path.write_bytes(text.encode(encoding))

    ledger, rows = read(path)
    assert ledger.findings == []
    assert rows == [(date(2022, 8, 1), "5010", {"marker": "Räddning"}, 1_250, "")]


def test_the_profile_may_say_the_encoding(tmp_path: Path) -> None:
    path = tmp_path / "bok.csv"
    path.write_bytes("Datum;Konto;Projekt;Belopp\n2022-08-01;5010;Å1;1\n".encode("cp850"))

    assert read(path, with_keys(encoding="cp850"))[1][0][2] == {"project": "Å1"}


def test_debit_and_credit_in_columns_of_their_own(tmp_path: Path) -> None:
    headings = "Datum;Konto;Debet;Kredit"
    ledger, rows = read(
        write_table(tmp_path, "2022-08-01;5010;100,00;", "2022-08-01;2440;;100,00", headings=headings)
    )

    assert ledger.findings == []
    assert [row[3] for row in rows] == [10_000, -10_000]


def test_reversed_sign_is_turned_to_debit_plus(tmp_path: Path) -> None:
    assert [row[3] for row in read(write_table(tmp_path, *JULY), with_keys(sign="reversed"))[1]] == [
        -100_000,
        100_000,
    ]


@pytest.mark.parametrize(
    ("decimal", "text", "ore"),
    [
        ("auto", "1 234,50", 123_450),
        ("auto", "1\u00a0234,50", 123_450),
        ("auto", "−12", -1_200),
        ("auto", "(300)", -30_000),
        ("comma", "1.400", 140_000),
        ("comma", "1.400,5", 140_050),
        ("point", "1,400", 140_000),
        ("point", "1,400.5", 140_050),
        ("point", "1.400", 140),
        ("point", "7.00000", 700),
    ],
)
def test_amounts_are_read_by_the_profiles_decimal_sign(tmp_path: Path, decimal: str, text: str, ore: int) -> None:
    path = write_table(tmp_path, f"2022-08-01;5010;{text}", headings="Datum;Konto;Belopp")
    ledger, rows = read(path, with_keys(decimal=decimal))

    assert ledger.findings == []
    assert rows[0][3] == ore


@pytest.mark.parametrize(
    ("form", "text", "day"),
    [
        ("yyyy-mm-dd", "2022-08-31", date(2022, 8, 31)),
        ("yyyy-mm-dd", "2022-08-31 00:00:00", date(2022, 8, 31)),
        ("yyyymmdd", "20220831", date(2022, 8, 31)),
        ("dd.mm.yyyy", "31.08.2022", date(2022, 8, 31)),
        ("dd/mm/yyyy", "5/8/2022", date(2022, 8, 5)),
        ("yymmdd", "220831", date(2022, 8, 31)),
    ],
)
def test_dates_are_read_in_the_profiles_forms(tmp_path: Path, form: str, text: str, day: date) -> None:
    path = write_table(tmp_path, f"{text};5010;1", headings="Datum;Konto;Belopp")

    assert read(path, with_keys(dates=(form,)))[1][0][0] == day


@pytest.mark.parametrize("text", ["202281", "2022-02-30", "31/8", "", "augusti"])
def test_what_is_no_date_is_a_finding_at_its_cell(tmp_path: Path, text: str) -> None:
    path = write_table(tmp_path, f"{text};5010;1", headings="Datum;Konto;Belopp")

    assert said(read(path)[0].findings) == [("L010", "bok.csv, rad 2, kolumn datum")]


def test_a_table_of_periods_is_posted_on_the_last_day_of_the_month(tmp_path: Path) -> None:
    path = write_table(tmp_path, "2022-02;5010;1", "202213;5010;2", headings="Period;Konto;Belopp")
    ledger = read_table(path, TABLE)
    block = next(iter(ledger.blocks))

    assert block.dates.astype(object).tolist() == [date(2022, 2, 28), date(2022, 12, 31)]
    assert block.periods is not None
    assert block.periods.tolist() == [202202, 202212]


def test_a_quotation_mark_that_would_swallow_the_rows_after_it_is_a_finding(tmp_path: Path) -> None:
    rows = ["2022-08-01;5010;1;ja", '2022-08-01;5010;2;"Sågverk', "2022-08-01;5010;4;nej"]
    ledger, _ = read(write_table(tmp_path, *rows, headings="Datum;Konto;Belopp;Text"))
    assert said(ledger.findings) == [("T005", "bok.csv, rad 3")]
    ledger, postings = read(write_table(tmp_path, *rows[:1], *rows[2:], headings="Datum;Konto;Belopp;Text"))
    assert not ledger.findings
    assert [posting[3] for posting in postings] == [100, 400]


def test_each_bad_cell_is_named_and_the_twenty_first_of_a_kind_is_counted(tmp_path: Path) -> None:
    rows = ["2022-08-01;;1", *["2022-08-01;5010;x"] * 25, "2022-08-01;5010;1;extra"]
    ledger, _ = read(write_table(tmp_path, *rows, headings="Datum;Konto;Belopp"))
    codes = [code for code, _ in said(ledger.findings)]

    assert codes.count("L012") == 20
    assert codes.count("L013") == 1
    assert codes.count("T004") == 1
    assert ledger.findings[-1].code == "L030"
    assert ledger.findings[-1].facts == {"kind": "L012", "count": 5}
    assert ("L013", "bok.csv, rad 2, kolumn konto") in said(ledger.findings)
    assert ("T004", "bok.csv, rad 28") in said(ledger.findings)


@pytest.mark.parametrize(
    ("headings", "missing"),
    [("Datum;Belopp", "Konto"), ("Datum;Konto", "Belopp"), ("Konto;Belopp", "Datum")],
)
def test_a_missing_column_is_named_with_what_it_may_be_called(tmp_path: Path, headings: str, missing: str) -> None:
    finding = read(write_table(tmp_path, "a;b", headings=headings))[0].findings[0]

    assert finding.code == "L005"
    assert missing in finding.says
    assert headings.lower().replace(";", "; ") in finding.says


def test_a_heading_that_occurs_twice_is_refused(tmp_path: Path) -> None:
    path = write_table(tmp_path, "2022-08-01;1;2;3", headings="Datum;Konto;Konto;Belopp")

    assert said(read(path)[0].findings) == [("T003", "bok.csv, rad 1")]


def test_empty_rows_and_short_rows_are_taken_as_they_are(tmp_path: Path) -> None:
    path = write_table(tmp_path, "", "2022-08-01;5010;1", ";;;", headings="Datum;Konto;Belopp;Projekt")
    ledger, rows = read(path)

    assert ledger.findings == []
    assert len(rows) == 1


def test_a_workbook_is_read_with_its_own_numbers_and_dates(tmp_path: Path) -> None:
    path = tmp_path / "bok.xlsx"
    workbook = xlsxwriter.Workbook(str(path))
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, ["Datum", "Konto", "Ansvar", "Belopp"])
    sheet.write_datetime(1, 0, date(2022, 8, 31), workbook.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write_row(1, 1, [5010, "0042", 0.1 + 0.2])
    sheet.write_row(2, 0, ["2022-08-31", "2440", "", -1234.5])
    workbook.close()

    for decimal in ("auto", "comma", "point"):
        ledger, rows = read(path, with_keys(decimal=decimal))
        assert ledger.findings == []
        assert rows == [
            (date(2022, 8, 31), "5010", {"unit": "0042"}, 30, ""),
            (date(2022, 8, 31), "2440", {}, -123_450, ""),
        ]


def test_rows_past_a_block_go_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uppsikt.ledger.readers.table.ROWS_PER_BLOCK", 3)
    rows = [f"2022-08-01;5010;{n}" for n in range(1, 8)]
    ledger = read_table(write_table(tmp_path, *rows, headings="Datum;Konto;Belopp"), TABLE)
    blocks = list(ledger.blocks)

    assert [len(block) for block in blocks] == [3, 3, 1]
    assert [line for block in blocks for line in block.lines.tolist()] == list(range(2, 9))


CODES = st.text(st.characters(categories=["L", "N"], max_codepoint=0x2000), min_size=1, max_size=8)
ROWS = st.lists(
    st.tuples(
        st.dates(date(1990, 1, 1), date(2100, 12, 31)),
        CODES,
        CODES | st.just(""),
        st.integers(-(10**12), 10**12),
        st.text(st.characters(exclude_categories=["C", "Z"]), max_size=20),
    ),
    min_size=1,
    max_size=30,
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=ROWS,
    separator=st.sampled_from(";\t"),
    mark=st.sampled_from(",."),
    encoding=st.sampled_from(["utf-8", "utf-16"]),
)
def test_what_is_written_as_a_table_is_read_back(
    tmp_path: Path, rows: list[tuple[date, str, str, int, str]], separator: str, mark: str, encoding: str
) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator)
    writer.writerow(["Datum", "Konto", "Ansvar", "Belopp", "Text"])
    for day, account, unit, ore, text in rows:
        writer.writerow([day, account, unit, str(Decimal(ore) / 100).replace(".", mark), text])
    path = tmp_path / "bok.csv"
    path.write_bytes(stream.getvalue().encode(encoding))

    ledger, back = read(path)
    assert ledger.findings == []
    assert [(row[0], row[1], row[2].get("unit", ""), row[3]) for row in back] == [row[:4] for row in rows]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cells=st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=8),
    shift=st.integers(0, 3),
)
def test_no_cells_make_a_traceback(tmp_path: Path, cells: list[list[str]], shift: int) -> None:
    headings = HEADINGS.split(";")
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";")
    writer.writerow(headings[shift:] + headings[:shift])
    writer.writerows(cells)
    path = tmp_path / "bok.csv"
    path.write_bytes(stream.getvalue().encode("utf-8", errors="surrogatepass"))

    ledger, rows = read(path)
    assert ledger.findings or all(day >= date(1, 1, 1) + timedelta(0) for day, *_ in rows)


@pytest.mark.parametrize("text", ["202200", "2022-17", "augusti", "22-08"])
def test_what_is_no_period_is_a_finding_at_its_cell(tmp_path: Path, text: str) -> None:
    path = write_table(tmp_path, f"{text};5010;1", headings="Period;Konto;Belopp")

    assert said(read(path)[0].findings) == [("L011", "bok.csv, rad 2, kolumn period")]


def test_a_workbook_that_unpacks_to_gigabytes_is_refused_unopened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bok.xlsx"
    workbook = xlsxwriter.Workbook(str(path))
    workbook.add_worksheet()
    workbook.close()
    monkeypatch.setattr("uppsikt.core.workbooks.MAX_UNPACKED_BYTES", 1_000)

    assert [finding.code for finding in read(path)[0].findings] == ["L035"]
