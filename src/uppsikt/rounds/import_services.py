"""Forecasts that come as a file: handed in as they would be by hand, and seen on the units' pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime

from django.db import transaction

from uppsikt.audit.actors import Actor
from uppsikt.audit.services import record
from uppsikt.core.findings import Finding, found, has_errors
from uppsikt.core.hashes import hash_bytes
from uppsikt.planning.files import ForecastRow, read_forecast
from uppsikt.planning.forecasts import ActualsReader
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import forecasts, round_row
from uppsikt.planning.services import PlanImport, submit_forecast
from uppsikt.rounds.cell_services import held_cells, store_cells
from uppsikt.rounds.cells import merged, shown
from uppsikt.rounds.findings import IMPORT_APPROVED, UNIT_EXCUSED
from uppsikt.rounds.holding import mark, target_of
from uppsikt.rounds.models import Participant
from uppsikt.rounds.states import WorkState
from uppsikt.rounds.values import FULL_YEAR, CellEdit


def import_forecast(
    *,
    actor: Actor,
    round_key: str,
    content: bytes,
    name: str,
    submitted_on: date,
    actuals: ActualsReader,
    dry_run: bool = False,
) -> PlanImport:
    """Take in a forecast file (CSV or XLSX) for an open round. The units in it that take part have then handed in.

    A file explains nothing, so thresholds and questions are not asked; whoever reviews sees what is missing. A unit
    that is approved or excused is not touched: then nothing of the file is taken in.
    """
    rows, findings = read_forecast(content, name)
    row = round_row(round_key)
    if has_errors(findings):
        return PlanImport(tuple(findings), dry_run=dry_run)
    booked = actuals(row) if row else {}  # asked before anything is held: it takes its time
    units = {own.codes.unit for own in rows}
    with transaction.atomic():
        held = _hold(round_key, units)
        findings += _refusals(held)
        stops = has_errors(findings)
        done = submit_forecast(
            actor=actor,
            round_key=round_key,
            rows=rows,
            submitted_on=submitted_on,
            actuals=lambda _: booked,
            origin=f"{name} {hash_bytes(content)}",
            dry_run=dry_run or stops,
        )
        if row and not (dry_run or stops or done.is_refused):
            _hand_in(actor, row, held, rows)
    changes, unchanged = ((), 0) if stops else (done.changes, done.unchanged)
    return PlanImport((*findings, *done.findings), changes, unchanged, dry_run)


def _hold(round_key: str, units: Collection[str]) -> list[Participant]:
    own = Participant.objects.select_for_update(of=("self",)).filter(round__key=round_key).order_by("pk")
    return [participant for participant in own if participant.unit in units]


def _refusals(held: Sequence[Participant]) -> list[Finding]:
    refusals = []
    for own in held:
        state = WorkState(own.state)
        if own.excused:
            refusals.append(found(UNIT_EXCUSED, unit=own.unit, reason=own.excused))
        elif state is WorkState.APPROVED:
            refusals.append(found(IMPORT_APPROVED, unit=own.unit, state=state.label))
    return refusals


def _hand_in(actor: Actor, row: RoundRow, held: Sequence[Participant], rows: Sequence[ForecastRow]) -> None:
    said: dict[str, dict[str, list[ForecastRow]]] = defaultdict(lambda: defaultdict(list))
    for own in rows:
        said[own.codes.unit][own.codes.account].append(own)
    full_years: dict[str, dict[str, int]] = defaultdict(dict)
    for forecast in forecasts(row.key, [own.unit for own in held]):
        full_years[forecast.unit][forecast.account] = forecast.full_year_ore
    for participant in held:
        _type(actor, row, participant, said[participant.unit], full_years[participant.unit])
        if participant.state != WorkState.SUBMITTED.value:
            before = participant.state
            mark(participant, WorkState.SUBMITTED, actor)
            payload = {"from": before, "to": WorkState.SUBMITTED.value}
            record(actor=actor, verb="submit-unit", target=target_of(row.key, participant.unit), payload=payload)


def _type(
    actor: Actor,
    row: RoundRow,
    participant: Participant,
    said: dict[str, list[ForecastRow]],
    full_years: dict[str, int],
) -> None:
    # what the file says is laid on the cells as they stand: the file has seen them, and replaces them
    cells = held_cells(participant, said)
    versions = {(cell.account, cell.period): cell.version for cell in shown(cells, row.months_left)}
    edits = [
        CellEdit(account, period, amount_ore, versions.get((account, period), 0))
        for account, own in said.items()
        for period, amount_ore in _cells_of(own, full_years[account], row).items()
    ]
    merge = merged(cells, edits, row.months_left, actor.name, datetime.now(UTC))
    if merge.changed:
        store_cells(participant, merge)
        logged = [[cell.account, cell.period, before, cell.amount_ore] for cell, before in merge.changed]
        target = target_of(row.key, participant.unit)
        record(actor=actor, verb="save-cells", target=target, payload={"cells": logged})


def _cells_of(rows: Sequence[ForecastRow], full_year_ore: int, row: RoundRow) -> dict[int, int]:
    if not all(own.months for own in rows):
        return {FULL_YEAR: full_year_ore}
    return {month.number: sum(own.months.get(month.number, 0) for own in rows) for month in row.months_left}
