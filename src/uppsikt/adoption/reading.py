"""What a round's figures are read from: what is held now, and once the round is adopted, what was frozen then.

Pages of an adopted round read here, so that they show what was adopted whatever has come to the ledger, the budget
journal or the code plan since.
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
from uppsikt.adoption.frozen import FIGURES_FILE, FORECASTS_FILE, TEXTS_FILE, frozen_engine
from uppsikt.core.findings import NotFound, found
from uppsikt.figures.definitions import StatementDefinition
from uppsikt.figures.engine import Engine
from uppsikt.figures.model import Parameters, RoundFacts, StatementResult
from uppsikt.ledger.selectors import all_batches
from uppsikt.planning.freeze import MANIFEST, frozen_folder
from uppsikt.planning.kinds import ForecastKind
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.states import State
from uppsikt.rounds.record import KeptAnswer, KeptExplanation


@dataclass(frozen=True)
class Reading:
    """An engine to ask, the round and the statements as it knows them; its code plan is `engine.plan`."""

    facts: RoundFacts
    engine: Engine
    definitions: Mapping[str, StatementDefinition]

    def statement(self, key: str, unit: str | None = None) -> StatementResult:
        """A whole statement; raises `NotFound` for one that there is not, or was not then."""
        if key not in self.definitions:
            raise NotFound(found(relations.NO_STATEMENT, statement=key, known=", ".join(sorted(self.definitions))))
        return self.engine.statement(self.definitions[key], Parameters(self.facts, unit))


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
def reading_of(row: RoundRow) -> Iterator[Reading]:
    """The engine for a round's figures, closed after; raises `NotFound` where what was frozen is gone."""
    if not is_frozen(row):
        with relations.open_engine() as engine:
            yield Reading(relations.round_facts(row.key), engine, relations.definitions())
        return
    files = {own.content_hash: own.posting_file for own in all_batches()}
    with ExitStack() as opened:
        try:
            frozen, engine = opened.enter_context(frozen_engine(_folder(row), files))
        except (OSError, ValueError, KeyError, TypeError, duckdb.Error) as error:
            raise _gone(row, str(error)) from error
        yield Reading(frozen.round, engine, {own.key: own for own in frozen.definitions})


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
