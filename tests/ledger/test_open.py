from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.ledger.material import JULY, write_table
from tests.ledger.test_sie5 import EXPORT
from uppsikt.core.findings import has_errors
from uppsikt.ledger.batches import build_batch
from uppsikt.ledger.profiles import built_in
from uppsikt.ledger.readers.open import open_ledger_file

SIE, TABLE = built_in()["sie"], built_in()["tabell"]
SIE4 = (
    "#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#FNAMN \"Exempel\"\n#RAR 0 20220101 20221231\n"
    "#KONTO 5010 \"Hyra\"\n#KONTO 2440 \"Lev\"\n#VER A 1 20220705 \"Hyra\"\n{\n"
    "#TRANS 5010 {1 \"4220\"} 10.00\n#TRANS 2440 {} -10.00\n}\n"
)  # fmt: skip


def saved(folder: Path, content: str | bytes, name: str) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("name", ["bok.se", "bok.csv", "bok", "bok.txt"])
def test_the_format_is_told_from_the_content_whatever_the_name(tmp_path: Path, name: str) -> None:
    assert open_ledger_file(saved(tmp_path, SIE4, name), SIE).header.format == "sie4"
    assert open_ledger_file(saved(tmp_path, EXPORT, name), SIE).header.format == "sie5"
    assert open_ledger_file(write_table(tmp_path, *JULY, name=name), TABLE).header.format == "table"


@pytest.mark.parametrize(
    ("content", "code", "word"),
    [
        ("<!DOCTYPE HTML PUBLIC>\n<html><head>", "L001", "webbsida"),
        ("\n <html lang='sv'>", "L001", "webbsida"),
        (b"%PDF-1.7\n", "L001", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "L001", "XLS"),
        (b"\x1f\x8b\x08\x00", "L001", "GZIP"),
        (b"\x00\x01\x02\x03", "L001", "binär"),
        ("", "L003", "inga konteringsrader"),
        (" \r\n\t", "L003", "inga konteringsrader"),
    ],
)
def test_what_is_no_ledger_file_is_called_what_it_is(
    tmp_path: Path, content: str | bytes, code: str, word: str
) -> None:
    ledger = open_ledger_file(saved(tmp_path, content, "BokSald.SE"), SIE)

    assert list(ledger.blocks) == []
    assert [finding.code for finding in ledger.findings] == [code]
    assert word in ledger.findings[0].says


def test_a_profile_for_another_format_is_refused(tmp_path: Path) -> None:
    table = open_ledger_file(write_table(tmp_path, *JULY), SIE)
    sie = open_ledger_file(saved(tmp_path, SIE4, "bok.se"), TABLE)

    assert [finding.code for finding in table.findings + sie.findings] == ["L004", "L004"]


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    assert [finding.code for finding in open_ledger_file(tmp_path / "borta.se", SIE).findings] == ["L002"]
    assert [finding.code for finding in open_ledger_file(tmp_path, SIE).findings] == ["L002"]


@pytest.mark.shared
def test_the_error_page_named_as_sie_is_called_a_web_page(shared: Path) -> None:
    findings = open_ledger_file(shared / "data/not-sie/BokSald.SE", SIE).findings

    assert [finding.code for finding in findings] == ["L001"]


BEGINNINGS = st.sampled_from(
    [b"", b"#FLAGGA 0\n", SIE4.encode()[:150], EXPORT.encode()[:900], b"Datum;Konto;Belopp\n", b"PK\x03\x04", b"<"]
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(begins=BEGINNINGS, rest=st.binary(max_size=400), profile=st.sampled_from([SIE, TABLE]))
@example(begins=b"", rest=b"Datum;Konto;Belopp\n0001-01-01;1;1\n", profile=TABLE)
@example(begins=b"", rest=b"Datum;Konto;Belopp\n2022-01-01;\x00;1\n", profile=TABLE)
@example(begins=b"", rest=b"Datum;Konto;Belopp\n2022-01-01;1;92233720368547758,07\n" * 3, profile=TABLE)
def test_no_bytes_make_a_traceback(tmp_path: Path, begins: bytes, rest: bytes, profile: object) -> None:
    path = saved(tmp_path, begins + rest, "bok.se")
    folder = tmp_path / "bygge"
    folder.mkdir(exist_ok=True)
    for left in folder.iterdir():
        left.unlink()
    building = build_batch(path, profile, folder)  # type: ignore[arg-type]

    assert (building.batch is None) == has_errors(building.findings)
    assert all(str(finding) for finding in building.findings)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, len(EXPORT) - 1), with_=st.binary(min_size=0, max_size=3))
def test_no_damage_to_a_sie_5_file_makes_a_traceback(tmp_path: Path, place: int, with_: bytes) -> None:
    content = EXPORT.encode()
    path = saved(tmp_path, content[:place] + with_ + content[place + 1 :], "bok.sie")
    ledger = open_ledger_file(path, SIE)

    assert sum(len(block) for block in ledger.blocks) <= 3
