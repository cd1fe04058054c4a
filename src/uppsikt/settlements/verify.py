"""Whether multi-year periods and settlement rules are what the log tells. Their money is the journal's."""

from __future__ import annotations

from uppsikt.audit.told import Row, ToldEvent, differences, told_events
from uppsikt.core.findings import Finding, found
from uppsikt.settlements.findings import SETTLEMENT_UNTOLD
from uppsikt.settlements.models import BudgetedResult, MultiYearPeriod, SettlementRule

_PERIOD = ("open-multi-year-period", "link-carry-over")
_RULE = ("add-settlement-rule", "end-settlement-rule")
_FROM, _TO = 5, 6  # where a rule's days stand in its row

Rows = dict[str, Row]


def verify_settlements() -> list[Finding]:
    """A finding for each period, rule or marked entry that was changed beside the services."""
    told: Rows = {}
    for event in told_events(*_PERIOD, *_RULE):
        _tell(told, event)
    return [found(SETTLEMENT_UNTOLD, row=own.key, told=own.told, held=own.held) for own in differences(told, _held())]


def _tell(told: Rows, event: ToldEvent) -> None:
    own = event.payload
    if event.verb == "open-multi-year-period":
        units = sorted(own["units"].items())
        told[event.target] = (own["name"], own["first_year"], own["last_year"], *units)
    elif event.verb == "link-carry-over":
        told[own["entry"]] = (event.target,)
    elif event.verb == "add-settlement-rule":
        facts = [own[name] for name in ("title", "unit", "account", "basis", "decision", "from", "to")]
        told[event.target] = (*facts, *(tuple(financier) for financier in own["financiers"]))
    else:
        row = told[event.target]
        told[event.target] = (*row[:_TO], max(own["to"], str(row[_FROM])), *row[_TO + 1 :])


def _held() -> Rows:
    held: Rows = {}
    for period in MultiYearPeriod.objects.prefetch_related("units"):
        units = sorted((own.unit, own.account) for own in period.units.all())
        held[f"multi-year-period:{period.key}"] = (period.name, period.first_year, period.last_year, *units)
    for marked in BudgetedResult.objects.select_related("period"):
        held[f"budget:{marked.entry_id}"] = (f"multi-year-period:{marked.period.key}",)
    for rule in SettlementRule.objects.prefetch_related("financiers"):
        financiers = sorted(rule.financiers.all(), key=lambda own: own.number)
        by = [(own.weight, own.unit, own.account, own.counterparty) for own in financiers]
        facts = (rule.title, rule.unit, rule.account, rule.basis, rule.decision)
        held[f"settlement-rule:{rule.key}"] = (*facts, str(rule.valid_from), str(rule.valid_to), *by)
    return held
