"""Budget and forecasts as files in the shape of `core.postings.POSTING_COLUMNS`, for the engine.

One file per plan, named by the plan's revision: while nothing changed, nothing is written. Lines go from
the database to DuckDB as text in a temporary file: measured, that is the quickest way for codes that
repeat (a million lines in seconds, in little memory).
"""

from __future__ import annotations

import csv
import tempfile
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

import duckdb
from django.db import transaction
from django.db.models import QuerySet

from uppsikt.core.postings import DIMENSIONS, forecast_scenario
from uppsikt.planning.kinds import BudgetKind
from uppsikt.planning.models import BudgetLine, Forecast, ForecastLine
from uppsikt.planning.selectors import EntryRow, ForecastFacts, budget_entries, forecast_facts, revisions
from uppsikt.planning.storage import BUDGET_PLAN, FORECAST_PLAN, hold_plan

_ATTEMPTS = 3
_GRACE_SECONDS = 600  # a reader may still have the file of an older revision open
_DATABASE_ROWS = 20_000

# A parent is a budget entry or a forecast: (id, scenario, decided_on, voucher, text, source).
Parent = tuple[int, str, date, str, str, str]

_POSTINGS_SQL = f"""
SELECT parents.scenario, lines.period, make_date(lines.period // 100, lines.period % 100, 1) AS date,
       {", ".join(f"lines.{dimension}" for dimension in DIMENSIONS)},
       lines.amount_ore, parents.voucher, parents.text, parents.decided_on, parents.source, lines.line
FROM read_csv($lines, header = false, auto_detect = false, delim = ';', quote = '"', escape = '"', nullstr = '',
     columns = {{'parent': 'BIGINT', 'line': 'INTEGER', 'period': 'INTEGER', 'amount_ore': 'BIGINT',
                {", ".join(f"'{dimension}': 'VARCHAR'" for dimension in DIMENSIONS)}}}) AS lines
JOIN read_csv($parents, header = false, auto_detect = false, delim = ';', quote = '"', escape = '"', nullstr = '',
     columns = {{'id': 'BIGINT', 'scenario': 'VARCHAR', 'decided_on': 'DATE', 'voucher': 'VARCHAR',
                'text': 'VARCHAR', 'source': 'VARCHAR'}}) AS parents ON lines.parent = parents.id
ORDER BY parents.scenario, lines.period, lines.unit, lines.account, parents.id, lines.line
"""


def write_postings(folder: Path) -> tuple[Path, ...]:
    """The files with all budget and all standing forecasts; written only where their plan has changed."""
    folder.mkdir(parents=True, exist_ok=True)
    writers: dict[str, Callable[[Path], None]] = {BUDGET_PLAN: _write_budget, FORECAST_PLAN: _write_forecasts}
    held = revisions()
    return tuple(_current_file(folder, plan, write) for plan, write in writers.items() if plan in held)


def _current_file(folder: Path, plan: str, write: Callable[[Path], None]) -> Path:
    # a file's name promises its content, so a plan that changed while it was read is read again
    for _ in range(_ATTEMPTS):
        token = revisions()[plan]
        path = folder / f"{plan}-{token}.parquet"
        if path.exists():
            return path
        if _written(path, plan, token, write):
            return path
    with transaction.atomic():
        hold_plan(plan)
        token = revisions()[plan]
        path = folder / f"{plan}-{token}.parquet"
        _written(path, plan, token, write)
        return path


def _written(path: Path, plan: str, token: str, write: Callable[[Path], None]) -> bool:
    fresh = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        write(fresh)
        if revisions()[plan] != token:
            return False
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    _clean(path, plan)
    return True


def _clean(current: Path, plan: str) -> None:
    others = [path for path in current.parent.glob(f"{plan}-*.parquet") if path != current]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in others[1:]:
        if path.stat().st_mtime < time.time() - _GRACE_SECONDS:
            path.unlink(missing_ok=True)


def _write_budget(path: Path) -> None:
    write_budget(path, budget_entries(), BudgetLine.objects.all())


def _write_forecasts(path: Path) -> None:
    standing = Forecast.objects.filter(is_current=True)
    write_forecasts(path, forecast_facts(standing), ForecastLine.objects.filter(forecast__is_current=True))


def write_budget(path: Path, entries: Iterable[EntryRow], lines: QuerySet[BudgetLine]) -> None:
    """Budget entries with their lines as postings; `voucher` is the decision."""
    parents: list[Parent] = [
        (entry.id, entry.kind.scenario, entry.decided_on, entry.decision_reference, entry.text, entry.source)
        for entry in entries
    ]
    _write(path, parents, _rows(lines, "entry_id"))


def write_forecasts(path: Path, forecasts: Iterable[ForecastFacts], lines: QuerySet[ForecastLine]) -> None:
    """Forecasts with their lines as postings of the scenario of their round and kind."""
    parents: list[Parent] = [
        (own.id, forecast_scenario(own.round_key, own.kind.layer), own.submitted_on, "", own.basis, own.source)
        for own in forecasts
    ]
    _write(path, parents, _rows(lines, "forecast_id"))


def _rows(lines: QuerySet[BudgetLine] | QuerySet[ForecastLine], parent: str) -> Iterable[Sequence[object]]:
    fields = (parent, "line", "period", "amount_ore", *DIMENSIONS)
    return lines.order_by().values_list(*fields).iterator(_DATABASE_ROWS)


def _write(path: Path, parents: Iterable[Parent], lines: Iterable[Sequence[object]]) -> None:
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".postings-") as scratch:
        files = {"parents": Path(scratch) / "parents.csv", "lines": Path(scratch) / "lines.csv"}
        _write_rows(files["parents"], parents)
        _write_rows(files["lines"], lines)
        with duckdb.connect() as database:
            parameters = {name: str(file) for name, file in files.items()}
            database.sql(_POSTINGS_SQL, params=parameters).write_parquet(str(path), compression="zstd")


def _write_rows(path: Path, rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";", lineterminator="\n").writerows(rows)


class Origins(Mapping[str, str]):
    """What to call each source in lineage: "budget:7" → "Ks 123/2021 2021-12-01 Ursprunglig budget: …".

    `batches` has the names of the ledger's. Read when the first is asked for: most questions never come to lineage,
    and there is a forecast for every unit.
    """

    def __init__(self, entries: Iterable[EntryRow], batches: Mapping[str, str] | None = None) -> None:
        self._entries = entries
        self._batches = batches or {}

    @cached_property
    def _labels(self) -> dict[str, str]:
        labels = {**self._batches, **{entry.source: entry.label for entry in self._entries}}
        return labels | {own.source: own.label for own in forecast_facts(Forecast.objects.all())}

    def __getitem__(self, source: str) -> str:
        return self._labels[source]

    def __iter__(self) -> Iterator[str]:
        return iter(self._labels)

    def __len__(self) -> int:
        return len(self._labels)


def moved_by(entries: Iterable[EntryRow]) -> dict[str, tuple[str, ...]]:
    """The sources of entries that carry out a reorganisation, by decision."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        if entry.kind is BudgetKind.REORGANISATION:
            found[entry.decision_reference].append(entry.source)
    return {decision: tuple(sources) for decision, sources in found.items()}
