"""Forecasts that come as a file: handed in as they would be by hand, and seen on the units' pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime

from django.db import transaction
from django.db.models import Sum

from uppsikt.audit.actors import Actor
from uppsikt.audit.services import record
from uppsikt.coding.selectors import code_plan
from uppsikt.core.findings import Finding, found, has_errors
from uppsikt.core.hashes import hash_bytes
from uppsikt.planning.files import ForecastRow, read_forecast
from uppsikt.planning.forecasts import ActualsReader
from uppsikt.planning.kinds import ForecastKind, Part
from uppsikt.planning.models import ForecastLine
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import forecasts, round_row
from uppsikt.planning.services import PlanImport, submit_forecast
from uppsikt.rounds.cell_services import held_cells, store_cells
from uppsikt.rounds.cells import merged, shown, unlike
from uppsikt.rounds.findings import IMPORT_APPROVED, IMPORT_BELOW, IMPORT_UNLIKE, UNIT_EXCUSED
from uppsikt.rounds.holding import begin, hold_units, mark, target_of
from uppsikt.rounds.models import Participant
from uppsikt.rounds.selectors import participant_of, participants, round_cells
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
    that is approved or excused is not touched, nor one below a unit that answers for it: then nothing of the file is
    taken in. A unit with more filled in than the file says has not handed in, and is warned of.
    """
    rows, findings = read_forecast(content, name)
    row = round_row(round_key)
    if has_errors(findings):
        return PlanImport(tuple(findings), dry_run=dry_run)
    booked = actuals(row) if row else {}  # asked before anything is held: it takes its time
    units = {own.codes.unit for own in rows}
    with transaction.atomic():
        held = hold_units(round_key, units)
        findings += [*_refusals(held), *_below(row, units)]
        stops = has_errors(findings)
        done = submit_forecast(
            actor=actor,
            round_key=round_key,
            rows=rows,
            submitted_on=submitted_on,
            actuals=lambda _: booked,
            origin=f"{name} {hash_bytes(content)}",
            dry_run=stops,
        )
        if row and not (stops or done.is_refused):
            findings += _hand_in(actor, row, held, rows, done.fallen)
        if dry_run:  # it does all that would be done, so that it can tell, and takes it back
            transaction.set_rollback(True)
    changes, unchanged = ((), 0) if stops else (done.changes, done.unchanged)
    return PlanImport((*findings, *done.findings), changes, unchanged, dry_run)


def _refusals(held: Sequence[Participant]) -> list[Finding]:
    refusals = []
    for own in held:
        state = WorkState(own.state)
        if own.excused:
            refusals.append(found(UNIT_EXCUSED, unit=own.unit, reason=own.excused))
        elif state is WorkState.APPROVED:
            refusals.append(found(IMPORT_APPROVED, unit=own.unit, state=state.label))
    return refusals


def _below(row: RoundRow | None, units: Collection[str]) -> Iterator[Finding]:
    taking_part, plan = participants(row.key) if row else [], code_plan()
    for unit in sorted(units):
        answering = participant_of(plan, taking_part, unit, row) if row else None
        if answering and answering.unit != unit:
            yield found(IMPORT_BELOW, unit=unit, above=answering.unit)


def _hand_in(
    actor: Actor,
    row: RoundRow,
    held: Sequence[Participant],
    rows: Sequence[ForecastRow],
    fallen: Collection[tuple[str, str]],
) -> Iterator[Finding]:
    said: dict[str, dict[str, list[ForecastRow]]] = defaultdict(lambda: defaultdict(list))
    for own in rows:
        said[own.codes.unit][own.codes.account].append(own)
    handed_in = _handed_in(row, [own.unit for own in held])
    for participant in held:
        emptied = [account for unit, account in fallen if unit == participant.unit]
        _type(actor, row, participant, said[participant.unit], handed_in[participant.unit], emptied)
    cells = round_cells(row)
    for participant in held:
        others = unlike(cells.get(participant.unit, ()), handed_in[participant.unit], row.months_left)
        if others:
            begin(participant, actor)
            facts = {"accounts": ", ".join(others), "state": WorkState(participant.state).label}
            yield found(IMPORT_UNLIKE, unit=participant.unit, **facts)
        elif participant.state != WorkState.SUBMITTED.value:
            before = participant.state
            mark(participant, WorkState.SUBMITTED, actor)
            payload = {"from": before, "to": WorkState.SUBMITTED.value}
            record(actor=actor, verb="submit-unit", target=target_of(row.key, participant.unit), payload=payload)


def _handed_in(row: RoundRow, units: Collection[str]) -> dict[str, dict[str, dict[int, int]]]:
    """What stands of units by account group as cells would say it: the full year under 0, and each month left."""
    standing: dict[str, dict[str, dict[int, int]]] = defaultdict(dict)
    for own in forecasts(row.key, units):
        standing[own.unit][own.account] = {FULL_YEAR: own.full_year_ore}
    rests = ForecastLine.objects.filter(forecast__round__key=row.key, forecast__is_current=True, part=Part.REST.value)
    rests = rests.filter(forecast__kind=ForecastKind.SUBMISSION.value, forecast__unit__in=list(units))
    sums = rests.values_list("forecast__unit", "forecast__account", "period").annotate(total=Sum("amount_ore"))
    for unit, account, period, total in sums.order_by():
        standing[unit][account][period] = total
    return standing


def _type(
    actor: Actor,
    row: RoundRow,
    participant: Participant,
    said: dict[str, list[ForecastRow]],
    handed_in: dict[str, dict[int, int]],
    emptied: Collection[str],
) -> None:
    # what the file says is laid on the cells as they stand: the file has seen them, and replaces them; those of what
    # it made fall are emptied with it, or the sheet would say another sum than the forecasts
    cells = held_cells(participant, {*said, *emptied})
    versions = {(cell.account, cell.period): cell.version for cell in shown(cells, row.months_left)}
    edits = [
        CellEdit(account, period, amount_ore, versions.get((account, period), 0))
        for account, own in said.items()
        for period, amount_ore in _cells_of(own, handed_in[account][FULL_YEAR], row).items()
    ]
    gone = [cell for cell in cells if cell.account in emptied]
    edits += [CellEdit(cell.account, cell.period, None, versions[cell.account, cell.period]) for cell in gone]
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
