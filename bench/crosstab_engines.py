"""The same statement by Uppsikt, by hand-written SQL, by Polars and by pandas: each gives printed cells.

Each function opens its files, answers and prints (rounds from raw öre, Swedish form) in one call; nothing is
kept between calls but what the library keeps by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import crosstab_data as data
from uppsikt.core.formats import View

COLUMNS = [
    "utfall-foregaende",
    "utfall",
    "bokslut-foregaende",
    "budget",
    "prognos",
    "avvikelse-foregaende",
    "avvikelse",
]
Cells = dict[str, list[str]]
_SUMS = ("utfall-foregaende", "utfall", "bokslut-foregaende", "budget", "prognos", "budget-then", "prognos-then")


def printed(sums: dict[str, list[int]]) -> Cells:
    """What every contender does last: total, deviations, rounding, text."""
    view = View()
    sums = dict(sorted(sums.items()))
    sums["nettokostnad"] = [sum(column) for column in zip(*sums.values(), strict=True)]
    cells: Cells = {}
    for row, (before, actual, year_end, budget, forecast, budget_then, forecast_then) in sums.items():
        shown = [before, actual, year_end, budget, forecast, forecast_then - budget_then, forecast - budget]
        cells[row.lower()] = [view.text(ore) for ore in shown]
    return cells


def uppsikt(rows: int) -> Cells:
    """Our engine, end to end: open, compile, ask, assemble, round, print."""
    from uppsikt.figures.definitions import shipped
    from uppsikt.figures.engine import Engine
    from uppsikt.figures.model import Parameters, Relations, RoundFacts

    global _plan
    _plan = _plan or data.code_plan()
    previous = RoundFacts(data.PREVIOUS, "Delår 1", 2022, data.PREVIOUS_CUT_OFF)
    circumstances = Parameters(RoundFacts(data.ROUND, "Delår 2", 2022, data.CUT_OFF, previous))
    relations = Relations((data.actual_path(rows),), (data.plan_path(rows),), _plan)
    with Engine(relations) as engine:
        result = engine.statement(shipped()["nettoredovisning"], circumstances)
    assert not result.findings, result.findings
    return {row.key: [result.text(row.key, column.key) for column in result.columns] for row in result.rows}


_plan: Any = None

HAND_WRITTEN = """
WITH org AS (FROM read_parquet($org)),
actual AS (
    SELECT unit, period, sum(amount_ore) AS ore FROM read_parquet($actual)
    WHERE scenario = 'actual' AND period BETWEEN 202101 AND 202208 AND account >= '3' GROUP BY ALL
),
plan AS (
    SELECT unit,
        sum(amount_ore) FILTER (scenario = 'budget' AND decided_on <= DATE '2022-08-31') AS budget,
        sum(amount_ore) FILTER (scenario = 'forecast/delar2-2022') AS prognos,
        sum(amount_ore) FILTER (scenario = 'budget' AND decided_on <= DATE '2022-04-30') AS budget_then,
        sum(amount_ore) FILTER (scenario = 'forecast/delar1-2022') AS prognos_then
    FROM read_parquet($plan) WHERE period BETWEEN 202201 AND 202212 AND account >= '3' GROUP BY unit
),
then_ AS (
    SELECT top, sum(ore) FILTER (period <= 202108) AS before, sum(ore) AS year_end
    FROM actual JOIN org ON org.unit = actual.unit AND DATE '2021-12-31' BETWEEN valid_from AND valid_to - 1
    WHERE period <= 202112 GROUP BY top
),
now_ AS (
    SELECT top, sum(ore) AS actual
    FROM actual JOIN org ON org.unit = actual.unit AND DATE '2022-08-31' BETWEEN valid_from AND valid_to - 1
    WHERE period >= 202201 GROUP BY top
),
planned AS (
    SELECT top, sum(budget) AS budget, sum(prognos) AS prognos, sum(budget_then) AS budget_then,
        sum(prognos_then) AS prognos_then
    FROM plan JOIN org ON org.unit = plan.unit AND DATE '2022-12-31' BETWEEN valid_from AND valid_to - 1 GROUP BY top
)
SELECT top, before, actual, year_end, budget, prognos, budget_then, prognos_then
FROM then_ JOIN now_ USING (top) JOIN planned USING (top)
"""


def hand_written(rows: int) -> Cells:
    """DuckDB, as someone who knows it would write this one table by hand."""
    import duckdb

    values = {
        "org": str(data.organisation_path()),
        "actual": str(data.actual_path(rows)),
        "plan": str(data.plan_path(rows)),
    }
    with duckdb.connect(config={"memory_limit": "1GB"}) as connection:
        found = connection.execute(HAND_WRITTEN, values).fetchall()
    return printed({top: list(sums) for top, *sums in found})


def polars(rows: int) -> Cells:
    """Polars, lazy, over the same files."""
    import polars as pl

    org = pl.DataFrame(data.organisation(), schema=["unit", "top", "from", "to"], orient="row")
    then = org.filter(pl.col("to") == data.MOVE).select("unit", "top").lazy()
    now = org.filter(pl.col("from") == data.MOVE).select("unit", "top").lazy()
    actual = (
        pl.scan_parquet(data.actual_path(rows))
        .filter(pl.col("scenario") == "actual", pl.col("period").is_between(202101, 202208), pl.col("account") >= "3")
        .group_by("unit", "period")
        .agg(pl.col("amount_ore").sum())
    )
    ore = pl.col("amount_ore")
    known = [pl.col("decided_on") <= day for day in (data.CUT_OFF, data.PREVIOUS_CUT_OFF)]
    is_budget = pl.col("scenario") == "budget"
    plan = (
        pl.scan_parquet(data.plan_path(rows))
        .filter(pl.col("period").is_between(202201, 202212), pl.col("account") >= "3")
        .group_by("unit")
        .agg(
            ore.filter(is_budget & known[0]).sum().alias("budget"),
            ore.filter(pl.col("scenario") == f"forecast/{data.ROUND}").sum().alias("prognos"),
            ore.filter(is_budget & known[1]).sum().alias("budget-then"),
            ore.filter(pl.col("scenario") == f"forecast/{data.PREVIOUS}").sum().alias("prognos-then"),
        )
    )
    period = pl.col("period")
    parts = pl.collect_all(
        [
            actual.filter(period <= 202112)
            .join(then, on="unit")
            .group_by("top")
            .agg(
                ore.filter(period <= 202108).sum().alias("utfall-foregaende"), ore.sum().alias("bokslut-foregaende")
            ),
            actual.filter(period >= 202201).join(now, on="unit").group_by("top").agg(ore.sum().alias("utfall")),
            plan.join(now, on="unit").group_by("top").agg(pl.exclude("unit", "top").sum()),
        ]
    )
    table = parts[0].join(parts[1], on="top").join(parts[2], on="top")
    return printed({top: list(sums) for top, *sums in table.select("top", *_SUMS).iter_rows()})


def pandas(rows: int) -> Cells:
    """pandas, reading only the columns it needs."""
    import pandas as pd

    org = pd.DataFrame(data.organisation(), columns=["unit", "top", "from", "to"])
    then = org[org["to"] == data.MOVE].set_index("unit")["top"]
    now = org[org["from"] == data.MOVE].set_index("unit")["top"]
    actual = pd.read_parquet(data.actual_path(rows), columns=["scenario", "period", "unit", "account", "amount_ore"])
    actual = actual[
        (actual["scenario"] == "actual") & actual["period"].between(202101, 202208) & (actual["account"] >= "3")
    ]
    actual = actual.groupby(["unit", "period"], as_index=False)["amount_ore"].sum()
    plan = pd.read_parquet(
        data.plan_path(rows), columns=["scenario", "period", "unit", "account", "amount_ore", "decided_on"]
    )
    plan = plan[plan["period"].between(202201, 202212) & (plan["account"] >= "3")]
    decided = pd.to_datetime(plan["decided_on"])
    is_budget = plan["scenario"] == "budget"

    def by_top(part: Any, tops: Any) -> Any:
        return part.groupby(part["unit"].map(tops))["amount_ore"].sum()

    period = actual["period"]
    columns = [
        by_top(actual[period <= 202108], then),
        by_top(actual[period >= 202201], now),
        by_top(actual[period <= 202112], then),
        by_top(plan[is_budget & (decided <= pd.Timestamp(data.CUT_OFF))], now),
        by_top(plan[plan["scenario"] == f"forecast/{data.ROUND}"], now),
        by_top(plan[is_budget & (decided <= pd.Timestamp(data.PREVIOUS_CUT_OFF))], now),
        by_top(plan[plan["scenario"] == f"forecast/{data.PREVIOUS}"], now),
    ]
    return printed({top: [int(column[top]) for column in columns] for top in columns[0].index})


ENGINES: dict[str, Callable[[int], Cells]] = {
    "uppsikt": uppsikt,
    "duckdb by hand": hand_written,
    "polars": polars,
    "pandas": pandas,
}
