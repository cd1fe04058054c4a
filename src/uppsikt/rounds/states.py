"""The states of one unit's work in a round: one table says every allowed step and the right it asks for.

docs/reference/round-states.md draws it beside the round's own (`planning.states`), made by `rounds.drawing`.
"""

from __future__ import annotations

from enum import StrEnum

from uppsikt.audit.actors import Verb
from uppsikt.audit.transitions import Transitions
from uppsikt.core.language import Text


class WorkState(StrEnum):
    """Where a unit stands in a round."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"

    @property
    def label(self) -> Text:
        """What the user calls it."""
        return _LABELS[self]

    @property
    def is_editable(self) -> bool:
        """Whether the unit's people may change its figures and texts."""
        return self in (WorkState.NOT_STARTED, WorkState.IN_PROGRESS, WorkState.RETURNED)


_LABELS = {
    WorkState.NOT_STARTED: Text("ej påbörjad", "not started"),
    WorkState.IN_PROGRESS: Text("påbörjad", "in progress"),
    WorkState.SUBMITTED: Text("lämnad", "submitted"),
    WorkState.RETURNED: Text("återlämnad", "returned"),
    WorkState.APPROVED: Text("godkänd", "approved"),
}

TRANSITIONS = Transitions[WorkState](
    {
        (WorkState.NOT_STARTED, WorkState.IN_PROGRESS): Verb.SUBMIT_FORECAST,
        (WorkState.NOT_STARTED, WorkState.SUBMITTED): Verb.SUBMIT_FORECAST,
        (WorkState.IN_PROGRESS, WorkState.SUBMITTED): Verb.SUBMIT_FORECAST,
        (WorkState.SUBMITTED, WorkState.IN_PROGRESS): Verb.SUBMIT_FORECAST,
        (WorkState.SUBMITTED, WorkState.RETURNED): Verb.APPROVE_FORECAST,
        (WorkState.SUBMITTED, WorkState.APPROVED): Verb.APPROVE_FORECAST,
        (WorkState.RETURNED, WorkState.SUBMITTED): Verb.SUBMIT_FORECAST,
        (WorkState.APPROVED, WorkState.RETURNED): Verb.APPROVE_FORECAST,
    }
)
