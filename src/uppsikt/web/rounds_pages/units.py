"""One unit of a round as its controller reviews it: its figures, what it says of them, what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from uppsikt.audit.actors import Actor, Verb
from uppsikt.core.findings import Finding
from uppsikt.core.formats import Unit, amount, percent
from uppsikt.core.language import say
from uppsikt.planning.kinds import ForecastKind
from uppsikt.planning.selectors import ForecastFacts, forecasts
from uppsikt.planning.states import State
from uppsikt.rounds.gaps import mark_of
from uppsikt.rounds.selectors import unit_work
from uppsikt.rounds.states import WorkState
from uppsikt.rounds.values import CommentRow, ParticipantRow, UnitWork
from uppsikt.web.rounds_pages.review_table import Table, read_review
from uppsikt.web.rounds_pages.scope import Scope, scope_of
from uppsikt.web.rounds_pages.words import StateWord, state_word

_COMMENTS_SHOWN = 5


@dataclass(frozen=True)
class UnitPage:
    """The panel or page of one unit, or of a level above units."""

    scope: Scope
    unit: str
    work: UnitWork
    table: Table
    gaps: Sequence[Finding]
    adjustments: Sequence[ForecastFacts]
    back: str
    seen: str  # the mark of what the unit has handed in, for whoever approves it
    findings: Sequence[Finding] = ()

    @property
    def name(self) -> str:
        """What the unit is called."""
        return self.scope.name(self.unit)

    @property
    def above(self) -> str:
        """The units above it, top first."""
        return " / ".join(self.scope.name(code) for code in reversed(self.scope.path(self.unit)[1:]))

    @property
    def participant(self) -> ParticipantRow | None:
        """The unit's own part in the round; None for levels."""
        return self.work.participant

    @property
    def state(self) -> StateWord | None:
        """How far it has come."""
        return state_word(self.participant) if self.participant else None

    @property
    def work_url(self) -> str:
        """Where the unit's own people fill in."""
        return reverse("forecast", args=[self.scope.row.key, self.unit])

    @property
    def answers(self) -> list[tuple[str, str]]:
        """Each question with its answer."""
        by_number = {own.question_number: own.text for own in self.work.answers}
        return [(own.text, by_number.get(own.number, "")) for own in self.work.questions]

    @property
    def threshold(self) -> str:
        """From what deviation the round asks for an explanation; "" where it asks for none."""
        setup = self.work.setup
        if setup is None:
            return ""
        share = percent(Decimal(setup.threshold_permille) / 1000)
        return say(
            "Avvikelser förklaras från {amount} och {share} av budget.",
            "Deviations are explained from {amount} and {share} of the budget.",
            amount=amount(setup.threshold_ore, Unit.TKR, with_unit=True),
            share=share,
        )

    @property
    def open_comments(self) -> list[CommentRow]:
        """The latest comments that nobody has dealt with."""
        return [own for own in self.work.comments if own.settled_at is None][-_COMMENTS_SHOWN:]

    @property
    def _can_change(self) -> bool:
        return self.scope.row.state is State.OPEN and self.participant is not None and not self.participant.excused

    @property
    def may_approve(self) -> bool:
        """Whether it can be approved."""
        own = self.participant
        is_there = own is not None and own.state is WorkState.SUBMITTED
        return self._can_change and is_there and self.scope.may(Verb.APPROVE_FORECAST, self.unit)

    @property
    def may_return(self) -> bool:
        """Whether it can be given back."""
        own = self.participant
        is_there = own is not None and own.state in (WorkState.SUBMITTED, WorkState.APPROVED)
        return self._can_change and is_there and self.scope.may(Verb.APPROVE_FORECAST, self.unit)

    @property
    def may_excuse(self) -> bool:
        """Whether it can be let off."""
        own = self.participant
        is_there = own is not None and own.state.is_editable
        return self._can_change and is_there and self.scope.may(Verb.RUN_ROUND)

    @property
    def may_include(self) -> bool:
        """Whether an excuse can be taken back."""
        is_excused = self.participant is not None and bool(self.participant.excused)
        return is_excused and self.scope.row.state is State.OPEN and self.scope.may(Verb.RUN_ROUND)

    @property
    def may_adjust(self) -> bool:
        """Whether an adjustment can be laid over it."""
        return self.scope.row.state is State.OPEN and self.scope.may(Verb.ADJUST_FORECAST, self.unit)


def unit_page(actor: Actor, round_key: str, unit: str, back: str, findings: Sequence[Finding] = ()) -> UnitPage:
    """One unit's page; raises `NotAllowed` for units that the reader doesn't answer for."""
    scope = scope_of(actor, round_key)
    scope.require_unit(unit)
    work = unit_work(round_key, unit)
    own = work.participant
    seen = mark_of(own, forecasts(round_key, [unit])) if own and own.state is WorkState.SUBMITTED else ""
    adjustments = forecasts(round_key, [unit], ForecastKind.ADJUSTMENT)
    table, gaps = read_review(scope, work, unit, adjustments)
    return UnitPage(scope, unit, work, table, gaps, adjustments, back, seen, findings)
