"""The states of a follow-up round: one table says every allowed step and who may take it.

states.md draws the same table; a test keeps them alike.
"""

from __future__ import annotations

from enum import StrEnum

from uppsikt.audit.actors import Verb
from uppsikt.audit.transitions import Transitions
from uppsikt.core.language import Text


class State(StrEnum):
    """Where a round stands. Forecasts are taken in while it is open.

    What was adopted stays as it was: a correction opens the next version of the round.
    """

    DRAFT = "draft"
    OPEN = "open"
    CONSOLIDATED = "consolidated"
    ADOPTED = "adopted"

    @property
    def label(self) -> Text:
        """What the user calls it."""
        return _LABELS[self]


_LABELS = {
    State.DRAFT: Text("utkast", "draft"),
    State.OPEN: Text("öppen", "open"),
    State.CONSOLIDATED: Text("konsoliderad", "consolidated"),
    State.ADOPTED: Text("fastställd", "adopted"),
}

TRANSITIONS = Transitions[State](
    {
        (State.DRAFT, State.OPEN): Verb.RUN_ROUND,
        (State.OPEN, State.CONSOLIDATED): Verb.RUN_ROUND,
        (State.CONSOLIDATED, State.OPEN): Verb.RUN_ROUND,
        (State.CONSOLIDATED, State.ADOPTED): Verb.ADOPT,
        (State.ADOPTED, State.OPEN): Verb.ADOPT,
    }
)


def is_correction(start: State, end: State) -> bool:
    """Whether the step opens what was adopted: it needs a reason, and begins the next version."""
    return start is State.ADOPTED and end is State.OPEN


def diagram() -> str:
    """The table as a Mermaid state diagram, the one in states.md."""
    return TRANSITIONS.diagram(State.DRAFT, State.ADOPTED)
