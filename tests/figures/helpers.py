"""A municipality small enough to add up by hand: postings to Parquet, a code plan, a round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb

from uppsikt.core.codeplan import CodeName, CodePlan, Placement
from uppsikt.core.periods import BEGINNING, FOREVER, Month
from uppsikt.core.postings import POSTING_COLUMNS, Posting
from uppsikt.figures.definitions import StatementDefinition, load_definition
from uppsikt.figures.model import Parameters, Relations, RoundFacts

DELAR1 = RoundFacts("delar1-2022", "Delår 1", 2022, date(2022, 4, 30))
DELAR2 = RoundFacts("delar2-2022", "Delår 2", 2022, date(2022, 8, 31), DELAR1)


def posting(
    period: int, unit: str | None, account: str | None, kronor: int, scenario: str = "actual", **more: object
) -> Posting:
    """A posting of whole kronor in ledger sign; every other field may be given by name."""
    fields: dict[str, object] = dict.fromkeys(("activity", "project", "object", "counterparty", "marker"))
    fields |= {
        "source": "batch-a" if scenario == "actual" else "budget:1",
        "voucher": None,
        "amount_ore": kronor * 100,
    }
    fields |= more
    day = Month.from_number(period).last
    return Posting(scenario, period, day, unit, account, **fields)  # type: ignore[arg-type]


def write(path: Path, postings: Sequence[Posting]) -> Path:
    """The postings as a Parquet file of the shape every source gives the engine."""
    names = [name for name, _ in POSTING_COLUMNS]
    with duckdb.connect() as connection:
        columns = ", ".join(f"{name} {kind}" for name, kind in POSTING_COLUMNS)
        connection.execute(f"CREATE TABLE postings ({columns})")
        if postings:
            rows = [[getattr(one, name) for name in names] for one in postings]
            connection.executemany(f"INSERT INTO postings VALUES ({', '.join('?' * len(names))})", rows)
        connection.execute("COPY postings TO $path (FORMAT parquet, COMPRESSION zstd)", {"path": str(path)})
    return path


def plan_of(
    trees: Mapping[str, Mapping[str, str | None]],
    names: Mapping[tuple[str, str], str] | None = None,
    *,
    kinds: Mapping[str, str] | None = None,
    more: Iterable[Placement] = (),
) -> CodePlan:
    """A code plan that never changes: for each dimension (or "account:reporting") child → parent."""
    code_names: dict[tuple[str, str], CodeName] = {}
    placements = list(more)
    for where, parents in trees.items():
        dimension, _, hierarchy = where.partition(":")
        for code, parent in parents.items():
            name = (names or {}).get((dimension, code), code)
            kind = (kinds or {}).get(code, "")
            code_names[dimension, code] = CodeName(dimension, code, BEGINNING, FOREVER, name, kind)
            placements.append(Placement(dimension, hierarchy or "standard", code, BEGINNING, FOREVER, parent))
    return CodePlan(tuple(code_names.values()), tuple(placements))


UNITS: dict[str, str | None] = {
    "KS": None,
    "10": "KS",
    "1010": "10",
    "1020": "10",
    "30": "KS",
    "3010": "30",
    "40": "KS",
    "42": "40",
    "4210": "42",
    "4220": "42",
}
UNIT_NAMES = {
    ("unit", "10"): "Kommungemensamt",
    ("unit", "30"): "Politisk kommunledning",
    ("unit", "40"): "Kommunstyrelseförvaltningen",
    ("account", "6A"): "Lokalhyror",
}
ACCOUNTS: dict[str, str | None] = {
    "1": None,
    "19": "1",
    "1930": "19",
    "3": None,
    "3010": "3",
    "5": None,
    "5010": "5",
    "6": None,
    "6A": "6",
    "6010": "6A",
    "6410": "6",
}
REPORTING: dict[str, str | None] = {
    "3": None,
    "3010": "3",
    "5": None,
    "5010": "5",
    "6": None,
    "6410": "6",
    "6A": None,
    "6010": "6A",
}
PLAN = plan_of(
    {"unit": UNITS, "account": ACCOUNTS, "account:reporting": REPORTING}, UNIT_NAMES, kinds={"KS": "committee"}
)


def relations(
    folder: Path, actual: Sequence[Posting], planned: Sequence[Posting] = (), plan: CodePlan = PLAN
) -> Relations:
    """Relations over freshly written files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = (write(folder / "actual.parquet", actual),)
    plan_files = (write(folder / "plan.parquet", planned),) if planned else ()
    return Relations(files, plan_files, plan, {"batch-a": "augusti.se", "budget:1": "Ks 1/2022"})


def parameters(
    unit: str | None = None, structure_date: date | None = None, round_facts: RoundFacts = DELAR2
) -> Parameters:
    """The second interim round's circumstances."""
    return Parameters(round_facts, unit, structure_date)


def definition(text: str) -> StatementDefinition:
    """A definition that must be free of findings."""
    made, findings = load_definition(text, "prov.yaml")
    assert made is not None, [str(finding) for finding in findings]
    assert not findings, [str(finding) for finding in findings]
    return made
