"""The manager's page of an adopted round: figures and words as they were adopted, whatever has come since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from uppsikt.adoption.reading import FrozenWork, frozen_work, reading_of
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.net_cost import is_net_cost
from uppsikt.core.periods import Month
from uppsikt.figures.definitions import Selector
from uppsikt.figures.engine import Engine
from uppsikt.figures.flows import NET_COST
from uppsikt.figures.model import RoundFacts
from uppsikt.planning.rounds import RoundRow
from uppsikt.rounds.record import KeptExplanation
from uppsikt.rounds.values import FULL_YEAR, AnswerRow, CellRow, ExplanationRow, UnitWork
from uppsikt.web.forecasts.figures import Line, UnitFigures, account_groups, arranged
from uppsikt.web.rounds_pages.figures import Money, at, money_at


@dataclass(frozen=True, slots=True)
class AsAdopted:
    """A unit in an adopted round, with the code plan it was adopted with; its forecasts are of the full year."""

    figures: UnitFigures
    work: UnitWork
    plan: CodePlan


def as_adopted(work: UnitWork, unit: str) -> AsAdopted:
    """A unit's figures and words of the version that stands; raises `NotFound` where what was frozen is gone."""
    row, held = work.round, frozen_work(work.round, unit)
    said = {*held.forecasts, *(own.account for own in held.explanations)}
    with reading_of(row) as reading:
        plan = reading.engine.plan
        asked = {*account_groups(plan, row.cut_off), *said}
        money = defaultdict(Money, _money(reading.engine, reading.facts, unit, asked))
        others = [account for account in said if not is_net_cost(plan, account, row.cut_off)]
        money |= _money(reading.engine, reading.facts, unit, others, base=())
    lines = arranged(plan, row.cut_off, said, (), lambda account: _line(row, plan, account, money[account]))
    return AsAdopted(UnitFigures(lines, None, Month.of(row.cut_off)), _work(work, held), plan)


def _money(
    engine: Engine, facts: RoundFacts, unit: str, accounts: Iterable[str], base: Selector = NET_COST
) -> dict[str, Money]:
    spots = [at(unit, account) for account in accounts]
    found = money_at(facts, spots, engine, base) if spots else {}
    return {spot.account: own for spot, own in found.items()}


def _line(row: RoundRow, plan: CodePlan, account: str, money: Money) -> Line:
    return Line(
        account=account,
        label=f"{account} {plan.name('account', account, row.cut_off)}",
        last_year_ore=money.last_year_ore,
        budget_ore=money.budget_ore,
        actual_ore=money.actual_ore,
        previous_ore=money.previous_ore,
    )


def _work(work: UnitWork, held: FrozenWork) -> UnitWork:
    at_adoption = datetime.combine(work.round.adopted_on or work.round.cut_off, time.min, UTC)
    cells = tuple(
        CellRow(account, FULL_YEAR, ore, 0, "", at_adoption) for account, ore in sorted(held.forecasts.items())
    )
    numbers = {own.text: own.number for own in work.questions}
    answers = tuple(
        AnswerRow(numbers[own.question], own.answer, 0, "", at_adoption)
        for own in held.answers
        if own.question in numbers
    )
    explanations = tuple(_explanation(own, at_adoption) for own in held.explanations)
    return replace(work, cells=cells, explanations=explanations, answers=answers)


def _explanation(own: KeptExplanation, at_adoption: datetime) -> ExplanationRow:
    facts = (own.account, own.cause, own.measure, own.effect_ore, own.responsible, own.due_on)
    return ExplanationRow(*facts, 0, "", at_adoption)
