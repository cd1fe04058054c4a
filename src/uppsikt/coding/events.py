"""Reorganisations as values: decided, dated sets of events on codes of any dimension.

Pure: no database, no files. `reorganising` folds them into the code plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

from uppsikt.core.changes import STANDARD, Condition, Portion, SuccessionRule
from uppsikt.core.language import Text


class EventKind(StrEnum):
    """What can happen to a code. A change of code is an opening and a merging."""

    OPEN = "open"
    CLOSE = "close"
    RENAME = "rename"
    MOVE = "move"
    SPLIT = "split"
    MERGE = "merge"
    TRANSFER = "transfer"

    @property
    def label(self) -> str:
        """What it is called, in the user's language."""
        return str(_KIND_LABELS[self])


_KIND_LABELS = {
    EventKind.OPEN: Text("öppna", "open"),
    EventKind.CLOSE: Text("stäng", "close"),
    EventKind.RENAME: Text("byt namn", "rename"),
    EventKind.MOVE: Text("flytta", "move"),
    EventKind.SPLIT: Text("dela", "split"),
    EventKind.MERGE: Text("slå ihop", "merge"),
    EventKind.TRANSFER: Text("för över", "transfer"),
}
SUCCESSIONS = frozenset({EventKind.SPLIT, EventKind.MERGE, EventKind.TRANSFER})


class State(StrEnum):
    """A draft may be corrected or discarded; what is adopted stands until another decision annuls it."""

    DRAFT = "draft"
    ADOPTED = "adopted"
    ANNULLED = "annulled"

    @property
    def label(self) -> str:
        """What it is called, in the user's language."""
        return str(_STATE_LABELS[self])

    def may_become(self, other: State) -> bool:
        """Whether a service may take a reorganisation from this state to the other."""
        return other in _TRANSITIONS[self]


_STATE_LABELS = {
    State.DRAFT: Text("utkast", "draft"),
    State.ADOPTED: Text("beslutad", "adopted"),
    State.ANNULLED: Text("upphävd", "annulled"),
}
# draft ⟲ ──adopt──► adopted ──annul──► annulled
_TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.DRAFT, State.ADOPTED}),
    State.ADOPTED: frozenset({State.ANNULLED}),
    State.ANNULLED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happens to `code` on the day `on`.

    `name`, `code_kind` and `parent` are what an opening, a renaming or a move gives it (None: a root of
    `hierarchy`); `rules` say where a split, a merge or a transfer takes its money. `number` is the event's
    own in its reorganisation, and the order of what happens on the same day.
    """

    number: int
    kind: EventKind
    dimension: str
    on: date
    code: str
    name: str = ""
    code_kind: str = ""
    parent: str | None = None
    hierarchy: str = STANDARD
    rules: tuple[SuccessionRule, ...] = ()
    text: str = ""

    @property
    def ends(self) -> bool:
        """Whether the code is no more from the day on; a split in which it keeps a part leaves it open."""
        if self.kind is EventKind.SPLIT:
            return self.code not in self.targets
        return self.kind in (EventKind.CLOSE, EventKind.MERGE)

    @property
    def targets(self) -> tuple[str, ...]:
        """The codes its money goes to, in order, itself among them where it keeps some."""
        return tuple(dict.fromkeys(portion.code for rule in self.rules for portion in rule.portions))


@dataclass(frozen=True, slots=True)
class Annulment:
    """The decision that took an adopted reorganisation out again, and who entered it when."""

    decision: str
    decided_on: date
    text: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class ReorganisationFacts:
    """What a person says of a reorganisation. An empty key is made from the name."""

    key: str
    name: str
    decision: str = ""
    decided_on: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reorganisation:
    """A reorganisation as held. `position` is its place in the order of adoption; None for drafts."""

    key: str
    name: str
    decision: str = ""
    decided_on: date | None = None
    text: str = ""
    author: str = ""
    state: State = State.DRAFT
    events: tuple[Event, ...] = ()
    position: int | None = None
    adopted_on: date | None = None
    adopted_by: str = ""
    annulment: Annulment | None = None

    @property
    def facts(self) -> ReorganisationFacts:
        """What a person said of it."""
        return ReorganisationFacts(self.key, self.name, self.decision, self.decided_on, self.text)

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which it has effect, sorted."""
        return tuple(sorted({event.on for event in self.events}))

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions it changes, sorted."""
        return tuple(sorted({event.dimension for event in self.events}))


def change_key(reorganisation: str, number: int) -> str:
    """What an event is called for ever: `ny-organisation-2023#4`."""
    return f"{reorganisation}#{number}"


def reorganisation_of(change: str) -> str:
    """The key of the reorganisation that a change came with."""
    return change.rpartition("#")[0]


def in_order_of_effect(reorganisations: Iterable[Reorganisation]) -> list[tuple[Reorganisation, Event]]:
    """All events by day, order of adoption (drafts last) and number."""
    pairs = [(held, event) for held in reorganisations for event in held.events]
    last = 1 + max((held.position or 0 for held, _ in pairs), default=0)
    return sorted(
        pairs,
        key=lambda pair: (
            pair[1].on,
            last if pair[0].position is None else pair[0].position,
            pair[0].key,
            pair[1].number,
        ),
    )


def as_logged(held: Reorganisation) -> dict[str, object]:
    """Everything that is kept of a reorganisation, as each write records it and verification reads it again."""
    return {
        **asdict(held.facts),
        "state": held.state.value,
        "position": held.position,
        "adopted_on": held.adopted_on,
        "adopted_by": held.adopted_by,
        "annulment": asdict(held.annulment) if held.annulment else None,
        "events": [{**asdict(event), "rules": rules_as_json(event.rules)} for event in held.events],
    }


def rules_as_json(rules: Sequence[SuccessionRule]) -> list[dict[str, object]]:
    """Rules as they are stored and logged."""
    return [
        {
            "to": [[portion.code, portion.parts] for portion in rule.portions],
            "where": [[own.dimension, list(own.under), own.hierarchy] for own in rule.conditions],
        }
        for rule in rules
    ]


def rules_from_json(stored: Sequence[Mapping[str, Sequence[Sequence[object]]]]) -> tuple[SuccessionRule, ...]:
    """The rules that `rules_as_json` wrote."""
    return tuple(
        SuccessionRule(
            tuple(Portion(str(code), int(str(parts))) for code, parts in rule["to"]),
            tuple(
                Condition(str(dimension), tuple(str(code) for code in _listed(under)), str(hierarchy))
                for dimension, under, hierarchy in rule["where"]
            ),
        )
        for rule in stored
    )


def _listed(under: object) -> Sequence[object]:
    return under if isinstance(under, list | tuple) else ()
