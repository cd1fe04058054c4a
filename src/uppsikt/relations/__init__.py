"""Gives the engine its relations: the one place where registers, ledger and planning meet figures.

`figures` knows no database; `ledger` and `planning` know no statements. What is above asks here: a `Reading` for
statements and figures, `years` for what a forecast stands beside, `desk` for many figures of one moment. All of it
is of what is held now; the doors ask `adoption.reading`, which reads an adopted round as it was adopted.
"""

from uppsikt.core.findings import NotFound
from uppsikt.relations.circumstances import definition, definitions, round_facts, rounds, structure_day
from uppsikt.relations.desk import FigureDesk, Reads
from uppsikt.relations.files import open_engine, relations
from uppsikt.relations.findings import NO_ROUND, NO_STATEMENT, NO_UNIT, UNIT_NEEDED
from uppsikt.relations.flows import flows
from uppsikt.relations.reading import Reading, ReadingOf, reading_now, readings_now, round_of
from uppsikt.relations.years import (
    UnitYears,
    actuals_of_round,
    actuals_until,
    budget_of_round,
    budget_of_unit,
    unit_years,
)

__all__ = [
    "NO_ROUND",
    "NO_STATEMENT",
    "NO_UNIT",
    "UNIT_NEEDED",
    "FigureDesk",
    "NotFound",
    "Reading",
    "ReadingOf",
    "Reads",
    "UnitYears",
    "actuals_of_round",
    "actuals_until",
    "budget_of_round",
    "budget_of_unit",
    "definition",
    "definitions",
    "flows",
    "open_engine",
    "reading_now",
    "readings_now",
    "relations",
    "round_facts",
    "round_of",
    "rounds",
    "structure_day",
    "unit_years",
]
