"""What the pages of sign-in and of one's own account need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User

from uppsikt.audit.actors import WHOLE, Actor, Grant
from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding
from uppsikt.core.language import Text, say
from uppsikt.core.periods import FOREVER
from uppsikt.web.actors import today


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role as it is shown: what, where, until when."""

    role: Text
    unit: str
    valid_from: date
    last_day: date | None  # None: until further notice
    is_now: bool


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A security key of the account."""

    key: int
    name: str
    added: datetime


@dataclass(frozen=True)
class AccountPage:
    """One's own account."""

    full_name: str
    email: str
    has_password: bool
    roles: Sequence[RoleLine]
    has_app: bool
    keys: Sequence[KeyLine]
    codes_left: int
    must_have_second_step: bool
    findings: Sequence[Finding] = ()

    @property
    def has_second_step(self) -> bool:
        """Whether more than a password is asked for."""
        return self.has_app or bool(self.keys)


def unit_words(plan: CodePlan, unit: str, day: date) -> str:
    """A unit's code and name; the whole municipality in words."""
    if unit == WHOLE:
        return say("hela kommunen", "the whole municipality")
    name = plan.name("unit", unit, day)
    return unit if name == unit else f"{unit} {name}"


def role_line(plan: CodePlan, grant: Grant, day: date) -> RoleLine:
    """A grant as a line."""
    end = grant.valid_to
    last = None if end == FOREVER else date.fromordinal(end.toordinal() - 1)
    is_now = grant.valid_from <= day < end
    return RoleLine(grant.role.label.capitalised, unit_words(plan, grant.unit, day), grant.valid_from, last, is_now)


def account_page(actor: Actor, user: User, must_have: bool, findings: Sequence[Finding] = ()) -> AccountPage:
    """The person's own page: two queries more than any page."""
    plan, day = code_plan(), today()
    running = [grant for grant in actor.grants if grant.valid_to > day and grant.valid_from < grant.valid_to]
    steps = list(Authenticator.objects.filter(user_id=user.pk).order_by("pk"))
    codes = next((own for own in steps if own.type == Authenticator.Type.RECOVERY_CODES), None)
    keys = [own for own in steps if own.type == Authenticator.Type.WEBAUTHN]
    return AccountPage(
        full_name=user.get_full_name(),
        email=user.email,
        has_password=user.has_usable_password(),
        roles=[role_line(plan, grant, day) for grant in running],
        has_app=any(own.type == Authenticator.Type.TOTP for own in steps),
        keys=[KeyLine(own.pk, own.wrap().name, own.created_at) for own in keys],
        codes_left=len(codes.wrap().get_unused_codes()) if codes else 0,
        must_have_second_step=must_have,
        findings=findings,
    )
