"""Whether budget, forecasts and adopted rounds are still what was decided, handed in and adopted."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

import duckdb
from django.conf import settings

from uppsikt.audit.models import Event
from uppsikt.core.findings import Finding, found
from uppsikt.core.hashes import hash_bytes, hash_file, hash_of
from uppsikt.core.postings import DIMENSIONS
from uppsikt.planning.codes import CodeString
from uppsikt.planning.findings import (
    ENTRY_CHANGED,
    FORECAST_CHANGED,
    FROZEN_CHANGED,
    PLAN_FILE_CHANGED,
    ROUND_CHANGED,
)
from uppsikt.planning.freeze import MANIFEST, frozen_folder
from uppsikt.planning.models import BudgetEntry, BudgetLine, Forecast, ForecastLine
from uppsikt.planning.relations import write_postings
from uppsikt.planning.selectors import VersionRow, adopted_versions, rounds
from uppsikt.planning.told import ToldForecast, told_forecasts, told_rounds

_Key = TypeVar("_Key", int, str, tuple[str, int])


def verify_rounds(round_key: str | None = None) -> list[Finding]:
    """A finding for each round that isn't as the log tells, and for each file of an adopted version that is changed.

    Of all rounds, or of one. The log, whose chain is checked by itself, says how each round came to be what it is
    and what was adopted.
    """
    events = Event.objects.filter(target__startswith="round:")
    if round_key is not None:
        events = events.filter(target=f"round:{round_key}")
    held_rounds = {own.key: own for own in rounds() if round_key in (None, own.key)}
    held = {(own.round_key, own.number): own for own in adopted_versions(round_key)}
    told = told_rounds(events.order_by("sequence").iterator(), _days_of(held))
    findings = [found(ROUND_CHANGED, round=key) for key in _untrue(told.facts, held_rounds)]
    untrue = _untrue(told.versions, held)
    findings += [found(FROZEN_CHANGED, round=f"{key} {number}", file=MANIFEST) for key, number in untrue]
    for (key, number), version in sorted(held.items()):
        if (key, number) not in untrue:
            faulty = _changed(key, version.frozen_hash)
            findings += [found(FROZEN_CHANGED, round=f"{key} {number}", file=name) for name in faulty]
    return findings


def _days_of(held: Mapping[tuple[str, int], VersionRow]) -> dict[str, date]:
    """The days of adoption by content hash, for what was adopted before the log said the day."""
    return {own.frozen_hash: own.adopted_on for own in held.values()}


def _untrue(told: Mapping[_Key, object], held: Mapping[_Key, object]) -> list[_Key]:
    return sorted(key for key in told.keys() | held.keys() if told.get(key) != held.get(key))


def _changed(key: str, frozen_hash: str) -> list[str]:
    folder = frozen_folder(key, frozen_hash)
    manifest = folder / MANIFEST
    if not manifest.is_file() or hash_bytes(manifest.read_bytes()) != frozen_hash:
        return [MANIFEST]
    files = json.loads(manifest.read_bytes())["files"]
    return [
        name
        for name, facts in files.items()
        if not (folder / name).is_file() or hash_file(folder / name) != facts["hash"]
    ]


def verify_plan() -> list[Finding]:
    """Recompute every budget entry and forecast from its lines, against the log; then the files made of them."""
    return [*_changed_entries(), *_changed_forecasts(), *_changed_plan_files()]


def _changed_entries() -> Iterator[Finding]:
    lines = defaultdict(list)
    for entry, period, amount_ore, *codes in BudgetLine.objects.values_list(
        "entry_id", "period", "amount_ore", *DIMENSIONS
    ).iterator():
        lines[entry].append((period, CodeString(*codes), amount_ore))
    held = {
        f"budget:{pk}": (hash_of([decided_on, sorted(lines[pk])]), kind, reference, text)
        for pk, decided_on, kind, reference, text in BudgetEntry.objects.values_list(
            "pk", "decided_on", "kind", "decision_reference", "text"
        )
    }
    decided = {
        target: (told["content_hash"], told["kind"], told["decision"], told["text"])
        for target, payload in Event.objects.filter(verb="decide-budget").values_list("target", "payload")
        for told in [json.loads(payload)]
    }
    for entry in sorted(held.keys() | decided.keys()):
        if held.get(entry) != decided.get(entry):
            yield found(ENTRY_CHANGED, entry=entry)


def _changed_forecasts() -> Iterator[Finding]:
    lines = defaultdict(list)
    sums: dict[int, dict[str, int]] = defaultdict(lambda: {"actual": 0, "rest": 0})
    for forecast, part, period, amount_ore, *codes in ForecastLine.objects.values_list(
        "forecast_id", "part", "period", "amount_ore", *DIMENSIONS
    ).iterator():
        lines[forecast].append((part, period, CodeString(*codes), amount_ore))
        sums[forecast][part] += amount_ore
    submitted = told_forecasts(Event.objects.filter(verb="submit-forecast").order_by("sequence").iterator())
    held = {
        own.pk: ToldForecast(
            own.round.key,
            own.kind,
            own.unit,
            own.account,
            sums[own.pk]["actual"],
            sums[own.pk]["rest"],
            own.actor,
            own.submitted_on,
            own.is_current,
        )
        for own in Forecast.objects.select_related("round")
        if hash_of([own.basis, sorted(lines[own.pk])]) == own.content_hash
    }
    for pk in _untrue(submitted, held):
        yield found(FORECAST_CHANGED, forecast=f"forecast:{pk}")


_DIFFERENCE = """
SELECT count(*) FROM (
    (FROM read_parquet($1) EXCEPT ALL FROM read_parquet($2))
    UNION ALL
    (FROM read_parquet($2) EXCEPT ALL FROM read_parquet($1))
)
"""


def _changed_plan_files() -> Iterator[Finding]:
    home = Path(settings.HOME)
    with tempfile.TemporaryDirectory(dir=home, prefix=".verify-") as scratch, duckdb.connect() as database:
        for fresh in write_postings(Path(scratch)):
            kept = home / "plan" / fresh.name
            if kept.exists() and not _says_the_same(database, kept, fresh):
                yield found(PLAN_FILE_CHANGED, file=kept.name)


def _says_the_same(database: duckdb.DuckDBPyConnection, kept: Path, fresh: Path) -> bool:
    try:
        row = database.execute(_DIFFERENCE, [str(kept), str(fresh)]).fetchone()
    except duckdb.Error:
        return False
    return row is not None and row[0] == 0
