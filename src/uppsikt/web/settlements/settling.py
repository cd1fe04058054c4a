"""What the page of settlements shows: deviations before, the settlement, what is left; surplus positive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from uppsikt.audit.actors import Actor, Verb, may
from uppsikt.audit.selectors import LogFilter, log_page
from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding
from uppsikt.planning.kinds import RoundKind
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import rounds
from uppsikt.planning.states import State
from uppsikt.settlements.selectors import rules, settlements_of, standing_settlements
from uppsikt.settlements.settling import UnitAccount
from uppsikt.settlements.values import Financier, RuleRow, Settled
from uppsikt.web.actors import may_anywhere, today
from uppsikt.web.presenting import Presentation
from uppsikt.web.rounds import chosen_round
from uppsikt.web.savings.pages import labelled, reads, require_reader
from uppsikt.web.start.bars import Bar, bars

_SETTLE, _TAKE_BACK = "settle-round", "take-back-settlement"
_SHOWN_EVENTS = 5


@dataclass(frozen=True)
class RuleLine:
    """A financed unit in the round: its deviation before, the settlement that stands, what is left."""

    title: str
    unit: str
    before_ore: int
    settled_ore: int
    before_bar: Bar
    after_bar: Bar

    @property
    def after_ore(self) -> int:
        """The deviation with the settlement: the two before it, added."""
        return self.before_ore + self.settled_ore


@dataclass(frozen=True)
class PayerLine:
    """Who bears a rule's settlement: what it gets (plus) or pays, by the rule as the forecasts stand."""

    payer: str
    is_unit: bool  # of the tree; else the counterparty stands on the financed unit's own line
    title: str
    amount_ore: int


@dataclass(frozen=True)
class Happened:
    """That the round was settled, or its settlement taken back."""

    at: datetime
    who: str
    is_settling: bool


@dataclass(frozen=True)
class RuleText:
    """A rule in words."""

    rule: RuleRow
    unit: str
    financiers: str


@dataclass(frozen=True)
class SettlementPage:
    """The page."""

    shown: Presentation
    rounds: Sequence[RoundRow]
    round: RoundRow | None
    lines: tuple[RuleLine, ...]
    axis: str  # where zero is in the pictures, per cent
    payers: tuple[PayerLine, ...]
    history: tuple[Happened, ...]
    without: tuple[str, ...]
    rules: tuple[RuleText, ...]
    may_settle: bool
    may_decide: bool
    findings: Sequence[Finding] = ()

    @property
    def sums(self) -> tuple[int, int, int]:
        """Before, settled and after in all."""
        before, settled = sum(line.before_ore for line in self.lines), sum(line.settled_ore for line in self.lines)
        return before, settled, before + settled

    @property
    def paid_ore(self) -> int:
        """What those who pay get (plus) or pay in all."""
        return sum(payer.amount_ore for payer in self.payers)

    @property
    def proof_ore(self) -> int:
        """The settlement that stands and what the payers get of it: zero, or money is made or lost."""
        return self.sums[1] + self.paid_ore

    @property
    def is_year_end(self) -> bool:
        """Whether the round is the year-end accounts, where nothing is forecast any more."""
        return self.round is not None and self.round.kind == RoundKind.YEAR_END

    @property
    def is_settled(self) -> bool:
        """Whether any settlement stands."""
        return any(line.settled_ore for line in self.lines)

    @property
    def is_stale(self) -> bool:
        """Whether what stands isn't what the forecasts ask for now."""
        return any(line.after_ore for line in self.lines)


def settlement_page(
    actor: Actor, round_key: str, shown: Presentation, findings: Sequence[Finding] = ()
) -> SettlementPage:
    """The financed units that the actor reads, in a round (else the latest)."""
    require_reader(actor)
    known = sorted(rounds(), key=lambda row: row.cut_off, reverse=True)
    row, plan = chosen_round(known, round_key), code_plan()
    settlements, without = settlements_of(row) if row else ([], [])
    standing = standing_settlements(row.key) if row else {}
    held = [own for own in rules() if reads(actor, plan, own.unit)]
    own_settlements = [own for own in settlements if own.rule in held]
    lines, axis = _lines(own_settlements, standing, plan)
    return SettlementPage(
        shown=shown,
        rounds=known,
        round=row,
        lines=lines,
        axis=axis,
        payers=tuple(_payers(own_settlements, plan)),
        history=_history(row.key) if row and own_settlements else (),
        without=tuple(labelled(plan, own.unit) for own in without if own in held),
        rules=tuple(RuleText(own, labelled(plan, own.unit), _financiers(own, plan)) for own in held),
        may_settle=bool(row and row.state is State.OPEN and held) and _may_settle(actor, plan, held),
        may_decide=may_anywhere(actor, Verb.EDIT_BUDGET),
        findings=findings,
    )


def _may_settle(actor: Actor, plan: CodePlan, held: Sequence[RuleRow]) -> bool:
    units = {own.unit for own in held} | {part.unit for own in held for part in own.financiers if part.unit}
    day = today()
    return all(may(actor, Verb.ADJUST_FORECAST, plan.path("unit", unit, day), day) for unit in units)


def _lines(
    settlements: Sequence[Settled], standing: Mapping[UnitAccount, int], plan: CodePlan
) -> tuple[tuple[RuleLine, ...], str]:
    # in the ledger a surplus is a credit; here it is positive, as deviations are shown
    settled = [-standing.get((own.rule.unit, own.rule.account), 0) for own in settlements]
    before = [Decimal(own.change_ore) for own in settlements]
    after = [own + done for own, done in zip(before, settled, strict=True)]
    drawn, axis = bars([*before, *after])
    lines = zip(settlements, settled, drawn[: len(before)], drawn[len(before) :], strict=True)
    return tuple(
        RuleLine(own.rule.title, labelled(plan, own.rule.unit), own.change_ore, done, before_bar, after_bar)
        for own, done, before_bar, after_bar in lines
    ), axis


def _payers(settlements: Sequence[Settled], plan: CodePlan) -> Iterator[PayerLine]:
    for own in settlements:
        for financier, ore in own.parts:
            yield PayerLine(_financier(financier, plan), bool(financier.unit), own.rule.title, ore)


def _history(round_key: str) -> tuple[Happened, ...]:
    """The latest times it was settled or taken back, newest first (two queries)."""
    target = f"round:{round_key}"
    events = [
        Happened(event.at, event.actor, verb == _SETTLE)
        for verb in (_SETTLE, _TAKE_BACK)
        for event in log_page(LogFilter(verb=verb, target=target), _SHOWN_EVENTS).events
        if event.target == target
    ]
    return tuple(sorted(events, key=lambda own: own.at, reverse=True)[:_SHOWN_EVENTS])


def _financiers(rule: RuleRow, plan: CodePlan) -> str:
    whole = sum(own.weight for own in rule.financiers)
    if len(rule.financiers) == 1:
        return _financier(rule.financiers[0], plan)
    return ", ".join(f"{_financier(own, plan)} ({own.weight}/{whole})" for own in rule.financiers)


def _financier(own: Financier, plan: CodePlan) -> str:
    dimension, code = ("unit", own.unit) if own.unit else ("counterparty", own.counterparty)
    return f"{code} {plan.name(dimension, code, today())}"
