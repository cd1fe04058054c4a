"""The states of rounds and of units' work, drawn from the tables that the services go by (`make docs`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from uppsikt.audit.actors import ALLOWED, Role, Verb
from uppsikt.core.findings import CATALOGUE
from uppsikt.planning import states as planning
from uppsikt.planning.findings import REASON_NEEDED, ROUND_NOT_OPEN, STEP_NOT_ALLOWED
from uppsikt.planning.states import State
from uppsikt.rounds.findings import (
    BOTH_WAYS,
    CAUSE_MISSING,
    GAPS_NOT_ACCEPTED,
    GAPS_WITHOUT_REASON,
    MEASURE_MISSING,
    MONTHS_MISSING,
    NOTHING_TO_SUBMIT,
    PERIOD_NOT_LEFT,
    QUESTION_UNANSWERED,
    TEXT_NEEDED,
    UNIT_EXCUSED,
    UNIT_NOT_DONE,
    UNIT_STEP_NOT_ALLOWED,
)
from uppsikt.rounds.states import TRANSITIONS, WorkState

Arrows = Mapping[tuple[State, State], Verb] | Mapping[tuple[WorkState, WorkState], Verb]

_WRITING = (UNIT_EXCUSED, BOTH_WAYS, PERIOD_NOT_LEFT)
_HANDING_IN = (
    UNIT_EXCUSED,
    NOTHING_TO_SUBMIT,
    MONTHS_MISSING,
    CAUSE_MISSING,
    MEASURE_MISSING,
    QUESTION_UNANSWERED,
)

# what can stop an arrow, beside its right; every one of them is met in a test
ROUND_CHECKS: Mapping[tuple[str, str], Sequence[str]] = {
    (State.OPEN, State.CONSOLIDATED): (UNIT_NOT_DONE, GAPS_WITHOUT_REASON),
    (State.ADOPTED, State.OPEN): (REASON_NEEDED,),
}
UNIT_CHECKS: Mapping[tuple[str, str], Sequence[str]] = {
    (WorkState.NOT_STARTED, WorkState.IN_PROGRESS): _WRITING,
    (WorkState.NOT_STARTED, WorkState.SUBMITTED): _HANDING_IN,
    (WorkState.IN_PROGRESS, WorkState.SUBMITTED): _HANDING_IN,
    (WorkState.RETURNED, WorkState.SUBMITTED): _HANDING_IN,
    (WorkState.SUBMITTED, WorkState.RETURNED): (TEXT_NEEDED,),
    (WorkState.SUBMITTED, WorkState.APPROVED): (GAPS_NOT_ACCEPTED,),
    (WorkState.APPROVED, WorkState.RETURNED): (TEXT_NEEDED,),
}


def diagram() -> str:
    """The units' table as a Mermaid state diagram."""
    return TRANSITIONS.diagram(WorkState.NOT_STARTED, WorkState.APPROVED)


def states_page() -> str:
    """The reference page of states, in the language that is spoken."""
    return "\n".join([*_head(), *_of_rounds(), *_of_units(), *_of_rights()]) + "\n"


def _head() -> Iterator[str]:
    yield "# States of rounds and units"
    yield ""
    yield "A follow-up round has a state, and in it each unit that takes part has one. Each arrow asks for a right;"
    yield "what can stop it is a finding. Every step is logged. Made by `make docs`."


def _of_rounds() -> Iterator[str]:
    yield from ("", "## A round", "", "The right is asked for on the whole municipality. Every other step is refused")
    yield f"({_linked(STEP_NOT_ALLOWED)}). A round without participants asks for nobody to be done."
    yield from ("", "```mermaid", planning.diagram(), "```", "")
    yield from _table(planning.TRANSITIONS, ROUND_CHECKS)


def _of_units() -> Iterator[str]:
    yield from ("", "## A unit's work", "")
    yield "The right is asked for on the unit; roles are inherited down the tree. Arrows can be taken while the round"
    yield f"is open ({_linked(ROUND_NOT_OPEN)}); every other step is refused ({_linked(UNIT_STEP_NOT_ALLOWED)})."
    yield "The first thing anybody writes takes a unit from not started to in progress. A unit that is excused, with"
    yield "a reason, is not waited for and nobody writes there; that asks for `run-round` on the whole municipality."
    yield from ("", "```mermaid", diagram(), "```", "")
    yield from _table(TRANSITIONS, UNIT_CHECKS)


def _of_rights() -> Iterator[str]:
    yield from ("", "## Who has the rights", "", "| right | roles |", "|---|---|")
    rights = dict.fromkeys((*planning.TRANSITIONS.values(), *TRANSITIONS.values(), Verb.COMMENT))
    for right in rights:
        roles = ", ".join(str(role.label) for role in Role if right in ALLOWED[role])
        yield f"| `{right}` | {roles} |"


def _table(arrows: Arrows, checks: Mapping[tuple[str, str], Sequence[str]]) -> Iterator[str]:
    yield from ("| from | to | right | what can stop it |", "|---|---|---|---|")
    for (start, end), right in arrows.items():
        stops = ", ".join(_linked(code) for code in checks.get((start, end), ())) or "–"
        yield f"| {start.label} | {end.label} | `{right}` | {stops} |"


def _linked(code: str) -> str:
    severity = CATALOGUE[code].severity
    return f"[{code}](findings.md#{code.lower()}-{severity})"
