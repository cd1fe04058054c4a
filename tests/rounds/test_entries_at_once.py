"""Files of many units against everybody else at work in them: nobody waits for ever, and nothing is lost."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection

from tests.planning.samples import LOCAL, TODAY, code_registers
from tests.rounds.samples import KEY, books, save, submit, work_round
from tests.rounds.test_many_at_once import at_once
from tests.web.rounds_pages.test_workbook import edited_rows
from uppsikt.audit.services import verify_chain
from uppsikt.coding.services import import_register
from uppsikt.core.findings import has_errors
from uppsikt.planning.selectors import round_row
from uppsikt.rounds.models import Cell
from uppsikt.rounds.selectors import round_cells
from uppsikt.rounds.services import approve_units, import_forecast, return_unit, withdraw_unit
from uppsikt.web.rounds_pages.entries import run_entries
from uppsikt.web.rounds_pages.scope import scope_of

pytestmark = pytest.mark.skipif(connection.vendor == "sqlite", reason="the tests' SQLite is one connection")
UNITS = [f"N{number:02}" for number in range(12)]
QUIET, BUSY = UNITS[:8], UNITS[8:]
ROUNDS = 12
Done = Counter[tuple[str, str]]  # how many saves of a unit's account group were told to have gone through


def _held(unit: str, account: str) -> tuple[int | None, int]:
    row = round_row(KEY)
    assert row
    for cell in round_cells(row).get(unit, ()):
        if (cell.account, cell.period) == (account, 0):
            return cell.amount_ore, cell.version
    return None, 0


def _by_file(person: int, number: int, done: Done) -> None:
    # one of units that only these work in, backwards; one of a few units that others hand in and approve too
    account, units = ("6", random.Random(number).sample(UNITS, 3)) if person else ("5", QUIET[::-1])
    row = round_row(KEY)
    assert row
    seen = {unit: _held(unit, account) for unit in units}
    run = run_entries(scope_of(LOCAL, KEY), edited_rows(row, seen, account, number), "f.xlsx", dry_run=False)
    if not run.is_refused:
        done.update((change.unit, account) for change in run.changes)


def _by_hand(person: int, number: int, done: Done) -> None:
    for unit in random.Random(number).sample(UNITS, len(UNITS)):
        amount_ore, version = _held(unit, "61")
        result = save(("61", 0, (amount_ore or 0) + 7, version), unit=unit)
        done[unit, "61"] += not (result.conflicts or result.findings)


def _handing_in(person: int, number: int, done: Done) -> None:
    unit = BUSY[number % len(BUSY)]
    if not has_errors(submit(unit=unit).findings) and number % 2:
        withdraw_unit(actor=LOCAL, round_key=KEY, unit=unit, as_of=TODAY)


def _reviewing(person: int, number: int, done: Done) -> None:
    approve_units(actor=LOCAL, round_key=KEY, units=UNITS[::-1], as_of=TODAY, **books())
    for unit in UNITS:
        return_unit(actor=LOCAL, round_key=KEY, unit=unit, message="Mer", as_of=TODAY)


def _handing_in_by_file(person: int, number: int, done: Done) -> None:
    rows = "".join(f"{unit};3;-{number + 1}\n" for unit in BUSY[number % 3 :: -1])
    content = f"enhet;konto;helår\n{rows}".encode()
    import_forecast(
        actor=LOCAL, round_key=KEY, content=content, name="f.csv", submitted_on=TODAY, actuals=lambda _: {}
    )


WORK: tuple[Callable[[int, int, Done], None], ...] = (
    _by_file,
    _by_file,
    _by_hand,
    _handing_in,
    _reviewing,
    _handing_in_by_file,
)


@pytest.mark.django_db(transaction=True)
def test_files_of_many_units_wait_for_nobody_for_ever_and_lose_nothing(home: object) -> None:
    code_registers()
    units = "kod;namn;överordnad\n" + "".join(f"{unit};Enhet {unit};42\n" for unit in UNITS)
    import_register(actor=LOCAL, dimension="unit", content=units.encode(), name="u.csv", as_of=TODAY)
    work_round(units=UNITS[::-1])  # their keys fall as their codes rise

    def run(person: int) -> Done:
        done: Done = Counter()
        for number in range(ROUNDS):
            WORK[person](person, number, done)
        return done

    saved = sum(at_once(run), Counter())
    assert {account for (_, account), count in saved.items() if count} == {"5", "6", "61"}  # files got through too
    stored = Cell.objects.filter(account__in=["5", "6", "61"], period=0).values_list("unit", "account", "version")
    assert {(unit, account): version for unit, account, version in stored} == dict(+saved)
    assert verify_chain() == []
