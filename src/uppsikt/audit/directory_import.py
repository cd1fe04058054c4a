"""The directory into the house: joins, changes and ends in one go, tried first, all or nothing.

What the file names holds: a person it names gets its facts, is opened if closed, and has the roles it gives
and no others from today on. Times that have passed stay as they were. People it doesn't name are left alone,
unless it is said to be complete: then they are closed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from uppsikt.audit.actors import WHOLE, Actor, Grant, Role
from uppsikt.audit.administrators import (
    NoAdministratorLeft,
    keeping_an_administrator,
    require_administrator,
    this_day,
)
from uppsikt.audit.chain import record
from uppsikt.audit.directory import PersonRows, RoleRow, read_directory
from uppsikt.audit.findings import BECOMES_ADMINISTRATOR, EMAIL_SHARED
from uppsikt.audit.models import RoleAssignment
from uppsikt.audit.people import (
    PersonFacts,
    change_person,
    close_user,
    grant_role,
    move_role,
    open_user,
    store_person,
)
from uppsikt.audit.selectors import Person, people
from uppsikt.core.findings import Finding, found, has_errors
from uppsikt.core.hashes import hash_bytes
from uppsikt.core.language import Text, say
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.core.tables import read_table

JOINS = Text("läggs upp", "is added")
OPENS = Text("öppnas igen", "is opened again")
CLOSES = Text("stängs", "is closed")
RENAMES = Text("får nya uppgifter", "gets other facts")
GRANTS = Text("får rollen", "gets the role")
MOVES = Text("får annan tid", "gets another time")
ENDS = Text("lämnar rollen", "leaves the role")


@dataclass(frozen=True, slots=True)
class DirectoryChange:
    """One thing the file does to one person; `grant` where it is about a role, `was` its time before."""

    name: str
    kind: Text
    grant: Grant | None = None
    was: Grant | None = None
    key: int | None = None  # of the role that is moved
    facts: PersonFacts | None = None

    @property
    def says(self) -> str:
        """The change in words: what, the role and its time, the time before."""
        if self.grant is None:
            facts = (self.facts.full_name, self.facts.email) if self.facts else ()
            return ", ".join([str(self.kind), *filter(None, facts)])
        time = _ended_on(self.grant) if self.kind is ENDS else _time(self.grant)
        was = say(" (var {time})", " (was {time})", time=_time(self.was)) if self.kind is MOVES and self.was else ""
        return f"{self.kind}: {self.grant.role.label} {self.grant.unit}, {time}{was}"


def _time(grant: Grant) -> str:
    start = "" if grant.valid_from == BEGINNING else grant.valid_from.isoformat()
    return f"{start}–{'' if grant.valid_to == FOREVER else grant.valid_to.isoformat()}"


def _ended_on(grant: Grant) -> str:
    return say("från {day}", "from {day}", day=grant.valid_to)


@dataclass(frozen=True, slots=True)
class DirectoryImport:
    """What came of an import (or would come, where `dry_run`). Errors among the findings: nothing changed."""

    findings: tuple[Finding, ...]
    changes: tuple[DirectoryChange, ...] = ()
    unchanged: int = 0  # people whom the file says nothing new of
    dry_run: bool = False

    @property
    def is_refused(self) -> bool:
        """Whether an error stopped it."""
        return has_errors(self.findings)

    def count(self, kind: Text) -> int:
        """How many changes are of a kind."""
        return sum(change.kind is kind for change in self.changes)


def import_directory(
    *,
    actor: Actor,
    content: bytes,
    name: str,
    knows_unit: Callable[[str], bool],
    is_complete: bool = False,
    dry_run: bool = False,
) -> DirectoryImport:
    """Take in a directory file (CSV or XLSX); `is_complete` closes whoever it doesn't name."""
    require_administrator(actor)
    table, findings = read_table(content, name)
    rows, faults = read_directory(table, knows_unit) if table else ([], [])
    findings += faults
    if table is None or has_errors(findings):
        return DirectoryImport(tuple(findings), dry_run=dry_run)
    try:
        with transaction.atomic():
            changes, faults = _taken_in(actor, rows, is_complete)
            if changes and not has_errors(faults):
                _log(actor, changes, name, content)
            if dry_run:  # done in earnest, so that what would stop it is known, and then undone
                transaction.set_rollback(True)
    except NoAdministratorLeft as left:
        return DirectoryImport((*findings, left.finding), dry_run=dry_run)
    findings += faults
    if has_errors(findings):
        return DirectoryImport(tuple(findings), dry_run=dry_run)
    touched = {change.name.casefold() for change in changes}
    unchanged = sum(own.name.casefold() not in touched for own in rows)
    return DirectoryImport(tuple(findings), tuple(changes), unchanged, dry_run)


def _taken_in(
    actor: Actor, rows: Sequence[PersonRows], is_complete: bool
) -> tuple[list[DirectoryChange], list[Finding]]:
    """What the rows change, carried out unless a finding stops it."""
    with keeping_an_administrator():
        plan = _Plan(people(), this_day())
        changes = [*plan.of(rows), *(plan.closing(rows, actor) if is_complete else [])]
        findings = [*plan.shared(rows), *_new_administrators(changes, rows)]
        if changes and not has_errors(findings):
            _carry_out(actor, changes)
    return changes, findings


