"""Central adjustments as a page: those that stand, what they replaced, and the form for another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from uppsikt import relations
from uppsikt.audit.actors import Actor, Verb
from uppsikt.core.findings import Finding
from uppsikt.core.language import Text
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import ForecastFacts
from uppsikt.planning.states import State
from uppsikt.web.rounds_pages.acts import AdjustmentForm
from uppsikt.web.rounds_pages.figures import account_groups
from uppsikt.web.rounds_pages.scope import Scope, scope_of
from uppsikt.web.rounds_pages.selectors import adjustment_history
from uppsikt.web.rounds_pages.tree import places
from uppsikt.web.rounds_pages.words import VIEW
from uppsikt.web.scope import UnitOption

WORDS = {True: Text("förbättrar", "improves"), False: Text("försämrar", "worsens")}
TAKEN_BACK = Text("återtagen", "taken back")


@dataclass(frozen=True)
class AdjustmentView:
    """An adjustment that stands, or stood."""

    facts: ForecastFacts
    unit: str
    account: str
    amount: str
    word: str
    can_be_taken_back: bool


@dataclass(frozen=True)
class AdjustmentsPage:
    """The page."""

    scope: Scope
    standing: Sequence[AdjustmentView]
    replaced: Sequence[AdjustmentView]
    total: str
    units: Sequence[UnitOption]
    accounts: Sequence[tuple[str, str]]
    form: AdjustmentForm
    findings: Sequence[Finding] = ()

    @property
    def row(self) -> RoundRow:
        """The round."""
        return self.scope.row

    @property
    def may_run(self) -> bool:
        """Whether the reader runs the round."""
        return self.scope.may(Verb.RUN_ROUND)


def adjustments_page(
    actor: Actor, round_key: str, form: AdjustmentForm, findings: Sequence[Finding] = ()
) -> AdjustmentsPage:
    """The adjustments of the units that the reader answers for."""
    scope = scope_of(actor, round_key)
    history = [_view(scope, own) for own in adjustment_history(round_key) if scope.holds(own.unit)]
    standing = [own for own in history if own.facts.is_current and own.facts.rest_ore]
    return AdjustmentsPage(
        scope=scope,
        standing=standing,
        replaced=[own for own in history if own not in standing],
        total=VIEW.text(sum(own.facts.rest_ore for own in standing)),
        units=_units(scope),
        accounts=_accounts(scope),
        form=form,
        findings=findings,
    )


def _view(scope: Scope, own: ForecastFacts) -> AdjustmentView:
    can_change = scope.row.state is State.OPEN and scope.may(Verb.ADJUST_FORECAST, own.unit)
    return AdjustmentView(
        facts=own,
        unit=f"{own.unit} {scope.name(own.unit)}",
        account=f"{own.account} {scope.plan.name('account', own.account, scope.row.cut_off)}",
        amount=VIEW.text(own.rest_ore),
        word=str(WORDS[VIEW.value(own.rest_ore) > 0]) if own.rest_ore else str(TAKEN_BACK),
        can_be_taken_back=can_change and own.is_current and own.rest_ore != 0,
    )


def _units(scope: Scope) -> list[UnitOption]:
    """The units that can be adjusted; none where the round takes in no forecasts."""
    if scope.row.state is not State.OPEN:
        return []
    places_of = places(scope.plan, scope.row.cut_off, scope.tops, ())
    return [
        UnitOption(place.code, place.name, place.level)
        for place in places_of
        if scope.may(Verb.ADJUST_FORECAST, place.code)
    ]


def _accounts(scope: Scope) -> list[tuple[str, str]]:
    facts = relations.round_facts(scope.row.key)
    day = scope.row.cut_off
    return [(code, f"{code} {scope.plan.name('account', code, day)}") for code in account_groups(scope.plan, facts)]
