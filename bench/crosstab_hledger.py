"""hledger on the same postings, as a journal: accounts are row:unit:account, rows as on each posting's own day.

hledger has no validity dates and no second ledger for budgets, so the journal is written with the row each unit
stood under, and only the columns of actuals are asked for: two whole periods, in one report.
"""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import time
from decimal import Decimal
from pathlib import Path

import duckdb

import crosstab_data as data

PROGRAM = shutil.which("hledger")


def journal_path(rows: int) -> Path:
    """The journal file; net-cost accounts only, as in the statement."""
    return data.DATA / f"actual-{rows}.journal"


def write_journal(rows: int) -> int:
    """Write the journal where it is missing; returns its number of postings (the balancing ones not counted)."""
    tops = {(unit, start > data.BEGINNING): top for unit, top, start, _ in data.organisation()}
    path = journal_path(rows)
    with duckdb.connect() as connection:
        found = connection.execute(
            "SELECT date, unit, account, amount_ore FROM read_parquet(?) WHERE account >= '3'",
            [str(data.actual_path(rows))],
        )
        count = 0
        if path.exists():
            return int(
                connection.execute(
                    "SELECT count(*) FROM read_parquet(?) WHERE account >= '3'", [str(data.actual_path(rows))]
                ).fetchall()[0][0]
            )
        with path.with_suffix(".part").open("w") as stream:
            while batch := found.fetchmany(50_000):
                for day, unit, account, ore in batch:
                    top = tops[unit, day >= data.MOVE]
                    kronor = f"{'-' if ore < 0 else ''}{abs(ore) // 100}.{abs(ore) % 100:02}"
                    stream.write(f"{day} v\n  {top}:{unit}:{account}  {kronor}\n  balans\n\n")
                    count += 1
        path.with_suffix(".part").rename(path)
    return count


def balances(rows: int) -> tuple[float, dict[str, list[int]]]:
    """Seconds, and öre by row for the years 2021 and 2022 (to August)."""
    assert PROGRAM
    arguments = ["bal", "not:balans", "--yearly", "--depth", "1", "--no-total", "-O", "csv", "--no-elide"]
    started = time.perf_counter()
    done = subprocess.run(
        [PROGRAM, "-f", str(journal_path(rows)), *arguments], capture_output=True, text=True, check=True, timeout=1800
    )
    seconds = time.perf_counter() - started
    lines = list(csv.reader(io.StringIO(done.stdout)))[1:]
    return seconds, {
        line[0]: [int(Decimal(cell) * 100) for cell in line[1:3]] for line in lines if line[0].startswith("T")
    }
