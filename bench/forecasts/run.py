"""How good suggestions are, on years they had not seen, beside what people and spreadsheets do; and how fast.

    python bench/forecasts/run.py                what is printed in README.md
    python bench/forecasts/run.py --speed-only   and, with another environment's Python that has statsforecast:
    python bench/forecasts/run.py --peer .venv-forecasts/bin/python

Philadelphia's and Malmö's files lie in ../shared/data/forecast-history; without them these parts are left out.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
import warnings
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "src")]

import numpy as np  # noqa: E402
from malmo import malmo  # noqa: E402
from measuring import Score, held_sums  # noqa: E402
from orebro import orebro  # noqa: E402
from philadelphia import DATA, read_reports  # noqa: E402
from synthetic import asked, made_by_chance  # noqa: E402

from uppsikt.suggestions import Material, propose  # noqa: E402

CHOSEN_ON, HELD_OUT = range(2010, 2016), range(2016, 2023)
SEEDS = (101, 102, 103)  # those the methods were chosen on are below a hundred
MONTHS = (3, 4, 8, 10)
SERIES, YEARS = 5000, 5
ROWS = 6  # of a unit, whose sum is its net cost


def main() -> None:
    """Print everything that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--speed-only", action="store_true")
    parser.add_argument("--peer", type=Path, help="a Python that has statsforecast")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    if not options.speed_only:
        by_chance()
        if DATA.is_file():
            philadelphia()
            malmo()
        orebro()
    speed(options.peer)


def told(title: str, scores: dict[str, Score]) -> None:
    """A heading, a line for each score and one for all, and how many times smaller the suggestion's error is."""
    print(f"\n{title}: errors in per cent of what came, weighted")
    whole = Score()
    for label, score in scores.items():
        print(score.line(label))
        whole = whole.plus(score)
    print(whole.line("all"))
    own = whole.missed["suggestion"]
    print(
        "  ".join(f"{name}: {missed / own:.2f} times ours" for name, missed in whole.missed.items() if missed != own)
    )


def one(material: Material, truth: np.ndarray, others: dict[str, np.ndarray] | None = None) -> Score:
    """The score of one question."""
    score = Score()
    score.add(material, truth, others)
    return score


def by_chance() -> None:
    """Synthetic ledgers from seeds nobody looked at, with four years of past and with one."""
    for years_back in (3, 1):
        scores = {f"after {seen} months": Score() for seen in MONTHS}
        questions = []
        for seed in SEEDS:
            actual, budget = made_by_chance(2000, YEARS, seed)
            for seen in MONTHS:
                material = asked(actual, budget, YEARS - 1, seen, years_back)
                questions.append((material, actual[:, -1].sum(axis=1)))
                scores[f"after {seen} months"] = scores[f"after {seen} months"].plus(one(*questions[-1]))
        told(f"Made by chance, {years_back} years of past", scores)
        print(
            held_sums(questions, [range(at, at + ROWS) for at in range(0, 2000 - ROWS, ROWS)]), f"({ROWS} rows each)"
        )


def philadelphia() -> None:
    """Philadelphia's years after those the methods were chosen on; the city's own projections beside them."""
    reports = read_reports()
    for title, years in (("Philadelphia, years chosen on", CHOSEN_ON), ("Philadelphia, years held out", HELD_OUT)):
        for part, label in (("quarter", "report of quarter {}"), ("year", "fiscal year {}")):
            scores: dict[str, Score] = {}
            for year in years:
                for quarter in (1, 2, 3):
                    name = label.format(quarter if part == "quarter" else year)
                    city = {"the city": reports.projected(year, quarter)}
                    own = one(reports.known(year, quarter), reports.truth(year), city)
                    scores[name] = scores.get(name, Score()).plus(own)
            told(f"{title}, by {part}", scores)


def speed(peer: Path | None) -> None:
    """5 000 series of 60 months at once, one by one, and by others."""
    actual, budget = made_by_chance(SERIES, YEARS, SEEDS[0])
    material = asked(actual, budget, YEARS - 1, 8)
    together = min(_seconds(material) for _ in range(3))
    few = 200
    alone = sum(
        _seconds(Material(material.actual[at : at + 1], material.budget[at : at + 1], 8)) for at in range(few)
    )
    print(f"\n{SERIES} series of {YEARS * 12} months, looked back on and forecast: {together:.2f} s")
    print(f"one by one (from {few}): {alone * SERIES / few:.1f} s, {alone * SERIES / few / together:.0f} times")
    if peer:
        told_by = subprocess.run([str(peer), str(HERE / "peers.py")], capture_output=True, text=True, check=True)
        for line in told_by.stdout.splitlines():
            name, seconds = line.rsplit(" ", 1)
            print(f"{name}: {float(seconds):.1f} s, {float(seconds) / together:.0f} times")


def _seconds(material: Material) -> float:
    start = time.perf_counter()
    propose(material)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
