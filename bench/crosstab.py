"""One statement of fifteen rows and seven columns (nine asked for) over millions of postings, by us and by others.

    python bench/crosstab.py                     all engines at 1 and 10 million, growth of ours to 50 million
    python bench/crosstab.py --sizes 1 --no-growth

Each engine runs in a process of its own: once to warm up, then five times; median and peak memory are reported,
and all answers are compared as printed. Polars and pandas need their own environment (they aren't dependencies):

    python -m venv .venv-bench && .venv-bench/bin/pip install -e . polars pandas pyarrow
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]
REPETITIONS = 5
BENCH_PYTHON = HERE.parent / ".venv-bench" / "bin" / "python"
OTHERS = ("polars", "pandas")
BASELINE = "duckdb by hand"


@dataclass(frozen=True)
class Run:
    """One engine at one size."""

    engine: str
    rows: int
    first_ms: float
    median_ms: float
    cpu_ms: float
    peak_mb: float
    cells: str


def one(engine: str, rows: int) -> None:
    """Measure one engine in this process and write the result to standard output."""
    import crosstab_data as data
    from crosstab_engines import ENGINES

    ask = ENGINES[engine]
    walls, cpus, cells = [], [], {}
    for _ in range(REPETITIONS + 1):
        wall, cpu = time.perf_counter(), time.process_time()
        cells = ask(rows)
        walls.append((time.perf_counter() - wall) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    median, cpu_median = statistics.median(walls[1:]), statistics.median(cpus[1:])
    print(json.dumps([engine, rows, walls[0], median, cpu_median, peak, data.cells_as_json(cells)]))


def measured(engine: str, rows: int) -> Run | None:
    """One engine in a process of its own; None, and why, where it can't run."""
    python = str(BENCH_PYTHON) if engine in OTHERS and BENCH_PYTHON.exists() else sys.executable
    done = subprocess.run(
        [python, __file__, "--one", engine, "--rows", str(rows)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(
            f"{engine} at {rows:,}: not run ({done.stderr.strip().splitlines()[-1] if done.stderr else 'no output'})"
        )
        return None
    return Run(*json.loads(done.stdout.splitlines()[-1]))


def compare(rows: int) -> list[Run]:
    """All engines at one size, checked against each other."""
    from crosstab_engines import ENGINES

    runs = [run for engine in ENGINES if (run := measured(engine, rows))]
    differing = [run.engine for run in runs if run.cells != runs[0].cells]
    if differing:
        raise SystemExit(f"answers differ: {differing}")
    by_hand = next(run.median_ms for run in runs if run.engine == BASELINE)
    print(f"\n{rows:,} postings; {len(runs)} engines, equal answers")
    print(f"| engine | median ms | CPU ms | first ms | peak MB | of {BASELINE} |")
    print("|---|---:|---:|---:|---:|---:|")
    for run in runs:
        print(
            f"| {run.engine} | {run.median_ms:,.0f} | {run.cpu_ms:,.0f} | {run.first_ms:,.0f} | {run.peak_mb:,.0f} "
            f"| {run.median_ms / by_hand:.2f} |"
        )
    return runs


def against_hledger(rows: int, ours: Run) -> None:
    """hledger, once: its two columns of actuals against ours."""
    import crosstab_hledger
    from uppsikt.core.formats import View

    if crosstab_hledger.PROGRAM is None:
        print("hledger: not installed, not run")
        return
    count = crosstab_hledger.write_journal(rows)
    seconds, found = crosstab_hledger.balances(rows)
    cells = json.loads(ours.cells)
    # 2021 as a whole is the year-end column; of 2022 only months before and after the move differ from ours,
    # so the totals of all rows are compared for both years and the rows for 2021
    for row, (year_end, _) in found.items():
        assert cells[row.lower()][2] == View().text(year_end), row
    totals = [sum(own[year] for own in found.values()) for year in (0, 1)]
    assert cells["nettokostnad"][2] == View().text(totals[0])
    assert cells["nettokostnad"][1] == View().text(totals[1])
    print(
        f"\nhledger, {count:,} net-cost postings, two columns only, one run: {seconds * 1000:,.0f} ms "
        f"({seconds * 1000 / ours.median_ms:,.0f} × ours)"
    )


def main() -> None:
    """Everything, or the part asked for."""
    import crosstab_data as data

    parser = argparse.ArgumentParser()
    parser.add_argument("--one")
    parser.add_argument("--rows", type=int, default=0)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1, 10], help="millions of postings")
    parser.add_argument("--no-growth", action="store_true")
    parser.add_argument("--no-hledger", action="store_true")
    asked = parser.parse_args()
    if asked.one:
        one(asked.one, asked.rows)
        return
    print(
        f"Python {platform.python_version()} on {platform.system()}, {os.cpu_count()} cores, load {os.getloadavg()}"
    )
    growth: list[Run] = []
    for millions in asked.sizes:
        rows = millions * 1_000_000
        data.make(rows)
        data.organisation_path()
        runs = compare(rows)
        growth.append(runs[0])
        if millions == 1 and not asked.no_hledger:
            against_hledger(rows, runs[0])
    if not asked.no_growth:
        data.make(50_000_000)
        growth += [run for run in [measured("uppsikt", 50_000_000)] if run]
        print("\nOurs as the ledger grows: " + ", ".join(f"{g.rows:,}: {g.median_ms:,.0f} ms" for g in growth))
    print(f"load at the end {os.getloadavg()}")


if __name__ == "__main__":
    main()
