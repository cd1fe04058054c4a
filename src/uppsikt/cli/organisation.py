"""`organisation`: the tree of codes at a day, what was decided, and what differs between two days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

import click

from uppsikt.cli import flows
from uppsikt.cli import reorganisations as deciding
from uppsikt.cli.output import Exit, local_actor, outcome, show_findings, show_json, show_table
from uppsikt.cli.parameters import DAY, DIMENSION, DRAFT, DRY_RUN, EXISTING_FILE, JSON, NEW_FILE
from uppsikt.coding.differences import Difference, Standing, Structure, differences
from uppsikt.coding.differing import destinations_text
from uppsikt.coding.events import Reorganisation, ReorganisationFacts
from uppsikt.coding.reorganisation_services import import_events
from uppsikt.coding.selectors import code_plan, export_events, reorganisation, reorganisations, story_of
from uppsikt.core.codeplan import STANDARD
from uppsikt.core.formats import ABSENT
from uppsikt.core.language import say
from uppsikt.core.treediff import Destination, changes_between, destinations

_DIMENSION = click.option("--dimension", type=DIMENSION, default="unit", show_default=True)
_HIERARCHY = click.option(
    "--hierarchy",
    default=STANDARD,
    show_default=True,
    help=say("Trädets namn, t.ex. reporting.", "The tree's name, e.g. reporting."),
)


@click.group("organisation", help=say("Organisation och koder över tid.", "Organisation and codes over time."))
def organisation() -> None:
    """Organisation and codes over time."""


@organisation.command("tree", help=say("Visa trädet en dag (annars i dag).", "Show the tree on a day (else today)."))
@click.option("--on", "day", type=DAY, help=say("Dag.", "Day."))
@_DIMENSION
@_HIERARCHY
@DRAFT
@JSON
def tree(day: date | None, dimension: str, hierarchy: str, draft: str | None, as_json: bool) -> int:
    """Show one dimension's tree, parents before children."""
    on = day or date.today()  # noqa: DTZ011 - a door may ask for today
    structure = Structure(code_plan(draft), on, dimension, hierarchy)
    lines = list(_walk(structure, None, 0, frozenset()))
    if as_json:
        show_json([{"code": code, **_place(structure.standing(code)), "level": level} for code, level in lines])
        return Exit.OK
    for code, level in lines:
        click.echo("  " * level + structure.name(code))
    return Exit.OK


def _walk(structure: Structure, parent: str | None, level: int, seen: frozenset[str]) -> Iterator[tuple[str, int]]:
    for code in structure.plan.children(structure.dimension, parent, structure.day, structure.hierarchy):
        if code not in seen:  # a circle in the registers is told as a finding elsewhere
            yield code, level
            yield from _walk(structure, code, level + 1, seen | {code})


def _place(standing: Standing | None) -> dict[str, str | None]:
    return {"name": standing.name if standing else "", "parent": standing.parent if standing else None}


@organisation.command(
    "log", help=say("Visa beslutade omorganisationer och utkast.", "Show decided reorganisations and drafts.")
)
@click.argument("key", required=False)
@JSON
def log(key: str | None, as_json: bool) -> int:
    """List all reorganisations; with KEY tell one of them."""
    shown = [reorganisation(key)] if key else reorganisations()
    if as_json:
        show_json([_told(own) for own in shown])
    elif key:
        _tell(shown[0])
    else:
        headings = [
            say("Nyckel", "Key"),
            say("Namn", "Name"),
            say("Beslut", "Decision"),
            say("Från", "From"),
            say("Läge", "State"),
            say("Händelser", "Events"),
        ]
        show_table(headings, [_listed(own) for own in shown], numeric_from=5)
    return Exit.OK


def _listed(own: Reorganisation) -> list[str]:
    first = own.days[0].isoformat() if own.days else ABSENT
    return [own.key, own.name, own.decision or ABSENT, first, own.state.label, str(len(own.events))]


def _tell(own: Reorganisation) -> None:
    click.secho(f"{own.name} ({own.state.label})", bold=True)
    decided = own.decided_on.isoformat() if own.decided_on else ABSENT
    click.echo(say("Beslut: {decision} {day}", "Decision: {decision} {day}", decision=own.decision, day=decided))
    if own.annulment:
        sv, en = "Upphävd: {decision} {day}", "Annulled: {decision} {day}"
        click.echo(say(sv, en, decision=own.annulment.decision, day=own.annulment.decided_on))
    for text in filter(None, [own.text, own.annulment.text if own.annulment else ""]):
        click.echo(text)
    for chapter in story_of(own, code_plan()):
        click.echo(f"\n{chapter.day.isoformat()}")
        for sentence in chapter.sentences:
            click.echo(f"  {sentence.says}" + (f" {sentence.text}" if sentence.text else ""))


def _told(own: Reorganisation) -> dict[str, object]:
    return {
        "key": own.key,
        "name": own.name,
        "state": own.state.value,
        "decision": own.decision,
        "decided_on": own.decided_on,
        "text": own.text,
        "adopted_on": own.adopted_on,
        "annulled_by_decision": own.annulment.decision if own.annulment else None,
        "events": [
            {"number": event.number, "kind": event.kind.value, "dimension": event.dimension, "on": event.on}
            | {"code": event.code, "name": event.name, "parent": event.parent, "targets": list(event.targets)}
            for event in own.events
        ],
        "story": [sentence.says for chapter in story_of(own, code_plan()) for sentence in chapter.sentences],
    }


