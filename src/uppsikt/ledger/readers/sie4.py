"""SIE 4 (types 1–4, export 4E and import 4I): the file format every Swedish accounting system writes.

The file is read once for its encoding and once for its content, in chunks of some megabytes, so memory
doesn't grow with the file. Source: SIE-Gruppen, "SIE filformat", utgåva 4B.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import numpy as np

from uppsikt.ledger import findings_sie as codes
from uppsikt.ledger.collect import Collector
from uppsikt.ledger.readers.base import Block, Header, LedgerFile
from uppsikt.ledger.readers.encoding import Encoding, detect_encoding
from uppsikt.ledger.readers.ksumma import Ksumma
from uppsikt.ledger.readers.sie4_checks import check_whole, type_of
from uppsikt.ledger.readers.sie4_fast import read_chunk
from uppsikt.ledger.readers.sie4_masters import Masters
from uppsikt.ledger.readers.sie4_vouchers import Sie4State

CHUNK_BYTES = 4 << 20
LONGEST_LINE_BYTES = 1 << 20
_ROWS_PER_BLOCK = 100_000
_LARGEST_BLOCK = 1_000_000  # a voucher is kept in one block unless it alone would fill the memory
_BOM = b"\xef\xbb\xbf"
_VOUCHER_END = re.compile(rb"^[ \t]*\}[ \t]*\r?\n", re.MULTILINE)
_TITLE = re.compile(rb"<title>([^<]{0,80})", re.IGNORECASE)


def read_sie4(path: Path, *, exact: bool = False, chunk_bytes: int = CHUNK_BYTES) -> LedgerFile:
    """Read a SIE 4 file. Faults of the file become findings; nothing in it raises.

    `exact` reads every line by the exact reader instead of in arrays: the same result, slower.
    """
    ledger = LedgerFile(Header("sie4"), iter(()))
    log = Collector(path.name, ledger.findings)
    with suppress(OSError):
        ledger.size_bytes = path.stat().st_size
    ledger.blocks = _Reading(path, ledger, log, exact, chunk_bytes).blocks()
    return ledger


class _Reading:
    """One pass over one file."""

    def __init__(self, path: Path, ledger: LedgerFile, log: Collector, exact: bool, chunk: int) -> None:
        self.path, self.ledger, self.log = path, ledger, log
        self.exact, self.chunk_bytes = exact, chunk
        self.line = 1
        self.ksumma = Ksumma()

    def blocks(self) -> Iterator[Block]:
        """The postings; the ledger's masters, balances and findings are whole once this has ended."""
        try:
            with self.path.open("rb") as stream:
                yield from self._blocks(stream)
        except OSError as error:
            self.log.add(codes.UNREADABLE, reason=error.strerror or str(error))
        self.log.close()

    def _blocks(self, stream: BinaryIO) -> Iterator[Block]:
        if fault := _not_sie(stream.read(4096)):
            self.log.add(fault[0], 1 if fault[1] else None, **fault[1])
            return
        stream.seek(0)
        encoding = detect_encoding(iter(lambda: stream.read(self.chunk_bytes), b""))
        stream.seek(0)
        state = Sie4State(Masters(encoding, self.log, self.ledger.header), self.log)
        for lines in self._chunks(stream):
            if self.ksumma.started or b"#KSUMMA" in lines:
                self.ksumma.feed(_unix_lines(lines))
            yield from self._read(lines, state)
            self.ledger.header = state.masters.header
        state.finish()
        if state.builder.coded:
            yield state.builder.take()
        self._conclude(state, encoding)

    def _chunks(self, stream: BinaryIO) -> Iterator[bytes]:
        """Whole lines ending in LF or CRLF, whatever the file has, cut after a voucher where possible."""
        rest = b""
        first = True
        while data := stream.read(self.chunk_bytes):
            self.ledger.progress_bytes += len(data)
            data = rest + data
            if first:
                data, first = data.removeprefix(_BOM), False
            held = b"\r" if data.endswith(b"\r") else b""  # may be half of CRLF
            data = _without_lone_returns(data[: len(data) - len(held)])
            cut = _cut(data)
            if len(data) - cut > self.chunk_bytes + LONGEST_LINE_BYTES:
                cut = data.rfind(b"\n") + 1
            rest = data[cut:] + held
            if cut:
                yield data[:cut]
            if len(rest) > LONGEST_LINE_BYTES and b"\n" not in rest:
                self.log.add(codes.LINE_TOO_LONG, limit=LONGEST_LINE_BYTES)
                return
        rest = _without_lone_returns(rest).rstrip(b"\x1a")  # DOS programs end a file with Ctrl-Z
        if rest:
            yield rest if rest.endswith(b"\n") else rest + b"\n"

    def _read(self, lines: bytes, state: Sie4State) -> Iterator[Block]:
        """By arrays where the chunk allows it; what comes before a whole voucher, line by line."""
        if self.exact:
            yield from self._read_exactly(lines, state)
            return
        if state.current is not None and (end := _VOUCHER_END.search(lines)):
            yield from self._read_exactly(lines[: end.end()], state)
            lines = lines[end.end() :]
        if not lines:
            return
        if state.builder.coded and state.current is None:
            yield state.builder.take()  # rows keep the order of the file
        block = read_chunk(lines, self.line, state)
        if block is None:
            yield from self._read_exactly(lines, state)
            return
        self.line += lines.count(b"\n")
        if len(block):
            yield block

    def _read_exactly(self, lines: bytes, state: Sie4State) -> Iterator[Block]:
        for line in _unix_lines(lines)[:-1].split(b"\n"):
            state.read_line(line, self.line)
            self.line += 1
            rows = len(state.builder.coded)
            if rows >= _LARGEST_BLOCK or (rows >= _ROWS_PER_BLOCK and state.current is None):
                yield state.builder.take()

    def _conclude(self, state: Sie4State, encoding: Encoding) -> None:
        ledger, masters = self.ledger, state.masters
        sie_type = type_of(state, suffix=self.path.suffix)
        check_whole(state, self.ksumma, sie_type)
        if encoding.codec in ("utf-8", "cp1252"):
            self.log.add(codes.ENCODING, encoding=encoding.name)
        ledger.header = replace(masters.header, sie_type=sie_type, encoding=encoding.name)
        ledger.accounts.extend(masters.account_names())
        ledger.dimensions.extend(masters.dimensions.values())
        ledger.objects.extend(masters.objects.values())
        ledger.balances.extend(masters.balances)
        self._report_damage()

    def _report_damage(self) -> None:
        names = (
            self.ledger.header.company,
            *(account.name for account in self.ledger.accounts),
            *(named.name for named in self.ledger.objects),
        )
        damaged = [name for name in names if "�" in name]
        if damaged:
            self.log.add(codes.DAMAGED_TEXT, count=len(damaged), sample=damaged[0][:40])


