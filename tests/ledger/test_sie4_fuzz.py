"""No bytes whatever make the reader fail: faults are findings, and both ways of reading agree."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tools.fuzz_sie4 import mutated

from tests.ledger.sie4_help import FIXTURES, HEADER, errors_of
from tests.ledger.test_sie4_fast import both_ways
from uppsikt.ledger.readers.sie4 import read_sie4

CORPUS = [path.read_bytes() for path in sorted(FIXTURES.iterdir()) if path.suffix.lower() in (".se", ".si")]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_arbitrary_bytes_are_refused_not_failed_on(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fil.se"
        path.write_bytes(content)
        ledger = read_sie4(path)
        assert list(ledger.blocks) == []
        if b"#FLAGGA" not in content:
            assert errors_of(ledger)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.binary(max_size=40))
def test_arbitrary_bytes_after_a_header_give_findings_both_ways(content: bytes, row: bytes) -> None:
    start = HEADER.encode("cp437")
    both_ways(start + b"#VER A 1 20240101\n{\n#TRANS 1930 {} " + row + b"\n}\n" + content)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(range(len(CORPUS))), st.integers(0, 2**32))
def test_real_files_with_damage_are_read_the_same_both_ways(which: int, seed: int) -> None:
    both_ways(mutated(CORPUS[which], random.Random(seed)))


@pytest.mark.parametrize("which", range(len(CORPUS)))
def test_a_file_cut_anywhere_is_read_the_same_both_ways(which: int) -> None:
    content = CORPUS[which]
    for at in range(0, len(content), max(1, len(content) // 12)):
        both_ways(content[:at])
