from __future__ import annotations

import json

import pytest

from tests.conftest import actor_with
from tests.planning.samples import LOCAL, TODAY, monthly
from tests.rounds.samples import KEY, UNIT, codes, put, save, state_of, submit, work_round
from uppsikt.audit.actors import Actor, NotAllowed, Role
from uppsikt.audit.models import Event
from uppsikt.coding.services import import_register
from uppsikt.planning.results import PlanImport
from uppsikt.planning.selectors import forecasts
from uppsikt.rounds.models import Cell
from uppsikt.rounds.selectors import unit_work
from uppsikt.rounds.services import import_forecast, withdraw_unit
from uppsikt.rounds.states import WorkState

pytestmark = pytest.mark.usefixtures("registers")
FILE = "enhet;konto;rest;2022-09;2022-10\n4210;5;4;;\n4210;6;;3;2\nKS;3;1;;\n"


def _import(text: str = FILE, actor: Actor = LOCAL, dry_run: bool = False) -> PlanImport:
    return import_forecast(
        actor=actor,
        round_key=KEY,
        content=text.encode(),
        name="prognos.csv",
        submitted_on=TODAY,
        actuals=monthly(100),
        dry_run=dry_run,
    )


def _filled() -> dict[tuple[str, int], int]:
    cells = unit_work(KEY, UNIT).cells
    return {(row.account, row.period): row.amount_ore for row in cells if row.amount_ore is not None}


def test_a_file_hands_in_for_the_units_in_it_and_stands_in_their_cells() -> None:
    work_round()
    save(("5", 202209, 77, 0))
    result = _import()
    assert (result.findings, result.added) == ((), 3)
    assert (state_of(), state_of("4220")) == (WorkState.SUBMITTED, WorkState.NOT_STARTED)
    months = {("6", 202209): 300, ("6", 202210): 200, ("6", 202211): 0, ("6", 202212): 0}
    assert _filled() == {("5", 0): 1_200, **months}
    assert [own.unit for own in forecasts(KEY)] == ["4210", "4210", "KS"]  # KS takes no part, and forecasts too
    again = _import()
    assert (again.unchanged, state_of()) == (3, WorkState.SUBMITTED)


def test_what_came_by_file_can_be_taken_back_and_handed_in_again_unchanged() -> None:
    work_round()
    _import()
    before = {(own.account, own.full_year_ore) for own in forecasts(KEY, [UNIT])}
    withdraw_unit(actor=LOCAL, round_key=KEY, unit=UNIT, as_of=TODAY)
    assert submit(actuals={(UNIT, "5"): {202200 + month: 100 for month in range(1, 9)}}).findings == ()
    assert {(own.account, own.full_year_ore) for own in forecasts(KEY, [UNIT])} == before


def test_a_dry_run_changes_nothing() -> None:
    work_round()
    events = Event.objects.count()
    assert _import(dry_run=True).added == 3
    assert (state_of(), Cell.objects.count(), Event.objects.count()) == (WorkState.NOT_STARTED, 0, events)


@pytest.mark.parametrize(("state", "excused", "code"), [("approved", "", "N018"), ("in-progress", "ny", "N003")])
def test_a_unit_that_is_approved_or_excused_stops_the_file(state: str, excused: str, code: str) -> None:
    work_round()
    put(UNIT, WorkState(state), excused)
    result = _import()
    assert (codes(result.findings), result.changes, forecasts(KEY)) == ([code], (), [])
    assert _import("enhet;konto;rest\n4220;5;4\n").findings == ()


def _two_accounts_in(group: str) -> None:
    text = f"kod;namn;överordnad;överordnad:rapport\n61;Fastighet;{group};{group}\n62;Resor;{group};{group}\n"
    import_register(actor=LOCAL, dimension="account", content=text.encode(), name="k.csv", as_of=TODAY)


