"""How long it takes to fold decided events into the code plan and to follow every code's money through them.

Five thousand units in three levels under two hundred departments, two thousand accounts, five hundred events
in fifty reorganisations over nine years: moves, mergers, splits by shares and by accounts, transfers, openings.
`python bench/folding.py` prints the best of five in seconds.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date

from uppsikt.coding.events import Event, EventKind, Reorganisation, State
from uppsikt.coding.reorganising import with_events
from uppsikt.core.changes import STANDARD, Condition, Portion, SuccessionRule
from uppsikt.core.codeplan import CodeName, CodePlan, Placement
from uppsikt.core.periods import BEGINNING, FOREVER, Month
from uppsikt.core.ways import Successors

EVENTS = 500
DAYS = [date(year, month, 1) for year in range(2015, 2024) for month in (1, 4, 7, 10)]
FIVES, SIXES = (Condition("account", ("5",)),), (Condition("account", ("6",)),)


def register() -> CodePlan:
    """Units and accounts that are what they are for ever."""
    placed = [("unit", "R", None)]
    for board in range(10):
        placed.append(("unit", f"F{board}", "R"))
        for department in range(20):
            placed.append(("unit", f"D{board}-{department}", f"F{board}"))
            placed += [("unit", f"U{board}-{department}-{no}", f"D{board}-{department}") for no in range(24)]
    for group in "12345678":
        placed += [("account", group, None), *(("account", f"{group}{no:03}", group) for no in range(250))]
    return CodePlan(
        tuple(CodeName(dimension, code, BEGINNING, FOREVER, code) for dimension, code, _ in placed),
        tuple(Placement(dimension, STANDARD, code, BEGINNING, FOREVER, parent) for dimension, code, parent in placed),
    )


def reorganisations(base: CodePlan) -> list[Reorganisation]:
    """Fifty of them, ten events each; targets are often sources of later events."""
    chance = random.Random(1)
    units = [name.code for name in base.names if name.code.startswith("U")]
    chance.shuffle(units)
    events = [_event(number, units, chance) for number in range(EVENTS)]
    return [
        Reorganisation(
            f"r{no:02}", "R", state=State.ADOPTED, position=no, events=tuple(events[no * 10 : no * 10 + 10])
        )
        for no in range(EVENTS // 10)
    ]


def _event(number: int, units: list[str], chance: random.Random) -> Event:
    on = DAYS[number * len(DAYS) // EVENTS]
    code, first, second = units[number], units[number + 7], units[number * 7 + 600]
    whole = SuccessionRule((Portion(first),))
    shares = SuccessionRule((Portion(first, 3), Portion(second, 2)), FIVES)
    department = f"D{chance.randrange(10)}-{chance.randrange(20)}"
    return [
        Event(number + 1, EventKind.MOVE, "unit", on, code, parent=department),
        Event(number + 1, EventKind.MERGE, "unit", on, code, rules=(whole,)),
        Event(number + 1, EventKind.SPLIT, "unit", on, code, rules=(shares, whole)),
        Event(number + 1, EventKind.TRANSFER, "unit", on, code, rules=(SuccessionRule(whole.portions, SIXES),)),
        Event(number + 1, EventKind.OPEN, "unit", on, f"X{number}", name="Ny", parent=department),
    ][number % 5]


def seconds(work: Callable[[], object]) -> float:
    """The best of five runs."""
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def main() -> None:
    """Measure and print."""
    base = register()
    held = reorganisations(base)
    folded = with_events(base, held)
    asks = Successors(folded.plan, "unit")
    last = len(folded.plan.changes)
    months = [Month(year, month).first for year in range(2015, 2024) for month in range(1, 13)]

    def follow() -> int:
        return sum(len(asks.ways(code, month, last, lambda _: True)) for code in asks.codes for month in months)

    print(f"{len(base.names)} codes, {last} changes, {len(asks.codes)} codes that move, {follow()} ways")
    print(f"fold        {seconds(lambda: with_events(base, held)):.3f} s")
    plans = iter([CodePlan(folded.plan.names, folded.plan.placements, folded.plan.changes) for _ in range(5)])
    print(f"hash        {seconds(lambda: next(plans).content_hash):.3f} s")
    print(f"successors  {seconds(lambda: Successors(folded.plan, 'unit')):.3f} s")
    print(f"every way of 108 months  {seconds(follow):.3f} s")


if __name__ == "__main__":
    main()
