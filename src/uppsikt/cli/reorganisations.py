"""`organisation check`, `adopt`, `annul`, `discard`, `transfer`: what a reorganisation brings, and deciding it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from uppsikt.cli.output import Exit, local_actor, outcome, show_findings, show_json, show_table
from uppsikt.cli.parameters import DAY, DRY_RUN, JSON, NEW_FILE
from uppsikt.coding.events import State
from uppsikt.coding.reorganisation_services import ReorganisationResult, discard_draft
from uppsikt.coding.selectors import folded, reorganisation, reorganisations
from uppsikt.coding.stories import at_events
from uppsikt.consequences import (
    Adoption,
    Consequences,
    ProposedRole,
    adopt,
    annul,
    consequences,
    proposed_transfer,
    transfer_file,
)
from uppsikt.core.findings import Finding
from uppsikt.core.formats import Unit, amount
from uppsikt.core.language import say
from uppsikt.planning.files import BudgetRow


@click.command(
    "check",
    help=say(
        "Visa vad en omorganisation för med sig: pengar, budget, prognoser, roller, uppställningar.",
        "Show what a reorganisation brings with it: money, budget, forecasts, roles, statements.",
    ),
)
@click.argument("key", required=False)
@JSON
def check(key: str | None, as_json: bool) -> int:
    """Show faults and consequences of one reorganisation; without KEY of every draft and decided one."""
    own = [reorganisation(key)] if key else [held for held in reorganisations() if held.state is not State.ANNULLED]
    brought = [consequences(held.key) for held in own]
    findings = [own for one in brought for own in (*_faults(one), *_at_events(one.findings, one.reorganisation.key))]
    if as_json:
        show_json({"checked": [_brought(one) for one in brought], "findings": [f.as_json() for f in findings]})
        return outcome(findings)
    for one in brought:
        _say(one)
    show_findings(findings)
    return outcome(findings)


def _faults(own: Consequences) -> list[Finding]:
    held = own.reorganisation
    if held.state is State.ANNULLED:
        return []
    return _at_events([own for own in folded(held.key).findings if own.at.source == held.key], held.key)


def _at_events(findings: Sequence[Finding], key: str) -> list[Finding]:
    """Findings that say which event of which reorganisation they stand at."""
    return [
        replace(told, at=replace(told.at, source=f"{key}, {told.at.source}")) if told.at != own.at else own
        for told, own in zip(at_events(findings, key), findings, strict=True)
    ]


def _say(own: Consequences) -> None:
    held = own.reorganisation
    click.secho(f"{held.name} ({held.key}, {held.state.label})", bold=True)
    for ending in own.endings:
        sv, en = "  {code} upphör {day} → {heirs}", "  {code} ends {day} → {heirs}"
        click.echo(say(sv, en, code=ending.label, day=ending.on, heirs=ending.heir_labels))
    if own.transfer:
        sv = "  Föreslagen budgetflytt: {rows} {rows:rad|rader}, {sum} kr byter kod."
        en = "  Proposed budget transfer: {rows} {rows:row|rows}, {sum} kr change codes."
        click.echo(say(sv, en, rows=len(own.transfer), sum=amount(_moved_ore(own.transfer), Unit.KR, 2)))
    for role in own.roles:
        click.echo("  " + _role(role))


def _role(own: ProposedRole) -> str:
    sv = "{person} föreslås bli {role} på {heir} från {day}."
    en = "{person} is proposed as {role} on {heir} from {day}."
    return say(sv, en, person=own.person, role=own.role.label, heir=own.heir, day=own.valid_from)


def _moved_ore(rows: Iterable[BudgetRow]) -> int:
    """Half of all changes: what leaves one code comes to another."""
    return sum(abs(row.amount_ore) for row in rows) // 2


def _brought(own: Consequences) -> dict[str, object]:
    return {
        "key": own.reorganisation.key,
        "state": own.reorganisation.state.value,
        "endings": [
            {"dimension": one.dimension, "code": one.code, "on": one.on, "successors": list(one.heirs)}
            for one in own.endings
        ],
        "transfer": {"rows": len(own.transfer), "moved_ore": _moved_ore(own.transfer)},
        "roles": [_role_json(one) for one in own.roles],
    }


def _role_json(own: ProposedRole) -> dict[str, object]:
    facts = {"person": own.person, "role": own.role.value, "from_unit": own.unit, "to_unit": own.heir}
    return facts | {"from": own.valid_from, "to": own.valid_to}


@click.command("adopt", help=say("Besluta ett utkast.", "Adopt a draft."))
@click.argument("key")
@click.option(
    "--with-budget",
    is_flag=True,
    help=say("Gör också den föreslagna budgetflytten.", "Make the budget transfer too."),
)
@click.option(
    "--with-roles",
    is_flag=True,
    help=say("Ge också samma roll på den enda efterträdaren.", "Give the same role on the one successor too."),
)
@DRY_RUN
@JSON
def adopt_command(key: str, with_budget: bool, with_roles: bool, dry_run: bool, as_json: bool) -> int:
    """Put a draft in effect, with budget and roles where asked for; all or nothing."""
    adoption = adopt(
        actor=local_actor(),
        key=key,
        as_of=date.today(),  # noqa: DTZ011 - a door may ask for today
        with_budget=with_budget,
        with_roles=with_roles,
        dry_run=dry_run,
    )
    if as_json:
        show_json(_adopted(key, adoption))
        return outcome(adoption.findings)
    show_findings(adoption.findings)
    if not adoption.is_refused:
        dry = say("Skulle ge: ", "Would give: ") if dry_run else ""
        click.echo(dry + say("{key} är beslutad.", "{key} is adopted.", key=key))
        if adoption.budget:
            sv, en = (
                "  {entries} {entries:budgetpost|budgetposter}, {lines} {lines:rad|rader}.",
                "  {entries} budget {entries:entry|entries}, {lines} {lines:line|lines}.",
            )
            click.echo(say(sv, en, entries=adoption.budget.added, lines=adoption.budget.line_count))
        for role in adoption.roles:
            click.echo("  " + _role(role))
    return outcome(adoption.findings)


def _adopted(key: str, own: Adoption) -> dict[str, object]:
    return {
        "key": key,
        "adopted": not own.is_refused and not own.dry_run,
        "dry_run": own.dry_run,
        "budget_entries": own.budget.added if own.budget else 0,
        "budget_lines": own.budget.line_count if own.budget else 0,
        "roles": [_role_json(role) for role in own.roles],
        "findings": [finding.as_json() for finding in own.findings],
    }


@click.command(
    "annul", help=say("Upphäv en beslutad omorganisation genom ett nytt beslut.", "Annul by a new decision.")
)
@click.argument("key")
@click.option("--decision", required=True, help=say("Beslutets beteckning.", "The decision's reference."))
@click.option("--decided-on", type=DAY, required=True, help=say("Beslutsdag.", "Day of the decision."))
@click.option("--text", default="", help=say("Varför.", "Why."))
@click.option(
    "--with-budget/--without-budget",
    default=True,
    show_default=True,
    help=say(
        "Flytta också tillbaka den budget som omorganisationen flyttade.",
        "Move back the budget that the reorganisation moved too.",
    ),
)
@DRY_RUN
@JSON
def annul_command(
    key: str, decision: str, decided_on: date, text: str, with_budget: bool, dry_run: bool, as_json: bool
) -> int:
    """Take an adopted reorganisation out of the structure; nothing is overwritten."""
    own = annul(
        actor=local_actor(),
        key=key,
        decision=decision,
        decided_on=decided_on,
        text=text,
        as_of=date.today(),  # noqa: DTZ011 - a door may ask for today
        with_budget=with_budget,
        dry_run=dry_run,
    )
    result = ReorganisationResult(own.findings, None if own.is_refused else key)
    done = say("{key} är upphävd.", "{key} is annulled.", key=key)
    if own.budget:
        sv = " Budgeten flyttas tillbaka: {entries} {entries:budgetpost|budgetposter}, {lines} {lines:rad|rader}."
        en = " The budget is moved back: {entries} budget {entries:entry|entries}, {lines} {lines:line|lines}."
        done += say(sv, en, entries=own.budget.added, lines=own.budget.line_count)
    more = {"budget_entries": own.budget.added if own.budget else 0}
    return _show(result, done, dry_run, as_json, more)


@click.command("discard", help=say("Ta bort ett utkast.", "Discard a draft."))
@click.argument("key")
@JSON
def discard(key: str, as_json: bool) -> int:
    """Delete a draft; the log keeps what it said."""
    today = date.today()  # noqa: DTZ011 - a door may ask for today
    result = discard_draft(actor=local_actor(), key=key, as_of=today)
    return _show(
        result, say("Utkastet {key} är borttaget.", "The draft {key} is discarded.", key=key), False, as_json
    )


def _show(
    result: ReorganisationResult, done: str, dry_run: bool, as_json: bool, more: Mapping[str, object] | None = None
) -> int:
    if as_json:
        facts = {"key": result.key, "dry_run": dry_run, **(more or {})}
        show_json(facts | {"findings": [finding.as_json() for finding in result.findings]})
        return outcome(result.findings)
    show_findings(result.findings)
    if not result.is_refused:
        click.echo((say("Skulle ge: ", "Would give: ") if dry_run else "") + done)
    return outcome(result.findings)


@click.command(
    "transfer",
    help=say(
        "Visa den föreslagna budgetflytten, eller skriv den till en fil (.csv eller .xlsx) för budget import.",
        "Show the proposed budget transfer, or write it to a file (.csv or .xlsx) for budget import.",
    ),
)
@click.argument("key")
@click.argument("file", type=NEW_FILE, required=False)
@JSON
def transfer(key: str, file: Path | None, as_json: bool) -> int:
    """Show or write what the budget must change by when a reorganisation takes effect."""
    rows = proposed_transfer(key)
    if file:
        file.write_bytes(transfer_file(rows, file.suffix.lower().removeprefix(".")))
    if as_json:
        show_json([_row_json(row) for row in rows])
        return Exit.OK
    if file:
        click.echo(
            say(
                "Skrev {rows} {rows:rad|rader} till {file}.",
                "Wrote {rows} {rows:row|rows} to {file}.",
                rows=len(rows),
                file=file,
            )
        )
        return Exit.OK
    headings = [say("Månad", "Month"), say("Koder", "Codes"), say("kr", "kr")]
    show_table(
        headings, [[str(r.period), str(r.codes), amount(r.amount_ore, Unit.KR, 2)] for r in rows], numeric_from=2
    )
    return Exit.OK


def _row_json(row: BudgetRow) -> dict[str, object]:
    facts = {"decision": row.decision, "decided_on": row.decided_on, "kind": row.kind.value, "text": row.text}
    return facts | {"period": row.period, **row.codes._asdict(), "amount_ore": row.amount_ore}


COMMANDS = (check, adopt_command, annul_command, discard, transfer)
