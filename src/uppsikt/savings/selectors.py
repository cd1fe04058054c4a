"""Reads of savings assignments: their facts and plans, and what the budget journal says of them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from django.db.models import Sum

from uppsikt.core.codeplan import REPORTING, STANDARD, CodePlan
from uppsikt.core.findings import NotFound, found
from uppsikt.core.formats import ABSENT
from uppsikt.planning.kinds import BudgetKind
from uppsikt.planning.models import BudgetLine
from uppsikt.planning.selectors import EntryRow, budget_at, budget_entries
from uppsikt.savings.findings import ASSIGNMENT_UNKNOWN
from uppsikt.savings.keys import AllocationKey, KeyKind
from uppsikt.savings.models import Assignment, AssignmentEntry, AssignmentUnit, PlannedPart
from uppsikt.savings.values import AssignmentRow, Link, LinkedEntry, PlanRow

_YEARS_BACK = 5  # an assignment is planned for a few years, so that its base isn't older
_LINKED = (
    "entry__savings__assignment_id",
    "entry_id",
    "entry__year",
    "entry__savings__link",
    "entry__savings__reverses__entry_id",
    "entry__decision_reference",
    "entry__decided_on",
    "entry__text",
    "unit",
    "account",
)


def assignments(key: str | None = None) -> list[AssignmentRow]:
    """All assignments, the latest year first, or the one with a key (four queries)."""
    chosen = Assignment.objects.all() if key is None else Assignment.objects.filter(key=key)
    stored = list(chosen)
    units, plans, lines = _units(stored), _plans(stored), _lines(stored)
    return [
        AssignmentRow(
            key=own.key,
            title=own.title,
            year=own.year,
            unit=own.unit,
            account=own.account,
            allocation=_allocation(own, units[own.pk]),
            about=own.about,
            plan=tuple(plans[own.pk]),
            entries=tuple(_entries(own, lines[own.pk])),
        )
        for own in stored
    ]


def assignment(key: str) -> AssignmentRow:
    """The assignment with a key (four queries); raises `NotFound`."""
    rows = assignments(key)
    if not rows:
        known = ", ".join(Assignment.objects.values_list("key", flat=True)) or ABSENT
        raise NotFound(found(ASSIGNMENT_UNKNOWN, key=key, known=known))
    return rows[0]


def unclaimed() -> list[EntryRow]:
    """Savings entries in the journal that belong to no assignment (two queries)."""
    claimed = set(AssignmentEntry.objects.values_list("entry_id", flat=True))
    return [entry for entry in budget_entries() if entry.kind is BudgetKind.SAVINGS and entry.id not in claimed]


def _allocation(own: Assignment, units: list[AssignmentUnit]) -> AllocationKey:
    kind = KeyKind(own.key_kind)
    weights = tuple(unit.weight for unit in units) if kind is KeyKind.BY_HAND else ()
    return AllocationKey(kind, tuple(unit.unit for unit in units), own.key_account, weights)


def _units(stored: list[Assignment]) -> dict[int, list[AssignmentUnit]]:
    found_units: dict[int, list[AssignmentUnit]] = defaultdict(list)
    for unit in AssignmentUnit.objects.filter(assignment__in=stored).order_by("number"):
        found_units[unit.assignment_id].append(unit)
    return found_units


def _plans(stored: list[Assignment]) -> dict[int, list[PlanRow]]:
    plans: dict[int, list[PlanRow]] = defaultdict(list)
    for part in PlannedPart.objects.filter(assignment__in=stored).order_by("number"):
        plans[part.assignment_id].append(PlanRow(part.unit, part.amount_ore, part.due_on, part.how))
    return plans


# entry, year, link, what it takes back, decision, day, text, unit, account, öre
_Line = tuple[int, int, str, int | None, str, date, str, str, str, int]


def _lines(stored: list[Assignment]) -> dict[int, list[_Line]]:
    sums = (
        BudgetLine.objects.filter(entry__savings__assignment__in=stored)
        .values_list(*_LINKED)
        .annotate(total=Sum("amount_ore"))
        .order_by("entry__decided_on", "entry_id", "unit", "account")
    )
    lines: dict[int, list[_Line]] = defaultdict(list)
    for assignment_id, *line in sums:
        lines[assignment_id].append(tuple(line))
    return lines


def _entries(own: Assignment, lines: list[_Line]) -> list[LinkedEntry]:
    by_entry: dict[int, list[_Line]] = defaultdict(list)
    for line in lines:
        by_entry[line[0]].append(line)
    return [_entry(own, of_entry) for of_entry in by_entry.values()]


def _entry(own: Assignment, lines: list[_Line]) -> LinkedEntry:
    held_ore = 0
    by_unit: dict[str, int] = {}
    for *_, unit, account, amount_ore in lines:
        if (unit, account) == (own.unit, own.account):
            held_ore -= amount_ore  # a reduction is a credit in the journal
        else:
            by_unit[unit] = by_unit.get(unit, 0) - amount_ore
    entry, year, link, reverses, decision, decided_on, text, *_ = lines[0]
    return LinkedEntry(entry, year, Link(link), decision, decided_on, text, held_ore, by_unit, reverses)


def key_weights(allocation: AllocationKey, year: int, decided_on: date, plan: CodePlan) -> list[int]:
    """The base of each unit of a key, in its order: öre of budget, or shares.

    The budget is the year's as it stood the day before the decision, so that a distribution never is its own base;
    of a unit with everything under it, on the account with everything under it in either hierarchy. A year that has
    no such budget yet is shared by that of the latest year before it.
    """
    if allocation.kind is KeyKind.EQUAL:
        return [1] * len(allocation.units)
    if allocation.kind is KeyKind.BY_HAND:
        return list(allocation.weights)
    weights = [0] * len(allocation.units)
    for asked in range(year, year - _YEARS_BACK, -1):
        weights = _budget_weights(allocation, asked, decided_on, plan)
        if any(weights):
            break
    return weights


def _budget_weights(allocation: AllocationKey, year: int, decided_on: date, plan: CodePlan) -> list[int]:
    sums: dict[str, int] = defaultdict(int)
    for (unit, account), amount_ore in budget_at(decided_on - timedelta(days=1), year).by_unit_account.items():
        if _is_under(plan, account, allocation.account, decided_on):
            for above in plan.path("unit", unit, decided_on):
                sums[above] += amount_ore
    return [sums[unit] for unit in allocation.units]


def _is_under(plan: CodePlan, account: str, node: str, on: date) -> bool:
    return any(node in plan.path("account", account, on, hierarchy) for hierarchy in (STANDARD, REPORTING))
