"""Assignments, their plans and entries are what the log tells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.planning.samples import LOCAL, TODAY
from uppsikt.savings.models import Assignment, AssignmentEntry, AssignmentUnit, PlannedPart
from uppsikt.savings.services import bring_along, save_plan, settle_part, take_back_part
from uppsikt.savings.values import PlanRow
from uppsikt.savings.verify import verify_savings

DAY = date(2022, 3, 1)
DECIDED = {"actor": LOCAL, "key": "uppdraget", "decided_on": DAY, "as_of": TODAY}


@pytest.fixture
def assignment(adopted: None) -> None:
    """The assignment, settled in part, taken back, settled anew, brought along and planned twice."""
    for text in ("Del ett", "Del två"):
        settle_part(**DECIDED, amount_ore=300_000_00, decision="Ks 3/2022", text=text)  # type: ignore[arg-type]
    first = AssignmentEntry.objects.filter(link="settled").order_by("pk")[0]
    take_back_part(**DECIDED, entry=first.entry_id, decision="Ks 4/2022", text="Åter")  # type: ignore[arg-type]
    done = bring_along(**DECIDED, year=2022, decision="Ks 5/2022", text="Till 2023")  # type: ignore[arg-type]
    assert done.is_done
    for units in (("4210", "4220"), ("4220",)):
        rows = [PlanRow(unit, 1_000_00, DAY, "Färre resor") for unit in units]
        assert save_plan(actor=LOCAL, key="uppdraget", rows=rows, as_of=TODAY).is_done


TAMPERED: dict[str, tuple[Callable[[], object], int]] = {
    "holder": (lambda: Assignment.objects.update(unit="4220"), 1),
    "share": (lambda: AssignmentUnit.objects.filter(unit="4210").update(weight=9), 1),
    "plan's amount": (lambda: PlannedPart.objects.update(amount_ore=1), 1),
    "plan gone": (lambda: PlannedPart.objects.all().delete(), 1),
    "taken back": (lambda: AssignmentEntry.objects.update(reverses=None), 1),
    "what entries are": (lambda: AssignmentEntry.objects.update(link="settled"), 2),
    "an entry gone": (lambda: AssignmentEntry.objects.filter(link="decided").delete(), 1),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_an_assignment_changed_beside_the_services_is_found(assignment: None, how: str) -> None:
    assert verify_savings() == []
    change, count = TAMPERED[how]
    change()
    assert [finding.code for finding in verify_savings()] == ["B030"] * count
