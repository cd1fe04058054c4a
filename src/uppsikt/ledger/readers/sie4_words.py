"""Looking at text eight bytes at a time: the array reader's primitives.

A word is eight neighbouring bytes as one little-endian 64-bit integer, so the first byte is the lowest.
Finding the first byte of a kind in a word is a few integer operations on whole arrays ("SWAR"; see
S. E. Anderson, Bit Twiddling Hacks, "Determine if a word has a byte less than n"). The tests below may
set false flags, but only above a true one, so the lowest flag is always right.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Words: TypeAlias = NDArray[np.uint64]
Positions: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

PADDING = 512  # bytes after a chunk, so that looking ahead never leaves the buffer
LEAD = 32  # and before it, for looking back
_ONES = np.uint64(0x0101010101010101)
_HIGH = np.uint64(0x8080808080808080)
_ZEROS = np.uint64(0x3030303030303030)  # eight digits "0"
_NIBBLES = np.uint64(0xF0F0F0F0F0F0F0F0)
_ONE = np.uint64(1)
LOWER_BYTES = np.array([(1 << (8 * n)) - 1 for n in range(9)], np.uint64)  # masks of the first n bytes
_MIX, _MIX_OF_CHECK = (np.uint64(secrets.randbits(64) | 1) for _ in range(2))
_LONGEST_WORDS = 20
_ENDS_WORD = np.zeros(256, np.bool_)
_ENDS_WORD[list(b" \t\r\n")] = True


def _repeated(byte: int) -> np.uint64:
    return np.uint64(byte * 0x0101010101010101)


_QUOTE, _BACKSLASH, _OPEN, _CLOSE = (_repeated(ord(char)) for char in '"\\{}')
_BLANKS_BELOW = _repeated(0x21)
_SIXES = _repeated(6)


def flags_equal(words: Words, repeated: np.uint64) -> Words:
    """High bit set in each byte that equals the repeated one."""
    other = words ^ repeated
    return (other - _ONES) & ~other & _HIGH


def flags_blank(words: Words) -> Words:
    """High bit set in each byte up to 0x20: blank, tab, line end and other control characters."""
    return (words - _BLANKS_BELOW) & ~words & _HIGH


def first_flag(flags: Words) -> Positions:
    """Index 0–7 of the lowest flag, 8 where there is none."""
    index: Positions = (np.bitwise_count((flags & -flags) - _ONE) >> 3).astype(np.int64)
    return index


def ends_word(byte: NDArray[np.uint8]) -> Flags:
    """Whether each byte is a blank, a tab or part of a line end: what may follow a bare word."""
    return _ENDS_WORD[byte]


def are_digits(words: Words) -> Flags:
    """Whether all eight bytes are ASCII digits."""
    digits: Flags = (((words & _NIBBLES) ^ _ZEROS) | (((words + _SIXES) & _NIBBLES) ^ _ZEROS)) == 0
    return digits


def last_as_digits(words: Words, count: Positions) -> Words:
    """The last `count` (0–8) bytes kept, zeros written before them."""
    gone = LOWER_BYTES[8 - count]
    return (words & ~gone) | (_ZEROS & gone)


def first_as_digits(words: Words, count: Positions) -> Words:
    """The first `count` (0–8) bytes kept, zeros written after them."""
    kept = LOWER_BYTES[count]
    return (words & kept) | (_ZEROS & ~kept)


def number_of_digits(words: Words) -> Positions:
    """The number that eight digits write."""
    pairs = (words & np.uint64(0x0F0F0F0F0F0F0F0F)) * np.uint64(2561) >> np.uint64(8)
    fours = (pairs & np.uint64(0x00FF00FF00FF00FF)) * np.uint64(6553601) >> np.uint64(16)
    return ((fours & np.uint64(0x0000FFFF0000FFFF)) * np.uint64(42949672960001) >> np.uint64(32)).astype(np.int64)


@dataclass(slots=True)
class Spans:
    """Fields found in the buffer: where each begins and ends, where reading goes on, and whether it is sure.

    `key` and `check` are 128 bits that equal fields share, mixed with factors drawn anew in each process, so
    that no file can be made whose unequal fields share them, and chance needs some 10^38 pairs.
    """

    start: Positions
    end: Positions
    after: Positions
    sure: Flags
    key: Words
    check: Words


def empty_spans(at: Positions, sure: Flags) -> Spans:
    """A field of nothing at each position."""
    return Spans(at.copy(), at.copy(), at, sure, np.zeros(len(at), np.uint64), np.zeros(len(at), np.uint64))


class Chunk:
    """Some megabytes of whole lines (ending in LF), seen as bytes and as words at every position."""

    def __init__(self, lines: bytes) -> None:
        self.raw = b" " * LEAD + lines + b"\n" * PADDING
        self.bytes = np.frombuffer(self.raw, np.uint8)
        self.words: Words = np.ndarray((len(self.raw) - 7,), "<u8", self.raw, 0, (1,))

    def skip_blanks(self, at: Positions, *, most: int = 16) -> Positions:
        """Move past blanks and tabs; at most `most`, so what is left on a blank is not sure."""
        for _ in range(most):
            here = self.bytes[at]
            blank = (here == 32) | (here == 9)
            if not blank.any():
                break
            at = at + blank
        return at

    def fields(self, at: Positions) -> Spans:
        """A field at each position: quoted without escapes, or a bare word without quotes or braces."""
        quoted = self.bytes[at] == ord('"')
        start = at + quoted
        spans = self._walk(start, quoted)
        stop = self.bytes[spans.end]
        spans.sure &= np.where(quoted, stop == ord('"'), ends_word(stop))
        spans.sure &= quoted | (spans.end > start)
        spans.after = spans.end + quoted
        return spans

    def until_brace(self, at: Positions) -> Spans:
        """From each position to the first `}`."""
        return self._walk(at, None)

    def _walk(self, start: Positions, quoted: Flags | None) -> Spans:
        words = self.words[start]
        length = first_flag(_stops(words, quoted))
        words &= LOWER_BYTES[length]
        key, check = _mixed(words, _MIX), _mixed(words, _MIX_OF_CHECK)
        end, sure = start + length, length < 8
        rows = np.flatnonzero(length == 8)
        for _ in range(_LONGEST_WORDS):
            if not len(rows):
                break
            words = self.words[end[rows]]
            length = first_flag(_stops(words, None if quoted is None else quoted[rows]))
            words &= LOWER_BYTES[length]
            key[rows] = _mixed(key[rows] ^ words, _MIX)
            check[rows] = _mixed(check[rows] ^ words, _MIX_OF_CHECK)
            end[rows] += length
            sure[rows] = length < 8
            rows = rows[length == 8]
        key ^= (end - start).astype(np.uint64) * _MIX
        return Spans(start, end, end, sure, key, check)

    def text(self, start: int, end: int) -> bytes:
        """The bytes of one field."""
        return self.raw[start:end]


def _mixed(words: Words, factor: np.uint64) -> Words:
    product = words * factor
    return product ^ (product >> np.uint64(29))


def _stops(words: Words, quoted: Flags | None) -> Words:
    if quoted is None:
        return flags_equal(words, _CLOSE)
    of_quoted = flags_equal(words, _QUOTE) | flags_equal(words, _BACKSLASH)
    if quoted.all():
        return of_quoted
    of_bare = flags_blank(words) | flags_equal(words, _OPEN) | flags_equal(words, _CLOSE)
    return np.where(quoted, of_quoted, of_bare)


_TABLE_BITS = 18


def distinct(keys: Words) -> tuple[Positions, Positions]:
    """One representative row per distinct key, and for each row which representative is its own.

    A hash table without chains: every row writes itself at its key's place and reads who stands there;
    rows whose place is taken by another key try again elsewhere. A few passes instead of a sort.
    """
    mine = np.empty(len(keys), np.int64)
    rows = np.arange(len(keys))
    table = np.empty(1 << _TABLE_BITS, np.int32)
    factor = 0xD6E8FEB86659FD93
    while len(rows):
        wanted = keys[rows]
        place = (wanted * np.uint64(factor) >> np.uint64(64 - _TABLE_BITS)).astype(np.int64)
        table[place] = rows
        found = table[place].astype(np.int64)
        same = keys[found] == wanted
        mine[rows[same]] = found[same]
        rows = rows[~same]
        factor = (factor * 0x5851F42D4C957F2D + 0x14057B7EF767814F) % (1 << 64) | 1
    is_first = np.zeros(len(keys), np.bool_)
    is_first[mine] = True
    first = np.flatnonzero(is_first)
    return first, (np.cumsum(is_first) - 1)[mine]
