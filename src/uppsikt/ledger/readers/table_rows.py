"""Rows of text from CSV and XLSX, streamed, with the line each ends on."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from uppsikt.core.language import Text

_SEPARATORS = {"semicolon": ";", "comma": ",", "tab": "\t", "pipe": "|"}
_CHUNK_BYTES = 1 << 20
MAX_UNPACKED_BYTES = 4 << 30
csv.field_size_limit(1 << 20)

NumberedRow = tuple[int, list[str]]


class NotReadable(Exception):
    """The file is no table; the reader makes it a finding."""


class TooLarge(Exception):
    """The file unpacks to more than a workbook of a million rows needs; carries the size in MB."""


def is_workbook(begins: bytes) -> bool:
    """Whether the first bytes are those of an XLSX file."""
    return begins[:4] == b"PK\x03\x04"


def detect_encoding(stream: BinaryIO) -> str:
    """UTF-16 by its mark, UTF-8 where all bytes are, else Windows-1252. Leaves the stream at its beginning."""
    begins = stream.read(4)
    stream.seek(0)
    if begins[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := stream.read(_CHUNK_BYTES):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    finally:
        stream.seek(0)
    return "utf-8-sig"


def csv_rows(stream: BinaryIO, encoding: str, separator: str) -> Iterator[NumberedRow]:
    """The rows of a CSV file. Separator "auto": the one the heading row has most of."""
    text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    try:
        delimiter = _SEPARATORS.get(separator) or _separator_of(text)
        text.seek(0)
        reader = csv.reader(text, delimiter=delimiter)
        for cells in reader:
            yield reader.line_num, cells
    except (csv.Error, UnicodeError) as error:
        raise NotReadable(str(error)) from error


def _separator_of(text: io.TextIOWrapper) -> str:
    for _ in range(50):
        heading = text.readline(1 << 20)
        if not heading or heading.strip():
            break
    return max(";\t,|", key=heading.count)


def workbook_rows(path: Path, decimal_sign: str) -> Iterator[NumberedRow]:
    """The rows of the first sheet of an XLSX file; numbers are written with the decimal sign."""
    try:
        yield from _sheet_rows(path, decimal_sign)
    except (TooLarge, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # the workbook library's panics are no Exception
        raise NotReadable(str(Text("ingen hel arbetsbok", "no whole workbook"))) from error


def _sheet_rows(path: Path, decimal_sign: str) -> Iterator[NumberedRow]:
    from python_calamine import CalamineWorkbook

    with zipfile.ZipFile(path) as archive:
        unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > MAX_UNPACKED_BYTES:
        raise TooLarge(unpacked >> 20)
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    first = sheet.start[0] if sheet.start else 0
    for line, cells in enumerate(sheet.iter_rows(), start=first + 1):
        yield line, [_cell_text(cell, decimal_sign) for cell in cells]


def _cell_text(cell: object, decimal_sign: str) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        return f"{cell:.10f}".rstrip("0").rstrip(".").replace(".", decimal_sign)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
