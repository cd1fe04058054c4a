"""#KSUMMA: the checksum that says a SIE file wasn't changed after export.

CRC-32 (polynomial 0xEDB88320, start and end XOR 0xFFFFFFFF: what zlib computes) over the label, "#"
included, and the field contents of every record between the two #KSUMMA records, without the blanks,
quotation marks and braces that separate them. Bytes as they stand in the file. Verified against the
value that Visma Compact wrote in jsisie's sample `Sie1.se` (909685525).
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

import numpy as np

from uppsikt.ledger.readers.sie4_fields import split_fields

_KSUMMA_LINE = re.compile(rb"^[ \t]*#KSUMMA(?:[ \t]+\"?(-?\d*)\"?[^\n]*)?$", re.MULTILINE)
_STRUCTURE = np.zeros(256, np.bool_)
_STRUCTURE[list(b" \t{}\n")] = True


@dataclass(slots=True)
class Ksumma:
    """The running checksum of one file. Feed it whole lines ending in LF."""

    started: bool = False
    ended: bool = False
    value: int = 0
    stated: str = ""

    def feed(self, lines: bytes) -> None:
        """Count the records of `lines` that lie between the two #KSUMMA records."""
        if self.ended:
            return
        at = 0
        for match in _KSUMMA_LINE.finditer(lines) if b"#KSUMMA" in lines else ():
            if self.started:
                self._count(lines[at : match.start()])
                self.ended, self.stated = True, (match[1] or b"").decode("ascii")
                return
            self.started = True
            at = match.end()
        if self.started:
            self._count(lines[at:])

    @property
    def agrees(self) -> bool:
        """Whether the stated value is the computed one; programs write it signed or unsigned."""
        try:
            return int(self.stated) & 0xFFFFFFFF == self.value
        except ValueError:
            return False

    def _count(self, lines: bytes) -> None:
        self.value = zlib.crc32(_contents(lines), self.value)


def _contents(lines: bytes) -> bytes:
    if b"\\" in lines:
        return contents_by_line(lines)
    buffer = np.frombuffer(lines, np.uint8)
    quotes = buffer == ord('"')
    inside = np.bitwise_xor.accumulate(quotes) if quotes.size else quotes
    opens = np.flatnonzero(quotes & inside)
    if inside[buffer == ord("\n")].any() or (~_STRUCTURE[buffer[opens - 1]] & ~quotes[opens - 1]).any():
        return contents_by_line(lines)  # a quote that never ends, or that stands inside a bare word
    kept: bytes = buffer[~quotes & (inside | ~_STRUCTURE[buffer])].tobytes()
    return kept


def contents_by_line(lines: bytes) -> bytes:
    """What the checksum counts, by the exact field reader: the meaning that the array form must equal."""
    parts: list[bytes] = []
    for line in lines.split(b"\n"):
        for item in split_fields(line).items:
            parts.extend(item if isinstance(item, tuple) else (item,))
    return b"".join(parts)
