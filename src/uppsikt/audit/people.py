"""Writes about people: who can sign in, and what they are on which unit during which time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet

from uppsikt.audit.actors import Actor, Grant, Role
from uppsikt.audit.administrators import NoAdministratorLeft, keeping_an_administrator, require_administrator
from uppsikt.audit.chain import hold_people, record
from uppsikt.audit.findings import (
    EMAIL_INVALID,
    EMAIL_SHARED,
    NAME_INVALID,
    PASSWORD_WEAK,
    PERSON_EXISTS,
    ROLE_TWICE,
    TIME_BACKWARDS,
)
from uppsikt.audit.models import RoleAssignment
from uppsikt.audit.sessions import end_sessions
from uppsikt.core.findings import Finding, found, has_errors
from uppsikt.core.periods import FOREVER
from uppsikt.core.texts import one_line

_LONGEST = 150


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What is known of a person; `email` is where reminders go and what the municipality's account is known by."""

    name: str  # to sign in with
    full_name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What came of a change. Errors among the findings: nothing changed. `count` is how many roles it touched."""

    findings: tuple[Finding, ...] = ()
    user: User | None = None
    count: int = 0

    @property
    def is_refused(self) -> bool:
        """Whether an error stopped it."""
        return has_errors(self.findings)


def facts_of(user: User) -> PersonFacts:
    """A user's facts."""
    return PersonFacts(user.get_username(), user.get_full_name(), user.email)


def fact_findings(facts: PersonFacts, known: User | None = None) -> list[Finding]:
    """What is wrong with a person's facts; `known` is the person who has them already."""
    findings = [] if known else name_findings(facts.name)
    if facts.email and not is_email(facts.email):
        findings.append(found(EMAIL_INVALID, email=facts.email))
    elif facts.email:
        others = User.objects.filter(email__iexact=facts.email).exclude(pk=known.pk if known else 0)
        findings += [found(EMAIL_SHARED, email=facts.email, name=facts.name, other=other) for other in others[:1]]
    return findings


def name_findings(name: str) -> list[Finding]:
    """What is wrong with the name of someone new."""
    try:
        User._meta.get_field("username").clean(name, None)
    except ValidationError:
        return [found(NAME_INVALID, name=name)]
    # names that differ in capitals alone are one to a directory, and to whoever types them
    return [found(PERSON_EXISTS, name=name)] if User.objects.filter(username__iexact=name).exists() else []


def is_email(text: str) -> bool:
    """Whether the text is an address."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


def password_findings(password: str, user: User | None = None) -> list[Finding]:
    """What is wrong with a password."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        return [found(PASSWORD_WEAK, why=" ".join(error.messages))]
    return []


@transaction.atomic
def create_person(*, actor: Actor, facts: PersonFacts, password: str = "") -> PersonChange:
    """Create someone who can sign in: by password where one is given, else by the municipality's account alone."""
    require_administrator(actor)
    hold_people()
    findings = [*fact_findings(facts), *(password_findings(password) if password else [])]
    if findings:
        return PersonChange(tuple(findings))
    return PersonChange(user=store_person(actor=actor, facts=facts, password=password))


@transaction.atomic
def create_user(*, actor: Actor, name: str, password: str, role: Role, unit: str, valid_from: date) -> User:
    """Create someone who can sign in, with one role. The caller has checked name and password."""
    require_administrator(actor)
    hold_people()
    user = store_person(actor=actor, facts=PersonFacts(name), password=password)
    grant_role(actor=actor, user=user, role=role, unit=unit, valid_from=valid_from)
    return user


def store_person(*, actor: Actor, facts: PersonFacts, password: str = "") -> User:
    """Store someone new, and log it. The caller has checked right and facts and holds transaction and people."""
    user = User(username=facts.name)
    written_to(user, facts)
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.save()
    payload = {"name": facts.name, **{key: value for key, value in _told(facts).items() if value}}
    record(actor=actor, verb="create-user", target=f"user:{user.pk}", payload=payload)
    return user


