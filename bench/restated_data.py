"""Postings on five thousand units, and five hundred decided events on them. The same every time."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import crosstab_data
from uppsikt.core.changes import STANDARD, Change, Condition, Move, Portion, Succession, SuccessionRule
from uppsikt.core.codeplan import CodeName, CodePlan, Placement
from uppsikt.core.periods import BEGINNING, FOREVER, Month

ROUND, PREVIOUS = crosstab_data.ROUND, crosstab_data.PREVIOUS
CUT_OFF, PREVIOUS_CUT_OFF = crosstab_data.CUT_OFF, crosstab_data.PREVIOUS_CUT_OFF
DAY = date(2023, 1, 1)
TOPS, DEPARTMENTS, UNITS = 14, 200, 5000
MOVES, MERGERS, SPLITS, TRANSFERS = 100, 300, 60, 40
_ACCOUNTS = [*range(1000, 1060), *range(3000, 3000 + 240 * 20, 20)]


def actual_path(rows: int) -> Path:
    """The file of actual postings."""
    return crosstab_data.DATA / f"restated-actual-{rows}.parquet"


def plan_path(rows: int) -> Path:
    """The file of budget and forecast postings."""
    return crosstab_data.DATA / f"restated-plan-{crosstab_data.plan_rows(rows)}.parquet"


def make(rows: int) -> None:
    """Write the files that aren't there yet: the cross-tab benchmark's postings, on more units."""
    crosstab_data.make_files({actual_path(rows): "actual", plan_path(rows): "plan"}, rows, UNITS)


def months() -> list[Month]:
    """The months that the statement's columns ask for."""
    return [Month(year, month) for year in (2021, 2022) for month in range(1, 13)]


def accounts() -> list[str]:
    """Every account of the postings."""
    return [str(account) for account in _ACCOUNTS]


def code_plan(*, crossing: bool) -> CodePlan:
    """Units under departments under fourteen rows; events on the first of each month of two years.

    Money of merged, split and transferring units goes to units under any row where `crossing`, else under their own.
    """
    maker = _Maker(crossing)
    for kind, count in (("move", MOVES), ("merge", MERGERS), ("split", SPLITS), ("transfer", TRANSFERS)):
        for _ in range(count):
            maker.add(kind)
    return maker.plan()


class _Maker:
    def __init__(self, crossing: bool) -> None:
        self.crossing = crossing
        self.random = Random(20221231)
        self.department = {str(1000 + unit): unit % DEPARTMENTS for unit in range(UNITS)}
        self.waiting = sorted(self.department)
        self.random.shuffle(self.waiting)
        self.ends: dict[str, date] = {}
        self.moved: dict[str, tuple[date, int]] = {}
        self.changes: list[Change] = []
        self.steady = self.waiting[: UNITS // 2]  # nothing happens to these but that they take over
        self.waiting = self.waiting[UNITS // 2 :]

    def add(self, kind: str) -> None:
        """One event on a unit nothing has happened to."""
        code = self.waiting.pop()
        day = date(self.random.choice((2021, 2022)), self.random.randint(1, 12), 1)
        key = f"{kind}-{code}"
        if kind == "move":
            self.moved[code] = (day, self.random.randrange(DEPARTMENTS))
            move = Move("unit", STANDARD, code, f"D{self.moved[code][1]:03}")
            self.changes.append(Change(key, day, key, moves=(move,)))
            return
        if kind != "transfer":
            self.ends[code] = day
        own = Succession("unit", code, self._rules(kind, self._targets(code)), ends=kind != "transfer")
        self.changes.append(Change(key, day, key, successions=(own,)))

    def _targets(self, code: str) -> list[str]:
        if self.crossing:
            return self.steady
        top = self.department[code] % TOPS
        return [other for other in self.steady if self.department[other] % TOPS == top]

    def _rules(self, kind: str, targets: list[str]) -> tuple[SuccessionRule, ...]:
        if kind == "merge":
            return (SuccessionRule((Portion(self.random.choice(targets)),)),)
        if kind == "split":
            weights = self.random.choice(((60, 40), (50, 30, 20), (1, 1, 1), (37, 63)))
            takers = self.random.sample(targets, len(weights))
            return (SuccessionRule(tuple(map(Portion, takers, weights))),)
        some = Condition("account", tuple(self.random.sample(["30", "44", "52", "6", "71"], 2)))
        return (SuccessionRule((Portion(self.random.choice(targets)),), (some,)),)

    def plan(self) -> CodePlan:
        """The code plan with all of it in force."""
        names = [CodeName("unit", "KS", BEGINNING, FOREVER, "KS")]
        places = [Placement("unit", STANDARD, "KS", BEGINNING, FOREVER, None)]

        def put(dimension: str, code: str, parent: str | None) -> None:
            names.append(CodeName(dimension, code, BEGINNING, FOREVER, code))
            places.append(Placement(dimension, STANDARD, code, BEGINNING, FOREVER, parent))

        for top in range(TOPS):
            put("unit", f"T{top:02}", "KS")
        for department in range(DEPARTMENTS):
            put("unit", f"D{department:03}", f"T{department % TOPS:02}")
        for code, department in self.department.items():
            end = self.ends.get(code, FOREVER)
            names.append(CodeName("unit", code, BEGINNING, end, code))
            day, later = self.moved.get(code, (end, department))
            places.append(Placement("unit", STANDARD, code, BEGINNING, day, f"D{department:03}"))
            if day != end:
                places.append(Placement("unit", STANDARD, code, day, end, f"D{later:03}"))
        for length, above in ((1, 0), (2, 1), (4, 2)):
            for code in sorted({account[:length] for account in accounts()}):
                put("account", code, code[:above] or None)
        return CodePlan(tuple(names), tuple(places), tuple(sorted(self.changes, key=lambda own: own.on)))
