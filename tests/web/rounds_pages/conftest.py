"""The small municipality's second round, run by people: 1010 has handed in, 4220 is at work, 3020 has nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from tests.web.conftest import load_municipality
from uppsikt import relations
from uppsikt.audit.actors import Actor
from uppsikt.rounds.selectors import held_setup
from uppsikt.rounds.services import add_comment, change_setup, save_cells, submit_unit
from uppsikt.rounds.values import CellEdit, QuestionRow

ROUND = "delar2-2022"
DAY = date(2022, 9, 14)


@pytest.fixture(scope="module")
def _municipality(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The municipality, loaded once for the tests of a module and taken back after them; its home folder."""
    folder = tmp_path_factory.mktemp("municipality")
    actor = Actor("kommandorad", is_local=True)
    there = override_settings(HOME=folder, LEDGER_FOLDER=folder / "ledger")
    with django_db_blocker.unblock(), there, transaction.atomic():
        load_municipality(actor, folder)
        run_round(actor)
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def running(_municipality: Path, db: None, home: Path) -> str:
    """The round's key. Handed in before it was set up: 1010 1 150 000 and 4220 2 520 000 kronor."""
    shutil.copytree(_municipality, home, dirs_exist_ok=True)
    return ROUND


def run_round(actor: Actor) -> None:
    """Set the round up for three units, type in two of them and hand one in."""
    held = held_setup(ROUND)
    setup = replace(held.setup, threshold_ore=20_000_000, threshold_permille=10)
    draft = replace(
        held,
        participants=("1010", "3020", "4220"),
        setup=setup,
        questions=(QuestionRow(1, "Vilka risker ser du?", is_required=False),),
    )
    assert change_setup(actor=actor, facts=draft, as_of=DAY).findings == ()
    type_in(actor, "1010", CellEdit("5", 0, 115_000_050, 0))
    books = {"actuals": relations.actuals_of_round, "budget": relations.budget_of_unit}
    done = submit_unit(actor=actor, round_key=ROUND, unit="1010", as_of=DAY, **books)  # type: ignore[arg-type]
    assert done.findings == ()
    type_in(actor, "4220", CellEdit("5", 0, 290_000_000, 0))
    add_comment(actor=actor, round_key=ROUND, unit="4220", text="Räknat med vikarier?", as_of=DAY)


def type_in(actor: Actor, unit: str, *edits: CellEdit) -> None:
    """Save what somebody typed."""
    saved = save_cells(actor=actor, round_key=ROUND, unit=unit, edits=edits, as_of=DAY)
    assert not saved.findings, saved.findings
    assert not saved.conflicts
