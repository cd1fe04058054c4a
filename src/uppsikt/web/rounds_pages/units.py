"""One unit of a round as its controller reviews it: its account groups, what it says of them, what can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from uppsikt import relations
from uppsikt.audit.actors import Actor, Verb
from uppsikt.core.findings import Finding
from uppsikt.core.net_cost import is_net_cost
from uppsikt.planning.kinds import ForecastKind
from uppsikt.planning.selectors import ForecastFacts, forecasts
from uppsikt.planning.states import State
from uppsikt.rounds.deviations import Position
from uppsikt.rounds.selectors import unit_work
from uppsikt.rounds.states import WorkState
from uppsikt.rounds.values import CommentRow, ExplanationRow, ParticipantRow, UnitWork
from uppsikt.web.rounds_pages.control import Amount, change_amount, deviation_amount
from uppsikt.web.rounds_pages.figures import NO_MONEY, Money, Spot, account_groups, at, money_at
from uppsikt.web.rounds_pages.progress import Books, is_at_work, net_cost_of, said_by, unexplained
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
    investments: Sequence[GroupView]
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
    own = _Own(scope, work, unit)
    return UnitPage(
        scope=scope,
        unit=unit,
        work=work,
        groups=_groups(own, money),
        investments=own.investments(),
        adjustments=forecasts(round_key, [unit], ForecastKind.ADJUSTMENT),
        is_worked_on=own.is_at_work,
        back=back,
        findings=findings,
    )


class _Own:
    """What a unit itself says, typed or handed in: what was laid over its forecast is not for it to explain."""

    def __init__(self, scope: Scope, work: UnitWork, unit: str) -> None:
        self.scope, self.unit = scope, unit
        self.is_at_work = False
        self.said: dict[str, Position] = {}
        self.lacking: set[str] = set()
        self._explanations = {own.account: own for own in work.explanations}
        taking = work.participant
        if taking:
            books = Books(relations.actuals_of_round(scope.row), relations.budget_of_unit(scope.row, unit))
            cells = {unit: work.cells} if work.cells else {}
            said = said_by(taking, cells, forecasts(scope.row.key, [unit]), scope.row, books)
            self.is_at_work = is_at_work(taking, work.cells)
            self.said = {own.account: own for own in said}
            self.lacking = set() if taking.excused else unexplained(said, work.explanations, work.setup)

    def is_net_cost(self, account: str) -> bool:
        """Whether an account counts in the total."""
        return is_net_cost(self.scope.plan, account, self.scope.row.cut_off)

    @property
    def total_ore(self) -> int:
        """The net cost as typed."""
        return net_cost_of(self.said.values(), self.scope.plan, self.scope.row)

    def investments(self) -> list[GroupView]:
        """What is said outside the net cost."""
        return [self.group(account) for account in self.said if not self.is_net_cost(account)]

    def group(self, account: str, money: Money | None = None) -> GroupView:
        """An account group as it stands, or with what is typed in its place."""
        said = self.said.get(account)
        if money is None:
            money = Money(budget_ore=said.budget_ore, forecast_ore=said.full_year_ore) if said else NO_MONEY
        forecast_ore = said.full_year_ore if said and self.is_at_work else money.forecast_ore
        name = f"{account} {self.scope.plan.name('account', account, self.scope.row.cut_off)}"
        explanation = self._explanations.get(account)
        return _group(name, money, forecast_ore, explanation, lacks_explanation=account in self.lacking)


def _groups(own: _Own, money: Mapping[Spot, Money]) -> list[GroupView]:
    known = {spot.account: amounts for spot, amounts in money.items() if spot.account}
    parts = [account for account in own.said if account not in known and own.is_net_cost(account)]
    shown = [account for account in known if not known[account].is_empty or account in own.said]
    total = money.get(at(own.unit), NO_MONEY)
    return [
        *(own.group(account, known.get(account)) for account in (*shown, *parts)),
        _group("", total, own.total_ore if own.is_at_work else total.forecast_ore, None),
    ]


def _group(
    name: str,
    money: Money,
    forecast_ore: int | None,
    explanation: ExplanationRow | None,
    *,
    lacks_explanation: bool = False,
) -> GroupView:
    deviation_ore = None if forecast_ore is None else forecast_ore - (money.budget_ore or 0)
    change_ore = None if forecast_ore is None or money.previous_ore is None else forecast_ore - money.previous_ore
    return GroupView(
        name=name,
        budget=VIEW.text(money.budget_ore),
        actual=VIEW.text(money.actual_ore),
        forecast=VIEW.text(forecast_ore),
        deviation=deviation_amount(deviation_ore),
        change=change_amount(change_ore),
        explanation=explanation if explanation and (explanation.cause or explanation.measure) else None,
        effect=VIEW.text(explanation.effect_ore) if explanation else "",
        lacks_explanation=lacks_explanation,
        is_total=not name,
    )
