"""`savings`: savings assignments, by command."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from uppsikt.cli.output import Exit, local_actor, outcome, show_findings, show_json, show_table
from uppsikt.cli.parameters import DAY, DRY_RUN, EXISTING_FILE, JSON, KRONOR, YearPart
from uppsikt.core.findings import has_errors
from uppsikt.core.formats import Unit, amount
from uppsikt.core.language import say
from uppsikt.planning.kinds import BudgetKind
from uppsikt.savings import services
from uppsikt.savings.files import read_plan
from uppsikt.savings.keys import AllocationKey, KeyKind
from uppsikt.savings.selectors import assignment, assignments
from uppsikt.savings.values import AssignmentFacts, AssignmentRow, SavingsChange, YearSums

_KEY = click.argument("key", metavar=say("NYCKEL", "KEY"))
_DECISION = click.option("--decision", required=True, help=say("Beslutets beteckning.", "The decision's reference."))
_DECIDED_ON = click.option("--decided-on", type=DAY, required=True, help=say("Beslutsdag.", "Day of decision."))
_TEXT = click.option("--text", required=True, help=say("Vad posten gäller.", "What the entry is about."))


@click.group("savings", help=say("Effektiviseringsuppdrag.", "Savings assignments."))
def savings() -> None:
    """Savings assignments."""


@savings.command("list", help=say("Lista uppdragen.", "List the assignments."))
@JSON
def savings_list(as_json: bool) -> int:
    """List all assignments with what is settled and what remains."""
    rows = assignments()
    if as_json:
        show_json([_told(row) for row in rows])
        return Exit.OK
    headings = [say("Nyckel", "Key"), say("Enhet", "Unit"), say("År", "Year"), *_money_headings()]
    show_table(headings, [[row.key, row.unit, str(row.year), *_money(row)] for row in rows], numeric_from=2)
    return Exit.OK


@savings.command("show", help=say("Visa ett uppdrag enhet för enhet.", "Show an assignment unit by unit."))
@_KEY
@JSON
def savings_show(key: str, as_json: bool) -> int:
    """Show one assignment: its units and its journal entries."""
    row = assignment(key)
    if as_json:
        show_json(_told(row))
        return Exit.OK
    for heading, text in zip(_money_headings(), _money(row), strict=True):
        click.echo(f"{heading}: {text}")
    _show_years(row)
    headings = [say("Enhet", "Unit"), say("Utfördelat", "Distributed"), say("Plan", "Plan")]
    units = [
        [unit, _kr(row.settled_by_unit.get(unit, 0)), _kr(row.planned_by_unit.get(unit, 0))] for unit in row.involved
    ]
    show_table(headings, units)
    for entry in row.entries:
        click.echo(f"{entry.decision} {entry.decided_on} {entry.link.label}: {entry.text} {_kr(entry.held_ore)} kr")
    return Exit.OK


@savings.command("adopt", help=say("Besluta ett uppdrag: budgeten sänks.", "Decide an assignment: the budget falls."))
@_KEY
@click.option("--title", required=True, help=say("Vad det kallas.", "What it is called."))
@click.option("--total", "total_ore", type=KRONOR, required=True, help=say("Kronor.", "Kronor."))
@click.option("--year", type=int, required=True, help=say("Budgetår, det första.", "Budget year, the first."))
@click.option(
    "--later",
    multiple=True,
    type=YearPart(),
    help=say("ÅR=KRONOR: den del av summan som ligger på ett senare år.", "YEAR=KRONOR: the part of a later year."),
)
@click.option("--unit", required=True, help=say("Enhet där det ligger.", "Unit on which it stands."))
@click.option("--account", required=True)
@click.option(
    "--by", type=click.Choice([kind.value for kind in KeyKind]), default=KeyKind.BUDGET.value, show_default=True
)
@click.option("--key-account", default="", help=say("Kontogrupp för underlaget.", "Account group of the base."))
@click.option(
    "--units", required=True, help=say("Koder: 4110,4120 eller 4110=3,4120=2.", "Codes: 4110,4120 or 4110=3,4120=2.")
)
@_DECISION
@_DECIDED_ON
@DRY_RUN
def savings_adopt(
    key: str, title: str, total_ore: int, year: int, later: tuple[tuple[int, int], ...], unit: str, account: str,
    by: str, key_account: str, units: str, decision: str, decided_on: date, dry_run: bool,
) -> int:  # fmt: skip
    """Decide an assignment; an entry that the journal holds already is taken for its own."""
    told = [word.partition("=") for word in units.split(",")]
    weights = tuple(int(share) if share.isascii() and share.isdigit() else 0 for _, _, share in told)
    kind = KeyKind(by)
    allocation = AllocationKey(
        kind, tuple(code.strip() for code, _, _ in told), key_account, weights if kind is KeyKind.BY_HAND else ()
    )
    parts_ore = {year: total_ore - sum(part_ore for _, part_ore in later)} | dict(later)
    facts = AssignmentFacts(key, title, parts_ore, unit, account, decision, decided_on, allocation)
    return _show(services.adopt_assignment(actor=local_actor(), facts=facts, as_of=_today(), dry_run=dry_run))


@savings.command("settle", help=say("Fördela en del av det som återstår.", "Distribute a part of what remains."))
@_KEY
@click.argument("amount_ore", metavar=say("KRONOR", "KRONOR"), type=KRONOR)
@_DECISION
@_DECIDED_ON
@_TEXT
@click.option("--year", type=int, help=say("Budgetår (annars det första med något kvar).", "Budget year."))
@DRY_RUN
def savings_settle(
    key: str, amount_ore: int, decision: str, decided_on: date, text: str, year: int | None, dry_run: bool
) -> int:
    """Distribute a part by the assignment's key."""
    return _show(
        services.settle_part(
            actor=local_actor(),
            key=key,
            amount_ore=amount_ore,
            decision=decision,
            decided_on=decided_on,
            text=text,
            as_of=_today(),
            year=year,
            dry_run=dry_run,
        )
    )


