"""The same statement as it was and restated to another structure, over ten million postings, in one run.

    python bench/restated.py                 10 million postings on 5,000 units, 500 events
    python bench/restated.py --millions 1

A hundred moves, three hundred mergers, sixty splits by shares and forty transfers of some accounts, month by month
over both years. The statement is the cross-tab benchmark's: fifteen rows, nine columns asked for. It is asked of two
histories: in one, mergers, splits and transfers stay within the unit's row (most real ones stay within an
administration); in the other they go anywhere. Both ways are measured from opening the engine to printed cells, turn
by turn in one process, and the totals must be equal. How long it takes to make the mapping is measured apart.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

import restated_data as data  # noqa: E402
from uppsikt.core.codeplan import CodePlan  # noqa: E402
from uppsikt.figures import carrying  # noqa: E402
from uppsikt.figures.definitions import shipped  # noqa: E402
from uppsikt.figures.engine import Engine  # noqa: E402
from uppsikt.figures.model import Parameters, Relations, RoundFacts, StatementResult  # noqa: E402
from uppsikt.figures.structures import as_of  # noqa: E402

REPETITIONS = 7
WANTED = 1.3
ROUND = RoundFacts(
    data.ROUND, "Delår 2", 2022, data.CUT_OFF, RoundFacts(data.PREVIOUS, "Delår 1", 2022, data.PREVIOUS_CUT_OFF)
)


def asked(relations: Relations, day: date | None) -> StatementResult:
    """The statement, from opening the engine to printed cells."""
    with Engine(relations) as engine:
        result = engine.statement(shipped()["nettoredovisning"], Parameters(ROUND, structure_date=day))
    for row in result.rows:
        for column in result.columns:
            result.text(row.key, column.key)
    return result


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and CPU milliseconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


def mapping(plan: CodePlan) -> float:
    """Seconds to make the mapping of every unit to the structure asked for, nothing kept from before."""
    census = {"unit": frozenset(plan.codes("unit")), "account": frozenset(data.accounts())}
    again = replace(plan)  # another value: nothing is known of it
    start, cpu = time.perf_counter(), time.process_time()
    made = carrying.carried(again, "unit", [as_of(again, data.DAY)], data.months(), census)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    print(f"mapping: {len(made.stands):,} codes and leaves moved, {len(made.split):,} codes split")
    print(f"mapping: {seconds:.2f} s (CPU {cpu:.2f} s), below 1 s wanted")
    return seconds


def main() -> None:
    """Two histories: one where units' money stays within their row, one where it goes anywhere."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--millions", type=int, default=10)
    rows = parser.parse_args().millions * 1_000_000
    data.make(rows)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()}")
    for crossing in (False, True):
        compare(rows, crossing=crossing)
    print(f"load at the end {os.getloadavg()}")


def compare(rows: int, *, crossing: bool) -> None:
    """Both ways in turn over one history, and their ratio."""
    plan = data.code_plan(crossing=crossing)
    print(f"\n{rows:,} postings, {len(plan.codes('unit')):,} units, {len(plan.changes):,} events")
    print("money crosses rows by every event" if crossing else "money crosses rows by moves alone")
    seconds = mapping(plan)
    relations = Relations((data.actual_path(rows),), (data.plan_path(rows),), plan)
    days = {"as it was": None, "restated": data.DAY}
    first = {name: timed(lambda day=day: asked(relations, day))[0] for name, day in days.items()}
    runs: dict[str, list[tuple[float, float]]] = {name: [] for name in days}
    for _ in range(REPETITIONS):
        for name, day in days.items():
            runs[name].append(timed(lambda day=day: asked(relations, day)))
    was, now = (asked(relations, day) for day in days.values())
    totals = [[result.cell("nettokostnad", column.key) for column in result.columns] for result in (was, now)]
    if totals[0] != totals[1]:
        raise SystemExit(f"totals differ: {totals}")
    moved = sum(was.cells[place] != now.cells.get(place) for place in was.cells)
    walls = {name: statistics.median(wall for wall, _ in own) for name, own in runs.items()}
    cpus = {name: statistics.median(cpu for _, cpu in own) for name, own in runs.items()}
    print(f"equal totals; {moved} of {len(was.cells)} cells differ")
    print("| | median ms | CPU ms | first ms |\n|---|---:|---:|---:|")
    for name in days:
        print(f"| {name} | {walls[name]:,.0f} | {cpus[name]:,.0f} | {first[name]:,.0f} |")
    ratio, in_cpu = walls["restated"] / walls["as it was"], cpus["restated"] / cpus["as it was"]
    kept = ratio <= WANTED and seconds < 1
    print(f"ratio {ratio:.2f} (CPU {in_cpu:.2f}), at most {WANTED} wanted: {'holds' if kept else 'DOES NOT HOLD'}")


if __name__ == "__main__":
    main()
