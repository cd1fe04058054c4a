"""Which lines a chunk has, and whether they follow #VER { #TRANS … } so that arrays can take them apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from uppsikt.ledger.readers.sie4_words import LEAD, LOWER_BYTES, Chunk, Positions

VER, OPEN, TRANS, CLOSE, SKIPPED, OTHER = range(6)
# which kind of line may follow which; the chunk's end counts as a #VER
_FOLLOWS = np.zeros((4, 4), np.bool_)
for _first, _second in (
    (VER, OPEN),
    (OPEN, TRANS),
    (OPEN, CLOSE),
    (TRANS, TRANS),
    (TRANS, CLOSE),
    (CLOSE, VER),
):
    _FOLLOWS[_first, _second] = True

_TRANS_WORD = np.uint64(int.from_bytes(b"#TRANS", "little"))
_RTRANS_WORD = np.uint64(int.from_bytes(b"#RTRANS", "little"))
_BTRANS_WORD = np.uint64(int.from_bytes(b"#BTRANS", "little"))
_VER_WORD = np.uint64(int.from_bytes(b"#VER", "little"))


@dataclass(slots=True)
class Lines:
    """Where lines begin (after indents) and end (before trailing blanks), and what kind each is."""

    start: Positions
    end: Positions
    kind: NDArray[np.int8]


def find_lines(chunk: Chunk, lines: bytes) -> Lines | None:
    """The chunk's lines; None where a line only the exact reader can judge is among them."""
    line_ends = np.flatnonzero(chunk.bytes[: LEAD + len(lines)] == 10)
    start = np.empty_like(line_ends)
    start[0] = LEAD
    start[1:] = line_ends[:-1] + 1
    start = chunk.skip_blanks(start, most=64)
    end = line_ends
    for _ in range(64):
        before = chunk.bytes[end - 1]
        blank = ((before == 32) | (before == 9) | (before == 13)) & (end > start)
        if not blank.any():
            break
        end = end - blank
    kind = _kinds(chunk, start, end)
    return None if kind is None else Lines(start, end, kind)


def _kinds(chunk: Chunk, start: Positions, end: Positions) -> NDArray[np.int8] | None:
    """The kind of each line; None where a line only the exact reader can judge is among them."""
    words = chunk.words[start]
    first = chunk.bytes[start]
    length = end - start
    trans = (words & LOWER_BYTES[6]) == _TRANS_WORD
    ver = (words & LOWER_BYTES[4]) == _VER_WORD
    label = words & LOWER_BYTES[7]
    skipped = (label == _RTRANS_WORD) | (label == _BTRANS_WORD)
    after = chunk.bytes[start + np.where(trans, 6, np.where(ver, 4, 7))]
    brace = (first == ord("{")) | (first == ord("}"))
    blank = (after == 32) | (after == 9)
    empty = length <= 0
    opens = ver & (chunk.bytes[end - 1] == ord("{"))
    odd = opens | ((trans | ver | skipped) & ~blank) | (brace & (length > 1)) | (~empty & (first <= 32))
    if odd.any():
        return None
    kind = np.full(len(start), OTHER, np.int8)
    kind[trans] = TRANS
    kind[ver] = VER
    kind[skipped | empty] = SKIPPED
    kind[brace] = np.where(first[brace] == ord("{"), OPEN, CLOSE)
    return kind


def is_regular(kind: NDArray[np.int8]) -> bool:
    """Whether other records come first and then whole vouchers, #VER { #TRANS … }, and nothing else."""
    kind = kind[kind != SKIPPED]
    others = np.flatnonzero(kind == OTHER)
    first = int(others[-1]) + 1 if len(others) else 0
    if first != len(others):
        return False
    vouchers = np.append(kind[first:], np.int8(VER))
    if len(vouchers) == 1:
        return True
    return bool(vouchers[0] == VER and _FOLLOWS[vouchers[:-1], vouchers[1:]].all())
