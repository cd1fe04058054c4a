"""Writes of savings assignments: decided, distributed, brought along, taken back, planned.

Their money goes through the journal.
Each write is all or nothing and asks for the right to edit the budget of every unit whose budget it changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction

from uppsikt.audit.actors import Actor, Verb, require
from uppsikt.audit.services import record
from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, NotFound, found, has_errors
from uppsikt.core.formats import ABSENT, to_the_ore
from uppsikt.core.money import ORE_PER_KRONA
from uppsikt.core.texts import written
from uppsikt.planning.budgets import EntryKey
from uppsikt.planning.codes import CodeString
from uppsikt.planning.files import BudgetRow
from uppsikt.planning.kinds import BudgetKind
from uppsikt.planning.models import BudgetEntry
from uppsikt.planning.selectors import entry_cells
from uppsikt.planning.services import decide_budget
from uppsikt.planning.storage import BUDGET_PLAN, hold_plan
from uppsikt.savings.checks import adoption_faults, claim_faults, link_faults, plan_faults, reversal_faults
from uppsikt.savings.findings import AMOUNT_ODD, ENTRY_UNKNOWN, MORE_THAN_REMAINS, NO_BASE, NOTHING_LEFT
from uppsikt.savings.keys import AllocationKey, KeyKind, Part, distribute
from uppsikt.savings.models import Assignment, AssignmentEntry, AssignmentUnit, PlannedPart
from uppsikt.savings.selectors import assignment, key_weights
from uppsikt.savings.values import AssignmentFacts, AssignmentRow, Link, PlanRow, SavingsChange, YearSums

_VERBS = {Link.SETTLED: "settle-savings", Link.BROUGHT: "bring-savings-along"}
_LINKS = {BudgetKind.SAVINGS: Link.DECIDED, BudgetKind.TRANSFER: Link.SETTLED}


@transaction.atomic
def adopt_assignment(*, actor: Actor, facts: AssignmentFacts, as_of: date, dry_run: bool = False) -> SavingsChange:
    """Decide an assignment: the holding unit's budget of each year is lowered by that year's part, in one entry.

    Where the journal holds that very entry already, it is taken for the assignment's, and no money moves.
    """
    plan = code_plan()
    _require(actor, facts.unit, plan, as_of)
    hold_plan(BUDGET_PLAN)
    faults = tuple(adoption_faults(facts, plan))
    if has_errors(faults):
        return SavingsChange(faults, facts.key)
    rows = [_part_row(facts, year, part_ore) for year, part_ore in sorted(facts.parts_ore.items())]
    done = decide_budget(actor=actor, rows=rows, as_of=as_of, origin=f"savings:{facts.key}", dry_run=dry_run)
    if done.is_refused or dry_run:
        return SavingsChange(done.findings, facts.key)
    stored = _store(facts)
    entries = [_held((row.decision, row.kind.value, row.text, row.period)) for row in rows]
    for entry in entries:
        _link(stored, entry, Link.DECIDED)
    parts = {str(year): part_ore for year, part_ore in sorted(facts.parts_ore.items())}
    payload = {"title": facts.title, "decision": facts.decision, "total_ore": facts.total_ore, "parts_ore": parts}
    payload |= _told(stored) | {"entries": [f"budget:{entry.pk}" for entry in entries]}
    record(actor=actor, verb="adopt-savings", target=f"savings:{facts.key}", payload=payload)
    return SavingsChange(done.findings, facts.key, is_done=True)


@transaction.atomic
def settle_part(
    *,
    actor: Actor,
    key: str,
    amount_ore: int,
    decision: str,
    decided_on: date,
    text: str,
    as_of: date,
    year: int | None = None,
    allocation: AllocationKey | None = None,
    dry_run: bool = False,
) -> SavingsChange:
    """Distribute a part of what remains by the assignment's key (or another): a transfer that balances.

    The holding unit gets the part back in the year's budget (else in that of the first year where something remains)
    and the units bear it, in whole kronor. Raises `NotFound`.
    """
    plan = code_plan()
    hold_plan(BUDGET_PLAN)  # what remains must still remain when it is stored
    row = assignment(key)
    own = row if allocation is None else replace(row, allocation=allocation)
    _require(actor, row.unit, plan, as_of)
    in_year = row.in_year(year or min(row.open_years, default=row.year))
    parts, refusal = _parts(own, in_year, amount_ore, decided_on, plan)
    if refusal:
        return refusal
    entry = (decision, BudgetKind.TRANSFER.value, text, in_year.year)
    if faults := tuple(claim_faults(entry, besides=key)):
        return SavingsChange(faults, key)
    rows = [
        BudgetRow(decision, decided_on, BudgetKind.TRANSFER, text, in_year.year, codes, ore)
        for codes, ore in _moves(own, amount_ore, parts)
    ]
    return _carried_out(actor, own, rows, entry, parts, as_of, dry_run=dry_run)


def _parts(
    own: AssignmentRow, in_year: YearSums, amount_ore: int, decided_on: date, plan: CodePlan
) -> tuple[tuple[Part, ...], SavingsChange | None]:
    if amount_ore <= 0 or amount_ore % ORE_PER_KRONA:
        return (), SavingsChange((found(AMOUNT_ODD, amount=to_the_ore(amount_ore)),), own.key)
    if amount_ore > in_year.remaining_ore:
        facts = {"amount": to_the_ore(amount_ore), "remaining": to_the_ore(in_year.remaining_ore)}
        return (), SavingsChange((found(MORE_THAN_REMAINS, **facts),), own.key)
    weights = key_weights(own.allocation, in_year.year, decided_on, plan)
    if len(weights) != len(own.allocation.units) or min(weights, default=0) < 0 or not any(weights):
        return (), SavingsChange((found(NO_BASE, units=", ".join(own.allocation.units)),), own.key)
    return distribute(amount_ore, own.allocation.units, weights), None


def _moves(own: AssignmentRow, amount_ore: int, parts: Sequence[Part]) -> list[tuple[CodeString, int]]:
    moves = [(CodeString(own.unit, own.account), amount_ore)]
    return moves + [
        (CodeString(part.unit, own.target_account), -part.amount_ore) for part in parts if part.amount_ore
    ]


@transaction.atomic
def bring_along(
    *, actor: Actor, key: str, year: int, decision: str, decided_on: date, text: str, as_of: date
) -> SavingsChange:
    """Put what remains of a year in the next year's budget, where it is then settled. Raises `NotFound`.

    The reduction is lasting: nobody has taken it over when the year ends, so the holding unit bears it once more.
    """
    hold_plan(BUDGET_PLAN)
    row = assignment(key)
    _require(actor, row.unit, code_plan(), as_of)
    remaining_ore = row.in_year(year).remaining_ore
    if remaining_ore <= 0:
        known = ", ".join(map(str, row.open_years)) or ABSENT
        return SavingsChange((found(NOTHING_LEFT, year=year, key=key, known=known),), key)
    kind, codes = BudgetKind.SAVINGS, CodeString(row.unit, row.account)
    entry = (decision, kind.value, text, year + 1)
    if faults := tuple(claim_faults(entry)):
        return SavingsChange(faults, key)
    moved = BudgetRow(decision, decided_on, kind, text, year + 1, codes, -remaining_ore)
    return _carried_out(actor, row, [moved], entry, (), as_of, link=Link.BROUGHT)


@transaction.atomic
def take_back_part(
    *, actor: Actor, key: str, entry: int, decision: str, decided_on: date, text: str, as_of: date
) -> SavingsChange:
    """Take a distribution, or what was brought along, back: once, by a decision of its own; the journal keeps both.

    Raises `NotFound`.
    """
    hold_plan(BUDGET_PLAN)
    row = assignment(key)
    _require(actor, row.unit, code_plan(), as_of)
    faults: tuple[Finding, ...] = tuple(reversal_faults(row, entry))
    own = next(linked for linked in row.entries if linked.id == entry)
    kind = BudgetKind.SAVINGS if own.link is Link.BROUGHT else BudgetKind.TRANSFER
    held = (decision, kind.value, text, own.year)
    if faults := (*faults, *claim_faults(held)):
        return SavingsChange(faults, key)
    rows = [
        BudgetRow(decision, decided_on, kind, text, period, codes, -amount_ore)
        for (period, codes), amount_ore in entry_cells([entry]).items()
    ]
    return _carried_out(actor, row, rows, held, (), as_of, link=own.link, reverses=entry)


def _carried_out(
    actor: Actor,
    own: AssignmentRow,
    rows: Sequence[BudgetRow],
    entry: EntryKey,
    parts: tuple[Part, ...],
    as_of: date,
    *,
    link: Link = Link.SETTLED,
    dry_run: bool = False,
    reverses: int | None = None,
) -> SavingsChange:
    done = decide_budget(actor=actor, rows=rows, as_of=as_of, origin=f"savings:{own.key}", dry_run=dry_run)
    if done.is_refused or dry_run:
        return SavingsChange(done.findings, own.key, parts)
    stored = _held(entry)
    is_new = _link(Assignment.objects.get(key=own.key), stored, link, reverses)
    if is_new:
        payload: dict[str, object] = {"entry": f"budget:{stored.pk}"}
        payload["link"] = link.value
        payload["parts"] = [[part.unit, part.amount_ore] for part in parts]
        if reverses is not None:
            payload["reverses"] = f"budget:{reverses}"
        record(actor=actor, verb=_VERBS[link], target=f"savings:{own.key}", payload=payload)
    return SavingsChange(done.findings, own.key, parts, is_done=is_new)


@transaction.atomic
def link_entry(*, actor: Actor, key: str, entry: EntryKey, as_of: date) -> SavingsChange:
    """Take an entry the journal holds already for the assignment's. No money moves. Raises `NotFound`."""
    hold_plan(BUDGET_PLAN)
    row = assignment(key)
    _require(actor, row.unit, code_plan(), as_of)
    held = _held(entry)
    faults = tuple(link_faults(row, held))
    if not faults:
        link = _LINKS[BudgetKind(held.kind)]
        _link(Assignment.objects.get(key=key), held, link)
        payload = {"entry": f"budget:{held.pk}", "link": link.value}
        record(actor=actor, verb="link-savings", target=f"savings:{key}", payload=payload)
    return SavingsChange(faults, key, is_done=not faults)


