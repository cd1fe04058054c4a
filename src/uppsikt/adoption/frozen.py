"""A frozen round as the engine reads it: nothing but what lies in its folder, and the ledger files it names.

The folder is one that `planning.freeze` wrote, with the files of `adoption.pins` in it. The same reading serves when
a round is adopted, when it is verified and when two versions are compared.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from uppsikt.core.codeplan import CodePlan
from uppsikt.core.plan_files import code_plan_from
from uppsikt.figures.definitions import StatementDefinition, load_definition, read_as
from uppsikt.figures.engine import Engine
from uppsikt.figures.model import Parameters, Relations, RoundFacts
from uppsikt.planning.freeze import BUDGET_FILE, CODE_PLAN_FILE, FORECAST_FILE

LEDGER_FILE = "ledger.json"
ROUNDS_FILE = "rounds.json"
STATEMENTS_FILE = "statements.json"
READING_FILE = "reading.json"  # how they were read then; folders without it are of the first way
FIGURES_FILE = "figures.json"
FORECASTS_FILE = "forecasts.json"
TEXTS_FILE = "texts.json"

_PLANS_KEPT = 8  # in one process: rounds that people look at
_STATEMENTS_KEPT = 128

Amounts = Mapping[str, int | str | None]
"""Figures by address: öre in ledger sign, a share as text, None for nothing."""


@dataclass(frozen=True)
class Frozen:
    """What a frozen folder holds, read."""

    round: RoundFacts
    plan: CodePlan
    definitions: Sequence[StatementDefinition]


@dataclass(frozen=True)
class Names:
    """What the engine may say of the sources beside their amounts: see `figures.model.Relations`."""

    origins: Mapping[str, str] = field(default_factory=dict)
    moved_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@contextmanager
def frozen_engine(
    folder: Path, posting_files: Mapping[str, Path], names: Names | None = None
) -> Iterator[tuple[Frozen, Engine]]:
    """An engine over a frozen folder; `posting_files` has the file of each batch the folder names.

    Raises OSError, ValueError, KeyError or TypeError where the folder isn't whole; the caller says so.
    """
    frozen, told = read_frozen(folder), names or Names()
    batches = tuple(posting_files[own["content_hash"]] for own in _read(folder, LEDGER_FILE))
    plan_files = folder / BUDGET_FILE, folder / FORECAST_FILE
    relations = Relations(batches, plan_files, frozen.plan, told.origins, folder.name, told.moved_by)
    with Engine(relations) as engine:
        yield frozen, engine


def read_frozen(folder: Path) -> Frozen:
    """The round, the structure and the statements of a frozen folder; raises as `frozen_engine` does."""
    plan = _plan((folder / CODE_PLAN_FILE).read_text(encoding="utf-8"))
    contents: dict[str, str] = _read(folder, STATEMENTS_FILE)
    reading: int = _read(folder, READING_FILE) if (folder / READING_FILE).is_file() else 1
    definitions = tuple(read_as(_definition(content, key), reading) for key, content in sorted(contents.items()))
    return Frozen(_round_facts(_read(folder, ROUNDS_FILE)), plan, definitions)


def _read(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text(encoding="utf-8"))


# pages of an adopted round open its folder for each question: what was read is kept, by the very text it stands in
@lru_cache(maxsize=_PLANS_KEPT)
def _plan(content: str) -> CodePlan:
    return code_plan_from(content)


@lru_cache(maxsize=_STATEMENTS_KEPT)
def _definition(content: str, key: str) -> StatementDefinition:
    definition, findings = load_definition(content, key)
    if definition is None:
        raise ValueError("; ".join(map(str, findings)))
    return definition


def _round_facts(chain: Sequence[Mapping[str, str]]) -> RoundFacts:
    own, *before = chain
    return RoundFacts(
        own["key"],
        own["name"],
        int(own["year"]),
        date.fromisoformat(own["cut_off"]),
        _round_facts(before) if before else None,
    )


def figures_of(frozen: Frozen, engine: Engine) -> dict[str, int | str | None]:
    """Every figure of every statement: of the whole, and of each level of the tree where it follows a unit."""
    found: dict[str, int | str | None] = {}
    for definition in frozen.definitions:
        for unit in _units(definition, frozen):
            result = engine.statement(definition, Parameters(frozen.round, unit))
            for (row, column), cell in result.cells.items():
                share = None if cell.share is None else str(cell.share)
                found[result.address(row, column)] = share if cell.amount_ore is None else cell.amount_ore
    return found


def _units(definition: StatementDefinition, frozen: Frozen) -> Iterator[str | None]:
    if not definition.needs_unit:
        yield None
    if definition.needs_unit or definition.follows_unit:
        yield from _levels(frozen)


def _levels(frozen: Frozen) -> Iterator[str]:
    """The units that have units below them at the cut-off: the statement of such a one shows those."""
    day = frozen.round.cut_off
    for code in frozen.plan.codes("unit"):
        if frozen.plan.entry("unit", code, day) and frozen.plan.children("unit", code, day):
            yield code
