"""What is written can be read, by us and by anyone who follows the standard."""

from __future__ import annotations

import io
import tempfile
import zlib
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.sie4_help import FIXTURES, codes_of, errors_of, read_bytes, rows_of
from uppsikt.core.findings import Finding
from uppsikt.ledger.readers.base import (
    AccountName,
    Balance,
    DimensionName,
    FinancialYear,
    Header,
    ObjectList,
    ObjectName,
    Voucher,
)
from uppsikt.ledger.readers.ksumma import contents_by_line
from uppsikt.ledger.readers.sie4 import read_sie4
from uppsikt.ledger.writers.sie4 import VoucherRow, write_sie4

YEAR = FinancialYear(0, date(2024, 1, 1), date(2024, 12, 31))
HEADER = Header("sie4", "4E", "CP437", "Uppsikt 0.1", "Åtorps kommun", "212000-0000", date(2025, 1, 2), years=(YEAR,))
NAME = st.text(alphabet='abc ÅÄÖåäöé"{}#\\1', max_size=12).filter(lambda name: not name.endswith("\\"))
CODE = st.text(alphabet="A1 ö.-", min_size=1, max_size=6)
NUMBER = st.integers(1000, 9999).map(str)
ORE = st.integers(-(10**13), 10**13)
DAY = st.dates(date(2024, 1, 1), date(2024, 12, 31))
OBJECTS: st.SearchStrategy[ObjectList] = st.lists(st.tuples(st.sampled_from(["1", "6", "20"]), CODE), max_size=3).map(
    tuple
)
ROWS = st.lists(st.builds(VoucherRow, NUMBER, ORE, OBJECTS, st.none() | DAY, NAME), min_size=1, max_size=4)
VOUCHERS = st.lists(st.tuples(st.builds(Voucher, CODE, NAME, DAY, NAME), ROWS), max_size=5)
BALANCES = st.lists(
    st.one_of(
        st.builds(Balance, st.sampled_from(["IB", "UB", "RES"]), st.integers(-3, 0), NUMBER, ORE),
        st.builds(Balance, st.sampled_from(["OIB", "OUB"]), st.integers(-3, 0), NUMBER, ORE, OBJECTS),
        st.builds(
            Balance,
            st.sampled_from(["PSALDO", "PBUDGET"]),
            st.integers(-3, 0),
            NUMBER,
            ORE,
            OBJECTS,
            st.integers(202401, 202412),
        ),
    ),
    max_size=5,
)


def written(**parts: object) -> tuple[bytes, list[Finding]]:
    stream = io.BytesIO()
    findings = write_sie4(stream, header=HEADER, **parts)  # type: ignore[arg-type]
    return stream.getvalue(), findings


def voucher_key(voucher: Voucher) -> tuple[str, str, date, str]:
    return voucher.series, voucher.number, voucher.date, voucher.text


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.builds(AccountName, NUMBER, NAME, st.sampled_from("TSKI")), unique_by=lambda a: a.code, max_size=4),
    st.lists(st.builds(DimensionName, NUMBER, NAME, st.sampled_from(["", "1"])), unique_by=lambda d: d.number),
    st.lists(st.builds(ObjectName, NUMBER, CODE, NAME), unique_by=lambda o: (o.dimension, o.code), max_size=4),
    BALANCES,
    VOUCHERS,
    st.sampled_from(["cp437", "utf-8", "cp1252"]),
)
def test_what_is_written_is_read_back_the_same(
    accounts: list[AccountName],
    dimensions: list[DimensionName],
    objects: list[ObjectName],
    balances: list[Balance],
    vouchers: list[tuple[Voucher, list[VoucherRow]]],
    encoding: str,
) -> None:
    content, findings = written(
        accounts=accounts,
        dimensions=dimensions,
        objects=objects,
        balances=balances,
        vouchers=vouchers,
        encoding=encoding,
    )
    assert findings == []
    with tempfile.TemporaryDirectory() as folder:
        ledger = read_bytes(Path(folder), content)
    assert {"L134", "L135"}.isdisjoint(codes_of(ledger))
    assert (ledger.header.company, ledger.header.program) == (HEADER.company, HEADER.program)
    assert (ledger.header.years, ledger.header.generated_on) == (HEADER.years, HEADER.generated_on)
    assert ledger.accounts == accounts
    assert ledger.dimensions == dimensions
    assert ledger.objects == objects
    assert [replace(balance, line=None) for balance in ledger.balances] == balances
    expected = [
        (row.account, row.objects, *voucher_key(voucher), row.text, row.date or voucher.date, row.amount_ore)
        for voucher, rows in vouchers
        for row in rows
    ]
    assert [tuple(row[:9]) for row in rows_of(ledger)] == expected


def test_a_real_file_survives_reading_and_writing(tmp_path: Path) -> None:
    original = read_sie4(FIXTURES / "BL0001_typ4.SE")
    rows = rows_of(original)
    vouchers = [
        (Voucher(*key), [VoucherRow(row.account, row.ore, row.objects, row.day, row.text) for row in group])
        for key, group in groupby(rows, key=lambda row: (row.series, row.number, row.voucher_date, row.voucher_text))
    ]
    stream = io.BytesIO()
    findings = write_sie4(
        stream,
        header=original.header,
        accounts=original.accounts,
        dimensions=original.dimensions,
        objects=original.objects,
        balances=original.balances,
        vouchers=vouchers,
    )
    assert findings == []
    again = read_bytes(tmp_path, stream.getvalue())
    assert [row[:9] for row in rows_of(again)] == [row[:9] for row in rows]
    assert again.header == original.header
    assert not errors_of(again)


def test_the_checksum_is_that_of_the_standard() -> None:
    content, _ = written(accounts=[AccountName("1930", 'Bank "A"', "T")])
    lines = content.replace(b"\r\n", b"\n").split(b"\n")
    assert lines[1] == b"#KSUMMA"
    assert lines[-2] == b"#KSUMMA %d" % zlib.crc32(contents_by_line(b"\n".join(lines[2:-2])))


def test_a_changed_amount_breaks_the_checksum(tmp_path: Path) -> None:
    content, _ = written(balances=[Balance("IB", 0, "1930", 100)])
    assert "L134" in errors_of(read_bytes(tmp_path, content.replace(b"1930 1.00", b"1930 2.00")))


def test_characters_outside_the_code_page_are_replaced_and_said() -> None:
    content, findings = written(accounts=[AccountName("1930", "Bank € och € och Ž")])
    assert b'"Bank ? och ? och ?"' in content
    assert [(f.code, f.facts["character"], f.facts["count"]) for f in findings] == [
        ("L145", "Ž", 1),
        ("L145", "€", 2),
    ]


def test_what_sie_cannot_carry_is_adapted_and_said(tmp_path: Path) -> None:
    content, findings = written(accounts=[AccountName("1930", "två\nrader"), AccountName("1940", "C:\\")])
    assert [finding.code for finding in findings] == ["L149", "L149"]
    ledger = read_bytes(tmp_path, content)
    assert [account.name for account in ledger.accounts] == ["två rader", "C:\\ "]
    assert not errors_of(ledger)


def test_quotes_are_escaped_and_numbers_are_bare() -> None:
    voucher = Voucher("A", "1", date(2024, 3, 1), 'sagt "hej"')
    row = VoucherRow("4010", -125050, (("1", "4711"),))
    content, _ = written(vouchers=[(voucher, [row])])
    assert b'#VER "A" "1" 20240301 "sagt \\"hej\\""\r\n{\r\n#TRANS 4010 {1 "4711"} -1250.50\r\n}\r\n' in content