@transaction.atomic
def save_plan(*, actor: Actor, key: str, rows: Sequence[PlanRow], as_of: date) -> SavingsChange:
    """Write the plan anew: which unit takes how much, by when and how. The log keeps every one. Raises `NotFound`."""
    plan = code_plan()
    row = assignment(key)
    _require(actor, row.unit, plan, as_of)
    faults = tuple(plan_faults(rows, plan))
    if has_errors(faults):
        return SavingsChange(faults, key)
    stored = Assignment.objects.get(key=key)
    PlannedPart.objects.filter(assignment=stored).delete()
    PlannedPart.objects.bulk_create(
        PlannedPart(
            assignment=stored,
            number=number,
            unit=own.unit,
            amount_ore=own.amount_ore,
            due_on=own.due_on,
            how=own.how,
        )
        for number, own in enumerate(rows, start=1)
    )
    payload = {"rows": [[own.unit, own.amount_ore, own.due_on, own.how] for own in rows]}
    record(actor=actor, verb="plan-savings", target=f"savings:{key}", payload=payload)
    return SavingsChange((), key, is_done=True)


def _require(actor: Actor, unit: str, plan: CodePlan, as_of: date) -> None:
    require(actor, Verb.EDIT_BUDGET, plan.path("unit", unit, as_of), as_of)