@savings.command(
    "bring",
    help=say("För det som återstår av ett år till nästa års budget.", "Bring what remains of a year to the next."),
)
@_KEY
@click.argument("year", metavar=say("ÅR", "YEAR"), type=int)
@_DECISION
@_DECIDED_ON
@_TEXT
def savings_bring(key: str, year: int, decision: str, decided_on: date, text: str) -> int:
    """Put what remains in the next year's budget."""
    return _show(
        services.bring_along(
            actor=local_actor(),
            key=key,
            year=year,
            decision=decision,
            decided_on=decided_on,
            text=text,
            as_of=_today(),
        )
    )


@savings.command(
    "link",
    help=say("Låt en post i budgetjournalen höra till uppdraget.", "Let a journal entry belong to the assignment."),
)
@_KEY
@_DECISION
@_TEXT
@click.option(
    "--kind",
    type=click.Choice([BudgetKind.TRANSFER.value, BudgetKind.SAVINGS.value]),
    default=BudgetKind.TRANSFER.value,
    show_default=True,
)
@click.option("--year", type=int, help=say("Budgetår (annars uppdragets första).", "Budget year (else the first)."))
def savings_link(key: str, decision: str, text: str, kind: str, year: int | None) -> int:
    """Take an entry the journal holds for the assignment's; no money moves."""
    entry = (decision, kind, text, year or assignment(key).year)
    return _show(services.link_entry(actor=local_actor(), key=key, entry=entry, as_of=_today()))


@savings.command("plan", help=say("Skriv planen från CSV eller XLSX.", "Write the plan from CSV or XLSX."))
@_KEY
@click.argument("file", type=EXISTING_FILE)
def savings_plan(key: str, file: Path) -> int:
    """Write the plan anew from a file with unit, amount, due_on and how."""
    rows, findings = read_plan(file.read_bytes(), file.name)
    if has_errors(findings):
        return _show(SavingsChange(tuple(findings), key))
    return _show(services.save_plan(actor=local_actor(), key=key, rows=rows, as_of=_today()))


def _show(change: SavingsChange) -> int:
    show_findings(change.findings)
    if change.parts and not change.is_refused:
        show_table(
            [say("Enhet", "Unit"), say("Kronor", "Kronor")],
            [[part.unit, _kr(part.amount_ore)] for part in change.parts],
        )
    return outcome(change.findings)


def _told(row: AssignmentRow) -> dict[str, object]:
    return {
        "key": row.key,
        "title": row.title,
        "year": row.year,
        "unit": row.unit,
        "years": [_year(own) for own in row.years],
        "total_ore": row.total_ore,
        "settled_ore": row.settled_ore,
        "remaining_ore": row.remaining_ore,
        "settled_by_unit": row.settled_by_unit,
        "planned_by_unit": row.planned_by_unit,
    }


def _year(own: YearSums) -> dict[str, int]:
    return {
        "year": own.year,
        "part_ore": own.part_ore,
        "brought_ore": own.brought_ore,
        "planned_ore": own.planned_ore,
        "settled_ore": own.settled_ore,
        "passed_on_ore": own.passed_on_ore,
        "remaining_ore": own.remaining_ore,
    }


def _show_years(row: AssignmentRow) -> None:
    headings = [say("År", "Year"), say("Årets del", "Part"), say("Från året före", "Brought"), say("Plan", "Plan")]
    headings += [say("Utfördelat", "Distributed"), say("Till nästa år", "Passed on"), say("Återstår", "Remaining")]
    show_table(
        headings,
        [[str(amount) if key == "year" else _kr(amount) for key, amount in _year(own).items()] for own in row.years],
    )


def _money_headings() -> list[str]:
    return [say("Totalt", "Total"), say("Utfördelat", "Distributed"), say("Återstår", "Remaining")]


def _money(row: AssignmentRow) -> list[str]:
    return [_kr(row.total_ore), _kr(row.settled_ore), _kr(row.remaining_ore)]


def _kr(amount_ore: int) -> str:
    return amount(amount_ore, Unit.KR)


def _today() -> date:
    return date.today()  # noqa: DTZ011 - a door may ask for today


COMMANDS = (savings,)
