"""What settlement rules do to a round's forecast: pure sums, shares and rows that balance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from uppsikt.core.codeplan import CodePlan
from uppsikt.core.money import allocate
from uppsikt.core.net_cost import is_net_cost, standing_path
from uppsikt.planning.codes import CodeString
from uppsikt.planning.files import ForecastRow
from uppsikt.planning.models import TEXT_LENGTH
from uppsikt.settlements.values import Basis, RuleRow, Settled

UnitAccount = tuple[str, str]
Sums = Mapping[UnitAccount, int]  # öre in ledger sign


def settled(rule: RuleRow, forecast: Sums, budget: Sums, plan: CodePlan, on: date) -> Settled | None:
    """What brings the rule's unit to its aim; None where the unit has no forecast."""
    own = [ore for (unit, account), ore in forecast.items() if is_within(plan, unit, account, rule.unit, on)]
    if not own:
        return None
    aim_ore = 0
    if rule.basis is Basis.DEVIATION:
        aim_ore = sum(ore for (unit, account), ore in budget.items() if is_within(plan, unit, account, rule.unit, on))
    before_ore = sum(own)
    parts = allocate(aim_ore - before_ore, [financier.weight for financier in rule.financiers])
    return Settled(rule, before_ore, aim_ore, tuple(zip(rule.financiers, parts, strict=True)))


def rows_of(settlements: Iterable[Settled], standing: Iterable[UnitAccount]) -> list[ForecastRow]:
    """The forecast changes that carry settlements out; what stands and isn't asked for any more becomes zero.

    A financier that is a unit bears what the financed unit gets, so those changes sum to zero. One that is only a
    counterparty lies outside the tree: then the counterparty stands on the financed unit's own line.
    """
    amounts: dict[CodeString, int] = defaultdict(int)
    titles: dict[CodeString, list[str]] = defaultdict(list)
    for own in settlements:
        for financier, amount_ore in own.parts:
            codes = CodeString(own.rule.unit, own.rule.account, counterparty=financier.counterparty)
            lines = [(codes, amount_ore)]
            if financier.unit:
                lines.append((CodeString(financier.unit, financier.account), -amount_ore))
            for line, ore in lines:
                amounts[line] += ore
                titles[line].append(own.rule.title)
    asked = {(codes.unit, codes.account) for codes in amounts}
    rows = [
        ForecastRow(codes, rest_ore=ore, basis="; ".join(dict.fromkeys(titles[codes]))[:TEXT_LENGTH])
        for codes, ore in amounts.items()
    ]
    return rows + [ForecastRow(CodeString(*own), rest_ore=0) for own in standing if own not in asked]


def is_within(plan: CodePlan, unit: str, account: str, node: str, on: date) -> bool:
    """Whether money of a unit and account is net cost under a node, as statements of that day read it."""
    return is_net_cost(plan, account, on) and node in standing_path(plan, "unit", unit, on)
