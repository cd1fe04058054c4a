"""`round`: follow-up rounds set up, seen and run; each unit's work returned, approved or excused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime

import click
from django.conf import settings

from uppsikt.adoption import Adopted, adopt, adopted
from uppsikt.cli.output import Exit, local_actor, outcome, show_findings, show_json, show_table
from uppsikt.cli.parameters import DAY, JSON
from uppsikt.cli.versions import version_lines
from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, NotFound, found, has_errors
from uppsikt.core.formats import ABSENT
from uppsikt.core.language import say
from uppsikt.forecasting.services import change_state
from uppsikt.planning.findings import ROUND_UNKNOWN
from uppsikt.planning.kinds import RoundKind
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import round_row, rounds
from uppsikt.planning.services import RoundChange, correct_round, create_round
from uppsikt.planning.states import State
from uppsikt.relations import actuals_of_round, budget_of_round
from uppsikt.rounds import services
from uppsikt.rounds.calendars import calendar
from uppsikt.rounds.selectors import held_setup, propose_setup, round_work
from uppsikt.rounds.values import ParticipantRow, RoundWork, SetupDraft, UnitChange

_GAPS_REASON = click.option(
    "--reason",
    default="",
    help=say(
        "Varför omgången konsolideras fast enheter saknar förklaringar eller svar, eller fastställs fast avsnitt i "
        "rapporten inte är godkända.",
        "Why the round is consolidated though units lack explanations or answers, or adopted though sections of the "
        "report are not approved.",
    ),
)
_UNITS = click.argument("units", nargs=-1, required=True, metavar=say("ENHET…", "UNIT…"))


def _today() -> date:
    return date.today()  # noqa: DTZ011 - a door may ask for today


@click.group("round", help=say("Uppföljningsomgångar.", "Follow-up rounds."))
def round_group() -> None:
    """Follow-up rounds."""


@round_group.command("list", help=say("Lista omgångarna.", "List the rounds."))
@JSON
def round_list(as_json: bool) -> int:
    """List all rounds."""
    known = rounds()
    if as_json:
        show_json([{"key": own.key, "name": own.name, "cut_off": own.cut_off, "state": own.state} for own in known])
        return Exit.OK
    headings = [say("Nyckel", "Key"), say("Namn", "Name"), say("Avläsningsdag", "Cut-off"), say("Läge", "State")]
    rows = [[own.key, own.name, own.cut_off.isoformat(), str(own.state.label)] for own in known]
    show_table(headings, rows, numeric_from=4)
    return Exit.OK


@round_group.command("create", help=say("Skapa en omgång.", "Create a round."))
@click.argument("key")
@click.option("--name", required=True)
@click.option("--kind", type=click.Choice([kind.value for kind in RoundKind]), required=True)
@click.option("--year", type=int, required=True)
@click.option("--cut-off", type=DAY, required=True, help=say("Sista dag för utfall.", "Last day of actuals."))
@click.option("--deadline", type=DAY, required=True)
@click.option("--previous", help=say("Föregående omgång.", "The round before."))
def round_create(
    key: str, name: str, kind: str, year: int, cut_off: date, deadline: date, previous: str | None
) -> int:
    """Create a round as a draft."""
    change = create_round(
        actor=local_actor(),
        key=key,
        name=name,
        kind=RoundKind(kind),
        year=year,
        cut_off=cut_off,
        deadline=deadline,
        as_of=_today(),
        previous_key=previous,
    )
    return _show_round(change)


@round_group.command(
    "setup",
    help=say(
        "Lägg upp en omgång efter en annan: dagar, deltagare, frågor och gränser.",
        "Set up a round after another one: days, participants, questions and thresholds.",
    ),
)
@click.argument("key")
@click.option("--from", "from_key", required=True, help=say("Omgången att utgå från.", "The round to go by."))
def round_setup(key: str, from_key: str) -> int:
    """Create the round that follows another; one that exists gets what the other has but its days."""
    last = _round(from_key)
    proposed = replace(propose_setup(last), key=key)
    if round_row(key) is None:
        change = services.set_up_round(actor=local_actor(), facts=proposed, as_of=_today())
    else:
        proposed = _laid_on(held_setup(key), proposed)
        change = services.change_setup(actor=local_actor(), facts=proposed, as_of=_today())
    if not change.findings:
        sv = "{count} deltagare; enheterna lämnar senast {day}."
        en = "{count} {count:participant|participants}; the units hand in by {day}."
        click.echo(say(sv, en, count=len(proposed.participants), day=proposed.deadline))
    return _show_round(change)


def _laid_on(held: SetupDraft, proposed: SetupDraft) -> SetupDraft:
    own = replace(
        held.setup,
        threshold_ore=proposed.setup.threshold_ore,
        threshold_permille=proposed.setup.threshold_permille,
        report_key=proposed.setup.report_key,
    )
    return replace(held, setup=own, participants=proposed.participants, questions=proposed.questions)


@round_group.command("status", help=say("Visa hur långt var och en har kommit.", "Show how far each unit has come."))
@click.argument("key")
@JSON
def round_status(key: str, as_json: bool) -> int:
    """The tree of units with their states."""
    work, plan = round_work(key), code_plan()
    if as_json:
        show_json({"round": key, "state": work.round.state, "units": list(_told(work, plan))})
        return Exit.OK
    headings = [say("Enhet", "Unit"), say("Läge", "State"), say("Senast", "Latest"), say("Av", "By")]
    headings += [say("Förklaringar", "Explanations"), say("Öppna kommentarer", "Open comments")]
    show_table(headings, list(_tree(work, plan)), numeric_from=4)
    counts = Counter(_state_of(own) for own in work.participants)
    click.echo(f"{work.round.state.label}: {', '.join(f'{count} {state}' for state, count in counts.items())}")
    return Exit.OK


def _told(work: RoundWork, plan: CodePlan) -> Iterator[dict[str, object]]:
    for own in work.participants:
        yield {
            "unit": own.unit,
            "name": plan.name("unit", own.unit, work.round.cut_off),
            "path": plan.path("unit", own.unit, work.round.cut_off),
            "state": own.state,
            "excused": own.excused,
            "changed_at": own.changed_at,
            "changed_by": own.changed_by,
            "explanations": [row.account for row in work.explanations.get(own.unit, ())],
            "answered": sorted(work.answered.get(own.unit, ())),
            "open_comments": work.open_comments.get(own.unit, 0),
        }


def _tree(work: RoundWork, plan: CodePlan) -> Iterator[list[str]]:
    by_unit = {own.unit: own for own in work.participants}
    paths = {unit: plan.path("unit", unit, work.round.cut_off)[::-1] for unit in by_unit}
    nodes = sorted({tuple(path[:depth]) for path in paths.values() for depth in range(1, len(path) + 1)})
    for *above, code in nodes:
        name = f"{'  ' * len(above)}{code} {plan.name('unit', code, work.round.cut_off)}"
        own = by_unit.get(code)
        if own is None:
            yield [name, "", "", "", "", ""]
        else:
            changed = f"{own.changed_at:%Y-%m-%d %H:%M}" if own.changed_at else ABSENT
            counts = (len(work.explanations.get(code, ())), work.open_comments.get(code, 0))
            yield [name, _state_of(own), changed, own.changed_by or ABSENT, *map(str, counts)]


def _state_of(own: ParticipantRow) -> str:
    return say("undantagen", "excused") if own.excused else str(own.state.label)


@round_group.command("state", help=say("Öppna, stäng eller fastställ en omgång.", "Open, close or adopt a round."))
@click.argument("key")
@click.argument("state", type=click.Choice([state.value for state in State]))
@_GAPS_REASON
def round_state(key: str, state: str, reason: str) -> int:
    """Take a round one step along its states; adopting keeps everything it rests on."""
    if State(state) is State.ADOPTED:
        is_meant = bool(reason.strip())
        done = adopt(actor=local_actor(), key=key, as_of=_today(), accepts_unapproved=is_meant, reason=reason)
        return _show_round(done)
    return _show_round(_changed(key, State(state), reason))


def _changed(key: str, to: State, reason: str) -> RoundChange:
    return change_state(actor=local_actor(), key=key, to=to, as_of=_today(), reason=reason)


@round_group.command(
    "correct", help=say("Öppna en fastställd omgång för rättelse.", "Open an adopted round for correction.")
)
@click.argument("key")
@click.option("--reason", required=True, help=say("Vad ska rättas, och varför?", "What is to be corrected, and why?"))
def round_correct(key: str, reason: str) -> int:
    """Open the next version of an adopted round; the adopted one stays as it is."""
    return _show_round(correct_round(actor=local_actor(), key=key, reason=reason, as_of=_today()))


@round_group.command(
    "versions",
    help=say("Visa fastställda versioner och vad de ändrade.", "Show adopted versions and what they changed."),
)
@click.argument("key")
@JSON
def round_versions(key: str, as_json: bool) -> int:
    """List a round's adopted versions with their hashes, reasons and changed figures."""
    versions = adopted(_round(key).key)
    if as_json:
        show_json([_version_json(own) for own in versions])
        return Exit.OK
    for own in versions:
        for line in version_lines(own):
            click.echo(line)
    return Exit.OK


