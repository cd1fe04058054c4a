"""The small municipality's second round at work: two units, one question, a threshold of 100 tkr and 2 %."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

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


@pytest.fixture
def at_work(db: None, local: Actor, tmp_path: Path) -> None:
    """The municipality with its round set up."""
    load_municipality(local, tmp_path)
    set_up(local)
