from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.conftest import actor_with
from tests.planning.samples import LOCAL, TODAY, forecast, make_round, monthly, no_actuals
from uppsikt.audit.actors import NotAllowed, Role
from uppsikt.audit.models import Event
from uppsikt.coding.services import import_register
from uppsikt.planning.codes import CodeString
from uppsikt.planning.files import ForecastRow
from uppsikt.planning.kinds import Part
from uppsikt.planning.models import Forecast, ForecastLine
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import forecast_history, forecasts
from uppsikt.planning.services import Actuals, consolidate_round, submit_forecast
from uppsikt.planning.states import State
from uppsikt.planning.verify import verify_plan

pytestmark = pytest.mark.usefixtures("registers")

HEAD = "enhet;konto;projekt;helår;rest;2022-09;2022-11;kommentar\n"


@pytest.fixture(autouse=True)
def open_round(registers: None) -> None:
    make_round()


def lines(part: Part) -> dict[int, int]:
    stored = ForecastLine.objects.filter(part=part.value, forecast__is_current=True)
    return dict(stored.values_list("period", "amount_ore"))


def test_a_full_year_is_the_actual_and_a_rest_spread_over_the_months_left() -> None:
    result = forecast("enhet;konto;helår\n4210;5;1200,02\n", actuals=monthly(90_00))
    assert (result.findings, result.added, result.amount_ore) == ((), 1, 1200_02)
    assert lines(Part.ACTUAL) == {202200 + month: 90_00 for month in range(1, 9)}
    assert lines(Part.REST) == {202209: 120_01, 202210: 120_01, 202211: 120_00, 202212: 120_00}


def test_a_rest_is_added_to_the_actual() -> None:
    forecast("enhet;konto;rest\n4210;5;400\n", actuals=monthly(90_00))
    [own] = forecasts("delar2-2022")
    assert (own.actual_ore, own.rest_ore, own.full_year_ore) == (720_00, 400_00, 1120_00)


def test_months_are_taken_as_they_are() -> None:
    forecast(HEAD + "4210;5;;;;100;250,50;Flytt i november\n", actuals=monthly(90_00))
    assert lines(Part.REST) == {202209: 100_00, 202211: 250_50}
    assert forecasts("delar2-2022")[0].basis == "Flytt i november"


def test_zero_is_a_forecast_and_nothing_is_not() -> None:
    assert forecast("enhet;konto;rest\n4210;5;0\n").added == 1
    assert [finding.code for finding in forecast("enhet;konto;rest\n4210;6;\n").findings] == ["P045"]


@pytest.mark.parametrize("headings", ["enhet;konto;helår;prognos", "enhet;konto;2022-09;202209"])
def test_two_columns_for_one_thing_are_refused_for_one_of_them_would_be_lost(headings: str) -> None:
    assert [finding.code for finding in forecast(f"{headings}\n4210;5;400;500\n").findings] == ["T003"]
    assert forecast(f"{headings.rpartition(';')[0]}\n4210;5;400\n").added == 1


def test_an_amount_that_nobody_can_mean_is_refused_and_the_largest_is_not() -> None:
    for row in ("4210;5;;1000000000000,01", "4210;5;-90000000000000000;"):
        result = forecast(f"enhet;konto;helår;rest\n{row}\n")
        assert "P010" in [finding.code for finding in result.findings]
        assert result.is_refused
    assert forecast("enhet;konto;rest\n4210;5;1000000000000\n").findings == ()


def test_income_keeps_its_sign() -> None:
    forecast("enhet;konto;helår\n4210;3;−400\n")
    assert sum(lines(Part.REST).values()) == -400_00


def test_a_forecast_can_stand_on_a_reporting_group() -> None:
    assert forecast("enhet;konto;rest\n4210;6A;400\n").findings == ()


def test_full_year_and_rest_that_agree_are_taken() -> None:
    result = forecast("enhet;konto;helår;rest\n4210;5;1120;400\n", actuals=monthly(90_00))
    assert (result.findings, result.amount_ore) == ((), 1120_00)


