"""A whole import of a SIE 4 file: from the file to a batch of Parquet that lies ready to be registered.

    python bench/import_speed.py [--rows 1000000 5000000] [--runs 3]

The file is `bench/sie4_speed.py`'s: four #TRANS a #VER, three dimensions, texts that repeat. Each run is a
process of its own, so peak memory is that of one import, imports of modules included. Reading alone is
measured beside it, to tell what the rest costs.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from sie4_speed import DATA, generate


def run_one(path: Path, *, reads_only: bool) -> None:
    """Build one batch, or only read, in this process; print seconds, processor seconds, peak MB and rows."""
    from uppsikt.core.findings import has_errors
    from uppsikt.ledger.batches import build_batch
    from uppsikt.ledger.profiles import built_in
    from uppsikt.ledger.readers.sie4 import read_sie4

    sie = built_in()["sie"]
    profile = replace(sie, dimensions={**sie.dimensions, "20": "activity"})
    started = time.perf_counter()
    if reads_only:
        rows = sum(len(block) for block in read_sie4(path).blocks)
    else:
        with tempfile.TemporaryDirectory(dir=DATA) as folder:
            building = build_batch(path, profile, Path(folder))
            if building.batch is None or has_errors(building.findings):
                raise SystemExit(str(building.findings[0]))
            rows = building.summary.row_count
    seconds = time.perf_counter() - started
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, rows)


def measure(path: Path, *, reads_only: bool) -> tuple[float, float, float, int]:
    """One run in a process of its own."""
    command = [sys.executable, __file__, "--file", str(path), *(["--reads-only"] if reads_only else [])]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, processor, peak, rows = answer.stdout.split()
    return float(seconds), float(processor), float(peak), int(rows)


def compare(sizes: list[int], runs: int) -> None:
    """Measure each size and print a table: the quickest run's times, the largest peak."""
    DATA.mkdir(exist_ok=True)
    print(f"{'rows':>10}{'what':>10}{'seconds':>9}{'CPU s':>8}{'M rows/s':>10}{'peak MB':>9}")
    for size in sizes:
        path = DATA / f"sie4-{size}.se"
        if not path.exists():
            generate(path, size)
        for what in ("reading", "import"):
            measured = [measure(path, reads_only=what == "reading") for _ in range(runs)]
            seconds, processor, _, rows = min(measured)
            if rows != size:
                raise SystemExit(f"{rows} rows of {size} came through")
            peak = max(run[2] for run in measured)
            print(f"{size:10,}{what:>10}{seconds:9.2f}{processor:8.2f}{size / seconds / 1e6:10.2f}{peak:9.0f}")


def main() -> None:
    """Parse arguments."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 5_000_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--reads-only", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.file:
        run_one(options.file, reads_only=options.reads_only)
    else:
        compare(options.rows, options.runs)


if __name__ == "__main__":
    main()
