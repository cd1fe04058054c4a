"""What the page of settlements shows: deviations before, the settlement, what is left; kronor, surplus positive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from uppsikt.audit.actors import Actor, Verb, may
from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import rounds
from uppsikt.planning.states import State
from uppsikt.settlements.selectors import rules, settlements_of, standing_settlements
from uppsikt.settlements.values import Financier, RuleRow, Settled
from uppsikt.web.actors import may_anywhere, today
from uppsikt.web.rounds import chosen_round
from uppsikt.web.savings.pages import labelled, reads, require_reader


@dataclass(frozen=True)
class RuleLine:
    """A financed unit in the round: its deviation before, the settlement that stands, what is left."""

    title: str
    unit: str
    before_ore: int
    settled_ore: int
    parts: tuple[tuple[str, int], ...]  # who bears it, with what they get (plus) or pay

    @property
    def after_ore(self) -> int:
        """The deviation with the settlement: the two before it, added."""
        return self.before_ore + self.settled_ore


@dataclass(frozen=True)
class RuleText:
    """A rule in words."""

    rule: RuleRow
    unit: str
    financiers: str


@dataclass(frozen=True)
class SettlementPage:
    """The page."""

    rounds: Sequence[RoundRow]
    round: RoundRow | None
    lines: tuple[RuleLine, ...]
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
    def is_settled(self) -> bool:
        """Whether any settlement stands."""
        return any(line.settled_ore for line in self.lines)

    @property
    def is_stale(self) -> bool:
        """Whether what stands isn't what the forecasts ask for now."""
        return any(line.after_ore for line in self.lines)


def settlement_page(actor: Actor, round_key: str, findings: Sequence[Finding] = ()) -> SettlementPage:
    """The financed units that the actor reads, in a round (else the latest)."""
    require_reader(actor)
    known = sorted(rounds(), key=lambda row: row.cut_off, reverse=True)
    row, plan = chosen_round(known, round_key), code_plan()
    settlements, without = settlements_of(row) if row else ([], [])
    standing = standing_settlements(row.key) if row else {}
    held = [own for own in rules() if reads(actor, plan, own.unit)]
    return SettlementPage(
        rounds=known,
        round=row,
        lines=tuple(
            _line(own, standing.get((own.rule.unit, own.rule.account), 0), plan)
            for own in settlements
            if own.rule in held
        ),
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


def _line(own: Settled, standing_ore: int, plan: CodePlan) -> RuleLine:
    # in the ledger a surplus is a credit; here it is positive, as deviations are shown
    parts = tuple((_financier(financier, plan), ore) for financier, ore in own.parts)
    return RuleLine(own.rule.title, labelled(plan, own.rule.unit), own.change_ore, -standing_ore, parts)


def _financiers(rule: RuleRow, plan: CodePlan) -> str:
    whole = sum(own.weight for own in rule.financiers)
    if len(rule.financiers) == 1:
        return _financier(rule.financiers[0], plan)
    return ", ".join(f"{_financier(own, plan)} ({own.weight}/{whole})" for own in rule.financiers)


def _financier(own: Financier, plan: CodePlan) -> str:
    dimension, code = ("unit", own.unit) if own.unit else ("counterparty", own.counterparty)
    return f"{code} {plan.name(dimension, code, today())}"
