"""Reads of multi-year periods, their journal entries, settlement rules and what stands of them in a round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum

from uppsikt.coding.selectors import code_plan
from uppsikt.core.findings import NotFound, found
from uppsikt.core.formats import ABSENT
from uppsikt.planning.kinds import BudgetKind, ForecastKind
from uppsikt.planning.models import BudgetLine, Forecast
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import budget_at, forecast_sums
from uppsikt.settlements.findings import PERIOD_UNKNOWN, RULE_UNKNOWN
from uppsikt.settlements.models import MultiYearPeriod, PeriodUnit, RuleFinancier, SettlementRule
from uppsikt.settlements.settling import Sums, UnitAccount, settled
from uppsikt.settlements.values import Basis, CarriedEntry, Financier, Link, PeriodRow, RuleRow, Settled

_ENTRY = ("entry__decision_reference", "entry__decided_on", "entry__text", "entry__year", "unit")


def periods() -> list[PeriodRow]:
    """All multi-year periods, the latest first (two queries)."""
    units: dict[int, dict[str, str]] = defaultdict(dict)
    for own in PeriodUnit.objects.order_by("unit"):
        units[own.period_id][own.unit] = own.account
    return [
        PeriodRow(own.key, own.name, own.first_year, own.last_year, units[own.pk])
        for own in MultiYearPeriod.objects.order_by("-first_year", "key")
    ]


def period(key: str) -> PeriodRow:
    """The period with a key; raises `NotFound`."""
    known = {own.key: own for own in periods()}
    if key not in known:
        raise NotFound(found(PERIOD_UNKNOWN, key=key, known=", ".join(known) or ABSENT))
    return known[key]


def period_entries() -> dict[str, list[CarriedEntry]]:
    """By period: what was decided of its units' results, and put in their budgets (four queries)."""
    entries: dict[str, list[CarriedEntry]] = defaultdict(list)
    known = periods()
    results = BudgetLine.objects.filter(entry__kind=BudgetKind.CARRY_OVER.value).values_list(*_ENTRY)
    for decision, decided_on, text, year, unit, total in _summed(results):
        for period_row in known:
            if unit in period_row.units and year in period_row.years:
                # a surplus is a credit in the ledger
                own = CarriedEntry(unit, year, Link.RESULT, decision, decided_on, text, -total)
                entries[period_row.key].append(own)
    budgeted = BudgetLine.objects.filter(entry__budgeted_result__isnull=False)
    for key, decision, decided_on, text, year, unit, total in _summed(
        budgeted.values_list("entry__budgeted_result__period__key", *_ENTRY)
    ):
        entries[key].append(CarriedEntry(unit, year, Link.BUDGETED, decision, decided_on, text, total))
    return entries


def _summed(lines: QuerySet[BudgetLine, Any]) -> Iterable[Any]:
    return lines.annotate(total=Sum("amount_ore")).order_by("entry__year", "entry__decided_on", "entry_id", "unit")


def rules(on: date | None = None) -> list[RuleRow]:
    """All settlement rules by unit, or those in force on a day (two queries)."""
    financiers: dict[int, list[Financier]] = defaultdict(list)
    for own in RuleFinancier.objects.order_by("number"):
        financiers[own.rule_id].append(Financier(own.weight, own.unit, own.account, own.counterparty))
    rows = [
        RuleRow(
            own.key,
            own.title,
            own.unit,
            own.account,
            Basis(own.basis),
            own.decision,
            tuple(financiers[own.pk]),
            own.valid_from,
            own.valid_to,
        )
        for own in SettlementRule.objects.order_by("unit", "valid_from", "key")
    ]
    return [row for row in rows if on is None or row.is_valid(on)]


def rule(key: str) -> RuleRow:
    """The rule with a key; raises `NotFound`."""
    known = {own.key: own for own in rules()}
    if key not in known:
        raise NotFound(found(RULE_UNKNOWN, key=key, known=", ".join(known) or ABSENT))
    return known[key]


def before_settlement(round_key: str) -> Sums:
    """The round's forecast without its settlements, by unit and account (one query)."""
    sums = forecast_sums(round_key, None, (ForecastKind.SUBMISSION, ForecastKind.ADJUSTMENT))
    return {(unit, account): ore for unit, account, ore in sums}


def standing_settlements(round_key: str) -> dict[UnitAccount, int]:
    """The settlements that stand in a round, by unit and account (one query)."""
    standing = Forecast.objects.filter(
        round__key=round_key, kind=ForecastKind.SETTLEMENT.value, is_current=True
    ).values_list("unit", "account", "rest_ore")
    return {(unit, account): rest_ore for unit, account, rest_ore in standing}


def settlements_of(row: RoundRow) -> tuple[list[Settled], list[RuleRow]]:
    """What the rules in force on the cut-off ask for, and the rules whose unit has no forecast (five queries)."""
    plan, on = code_plan(), date(row.year, 12, 31)  # the day in whose structure a year's columns are read
    forecast, budget = before_settlement(row.key), budget_of(row)
    asked = [(rule, settled(rule, forecast, budget, plan, on)) for rule in rules(row.cut_off)]
    return [own for _, own in asked if own], [rule for rule, own in asked if own is None]


def budget_of(row: RoundRow) -> Sums:
    """The budget that a round's deviations are from: as decided up to and with its cut-off (two queries)."""
    return budget_at(row.cut_off, row.year).by_unit_account
