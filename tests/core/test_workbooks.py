"""Workbooks: the numbers as Excel shows them, and sheets that would not fit in memory."""

import io
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter

from uppsikt.core import workbooks
from uppsikt.core.tables import read_table
from uppsikt.core.workbooks import NotAWorkbook, WorkbookTooLarge, cell_text, sheet_rows

Cells = dict[tuple[int, int], str | float]


def workbook(cells: Cells) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    for (row, column), value in cells.items():
        sheet.write(row, column, value)
    book.close()
    return stream.getvalue()


def rewritten(content: bytes, change: Callable[[str, bytes], bytes], **added: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            copy.writestr(name, change(name, source.read(name)))
        for name, member in added.items():
            copy.writestr(name.replace("_", "."), member)
    return stream.getvalue()


def test_amounts_have_the_digits_that_excel_shows_and_no_more() -> None:
    amounts = [12345678.35, -987654.32, 1234567890.12, 0.1 + 0.2, 9400000000.0, 1e-11]
    content = workbook({(row, 0): value for row, value in enumerate(amounts)})
    assert [cell_text(cells[0]) for _, cells in sheet_rows(content)] == [
        "12345678.35",
        "-987654.32",
        "1234567890.12",
        "0.3",
        "9400000000",
        "0.00000000001",
    ]
    assert cell_text(12345678.35, ",") == "12345678,35"


def test_rows_keep_their_numbers_where_the_first_rows_are_empty() -> None:
    rows = list(sheet_rows(workbook({(2, 1): "konto", (3, 1): "5010"})))
    assert [(number, cells) for number, cells in rows if any(cells)] == [(3, ["konto"]), (4, ["5010"])]


def test_two_cells_in_opposite_corners_are_refused_and_two_in_one_column_are_not() -> None:
    corners = workbook({(0, 0): "konto", (1_048_575, 16_383): 1})
    assert len(corners) < 10_000
    with pytest.raises(WorkbookTooLarge):
        list(sheet_rows(corners))
    assert [finding.code for finding in read_table(corners, "x.xlsx")[1]] == ["T001"]
    assert sum(1 for _ in sheet_rows(workbook({(0, 0): "konto", (9_999, 0): 1}))) == 10_000


@pytest.mark.parametrize(
    "cell",
    [b"<c\n r = 'XFD1048576'", b'<c r="xfd1048576"', b'<c s="0" r="XFD1048576"'],
)
def test_no_way_of_writing_a_place_hides_it(cell: bytes) -> None:
    content = workbook({(0, 0): "konto", (1, 0): 1})
    with pytest.raises(WorkbookTooLarge):
        list(sheet_rows(rewritten(content, lambda _, member: member.replace(b'<c r="A2"', cell))))


def test_cells_without_a_place_are_measured_by_their_rows() -> None:
    content = workbook({(0, 0): 1, **{(1, column): 1.5 for column in range(60)}})

    def without_places(name: str, member: bytes) -> bytes:
        for column in range(60, 0, -1):
            member = member.replace(f'<c r="{_letters(column)}2"'.encode(), b"<c")
        return member.replace(b'<row r="2"', b'<row r="1048576"')

    with pytest.raises(WorkbookTooLarge):
        list(sheet_rows(rewritten(content, without_places)))
    kept_low = rewritten(content, lambda _, member: member.replace(b'<c r="A2"', b"<c"))
    assert len(list(sheet_rows(kept_low))) == 2


def _letters(column: int) -> str:
    head, tail = divmod(column - 1, 26)
    return (chr(64 + head) if head else "") + chr(65 + tail)


def test_empty_cells_that_only_have_a_style_take_no_place() -> None:
    styled = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    content = workbook({(0, 0): "konto"})
    content = rewritten(content, lambda _, member: member.replace(b"</sheetData>", styled))
    assert [cells for _, cells in sheet_rows(content)] == [["konto"]]


def test_what_unpacks_to_too_much_is_refused_also_where_the_archive_lies_of_its_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = rewritten(workbook({(0, 0): "konto"}), lambda _, member: member, fyllnad_xml=b" " * 3_000_000)
    assert len(list(sheet_rows(content))) == 1
    monkeypatch.setattr(workbooks, "MAX_UNPACKED_BYTES", 1_000_000)
    with pytest.raises(WorkbookTooLarge):
        list(sheet_rows(content))
    size, lie = (3_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    with pytest.raises(WorkbookTooLarge):
        list(sheet_rows(content.replace(size, lie)))


@pytest.mark.parametrize("other", [{"content_xml": b"<x/>"}, {}])
def test_other_archives_are_no_workbooks(other: dict[str, bytes]) -> None:
    stream = io.BytesIO()
    zipfile.ZipFile(stream, "w").close()
    content = rewritten(workbook({(0, 0): 1}), lambda _, member: member, **other) if other else stream.getvalue()
    with pytest.raises(NotAWorkbook):
        list(sheet_rows(content))