def written_to(user: User, facts: PersonFacts) -> None:
    """Set a user's names and address as they are stored."""
    first, _, last = one_line(facts.full_name).rpartition(" ")
    user.first_name, user.last_name, user.email = first[:_LONGEST], last[:_LONGEST], facts.email


def _told(facts: PersonFacts) -> dict[str, str]:
    return {"full_name": one_line(facts.full_name), "email": facts.email}


@transaction.atomic
def change_person(*, actor: Actor, user: User, facts: PersonFacts) -> PersonChange:
    """Give a person another name or address; the name to sign in with stays."""
    require_administrator(actor)
    hold_people()
    before = facts_of(user)
    if findings := fact_findings(facts, user):
        return PersonChange(tuple(findings))
    if _told(facts) == _told(before):
        return PersonChange(user=user)
    written_to(user, facts)
    user.save(update_fields=["first_name", "last_name", "email"])
    payload = {"before": _told(before), "after": _told(facts)}
    record(actor=actor, verb="change-user", target=f"user:{user.pk}", payload=payload)
    return PersonChange(user=user, count=1)


@transaction.atomic
def set_password(*, actor: Actor, user: User, password: str, keeps: str = "") -> None:
    """Give a user another password; the caller has checked it. The log says that, never what.

    Everybody may change their own; others' are the administrator's. The user's sessions end, but the one of `keeps`.
    """
    if actor.user_id is None or actor.user_id != user.pk:
        require_administrator(actor)
    hold_people()
    user.set_password(password)
    user.save(update_fields=["password"])
    end_sessions(user=user, besides=keeps)
    record(actor=actor, verb="set-password", target=f"user:{user.pk}", payload={})


def close_user(*, actor: Actor, user: User) -> PersonChange:
    """Close an account: its sessions end, nobody can sign in with it; what it did stays in the log."""
    return _set_active(actor, user, False, "close-user")


def open_user(*, actor: Actor, user: User) -> PersonChange:
    """Open a closed account again; its roles are what they were."""
    return _set_active(actor, user, True, "open-user")


def _set_active(actor: Actor, user: User, is_active: bool, verb: str) -> PersonChange:
    require_administrator(actor)
    if user.is_active == is_active:
        return PersonChange(user=user)
    try:
        with keeping_an_administrator():
            user.is_active = is_active
            user.save(update_fields=["is_active"])
            if not is_active:
                end_sessions(user=user)
            record(actor=actor, verb=verb, target=f"user:{user.pk}", payload={})
    except NoAdministratorLeft as left:
        user.is_active = not is_active
        return PersonChange((left.finding,), user)
    return PersonChange(user=user, count=1)


@transaction.atomic
def grant_role(
    *,
    actor: Actor,
    user: User,
    role: Role,
    unit: str,
    valid_from: date,
    valid_to: date = FOREVER,
) -> RoleAssignment:
    """Give a person a role on a unit (or "*"), from a day on. The caller has checked unit and time."""
    require_administrator(actor)
    assignment = RoleAssignment.objects.create(
        user=user, role=role.value, unit=unit, valid_from=valid_from, valid_to=valid_to
    )
    payload = {"assignment": assignment.pk, "role": role.value, "unit": unit, "from": valid_from, "to": valid_to}
    record(actor=actor, verb="grant-role", target=f"user:{user.pk}", payload=payload)
    return assignment


@transaction.atomic
def add_role(*, actor: Actor, user: User, grant: Grant) -> PersonChange:
    """Give a person a role for a time, unless they have it in that time already."""
    require_administrator(actor)
    if findings := _time_findings(user, grant):
        return PersonChange(tuple(findings), user)
    start, end = grant.valid_from, grant.valid_to
    grant_role(actor=actor, user=user, role=grant.role, unit=grant.unit, valid_from=start, valid_to=end)
    return PersonChange(user=user, count=1)


