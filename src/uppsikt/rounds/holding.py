"""Holding a unit's work while it is changed: one writer of a unit at a time, units never wait for each other.

The order is always the same: a round, participants by key, then the plans (`planning.storage.hold_plan`),
then the log's chain. What the round is, is read after its participant is held: whoever consolidates holds them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from uppsikt.audit.actors import Actor, Verb, require
from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, found
from uppsikt.planning.findings import ROUND_NOT_OPEN, ROUND_UNKNOWN
from uppsikt.planning.models import Round
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import round_row
from uppsikt.planning.states import State
from uppsikt.rounds.findings import NOT_A_PARTICIPANT, NOT_EDITABLE, UNIT_EXCUSED
from uppsikt.rounds.models import Participant
from uppsikt.rounds.states import WorkState
from uppsikt.rounds.values import ParticipantRow


@dataclass(frozen=True, slots=True)
class Held:
    """A unit's participation, held to the end of the transaction, and its round as it is meanwhile."""

    round_key: str
    unit: str
    participant: Participant | None
    round: RoundRow | None

    @property
    def row(self) -> ParticipantRow | None:
        """The participation as a value."""
        return participant_row(self.participant) if self.participant else None

    @property
    def state(self) -> WorkState | None:
        """How far the unit has come; None where it takes no part."""
        return WorkState(self.participant.state) if self.participant else None

    def closed(self, *allowed: State) -> Iterator[Finding]:
        """Why nothing of the unit's work can change now: it may while the round is open (or in a state allowed)."""
        if self.round is None:
            yield found(ROUND_UNKNOWN, round=self.round_key)
        elif self.participant is None:
            yield found(NOT_A_PARTICIPANT, round=self.round_key, unit=self.unit)
        elif self.round.state not in (State.OPEN, *allowed):
            yield found(ROUND_NOT_OPEN, round=self.round_key, state=self.round.state.label)

    def excused(self) -> Iterator[Finding]:
        """That the unit needn't take part, so it doesn't."""
        if self.participant and self.participant.excused:
            yield found(UNIT_EXCUSED, unit=self.unit, reason=self.participant.excused)

    def not_editable(self) -> Iterator[Finding]:
        """Why the unit's people can't type now."""
        yield from self.closed()
        yield from self.excused()
        if self.state and not self.state.is_editable:
            yield found(NOT_EDITABLE, unit=self.unit, state=self.state.label)


def hold_unit(round_key: str, unit: str) -> Held:
    """Hold a unit's work; inside a transaction (two queries)."""
    own = Participant.objects.select_for_update(of=("self",)).filter(round__key=round_key, unit=unit)
    participant = own.order_by("pk").first()
    return Held(round_key, unit, participant, round_row(round_key))


def hold_units(round_key: str, units: Iterable[str]) -> list[Participant]:
    """Hold several units' work before the first of them is written: else two who write could wait for each other."""
    own = Participant.objects.select_for_update(of=("self",)).filter(round__key=round_key, unit__in=list(units))
    return list(own.order_by("pk"))


def hold_all(round_key: str) -> list[Participant]:
    """Hold everybody's work in a round; inside a transaction (two queries)."""
    # the round first: whoever adds participants waits for whoever asks whether all are done. Not its key, which
    # everybody who types refers to
    Round.objects.select_for_update(of=("self",), no_key=True).filter(key=round_key).first()
    return list(Participant.objects.select_for_update(of=("self",)).filter(round__key=round_key).order_by("pk"))


def allowed_plan(actor: Actor, verb: Verb, unit: str, as_of: date) -> CodePlan:
    """The code plan, where the actor may do `verb` on the unit; raises `NotAllowed`."""
    plan = code_plan()
    require(actor, verb, plan.path("unit", unit, as_of), as_of)
    return plan


def participant_row(participant: Participant) -> ParticipantRow:
    """A stored participation as a value."""
    return ParticipantRow(
        participant.unit,
        WorkState(participant.state),
        participant.excused,
        participant.message,
        participant.changed_at,
        participant.changed_by,
    )


def target_of(round_key: str, unit: str) -> str:
    """What the log calls a unit's work."""
    return f"round:{round_key}/{unit}"


def mark(participant: Participant, state: WorkState, actor: Actor, **changed: str) -> None:
    """Store a unit's state, with who and when."""
    participant.state = state.value
    participant.changed_at = datetime.now(UTC)
    participant.changed_by = actor.name
    for name, value in changed.items():
        setattr(participant, name, value)
    participant.save(update_fields=["state", "changed_at", "changed_by", *changed])


def begin(participant: Participant, actor: Actor) -> None:
    """The first thing anybody writes starts the unit's work."""
    if participant.state == WorkState.NOT_STARTED.value:
        mark(participant, WorkState.IN_PROGRESS, actor)
