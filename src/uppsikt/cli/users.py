"""`user`: who can sign in, and what they are on which unit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from uppsikt.audit import services
from uppsikt.audit.actors import WHOLE, Role
from uppsikt.cli.output import Exit, local_actor, outcome, show_findings, show_table
from uppsikt.cli.parameters import DRY_RUN, EXISTING_FILE
from uppsikt.coding.selectors import code_plan
from uppsikt.core.formats import ABSENT
from uppsikt.core.language import say

_ROLE = click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
_UNIT = click.option(
    "--unit",
    default=WHOLE,
    show_default=True,
    help=say("Enhet, * = hela kommunen.", "Unit, * = the whole municipality."),
)
_PASSWORD = click.password_option(
    prompt=say("Lösenord", "Password"),
    help=say("Lösenord, minst 12 tecken.", "Password, at least 12 characters."),
)


@click.group("user", help=say("Användare och roller.", "Users and roles."))
def user() -> None:
    """Users and roles."""


@user.command("create", help=say("Skapa en användare med en roll.", "Create a user with a role."))
@click.argument("name")
@_ROLE
@_UNIT
@_PASSWORD
def user_create(name: str, role: str, unit: str, password: str) -> int:
    """Create a user and grant a role from today."""
    if User.objects.filter(username=name).exists():
        raise click.UsageError(say("Användaren {name} finns redan.", "The user {name} exists already.", name=name))
    _check_unit(unit)
    _check_password(password)
    today = date.today()  # noqa: DTZ011 - a door may ask for today
    services.create_user(
        actor=local_actor(), name=name, password=password, role=Role(role), unit=unit, valid_from=today
    )
    sv, en = "Skapade {name} ({role} på {unit}).", "Created {name} ({role} on {unit})."
    click.echo(say(sv, en, name=name, role=role, unit=unit))
    return Exit.OK


@user.command("grant", help=say("Ge en användare en roll till.", "Give a user one more role."))
@click.argument("name")
@_ROLE
@_UNIT
def user_grant(name: str, role: str, unit: str) -> int:
    """Grant a role from today."""
    _check_unit(unit)
    today = date.today()  # noqa: DTZ011 - a door may ask for today
    services.grant_role(actor=local_actor(), user=_user(name), role=Role(role), unit=unit, valid_from=today)
    click.echo(
        say("{name} är nu {role} på {unit}.", "{name} is now {role} on {unit}.", name=name, role=role, unit=unit)
    )
    return Exit.OK


@user.command("revoke", help=say("Ta tillbaka en roll från och med i dag.", "Take a role back from today."))
@click.argument("name")
@_ROLE
@_UNIT
def user_revoke(name: str, role: str, unit: str) -> int:
    """End a role today; what was done with it stays in the log."""
    today = date.today()  # noqa: DTZ011 - a door may ask for today
    ended = services.revoke_role(actor=local_actor(), user=_user(name), role=Role(role), unit=unit, on=today)
    if ended.is_refused:
        return _refused(ended)
    if not ended.count:
        sv, en = "{name} är inte {role} på {unit}.", "{name} is not {role} on {unit}."
        raise click.UsageError(say(sv, en, name=name, role=role, unit=unit))
    sv, en = "{name} är inte längre {role} på {unit}.", "{name} is no longer {role} on {unit}."
    click.echo(say(sv, en, name=name, role=role, unit=unit))
    return Exit.OK


@user.command("password", help=say("Sätt ett nytt lösenord.", "Set a new password."))
@click.argument("name")
@_PASSWORD
def user_password(name: str, password: str) -> int:
    """Set a new password."""
    _check_password(password)
    services.set_password(actor=local_actor(), user=_user(name), password=password)
    click.echo(say("Nytt lösenord för {name}.", "New password for {name}.", name=name))
    return Exit.OK


@user.command("close", help=say("Stäng ett konto; historiken finns kvar.", "Close an account; its history stays."))
@click.argument("name")
def user_close(name: str) -> int:
    """Close an account: nobody can sign in with it any more."""
    closed = services.close_user(actor=local_actor(), user=_user(name))
    if closed.is_refused:
        return _refused(closed)
    click.echo(say("{name} kan inte längre logga in.", "{name} can no longer sign in.", name=name))
    return Exit.OK


@user.command("open", help=say("Öppna ett stängt konto.", "Open a closed account."))
@click.argument("name")
def user_open(name: str) -> int:
    """Open a closed account again."""
    services.open_user(actor=local_actor(), user=_user(name))
    click.echo(say("{name} kan logga in igen.", "{name} can sign in again.", name=name))
    return Exit.OK


@user.command(
    "import",
    help=say(
        "Läs in personer och roller från en fil (CSV eller XLSX): allt eller inget.",
        "Import people and roles from a file (CSV or XLSX): all or nothing.",
    ),
)
@click.argument("file", type=EXISTING_FILE)
@click.option(
    "--complete",
    is_flag=True,
    help=say(
        "Filen är hela katalogen: stäng dem den inte nämner.", "The file is everybody: close whom it leaves out."
    ),
)
@DRY_RUN
def user_import(file: Path, complete: bool, dry_run: bool) -> int:
    """Take in a directory file; what it would do is listed person by person."""
    done = services.import_directory(
        actor=local_actor(),
        content=file.read_bytes(),
        name=file.name,
        knows_unit=lambda unit: code_plan().knows("unit", unit),
        is_complete=complete,
        dry_run=dry_run,
    )
    show_findings(done.findings)
    if done.is_refused:
        return Exit.FINDINGS
    for change in done.changes:
        click.echo(f"{change.name}: {change.says}")
    sv, en = (
        "{n} {n:ändring|ändringar}, {same} {same:person oförändrad|personer oförändrade}.",
        ("{n} {n:change|changes}, {same} {same:person|people} unchanged."),
    )
    click.echo(say(sv, en, n=len(done.changes), same=done.unchanged))
    return Exit.OK


@user.command("list", help=say("Lista användare och roller.", "List users and roles."))
def user_list() -> int:
    """List users with their roles."""
    rows = []
    for own in User.objects.prefetch_related("roles").order_by("username"):
        roles = ", ".join(f"{held.role} {held.unit}" for held in own.roles.all())
        rows.append([own.username, say("ja", "yes") if own.is_active else say("nej", "no"), roles or ABSENT])
    show_table([say("Namn", "Name"), say("Öppet", "Open"), say("Roller", "Roles")], rows, numeric_from=3)
    return Exit.OK


def _user(name: str) -> User:
    found = User.objects.filter(username=name).first()
    if found is None:
        raise click.UsageError(say("Det finns ingen användare {name}.", "There is no user {name}.", name=name))
    return found


def _refused(change: services.PersonChange) -> int:
    show_findings(change.findings)
    return outcome(change.findings)


def _check_unit(unit: str) -> None:
    if unit != WHOLE and not code_plan().knows("unit", unit):
        sv, en = "Det finns ingen enhet {unit} i registret.", "There is no unit {unit} in the register."
        raise click.UsageError(say(sv, en, unit=unit))


def _check_password(password: str) -> None:
    try:
        validate_password(password)
    except ValidationError as error:
        raise click.UsageError(" ".join(error.messages)) from error


COMMANDS = (user,)
