"""Which structure a page shows: dimension, hierarchy, day and draft. All of it stands in the address."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from uppsikt.audit.actors import Actor
from uppsikt.coding.differences import Structure
from uppsikt.core.codeplan import STANDARD, CodePlan
from uppsikt.core.findings import found
from uppsikt.core.language import Text
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.core.tables import date_from_text
from uppsikt.web.actors import today
from uppsikt.web.errors import Absent
from uppsikt.web.findings import CHOICE_UNKNOWN
from uppsikt.web.organisation.plans import plan_for
from uppsikt.web.words import DIMENSION_LABELS

_DIMENSION = Text("Kodslag", "Kind of code")
_HIERARCHY = Text("Indelning", "Hierarchy")
_DAY = Text("Datum", "Date")


@dataclass(frozen=True, slots=True)
class Asked:
    """A structure as an address asks for it. `words` is what is sought in it."""

    dimension: str
    hierarchy: str
    day: date
    draft: str = ""
    words: str = ""

    @property
    def pairs(self) -> dict[str, str]:
        """The address' parameters."""
        pairs = {"dimension": self.dimension, "hierarchy": self.hierarchy, "day": self.day.isoformat()}
        pairs |= {"draft": self.draft} if self.draft else {}
        return pairs | ({"q": self.words} if self.words else {})

    def structure(self, plan: CodePlan) -> Structure:
        """The structure itself."""
        return Structure(plan, self.day, self.dimension, self.hierarchy)


def asked_from(actor: Actor, asked: QueryDict) -> tuple[Asked, CodePlan]:
    """What an address asks for and the plan it is read from; `Absent` for what is no choice."""
    draft = asked.get("draft", "")
    plan = plan_for(actor, draft)
    dimension = one_of(_DIMENSION, asked.get("dimension") or "unit", DIMENSION_LABELS)
    hierarchy = one_of(_HIERARCHY, asked.get("hierarchy") or STANDARD, hierarchies(plan, dimension))
    ordinary = today()
    return Asked(dimension, hierarchy, day_from(asked, ordinary), draft, asked.get("q", "").strip()), plan


def day_from(asked: QueryDict, ordinary: date, name: str = "day") -> date:
    """The day asked for, else the ordinary one; `Absent` for what is no day."""
    text = asked.get(name, "")
    if not text:
        return ordinary
    day = date_from_text(text)
    if day is None or not BEGINNING < day < FOREVER:
        raise Absent(found(CHOICE_UNKNOWN, name=_DAY, value=text))
    return day


def one_of(name: Text, value: str, known: Container[str]) -> str:
    """The value, where it is one of the known; `Absent` otherwise."""
    if value not in known:
        raise Absent(found(CHOICE_UNKNOWN, name=name, value=value))
    return value


def hierarchies(plan: CodePlan, dimension: str) -> list[str]:
    """The dimension's hierarchies, the main one first."""
    others = {own.hierarchy for own in plan.placements if own.dimension == dimension} - {STANDARD}
    return [STANDARD, *sorted(others)]
