"""The first sheet of an XLSX workbook, read only after it has been measured.

The workbook library lays a sheet out as a full rectangle: two cells in opposite corners of a file of 5 kB
ask it for half a terabyte, and where it can't have that it ends the whole process. Hence the look before.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

MAX_UNPACKED_BYTES = 2 << 30
MAX_CELLS = 40_000_000  # a million rows of forty columns; the library takes some 50 bytes for each
_CHUNK_BYTES = 1 << 20
_LONGEST_TAG = 1 << 12
_OTHER_FORMATS = {"content.xml", "xl/workbook.bin"}  # ODS repeats cells by a number: a bomb of a few bytes
# cells as almost all programs write them; a cell with a style and nothing else has no place to take
_PLAIN = re.compile(rb"""<c r="([A-Z]+)([0-9]+)"(?!(?: s="[0-9]+")?/>)""")
_ODD = re.compile(rb"""<c(?=[\s/>])(?! r="[A-Z]{1,3}[0-9]{1,7}")|:c(?=[\s/>])""")
# and as XML also allows them: with a prefix, other blanks and quotes, or no place of their own
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,10})["']""")
_UNPLACED = re.compile(rb"<(?:\w+:)?c(?=[\s/>])(?![^>]*\sr\s*=)")
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s/>])")
_ROW_NUMBER = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br\s*=\s*["']([0-9]{1,10})["']""")


class NotAWorkbook(Exception):
    """The file is no XLSX workbook, or a damaged one; the reader makes it a finding."""


class WorkbookTooLarge(Exception):
    """The file unpacks to more than a workbook of a million rows needs; carries about how many MB."""


def is_workbook(begins: bytes) -> bool:
    """Whether the first bytes are those of an XLSX file."""
    return begins[:4] == b"PK\x03\x04"


def sheet_rows(source: Path | bytes) -> Iterator[tuple[int, list[object]]]:
    """The rows of the first sheet with their numbers from 1; raises `NotAWorkbook` or `WorkbookTooLarge`."""
    try:
        with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as stream:
            yield from _rows(stream)
    except (WorkbookTooLarge, OSError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # the workbook library's panics are no Exception
        raise NotAWorkbook(type(error).__name__) from error


def _rows(stream: BinaryIO) -> Iterator[tuple[int, list[object]]]:
    from python_calamine import CalamineWorkbook

    _measure(stream)
    stream.seek(0)
    sheet = CalamineWorkbook.from_filelike(stream).get_sheet_by_index(0)
    for number, cells in enumerate(sheet.iter_rows(), start=1):  # empty rows before the first are there
        yield number, list(cells)


def _measure(stream: BinaryIO) -> None:
    """Refuse what would not fit in memory. Sizes a zip states may be lies, so everything is unpacked once."""
    with zipfile.ZipFile(stream) as archive:
        members = archive.infolist()
        names = {member.filename for member in members}
        if "xl/workbook.xml" not in names or names & _OTHER_FORMATS:
            raise zipfile.BadZipFile("no XLSX")
        stated = sum(member.file_size for member in members)
        if stated > MAX_UNPACKED_BYTES:
            raise WorkbookTooLarge(stated >> 20)
        left = MAX_UNPACKED_BYTES
        for member in members:
            left -= _measure_member(archive, member, left)


def _measure_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most_bytes: int) -> int:
    told = copy.copy(member)
    told.file_size = 1 << 62  # read on to the packed data's own end
    size, rest = 0, b""
    extent = _Extent()
    with archive.open(told) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            size += len(chunk)
            if size > most_bytes:
                raise WorkbookTooLarge(size >> 20)
            data = rest + chunk
            cut = max(data.rfind(b"<"), len(data) - _LONGEST_TAG)
            extent.take(data[:cut])
            rest = data[cut:]
    extent.take(rest)
    return size


class _Extent:
    """How far from the first cell a sheet's cells reach; raises `WorkbookTooLarge` when that is too far."""

    def __init__(self) -> None:
        self._letters: set[bytes] = set()
        self._columns = self._rows = 1

    def take(self, data: bytes) -> None:
        """Take a stretch of XML into account."""
        is_odd = _ODD.search(data) is not None
        places = (_PLACE if is_odd else _PLAIN).findall(data)
        letters = {letters.upper() for letters, _ in places} - self._letters
        self._letters |= letters
        columns = [_column(name) for name in letters]
        rows = [int(number) for number in {number for _, number in places}]
        if is_odd and _UNPLACED.search(data):  # such a cell stands after the one before it, in the latest row
            columns += [len(_UNPLACED.findall(row)) for row in _ROW.split(data)]
            rows += [int(number) for number in _ROW_NUMBER.findall(data)]
        self._columns = max(self._columns, *columns, 1)
        self._rows = max(self._rows, *rows, 1)
        if self._columns * self._rows > MAX_CELLS:
            raise WorkbookTooLarge(self._columns * self._rows * 32 >> 20)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def cell_text(cell: object, decimal_sign: str = ".") -> str:
    """A cell as text. Numbers have the 15 digits that Excel counts with: more would show how floats are kept."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return _number_text(cell).replace(".", decimal_sign)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()


def _number_text(number: float) -> str:
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    text = f"{number:.15g}"
    if "e" in text:  # very small or very large: written out, for a reader of amounts to refuse or take
        text = f"{number:.20f}".rstrip("0").rstrip(".")
    return text