def test_a_part_of_a_group_handed_in_is_refused_and_the_whole_of_it_takes_its_cell_along() -> None:
    _two_accounts_in("6")
    work_round()
    save(("6", 0, 40_000, 0), ("5", 0, 500, 0))
    assert submit().findings == ()
    events = Event.objects.count()
    result = _import("enhet;konto;helår\n4210;62;100\n")
    assert (codes(result.findings), result.changes, Event.objects.count()) == (["P051"], (), events)
    assert (_filled(), state_of()) == ({("6", 0): 40_000, ("5", 0): 500}, WorkState.SUBMITTED)
    whole = "enhet;konto;helår\n4210;61;300\n4210;62;100\n"
    tried, done = _import(whole, dry_run=True), _import(whole)
    assert codes(tried.findings) == codes(done.findings) == ["P050"]
    assert (_filled(), state_of()) == ({("5", 0): 500, ("61", 0): 30_000, ("62", 0): 10_000}, WorkState.SUBMITTED)
    logged = json.loads(Event.objects.filter(verb="save-cells").latest("sequence").payload)["cells"]
    assert ["6", 0, 40_000, None] in logged
    assert codes(_import("enhet;konto;helår\n4210;6;400\n").findings) == ["P050", "P050"]
    assert _filled() == {("5", 0): 500, ("6", 0): 40_000}
    withdraw_unit(actor=LOCAL, round_key=KEY, unit=UNIT, as_of=TODAY)
    assert submit().findings == ()  # the cells say what is handed in: it can be handed in again


def test_a_unit_with_more_filled_in_than_the_file_has_not_handed_in_and_is_warned_of() -> None:
    work_round()
    save(("5", 0, 77_700, 0), ("3", 0, -1, 0), unit="4220")
    save(("5", 0, 77_700, 0))
    file = "enhet;konto;helår\n4210;6;1000\n4220;6;5\n4220;3;5\n"
    events = Event.objects.count()
    tried = _import(file, dry_run=True)
    assert ([own.code for own in tried.findings], Event.objects.count()) == (["N052", "N052"], events)
    result = _import(file)
    assert result.findings == tried.findings
    told = [(own.facts["unit"], own.facts["accounts"]) for own in result.findings]
    assert told == [("4210", "5"), ("4220", "5")]
    assert [(own.account, own.full_year_ore) for own in forecasts(KEY, [UNIT])] == [("6", 100_000)]
    assert (state_of(), _filled()) == (WorkState.IN_PROGRESS, {("5", 0): 77_700, ("6", 0): 100_000})
    put(UNIT, WorkState.RETURNED)
    assert (codes(_import("enhet;konto;helår\n4210;6;1000\n").findings), state_of()) == (["N052"], WorkState.RETURNED)
    assert _import("enhet;konto;helår\n4210;5;777\n4220;5;777\n").findings == ()
    assert (state_of(), state_of("4220")) == (WorkState.SUBMITTED, WorkState.SUBMITTED)


def test_what_was_emptied_or_moved_between_months_since_it_was_handed_in_is_other_too() -> None:
    work_round()
    assert _import("enhet;konto;helår;2022-09;2022-10\n4210;6;;3;2\n4210;5;100;;\n").findings == ()
    more = "enhet;konto;helår\n4210;3;-10\n"
    assert (_import(more).findings, state_of()) == ((), WorkState.SUBMITTED)
    withdraw_unit(actor=LOCAL, round_key=KEY, unit=UNIT, as_of=TODAY)
    save(("6", 202209, 200, 1), ("6", 202210, 300, 1), ("5", 0, None, 1))  # the year of 6 stays what it was
    assert [(own.facts["accounts"], state_of()) for own in _import(more).findings] == [
        ("5, 6", WorkState.IN_PROGRESS)
    ]
    put(UNIT, WorkState.SUBMITTED)  # what was handed in before somebody else's file stays handed in
    assert (codes(_import(more).findings), state_of()) == (["N052"], WorkState.SUBMITTED)


@pytest.mark.parametrize("state", [WorkState.NOT_STARTED, WorkState.APPROVED])
def test_a_unit_that_another_above_it_answers_for_hands_in_nothing_of_its_own(state: WorkState) -> None:
    work_round(units=("42", "4220"))
    put("42", state)
    own, beside = "enhet;konto;helår\n4210;5;1000\n", "enhet;konto;helår\n4220;5;1000\nKS;3;-10\n"
    result = _import(own, actor=actor_with(Role.MANAGER, UNIT))
    assert [(finding.code, finding.facts["above"]) for finding in result.findings] == [("N051", "42")]
    assert (result.changes, forecasts(KEY)) == ((), [])
    assert _import(beside).findings == ()


def test_whoever_may_not_forecast_a_unit_can_not_bring_its_file() -> None:
    work_round()
    with pytest.raises(NotAllowed):
        _import(actor=actor_with(Role.MANAGER, "4220"))
    assert _import("enhet;konto;rest\n4220;5;4\n", actor=actor_with(Role.MANAGER, "4220")).findings == ()


def test_a_file_of_an_unknown_round_is_a_finding() -> None:
    assert codes(_import().findings) == ["P040"]
