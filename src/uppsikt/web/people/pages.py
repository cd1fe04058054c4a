"""What the pages of people need. For administrators of the whole municipality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from uppsikt.audit.actors import WHOLE, Actor, Grant, Role, Verb, require
from uppsikt.audit.findings import PERSON_UNKNOWN
from uppsikt.audit.selectors import HeldRole, Person, people, person
from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, found
from uppsikt.core.language import Text
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.web.accounts.pages import unit_words
from uppsikt.web.actors import today
from uppsikt.web.errors import Absent

MOST = 400  # people of one page; who more are is found by searching


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in the list, with the roles of today in words."""

    name: str
    shown_name: str
    email: str
    is_open: bool
    roles: Sequence[str]
    last_seen: datetime | None


@dataclass(frozen=True)
class ListPage:
    """The people that were asked for."""

    lines: Sequence[PersonLine]
    text: str
    is_cut: bool


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role with its time as a form has it."""

    key: int
    role: Text
    unit: str
    first: str
    last: str
    state: Text
    is_over: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be chosen."""

    value: str
    label: str


@dataclass(frozen=True)
class PersonPage:
    """One person: facts, roles over time, how they sign in."""

    person: Person
    roles: Sequence[RoleRow]
    role_choices: Sequence[Choice]
    units: Sequence[Choice]
    has_second_step: bool
    is_linked: bool  # has signed in with the municipality's account
    is_oneself: bool
    findings: Sequence[Finding] = ()
    written: Mapping[str, str] = field(default_factory=dict)


def require_people(actor: Actor) -> None:
    """Raise `NotAllowed` unless the actor administers the whole municipality."""
    require(actor, Verb.ADMINISTER, (), today())


def list_page(actor: Actor, query: Mapping[str, str]) -> ListPage:
    """People by name: two queries and the code plan's, however many they are."""
    require_people(actor)
    text = query.get("q", "").strip()[:100]
    plan, day = code_plan(), today()
    found_people = people(text, MOST + 1)
    lines = [_line(own, plan, day) for own in found_people[:MOST]]
    return ListPage(lines, text, len(found_people) > MOST)


def _line(own: Person, plan: CodePlan, day: date) -> PersonLine:
    roles = [f"{grant.role.label} {unit_words(plan, grant.unit, day)}" for grant in own.grants_on(day)]
    return PersonLine(own.name, own.shown_name, own.email, own.is_open, roles, own.last_seen)


def known_person(actor: Actor, name: str) -> Person:
    """The person of an address; `Absent` where there is nobody of that name."""
    require_people(actor)
    own = person(name)
    if own is None:
        raise Absent(found(PERSON_UNKNOWN, name=name))
    return own


def person_page(
    actor: Actor, name: str, findings: Sequence[Finding] = (), written: Mapping[str, str] | None = None
) -> PersonPage:
    """One person's page, with what was wrong with a form where it comes back."""
    own = known_person(actor, name)
    plan, day = code_plan(), today()
    return PersonPage(
        person=own,
        roles=[_role_row(held, plan, day) for held in reversed(own.roles)],
        role_choices=[Choice(role.value, str(role.label.capitalised)) for role in Role],
        units=_units(plan, day),
        has_second_step=Authenticator.objects.filter(user_id=own.key).exists(),
        is_linked=SocialAccount.objects.filter(user_id=own.key).exists(),
        is_oneself=own.key == actor.user_id,
        findings=findings,
        written=written or {},
    )


def _role_row(held: HeldRole, plan: CodePlan, day: date) -> RoleRow:
    grant = held.grant
    is_over = grant.valid_to <= day
    state = _OVER if is_over else _COMING if grant.valid_from > day else _NOW
    first = "" if grant.valid_from == BEGINNING else grant.valid_from.isoformat()
    return RoleRow(
        held.key, grant.role.label.capitalised, unit_words(plan, grant.unit, day), first, _last(grant), state, is_over
    )


_NOW, _COMING, _OVER = Text("nu", "now"), Text("kommande", "coming"), Text("avslutad", "ended")


def _last(grant: Grant) -> str:
    return "" if grant.valid_to == FOREVER else (grant.valid_to - timedelta(days=1)).isoformat()


def _units(plan: CodePlan, day: date) -> list[Choice]:
    """The units of today, parents before children, after the whole municipality."""
    choices = [Choice(WHOLE, unit_words(plan, WHOLE, day))]

    def walk(code: str) -> None:
        choices.append(Choice(code, plan.name("unit", code, day)))
        for child in plan.children("unit", code, day):
            walk(child)

    for top in plan.children("unit", None, day):
        walk(top)
    return choices
