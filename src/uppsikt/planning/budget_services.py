"""Writes of the budget journal: only additions. A correction is an entry of its own.

Each write is all or nothing; a dry run tells what would happen.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from django.db import transaction

from uppsikt.audit.actors import Actor, Verb
from uppsikt.audit.services import record
from uppsikt.coding.selectors import code_plan
from uppsikt.core.findings import Finding, found, has_errors
from uppsikt.core.hashes import hash_bytes
from uppsikt.planning.budgets import Decision, EntryKey, decisions_of
from uppsikt.planning.codes import require_for_units
from uppsikt.planning.files import BudgetRow, read_budget
from uppsikt.planning.findings import ALREADY_HELD, HELD_OTHERWISE, NO_ROWS
from uppsikt.planning.models import BudgetEntry, BudgetLine
from uppsikt.planning.results import PlanChange, PlanImport
from uppsikt.planning.storage import BUDGET_PLAN, LINE_FIELDS, hold_plan, insert_rows, renew_plan


def import_budget(*, actor: Actor, content: bytes, name: str, as_of: date, dry_run: bool = False) -> PlanImport:
    """Take in a budget file (CSV or XLSX). Entries held already with the same amounts are left out."""
    rows, findings = read_budget(content, name)
    if has_errors(findings):
        return PlanImport(tuple(findings), dry_run=dry_run)
    origin = f"{name} {hash_bytes(content)}"
    result = decide_budget(actor=actor, rows=rows, as_of=as_of, origin=origin, dry_run=dry_run)
    return PlanImport((*findings, *result.findings), result.changes, result.unchanged, dry_run)


def decide_budget(
    *, actor: Actor, rows: Sequence[BudgetRow], as_of: date, origin: str = "", dry_run: bool = False
) -> PlanImport:
    """Enter decisions in the budget journal. Rows with the same decision, kind, text and year are one entry."""
    plan = code_plan()
    require_for_units(actor, Verb.EDIT_BUDGET, [row.codes.unit for row in rows], plan, as_of)
    if not rows:
        return PlanImport((found(NO_ROWS),), dry_run=dry_run)
    decisions, findings = decisions_of(rows, plan)
    with transaction.atomic():  # held no longer than it takes to store: a large file is long in reading
        hold_plan(BUDGET_PLAN)
        new, held_findings = _not_held(decisions)
        findings += held_findings
        if has_errors(findings):
            return PlanImport(tuple(findings), dry_run=dry_run)
        if new and not dry_run:
            _store_decisions(actor, new, origin)
    changes = tuple(PlanChange(entry.label, entry.amount_ore, len(entry.lines)) for entry in new)
    return PlanImport(tuple(findings), changes, len(decisions) - len(new), dry_run)


def _not_held(decisions: Sequence[Decision]) -> tuple[list[Decision], list[Finding]]:
    years = {decision.year for decision in decisions}
    held: dict[EntryKey, str] = {
        (reference, kind, text, year): content_hash
        for reference, kind, text, year, content_hash in BudgetEntry.objects.filter(year__in=years).values_list(
            "decision_reference", "kind", "text", "year", "content_hash"
        )
    }
    new, findings = [], []
    for decision in decisions:
        if decision.key not in held:
            new.append(decision)
        elif held[decision.key] == decision.content_hash:
            findings.append(found(ALREADY_HELD, decision.place, entry=decision.label))
        else:
            findings.append(found(HELD_OTHERWISE, decision.place, entry=decision.label, year=decision.year))
    return new, findings


def _store_decisions(actor: Actor, decisions: Sequence[Decision], origin: str) -> None:
    for decision in decisions:
        entry = BudgetEntry.objects.create(
            kind=decision.kind.value,
            decision_reference=decision.reference,
            decided_on=decision.decided_on,
            text=decision.text,
            year=decision.year,
            content_hash=decision.content_hash,
            line_count=len(decision.lines),
            amount_ore=decision.amount_ore,
            created_at=datetime.now(UTC),
            created_by=actor.name,
        )
        rows = ((entry.pk, line.line, line.period, line.amount_ore, *line.codes) for line in decision.lines)
        insert_rows(BudgetLine, ("entry", *LINE_FIELDS), rows)
        payload = {
            "decision": decision.reference,
            "decided_on": decision.decided_on,
            "kind": decision.kind.value,
            "text": decision.text,
            "year": decision.year,
            "lines": len(decision.lines),
            "amount_ore": decision.amount_ore,
            "content_hash": decision.content_hash,
            "origin": origin,
        }
        record(actor=actor, verb="decide-budget", target=f"budget:{entry.pk}", payload=payload)
    renew_plan(BUDGET_PLAN)
