"""Writes of budget and forecasts. Each is all or nothing; a dry run tells what would happen.

There is no change and no removal of a budget entry: corrections are entries of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import transaction

from uppsikt.audit.actors import Actor, Verb, require
from uppsikt.audit.services import record
from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, found, has_errors
from uppsikt.core.hashes import hash_bytes
from uppsikt.planning.budgets import Decision, EntryKey, decisions_of
from uppsikt.planning.files import BudgetRow, ForecastRow, read_budget, read_forecast
from uppsikt.planning.findings import ALREADY_HELD, HELD_OTHERWISE, NO_ROWS, ROUND_NOT_OPEN, ROUND_UNKNOWN
from uppsikt.planning.forecasts import ActualsReader, Submission, counted_twice, submissions_of
from uppsikt.planning.models import BudgetEntry, BudgetLine, Forecast, ForecastLine, Round
from uppsikt.planning.round_services import (
    RoundChange,
    adopt_round,
    change_state,
    close_round,
    create_round,
    open_round,
)
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import round_row
from uppsikt.planning.states import State
from uppsikt.planning.storage import BUDGET_PLAN, FORECAST_PLAN, hold_plan, in_chunks, insert_rows, renew_plan

__all__ = [
    "PlanChange",
    "PlanImport",
    "RoundChange",
    "adopt_round",
    "change_state",
    "close_round",
    "create_round",
    "decide_budget",
    "import_budget",
    "import_forecast",
    "open_round",
    "submit_forecast",
]

_LINE_FIELDS = (
    "line",
    "period",
    "amount_ore",
    "unit",
    "account",
    "activity",
    "project",
    "object",
    "counterparty",
    "marker",
)


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One budget entry or forecast that is (or would be) stored; `before_ore` where it replaces one."""

    label: str
    amount_ore: int
    line_count: int
    before_ore: int | None = None


@dataclass(frozen=True, slots=True)
class PlanImport:
    """What came of an import (or would come, where `dry_run`). Errors among the findings: nothing changed."""

    findings: tuple[Finding, ...]
    changes: tuple[PlanChange, ...] = ()
    unchanged: int = 0
    dry_run: bool = False

    @property
    def added(self) -> int:
        """How many entries or forecasts are new."""
        return sum(change.before_ore is None for change in self.changes)

    @property
    def replaced(self) -> int:
        """How many forecasts replace an older one."""
        return sum(change.before_ore is not None for change in self.changes)

    @property
    def line_count(self) -> int:
        """How many lines are stored."""
        return sum(change.line_count for change in self.changes)

    @property
    def amount_ore(self) -> int:
        """The sum of what is stored, in ledger sign."""
        return sum(change.amount_ore for change in self.changes)

    @property
    def is_refused(self) -> bool:
        """Whether an error stopped it."""
        return has_errors(self.findings)


def import_budget(*, actor: Actor, content: bytes, name: str, as_of: date, dry_run: bool = False) -> PlanImport:
    """Take in a budget file (CSV or XLSX). Entries held already with the same amounts are left out."""
    rows, findings = read_budget(content, name)
    if has_errors(findings):
        return PlanImport(tuple(findings), dry_run=dry_run)
    origin = f"{name} {hash_bytes(content)}"
    result = decide_budget(actor=actor, rows=rows, as_of=as_of, origin=origin, dry_run=dry_run)
    return PlanImport((*findings, *result.findings), result.changes, result.unchanged, dry_run)


@transaction.atomic
def decide_budget(
    *, actor: Actor, rows: Sequence[BudgetRow], as_of: date, origin: str = "", dry_run: bool = False
) -> PlanImport:
    """Enter decisions in the budget journal. Rows with the same decision, kind, text and year are one entry."""
    plan = code_plan()
    _require(actor, Verb.EDIT_BUDGET, [row.codes.unit for row in rows], plan, as_of)
    if not rows:
        return PlanImport((found(NO_ROWS),), dry_run=dry_run)
    decisions, findings = decisions_of(rows, plan)
    hold_plan(BUDGET_PLAN)
    new, held_findings = _not_held(decisions)
    findings += held_findings
    if has_errors(findings):
        return PlanImport(tuple(findings), dry_run=dry_run)
    if new and not dry_run:
        _store_decisions(actor, new, origin)
    changes = tuple(PlanChange(entry.label, entry.amount_ore, len(entry.lines)) for entry in new)
    return PlanImport(tuple(findings), changes, len(decisions) - len(new), dry_run)


