"""What was decided and handed in is what is held: changes beside the program are found."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db.models import F

from tests.planning.samples import budget, forecast, make_round, monthly
from uppsikt.planning.models import BudgetEntry, BudgetLine, Forecast, ForecastLine
from uppsikt.planning.relations import write_postings
from uppsikt.planning.verify import verify_plan

pytestmark = pytest.mark.usefixtures("registers")

BUDGET = """beslut;beslutsdatum;slag;text;period;enhet;konto;belopp
Ks 1;2021-12-01;original;Budget;2022;4210;5;1200
Ks 2;2022-03-01;tillägg;Tillskott;2022;4220;5;100
"""


@pytest.fixture
def plan(home: Path) -> Path:
    budget(BUDGET)
    make_round()
    forecast("enhet;konto;helår\n4210;5;1250\n", actuals=monthly(100_00))
    forecast("enhet;konto;helår\n4210;5;1300\n", actuals=monthly(100_00))
    write_postings(home / "plan")
    return home / "plan"


def codes() -> list[str]:
    return [finding.code for finding in verify_plan()]


def test_an_untouched_plan_is_whole(plan: Path) -> None:
    assert codes() == []


def test_a_doubled_budget_line_is_found_in_its_entry_and_in_the_file_statements_read(plan: Path) -> None:
    BudgetLine.objects.filter(unit="4210").update(amount_ore=F("amount_ore") * 2)
    assert codes() == ["P070", "P072"]


def test_a_line_moved_between_units_is_found_although_the_sum_is_the_same(plan: Path) -> None:
    BudgetLine.objects.filter(unit="4220").update(unit="4210")
    assert "P070" in codes()


def test_a_removed_entry_is_missed(plan: Path) -> None:
    entry = BudgetEntry.objects.get(decision_reference="Ks 2")
    BudgetLine.objects.filter(entry=entry).delete()
    entry.delete()
    assert "P070" in codes()


def test_an_entry_whose_own_hash_is_changed_too_is_found_by_the_log(plan: Path) -> None:
    BudgetEntry.objects.update(content_hash="0" * 64)
    BudgetLine.objects.filter(unit="4220").update(amount_ore=1)
    assert "P070" in codes()


def test_a_changed_forecast_is_found(plan: Path) -> None:
    ForecastLine.objects.filter(forecast__is_current=True).update(amount_ore=F("amount_ore") + 1)
    assert codes() == ["P071", "P072"]


def test_a_removed_forecast_is_missed(plan: Path) -> None:
    last = Forecast.objects.get(is_current=True)
    ForecastLine.objects.filter(forecast=last).delete()
    last.delete()
    assert "P071" in codes()


def test_a_file_that_says_something_else_than_the_database_is_found(plan: Path) -> None:
    file, other = sorted(plan.glob("*.parquet"))
    file.write_bytes(other.read_bytes())
    assert codes() == ["P072"]


def test_a_broken_file_is_found(plan: Path) -> None:
    next(plan.glob("budget-*.parquet")).write_bytes(b"PAR1")
    assert codes() == ["P072"]


def test_an_older_forecast_that_is_made_to_stand_again_is_found(plan: Path) -> None:
    replaced = Forecast.objects.get(is_current=False)
    Forecast.objects.filter(is_current=True).update(is_current=False)
    Forecast.objects.filter(pk=replaced.pk).update(is_current=True)
    assert "P071" in codes()


@pytest.mark.parametrize(
    "change", [{"kind": "adjustment"}, {"actor": "annan"}, {"submitted_on": date(2022, 1, 1)}], ids=str
)
def test_a_forecast_of_another_kind_person_or_day_is_found(plan: Path, change: dict[str, object]) -> None:
    Forecast.objects.filter(is_current=True).update(**change)
    assert "P071" in codes()


def test_a_budget_entry_that_is_made_a_carried_over_result_is_found(plan: Path) -> None:
    BudgetEntry.objects.update(kind="carry-over")
    assert "P070" in codes()