def test_a_new_forecast_replaces_the_older_which_is_kept() -> None:
    forecast("enhet;konto;rest\n4210;5;400\n")
    result = forecast("enhet;konto;rest\n4210;5;500\n")
    assert (result.added, result.replaced, result.changes[0].before_ore) == (0, 1, 400_00)
    assert [(own.rest_ore, own.is_current) for own in forecast_history("delar2-2022", "4210", "5")] == [
        (500_00, True),
        (400_00, False),
    ]
    assert [own.rest_ore for own in forecasts("delar2-2022")] == [500_00]
    newer = Forecast.objects.get(is_current=True)
    assert newer.replaces == Forecast.objects.get(is_current=False)
    assert ForecastLine.objects.count() == 8


def test_the_same_forecast_again_is_not_stored_again() -> None:
    forecast("enhet;konto;rest\n4210;5;400\n")
    events = Event.objects.count()
    result = forecast("enhet;konto;rest\n4210;5;400\n")
    assert (result.added, result.replaced, result.unchanged) == (0, 0, 1)
    assert Event.objects.count() == events


def test_the_same_full_year_is_another_forecast_when_the_actual_has_changed() -> None:
    forecast("enhet;konto;helår\n4210;5;1200\n", actuals=monthly(90_00))
    result = forecast("enhet;konto;helår\n4210;5;1200\n", actuals=monthly(100_00))
    assert result.replaced == 1
    assert forecasts("delar2-2022")[0].rest_ore == 400_00


def test_only_what_the_file_names_is_replaced() -> None:
    forecast("enhet;konto;rest\n4210;5;400\n4220;5;300\n")
    forecast("enhet;konto;rest\n4220;5;350\n")
    assert [(own.unit, own.rest_ore) for own in forecasts("delar2-2022")] == [("4210", 400_00), ("4220", 350_00)]
    assert [own.unit for own in forecasts("delar2-2022", ["4220"])] == ["4220"]


def test_a_forecast_of_another_round_is_left_alone() -> None:
    make_round("delar1-2022", date(2022, 4, 30))
    forecast("enhet;konto;rest\n4210;5;800\n", round_key="delar1-2022")
    forecast("enhet;konto;rest\n4210;5;400\n")
    assert [own.rest_ore for own in forecasts("delar1-2022")] == [800_00]


def test_the_database_holds_only_one_standing_forecast_for_a_unit_and_account() -> None:
    forecast("enhet;konto;rest\n4210;5;400\n")
    twin = Forecast.objects.get()
    twin.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)
    twin.is_current = False
    twin.save(force_insert=True)


def test_a_dry_run_tells_all_and_changes_nothing() -> None:
    forecast("enhet;konto;rest\n4210;5;400\n")
    result = forecast("enhet;konto;rest\n4210;5;500\n4220;5;1\n", dry_run=True)
    assert (result.added, result.replaced, result.dry_run) == (1, 1, True)
    assert [own.rest_ore for own in forecasts("delar2-2022")] == [400_00]


def test_one_bad_row_keeps_the_whole_file_out() -> None:
    assert forecast("enhet;konto;rest\n4210;5;400\n4299;5;400\n").is_refused
    assert Forecast.objects.count() == 0


def test_a_manager_may_forecast_her_own_unit_and_not_another() -> None:
    manager = actor_with(Role.MANAGER, "4220")
    assert forecast("enhet;konto;rest\n4220;5;400\n", manager).added == 1
    with pytest.raises(NotAllowed):
        forecast("enhet;konto;rest\n4220;5;500\n4210;5;400\n", manager)
    with pytest.raises(NotAllowed):
        forecast("enhet;konto;rest\n42;5;400\n", manager)
    assert [own.rest_ore for own in forecasts("delar2-2022")] == [400_00]


def test_a_right_on_a_unit_goes_down_the_tree_and_a_reader_has_none() -> None:
    assert forecast("enhet;konto;rest\n4220;5;400\n", actor_with(Role.MANAGER, "KS")).added == 1
    with pytest.raises(NotAllowed):
        forecast("enhet;konto;rest\n4220;5;400\n", actor_with(Role.READER))


def test_who_handed_in_what_is_logged() -> None:
    forecast("enhet;konto;rest\n4220;5;400\n", actor_with(Role.MANAGER, "4220"))
    event = Event.objects.get(verb="submit-forecast")
    assert (event.actor, event.target) == ("manager", "round:delar2-2022")
    assert json.loads(event.payload)["forecasts"][0][1:] == ["4220", "5", 0, 400_00, None]


