"""What a unit's figures come to: forecast beside budget by account group, and what that asks for. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from uppsikt.core.codeplan import REPORTING, CodePlan
from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.money import allocate
from uppsikt.core.periods import Month
from uppsikt.planning.codes import CodeCheck, CodeString
from uppsikt.planning.files import ForecastRow
from uppsikt.planning.forecasts import Actuals
from uppsikt.planning.rounds import RoundRow
from uppsikt.rounds.amounts import shown_amount
from uppsikt.rounds.findings import (
    BUDGET_NOT_FORECAST,
    CAUSE_MISSING,
    MEASURE_MISSING,
    MONTHS_MISSING,
    QUESTION_UNANSWERED,
)
from uppsikt.rounds.values import FULL_YEAR, CellRow, ExplanationRow, QuestionRow, SetupRow


@dataclass(frozen=True, slots=True)
class Position:
    """What a unit says of an account group: the full year, and its months left where it said those. Öre."""

    account: str
    full_year_ore: int
    actual_ore: int
    budget_ore: int
    months: Mapping[int, int]
    budget_months: Mapping[int, int]

    @property
    def deviation_ore(self) -> int:
        """Forecast less budget: over zero is worse."""
        return self.full_year_ore - self.budget_ore


def needs_explanation(deviation_ore: int, budget_ore: int, setup: SetupRow | None) -> bool:
    """Whether a deviation is as large as both thresholds ask for; never where the round has no set-up, or at zero."""
    if setup is None or deviation_ore == 0:
        return False
    size_ore = abs(deviation_ore)
    return size_ore >= setup.threshold_ore and size_ore * 1000 >= setup.threshold_permille * abs(budget_ore)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be said of an account group's deviation: its cause, and a measure where it is worse."""

    cause: bool = False
    measure: bool = False

    def lacks_cause(self, held: ExplanationRow | None) -> bool:
        """Whether the cause is asked for and not said."""
        return self.cause and not (held and held.cause)

    def lacks_measure(self, held: ExplanationRow | None) -> bool:
        """Whether the measure is asked for and not said whole."""
        return self.measure and not (held and held.has_measure)

    def lacks(self, held: ExplanationRow | None) -> bool:
        """Whether anything that is asked for is not said."""
        return self.lacks_cause(held) or self.lacks_measure(held)


def asked_of(deviation_ore: int | None, budget_ore: int, setup: SetupRow | None) -> Asked:
    """What a unit's own deviation asks to be said; nothing where nothing is forecast. The one place of the rule.

    `static/web/forecasts/texts.js` and `store.js` say the same while one types; what holds is said here.
    """
    if deviation_ore is None or not needs_explanation(deviation_ore, budget_ore, setup):
        return Asked()
    return Asked(cause=True, measure=deviation_ore > 0)


def positions(
    unit: str, cells: Iterable[CellRow], row: RoundRow, actuals: Actuals, budget: Actuals
) -> tuple[list[Position], list[Finding]]:
    """What a unit's cells say by account group; a finding where some of the months are said and others not."""
    by_account: dict[str, dict[int, int]] = defaultdict(dict)
    for cell in cells:
        if cell.amount_ore is not None:
            by_account[cell.account][cell.period] = cell.amount_ore
    found_positions, findings = [], []
    for account, said in sorted(by_account.items()):
        full_year_ore = said.pop(FULL_YEAR, None)
        missing = [str(month) for month in row.months_left if said and month.number not in said]
        if missing:
            findings.append(found(MONTHS_MISSING, Place(column=account), account=account, months=", ".join(missing)))
        booked = actuals.get((unit, account), {})
        actual_ore = sum(booked.get(month.number, 0) for month in row.months_with_actuals)
        months_ore = actual_ore + sum(said.values())
        budgeted = budget.get((unit, account), {})
        amount_ore = months_ore if full_year_ore is None else full_year_ore
        found_positions.append(Position(account, amount_ore, actual_ore, sum(budgeted.values()), said, budgeted))
    return found_positions, findings


