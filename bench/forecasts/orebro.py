"""The demonstration's ledger: what was known at the end of April 2022, and January to August as it came.

It holds 2021 and eight months of 2022, so eight months are the year here: units and account groups are those of the
rounds, in the structure of 31 August. Its months below the published totals are synthetic, made for another purpose.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from measuring import Score, held_sums

from uppsikt.suggestions import Material

if TYPE_CHECKING:
    from uppsikt.forecasting.gathering import Gathered


def orebro() -> None:
    """Load the demonstration into a folder of its own and print the errors after three to six of eight months."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"UPPSIKT_HOME": home, "DJANGO_SETTINGS_MODULE": "uppsikt.settings"}
        gathered = _gathered(Path(home))
    material = gathered.material
    print("\nÖrebro (demonstration), January to August 2022: errors in per cent of what came, weighted")
    whole, questions = Score(), []
    truth = np.nansum(material.actual[:, -1, :8], axis=1)
    for seen in (3, 4, 5, 6):
        known = material.actual[:, :, :8].copy()
        known[:, -1, seen:] = np.nan
        questions.append((Material(known, material.budget[:, :, :8], seen), truth))
        score = Score()
        score.add(*questions[-1])
        print(score.line(f"after {seen} of 8 months"))
        whole = whole.plus(score)
    print(whole.line("all"))
    rows: dict[str, list[int]] = defaultdict(list)
    for at, (unit, _) in enumerate(gathered.nodes):
        rows[unit].append(at)
    print(held_sums(questions, list(rows.values())), "(units)")


def _gathered(home: Path) -> Gathered:
    import django

    django.setup()
    from django.core.management import call_command

    from uppsikt.audit.actors import Actor
    from uppsikt.demo.load import load_demo
    from uppsikt.forecasting.gathering import gather
    from uppsikt.planning.selectors import round_row
    from uppsikt.relations import open_engine

    call_command("migrate", verbosity=0)
    loaded = load_demo(actor=Actor("bench", is_local=True), password="ett långt lösenord", tell=lambda _: None)
    row = round_row("delar2-2022")
    if row is None:
        sys.exit("\n".join(map(str, loaded.findings)))
    with open_engine() as engine:
        return gather(engine, row)
