"""Whatever is given: a finding or remarks, never a traceback, and an end."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from uppsikt.checks.reading import Unreadable
from uppsikt.checks.registry import CHECKS
from uppsikt.checks.running import look_at
from uppsikt.checks.selection import Settings
from uppsikt.core.findings import Finding
from uppsikt.core.language import speaking

REPORT = max((check.failing for check in CHECKS.values()), key=len)
SAMPLES = [check.failing for check in CHECKS.values()]
TABLE = "<table><tr><th>Nämnd<th>Budget<th>Utfall<tr><td>Skola<td>12,5<td>-13<tr><td>Summa<td>12,5<td>-13</table>"
PAGE = f"<!doctype html><html><body><h1>1 Ekonomi</h1><p>Underskott 3 mnkr.</p>{TABLE}</body></html>"
ODD = "\x00\ufeff\u202e\u200b\ud7ff\U0001f4b0\u2028\x85\x0b\x1c٣²½Ⅷ一１２\u00ad–−‑\t\f|*•…%()#<>&;\r\n"
some = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def said_of(data: bytes, name: str = "rapport.txt") -> list[str]:
    """Every sentence said of a file, in both languages: rendering them must not fail either."""
    findings: list[Finding] = []
    try:
        findings = [remark.finding for remark in look_at(data, Path(name), Settings()).remarks]
    except Unreadable as error:
        findings = [error.finding]
    said = [str(finding) for finding in findings]
    with speaking("en"):
        return said + [str(finding) for finding in findings]


@some
@given(st.binary(max_size=2000))
def test_random_bytes_give_remarks_or_a_finding(data: bytes) -> None:
    said_of(data)


@some
@given(st.sampled_from([b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"\xfe\xff"]), st.binary(max_size=500))
def test_a_known_beginning_and_random_bytes_give_remarks_or_a_finding(begin: bytes, rest: bytes) -> None:
    said_of(begin + rest)


@some
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(ODD + "0123456789 -,.\n")), max_size=600))
def test_random_text_gives_remarks_or_a_finding(text: str) -> None:
    said_of(text.encode("utf-8", errors="surrogatepass"))


@st.composite
def mutated(draw: st.DrawFn, texts: list[str]) -> str:
    """A report with stretches cut out, doubled, moved, or written over with odd characters."""
    text = draw(st.sampled_from(texts))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, max(len(text) - 1, 0)))
        end = start + draw(st.integers(0, 60))
        put = draw(st.one_of(st.just(""), st.just(text[start:end] * 3), st.text(ODD + "0123456789 -,", max_size=12)))
        text = text[:start] + put + text[end:]
    return text


@some
@given(mutated([*SAMPLES, "\n\n".join(SAMPLES[:12])]))
def test_mutated_reports_give_remarks_or_a_finding(text: str) -> None:
    said_of(text.encode("utf-8", errors="replace"))


@some
@given(mutated([PAGE, PAGE.replace("<table", "<div><table").replace("</p>", "")]))
def test_mutated_html_gives_remarks_or_a_finding(text: str) -> None:
    said_of(b"<html>" + text.encode("utf-8", errors="replace"), "rapport.html")


def docx() -> bytes:
    """A Word file with a heading, a sentence and a table."""
    document = pytest.importorskip("docx").Document()
    document.add_heading("1 Ekonomi", 1)
    document.add_paragraph("Nämnden redovisar ett underskott på 3 mnkr.")
    rows = (("", "Budget", "Utfall"), ("Skola", "12", "13"), ("Summa", "12", "13"))
    table = document.add_table(rows=3, cols=3)
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf() -> bytes:
    """An empty page."""
    made = pytest.importorskip("pikepdf").new()
    made.add_blank_page()
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("make", [docx, pdf, PAGE.encode])
def test_files_cut_short_or_with_a_changed_byte_give_remarks_or_a_finding(make) -> None:  # type: ignore[no-untyped-def]
    data = make()
    for part in range(20):
        said_of(data[: len(data) * part // 20])
        at = len(data) * part // 20
        said_of(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])


def test_a_word_file_that_would_unpack_to_a_thousand_times_its_size_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx())) as whole, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bomb:
        for name in whole.namelist():
            if name != "word/document.xml":
                bomb.writestr(name, whole.read(name))
        with bomb.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(64):
                part.write(b" " * 2**20)
    assert len(stream.getvalue()) < 2**21
    assert "går inte att läsa" in said_of(stream.getvalue(), "rapport.docx")[0]


@pytest.mark.parametrize(
    "data", [b"", b" \n\t\n", b"\x00" * 500, b"\xef\xbb\xbf", b"\xff\xfe", b"\xff\xfe\x00", b"PK\x03\x04"]
)
def test_what_holds_nothing_is_said_to_be_unreadable_or_has_nothing_to_say(data: bytes) -> None:
    assert all("Traceback" not in said for said in said_of(data))


ROW = "Socialnämnden          -12 345   -13 456   1 111\n"
NAMES = "".join(
    f"Enhet {n}      {n * 7 % 9000 + 100}    {n * 13 % 9000 + 100}    {n * 6 % 900}\n" for n in range(3_000)
)
PATHOLOGICAL = {
    "digits in a row": "1" * 100_000,
    "digits with spaces": "1 " * 25_000,
    "thousands in a row": "123 " * 25_000,
    "a line of words": "ord " * 250_000,
    "a line of letters": "a" * 1_000_000,
    "a line of spaces": "x" + " " * 1_000_000 + "x",
    "a line of dots": "." * 1_000_000,
    "a line of dots and spaces": ". " * 300_000,
    "a line of dashes": "- " * 200_000,
    "a line of commas": "1," * 40_000,
    "a line of bars": "a | " * 100_000,
    "a line of brackets": "(" * 200_000,
    "a line of marks": "# noqa " * 20_000,
    "thousands of rows": "Nämnd   Budget   Utfall  Avvikelse\n" + ROW * 1_500,
    "thousands of names": "Nämnd   Budget   Utfall  Avvikelse\n" + NAMES,
    "rows of three thousand cells": ("Rad   " + "   ".join(str(n * 37 % 9000) for n in range(3000)) + "\n") * 8,
    "bullets": "• punkt om något som ökar med 3 mnkr\n" * 1_500,
    "empty bullets": "•\n" * 6_000,
    "empty lines": "\n" * 300_000,
    "headings": "".join(f"{n % 90}.{n % 7} Rubrik om något {n}\n" for n in range(3_000)),
    "titles": "".join(f"Rubrik {n}\n\n" for n in range(3_000)),
    "a text without full stops": "nämnden redovisar underskott på 3,4 mnkr mot budget " * 600,
    "a text said again": "Nämnden redovisar ett underskott på 3,4 mnkr mot budget. " * 800,
    "a text of many names": "".join(
        f"Enhet x{n} redovisar ett underskott på {n},1 mnkr mot budget.\n" for n in range(1_000)
    ),
    "divided words": "av-\n" * 15_000,
    "footers": "DELÅRSRAPPORT 2022   3\n" * 8_000,
    "contents": "Kapitel ........ 4\n" * 20_000,
    "HTML in HTML": "<html><body>" + "<div>" * 30_000 + "text",
    "tables in tables": "<html><body>" + "<table><tr><td>" * 2_000 + "x",
    "cells over everything": "<html><table><tr><td colspan=999999999>a<tr><td rowspan=999999999>b<td>3</table>",
}


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_a_long_and_odd_text_is_read_to_its_end(name: str) -> None:
    # where cost grew with the square of the length, this would go on for minutes
    assert all(said_of(PATHOLOGICAL[name].encode()))


def test_what_is_no_report_is_said_in_one_language_at_a_time() -> None:
    swedish, english = said_of(b"\x01\x02\x03" * 100)
    assert "den innehåller inte text" in swedish
    assert "holds no text" not in swedish
    assert "it holds no text" in english
    assert "innehåller" not in english


def test_a_kind_whose_reader_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise ModuleNotFoundError("No module named 'pypdfium2'", name="pypdfium2")

    monkeypatch.setattr("uppsikt.checks.running.read_bytes", missing)
    with pytest.raises(Unreadable) as refused:
        look_at(b"%PDF-1.7", Path("rapport.pdf"), Settings())
    finding = refused.value.finding
    assert (finding.code, finding.facts["package"]) == ("K095", "pypdfium2")