def forecast_rows(unit: str, said: Iterable[Position], row: RoundRow, plan: CodePlan) -> list[ForecastRow]:
    """The forecasts to hand in: what is left of a full year falls on months as the unit's own budget does."""
    check = CodeCheck(plan)
    rows = []
    for own in said:
        codes = CodeString(unit, own.account)
        months = own.months or _spread(own, row.months_left, check.weights(codes, row.months_left))
        rows.append(
            ForecastRow(codes, full_year_ore=own.full_year_ore, months=months, place=Place(column=own.account))
        )
    return rows


def _spread(own: Position, months: Sequence[Month], valid: Sequence[int]) -> dict[int, int]:
    # a budget that changes sign over the months says nothing of how a rest falls: then planning spreads it equally
    budgeted = [own.budget_months.get(month.number, 0) * weight for month, weight in zip(months, valid, strict=True)]
    if not any(budgeted) or min(budgeted) < 0 < max(budgeted):
        return {}
    parts = allocate(own.full_year_ore - own.actual_ore, [abs(amount_ore) for amount_ore in budgeted])
    return {month.number: part for month, part, weight in zip(months, parts, valid, strict=True) if weight}


def unexplained(said: Iterable[Position], explanations: Iterable[ExplanationRow], setup: SetupRow | None) -> set[str]:
    """The account groups whose deviation lacks its cause or its measure."""
    held = {own.account: own for own in explanations}
    return {
        own.account for own in said if asked_of(own.deviation_ore, own.budget_ore, setup).lacks(held.get(own.account))
    }


def explanation_faults(
    said: Iterable[Position],
    explanations: Iterable[ExplanationRow],
    setup: SetupRow | None,
    label_of: Callable[[str], str],
) -> Iterator[Finding]:
    """A finding for each deviation over the threshold without its cause, or without its measure where it is worse.

    `label_of` says an account group by code and name.
    """
    held = {own.account: own for own in explanations}
    for own in said:
        asked, explanation = asked_of(own.deviation_ore, own.budget_ore, setup), held.get(own.account)
        at, label = Place(column=own.account), label_of(own.account)
        if asked.lacks_cause(explanation):
            yield found(CAUSE_MISSING, at, account=label, deviation=shown_amount(own.deviation_ore))
        if asked.lacks_measure(explanation):
            yield found(MEASURE_MISSING, at, account=label, deviation=shown_amount(-own.deviation_ore))


def account_labels(plan: CodePlan, day: date) -> Callable[[str], str]:
    """How an account group is said: its code, and its name on a day."""
    return lambda account: f"{account} {plan.name('account', account, day)}"


def answer_faults(asked: Iterable[QuestionRow], answered: Iterable[int]) -> Iterator[Finding]:
    """A finding for each question that must be answered and isn't."""
    numbers = set(answered)
    for question in asked:
        if question.is_required and question.number not in numbers:
            yield found(QUESTION_UNANSWERED, number=question.number, text=question.text)


def forgotten_budget(
    unit: str, said: Iterable[Position], budget: Actuals, row: RoundRow, plan: CodePlan
) -> Iterator[Finding]:
    """A warning where there is budget on accounts under none of the groups that are forecast."""
    left = forgotten(unit, said, budget, row, plan)
    if left:
        label_of = account_labels(plan, row.cut_off)
        accounts = ", ".join(label_of(account) for account in left)
        yield found(BUDGET_NOT_FORECAST, amount=shown_amount(sum(left.values())), accounts=accounts)


def forgotten(unit: str, said: Iterable[Position], budget: Actuals, row: RoundRow, plan: CodePlan) -> dict[str, int]:
    """A unit's budget in öre on the accounts that are under none of the groups that are forecast."""
    forecast = {own.account for own in said}
    left: dict[str, int] = {}
    for account in sorted({account for _, account in budget}):
        above = {*plan.path("account", account, row.cut_off, REPORTING), *plan.path("account", account, row.cut_off)}
        if not above & forecast and (amount_ore := sum(budget.get((unit, account), {}).values())):
            left[account] = amount_ore
    return left