FAULTS = {
    "P001": ("enhet;konto;rest\n4210;;400\n", False),
    "P002": ("enhet;konto;rest\n4299;5;400\n", False),
    "P003": ("enhet;konto;projekt;2022-09\n4210;5;100;1\n", False),
    "P005": ("enhet;konto;rest\n4210;5;fyra\n", False),
    "P006": ("enhet;konto;rest\n4210;5;400\n4210;5;500\n", False),
    "P009": (f"enhet;konto;rest;kommentar\n4210;5;400;{'x' * 201}\n", False),
    "P042": ("enhet;konto;2022-08\n4210;5;100\n", False),
    "P043": ("enhet;konto;2023-01\n4210;5;100\n", False),
    "P044": ("enhet;konto;helår;rest\n4210;5;1000;400\n", True),
    "P045": ("enhet;konto;helår\n4210;5;\n", False),
    "P046": ("enhet;konto;projekt;helår\n4210;5;100;400\n", False),
}


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_has_its_own_finding(code: str) -> None:
    text, with_actuals = FAULTS[code]
    result = forecast(text, actuals=monthly(90_00) if with_actuals else no_actuals)
    assert code in [finding.code for finding in result.findings]
    assert {finding.code for finding in result.findings} <= {code, "P004"}
    assert result.findings[0].at.line is not None
    assert Forecast.objects.count() == 0


def test_a_full_year_can_not_be_split_on_several_rows() -> None:
    result = forecast("enhet;konto;projekt;helår;rest\n4210;5;;400;\n4210;5;100;;10\n")
    assert "P046" in {finding.code for finding in result.findings}


def test_rests_of_several_projects_make_one_forecast() -> None:
    result = forecast("enhet;konto;projekt;rest\n4210;5;;400\n4210;5;100;10\n", actuals=monthly(1_00))
    assert (result.added, result.amount_ore) == (1, 418_00)
    assert [finding.code for finding in result.findings] == ["P004"]  # the project opens in November
    with_project = ForecastLine.objects.filter(project="100").order_by("period")
    assert list(with_project.values_list("period", "amount_ore")) == [(202211, 5_00), (202212, 5_00)]


def test_months_and_rest_that_disagree_are_told() -> None:
    result = forecast("enhet;konto;rest;2022-09\n4210;5;400;300\n")
    assert [finding.code for finding in result.findings] == ["P044"]


def test_after_the_years_last_month_the_forecast_is_the_actual() -> None:
    make_round("bokslut-2022", date(2022, 12, 31))
    actuals = monthly(100_00)
    refused = forecast("enhet;konto;helår\n4210;5;1201\n", actuals=actuals, round_key="bokslut-2022")
    assert [finding.code for finding in refused.findings] == ["P047"]
    taken = forecast("enhet;konto;helår\n4210;5;1200\n", actuals=actuals, round_key="bokslut-2022")
    assert (taken.findings, taken.amount_ore) == ((), 1200_00)


def test_a_forecast_above_another_is_taken_with_a_warning() -> None:
    forecast("enhet;konto;rest\n42;5;400\n")
    result = forecast("enhet;konto;rest\n4210;5;100\n")
    assert [finding.code for finding in result.findings] == ["P048"]
    assert result.findings[0].facts == {"value": "4210 5", "above": "42 5"}
    assert result.added == 1
    assert forecast("enhet;konto;rest\n4210;6;100\n").findings == ()


def test_a_part_of_a_group_that_stands_is_refused_and_all_of_its_accounts_take_its_place() -> None:
    text = "kod;namn;överordnad;överordnad:rapport\n6;Övriga kostnader;;\n61;Fastighet;6;6\n62;Resor;6;6\n"
    import_register(actor=LOCAL, dimension="account", content=text.encode(), name="k.csv", as_of=TODAY)
    forecast("enhet;konto;rest\n4210;6;400\n4220;61;50\n")
    events = Event.objects.count()
    for dry_run in (True, False):
        (refused,) = forecast("enhet;konto;rest\n4210;62;100\n4210;5;9\n", dry_run=dry_run).findings
        assert (refused.code, refused.at.line) == ("P051", 2)
        assert refused.facts == {
            "unit": "4210",
            "group": "6",
            "standing": "400,00",
            "accounts": "62",
            "given": "100,00",
        }
    assert (standing(), Event.objects.count()) == ([("4210", "6", 400_00), ("4220", "61", 50_00)], events)
    whole = forecast("enhet;konto;rest\n4210;61;300\n4210;62;100\n")
    assert ([own.code for own in whole.findings], whole.fallen) == (["P050"], (("4210", "6"),))
    assert standing() == [("4210", "61", 300_00), ("4210", "62", 100_00), ("4220", "61", 50_00)]
    assert verify_plan() == []


