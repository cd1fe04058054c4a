"""The SIE 4 reader reads what the standard says and what programs really write."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.ledger.sie4_help import (
    CHART,
    FIXTURES,
    HEADER,
    codes_of,
    errors_of,
    read_bytes,
    read_text,
    rows_of,
    voucher,
)
from uppsikt.core.findings import CATALOGUE
from uppsikt.core.language import speaking
from uppsikt.ledger import findings_sie
from uppsikt.ledger.findings import MORE_OF_SAME
from uppsikt.ledger.readers.base import Balance
from uppsikt.ledger.readers.sie4 import read_sie4

BALANCED = voucher("#TRANS 4010 {} 100.50", "#TRANS 1930 {} -100.50")


@pytest.fixture(params=[False, True], ids=["arrays", "exact"])
def exact(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_a_row_is_read_whole(tmp_path: Path, exact: bool) -> None:
    text = HEADER + voucher(
        '#TRANS 4010 {1 "456" 6 "47"} 1250.5 20240316 "Papper \\"A4\\"" 3 "sign"', "#TRANS 1930 {} -1250.50"
    )
    first, second = rows_of(read_text(tmp_path, text, exact=exact))
    assert first.account == "4010"
    assert first.objects == (("1", "456"), ("6", "47"))
    assert first.ore == 125050
    assert first.day == date(2024, 3, 16)
    assert first.text == 'Papper "A4"'
    assert first.line == 8
    assert second.objects == ()
    assert second.ore == -125050


def test_a_row_without_a_date_has_its_vouchers_date(tmp_path: Path, exact: bool) -> None:
    rows = rows_of(read_text(tmp_path, HEADER + BALANCED, exact=exact))
    assert [row.day for row in rows] == [date(2024, 3, 15)] * 2


def test_a_voucher_may_lack_series_and_number(tmp_path: Path, exact: bool) -> None:
    text = HEADER + voucher("#TRANS 4010 {} 1", "#TRANS 1930 {} -1", head='#VER "" "" 20240315 "Porto"')
    ledger = read_text(tmp_path, text, "lön.si", exact=exact)
    row = rows_of(ledger)[0]
    assert (row.series, row.number, row.voucher_text) == ("", "", "Porto")
    assert not errors_of(ledger)
    assert ledger.header.sie_type == "4I"


def test_added_and_struck_rows_are_never_counted(tmp_path: Path, exact: bool) -> None:
    text = HEADER + voucher("#BTRANS 4010 {} 999", "#RTRANS 4010 {} 100", "#TRANS 4010 {} 100", "#TRANS 1930 {} -100")
    ledger = read_text(tmp_path, text, exact=exact)
    assert [row.ore for row in rows_of(ledger)] == [10000, -10000]
    assert not errors_of(ledger)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_line_end_gives_the_same_rows(tmp_path: Path, exact: bool, line_end: str) -> None:
    content = (HEADER + CHART + BALANCED).replace("\n", line_end)
    rows = rows_of(read_text(tmp_path, content, exact=exact))
    assert [(row.account, row.line) for row in rows] == [("4010", 11), ("1930", 12)]


def test_tabs_indents_and_trailing_blanks_separate_like_blanks(tmp_path: Path, exact: bool) -> None:
    text = HEADER + voucher('\t#TRANS\t4010  { "1" "2" }\t5 20240316\t"a b"  ', "  #TRANS 1930 {}-5")
    first, second = rows_of(read_text(tmp_path, text, exact=exact))
    assert (first.objects, first.text, first.ore) == ((("1", "2"),), "a b", 500)
    assert second.ore == -500


def test_unknown_labels_and_extra_fields_are_skipped(tmp_path: Path, exact: bool) -> None:
    text = HEADER + "#NYTT 1 2 3\n" + voucher("#TRANS 4010 {} 1 20240315 x 1 y z", "#OKÄND", "#TRANS 1930 {} -1")
    ledger = read_text(tmp_path, text, exact=exact)
    assert len(rows_of(ledger)) == 2
    assert not errors_of(ledger)


@pytest.mark.parametrize(
    ("codec", "name"), [("cp437", "CP437"), ("latin-1", "Windows-1252"), ("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8")]
)
def test_the_encoding_is_found_from_the_content(tmp_path: Path, exact: bool, codec: str, name: str) -> None:
    text = HEADER + '#KONTO 4010 "Kött på Åland"\n' + BALANCED.replace("Faktura", "Räksmörgås")
    ledger = read_bytes(tmp_path, text.encode(codec), exact=exact)
    assert ledger.header.encoding == name
    assert ledger.accounts[0].name == "Kött på Åland"
    assert rows_of(ledger)[0].voucher_text == "Räksmörgås"
    assert ("L106" in codes_of(ledger)) is (codec != "cp437")


def test_utf8_cut_inside_a_letter_is_still_utf8(tmp_path: Path) -> None:
    content = (HEADER + '#KONTO 4010 "Åäö"\n#KONTO 1930 "Kött').encode() + b'\xc3"\n'
    ledger = read_bytes(tmp_path, content)
    assert ledger.header.encoding == "UTF-8"
    assert ledger.accounts[0].name == "Åäö"
    assert "L107" in codes_of(ledger)


def test_masters_and_balances_are_read(tmp_path: Path) -> None:
    text = (
        HEADER
        + CHART
        + '#KTYP 4010 K\n#DIM 20 "Verksamhet"\n#UNDERDIM 21 "Del" 20\n#OBJEKT 20 "4711" "Förskola"\n'
        + "#IB 0 1930 0\n#UB 0 1930 -100.50\n#RES 0 4010 100.5\n"
        + '#PSALDO 0 202403 4010 {20 "4711"} 60 2\n#PBUDGET 0 202403 4010 {} 70\n#OIB 0 1930 {20 "4711"} 10\n'
        + BALANCED
    )
    ledger = read_text(tmp_path, text)
    assert [(account.code, account.kind) for account in ledger.accounts][1] == ("4010", "K")
    assert [(d.number, d.name, d.parent) for d in ledger.dimensions] == [
        ("20", "Verksamhet", ""),
        ("21", "Del", "20"),
    ]
    assert ledger.objects[0].name == "Förskola"
    assert ledger.balances[0] == Balance("IB", 0, "1930", 0, line=13)
    assert ledger.balances[3] == Balance("PSALDO", 0, "4010", 6000, (("20", "4711"),), 202403, 16)
    assert ledger.balances[5].objects == (("20", "4711"),)
    assert ledger.header.sie_type == "4E"
    assert not errors_of(ledger)
    assert not codes_of(ledger) & {"L137", "L138", "L141"}


def test_type_2_skips_rows_with_objects(tmp_path: Path) -> None:
    text = HEADER.replace("TYP 4", "TYP 2") + '#PSALDO 0 202403 4010 {} 9\n#PSALDO 0 202403 4010 {1 "2"} 9\n'
    ledger = read_text(tmp_path, text)
    assert [balance.objects for balance in ledger.balances] == [()]
    assert "L142" in codes_of(ledger)


FAULTS = {
    "L101": "",
    "L102": "<!DOCTYPE HTML><html><title>404</title></html>",
    "L100": "%PDF-1.7\n",
    "L104": HEADER.replace("#SIETYP 4\n", "") + BALANCED,
    "L105": HEADER.replace("TYP 4", "TYP 9") + BALANCED,
    "L108": HEADER + voucher('#TRANS 4010 {1 "2} 5'),
    "L109": HEADER + voucher('#TRANS 4010 {} 5 20240315 "cut', "#TRANS 1930 {} -5"),
    "L110": HEADER + "vad är detta\n",
    "L111": HEADER + "#OIB 0 1930 {}\n",
    "L112": HEADER + "#RAR -1 20110101 20110229\n",
    "L113": HEADER + "#RAR -1\n",
    "L114": HEADER.replace("#RAR 0 20240101 20241231\n", "") + "#IB 0 1930 0\n",
    "L115": HEADER + '#KONTO "" "Mark"\n',
    "L116": HEADER + voucher("#TRANS 11AF {} 5"),
    "L117": HEADER + BALANCED,
    "L119": HEADER + '#IB 0 1930 0\n#OIB 0 1930 {1 "2"} 5\n',
    "L120": HEADER + "#TRANS 4010 {} 5\n",
    "L121": HEADER + voucher("#TRANS 4010 {} 0", head='#VER "K" ""'),
    "L122": HEADER + voucher("#TRANS 4010 {} 0", head='#VER K 1 "2018-05-01"'),
    "L123": HEADER + voucher("#TRANS 4010 {} 0 20110229"),
    "L124": HEADER + voucher("#TRANS 4010 {} 0", head="#VER A 1 20230101"),
    "L125": HEADER + voucher("#TRANS 4010 {} 1.005"),
    "L127": HEADER + voucher("#TRANS 4010 {} -3325,00", "#TRANS 1930 {} 3325"),
    "L128": HEADER + "#PBUDGET 0 202401 1119 -1666.00\n",
    "L129": HEADER + voucher(),
    "L130": HEADER + voucher("#TRANS 4010 {} 5.55", "#TRANS 1930 {} -5"),
    "L131": HEADER + "#VER A 1 20240101\n{\n#TRANS 4010 {} 0\n",
    "L132": HEADER + "#VER A 1 20240101\n",
    "L133": HEADER + "}\n",
    "L134": "#FLAGGA 0\n#KSUMMA\n#SIETYP 4\n#KSUMMA 17\n",
    "L135": "#FLAGGA 0\n#KSUMMA\n#SIETYP 4\n",
    "L137": HEADER + CHART + "#IB 0 1930 0\n#UB 0 1930 1\n" + BALANCED,
    "L138": HEADER + CHART + "#RES 0 4010 1\n" + BALANCED,
    "L139": HEADER + "#PBUDGET 0 1119 201701 {} 5\n",
    "L140": HEADER + "#IB 2017 1119 5\n",
    "L141": HEADER + "#UB 0 1930 1\n",
    "L146": HEADER + CHART + "#IB 0 1930 0\n#UB 0 1930 -100.50\n" + BALANCED,
    "L147": HEADER.replace("TYP 4", "TYP 1") + BALANCED,
    "L148": HEADER.replace("PC8", "UTF8"),
}


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_gives_its_finding(tmp_path: Path, exact: bool, code: str) -> None:
    ledger = read_text(tmp_path, FAULTS[code], exact=exact)
    assert code in codes_of(ledger)


def test_the_neighbour_without_faults_gives_none(tmp_path: Path, exact: bool) -> None:
    text = HEADER + CHART + "#IB 0 1930 0\n#UB 0 1930 -100.50\n#RES 0 4010 100.50\n" + BALANCED
    ledger = read_text(tmp_path, text.replace("ö", "o"), exact=exact)
    assert codes_of(ledger) == set()


def test_an_imbalance_says_its_difference(tmp_path: Path, exact: bool) -> None:
    text = HEADER + voucher("#TRANS 4010 {} 5.55", "#TRANS 1930 {} -5")
    finding = next(f for f in read_text(tmp_path, text, exact=exact).findings if f.code == "L130")
    assert (finding.facts["difference"], finding.facts["voucher"], finding.at.line) == ("0,55", "A 1", 6)


def test_a_voucher_with_an_unreadable_row_is_not_also_called_unbalanced(tmp_path: Path, exact: bool) -> None:
    text = HEADER + voucher("#TRANS 4010 {} fem", "#TRANS 1930 {} -5")
    assert errors_of(read_text(tmp_path, text, exact=exact)) == {"L125"}


def test_rows_of_a_voucher_without_a_date_are_left_out(tmp_path: Path, exact: bool) -> None:
    text = HEADER + voucher("#TRANS 4010 {} 5", "#TRANS 1930 {} -5", head="#VER A 1") + BALANCED
    assert len(rows_of(read_text(tmp_path, text, exact=exact))) == 2


def test_repeated_findings_are_counted_not_kept(tmp_path: Path, exact: bool) -> None:
    text = HEADER + voucher("#TRANS 4010 {} 5") * 1000
    findings = read_text(tmp_path, text, exact=exact).findings
    assert sum(finding.code == "L130" for finding in findings) == 20
    assert next(f.facts["count"] for f in findings if f.code == MORE_OF_SAME and f.facts["kind"] == "L130") == 980


def test_balances_in_an_import_file_are_warned_of(tmp_path: Path) -> None:
    ledger = read_text(tmp_path, HEADER + "#IB 0 1930 5\n" + BALANCED, "fil.si")
    assert "L136" in codes_of(ledger)


def test_an_overlong_line_stops_the_reading(tmp_path: Path) -> None:
    ledger = read_bytes(tmp_path, HEADER.encode() + b"x" * (3 << 20), chunk_bytes=1 << 18)
    assert "L143" in errors_of(ledger)


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    ledger = read_sie4(tmp_path / "saknas.se")
    assert list(ledger.blocks) == []
    assert errors_of(ledger) == {"L103"}


def test_a_dos_end_of_file_mark_is_no_record(tmp_path: Path) -> None:
    assert not errors_of(read_bytes(tmp_path, (HEADER + BALANCED).encode("cp437") + b"\x1a"))


def test_chunks_never_split_what_they_read(tmp_path: Path, exact: bool) -> None:
    text = (
        HEADER
        + CHART
        + "".join(
            voucher(f'#TRANS 4010 {{}} {n}.25 20240401 "rad {n}"', f"#TRANS 1930 {{}} -{n}.25") for n in range(300)
        )
    )
    whole = rows_of(read_text(tmp_path, text, exact=exact))
    assert len(whole) == 600
    for size in (64, 1000, 4099):
        assert rows_of(read_text(tmp_path, text, exact=exact, chunk_bytes=size)) == whole


def test_progress_counts_the_bytes(tmp_path: Path) -> None:
    ledger = read_text(tmp_path, HEADER + BALANCED)
    assert ledger.progress_bytes == ledger.size_bytes > 0


def test_the_checksum_of_a_real_file_agrees(tmp_path: Path) -> None:
    content = (FIXTURES / "Sie1.se").read_bytes()
    assert not {"L134", "L135"} & codes_of(read_bytes(tmp_path, content))
    assert "L134" in codes_of(read_bytes(tmp_path, content.replace(b"7201", b"7202", 1)))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_code_speaks_both_languages(language: str) -> None:
    own = [value for name, value in vars(findings_sie).items() if name.isupper()]
    assert len(own) == len(set(own)) >= 40
    with speaking(language):
        for code in own:
            rule = CATALOGUE[code]
            assert "L100" <= code <= "L149"
            assert "{" not in rule.says.filled(**rule.sample).replace("{ }", "").replace("{ med", "").replace(
                "{ with", ""
            )
            assert rule.do.filled(**rule.sample)


def test_a_file_cut_off_in_a_voucher_has_one_fault_and_not_one_for_each_account(tmp_path: Path) -> None:
    path = tmp_path / "avhuggen.se"
    whole = (Path(__file__).parents[2] / "src/uppsikt/demo/orebro/ledger/orebro-2022-08.se").read_bytes()
    inside = whole.index(b"#TRANS", len(whole) // 2) + 20
    path.write_bytes(whole[:inside])
    ledger = read_sie4(path)
    for _ in ledger.blocks:
        pass
    assert "L131" in [finding.code for finding in ledger.findings]
    assert [finding for finding in ledger.findings if finding.code in ("L137", "L138")] == []
