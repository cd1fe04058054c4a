"""The golden case of docs/explanation/reorganisations.md: its plan here, its postings and answers from the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.figures.helpers import definition, posting, relations
from uppsikt.coding.events import Event, EventKind, Reorganisation, State
from uppsikt.coding.reorganising import with_events
from uppsikt.core.changes import Change, Condition, Move, Portion, Succession, SuccessionRule
from uppsikt.core.codeplan import CodeName, CodePlan, Placement
from uppsikt.core.findings import has_errors
from uppsikt.core.money import ore_from_text
from uppsikt.core.periods import BEGINNING, FOREVER, Month
from uppsikt.core.postings import Posting
from uppsikt.figures.model import Parameters, Relations, RoundFacts

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "reorganisations.md"
JANUARY, APRIL, JULY = date(2022, 1, 1), date(2022, 4, 1), date(2022, 7, 1)
CUT_OFF = date(2022, 8, 31)
ROUND = RoundFacts("delar2-2022", "Delår 2", 2022, CUT_OFF)
COLUMNS = {"2021": "foregaende", "2022": "utfall", "Budget 2022": "budget"}

STATEMENT = definition("""
key: enheter
title: Enheter
base: {account: ["3..9"]}
rows:
  - {each: unit, levels: 2}
  - {key: total, label: Total, sum: rows above}
columns:
  - {key: foregaende, label: Utfall 2021, scenario: actual, period: full-year, year: previous}
  - {key: utfall, label: Utfall 2022, scenario: actual, period: to-cut-off}
  - {key: budget, label: Budget 2022, scenario: budget, period: full-year}
  - {key: avvikelse, label: Avvikelse, minus: [budget, utfall], kind: deviation}
""")


def _whole(code: str, target: str) -> Succession:
    return Succession("unit", code, (SuccessionRule((Portion(target),)),), ends=True)


CHANGES = (
    Change("move", JANUARY, "IT moves", "Ks 10/2021", moves=(Move("unit", "standard", "22", "1"),)),
    Change(
        "split",
        APRIL,
        "Chancery is split",
        "Ks 11/2022",
        successions=(Succession("unit", "11", (SuccessionRule((Portion("13", 60), Portion("14", 40))),), ends=True),),
    ),
    Change("merge", JULY, "Finance is merged into Staff", "Ks 12/2022", successions=(_whole("12", "13"),)),
    Change(
        "transfer",
        JULY,
        "Rents go to Property",
        "Ks 13/2022",
        successions=(
            Succession(
                "unit",
                "22",
                (SuccessionRule((Portion("21"),), (Condition("account", ("6010",)),)),),
                ends=False,
            ),
        ),
    ),
)


def _plan() -> CodePlan:
    open_in = {"11": (BEGINNING, APRIL), "12": (BEGINNING, JULY), "13": (APRIL, FOREVER), "14": (APRIL, FOREVER)}
    parents: dict[str, str | None] = {"1": None, "2": None, "11": "1", "12": "1", "13": "1", "14": "2", "21": "2"}
    names, places = [CodeName("unit", "22", BEGINNING, FOREVER, "IT")], []
    for code, parent in parents.items():
        start, end = open_in.get(code, (BEGINNING, FOREVER))
        names.append(CodeName("unit", code, start, end, code))
        places.append(Placement("unit", "standard", code, start, end, parent))
    places += [
        Placement("unit", "standard", "22", BEGINNING, JANUARY, "2"),
        Placement("unit", "standard", "22", JANUARY, FOREVER, "1"),
    ]
    for account in ("3", "5", "6", "3010", "5010", "6010"):
        names.append(CodeName("account", account, BEGINNING, FOREVER, account))
        places.append(
            Placement("account", "standard", account, BEGINNING, FOREVER, account[0] if len(account) > 1 else None)
        )
    return CodePlan(tuple(names), tuple(places), CHANGES)


PLAN = _plan()


def decided_plan() -> CodePlan:
    """The page's register before anything happened, with the page's events decided on it."""
    later = {"13", "14"}
    names = [replace(own, valid_to=FOREVER) for own in PLAN.names if own.code not in later]
    places = [
        replace(own, valid_to=FOREVER)
        for own in PLAN.placements
        if own.code not in later and own.valid_from == BEGINNING
    ]
    opened = [
        Event(number, EventKind.OPEN, "unit", APRIL, code, code, parent=parent)
        for number, (code, parent) in enumerate([("13", "1"), ("14", "2")], start=1)
    ]
    rules = {change.key: own.rules for change in CHANGES for own in change.successions}
    events = {
        "move": [Event(1, EventKind.MOVE, "unit", JANUARY, "22", parent="1")],
        "split": [*opened, Event(3, EventKind.SPLIT, "unit", APRIL, "11", rules=rules["split"])],
        "merge": [Event(1, EventKind.MERGE, "unit", JULY, "12", rules=rules["merge"])],
        "transfer": [Event(1, EventKind.TRANSFER, "unit", JULY, "22", rules=rules["transfer"])],
    }
    adopted = [
        Reorganisation(
            change.key,
            change.label,
            change.decision,
            events=tuple(events[change.key]),
            state=State.ADOPTED,
            position=no,
        )
        for no, change in enumerate(CHANGES)
    ]
    folded = with_events(CodePlan(tuple(names), tuple(places)), adopted)
    assert not has_errors(folded.findings), [str(own) for own in folded.findings]
    return folded.plan


def parameters(day: date | None = None) -> Parameters:
    """The second interim round, in the structure of a day."""
    return Parameters(ROUND, structure_date=day)


def table(heading: str, first: str) -> list[dict[str, str]]:
    """The first table under a heading of the page whose first column is called `first`."""
    lines = iter(PAGE.read_text(encoding="utf-8").split(f"\n{heading}\n", 1)[1].splitlines())
    heads = next(_cells(line) for line in lines if line.startswith(f"| {first} |"))
    return [dict(zip(heads, cells, strict=True)) for cells in _rows(lines)]


def _rows(lines: Iterator[str]) -> Iterator[list[str]]:
    next(lines)  # the rule under the headings
    for line in lines:
        if not line.startswith("|"):
            return
        yield _cells(line)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def ore(written: str) -> int | None:
    """Öre of an amount on the page; None where it says nothing or "–"."""
    return None if written in ("", "–") else ore_from_text(written)


def postings() -> list[Posting]:
    """Every posting of the page, `line` its number."""
    return [_posting(row) for row in table("## The example", "No")]


def _posting(row: dict[str, str]) -> Posting:
    scenario = "actual" if row["Scenario"] == "actual" else "budget"
    period = Month(int(row["Month"][:4]), int(row["Month"][5:])).number
    sources = {"actual": "batch-a", "budget": "budget:1", "transfer entry": "budget:2"}
    more = {"amount_ore": ore(row["Kronor"]), "source": sources[row["Scenario"]], "line": int(row["No"])}
    return posting(period, row["Unit"], row["Account"], 0, scenario, **more)


def relations_by_hand(folder: Path, plan: CodePlan = PLAN) -> Relations:
    """The page's postings as files, with the plan."""
    own = postings()
    actual = [one for one in own if one.scenario == "actual"]
    made = relations(folder, actual, [one for one in own if one.scenario == "budget"], plan)
    return replace(made, moved_by={"Ks 13/2022": ("budget:2",)})
