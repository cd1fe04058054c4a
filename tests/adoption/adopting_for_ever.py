"""A process for test_killed: adopts and corrects a small municipality's round for ever, or looks at it."""

from __future__ import annotations

import json
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
from uppsikt.planning.selectors import adopted_versions, round_row  # noqa: E402
from uppsikt.planning.services import consolidate_round, correct_round  # noqa: E402
from uppsikt.planning.states import State  # noqa: E402
from uppsikt.safekeeping import verify  # noqa: E402

KEY, DAY = "delar2-2022", date(2022, 10, 4)
ACTOR = Actor("last", is_local=True)


def adopt_for_ever() -> None:
    if not (Path(settings.HOME) / "uppsikt.sqlite3").exists():
        call_command("migrate", verbosity=0, interactive=False)
        load_municipality(ACTOR, Path(settings.HOME))
    while True:
        row = round_row(KEY)
        assert row
        if row.state is State.ADOPTED:
            correct_round(actor=ACTOR, key=KEY, reason="Prov", as_of=DAY)
        consolidate_round(actor=ACTOR, key=KEY, as_of=DAY)
        done = adopt(actor=ACTOR, key=KEY, as_of=DAY).round
        assert done
        print(json.dumps([done.version, done.frozen_hash]), flush=True)  # noqa: T201


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
    print(json.dumps({"versions": versions, "findings": findings, "left": left}))  # noqa: T201


if __name__ == "__main__":
    {"adopt": adopt_for_ever, "look": look}[sys.argv[1]]()