def _require(actor: Actor, verb: Verb, units: Iterable[str], plan: CodePlan, as_of: date) -> None:
    # unknown units are asked for too, as units outside the tree: only those who may all may name them
    for unit in dict.fromkeys(units):
        require(actor, verb, plan.path("unit", unit, as_of) if unit else (), as_of)


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
        insert_rows(BudgetLine, ("entry", *_LINE_FIELDS), rows)
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
    """Take in a forecast file (CSV or XLSX) for an open round."""
    rows, findings = read_forecast(content, name)
    if has_errors(findings):
        return PlanImport(tuple(findings), dry_run=dry_run)
    result = submit_forecast(
        actor=actor,
        round_key=round_key,
        rows=rows,
        submitted_on=submitted_on,
        actuals=actuals,
        origin=f"{name} {hash_bytes(content)}",
        dry_run=dry_run,
    )
    return PlanImport((*findings, *result.findings), result.changes, result.unchanged, dry_run)


@transaction.atomic
def submit_forecast(
    *,
    actor: Actor,
    round_key: str,
    rows: Sequence[ForecastRow],
    submitted_on: date,
    actuals: ActualsReader,
    origin: str = "",
    dry_run: bool = False,
) -> PlanImport:
    """Hand in forecasts. One that stands already for the same unit and account is replaced, and kept."""
    plan = code_plan()
    _require(actor, Verb.SUBMIT_FORECAST, [row.codes.unit for row in rows], plan, submitted_on)
    hold_plan(FORECAST_PLAN)
    round_now = round_row(round_key)
    faults = list(_refusals(round_now, round_key, rows))
    if faults or round_now is None:
        return PlanImport(tuple(faults), dry_run=dry_run)
    submissions, findings = submissions_of(rows, round_now, actuals(round_now), plan)
    standing = _standing(round_now)
    together = set(standing) | {(submission.unit, submission.account) for submission in submissions}
    findings += counted_twice(submissions, together, plan, round_now.cut_off)
    if has_errors(findings):
        return PlanImport(tuple(findings), dry_run=dry_run)
    new = [own for own in submissions if _differs(own, standing.get((own.unit, own.account)))]
    if new and not dry_run:
        _store_submissions(actor, round_now, new, standing, submitted_on, origin)
    changes = tuple(_change(own, standing.get((own.unit, own.account))) for own in new)
    return PlanImport(tuple(findings), changes, len(submissions) - len(new), dry_run)


def _refusals(round_now: RoundRow | None, round_key: str, rows: Sequence[ForecastRow]) -> Iterator[Finding]:
    if round_now is None:
        yield found(ROUND_UNKNOWN, round=round_key)
    elif round_now.state is not State.OPEN:
        yield found(ROUND_NOT_OPEN, round=round_key, state=str(round_now.state.label))
    if not rows:
        yield found(NO_ROWS)


def _standing(round_now: RoundRow) -> dict[tuple[str, str], Forecast]:
    current = Forecast.objects.filter(round__key=round_now.key, is_current=True)
    return {(forecast.unit, forecast.account): forecast for forecast in current}


def _differs(submission: Submission, standing: Forecast | None) -> bool:
    return standing is None or standing.content_hash != submission.content_hash


def _change(submission: Submission, standing: Forecast | None) -> PlanChange:
    before = standing.actual_ore + standing.rest_ore if standing else None
    line_count = len(submission.actual) + len(submission.rest)
    return PlanChange(f"{submission.unit} {submission.account}", submission.full_year_ore, line_count, before)


def _store_submissions(
    actor: Actor,
    round_now: RoundRow,
    submissions: Sequence[Submission],
    standing: dict[tuple[str, str], Forecast],
    submitted_on: date,
    origin: str,
) -> None:
    round_id = Round.objects.values_list("pk", flat=True).get(key=round_now.key)
    replaced = [old.pk for own in submissions if (old := standing.get((own.unit, own.account)))]
    for chunk in in_chunks(replaced):
        Forecast.objects.filter(pk__in=chunk).update(is_current=False)
    stored = Forecast.objects.bulk_create(
        (
            Forecast(
                round_id=round_id,
                unit=own.unit,
                account=own.account,
                submitted_on=submitted_on,
                submitted_at=datetime.now(UTC),
                actor=actor.name,
                basis=own.basis,
                content_hash=own.content_hash,
                actual_ore=own.actual_ore,
                rest_ore=own.rest_ore,
                replaces=standing.get((own.unit, own.account)),
            )
            for own in submissions
        ),
        batch_size=500,
    )
    rows = (row for new, own in zip(stored, submissions, strict=True) for row in _forecast_lines(new.pk, own))
    insert_rows(ForecastLine, ("forecast", "part", *_LINE_FIELDS), rows)
    logged = [[new.pk, new.unit, new.account, new.actual_ore, new.rest_ore, new.replaces_id] for new in stored]
    payload = {"submitted_on": submitted_on, "origin": origin, "forecasts": logged}
    record(actor=actor, verb="submit-forecast", target=f"round:{round_now.key}", payload=payload)
    renew_plan(FORECAST_PLAN)


def _forecast_lines(forecast_id: int, submission: Submission) -> Iterator[tuple[str | int, ...]]:
    for part, line in submission.parts():
        yield forecast_id, part.value, line.line, line.period, line.amount_ore, *line.codes