class _Plan:
    """What a file changes of what is held."""

    def __init__(self, held: Sequence[Person], today: date) -> None:
        self.held = {person.name.casefold(): person for person in held}
        self.today = today

    def of(self, rows: Iterable[PersonRows]) -> Iterator[DirectoryChange]:
        """The changes of the people the file names, in its order."""
        for own in rows:
            person = self.held.get(own.name.casefold())
            if person is None:
                yield DirectoryChange(own.name, JOINS, facts=own.facts(None))
            else:
                yield from self._known(own, person)
            yield from self._roles(own, person)

    def _known(self, own: PersonRows, person: Person) -> Iterator[DirectoryChange]:
        facts = PersonFacts(person.name, person.full_name, person.email)
        if own.facts(facts) != facts:
            yield DirectoryChange(person.name, RENAMES, facts=own.facts(facts))
        if not person.is_open:
            yield DirectoryChange(person.name, OPENS)

    def _roles(self, own: PersonRows, person: Person | None) -> Iterator[DirectoryChange]:
        name = person.name if person else own.name
        left = list(person.roles if person else ())
        for row in own.roles:
            match = next((role for role in left if self._is_of(role.grant, row)), None)
            start = row.valid_from or (match.grant.valid_from if match else self.today)
            grant = Grant(row.role, row.unit, start, row.valid_to or FOREVER)
            if match:
                left.remove(match)
                if match.grant != grant:
                    yield DirectoryChange(name, MOVES, grant, match.grant, match.key)
            elif grant.valid_from < grant.valid_to:  # else over before anybody heard of it
                yield DirectoryChange(name, GRANTS, grant)
        yield from (self._ended(name, role.key, role.grant) for role in left if role.grant.valid_to > self.today)

    def _is_of(self, held: Grant, row: RoleRow) -> bool:
        """Whether a held role is the one a row is about: the same role on the same unit, in a time they share."""
        end = row.valid_to or FOREVER
        start = row.valid_from or min(self.today, end - timedelta(days=1))
        return (held.role, held.unit) == (row.role, row.unit) and held.valid_from < end and start < held.valid_to

    def _ended(self, name: str, key: int, was: Grant) -> DirectoryChange:
        ended = Grant(was.role, was.unit, min(was.valid_from, self.today), self.today)
        return DirectoryChange(name, ENDS, ended, was, key)

    def closing(self, rows: Iterable[PersonRows], actor: Actor) -> Iterator[DirectoryChange]:
        """The changes of the people whom a complete file doesn't name; whoever brings it stays."""
        named = {own.name.casefold() for own in rows}
        for name, person in self.held.items():
            if name in named or not person.is_open or person.key == actor.user_id:
                continue
            running = [role for role in person.roles if role.grant.valid_to > self.today]
            yield from (self._ended(person.name, role.key, role.grant) for role in running)
            yield DirectoryChange(person.name, CLOSES)

    def shared(self, rows: Iterable[PersonRows]) -> Iterator[Finding]:
        """Addresses that the file gives someone while somebody it doesn't name has them."""
        named = {own.name.casefold() for own in rows}
        holder = {own.email.casefold(): own.name for key, own in self.held.items() if key not in named}
        for own in rows:
            other = holder.get(own.email.casefold()) if own.email else None
            if other:
                yield found(EMAIL_SHARED, own.place, email=own.email, name=own.name, other=other)


def _new_administrators(changes: Iterable[DirectoryChange], rows: Iterable[PersonRows]) -> Iterator[Finding]:
    places = {own.name.casefold(): own.place for own in rows}
    for change in changes:
        own = change.grant
        if change.kind is GRANTS and own and own.role is Role.ADMINISTRATOR and own.unit == WHOLE:
            yield found(BECOMES_ADMINISTRATOR, places[change.name.casefold()], name=change.name)


def _carry_out(actor: Actor, changes: Sequence[DirectoryChange]) -> None:
    users = {user.get_username(): user for user in User.objects.all()}
    held = {row.pk: row for row in RoleAssignment.objects.all()}
    # addresses that change hands: they are let go of before anybody gets them
    User.objects.filter(username__in=[own.name for own in changes if own.kind is RENAMES]).update(email="")
    for change in changes:
        _carry_out_one(actor, change, users, held)


def _log(actor: Actor, changes: Sequence[DirectoryChange], name: str, content: bytes) -> None:
    counts = Counter(change.kind.en for change in changes)
    payload = {"file": name, "file_hash": hash_bytes(content), "changes": dict(counts)}
    record(actor=actor, verb="import-directory", target="directory", payload=payload)


def _carry_out_one(
    actor: Actor, change: DirectoryChange, users: dict[str, User], held: dict[int, RoleAssignment]
) -> None:
    if change.kind is JOINS and change.facts:
        users[change.name] = store_person(actor=actor, facts=change.facts)
    elif change.kind is RENAMES and change.facts:
        change_person(actor=actor, user=users[change.name], facts=change.facts)
    elif change.kind is OPENS:
        open_user(actor=actor, user=users[change.name])
    elif change.kind is CLOSES:
        close_user(actor=actor, user=users[change.name])
    elif change.kind is GRANTS and change.grant:
        own = change.grant
        user = users[change.name]
        start, end = own.valid_from, own.valid_to
        grant_role(actor=actor, user=user, role=own.role, unit=own.unit, valid_from=start, valid_to=end)
    elif change.grant and change.key:
        start, end = change.grant.valid_from, change.grant.valid_to
        move_role(actor=actor, held=held[change.key], valid_from=start, valid_to=end)
