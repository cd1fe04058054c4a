"""What decided events did to codes: where they moved in the tree, and who answers for their money after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

STANDARD = "standard"


@dataclass(frozen=True, slots=True, order=True)
class Condition:
    """What a posting's code in one dimension must be: one of the codes or under them, on the event's day."""

    dimension: str
    under: tuple[str, ...]
    hierarchy: str = STANDARD


@dataclass(frozen=True, slots=True, order=True)
class Portion:
    """Who takes how many parts; the parts of a rule's portions make the whole. The source itself may keep some."""

    code: str
    parts: int = 1


@dataclass(frozen=True, slots=True, order=True)
class SuccessionRule:
    """Postings that meet all conditions (none: every posting) go by these portions."""

    portions: tuple[Portion, ...]
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Succession:
    """From its change's day others answer for money of `code`: the first rule that a posting meets decides.

    What meets no rule stays. Money booked before that day is carried over; where the code `ends`, money that
    is booked on it afterwards too.
    """

    dimension: str
    code: str
    rules: tuple[SuccessionRule, ...]
    ends: bool


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """The code's parent in a hierarchy after the change; None is a root."""

    dimension: str
    hierarchy: str
    code: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One decided event as the code plan knows it. `key` names it for ever; `label` is its line in a bridge."""

    key: str
    on: date
    label: str
    decision: str = ""
    moves: tuple[Move, ...] = ()
    successions: tuple[Succession, ...] = ()
