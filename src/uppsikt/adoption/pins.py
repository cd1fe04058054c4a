"""What a round rests on outside planning, written into its frozen folder: ledger, statements, texts, figures.

Comments are working material and are left out. Texts and explanations are the record: they go in as they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

from uppsikt.adoption.changes import StandingForecast
from uppsikt.adoption.frozen import (
    FIGURES_FILE,
    FORECASTS_FILE,
    LEDGER_FILE,
    READING_FILE,
    ROUNDS_FILE,
    STATEMENTS_FILE,
    TEXTS_FILE,
    figures_of,
    frozen_engine,
)
from uppsikt.core.hashes import canonical_json
from uppsikt.figures.definitions import READING, shipped_texts
from uppsikt.ledger.selectors import BatchFacts, active_batches
from uppsikt.planning.freeze import rounds_compared
from uppsikt.planning.kinds import ForecastKind
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import forecasts
from uppsikt.reports.selectors import EditionRow, editions, local_statements, section_texts
from uppsikt.rounds.record import RoundRecord, record_of


def pin(row: RoundRow, folder: Path) -> None:
    """Write everything that planning doesn't know into the folder; the figures last, read from the folder itself."""
    batches = active_batches()
    contents: Mapping[str, object] = {
        LEDGER_FILE: [_batch_facts(own) for own in sorted(batches, key=lambda own: own.content_hash)],
        ROUNDS_FILE: [_round_facts(own) for own in (row, *rounds_compared(row))],
        STATEMENTS_FILE: {**shipped_texts(), **local_statements()},
        READING_FILE: READING,
        FORECASTS_FILE: record_facts(row)["forecasts"],
        TEXTS_FILE: dict(_texts(row)),
    }
    for name, content in contents.items():
        (folder / name).write_text(canonical_json(content), encoding="utf-8")
    with frozen_engine(folder, {own.content_hash: own.posting_file for own in batches}) as (frozen, engine):
        (folder / FIGURES_FILE).write_text(canonical_json(figures_of(frozen, engine)), encoding="utf-8")


def record_facts(row: RoundRow) -> dict[str, list[dict[str, object]]]:
    """What the database holds of a round that an adopted version must agree with."""
    record = record_of(row.key)
    return {
        "forecasts": [asdict(own) for own in _standing(row)],
        "explanations": [asdict(own) for own in record.explanations],
        "answers": [asdict(own) for own in record.answers],
    }


def _standing(row: RoundRow) -> Iterator[StandingForecast]:
    for kind in ForecastKind:
        for own in forecasts(row.key, kind=kind):
            yield StandingForecast(kind.value, own.unit, own.account, own.full_year_ore, own.actor, own.basis)


def _batch_facts(batch: BatchFacts) -> dict[str, object]:
    return {
        "content_hash": batch.content_hash,
        "file_name": batch.file_name,
        "file_hash": batch.file_hash,
        "rows": batch.row_count,
        "debit_ore": batch.debit_ore,
        "credit_ore": batch.credit_ore,
    }


def _round_facts(row: RoundRow) -> dict[str, object]:
    return {"key": row.key, "name": row.name, "year": row.year, "cut_off": row.cut_off}


def _texts(row: RoundRow) -> Iterator[tuple[str, object]]:
    """The round's own record (explanations, answers) and, by report, the editions and texts that belong to it."""
    facts, record = record_facts(row), record_of(row.key)
    yield "explanations", facts["explanations"]
    yield "answers", facts["answers"]
    of_round = [own for own in editions() if own.round_key == row.key]
    yield "editions", sorted([own.report_key, own.number, own.content_hash] for own in of_round)
    keys = reports_of(record, of_round)
    yield "sections", {key: [asdict(own) for own in section_texts(key)] for key in keys}


def reports_of(record: RoundRecord, of_round: Iterable[EditionRow]) -> list[str]:
    """The reports that belong to a round: the one it is set up with, and those with an edition of it."""
    return sorted({own.report_key for own in of_round} | ({record.report_key} if record.report_key else set()))