def _version_json(own: Adopted) -> dict[str, object]:
    return {**asdict(own.version), "changes": asdict(own.changes) if own.changes else None}


@round_group.command("consolidate", help=say("Konsolidera när alla är klara.", "Consolidate when everybody is done."))
@click.argument("key")
@_GAPS_REASON
def round_consolidate(key: str, reason: str) -> int:
    """Close the round for its units; those that are not done, or lack what is asked for, are named."""
    return _show_round(_changed(key, State.CONSOLIDATED, reason))


@round_group.command("approve", help=say("Godkänn enheters prognoser.", "Approve units' forecasts."))
@click.argument("key")
@_UNITS
@click.option(
    "--with-gaps",
    is_flag=True,
    help=say("Även de som saknar förklaringar eller svar.", "Those that lack explanations or answers too."),
)
def round_approve(key: str, units: Sequence[str], *, with_gaps: bool) -> int:
    """Approve what units handed in."""
    actor, today = local_actor(), _today()
    changes = services.approve_units(
        actor=actor,
        round_key=key,
        units=units,
        as_of=today,
        actuals=actuals_of_round,
        budget=budget_of_round,
        accepts_gaps=with_gaps,
    )
    return _show_units(changes)


@round_group.command("return", help=say("Lämna tillbaka en enhets prognos.", "Return a unit's forecast."))
@click.argument("key")
@click.argument("unit")
@click.option("--message", required=True, help=say("Vad enheten ska göra.", "What the unit is to do."))
def round_return(key: str, unit: str, message: str) -> int:
    """Return a unit's forecast with a message."""
    change = services.return_unit(actor=local_actor(), round_key=key, unit=unit, message=message, as_of=_today())
    return _show_units([change])