def _not_sie(head: bytes) -> tuple[str, dict[str, object]] | None:
    start = head.removeprefix(_BOM).lstrip(b" \t\r\n")
    if not start:
        return (codes.EMPTY, {}) if len(head) < 4096 else (codes.NOT_SIE, {"begins": ""})
    if re.match(rb"#FLAGGA(?=[ \t\r\n\"]|$)", start):
        return None
    if start[:1] == b"<" and b"<html" in start.lower():
        title = _TITLE.search(start)
        return codes.HTML, {"title": title[1].decode("utf-8", "replace").strip() if title else "html"}
    return codes.NOT_SIE, {"begins": start[:24].split(b"\n")[0].decode("ascii", "replace")}


def _without_lone_returns(data: bytes) -> bytes:
    """Lines ended by CR alone (old Macs) get LF; CRLF stays, for the array reader takes it as it is."""
    if b"\r" not in data:
        return data
    buffer = np.frombuffer(data, np.uint8)
    returns = buffer == 13
    if np.count_nonzero(returns) == np.count_nonzero(returns[:-1] & (buffer[1:] == 10)):
        return data
    return _unix_lines(data)


def _unix_lines(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _cut(data: bytes) -> int:
    """Where the last voucher of `data` ends; 0 where none does."""
    window = 1 << 16
    while True:
        start = max(0, data.rfind(b"\n", 0, max(0, len(data) - window)) + 1)
        last = 0
        for match in _VOUCHER_END.finditer(data, start):
            last = match.end()
        if last or start == 0:
            return last
        window *= 8
