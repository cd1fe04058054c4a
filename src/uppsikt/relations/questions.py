"""Statements, bridges, flows and figures of what is held now, each over an engine of its own."""

from __future__ import annotations

from datetime import date

from uppsikt.figures.bridge import BridgeResult
from uppsikt.figures.definitions import Scenario
from uppsikt.figures.flows import Flows
from uppsikt.figures.flows import flows as engine_flows
from uppsikt.figures.model import Figure, Parameters, StatementResult, VoucherRow
from uppsikt.relations.circumstances import round_facts
from uppsikt.relations.files import open_engine
from uppsikt.relations.reading import reading_now, round_of


def statement(
    key: str,
    round_key: str,
    unit: str | None = None,
    structure_date: date | None = None,
    draft: str | None = None,
) -> StatementResult:
    """A whole statement; raises `NotFound`.

    With `structure_date` as of that day, else as it was; with `draft` as that reorganisation would have it.
    """
    with reading_now(round_key, draft) as reading:
        return reading.statement(key, unit, structure_date)


def bridge(
    key: str,
    round_key: str,
    unit: str | None = None,
    structure_date: date | None = None,
    draft: str | None = None,
) -> BridgeResult:
    """A statement's bridge from as it was to as of a day (the cut-off where none is given); raises `NotFound`."""
    with reading_now(round_key, draft) as reading:
        return reading.bridge(key, unit, structure_date)


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


def figure_at(address: str, structure_date: date | None = None, draft: str | None = None) -> Figure:
    """The figure at an address, with its lineage; raises `NotFound`. Structure and draft as in `statement`."""
    with reading_now(round_of(address), draft) as reading:
        return reading.figure(address, structure_date)


def vouchers_at(
    address: str, *, limit: int, offset: int = 0, structure_date: date | None = None, draft: str | None = None
) -> list[VoucherRow]:
    """The postings under the figure at an address; raises `NotFound`. Structure and draft as in `statement`."""
    with reading_now(round_of(address), draft) as reading:
        return reading.vouchers(address, limit=limit, offset=offset, structure_date=structure_date)
