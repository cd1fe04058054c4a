"""Whether budget, forecasts and adopted rounds are still what was decided, handed in and adopted."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import duckdb
from django.conf import settings

from uppsikt.audit.models import Event
from uppsikt.core.findings import Finding, found
from uppsikt.core.hashes import hash_bytes, hash_file, hash_of
from uppsikt.core.postings import DIMENSIONS
from uppsikt.planning.codes import CodeString
from uppsikt.planning.findings import ENTRY_CHANGED, FORECAST_CHANGED, FROZEN_CHANGED, PLAN_FILE_CHANGED
from uppsikt.planning.freeze import MANIFEST, frozen_folder
from uppsikt.planning.models import BudgetEntry, BudgetLine, Forecast, ForecastLine
from uppsikt.planning.relations import write_postings
from uppsikt.planning.selectors import adopted_versions, rounds
from uppsikt.planning.states import State


def verify_rounds() -> list[Finding]:
    """A finding for each file of an adopted version that is gone or changed, and where the log tells otherwise.

    The log, whose chain is checked by itself, says which hash was adopted as which version of which round.
    """
    told = {
        (target.removeprefix("round:"), content["version"]): content["frozen_hash"]
        for target, payload in Event.objects.filter(verb="change-round-state").values_list("target", "payload")
        if "frozen_hash" in (content := json.loads(payload))
    }
    held = {(own.round_key, own.number): own.frozen_hash for own in adopted_versions()}
    held |= {(row.key, row.version): row.frozen_hash for row in rounds() if row.state is State.ADOPTED}
    untrue = sorted(own for own in held.keys() | told.keys() if held.get(own) != told.get(own))
    findings = [found(FROZEN_CHANGED, round=f"{key} {number}", file=MANIFEST) for key, number in untrue]
    for (key, number), frozen_hash in sorted(held.items()):
        if (key, number) not in untrue:
            findings += [
                found(FROZEN_CHANGED, round=f"{key} {number}", file=name) for name in _changed(key, frozen_hash)
            ]
    return findings


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
        f"budget:{pk}": hash_of([decided_on, sorted(lines[pk])])
        for pk, decided_on in BudgetEntry.objects.values_list("pk", "decided_on")
    }
    decided = {
        target: json.loads(payload)["content_hash"]
        for target, payload in Event.objects.filter(verb="decide-budget").values_list("target", "payload")
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
    submitted = {}
    for (payload,) in Event.objects.filter(verb="submit-forecast").values_list("payload"):
        for pk, unit, account, actual_ore, rest_ore, _ in json.loads(payload)["forecasts"]:
            submitted[pk] = (unit, account, actual_ore, rest_ore)
    held = {
        pk: (unit, account, sums[pk]["actual"], sums[pk]["rest"])
        for pk, unit, account, basis, content_hash in Forecast.objects.values_list(
            "pk", "unit", "account", "basis", "content_hash"
        )
        if hash_of([basis, sorted(lines[pk])]) == content_hash
    }
    for pk in sorted(held.keys() | submitted.keys()):
        if held.get(pk) != submitted.get(pk):
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
