from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uppsikt.core.language import speaking
from uppsikt.core.money import LARGEST_ORE
from uppsikt.core.tables import write_xlsx
from uppsikt.core.workbooks import sheet_rows
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.states import State
from uppsikt.rounds.values import ExplanationText
from uppsikt.web.rounds_pages.sheet_rows import EntryLine, Seen
from uppsikt.web.rounds_pages.workbook import columns_of, read_entries, write_entries

ROUND = RoundRow("delar2-2022", "Delår 2", "interim", 2022, date(2022, 8, 31), date(2022, 9, 16), State.OPEN)
amounts = st.none() | st.integers(-LARGEST_ORE, LARGEST_ORE)
seen = st.builds(Seen, amounts, st.integers(0, 900))
texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn")), max_size=40) | st.just("a\nb  c")
explanations = st.builds(ExplanationText, texts, texts, amounts, texts, st.none() | st.dates(date(2000, 1, 1)))


def line_of(
    cells: dict[int, Seen], explanation: ExplanationText, account: str = "5", unit: str = "4220"
) -> EntryLine:
    return EntryLine(
        unit, "Ekonomi", "lämnad", True, account, "Personal", 1, None, 10**14, 3, 4, cells, explanation, 7
    )


@settings(max_examples=30)
@given(st.lists(st.tuples(st.dictionaries(st.sampled_from([0, 202209, 202212]), seen), explanations), max_size=4))
def test_a_file_brought_back_as_it_was_changes_nothing(rows: list[tuple[dict[int, Seen], ExplanationText]]) -> None:
    lines = [line_of(cells, explanation, str(number)) for number, (cells, explanation) in enumerate(rows)]
    read, findings = read_entries(write_entries(ROUND, lines), "prognoser.xlsx", ROUND)
    assert findings == ([] if lines else findings)
    assert [(line.unit, line.account) for line in read] == [(line.unit, line.account) for line in lines]
    assert [line.edits() for line in read] == [[] for _ in lines]
    assert [line.changed_explanation() for line in read] == [None for _ in lines]


def edited(lines: list[EntryLine], changes: dict[str, object], language: str = "sv", at: int = 0) -> bytes:
    """The file as written in a language, with cells of one row changed by the column's key."""
    with speaking(language):  # type: ignore[arg-type]
        content = write_entries(ROUND, lines)
    table = [cells for _, cells in sheet_rows(content)]
    keys = [column.key for column in columns_of(ROUND)]
    for key, value in changes.items():
        table[at + 1][keys.index(key)] = value
    return write_xlsx([str(cell) for cell in table[0]], table[1:], "x")  # type: ignore[arg-type]


def with_cells(content: bytes, row: RoundRow, changes: Sequence[dict[str, object]]) -> bytes:
    """The file with cells of the rows of some units and account groups changed; rows that aren't there are added."""
    table = [[str(cell) if isinstance(cell, date) else cell for cell in cells] for _, cells in sheet_rows(content)]
    keys = [column.key for column in columns_of(row)]
    for change in changes:
        own = [
            line
            for line in table[1:]
            if (line[0], line[keys.index("account")]) == (change["unit"], change["account"])
        ]
        if not own:
            table.append([""] * len(keys))
        for key, value in change.items():
            (own or table[-1:])[0][keys.index(key)] = value
    return write_xlsx([str(cell) for cell in table[0]], table[1:], "x")  # type: ignore[arg-type]


def edited_rows(row: RoundRow, seen: Mapping[str, tuple[int | None, int]], account: str, amount: int) -> bytes:
    """A file of units in an order, fetched when their full years held what was seen; each is another since."""
    lines = [line_of({0: Seen(*own)}, ExplanationText(), account, unit) for unit, own in seen.items()]
    table = [list(cells) for _, cells in sheet_rows(write_entries(row, lines))]
    at = [column.key for column in columns_of(row)].index("0")
    for line, (held_ore, _) in zip(table[1:], seen.values(), strict=True):
        line[at] = -(1_000 + amount) - (held_ore or 0) / 100
    return write_xlsx([str(cell) for cell in table[0]], table[1:], "x")  # type: ignore[arg-type]


LINE = line_of({0: Seen(264_000_000, 3), 202209: Seen(None, 3)}, ExplanationText("Vakanser"))


def test_what_was_changed_is_an_edit_that_knows_the_version_it_saw() -> None:
    read, findings = read_entries(edited([LINE], {"0": -2700000.25, "measure": "Anställa"}, "en"), "f.xlsx", ROUND)
    assert findings == []
    (edit,) = read[0].edits()
    assert (edit.account, edit.period, edit.amount_ore, edit.seen_version) == ("5", 0, 270_000_025, 3)
    assert read[0].changed_explanation() == ExplanationText("Vakanser", "Anställa")


