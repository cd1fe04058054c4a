"""Whether savings assignments, their plans and the entries that are theirs are what the log tells.

The money itself is in the journal, which `planning.verify` recomputes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from uppsikt.audit.told import Row, ToldEvent, differences, told_events
from uppsikt.core.findings import Finding, found
from uppsikt.core.formats import to_the_ore
from uppsikt.savings.findings import ASSIGNMENT_UNTOLD
from uppsikt.savings.models import Assignment, AssignmentEntry, PlannedPart
from uppsikt.savings.values import Link

_FACTS = ("title", "year", "unit", "account", "key_kind", "key_account", "about")
_LINKED = ("link-savings", "settle-savings", "bring-savings-along")

Rows = dict[str, Row]


def verify_savings() -> list[Finding]:
    """A finding for each assignment, plan or linked entry that was changed beside the services."""
    return [
        found(ASSIGNMENT_UNTOLD, row=own.key, told=own.told, held=own.held) for own in differences(_told(), _held())
    ]


def _told() -> Rows:
    told: Rows = {}
    for event in told_events("adopt-savings", "plan-savings", *_LINKED):
        if event.verb == "adopt-savings":
            told |= _adopted(event)
        elif event.verb == "plan-savings":
            for name in [name for name in told if name.startswith(f"{event.target} plan ")]:
                del told[name]
            told |= {
                _planned(event.target, number): _part(*row) for number, row in enumerate(event.payload["rows"], 1)
            }
        else:
            own = event.payload
            told[own["entry"]] = (event.target, own["link"], own.get("reverses"))
    return told


def _adopted(event: ToldEvent) -> Iterator[tuple[str, Row]]:
    own = event.payload
    units = [tuple(unit) for unit in own["units"]]
    yield event.target, (*(own[name] for name in _FACTS), *units)
    for entry in own["entries"]:
        yield entry, (event.target, Link.DECIDED.value, None)


def _held() -> Rows:
    held: Rows = {}
    for own in Assignment.objects.prefetch_related("units"):
        units = [(unit.unit, unit.weight) for unit in own.units.all()]
        held[f"savings:{own.key}"] = (*(getattr(own, name) for name in _FACTS), *units)
    for part in PlannedPart.objects.select_related("assignment"):
        name = _planned(f"savings:{part.assignment.key}", part.number)
        held[name] = _part(part.unit, part.amount_ore, part.due_on, part.how)
    for linked in AssignmentEntry.objects.select_related("assignment", "reverses"):
        undone = linked.reverses and f"budget:{linked.reverses.entry_id}"
        held[f"budget:{linked.entry_id}"] = (f"savings:{linked.assignment.key}", linked.link, undone)
    return held


def _planned(target: str, number: int) -> str:
    return f"{target} plan {number}"


def _part(unit: str, amount_ore: int, due_on: Any, how: str) -> Row:
    return (unit, to_the_ore(amount_ore), str(due_on), how)
