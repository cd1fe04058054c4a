"""Where money stands and what moves it, over an engine of its own."""

from __future__ import annotations

from datetime import date

from uppsikt.figures.definitions import Scenario
from uppsikt.figures.flows import Flows
from uppsikt.figures.flows import flows as engine_flows
from uppsikt.figures.model import Parameters
from uppsikt.relations.circumstances import round_facts
from uppsikt.relations.files import open_engine


def flows(
    round_key: str,
    dimension: str = "unit",
    *,
    scenario: Scenario = Scenario.ACTUAL,
    years_back: int = 0,
    level: int = 0,
    structure_date: date | None = None,
    draft: str | None = None,
) -> Flows:
    """Where the net cost of a round's year stands as of a day (the cut-off where none is given); raises `NotFound`.

    With `level` summed under the nodes of that level of each tree, else by code (`figures.flows`).
    """
    circumstances = Parameters(round_facts(round_key), structure_date=structure_date)
    with open_engine(draft) as engine:
        return engine_flows(engine, circumstances, dimension, scenario=scenario, years_back=years_back, level=level)
