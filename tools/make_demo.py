"""Make the demonstration's data anew: `python tools/make_demo.py` from the root of the repository.

Standard library only, no input files, a fixed seed: the same bytes every time. The published table of the
seed report is kept exactly; everything below its rows is synthetic.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import demo_ledger
import demo_plan
import demo_planning
import demo_registers
import demo_reorganised

FOLDER = Path("src/uppsikt/demo/orebro")


def write_table(path: Path, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A CSV with semicolons, UTF-8."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(stream.getvalue(), encoding="utf-8", newline="")


def write_registers(folder: Path) -> None:
    for dimension, (headings, rows) in demo_registers.register_tables().items():
        write_table(folder / "registers" / f"{dimension}.csv", headings, rows)


def write_ledgers(folder: Path) -> None:
    opening = demo_ledger.opening_2021()
    (folder / "ledger").mkdir(parents=True, exist_ok=True)
    for year, name, columns in (
        (2021, "orebro-2021.se", ((0, 8), (1, 12))),
        (2022, "orebro-2022-08.se", ((2, 8),)),
    ):
        lines = demo_reorganised.lines_of(year)
        demo_ledger.check_published(lines, columns)
        content, opening = demo_ledger.sie_file(year, lines, opening)
        (folder / "ledger" / name).write_bytes(content)


def write_plans(folder: Path) -> None:
    demo_planning.check_published()
    budget = demo_planning.budget_rows()
    write_table(folder / "planning" / "budget-2022.csv", demo_planning.BUDGET_HEADINGS, budget)
    for number in (1, 2):
        rows = demo_planning.forecast_rows(number)
        write_table(folder / "planning" / f"forecast-delar{number}-2022.csv", demo_planning.FORECAST_HEADINGS, rows)
    rows = demo_planning.forecast_rows_2021()
    write_table(folder / "planning" / "forecast-delar2-2021.csv", demo_planning.FORECAST_HEADINGS, rows)


def make(folder: Path) -> None:
    """All generated files of the demonstration."""
    demo_plan.check()
    write_registers(folder)
    write_ledgers(folder)
    write_plans(folder)


if __name__ == "__main__":
    make(FOLDER)
    print(f"made {FOLDER}")
