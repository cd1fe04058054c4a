"""Many people at work in the same unit at the same moment, each in a connection of their own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event
from typing import Any, TypeVar

import pytest
from django.db import connection

from tests.planning.samples import LOCAL, TODAY, code_registers, make_round
from tests.rounds.samples import KEY, UNIT, books, codes, put, save, state_of, submit, work_round
from uppsikt.audit.actors import Actor
from uppsikt.audit.services import record, verify_chain
from uppsikt.planning import forecast_services
from uppsikt.planning import services as planning
from uppsikt.planning.codes import CodeString
from uppsikt.planning.files import ForecastRow
from uppsikt.planning.kinds import ForecastKind
from uppsikt.planning.selectors import forecasts, round_row
from uppsikt.planning.services import RoundChange, consolidate_round, submit_forecast
from uppsikt.planning.states import State
from uppsikt.rounds.models import Cell
from uppsikt.rounds.selectors import held_setup, participants
from uppsikt.rounds.services import change_setup, consolidate
from uppsikt.rounds.states import WorkState
from uppsikt.rounds.values import SetupDraft

pytestmark = pytest.mark.skipif(
    "connection.vendor == 'sqlite'", reason="the tests' SQLite is one connection; bench/load runs its file"
)
PEOPLE = 6
T = TypeVar("T")
ROUNDS = 5


def at_once(work: Callable[[int], T]) -> list[T]:
    """What each of the people came to, all of them at work at the same moment."""

    def run(number: int) -> T:
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as people:
        return list(people.map(run, range(PEOPLE)))


@pytest.mark.django_db(transaction=True)
def test_nobody_loses_a_save_and_one_cell_has_one_winner() -> None:
    code_registers()
    work_round()

    def count_up(number: int) -> int:
        done = seen = 0
        for _ in range(ROUNDS):
            result = save(("5", 0, 1_000 * (seen + 1) + number, seen), actor=Actor(f"p{number}", is_local=True))
            done += not result.conflicts
            rows = result.saved or [own.held for own in result.conflicts]
            seen = max(row.version for row in rows if row.period == 0)
        return done

    won = at_once(count_up)
    assert Cell.objects.get(unit=UNIT, account="5", period=0).version == sum(won)
    results = at_once(lambda number: save(("6", 202209 + number % 4, number, 0)).conflicts)
    assert sum(not conflicts for conflicts in results) == 4
    assert verify_chain() == []


@pytest.mark.django_db(transaction=True)
def test_what_is_handed_in_is_what_stood_whoever_types_meanwhile() -> None:
    code_registers()
    work_round()
    save(("5", 0, 1, 0))

    def type_or_submit(number: int) -> bool:
        if number == 0:
            return submit().findings == ()
        return save(("5", 0, 100 + number, 1)).conflicts == ()

    at_once(type_or_submit)
    assert state_of() is WorkState.SUBMITTED
    (cell,) = Cell.objects.filter(unit=UNIT, amount_ore__isnull=False)
    assert [own.full_year_ore for own in forecasts(KEY)] == [cell.amount_ore]


@pytest.mark.django_db(transaction=True)
def test_a_round_that_gets_its_first_participants_is_not_consolidated_without_them() -> None:
    code_registers()
    for number in range(ROUNDS):
        make_round(f"omgang-{number}")
        first = replace(held_setup(f"omgang-{number}"), participants=(UNIT,))

        def change_or_consolidate(person: int, first: SetupDraft = first) -> RoundChange:
            if person % 2:
                return change_setup(actor=LOCAL, facts=first, as_of=TODAY)
            return consolidate(actor=LOCAL, key=first.key, as_of=TODAY, **books())

        at_once(change_or_consolidate)
        row = round_row(first.key)
        assert row is not None
        assert (row.state is State.OPEN) == bool(participants(first.key))


@pytest.mark.django_db(transaction=True)
def test_closing_a_round_with_gaps_and_whoever_lays_an_adjustment_wait_for_each_other_in_one_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    code_registers()
    work_round(units=(UNIT,), questions=["Risker?"])
    put(UNIT, WorkState.APPROVED)
    holds_the_plan, wants_the_plan = Event(), Event()

    def slowly(**facts: Any) -> object:
        holds_the_plan.set()
        wants_the_plan.wait(10)
        return record(**facts)

    def told(**facts: Any) -> RoundChange:
        wants_the_plan.set()
        return consolidate_round(**facts)

    def close(_: int) -> list[str]:
        holds_the_plan.wait(10)
        done = consolidate(actor=LOCAL, key=KEY, as_of=TODAY, reason="Nämnden vet", **books())
        return codes(done.findings)

    def adjust(_: int) -> list[str]:
        rows = [ForecastRow(CodeString("4220", "5"), rest_ore=100, basis="Osäkert")]
        kind = ForecastKind.ADJUSTMENT
        done = submit_forecast(
            actor=LOCAL, round_key=KEY, rows=rows, submitted_on=TODAY, actuals=lambda _: {}, kind=kind
        )
        return codes(done.findings)

    monkeypatch.setattr(forecast_services, "record", slowly)
    monkeypatch.setattr(planning, "consolidate_round", told)
    acts = (close, adjust)
    assert at_once(lambda number: acts[number](number) if number < len(acts) else []) == [
        ["N054"],
        [],
        [],
        [],
        [],
        [],
    ]
    assert verify_chain() == []