def test_an_emptied_cell_and_months_instead_are_edits_too() -> None:
    read, _ = read_entries(edited([LINE], {"0": "", "202209": "−1 250,50"}), "f.xlsx", ROUND)
    assert [(own.period, own.amount_ore) for own in read[0].edits()] == [(0, None), (202209, 125_050)]


def as_before(content: bytes) -> bytes:
    """The file as it was written when it had the ledger's sign."""
    keys = [column.key for column in columns_of(ROUND)]
    amounts = ["last_year", "budget", "actual", "previous", "submitted", "0", "effect", "202209", "202210"]
    table = [list(cells) for _, cells in sheet_rows(content)]
    table[0][keys.index("0")], table[0][keys.index("origin")] = "Prognos helår", "Ursprung"
    for row in table[1:]:
        row[keys.index("origin")] = str(row[keys.index("origin")]).removesuffix("|kostnad-")
        for at in map(keys.index, amounts):
            row[at] = -float(str(row[at])) if row[at] else row[at]
    return write_xlsx([str(cell) for cell in table[0]], table[1:], "x")  # type: ignore[arg-type]


def test_the_file_has_the_sign_of_the_pages_and_an_older_one_is_read_in_its_own() -> None:
    line = line_of(LINE.cells | {202209: Seen(-700_00, 3)}, ExplanationText("Vakanser", "Vikarier", -5_000_00))
    content = write_entries(ROUND, [line])
    (headings, row) = (cells for _, cells in sheet_rows(content))
    shown = dict(zip([column.key for column in columns_of(ROUND)], row, strict=False))
    assert [float(str(shown[key])) for key in ("0", "202209", "effect")] == [-2_640_000, 700, 5_000]
    assert "Prognos helår (kostnad minus)" in headings
    older = as_before(content)
    (read,), findings = read_entries(older, "f.xlsx", ROUND)
    assert (findings, read.edits(), read.changed_explanation()) == ([], [], None)
    changed = [list(cells) for _, cells in sheet_rows(older)]
    changed[1][[column.key for column in columns_of(ROUND)].index("0")] = 2_700_000
    (read,), _ = read_entries(write_xlsx([str(cell) for cell in changed[0]], changed[1:], "x"), "f.xlsx", ROUND)  # type: ignore[arg-type]
    assert [own.amount_ore for own in read.edits()] == [270_000_000]


def test_a_row_that_the_user_adds_has_seen_nothing() -> None:
    read, _ = read_entries(edited([LINE], {"account": "3", "origin": "", "0": 5}), "f.xlsx", ROUND)
    assert [(own.account, own.amount_ore, own.seen_version) for own in read[0].edits()] == [("3", -500, 0)]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"0": 1, "202210": 2}, "N004"),
        ({"0": 0.125}, "W055"),
        ({"effect": "mycket"}, "W055"),
        ({"due_on": "i höst"}, "W056"),
        ({"account": "3"}, "W052"),
        ({"origin": LINE.origin("delar1-2022").text()}, "W051"),
        ({"origin": "nonsens"}, "W052"),
        ({"origin": replace(LINE.origin("delar2-2022"), is_reversed=False).text()}, "W052"),  # of an older file
    ],
)
def test_what_can_not_be_meant_is_said_with_its_row(changes: dict[str, object], code: str) -> None:
    read, findings = read_entries(edited([LINE], changes), "f.xlsx", ROUND)
    assert read == []
    assert [(finding.code, finding.at.line) for finding in findings] == [(code, 2)]


def test_the_same_unit_and_group_in_two_rows_is_refused() -> None:
    other = line_of({}, ExplanationText(), "3")
    content = edited([LINE, other], {"account": "5", "origin": ""}, at=1)
    assert [finding.code for finding in read_entries(content, "f.xlsx", ROUND)[1]] == ["W053"]


def test_another_table_is_told_where_it_belongs() -> None:
    assert [own.code for own in read_entries(b"enhet;konto\n1;5\n", "f.csv", ROUND)[1]] == ["W050"]


def test_codes_are_locked_and_what_is_to_be_filled_in_is_not() -> None:
    with zipfile.ZipFile(io.BytesIO(write_entries(ROUND, [LINE]))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
    assert "<sheetProtection" in sheet
    assert 'locked="0"' in styles
    assert 'hidden="1"' in sheet
