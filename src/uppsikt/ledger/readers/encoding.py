"""Which encoding a SIE file is really written in; all of them say `#FORMAT PC8`.

The standard allows code page 437 only. Real programs write CP437, Windows-1252 (Latin-1) and UTF-8 under
the same header, so the content decides: bytes that are UTF-8 throughout are UTF-8, otherwise the
Swedish letters are counted as each encoding would have written them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

_SAMPLE_BYTES = 1 << 20
_CP437_LETTERS = bytes([0x84, 0x86, 0x94, 0x8E, 0x8F, 0x99, 0x82, 0x90, 0x81, 0x9A])  # ä å ö Ä Å Ö é É ü Ü
_LATIN1_LETTERS = bytes([0xE4, 0xE5, 0xF6, 0xC4, 0xC5, 0xD6, 0xE9, 0xC9, 0xFC, 0xDC])
_UTF8_LETTER = re.compile(rb"\xc3[\x80-\xbf]|\xef\xbf\xbd")
_BOM = codecs.BOM_UTF8


@dataclass(frozen=True, slots=True)
class Encoding:
    """Python's name of the codec, and whether some bytes don't fit it (they are read as U+FFFD)."""

    codec: str
    damaged: bool = False

    @property
    def name(self) -> str:
        """The name people know: CP437, UTF-8, Windows-1252 or ASCII."""
        return {"cp437": "CP437", "utf-8": "UTF-8", "cp1252": "Windows-1252", "ascii": "ASCII"}[self.codec]

    def decode(self, raw: bytes) -> str:
        """Text of the bytes; never fails."""
        if raw.isascii():  # most codes are, and Python decodes ASCII ten times faster than code pages
            return raw.decode("ascii")
        return raw.decode(self.codec, "replace")


def detect_encoding(chunks: Iterable[bytes]) -> Encoding:
    """Decide from the content, read once and not kept. Plain ASCII is its own answer, true of all three."""
    strict: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
    ascii_only = True
    sample = bytearray()
    for chunk in chunks:
        if chunk.isascii() and (ascii_only or strict is None):
            continue
        ascii_only = False
        strict = _still_utf8(strict, chunk)
        sample += chunk[: _SAMPLE_BYTES - len(sample)]
        if strict is None and len(sample) == _SAMPLE_BYTES:
            break
    if ascii_only:
        return Encoding("ascii")
    if strict is not None and _still_utf8(strict, b"", final=True) is not None:
        return Encoding("utf-8")
    return _by_letters(bytes(sample))


def _still_utf8(
    decoder: codecs.IncrementalDecoder | None, chunk: bytes, *, final: bool = False
) -> codecs.IncrementalDecoder | None:
    if decoder is None:
        return None
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return None
    return decoder


def _by_letters(sample: bytes) -> Encoding:
    # A UTF-8 file whose texts were cut at a byte count is no longer strict UTF-8, but most letters are whole
    utf8 = len(_UTF8_LETTER.findall(sample))
    rest = _UTF8_LETTER.sub(b"", sample)
    cp437 = len(rest) - len(rest.translate(None, _CP437_LETTERS))
    latin1 = len(rest) - len(rest.translate(None, _LATIN1_LETTERS))
    if utf8 > max(cp437, latin1) or sample.startswith(_BOM):
        return Encoding("utf-8", damaged=True)
    return Encoding("cp1252") if latin1 > cp437 else Encoding("cp437")
