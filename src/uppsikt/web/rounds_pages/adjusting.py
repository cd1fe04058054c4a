"""Central adjustments as a page: those that stand, what they replaced, and the form for another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

from uppsikt import relations
from uppsikt.audit.actors import Actor, Verb
from uppsikt.core.findings import Finding
from uppsikt.core.formats import Unit, amount
from uppsikt.core.language import Text
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import ForecastFacts
from uppsikt.planning.states import State
from uppsikt.web.rounds_pages.adjustment_acts import BETTER, Adjusted, AdjustmentForm
from uppsikt.web.rounds_pages.figures import account_groups
from uppsikt.web.rounds_pages.scope import Scope, scope_of
from uppsikt.web.rounds_pages.selectors import adjustment_history
from uppsikt.web.rounds_pages.tree import places
from uppsikt.web.rounds_pages.words import VIEW
from uppsikt.web.scope import UnitOption

WORDS = {True: Text("förbättrar", "improves"), False: Text("försämrar", "worsens")}
_BECOMES = {True: Text("förbättras", "improves"), False: Text("försämras", "worsens")}
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


@dataclass(frozen=True, slots=True)
class Asked:
    """How an adjustment that isn't laid yet was read."""

    amount_ore: int
    unit: str
    account: str
    kronor: str  # of the size, to the öre where there are any
    before: str  # what stands there now, in the page's sign; "" for nothing
    stood: str  # the mark of it, for the form that confirms
    has_changed: bool  # whether it was confirmed over something else


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
    asked: Asked | None = None

    @property
    def row(self) -> RoundRow:
        """The round."""
        return self.scope.row

    @property
    def asked_word(self) -> str:
        """Which way the adjustment asked about goes."""
        return str(_BECOMES[self.form.direction == BETTER])

    @property
    def fields(self) -> Iterable[tuple[str, str]]:
        """The form's fields as they were written, for the form that confirms them."""
        return [(name, value) for name, value in asdict(self.form).items() if name not in ("read_as", "stood")]

    @property
    def may_run(self) -> bool:
        """Whether the reader runs the round."""
        return self.scope.may(Verb.RUN_ROUND)


def adjustments_page(
    actor: Actor, round_key: str, form: AdjustmentForm, adjusted: Adjusted | None = None
) -> AdjustmentsPage:
    """The adjustments of the units that the reader answers for; with one that was written, how it was read."""
    scope = scope_of(actor, round_key)
    history = [_view(scope, own) for own in adjustment_history(round_key) if scope.holds(own.unit)]
    standing = [own for own in history if own.facts.is_current and own.facts.rest_ore]
    findings = adjusted.act.findings if adjusted else ()
    return AdjustmentsPage(
        scope=scope,
        standing=standing,
        replaced=[own for own in history if own not in standing],
        total=VIEW.text(sum(own.facts.rest_ore for own in standing)),
        units=_units(scope),
        accounts=_accounts(scope),
        form=form if form.unit else replace(form, unit=scope.first),
        findings=findings,
        asked=_asked(scope, form, adjusted, standing) if adjusted and not adjusted.act.is_refused else None,
    )


def _asked(scope: Scope, form: AdjustmentForm, own: Adjusted, standing: Sequence[AdjustmentView]) -> Asked:
    there = [one.facts for one in standing if (one.facts.unit, one.facts.account) == (form.unit, form.account)]
    before_ore = sum(one.rest_ore for one in there)
    return Asked(
        amount_ore=own.amount_ore,
        unit=f"{form.unit} {scope.name(form.unit)}",
        account=_account(scope, form.account),
        kronor=_in_kronor(abs(own.amount_ore)),
        before=_in_kronor(-before_ore) if there else "",
        stood=own.stood,
        has_changed=own.has_changed,
    )


def _in_kronor(amount_ore: int) -> str:
    return amount(amount_ore, Unit.KR, 2 if amount_ore % 100 else 0, with_unit=True)


def _account(scope: Scope, code: str) -> str:
    return f"{code} {scope.plan.name('account', code, scope.row.cut_off)}"


def _view(scope: Scope, own: ForecastFacts) -> AdjustmentView:
    can_change = scope.row.state is State.OPEN and scope.may(Verb.ADJUST_FORECAST, own.unit)
    return AdjustmentView(
        facts=own,
        unit=f"{own.unit} {scope.name(own.unit)}",
        account=_account(scope, own.account),
        amount=VIEW.text(own.rest_ore),
        word=str(WORDS[VIEW.value(own.rest_ore) > 0]) if own.rest_ore else str(TAKEN_BACK),
        can_be_taken_back=can_change and own.is_current and own.rest_ore != 0,
    )


def _units(scope: Scope) -> list[UnitOption]:
    """The units that can be adjusted; none where the round takes in no forecasts."""
    if scope.row.state is not State.OPEN:
        return []
    places_of = places(scope.plan, scope.row.cut_off, scope.tops_by_work, ())
    return [
        UnitOption(place.code, place.name, place.level)
        for place in places_of
        if scope.may(Verb.ADJUST_FORECAST, place.code)
    ]


def _accounts(scope: Scope) -> list[tuple[str, str]]:
    facts = relations.round_facts(scope.row.key)
    return [(code, _account(scope, code)) for code in account_groups(scope.plan, facts)]