def _part_row(facts: AssignmentFacts, year: int, part_ore: int) -> BudgetRow:
    codes = CodeString(facts.unit, facts.account)
    return BudgetRow(facts.decision, facts.decided_on, BudgetKind.SAVINGS, facts.title, year, codes, -part_ore)


def _store(facts: AssignmentFacts) -> Assignment:
    allocation = facts.allocation
    stored = Assignment.objects.create(
        key=facts.key,
        title=facts.title,
        year=facts.year,
        unit=facts.unit,
        account=facts.account,
        key_kind=allocation.kind.value,
        key_account=allocation.account,
        about=written(facts.about).strip(),
    )
    weights = allocation.weights if allocation.kind is KeyKind.BY_HAND else (0,) * len(allocation.units)
    AssignmentUnit.objects.bulk_create(
        AssignmentUnit(assignment=stored, number=number, unit=unit, weight=weight)
        for number, (unit, weight) in enumerate(zip(allocation.units, weights, strict=True), start=1)
    )
    return stored


def _told(stored: Assignment) -> dict[str, object]:
    """What the log keeps of an assignment beside its decision, so that it can be verified."""
    facts = {name: getattr(stored, name) for name in ("year", "unit", "account", "key_kind", "key_account", "about")}
    return facts | {"units": [[own.unit, own.weight] for own in stored.units.order_by("number")]}


def _held(entry: EntryKey) -> BudgetEntry:
    reference, kind, text, year = entry
    held = BudgetEntry.objects.filter(decision_reference=reference, kind=kind, text=text, year=year).first()
    if held is None:
        raise NotFound(found(ENTRY_UNKNOWN, entry=f"{reference} {kind}: {text} {year}"))
    return held


def _link(stored: Assignment, entry: BudgetEntry, link: Link, reverses: int | None = None) -> bool:
    """Whether the entry is the assignment's by this; not where it was before."""
    taken_back = None if reverses is None else AssignmentEntry.objects.get(entry=reverses)
    defaults = {"assignment": stored, "link": link.value, "reverses": taken_back}
    return AssignmentEntry.objects.get_or_create(entry=entry, defaults=defaults)[1]
