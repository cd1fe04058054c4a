"""Periods and rules are what the log tells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.planning.samples import LOCAL, TODAY
from tests.settlements.test_services import RULE, house
from uppsikt.core.periods import FOREVER
from uppsikt.settlements.models import BudgetedResult, MultiYearPeriod, PeriodUnit, RuleFinancier, SettlementRule
from uppsikt.settlements.services import add_rule, end_rule, link_budgeted, open_period
from uppsikt.settlements.verify import verify_settlements

__all__ = ["house"]


@pytest.fixture
def settled(house: None) -> None:
    """A rule that was ended and a period with a budgeted result."""
    assert not add_rule(actor=LOCAL, facts=RULE, as_of=TODAY).findings
    end_rule(actor=LOCAL, key=RULE.key, valid_to=date(2023, 1, 1), as_of=TODAY)
    facts = {"key": "2019-2022", "name": "Mandatperioden", "first_year": 2019, "last_year": 2022}
    assert not open_period(actor=LOCAL, units={"4210": "5", "4220": "5"}, as_of=TODAY, **facts).findings  # type: ignore[arg-type]
    entry = ("Ks 1/2021", "original", "Budget 2022", 2022)
    assert not link_budgeted(actor=LOCAL, key="2019-2022", entry=entry, as_of=TODAY).findings


TAMPERED: dict[str, Callable[[], object]] = {
    "a rule that ended goes on": lambda: SettlementRule.objects.update(valid_to=FOREVER),
    "a rule's title": lambda: SettlementRule.objects.update(title="Annat"),
    "who bears how much": lambda: RuleFinancier.objects.filter(number=1).update(weight=9),
    "a financier gone": lambda: RuleFinancier.objects.filter(number=2).delete(),
    "a period's years": lambda: MultiYearPeriod.objects.update(last_year=2023),
    "a unit gone": lambda: PeriodUnit.objects.filter(unit="4220").delete(),
    "a marked result gone": lambda: BudgetedResult.objects.all().delete(),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_a_rule_or_period_changed_beside_the_services_is_found(settled: None, how: str) -> None:
    assert verify_settlements() == []
    TAMPERED[how]()
    assert [finding.code for finding in verify_settlements()] == ["S020"]
