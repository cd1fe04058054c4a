"""The data all engines in the cross-tab benchmark read: postings, plan, units. The same every time.

800 leaf units under 60 departments under 14 rows; 160 of them move to another row on 2022-07-01.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb

from uppsikt.core.codeplan import CodeName, CodePlan, Placement
from uppsikt.core.periods import BEGINNING, FOREVER

DATA = Path(__file__).parent / "data"
TOPS, DEPARTMENTS, UNITS, MOVED = 14, 60, 800, 160
MOVE = date(2022, 7, 1)
ROUND = "delar2-2022"
CUT_OFF = date(2022, 8, 31)
PREVIOUS = "delar1-2022"
PREVIOUS_CUT_OFF = date(2022, 4, 30)

_ACTUAL = """
COPY (
    SELECT 'actual' AS scenario, period, make_date(period // 100, period % 100, (1 + h % 28)::INTEGER) AS date, unit,
        account, activity, project, NULL::VARCHAR AS object, counterparty, NULL::VARCHAR AS marker, amount_ore,
        voucher, 'Faktura ' || (h % 5000) AS text, NULL::DATE AS decided_on, 'batch-' || (period // 100) AS source,
        line
    FROM (
        SELECT i, h, (202101 + m % 12 + (m // 12) * 100)::INTEGER AS period,
            (1000 + (h // 7) % {units})::VARCHAR AS unit,
            (CASE WHEN (h // 11) % 10 < 2 THEN 1000 + (h // 13) % 60 ELSE 3000 + ((h // 13) % 240) * 20 END)::VARCHAR
                AS account,
            (100 + (h // 17) % 120)::VARCHAR AS activity,
            CASE WHEN (h // 19) % 4 = 0 THEN 'P' || ((h // 23) % 300) END AS project,
            CASE WHEN (h // 29) % 3 = 0 THEN (10 + (h // 31) % 80)::VARCHAR END AS counterparty,
            ((h // 37) % 2000000)::BIGINT - 900000 AS amount_ore,
            'A' || (i // 4) AS voucher,
            (i % 1000000)::INTEGER AS line
        FROM (SELECT i, i * 20 // {rows} AS m, (hash(i) >> 1)::BIGINT AS h FROM range({rows}) AS counted(i))
    )
    ORDER BY period, unit, account
) TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)
"""
_PLAN = """
COPY (
    SELECT ['budget', 'forecast/{round}', 'forecast/{previous}'][1 + (h % 3)::INTEGER] AS scenario,
        (202201 + (h // 5) % 12)::INTEGER AS period, DATE '2022-01-01' AS date,
        (1000 + (h // 7) % {units})::VARCHAR AS unit,
        (3000 + ((h // 13) % 240) * 20)::VARCHAR AS account, NULL::VARCHAR AS activity, NULL::VARCHAR AS project,
        NULL::VARCHAR AS object, NULL::VARCHAR AS counterparty, NULL::VARCHAR AS marker,
        ((h // 37) % 20000000)::BIGINT - 9000000 AS amount_ore, NULL::VARCHAR AS voucher, NULL::VARCHAR AS text,
        DATE '2021-11-01' + ((h // 41) % 300)::INTEGER AS decided_on, 'plan:' || (h % 900) AS source,
        i::INTEGER AS line
    FROM (SELECT i, (hash(i + 77) >> 1)::BIGINT AS h FROM range({rows}) AS counted(i))
    ORDER BY ALL
) TO '{path}' (FORMAT parquet, COMPRESSION zstd)
"""


def actual_path(rows: int) -> Path:
    """The file of actual postings."""
    return DATA / f"actual-{rows}.parquet"


def plan_path(rows: int) -> Path:
    """The file of budget and forecast postings: 1.15 million, fewer where the ledger is small."""
    return DATA / f"plan-{plan_rows(rows)}.parquet"


def plan_rows(rows: int) -> int:
    """How many plan rows go with a ledger."""
    return min(1_150_000, rows // 5)


def make(rows: int) -> None:
    """Write the files that aren't there yet."""
    make_files({actual_path(rows): "actual", plan_path(rows): "plan"}, rows, UNITS)


def make_files(kinds: Mapping[Path, str], rows: int, units: int) -> None:
    """Write those of the files that aren't there yet: actuals or plan, on so many units."""
    DATA.mkdir(exist_ok=True)
    texts = {"actual": (_ACTUAL, rows), "plan": (_PLAN, plan_rows(rows))}
    with duckdb.connect(config={"memory_limit": "6GB", "temp_directory": str(DATA / "spill")}) as connection:
        for path, kind in kinds.items():
            if path.exists():
                continue
            text, count = texts[kind]
            connection.execute(
                text.format(rows=count, units=units, path=f"{path}.part", round=ROUND, previous=PREVIOUS)
            )
            Path(f"{path}.part").rename(path)


def top_of(unit: int, *, moved: bool) -> int:
    """Which row a unit stands under, before or after the move."""
    department = unit % DEPARTMENTS
    if moved and unit < MOVED:
        department = (department + 7) % DEPARTMENTS
    return department % TOPS


def organisation() -> list[tuple[str, str, date, date]]:
    """(unit, row, from, to) for hand-written questions."""
    listed = []
    for unit in range(UNITS):
        before, after = f"T{top_of(unit, moved=False):02}", f"T{top_of(unit, moved=True):02}"
        listed.append((str(1000 + unit), before, BEGINNING, MOVE))
        listed.append((str(1000 + unit), after, MOVE, FOREVER))
    return listed


def organisation_path() -> Path:
    """The organisation as a file, for hand-written SQL; made where it is missing."""
    path = DATA / "organisation.parquet"
    if not path.exists():
        with duckdb.connect() as connection:
            connection.execute("CREATE TABLE org (unit VARCHAR, top VARCHAR, valid_from DATE, valid_to DATE)")
            connection.executemany("INSERT INTO org VALUES (?, ?, ?, ?)", organisation())
            connection.execute(f"COPY org TO '{path}' (FORMAT parquet)")
    return path


def code_plan() -> CodePlan:
    """The same organisation as a code plan, and accounts by class and group."""
    names: list[CodeName] = []
    places: list[Placement] = []

    def put(dimension: str, code: str, parent: str | None, start: date = BEGINNING, end: date = FOREVER) -> None:
        places.append(Placement(dimension, "standard", code, start, end, parent))

    def name(dimension: str, code: str) -> None:
        names.append(CodeName(dimension, code, BEGINNING, FOREVER, code))

    name("unit", "KS")
    put("unit", "KS", None)
    for top in range(TOPS):
        name("unit", f"T{top:02}")
        put("unit", f"T{top:02}", "KS")
    for department in range(DEPARTMENTS):
        name("unit", f"D{department:02}")
        put("unit", f"D{department:02}", f"T{department % TOPS:02}")
    for unit in range(UNITS):
        name("unit", str(1000 + unit))
        put("unit", str(1000 + unit), f"D{unit % DEPARTMENTS:02}", end=MOVE)
        later = (unit + 7) % DEPARTMENTS if unit < MOVED else unit % DEPARTMENTS
        put("unit", str(1000 + unit), f"D{later:02}", start=MOVE)
    accounts = [*range(1000, 1060), *range(3000, 3000 + 240 * 20, 20)]
    for parent, length in ((None, 1), ("class", 2), ("group", 4)):
        for code in sorted({str(account)[:length] for account in accounts}):
            name("account", code)
            put("account", code, None if parent is None else code[: {2: 1, 4: 2}[length]])
    return CodePlan(tuple(names), tuple(places))


def cells_as_json(cells: dict[str, list[str]]) -> str:
    """Printed cells in one form, to compare engines by."""
    return json.dumps(cells, sort_keys=True, ensure_ascii=False)
