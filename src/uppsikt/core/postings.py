"""The one shape of all money: a posting with a scenario and seven dimensions.

Actuals, budget decisions and forecast submissions are postings; portfolios, pm3 objects, investments,
grants and special codes are dimensions of the same postings. This module only names the shape; the
relation's columns and their order are the contract between ledger, planning and figures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from uppsikt.core.language import Text

DIMENSIONS: tuple[str, ...] = (
    "unit",
    "account",
    "activity",
    "project",
    "object",
    "counterparty",
    "marker",
)

# What the user calls one code of each; a heading takes a capital letter.
DIMENSION_NAMES: Mapping[str, Text] = {
    "unit": Text("enhet", "unit"),
    "account": Text("konto", "account"),
    "activity": Text("verksamhet", "activity"),
    "project": Text("projekt", "project"),
    "object": Text("objekt", "object"),
    "counterparty": Text("motpart", "counterparty"),
    "marker": Text("särskild kodning", "marker"),
}

ACTUAL = "actual"
BUDGET = "budget"


CARRY_OVER = "carry-over"  # results of earlier years that a unit takes along: never part of the budget


SUBMITTED, ADJUSTMENT, SETTLEMENT, SUGGESTION = "", "adjustment", "settlement", "suggestion"
FORECAST_LAYERS = (SUBMITTED, ADJUSTMENT, SETTLEMENT)  # what a round's forecast is made of

_SCENARIO_NAMES = {
    ACTUAL: Text("utfall", "actual"),
    BUDGET: Text("budget", "budget"),
    CARRY_OVER: Text("överfört resultat", "carried-over result"),
}
_LAYER_NAMES = {
    SUBMITTED: Text("prognos", "forecast"),
    ADJUSTMENT: Text("central justering", "central adjustment"),
    SETTLEMENT: Text("resultatreglering", "settlement"),
    SUGGESTION: Text("prognosförslag", "forecast suggestion"),
}


def forecast_scenario(round_key: str, layer: str = SUBMITTED) -> str:
    """The scenario that holds a round's forecast: `forecast/delar2-2022`.

    What is laid over or beside what the units handed in has a scenario of its own, so that it can be shown
    with it and without: `forecast/delar2-2022/adjustment`, `/settlement`, `/suggestion`.
    """
    return f"forecast/{round_key}/{layer}" if layer else f"forecast/{round_key}"


def scenario_name(scenario: str) -> Text:
    """What the user calls a posting's scenario; of a forecast its layer, without the round."""
    _, _, layer = scenario.removeprefix("forecast/").partition("/")
    return _SCENARIO_NAMES.get(scenario) or _LAYER_NAMES.get(layer, _LAYER_NAMES[SUBMITTED])


# The relation every source gives the engine, as DuckDB types. `decided_on` is when a budget entry was
# decided or a forecast handed in (NULL for actuals): it makes "the budget as of a date" a filter.
# `source` is the batch hash for actuals, `budget:<entry id>` or `forecast:<submission id>` for the rest;
# `line` is the row in that source.
POSTING_COLUMNS: tuple[tuple[str, str], ...] = (
    ("scenario", "VARCHAR"),
    ("period", "INTEGER"),
    ("date", "DATE"),
    *((dimension, "VARCHAR") for dimension in DIMENSIONS),
    ("amount_ore", "BIGINT"),
    ("voucher", "VARCHAR"),
    ("text", "VARCHAR"),
    ("decided_on", "DATE"),
    ("source", "VARCHAR"),
    ("line", "INTEGER"),
)


@dataclass(frozen=True, slots=True)
class Posting:
    """One row of the relation. Absent codes are None, never "". `period` is yyyymm; debit is positive."""

    scenario: str
    period: int
    date: dt.date
    unit: str | None
    account: str | None
    activity: str | None
    project: str | None
    object: str | None
    counterparty: str | None
    marker: str | None
    amount_ore: int
    voucher: str | None = None
    text: str | None = None
    decided_on: dt.date | None = None
    source: str = ""
    line: int | None = None