def change_role(*, actor: Actor, user: User, assignment: int, valid_from: date, valid_to: date) -> PersonChange:
    """Give a role another time; an end that lies behind it ends it. Nothing where the person has no such role."""
    require_administrator(actor)
    held = RoleAssignment.objects.filter(user=user, pk=assignment).first()
    if held is None or (held.valid_from, held.valid_to) == (valid_from, valid_to):
        return PersonChange(user=user)
    grant = Grant(Role(held.role), held.unit, valid_from, valid_to)
    if findings := _time_findings(user, grant, besides=held.pk):
        return PersonChange(tuple(findings), user)
    try:
        with keeping_an_administrator():
            move_role(actor=actor, held=held, valid_from=valid_from, valid_to=valid_to)
    except NoAdministratorLeft as left:
        return PersonChange((left.finding,), user)
    return PersonChange(user=user, count=1)


def end_role(*, actor: Actor, user: User, assignment: int, on: date) -> PersonChange:
    """End one role from a day on; one that hasn't begun by then was never held."""
    require_administrator(actor)
    held = RoleAssignment.objects.filter(user=user, pk=assignment, valid_to__gt=on).first()
    if held is None:
        return PersonChange(user=user)
    try:
        with keeping_an_administrator():
            if held.valid_from < on:
                move_role(actor=actor, held=held, valid_from=held.valid_from, valid_to=on)
            else:
                own: dict[str, list[int]] = {"ended": [], "undone": [held.pk]}
                held.delete()
                payload = {"role": held.role, "unit": held.unit, "on": on, **own}
                record(actor=actor, verb="revoke-role", target=f"user:{user.pk}", payload=payload)
    except NoAdministratorLeft as left:
        return PersonChange((left.finding,), user)
    return PersonChange(user=user, count=1)


def move_role(*, actor: Actor, held: RoleAssignment, valid_from: date, valid_to: date) -> None:
    """Store another time of a role, and log both. The caller has checked it and holds the transaction."""
    was = {"from": held.valid_from, "to": held.valid_to}
    held.valid_from, held.valid_to = valid_from, valid_to
    held.save(update_fields=["valid_from", "valid_to"])
    now = {"from": valid_from, "to": valid_to}
    payload = {"assignment": held.pk, "role": held.role, "unit": held.unit, "before": was, "after": now}
    record(actor=actor, verb="change-role", target=f"user:{held.user_id}", payload=payload)


def _time_findings(user: User, grant: Grant, besides: int = 0) -> list[Finding]:
    if grant.valid_to <= grant.valid_from:
        return [found(TIME_BACKWARDS, start=grant.valid_from, end=grant.valid_to)]
    same = RoleAssignment.objects.filter(user=user, role=grant.role.value, unit=grant.unit).exclude(pk=besides)
    if same.filter(valid_from__lt=grant.valid_to, valid_to__gt=grant.valid_from).exists():
        return [found(ROLE_TWICE, name=user.get_username(), role=grant.role.label, unit=grant.unit)]
    return []


def revoke_role(*, actor: Actor, user: User, role: Role, unit: str, on: date) -> PersonChange:
    """End a person's role on a unit from a day on; `count` is how many assignments that ended."""
    require_administrator(actor)
    held = RoleAssignment.objects.filter(user=user, role=role.value, unit=unit, valid_from__lt=on, valid_to__gt=on)
    coming = RoleAssignment.objects.filter(user=user, role=role.value, unit=unit, valid_from__gte=on)
    try:
        with keeping_an_administrator():
            own = {"ended": _numbers(held), "undone": _numbers(coming)}
            ended = held.update(valid_to=on) + coming.delete()[0]
            if ended:
                payload = {"role": role.value, "unit": unit, "on": on, **own}
                record(actor=actor, verb="revoke-role", target=f"user:{user.pk}", payload=payload)
    except NoAdministratorLeft as left:
        return PersonChange((left.finding,), user)
    return PersonChange(user=user, count=ended)


def _numbers(assignments: QuerySet[RoleAssignment]) -> list[int]:
    return sorted(assignments.values_list("pk", flat=True))
