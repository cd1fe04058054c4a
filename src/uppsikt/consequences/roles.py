"""Rights and responsibilities of people whose unit ends or moves. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from uppsikt.audit.actors import WHOLE, Role
from uppsikt.coding.events import Event, EventKind
from uppsikt.consequences.endings import Ending, labelled
from uppsikt.consequences.findings import ROLE_ENDS, ROLE_MOVES, ROLE_TO_CHOOSE
from uppsikt.core.changes import STANDARD
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.formats import ABSENT


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that a person (who can still sign in) has on a unit, or on the whole municipality."""

    user_id: int
    person: str
    role: Role
    unit: str
    valid_from: date
    valid_to: date

    def covers(self, path: Sequence[str], day: date) -> bool:
        """Whether the role reaches the unit with this path to the root on a day."""
        return self.valid_from <= day < self.valid_to and (self.unit == WHOLE or self.unit in path)


@dataclass(frozen=True, slots=True)
class ProposedRole:
    """The role a person has on a unit that ends, on the one unit that comes after it."""

    user_id: int
    person: str
    role: Role
    unit: str
    heir: str
    valid_from: date
    valid_to: date


def proposed_roles(endings: Iterable[Ending], held: Sequence[HeldRole], plan: CodePlan) -> list[ProposedRole]:
    """The same role on the successor for whoever lacks it there, where there is one successor and no more."""
    return [
        ProposedRole(
            own.user_id, own.person, own.role, ending.code, ending.heirs[0], _start(own, ending), own.valid_to
        )
        for ending in endings
        for own in _losing(ending, held, plan)
        if len(ending.heirs) == 1
    ]


def _start(own: HeldRole, ending: Ending) -> date:
    return max(own.valid_from, ending.on)


def _losing(ending: Ending, held: Sequence[HeldRole], plan: CodePlan) -> Iterator[HeldRole]:
    """Roles on the unit from its end on, but for those who answer for every successor by another role already."""
    if ending.dimension != "unit":
        return
    for own in dict.fromkeys(held):
        if own.unit == ending.code and own.valid_to > ending.on:
            paths = [plan.path("unit", heir, _start(own, ending)) for heir in ending.heirs]
            if not paths or not all(_has(own, held, path, _start(own, ending)) for path in paths):
                yield own


def _has(own: HeldRole, held: Sequence[HeldRole], path: Sequence[str], day: date) -> bool:
    return any(
        (other.user_id, other.role) == (own.user_id, own.role) and other.covers(path, day)
        for other in held
        if other.unit != own.unit
    )


def role_findings(
    endings: Iterable[Ending], moves: Iterable[Event], held: Sequence[HeldRole], plan: CodePlan, key: str
) -> Iterator[Finding]:
    """Who is left without a unit, and who gets or loses one that moves under another."""
    for ending in endings:
        for own in _losing(ending, held, plan):
            at, facts = Place(key, ending.number), {"person": own.person, "role": str(own.role.label)}
            facts |= {"value": ending.label, "day": ending.on.isoformat()}
            if len(ending.heirs) == 1:
                yield found(ROLE_ENDS, at, **facts, heir=ending.heir_labels)
            else:
                yield found(ROLE_TO_CHOOSE, at, **facts, heirs=ending.heir_labels)
    for event in moves:
        if event.kind is EventKind.MOVE and (event.dimension, event.hierarchy) == ("unit", STANDARD):
            yield from _moved(event, held, plan, key)


def _moved(event: Event, held: Sequence[HeldRole], plan: CodePlan, key: str) -> Iterator[Finding]:
    before = plan.path("unit", event.code, event.on - timedelta(days=1))
    after = plan.path("unit", event.code, event.on)
    losing = _said(own for own in held if own.covers(before, event.on) and not own.covers(after, event.on))
    gaining = _said(own for own in held if own.covers(after, event.on) and not own.covers(before, event.on))
    if losing != gaining:
        parent = labelled(event.parent, plan.name("unit", event.parent, event.on)) if event.parent else ABSENT
        facts = {"value": labelled(event.code, plan.name("unit", event.code, event.on)), "parent": parent}
        facts |= {"day": event.on.isoformat(), "losing": losing, "gaining": gaining}
        yield found(ROLE_MOVES, Place(key, event.number), **facts)


def _said(roles: Iterable[HeldRole]) -> str:
    return ", ".join(dict.fromkeys(f"{own.person} ({own.role.label})" for own in roles)) or ABSENT
