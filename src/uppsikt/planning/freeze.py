"""What an adopted round rested on, kept as files that never change.

`<home>/rounds/<round>/<content hash>/` holds `budget.parquet` (the budget as decided up to the day of adoption),
`forecast.parquet` (of the round and of those before it that it is compared with), `code_plan.json` (names and
placements of all codes over time and the decided events behind them, as known that day), what whoever adopts pins
beside them (`Pin`: ledger, statements, texts, figures), and `manifest.json`. The content hash is over the manifest,
which has the hashes of the files.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from django.conf import settings

from uppsikt.coding.selectors import code_plan
from uppsikt.core.hashes import canonical_json, hash_bytes, hash_file
from uppsikt.core.plan_files import code_plan_text
from uppsikt.planning.models import BudgetLine, Forecast, ForecastLine
from uppsikt.planning.relations import write_budget, write_forecasts
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import adopted_versions, budget_entries, forecast_facts, rounds

MANIFEST = "manifest.json"
BUDGET_FILE = "budget.parquet"
FORECAST_FILE = "forecast.parquet"
CODE_PLAN_FILE = "code_plan.json"

Pin = Callable[[RoundRow, Path], None]
"""Writes more files into the folder of a round that is being adopted, beside those already there."""


def rounds_folder() -> Path:
    """Where adopted rounds lie."""
    return Path(settings.HOME) / "rounds"


def frozen_folder(round_key: str, frozen_hash: str) -> Path:
    """The folder of an adopted version of a round."""
    return rounds_folder() / round_key / frozen_hash


def freeze(row: RoundRow, adopted_on: date, pin: Pin | None = None) -> str:
    """Write the round's folder and return its content hash. Written aside and moved in place when whole."""
    own = rounds_folder() / row.key
    own.mkdir(parents=True, exist_ok=True)
    _clear(own, {version.frozen_hash for version in adopted_versions(row.key)})
    aside = own / f".{uuid.uuid4().hex}"
    aside.mkdir()
    try:
        content_hash = hash_bytes(_fill(aside, row, adopted_on, pin))
        _move_in_place(aside, own / content_hash)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return content_hash


@contextmanager
def trial(row: RoundRow, adopted_on: date, pin: Pin | None = None) -> Iterator[Path]:
    """The folder that `freeze` would write, to look at; it is gone afterwards."""
    with TemporaryDirectory() as name:
        _fill(Path(name), row, adopted_on, pin)
        yield Path(name)


def _fill(folder: Path, row: RoundRow, adopted_on: date, pin: Pin | None) -> bytes:
    """Write all of a frozen folder; the manifest's bytes, which are written last."""
    compared = rounds_compared(row)
    _write_files(folder, row, compared, adopted_on)
    if pin:
        pin(row, folder)
    manifest = canonical_json(_manifest(folder, row, compared, adopted_on)).encode()
    (folder / MANIFEST).write_bytes(manifest)
    return manifest


def _clear(own: Path, adopted: set[str]) -> None:
    # whoever adopts holds the plans, so what no version names was left by a process that died while adopting
    for left in own.iterdir():
        if left.name not in adopted:
            shutil.rmtree(left, ignore_errors=True)


def rounds_compared(row: RoundRow) -> list[RoundRow]:
    """The round before this one, the one before that, and so on."""
    by_key = {own.key: own for own in rounds()}
    compared: list[RoundRow] = []
    before = by_key.get(row.previous_key or "")
    while before and before not in compared:
        compared.append(before)
        before = by_key.get(before.previous_key or "")
    return compared


def _write_files(folder: Path, row: RoundRow, compared: list[RoundRow], adopted_on: date) -> None:
    entries = [entry for entry in budget_entries(until=adopted_on) if entry.year <= row.year]
    budget_lines = BudgetLine.objects.filter(entry__year__lte=row.year, entry__decided_on__lte=adopted_on)
    write_budget(folder / BUDGET_FILE, entries, budget_lines)
    keys = [own.key for own in (row, *compared)]
    standing = Forecast.objects.filter(round__key__in=keys, is_current=True)
    lines = ForecastLine.objects.filter(forecast__round__key__in=keys, forecast__is_current=True)
    write_forecasts(folder / FORECAST_FILE, forecast_facts(standing), lines)
    (folder / CODE_PLAN_FILE).write_text(code_plan_text(code_plan()), encoding="utf-8")


def _manifest(folder: Path, row: RoundRow, compared: list[RoundRow], adopted_on: date) -> dict[str, object]:
    files = {name: _file_facts(folder / name) for name in (BUDGET_FILE, FORECAST_FILE)}
    others = sorted(path.name for path in folder.iterdir() if path.name not in files)
    return {
        "round": _round_facts(row),
        "compared": [_round_facts(own) for own in compared],
        "adopted_on": adopted_on,
        "code_plan": code_plan().content_hash,
        "files": files | {name: {"hash": hash_file(folder / name)} for name in others},
    }


def _round_facts(row: RoundRow) -> dict[str, object]:
    facts = asdict(row)
    for not_yet in ("state", "adopted_on", "frozen_hash"):
        del facts[not_yet]
    return facts


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
