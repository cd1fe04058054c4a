"""The list of rounds as a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from uppsikt.audit.actors import Actor, NotAllowed, Verb, may
from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import NotFound, found
from uppsikt.planning.kinds import RoundKind
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import round_row, rounds
from uppsikt.planning.states import State
from uppsikt.relations import NO_ROUND
from uppsikt.rounds.selectors import participants_by_round, setups_by_round
from uppsikt.rounds.values import ParticipantRow
from uppsikt.web.actors import may_anywhere, sees_whole, today
from uppsikt.web.rounds_pages.words import ROUND_COLOURS, Step, steps_of


@dataclass(frozen=True)
class RoundLine:
    """A round with how far the units that the reader sees have come."""

    row: RoundRow
    steps: Sequence[Step]
    done: int
    total: int
    may_control: bool

    @property
    def colour(self) -> str:
        """The colour of its state."""
        return ROUND_COLOURS[self.row.state]

    @property
    def kind(self) -> str:
        """What is followed up."""
        return str(RoundKind(self.row.kind).label)

    @property
    def is_running(self) -> bool:
        """Whether there is anything left to do in it."""
        return self.row.state is not State.ADOPTED


@dataclass(frozen=True)
class IndexPage:
    """The page: rounds that are running, and those that are done."""

    lines: Sequence[RoundLine]
    may_set_up: bool
    has_own: bool
    sees_versions: bool

    @property
    def running(self) -> list[RoundLine]:
        """Those with something left to do, the latest cut-off first."""
        return [line for line in self.lines if line.is_running]

    @property
    def adopted(self) -> list[RoundLine]:
        """Those that are done."""
        return [line for line in self.lines if not line.is_running]


def index_page(actor: Actor) -> IndexPage:
    """All rounds, the latest first, for whoever reads anything (five questions)."""
    if not may_anywhere(actor, Verb.READ):
        raise NotAllowed(actor, Verb.READ)
    plan, people, setups = code_plan(), participants_by_round(), setups_by_round()
    lines = []
    for row in reversed(rounds()):
        own = [one for one in people.get(row.key, []) if _reads(actor, plan, one, row)]
        steps = steps_of(row, setups.get(row.key), today())
        done = sum(one.is_done for one in own)
        lines.append(RoundLine(row, steps, done, len(own), may_anywhere(actor, Verb.APPROVE_FORECAST)))
    may_set_up = may(actor, Verb.RUN_ROUND, [], today())
    return IndexPage(lines, may_set_up, may_anywhere(actor, Verb.SUBMIT_FORECAST), sees_whole(actor))


def _reads(actor: Actor, plan: CodePlan, own: ParticipantRow, row: RoundRow) -> bool:
    return may(actor, Verb.READ, plan.path("unit", own.unit, row.cut_off), today())


def require_round(actor: Actor, round_key: str) -> RoundRow:
    """A round, for whoever reads anything; raises `NotFound`."""
    if not may_anywhere(actor, Verb.READ):
        raise NotAllowed(actor, Verb.READ)
    row = round_row(round_key)
    if row is None:
        raise NotFound(found(NO_ROUND, round=round_key, known=", ".join(own.key for own in rounds())))
    return row
