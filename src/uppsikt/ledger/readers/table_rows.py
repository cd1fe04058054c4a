"""Rows of text from CSV and XLSX, streamed, with the line each ends on."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from uppsikt.core.language import Text
from uppsikt.core.tables import csv_records
from uppsikt.core.workbooks import NotAWorkbook, cell_text, sheet_rows

_SEPARATORS = {"semicolon": ";", "comma": ",", "tab": "\t", "pipe": "|"}
_CHUNK_BYTES = 1 << 20

NumberedRow = tuple[int, list[str]]


class NotReadable(Exception):
    """The file is no table; the reader makes it a finding."""


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
        yield from csv_records(text, delimiter)
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
        for line, cells in sheet_rows(path):
            yield line, [cell_text(cell, decimal_sign) for cell in cells]
    except NotAWorkbook as error:
        raise NotReadable(str(Text("ingen hel arbetsbok", "no whole workbook"))) from error
