"""What an adopted round rested on, kept as files that never change.

`<home>/rounds/<round>/<content hash>/` holds `budget.parquet` (the year's budget as decided up to the day
of adoption), `forecast.parquet`, `code_plan.json` (names and placements of all codes over time and the
decided events behind them, as known that day) and `manifest.json`. The content hash is over the manifest,
which has the hashes of the files.
"""

from __future__ import annotations

import os
import shutil
import uuid
from dataclasses import asdict, astuple
from datetime import date
from pathlib import Path

import duckdb
from django.conf import settings

from uppsikt.coding.selectors import code_plan
from uppsikt.core.hashes import canonical_json, hash_bytes, hash_file
from uppsikt.planning.models import BudgetLine, Forecast, ForecastLine
from uppsikt.planning.relations import write_budget, write_forecasts
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import budget_entries, forecast_facts

MANIFEST = "manifest.json"
BUDGET_FILE = "budget.parquet"
FORECAST_FILE = "forecast.parquet"
CODE_PLAN_FILE = "code_plan.json"


def rounds_folder() -> Path:
    """Where adopted rounds lie."""
    return Path(settings.HOME) / "rounds"


def frozen_folder(row: RoundRow) -> Path:
    """The folder of an adopted round."""
    return rounds_folder() / row.key / row.frozen_hash


def freeze(row: RoundRow, adopted_on: date) -> str:
    """Write the round's folder and return its content hash. Written aside and moved in place when whole."""
    own = rounds_folder() / row.key
    own.mkdir(parents=True, exist_ok=True)
    aside = own / f".{uuid.uuid4().hex}"
    aside.mkdir()
    try:
        _write_files(aside, row, adopted_on)
        manifest = canonical_json(_manifest(aside, row, adopted_on)).encode()
        (aside / MANIFEST).write_bytes(manifest)
        content_hash = hash_bytes(manifest)
        _move_in_place(aside, own / content_hash)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return content_hash


def _write_files(folder: Path, row: RoundRow, adopted_on: date) -> None:
    entries = budget_entries(row.year, adopted_on)
    budget_lines = BudgetLine.objects.filter(entry__year=row.year, entry__decided_on__lte=adopted_on)
    write_budget(folder / BUDGET_FILE, entries, budget_lines)
    standing = Forecast.objects.filter(round__key=row.key, is_current=True)
    lines = ForecastLine.objects.filter(forecast__round__key=row.key, forecast__is_current=True)
    write_forecasts(folder / FORECAST_FILE, forecast_facts(standing), lines)
    (folder / CODE_PLAN_FILE).write_text(_code_plan_text(), encoding="utf-8")


def _code_plan_text() -> str:
    plan = code_plan()
    placements = sorted((astuple(own) for own in plan.placements), key=str)
    return canonical_json(
        {
            "names": [astuple(own) for own in sorted(plan.names)],
            "placements": placements,
            "changes": [asdict(own) for own in plan.changes],
        }
    )


def _manifest(folder: Path, row: RoundRow, adopted_on: date) -> dict[str, object]:
    facts = asdict(row)
    for not_yet in ("state", "adopted_on", "frozen_hash"):
        del facts[not_yet]
    files = {name: _file_facts(folder / name) for name in (BUDGET_FILE, FORECAST_FILE)}
    files[CODE_PLAN_FILE] = {"hash": hash_file(folder / CODE_PLAN_FILE)}
    return {"round": facts, "adopted_on": adopted_on, "code_plan": code_plan().content_hash, "files": files}


def _file_facts(path: Path) -> dict[str, object]:
    with duckdb.connect() as database:
        question = "SELECT count(*), coalesce(sum(amount_ore), 0)::BIGINT FROM read_parquet($path)"
        rows, amount_ore = database.execute(question, {"path": str(path)}).fetchall()[0]
    return {"hash": hash_file(path), "rows": rows, "amount_ore": amount_ore}


def _move_in_place(aside: Path, place: Path) -> None:
    for path in (*aside.iterdir(), aside):
        _sync(path)
    if not place.exists():  # the same content under the same hash is the same thing
        aside.rename(place)
        _sync(place.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
