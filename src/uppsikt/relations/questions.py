"""Statements, bridges, flows and figures of what is held now, each over an engine of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from uppsikt.core.findings import Finding, NotFound, found
from uppsikt.figures.addresses import Address, parse_address
from uppsikt.figures.bridge import BridgeResult
from uppsikt.figures.definitions import Scenario, StatementDefinition
from uppsikt.figures.engine import Engine
from uppsikt.figures.flows import Flows
from uppsikt.figures.flows import flows as engine_flows
from uppsikt.figures.model import Figure, Parameters, StatementResult, VoucherRow
from uppsikt.relations.circumstances import definition, parameters, round_facts, rounds
from uppsikt.relations.files import open_engine
from uppsikt.relations.findings import NO_FIGURE, NO_ROUND, NOT_AN_ADDRESS

_T = TypeVar("_T")


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
    own = definition(key)
    with open_engine(draft) as engine:
        return engine.statement(own, parameters(own, round_key, unit, structure_date, draft))


def bridge(
    key: str,
    round_key: str,
    unit: str | None = None,
    structure_date: date | None = None,
    draft: str | None = None,
) -> BridgeResult:
    """A statement's bridge from as it was to as of a day (the cut-off where none is given); raises `NotFound`."""
    own = definition(key)
    with open_engine(draft) as engine:
        return engine.bridge(own, parameters(own, round_key, unit, structure_date, draft))


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
    return _at(
        address,
        lambda engine, own, circumstances, place: engine.figure(own, circumstances, place.row, place.column),
        structure_date,
        draft,
    )


def vouchers_at(
    address: str, *, limit: int, offset: int = 0, structure_date: date | None = None, draft: str | None = None
) -> list[VoucherRow]:
    """The postings under the figure at an address; raises `NotFound`. Structure and draft as in `statement`."""
    return _at(
        address,
        lambda engine, own, circumstances, place: engine.vouchers(
            own, circumstances, place.row, place.column, limit=limit, offset=offset
        ),
        structure_date,
        draft,
    )


def _at(
    address: str,
    ask: Callable[[Engine, StatementDefinition, Parameters, Address], _T],
    structure_date: date | None,
    draft: str | None,
) -> _T:
    place = parse_address(address)
    if place is None:
        raise NotFound(found(NOT_AN_ADDRESS, address=address))
    own = definition(place.statement)
    circumstances = parameters(own, place.round or _latest_round(), place.unit, structure_date, draft)
    with open_engine(draft) as engine:
        try:
            return ask(engine, own, circumstances, place)
        except KeyError:
            raise NotFound(_missing_part(address, place, engine.statement(own, circumstances))) from None


def _latest_round() -> str:
    known = rounds()
    if not known:
        raise NotFound(found(NO_ROUND, round="", known=""))
    return known[0].key


def _missing_part(address: str, place: Address, result: StatementResult) -> Finding:
    rows = [row.key for row in result.rows]
    columns = [column.key for column in result.columns]
    if place.row not in rows:
        return found(NO_FIGURE, address=address, part=place.row, known=", ".join(rows))
    return found(NO_FIGURE, address=address, part=place.column, known=", ".join(columns))
