"""Saving figures while they are typed. Many save at once on the last day, so a save asks few questions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime

from django.db import transaction

from uppsikt.audit.actors import Actor, Verb
from uppsikt.audit.services import record
from uppsikt.rounds.cells import Merge, edit_faults, merged
from uppsikt.rounds.holding import Held, allowed_plan, begin, hold_unit, target_of
from uppsikt.rounds.models import Cell, Participant
from uppsikt.rounds.values import CellEdit, CellRow, CellSave


def save_cells(*, actor: Actor, round_key: str, unit: str, edits: Sequence[CellEdit], as_of: date) -> CellSave:
    """Save what somebody typed. A cell that another changed meanwhile is a conflict; the others are saved."""
    plan = allowed_plan(actor, Verb.SUBMIT_FORECAST, unit, as_of)
    with transaction.atomic():
        held = hold_unit(round_key, unit)
        findings = tuple(held.not_editable())
        if not findings and held.round:
            findings = tuple(edit_faults(edits, held.round, plan))
        if findings or held.round is None or held.participant is None:
            return CellSave(findings=findings, state=held.state)
        cells = held_cells(held.participant, {edit.account for edit in edits})
        merge = merged(cells, edits, held.round.months_left, actor.name, datetime.now(UTC))
        if merge.changed:
            store_cells(held.participant, merge)
            begin(held.participant, actor)
            _log(actor, held, merge)
    return CellSave(merge.saved, merge.conflicts, (), held.state, merge.beside)


def held_cells(participant: Participant, accounts: Collection[str]) -> list[CellRow]:
    """The stored cells of some account groups of a unit."""
    stored = Cell.objects.filter(round_id=participant.round_id, unit=participant.unit, account__in=accounts)
    return [cell_row(cell) for cell in stored.order_by("account", "period")]


def cell_row(cell: Cell) -> CellRow:
    """A stored cell as a value."""
    return CellRow(cell.account, cell.period, cell.amount_ore, cell.version, cell.changed_by, cell.changed_at)


def store_cells(participant: Participant, merge: Merge) -> None:
    """Store what a merge changed, new cells and old ones in one statement."""
    Cell.objects.bulk_create(
        (
            Cell(
                round_id=participant.round_id,
                unit=participant.unit,
                account=row.account,
                period=row.period,
                amount_ore=row.amount_ore,
                version=row.version,
                changed_at=row.changed_at,
                changed_by=row.changed_by,
            )
            for row, _ in merge.changed
        ),
        update_conflicts=True,
        unique_fields=["round", "unit", "account", "period"],
        update_fields=["amount_ore", "version", "changed_at", "changed_by"],
    )


def _log(actor: Actor, held: Held, merge: Merge) -> None:
    cells = [[row.account, row.period, before, row.amount_ore] for row, before in merge.changed]
    target = target_of(held.round_key, held.unit)
    record(actor=actor, verb="save-cells", target=target, payload={"cells": cells})
