"""What docs/explanation/reorganisations.md says by hand is what the engine says, to the öre."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.figures.by_hand import (
    COLUMNS,
    CUT_OFF,
    PLAN,
    STATEMENT,
    decided_plan,
    ore,
    parameters,
    postings,
    relations_by_hand,
    table,
)
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.shares import shares_of
from uppsikt.figures.engine import Engine

OLDER = date(2021, 12, 31)
VIEWS = [("## As-was", None), ("## As of 31 August 2022", CUT_OFF), ("## As of an older day", OLDER)]
BRIDGES = [
    ("### Bridge 2021", "2021", CUT_OFF),
    ("### Bridge 2022", "2022", CUT_OFF),
    ("### Bridge Budget 2022", "Budget 2022", CUT_OFF),
    ("### Bridge back 2022", "2022", OLDER),
]


PLANS = [pytest.param(PLAN, id="written by hand"), pytest.param(decided_plan(), id="decided as events")]


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize(("heading", "day"), VIEWS)
def test_the_page_says_every_row_of_every_view(
    heading: str, day: date | None, plan: CodePlan, tmp_path: Path
) -> None:
    with Engine(relations_by_hand(tmp_path, plan)) as engine:
        result = engine.statement(STATEMENT, parameters(day))
    page = table(heading, "Row")
    assert [row.code or row.key for row in result.rows] == [line["Row"] for line in page]
    for row, line in zip(result.rows, page, strict=True):
        for named, column in COLUMNS.items():
            assert result.cell(row.key, column).amount_ore == ore(line[named]), (row.key, named)


def test_the_page_splits_ore_as_the_program_does() -> None:
    amounts = {one.line: one.amount_ore for one in postings()}
    sixty, forty = shares_of([60, 40])
    for line in table("## How an öre is split", "No"):
        whole = amounts[int(line["No"])]
        assert [whole, sixty.of(whole), forty.of(whole)] == [
            int(line[name].replace("−", "-").replace("\u202f", ""))
            for name in ("Öre", "To Staff (13)", "To Service desk (14)")
        ]


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize(("heading", "named", "day"), BRIDGES)
def test_the_page_says_every_line_of_every_bridge(
    heading: str, named: str, day: date, plan: CodePlan, tmp_path: Path
) -> None:
    with Engine(relations_by_hand(tmp_path, plan)) as engine:
        bridge = engine.bridge(STATEMENT, parameters(day))
    said: dict[str, list[tuple[str, int, int, int]]] = {}
    for line in table(heading, "Row"):
        lines = said.setdefault(line["Row"], [])
        if line["Line"] != "as was":
            by_entry = ore(line.get("Moved by the entry", "")) or 0
            lines.append((line["Line"], ore(line["Out"]) or 0, ore(line["In"]) or 0, by_entry))
    for row in bridge.rows:
        own = bridge.lines[row.key, COLUMNS[named]]
        found = [(line.key.partition("#")[0], line.out_ore, line.in_ore, line.entry_ore or 0) for line in own]
        assert found == said.get(row.code or row.key, []), row.key


@pytest.mark.parametrize(("heading", "named", "day"), BRIDGES)
def test_the_page_adds_up_line_by_line(heading: str, named: str, day: date) -> None:
    stands: dict[str, int | None] = {}
    for line in table(heading, "Row"):
        if line["Line"] != "as was":
            expected = (stands[line["Row"]] or 0) - (ore(line["Out"]) or 0) + (ore(line["In"]) or 0)
            assert expected == (ore(line["Stands"]) or 0), line
        stands[line["Row"]] = ore(line["Stands"])
    view = "## As of an older day" if day == OLDER else "## As of 31 August 2022"
    ends = {line["Row"]: ore(line[named]) for line in table(view, "Row")}
    assert {row: end for row, end in stands.items() if end is not None} == {
        row: end for row, end in ends.items() if end is not None
    }