@round_group.command("excuse", help=say("Undanta en enhet från omgången.", "Excuse a unit from the round."))
@click.argument("key")
@click.argument("unit")
@click.option("--reason", required=True, help=say("Varför.", "Why."))
def round_excuse(key: str, unit: str, reason: str) -> int:
    """Let a unit off."""
    change = services.excuse_unit(actor=local_actor(), round_key=key, unit=unit, reason=reason, as_of=_today())
    return _show_units([change])


@round_group.command("include", help=say("Ta tillbaka ett undantag.", "Take an excuse back."))
@click.argument("key")
@click.argument("unit")
def round_include(key: str, unit: str) -> int:
    """Let an excused unit take part again."""
    change = services.include_unit(actor=local_actor(), round_key=key, unit=unit, as_of=_today())
    return _show_units([change])


@round_group.command("calendar", help=say("Skriv omgångens dagar som iCalendar.", "Write its days as iCalendar."))
@click.argument("key")
def round_calendar(key: str) -> int:
    """The round's days on standard output, for a calendar."""
    row = _round(key)
    made = datetime.now(UTC)
    click.echo(calendar(row, held_setup(key).setup, municipality=settings.MUNICIPALITY, stamped_at=made), nl=False)
    return Exit.OK


def _round(key: str) -> RoundRow:
    row = round_row(key)
    if row is None:
        raise NotFound(found(ROUND_UNKNOWN, round=key))
    return row


def _show_round(change: RoundChange) -> int:
    show_findings(change.findings)
    if not has_errors(change.findings) and change.round:
        click.echo(f"{change.round.key}: {change.round.state.label}")
    return outcome(change.findings)


def _show_units(changes: Sequence[UnitChange]) -> int:
    findings: list[Finding] = [finding for change in changes for finding in change.findings]
    show_findings(findings)
    for change in changes:
        if change.participant and not has_errors(change.findings):
            click.echo(f"{change.participant.unit}: {_state_of(change.participant)}")
    return outcome(findings)


COMMANDS = (round_group,)
