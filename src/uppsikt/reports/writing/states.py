"""The states of a section of a report: one table says every allowed step and the right it asks for.

Whoever is responsible for a section has the right to write it, whatever their role. states.md draws the same
table; a test keeps them alike.
"""

from __future__ import annotations

from enum import StrEnum

from uppsikt.audit.actors import Verb
from uppsikt.audit.transitions import Transitions
from uppsikt.core.language import Text


class SectionState(StrEnum):
    """Where a section stands."""

    NOT_STARTED = "not-started"
    WRITING = "writing"
    DONE = "done"
    RETURNED = "returned"
    APPROVED = "approved"

    @property
    def label(self) -> Text:
        """What the user calls it."""
        return _LABELS[self]

    @property
    def is_open(self) -> bool:
        """Whether its text may be changed."""
        return self in (SectionState.NOT_STARTED, SectionState.WRITING, SectionState.RETURNED)


_LABELS = {
    SectionState.NOT_STARTED: Text("ej påbörjat", "not started"),
    SectionState.WRITING: Text("skrivs", "being written"),
    SectionState.DONE: Text("klart", "done"),
    SectionState.RETURNED: Text("återlämnat", "returned"),
    SectionState.APPROVED: Text("godkänt", "approved"),
}

TRANSITIONS = Transitions[SectionState](
    {
        (SectionState.NOT_STARTED, SectionState.WRITING): Verb.WRITE_TEXT,
        (SectionState.WRITING, SectionState.DONE): Verb.WRITE_TEXT,
        (SectionState.DONE, SectionState.WRITING): Verb.WRITE_TEXT,
        (SectionState.DONE, SectionState.RETURNED): Verb.BUILD_REPORT,
        (SectionState.DONE, SectionState.APPROVED): Verb.BUILD_REPORT,
        (SectionState.RETURNED, SectionState.DONE): Verb.WRITE_TEXT,
        (SectionState.APPROVED, SectionState.RETURNED): Verb.BUILD_REPORT,
    }
)


def diagram() -> str:
    """The table as a Mermaid state diagram, the one in states.md."""
    return TRANSITIONS.diagram(SectionState.NOT_STARTED)
