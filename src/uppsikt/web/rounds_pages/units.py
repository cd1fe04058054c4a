"""One unit of a round as its controller reviews it: its account groups, what it says of them, what can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from uppsikt import relations
from uppsikt.audit.actors import Actor, Verb
from uppsikt.core.findings import Finding
from uppsikt.planning.kinds import ForecastKind
from uppsikt.planning.selectors import ForecastFacts, forecasts
from uppsikt.planning.states import State
from uppsikt.rounds.deviations import needs_explanation, positions
from uppsikt.rounds.selectors import unit_work
from uppsikt.rounds.states import WorkState
from uppsikt.rounds.values import CommentRow, ExplanationRow, ParticipantRow, UnitWork
from uppsikt.web.rounds_pages.control import Amount, change_amount, deviation_amount
from uppsikt.web.rounds_pages.figures import NO_MONEY, Money, Spot, account_groups, at, money_at
from uppsikt.web.rounds_pages.scope import Scope, scope_of
from uppsikt.web.rounds_pages.words import VIEW, StateWord, state_word

_COMMENTS_SHOWN = 5


@dataclass(frozen=True)
class GroupView:
    """An account group of the unit, with what is said of its deviation."""

    name: str
    budget: str
    actual: str
    forecast: str
    deviation: Amount
    change: Amount
    explanation: ExplanationRow | None
    effect: str
    lacks_explanation: bool
    is_total: bool = False


@dataclass(frozen=True)
class UnitPage:
    """The panel or page of one unit, or of a level above units."""

    scope: Scope
    unit: str
    work: UnitWork
    groups: Sequence[GroupView]
    adjustments: Sequence[ForecastFacts]
    is_worked_on: bool
    back: str
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
    facts = relations.round_facts(round_key)
    with relations.open_engine() as engine:
        groups = account_groups(scope.plan, facts)
        money = money_at(facts, [at(unit), *(at(unit, group) for group in groups)], engine)
    working = _working(scope, work, unit)
    return UnitPage(
        scope=scope,
        unit=unit,
        work=work,
        groups=_groups(scope, unit, work, money, working),
        adjustments=forecasts(round_key, [unit], ForecastKind.ADJUSTMENT),
        is_worked_on=bool(working),
        back=back,
        findings=findings,
    )


def _working(scope: Scope, work: UnitWork, unit: str) -> dict[str, int]:
    """What the unit types now, by account group; nothing unless it is at work."""
    if work.participant is None or not work.participant.state.is_editable or not work.cells:
        return {}
    said, _ = positions(unit, work.cells, scope.row, relations.actuals_of_round(scope.row), {})
    return {own.account: own.full_year_ore for own in said}


def _groups(
    scope: Scope, unit: str, work: UnitWork, money: Mapping[Spot, Money], working: Mapping[str, int]
) -> list[GroupView]:
    explanations = {own.account: own for own in work.explanations}
    accounts = [*(spot.account for spot in money if spot.account), *working]
    groups = []
    for account in dict.fromkeys(accounts):
        own = money.get(at(unit, account), NO_MONEY)
        forecast_ore = working.get(account, own.forecast_ore) if working else own.forecast_ore
        if own.is_empty and forecast_ore is None:
            continue
        name = f"{account} {scope.plan.name('account', account, scope.row.cut_off)}"
        groups.append(_group(name, own, forecast_ore, work, explanations.get(account), is_unit=True))
    total = money.get(at(unit), NO_MONEY)
    total_ore = sum(working.values()) if working else total.forecast_ore
    groups.append(_group("", total, total_ore, work, None, is_unit=False))
    return groups


def _group(
    name: str,
    money: Money,
    forecast_ore: int | None,
    work: UnitWork,
    explanation: ExplanationRow | None,
    *,
    is_unit: bool,
) -> GroupView:
    deviation_ore = None if forecast_ore is None else forecast_ore - (money.budget_ore or 0)
    change_ore = None if forecast_ore is None or money.previous_ore is None else forecast_ore - money.previous_ore
    is_asked = is_unit and work.participant is not None and not work.participant.excused
    needed = is_asked and needs_explanation(deviation_ore or 0, money.budget_ore or 0, work.setup)
    is_given = (
        explanation is not None and explanation.cause and ((deviation_ore or 0) <= 0 or explanation.has_measure)
    )
    return GroupView(
        name=name,
        budget=VIEW.text(money.budget_ore),
        actual=VIEW.text(money.actual_ore),
        forecast=VIEW.text(forecast_ore),
        deviation=deviation_amount(deviation_ore),
        change=change_amount(change_ore),
        explanation=explanation if explanation and (explanation.cause or explanation.measure) else None,
        effect=VIEW.text(explanation.effect_ore) if explanation else "",
        lacks_explanation=bool(needed and not is_given),
        is_total=not is_unit,
    )
