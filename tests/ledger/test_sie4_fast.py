"""The array reader gives what the exact reader gives, for files regular and odd."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.sie4_help import CHART, FIXTURES, HEADER, read_bytes, rows_of, voucher
from uppsikt.ledger.collect import Collector
from uppsikt.ledger.readers.base import Header, LedgerFile
from uppsikt.ledger.readers.encoding import detect_encoding
from uppsikt.ledger.readers.ksumma import _contents, contents_by_line
from uppsikt.ledger.readers.sie4_fast import read_chunk
from uppsikt.ledger.readers.sie4_masters import Masters
from uppsikt.ledger.readers.sie4_vouchers import Sie4State

BLANK = st.sampled_from([" ", "  ", "\t", " \t "])
LOOSE = st.sampled_from(["", " ", "   ", "\t"])
WORD = st.sampled_from(
    ["", "a", "Hyra", "räksmörgås", "ett två", 'sagt \\"hej\\"', "a}b", "{", "x" * 40, "y" * 170, "C:\\x", "#VER"]
    + [str(number) for number in range(5)]
)


@st.composite
def field(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    value = draw(values)
    bare = draw(st.booleans()) and value and not set(value) & set(' \t{}"')
    return value if bare else f'"{value}"'


ACCOUNT = st.sampled_from(["1930", "4010", "3010", "40101", "12345678", "4", "11AF", "", "19 30"])
ODD_AMOUNTS = [
    "0",
    "-0",
    "5",
    "-5",
    "5.5",
    ".5",
    "5.",
    "+5",
    "5,25",
    "12345678.25",
    "123456789.25",
    "-",
    ".",
    "1.005",
    "1.5000",
    "99999999",
    "-99999999.99",
    "fem",
    "123456789012.5",
    "1234567890123",
    "1..5",
    "1.-5",
]
AMOUNT = st.one_of(
    st.integers(-(10**7), 10**7).map(lambda ore: f"{ore / 100:.2f}"),
    st.sampled_from(["", "1 000", *ODD_AMOUNTS]),
)
DAYS = [
    "20240315",
    "20240229",
    "20230229",
    "20231231",
    "20250101",
    "00000000",
    "20241301",
    "2024-01-01",
    '""',
    "x",
    "18991231",
    "21000101",
    '"20240401"',
]
DAY = st.sampled_from(["", *DAYS])
PAIR = st.tuples(field(st.sampled_from(["1", "6", "20"])), field(WORD), LOOSE).map(
    lambda pair: f"{pair[0]} {pair[1]}{pair[2]}"
)
OBJECTS = st.one_of(
    st.sampled_from(["{}", "{ }", "", "{1}", "{1 2", '{1 "}"}', "{{1 2}}", '{"1""2"}', '{1 "2'] + ['{1 "4711"}'] * 5),
    st.lists(PAIR, max_size=3).map(lambda pairs: "{" + " ".join(pairs) + "}"),
)


@st.composite
def row(draw: st.DrawFn) -> str:
    label = draw(st.sampled_from(["#TRANS"] * 12 + ["#RTRANS", "#BTRANS", "#TRANSX", "#trans"]))
    parts = [label, draw(ACCOUNT), draw(OBJECTS), draw(AMOUNT)]
    parts += draw(st.lists(DAY, max_size=1))
    if len(parts) == 5:
        parts += draw(st.lists(field(WORD), max_size=3))
    return draw(LOOSE) + "".join(part + draw(BLANK) for part in parts).rstrip() + draw(LOOSE)


@st.composite
def regular_row(draw: st.DrawFn) -> str:
    objects = draw(st.sampled_from(["{}", '{1 "4711"}', '{1 "4711" 6 "P1"}', "{20 99}"]))
    amount = draw(st.integers(-(10**9), 10**9)) / 100
    text = draw(field(st.sampled_from(["Hyra", "El och värme", ""])))
    return f"#TRANS {draw(st.sampled_from(['1930', '4010']))} {objects} {amount:.2f} 20240315 {text}"


@st.composite
def any_voucher(draw: st.DrawFn) -> str:
    head = [field(WORD), field(WORD), DAY, field(WORD), DAY]
    line = "#VER" + "".join(draw(BLANK) + draw(part) for part in head[: draw(st.integers(1, 5))])
    body = "\n".join(draw(st.lists(st.one_of(regular_row(), row()), max_size=6)))
    opening, closing = draw(
        st.sampled_from([("\n{\n", "\n}\n")] * 8 + [(" {\n", "\n}\n"), ("\n", "\n}\n"), ("\n {\n", "\n\n } \n")])
    )
    return line + opening + body + closing


OTHER = st.sampled_from(
    ["#KONTO 4010 Inköp", "#OKÄND 1 2", "", "   ", "skräp", "#IB 0 1930 5", "}", "{", "#RAR 0 20230101 20231231", '"']
).map(lambda line: line + "\n")
FILES = st.lists(st.one_of(any_voucher(), any_voucher(), any_voucher(), OTHER), max_size=8).map(
    lambda parts: HEADER + CHART + "".join(parts)
)


def everything(ledger: LedgerFile) -> tuple[object, ...]:
    """All a ledger says; findings as a bag, since their order within a chunk is not part of the contract."""
    findings = Counter(
        (f.code, f.at, tuple(sorted((k, str(v)) for k, v in f.facts.items()))) for f in ledger.findings
    )
    blocks = list(ledger.blocks)
    ledger.blocks = iter(blocks)
    return (
        [voucher for block in blocks for voucher in block.vouchers],
        rows_of(ledger),
        ledger.header,
        ledger.accounts,
        ledger.dimensions,
        ledger.objects,
        ledger.balances,
        findings,
    )


def both_ways(content: bytes, chunk_bytes: int = 1 << 20) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        arrays = everything(read_bytes(path, content, chunk_bytes=chunk_bytes))
        exact = everything(read_bytes(path, content, exact=True))
    assert arrays == exact


@settings(max_examples=60, deadline=None)
@given(FILES, st.sampled_from(["cp437", "utf-8", "latin-1"]), st.sampled_from(["\n", "\r\n"]))
def test_arrays_give_what_the_exact_reader_gives(text: str, codec: str, line_end: str) -> None:
    both_ways(text.replace("\n", line_end).encode(codec, "replace"))


@settings(max_examples=60, deadline=None)
@given(FILES, st.integers(20, 400))
def test_chunks_of_any_size_give_the_same(text: str, chunk_bytes: int) -> None:
    both_ways(text.encode("cp437", "replace"), chunk_bytes)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(regular_row(), row()), min_size=1, max_size=12))
def test_rows_of_one_voucher_are_the_same_both_ways(rows: list[str]) -> None:
    both_ways((HEADER + CHART + voucher(*rows)).encode("cp437", "replace"))


@pytest.mark.parametrize("odd", ["\x01", "{", "}", "{}", '"', "\x1f", "\x00"])
@pytest.mark.parametrize(
    "row",
    [
        "#TRANS 4010@ {} 5 20240315 x",
        "#TRANS 4010 @{} 5 20240315 x",
        "#TRANS 4010 {1 2@} 5 20240315 x",
        "#TRANS 4010 {}@ 5 20240315 x",
        "#TRANS 4010 {} 5@ 20240315 x",
        "#TRANS 4010 {} 5 20240315@ x",
        "#TRANS 4010 {} 5 20240315 x@y",
        "#TRANS 4010 {} 5 20240315 @",
        '#TRANS 4010 {} 5 20240315 "x@y" 1',
        '#TRANS 4010 {} 5 "20240315@" "x"',
    ],
)
def test_an_odd_byte_after_any_field_is_the_same_both_ways(row: str, odd: str) -> None:
    both_ways((HEADER + CHART + voucher(row.replace("@", odd), "#TRANS 1930 {} -5")).encode("cp437"))


@pytest.mark.parametrize("odd", ["\x01", "{", "}", '"', "\\"])
@pytest.mark.parametrize(
    "head",
    [
        "#VER A@ 1 20240315 x",
        "#VER A 1@ 20240315 x",
        "#VER A 1 20240315@ x",
        "#VER A 1 20240315 x@",
        "#VER A 1 20240315 @",
    ],
)
def test_an_odd_byte_in_a_head_is_the_same_both_ways(head: str, odd: str) -> None:
    both_ways((HEADER + CHART + voucher("#TRANS 1930 {} 0", head=head.replace("@", odd))).encode("cp437"))


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.s?")) + sorted(FIXTURES.glob("*.S?")), ids=lambda p: p.name)
def test_real_files_are_the_same_both_ways(path: Path) -> None:
    both_ways(path.read_bytes())


def test_a_regular_chunk_is_read_in_arrays_not_line_by_line() -> None:
    content = (voucher('#TRANS 4010 {1 "2"} 5.00 20240101 "x" 1 "sign"', "#TRANS 1930 {} -5") * 3).encode()
    log = Collector("fil.se", [])
    state = Sie4State(Masters(detect_encoding([content]), log, Header("sie4")), log)
    block = read_chunk(content, 1, state)
    assert block is not None
    assert len(block) == 6
    assert block.object_lists == [(("1", "2"),), ()]
    assert [voucher.number for voucher in block.vouchers] == ["1", "1", "1"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(row(), any_voucher(), OTHER), max_size=6))
def test_the_checksum_counts_the_same_in_arrays_and_by_line(parts: list[str]) -> None:
    lines = "\n".join(parts).encode("cp437", "replace") + b"\n"
    assert _contents(lines) == contents_by_line(lines)
