"""What was written in the forms about people and their roles, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from uppsikt.audit.actors import WHOLE, Grant, Role
from uppsikt.audit.findings import DAY_UNREADABLE, ROLE_UNKNOWN, UNIT_UNKNOWN
from uppsikt.audit.people import PersonFacts
from uppsikt.coding.selectors import code_plan
from uppsikt.core.findings import Finding, found
from uppsikt.core.periods import FOREVER
from uppsikt.core.tables import date_from_text
from uppsikt.web.actors import today


@dataclass(frozen=True)
class RoleForm:
    """A role as it was written; `grant` is None until everything in it is right."""

    fields: Mapping[str, str] = field(default_factory=dict)
    grant: Grant | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeForm:
    """A role's time as it was written: half-open, as the house keeps it."""

    valid_from: date
    valid_to: date
    findings: tuple[Finding, ...]


def written_facts(post: Mapping[str, str], name: str = "") -> PersonFacts:
    """A person's facts; the name to sign in with is not in the form of somebody known."""
    full_name, email = post.get("full_name", "").strip(), post.get("email", "").strip()
    return PersonFacts(name or post.get("name", "").strip(), full_name, email)


def written_role(post: Mapping[str, str]) -> RoleForm:
    """A role to be given."""
    fields = {name: post.get(name, "").strip() for name in ("role", "unit", "valid_from", "last_day")}
    time = written_time(post, today())
    findings = list(time.findings)
    role = fields["role"]
    if role not in set(Role):
        known = ", ".join(str(own.label) for own in Role)
        findings.append(found(ROLE_UNKNOWN, role=role, known=known))
    # what the list of units offers is "4220 Ekonomi": the code is what counts
    unit = fields["unit"].split(" ", 1)[0] or WHOLE
    if unit != WHOLE and not code_plan().knows("unit", unit):
        findings.append(found(UNIT_UNKNOWN, unit=unit))
    if findings:
        return RoleForm(fields, findings=tuple(findings))
    return RoleForm(fields, Grant(Role(role), unit, time.valid_from, time.valid_to))


def written_time(post: Mapping[str, str], first: date) -> TimeForm:
    """A role's time; `first` is when it begins where nothing is written. People write the last day, not the end."""
    findings: list[Finding] = []

    def day(name: str) -> date | None:
        text = post.get(name, "").strip()
        read = date_from_text(text) if text else None
        if text and read is None:
            findings.append(found(DAY_UNREADABLE, value=text))
        return read

    start, last = day("valid_from"), day("last_day")
    end = last + timedelta(days=1) if last and last < FOREVER else FOREVER
    return TimeForm(start or first, end, tuple(findings))
