"""Whether people and their roles are what the log tells."""

from __future__ import annotations

from uppsikt.audit.findings import PERSON_UNTOLD, ROLE_UNTOLD
from uppsikt.audit.told import Row, differences, held_people, held_roles, told_people, told_roles
from uppsikt.core.findings import Finding, found


def verify_people() -> list[Finding]:
    """A finding for each person and each role that was changed, added or taken away beside the services."""
    people, roles = held_people(), held_roles()
    told, given = told_people(), told_roles()
    findings = [
        found(PERSON_UNTOLD, person=_named(f"user:{own.key}", told, people), told=own.told, held=own.held)
        for own in differences(told, people)
    ]
    for own in differences(given, roles):
        whose = str((given.get(own.key) or roles[own.key])[0])
        person = _named(whose, told, people)
        findings.append(found(ROLE_UNTOLD, role=own.key, person=person, told=own.told, held=own.held))
    return findings


def _named(target: str, told: dict[int, Row], held: dict[int, Row]) -> str:
    pk = int(target.removeprefix("user:"))
    names = (row[0] for row in (held.get(pk), told.get(pk)) if row)
    return str(next(names, target))
