"""The small municipality's second round at work: two units, one question, a threshold of 100 tkr and 2 %."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from tests.web.conftest import load_municipality
from uppsikt.audit.actors import Actor
from uppsikt.planning.kinds import RoundKind
from uppsikt.rounds.services import change_setup
from uppsikt.rounds.values import QuestionRow, SetupDraft, SetupRow

ROUND = "delar2-2022"
PAGE = f"/omgangar/{ROUND}/enhet/4220/"
DAY = date(2022, 9, 14)
THRESHOLD_ORE = 100_000_00


def set_up(actor: Actor) -> None:
    """Give the round its set-up, participants and question."""
    setup = SetupRow(date(2022, 9, 1), date(2022, 9, 20), date(2022, 9, 30), THRESHOLD_ORE, 20)
    draft = SetupDraft(
        key=ROUND,
        name="Delår 2 2022",
        kind=RoundKind.INTERIM,
        year=2022,
        cut_off=date(2022, 8, 31),
        deadline=date(2022, 9, 16),
        previous_key="delar1-2022",
        setup=setup,
        participants=("1010", "4220"),
        questions=(QuestionRow(1, "Vilka risker ser du under resten av året?"),),
    )
    done = change_setup(actor=actor, facts=draft, as_of=DAY)
    assert not done.findings, done.findings


@pytest.fixture(scope="module")
def _municipality(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The municipality with its round set up, loaded once for the tests of a file and taken back after them."""
    folder = tmp_path_factory.mktemp("municipality")
    actor = Actor("kommandorad", is_local=True)
    there = override_settings(HOME=folder, LEDGER_FOLDER=folder / "ledger")
    with django_db_blocker.unblock(), there, transaction.atomic():
        load_municipality(actor, folder)
        set_up(actor)
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def at_work(_municipality: Path, db: None, home: Path) -> None:
    """The municipality at work, in a home of the test's own."""
    shutil.copytree(_municipality, home, dirs_exist_ok=True)