@organisation.command(
    "compare",
    help=say(
        "Jämför organisationen mellan två dagar, var och en som beslutat eller med ett utkast.",
        "Compare the organisation between two days, each as decided or with a draft.",
    ),
)
@click.argument("before", type=DAY)
@click.argument("after", type=DAY)
@_DIMENSION
@_HIERARCHY
@click.option(
    "--draft-from",
    help=say("Den första dagen med detta utkast (dess nyckel).", "The former day with this draft (its key)."),
)
@click.option(
    "--draft",
    help=say("Den andra dagen med detta utkast (dess nyckel).", "The latter day with this draft (its key)."),
)
@JSON
def compare(
    before: date,
    after: date,
    dimension: str,
    hierarchy: str,
    draft_from: str | None,
    draft: str | None,
    as_json: bool,
) -> int:
    """Show which codes opened, closed, changed names or places between two structures."""
    was = Structure(code_plan(draft_from), before, dimension, hierarchy)
    now = Structure(code_plan(draft), after, dimension, hierarchy)
    heirs = destinations(changes_between(was.plan, before, now.plan, after), dimension)
    differing = {one.code: one for one in differences(was, now)}
    there = [code for code in heirs if was.standing(code)]  # some hand money over and differ in no way
    giving = {code: Difference(code, was.standing(code), now.standing(code)) for code in there}
    own = [one for _, one in sorted({**giving, **differing}.items())]
    if as_json:
        show_json([_compared(one, heirs.get(one.code, ())) for one in own])
        return Exit.OK
    headings = [
        say("Kod", "Code"),
        say("Vad", "What"),
        before.isoformat(),
        say("Under", "Under"),
        after.isoformat(),
        say("Under", "Under"),
        say("Pengarna", "The money"),
    ]
    rows = [
        [one.code, ", ".join(_words(one)) or ABSENT, *_cells(one.before), *_cells(one.after), _went(one.code, heirs)]
        for one in own
    ]
    show_table(headings, rows, numeric_from=7)
    return Exit.OK


def _compared(own: Difference, heirs: Sequence[Destination]) -> dict[str, object]:
    """The difference; `money_to` says where earlier money stands, a share None where postings' other codes decide."""
    flags = {"opened": own.is_new, "closed": own.is_gone, "renamed": own.is_renamed, "moved": own.is_moved}
    sides = {
        side: _place(standing) if standing else None
        for side, standing in (("before", own.before), ("after", own.after))
    }
    to = [{"code": one.code, "share": None if one.share is None else str(one.share)} for one in heirs]
    return {"code": own.code, "what": [name for name, holds in flags.items() if holds], **sides, "money_to": to}


def _words(own: Difference) -> list[str]:
    words = [
        (own.is_new, say("öppnad", "opened")),
        (own.is_gone, say("stängd", "closed")),
        (own.is_renamed, say("nytt namn", "renamed")),
        (own.is_moved, say("flyttad", "moved")),
    ]
    return [word for holds, word in words if holds]


def _went(code: str, heirs: Mapping[str, Sequence[Destination]]) -> str:
    return destinations_text(code, heirs.get(code, ()))


def _cells(standing: Standing | None) -> list[str]:
    return [standing.name, standing.parent or ABSENT] if standing else [ABSENT, ABSENT]


@organisation.command(
    "import",
    help=say("Läs in händelser från CSV eller XLSX som utkast.", "Take in events from CSV or XLSX as drafts."),
)
@click.argument("file", type=EXISTING_FILE)
@click.option("--key", default="", help=say("Nyckel för rader utan.", "Key for rows that have none."))
@click.option("--name", default="", help=say("Namn för rader utan nyckel.", "Name for rows without a key."))
@click.option("--decision", default="", help=say("Beslutets beteckning.", "The decision's reference."))
@click.option("--decided-on", type=DAY, help=say("Beslutsdag.", "Day of the decision."))
@click.option("--text", default="", help=say("Vad omorganisationen går ut på.", "What the reorganisation is about."))
@DRY_RUN
@JSON
def import_command(
    file: Path,
    key: str,
    name: str,
    decision: str,
    decided_on: date | None,
    text: str,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Take in a file of events; all its drafts or none."""
    given = ReorganisationFacts(key, name or key, decision, decided_on, text) if key or name else None
    result = import_events(
        actor=local_actor(),
        content=file.read_bytes(),
        name=file.name,
        as_of=date.today(),  # noqa: DTZ011 - a door may ask for today
        facts=given,
        dry_run=dry_run,
    )
    if as_json:
        facts = {"saved": list(result.saved), "unchanged": list(result.unchanged), "dry_run": dry_run}
        show_json(facts | {"findings": [finding.as_json() for finding in result.findings]})
        return outcome(result.findings)
    show_findings(result.findings)
    if not result.is_refused:
        sv, en = "{dry}{saved} utkast sparade, {same} oförändrade.", "{dry}{saved} drafts saved, {same} unchanged."
        dry = say("Skulle ge: ", "Would give: ") if dry_run else ""
        click.echo(say(sv, en, dry=dry, saved=len(result.saved), same=len(result.unchanged)))
        for own in result.saved:
            click.echo(f"  {own}")
    return outcome(result.findings)


@organisation.command(
    "export",
    help=say("Skriv händelser till fil (.csv eller .xlsx).", "Write events to a file (.csv or .xlsx)."),
)
@click.argument("file", type=NEW_FILE)
@click.option("--key", help=say("Bara denna omorganisation.", "This reorganisation alone."))
def export_command(file: Path, key: str | None) -> int:
    """Write events; the file's ending chooses the format, and the import takes it back without a change."""
    format: Literal["csv", "xlsx"] = "xlsx" if file.suffix.lower() == ".xlsx" else "csv"
    file.write_bytes(export_events(key, format))
    click.echo(say("Skrev {file}.", "Wrote {file}.", file=file))
    return Exit.OK


for command in (*flows.COMMANDS, *deciding.COMMANDS):
    organisation.add_command(command)
COMMANDS = (organisation,)
