"""What is wrong with an assignment to be, an entry to be linked, a plan to be written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, NotFound, found
from uppsikt.core.formats import ABSENT, to_the_ore
from uppsikt.core.language import Text
from uppsikt.core.money import ORE_PER_KRONA
from uppsikt.planning.budgets import EntryKey
from uppsikt.planning.codes import text_faults
from uppsikt.planning.kinds import BudgetKind
from uppsikt.planning.models import TEXT_LENGTH, BudgetEntry
from uppsikt.savings.findings import (
    AMOUNT_ODD,
    ASSIGNMENT_EXISTS,
    CODE_UNKNOWN,
    ENTRY_ELSEWHERE,
    ENTRY_UNKNOWN,
    KEY_ODD,
    NO_BASE,
    NOT_REVERSIBLE,
    PLAN_ROW_ODD,
    UNITS_ODD,
    YEAR_ODD,
)
from uppsikt.savings.keys import AllocationKey, KeyKind
from uppsikt.savings.models import Assignment, AssignmentEntry
from uppsikt.savings.values import AssignmentFacts, AssignmentRow, Link, PlanRow

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,49}")
_YEARS = range(1900, 2200)
_KNOWN_BY = ("entry__decision_reference", "entry__kind", "entry__text", "entry__year")
_TAKEN = Text("den hör redan till ett uppdrag", "it belongs to an assignment already")
_OTHER_KIND = Text("den är av ett annat slag", "it is of another kind")
_NOT_THERE = Text(
    "den rör inte uppdragets enhet, konto och år", "it is not on the unit, the account and the year of the assignment"
)


def adoption_faults(facts: AssignmentFacts, plan: CodePlan) -> Iterator[Finding]:
    """What is wrong with an assignment to be."""
    if not _KEY.fullmatch(facts.key):
        yield found(KEY_ODD, key=facts.key)
    elif Assignment.objects.filter(key=facts.key).exists():
        yield found(ASSIGNMENT_EXISTS, key=facts.key)
    for year, part_ore in (facts.parts_ore or {0: 0}).items():
        if year not in _YEARS:
            yield found(YEAR_ODD, year=str(year))
        if part_ore <= 0 or part_ore % ORE_PER_KRONA:
            yield found(AMOUNT_ODD, amount=to_the_ore(part_ore))
        yield from claim_faults((facts.decision, BudgetKind.SAVINGS.value, facts.title, year))
    yield from allocation_faults(facts.allocation, facts.unit, plan)


def claim_faults(entry: EntryKey, besides: str = "") -> Iterator[Finding]:
    """Whether the entry is an assignment's already; `besides` is the key of the one that may have it."""
    claims = AssignmentEntry.objects.filter(**dict(zip(_KNOWN_BY, entry, strict=True)))
    if claims.exclude(assignment__key=besides).exists():
        yield found(ENTRY_ELSEWHERE, entry=f"{entry[0]} {entry[2]}", why=_TAKEN)


def allocation_faults(allocation: AllocationKey, holder: str, plan: CodePlan) -> Iterator[Finding]:
    """What is wrong with a key: its units, its account, its shares."""
    units = allocation.units
    odd = [unit for unit in units if unit == holder or not plan.knows("unit", unit) or units.count(unit) > 1]
    if odd or not units:
        yield found(UNITS_ODD, units=", ".join(dict.fromkeys(odd)) or ABSENT)
    if allocation.kind is KeyKind.BUDGET and not plan.knows("account", allocation.account):
        yield found(CODE_UNKNOWN, value=allocation.account or ABSENT, dimension="account")
    is_by_hand = allocation.kind is KeyKind.BY_HAND
    if is_by_hand and (len(allocation.weights) != len(units) or min(allocation.weights, default=0) <= 0):
        yield found(NO_BASE, units=", ".join(units) or ABSENT)


def link_faults(row: AssignmentRow, entry: BudgetEntry) -> Iterator[Finding]:
    """Why a journal entry can't be taken for the assignment's."""
    label = f"{entry.decision_reference} {entry.text}"
    if AssignmentEntry.objects.filter(entry=entry).exists():
        yield found(ENTRY_ELSEWHERE, entry=label, why=_TAKEN)
    elif entry.kind not in (BudgetKind.SAVINGS, BudgetKind.TRANSFER):
        yield found(ENTRY_ELSEWHERE, entry=label, why=_OTHER_KIND)
    elif entry.year < row.year or not entry.lines.filter(unit=row.unit, account=row.account).exists():
        yield found(ENTRY_ELSEWHERE, entry=label, why=_NOT_THERE)


def reversal_faults(row: AssignmentRow, entry: int) -> Iterator[Finding]:
    """Why an entry of the assignment can't be taken back. Raises `NotFound` where it is none that moved money."""
    own = next((own for own in row.entries if own.id == entry and own.link is not Link.DECIDED), None)
    if own is None:
        raise NotFound(found(ENTRY_UNKNOWN, entry=str(entry)))
    if entry not in row.reversible:
        yield found(NOT_REVERSIBLE, entry=f"{own.decision} {own.text}")


def plan_faults(rows: Iterable[PlanRow], plan: CodePlan) -> Iterator[Finding]:
    """What is wrong with a plan's rows."""
    for row in rows:
        if not plan.knows("unit", row.unit):
            yield found(CODE_UNKNOWN, row.place, value=row.unit, dimension="unit")
        if row.amount_ore <= 0 or row.amount_ore % ORE_PER_KRONA:
            yield found(PLAN_ROW_ODD, row.place, why=to_the_ore(row.amount_ore))
        yield from text_faults(row.how, "how", TEXT_LENGTH, row.place)
