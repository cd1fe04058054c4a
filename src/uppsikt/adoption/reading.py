"""What a round's figures are read from: what is held now, and once the round is adopted, what was frozen then.

The doors ask here what `relations` would answer, so that a figure of an adopted round has one value on every page, in
every file and report, whatever has come to the ledger, the budget journal or the code plan since.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from uppsikt import relations
from uppsikt.adoption.findings import NOT_RECOMPUTABLE
from uppsikt.adoption.frozen import FIGURES_FILE, FORECASTS_FILE, TEXTS_FILE, Names, frozen_engine, read_frozen
from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import NotFound, found
from uppsikt.figures.bridge import BridgeResult
from uppsikt.figures.definitions import StatementDefinition
from uppsikt.figures.model import Figure, StatementResult, VoucherRow
from uppsikt.ledger.selectors import all_batches
from uppsikt.planning.freeze import MANIFEST, frozen_folder
from uppsikt.planning.kinds import ForecastKind
from uppsikt.planning.relations import Origins, moved_by
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import budget_entries, round_row
from uppsikt.planning.states import State
from uppsikt.relations import FigureDesk, Reading, Reads
from uppsikt.rounds.record import KeptAnswer, KeptExplanation


@dataclass(frozen=True, slots=True)
class FrozenWork:
    """What a unit said, as it was adopted; `forecasts` is the full year by account, öre in ledger sign."""

    forecasts: Mapping[str, int]
    explanations: tuple[KeptExplanation, ...]
    answers: tuple[KeptAnswer, ...]


def is_frozen(row: RoundRow) -> bool:
    """Whether a round's figures stand as they were adopted; not where it was adopted without any being pinned.

    Raises `NotFound` where the version that stands has lost its folder.
    """
    if row.state is not State.ADOPTED:
        return False
    return FIGURES_FILE in _read(row, MANIFEST)["files"]


@contextmanager
def reading_of(row: RoundRow, structure_date: date | None = None, draft: str | None = None) -> Iterator[Reading]:
    """What to ask of a round, closed after; raises `NotFound` where what was frozen is gone.

    With a structure day or a draft it is what is held now: what was adopted knows of neither.
    """
    if structure_date or draft or not is_frozen(row):
        with relations.reading_now(row.key, draft) as reading:
            yield reading
        return
    with _frozen_reading(row) as reading:
        yield reading


@contextmanager
def _frozen_reading(row: RoundRow) -> Iterator[Reading]:
    batches, entries = all_batches(), budget_entries()
    files = {own.content_hash: own.posting_file for own in batches}
    names = Names(Origins(entries, {own.content_hash: own.file_name for own in batches}), moved_by(entries))
    with ExitStack() as opened:
        try:
            frozen, engine = opened.enter_context(frozen_engine(_folder(row), files, names))
        except (OSError, ValueError, KeyError, TypeError, duckdb.Error) as error:
            raise _gone(row, str(error)) from error
        yield Reading(frozen.round, engine, {own.key: own for own in frozen.definitions})


def plan_of(row: RoundRow) -> CodePlan:
    """The code plan a round is shown in, as `reading_of` would have it; opens no engine."""
    if not is_frozen(row):
        return code_plan()
    with _told_if_gone(row):
        return read_frozen(_folder(row)).plan


def definitions_of(row: RoundRow) -> Mapping[str, StatementDefinition]:
    """The statements there are of a round by key, as `reading_of` would have them; opens no engine."""
    if not is_frozen(row):
        return relations.definitions()
    with _told_if_gone(row):
        return {own.key: own for own in read_frozen(_folder(row)).definitions}


@contextmanager
def _told_if_gone(row: RoundRow) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _gone(row, str(error)) from error


def statement(
    key: str,
    round_key: str,
    unit: str | None = None,
    structure_date: date | None = None,
    draft: str | None = None,
) -> StatementResult:
    """A whole statement, of an adopted round as `reading_of` has it; raises `NotFound`."""
    with _reading_at(round_key, structure_date, draft) as reading:
        return reading.statement(key, unit, structure_date)


def bridge(
    key: str,
    round_key: str,
    unit: str | None = None,
    structure_date: date | None = None,
    draft: str | None = None,
) -> BridgeResult:
    """A statement's bridge from as it was to as of a day (the cut-off where none is given), as `statement`."""
    with _reading_at(round_key, structure_date, draft) as reading:
        return reading.bridge(key, unit, structure_date)


def figure_at(address: str, structure_date: date | None = None, draft: str | None = None) -> Figure:
    """The figure at an address, with its lineage, as `statement`."""
    with _reading_at(relations.round_of(address), structure_date, draft) as reading:
        return reading.figure(address, structure_date)


def vouchers_at(
    address: str, *, limit: int, offset: int = 0, structure_date: date | None = None, draft: str | None = None
) -> list[VoucherRow]:
    """The postings under the figure at an address, as `statement`."""
    with _reading_at(relations.round_of(address), structure_date, draft) as reading:
        return reading.vouchers(address, limit=limit, offset=offset, structure_date=structure_date)


@contextmanager
def figure_desk(reads: Reads | None = None) -> Iterator[FigureDesk]:
    """A desk for many figures: each adopted round as it was adopted, the others all of one moment.

    Closed after the block; `reads` says why a statement may not be read, if so.
    """
    with ExitStack() as opened:
        now = opened.enter_context(relations.readings_now())

        def reading(round_key: str) -> Reading:
            row = round_row(round_key)
            return opened.enter_context(_frozen_reading(row)) if row and is_frozen(row) else now(round_key)

        yield FigureDesk(reading, reads)


@contextmanager
def _reading_at(round_key: str, structure_date: date | None, draft: str | None) -> Iterator[Reading]:
    row = round_row(round_key)
    asked = reading_of(row, structure_date, draft) if row else relations.reading_now(round_key, draft)
    with asked as reading:
        yield reading


def frozen_work(row: RoundRow, unit: str) -> FrozenWork:
    """A unit's forecasts, explanations and answers as they were adopted; raises `NotFound` where they are gone."""
    texts, said = _read(row, TEXTS_FILE), _read(row, FORECASTS_FILE)
    own_kind = ForecastKind.SUBMISSION.value
    return FrozenWork(
        {own["account"]: own["full_year_ore"] for own in said if (own["unit"], own["kind"]) == (unit, own_kind)},
        tuple(_explanation(own) for own in texts["explanations"] if own["unit"] == unit),
        tuple(KeptAnswer(**own) for own in texts["answers"] if own["unit"] == unit),
    )


def _explanation(own: dict[str, Any]) -> KeptExplanation:
    due_on = date.fromisoformat(own["due_on"]) if own["due_on"] else None
    return KeptExplanation(**(own | {"due_on": due_on}))


def _folder(row: RoundRow) -> Path:
    return frozen_folder(row.key, row.frozen_hash)


def _read(row: RoundRow, name: str) -> Any:
    try:
        return json.loads((_folder(row) / name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _gone(row, name) from error


def _gone(row: RoundRow, missing: str) -> NotFound:
    return NotFound(found(NOT_RECOMPUTABLE, round=f"{row.key} {row.version}", missing=missing))
