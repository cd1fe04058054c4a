"""A process for test_killed: saves figures, adopts and corrects a small municipality's round for ever, or looks."""

from __future__ import annotations

import json
import random
import sys
from datetime import date
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from tests.web.conftest import load_municipality  # noqa: E402
from uppsikt.adoption import adopt  # noqa: E402
from uppsikt.audit.actors import Actor  # noqa: E402
from uppsikt.planning.kinds import RoundKind  # noqa: E402
from uppsikt.planning.selectors import adopted_versions, round_row  # noqa: E402
from uppsikt.planning.services import change_state, consolidate_round  # noqa: E402
from uppsikt.planning.states import State  # noqa: E402
from uppsikt.rounds.selectors import unit_work  # noqa: E402
from uppsikt.rounds.services import change_setup, save_cells  # noqa: E402
from uppsikt.rounds.values import FULL_YEAR, CellEdit, SetupDraft, SetupRow  # noqa: E402
from uppsikt.safekeeping import verify  # noqa: E402

KEY, UNIT, DAY = "delar2-2022", "4220", date(2022, 10, 4)
ACTOR = Actor("last", is_local=True)


def adopt_for_ever() -> None:
    if not (Path(settings.HOME) / "uppsikt.sqlite3").exists():
        call_command("migrate", verbosity=0, interactive=False)
        load_municipality(ACTOR, Path(settings.HOME))
        take_part()
    while True:
        row = round_row(KEY)
        assert row
        if row.state is not State.OPEN:
            change_state(actor=ACTOR, key=KEY, to=State.OPEN, reason="Prov", as_of=DAY)
        save()
        consolidate_round(actor=ACTOR, key=KEY, as_of=DAY)
        done = adopt(actor=ACTOR, key=KEY, as_of=DAY).round
        assert done
        tell("adopted", done.version, done.frozen_hash)


def take_part() -> None:
    row = round_row(KEY)
    assert row
    setup = SetupRow(row.cut_off, DAY, DAY, 0, 0, "")
    facts = (KEY, row.name, RoundKind(row.kind), row.year, row.cut_off, row.deadline, row.previous_key)
    assert not change_setup(actor=ACTOR, facts=SetupDraft(*facts, setup, (UNIT,)), as_of=DAY).findings


def save() -> None:
    held = {cell.account: cell.version for cell in unit_work(KEY, UNIT).cells if cell.period == FULL_YEAR}
    for account in ("3", "5"):
        edit = CellEdit(account, FULL_YEAR, random.randrange(10**9), held.get(account, 0))
        done = save_cells(actor=ACTOR, round_key=KEY, unit=UNIT, edits=[edit], as_of=DAY)
        [saved] = [own for own in done.saved if own.period == FULL_YEAR]
        tell("saved", account, saved.version, saved.amount_ore)


def tell(*said: object) -> None:
    print(json.dumps(said), flush=True)  # noqa: T201


def look() -> None:
    versions = [[own.number, own.frozen_hash] for own in adopted_versions(KEY)]
    kept = {str(frozen_hash) for _, frozen_hash in versions}
    row = round_row(KEY)
    if row and row.state is not State.ADOPTED:  # the next to adopt clears what the dead left
        consolidate_round(actor=ACTOR, key=KEY, as_of=DAY)
        kept.add(str(getattr(adopt(actor=ACTOR, key=KEY, as_of=DAY).round, "frozen_hash", "")))
        left = [path.name for path in (Path(settings.HOME) / "rounds" / KEY).iterdir() if path.name not in kept]
    else:
        left = []
    findings = [str(finding) for finding in verify().findings]
    years = [cell for cell in unit_work(KEY, UNIT).cells if cell.period == FULL_YEAR]
    cells = {cell.account: [cell.version, cell.amount_ore] for cell in years}
    tell({"versions": versions, "findings": findings, "left": left, "cells": cells})


if __name__ == "__main__":
    {"adopt": adopt_for_ever, "look": look}[sys.argv[1]]()