def test_a_units_forecasts_never_overlap_the_later_counts_and_the_earlier_is_said_to_fall() -> None:
    forecast("enhet;konto;rest\n4210;6;400\n4220;6;50\n")
    finer = forecast("enhet;konto;rest\n4210;61;100\n")
    assert [(own.code, own.facts["value"], own.facts["amount"]) for own in finer.findings] == [
        ("P050", "4210 6", "400,00")
    ]
    assert standing() == [("4210", "61", 100_00), ("4220", "6", 50_00)]
    wider = forecast("enhet;konto;rest\n4210;6;300\n")
    assert [own.facts["value"] for own in wider.findings] == ["4210 61"]
    assert standing() == [("4210", "6", 300_00), ("4220", "6", 50_00)]
    assert verify_plan() == []


def test_a_group_and_an_account_in_it_at_the_same_time_are_refused_but_not_of_two_units() -> None:
    refused = forecast("enhet;konto;rest\n4210;6;400\n4210;61;100\n")
    assert [(own.code, own.facts["value"], own.facts["above"]) for own in refused.findings] == [
        ("P049", "4210 61", "4210 6")
    ]
    assert standing() == []
    assert forecast("enhet;konto;rest\n4210;6;400\n4220;61;100\n").findings == ()


def standing() -> list[tuple[str, str, int]]:
    kept = Forecast.objects.filter(is_current=True).order_by("unit", "account")
    return [(own.unit, own.account, own.rest_ore) for own in kept]


def test_an_unknown_round_is_a_finding() -> None:
    result = forecast("enhet;konto;rest\n4210;5;400\n", round_key="saknas")
    assert [finding.code for finding in result.findings] == ["P040"]


def test_a_file_with_headings_only_says_so() -> None:
    assert [finding.code for finding in forecast("enhet;konto;rest\n").findings] == ["P008"]


def test_a_form_hands_in_the_same_rows_as_a_file() -> None:
    rows = [ForecastRow(CodeString("4210", "5"), full_year_ore=1000_00)]
    result = submit_forecast(
        actor=actor_with(Role.MANAGER, "4210"),
        round_key="delar2-2022",
        rows=rows,
        submitted_on=TODAY,
        actuals=monthly(100_00),
    )
    assert (result.findings, result.amount_ore) == ((), 1000_00)
    assert lines(Part.REST) == {202200 + month: 50_00 for month in range(9, 13)}


def test_an_empty_form_says_so() -> None:
    result = submit_forecast(
        actor=actor_with(Role.MANAGER, "4210"),
        round_key="delar2-2022",
        rows=[],
        submitted_on=TODAY,
        actuals=no_actuals,
    )
    assert [finding.code for finding in result.findings] == ["P008"]


def test_the_standing_forecasts_are_one_query_however_many() -> None:
    forecast("enhet;konto;rest\n4210;5;400\n4220;5;300\n4220;6;300\n")
    with CaptureQueriesContext(connection) as queries:
        assert len(forecasts("delar2-2022")) == 3
    assert len(queries) == 1


def test_an_adopted_round_accepts_no_more_forecasts() -> None:
    make_round("delar1-2022", date(2022, 4, 30), State.ADOPTED)
    result = forecast("enhet;konto;rest\n4210;5;400\n", round_key="delar1-2022")
    assert [finding.code for finding in result.findings] == ["P041"]
    assert Forecast.objects.count() == 0


def test_a_round_closed_while_the_forecast_was_reckoned_refuses_it() -> None:
    def slow(row: RoundRow) -> Actuals:
        consolidate_round(actor=LOCAL, key=row.key, as_of=TODAY)
        return {}

    result = forecast("enhet;konto;rest\n4210;5;400\n", actuals=slow)
    assert [finding.code for finding in result.findings] == ["P041"]
    assert Forecast.objects.count() == 0


def test_actuals_in_a_month_without_any_are_left_out() -> None:
    forecast("enhet;konto;helår\n4210;5;100\n", actuals=lambda _: {("4210", "5"): {202203: 40_00, 202212: 999}})
    assert lines(Part.ACTUAL) == {202203: 40_00}  # and nothing from after the cut-off
    assert sum(lines(Part.REST).values()) == 60_00
