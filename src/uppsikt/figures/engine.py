"""The engine: statements, figures and what stands behind them, from Parquet files, by one query each."""

from __future__ import annotations

import re
import sys
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any

import duckdb

from uppsikt.core.codeplan import REPORTING
from uppsikt.core.periods import Month
from uppsikt.core.postings import POSTING_COLUMNS
from uppsikt.figures import bridge, drill, lineage
from uppsikt.figures.actuals import ActualsByNode
from uppsikt.figures.answers import Answer, Compiled, result_of
from uppsikt.figures.assembly import Stray, fill_table
from uppsikt.figures.bridge import BridgeResult
from uppsikt.figures.carrying import Code, asked_dimensions
from uppsikt.figures.cutting import taken_out
from uppsikt.figures.definitions import StatementDefinition
from uppsikt.figures.drill import DrillBy, DrillResult
from uppsikt.figures.layout import Layout, lay_out
from uppsikt.figures.membership import members
from uppsikt.figures.model import Figure, Parameters, Relations, StatementResult, VoucherRow
from uppsikt.figures.questions import question, question_of_taken
from uppsikt.figures.restating import restated, touched
from uppsikt.figures.summing import prepared
from uppsikt.figures.tables import census_of, identity_of

# DuckDB looks for pandas at every value it is given; where there is none it is enough to look once
if find_spec("pandas") is None:
    sys.modules["pandas"] = None  # type: ignore[assignment]

_KEPT = 64
_MEMORY_FORM = re.compile(r"\d{1,6}(MB|GB)")

_compiled: OrderedDict[tuple[object, ...], Compiled] = OrderedDict()
_compiled_lock = Lock()


class Engine:
    """Answers questions about one set of relations; may be used from several threads at once.

    `asked` counts the questions put to the postings, by name: a statement is one "crosstab", and a
    "census" for each file and dimension the first time this process meets them.
    """

    def __init__(self, relations: Relations, *, memory_limit: str = "1GB") -> None:
        if not _MEMORY_FORM.fullmatch(memory_limit):
            raise ValueError(memory_limit)
        self.relations = relations
        self.plan = relations.code_plan
        self.files = (*relations.actual_files, *relations.plan_files)
        self._identity = tuple(identity_of(path) for path in self.files)
        self.asked: Counter[str] = Counter()
        self._answers: dict[tuple[StatementDefinition, Parameters], Answer] = {}
        self._lock = Lock()
        self._connection = duckdb.connect(
            config={"memory_limit": memory_limit, "autoinstall_known_extensions": "false"}
        )
        self._connection.execute(
            "LOAD parquet; SET parquet_metadata_cache = true; SET preserve_insertion_order = false"
        )
        for name, files in (("ledger", relations.actual_files), ("plan", relations.plan_files)):
            self._connection.execute(_postings(f"{name}_postings", files))
        self._connection.execute("CREATE VIEW postings AS FROM ledger_postings UNION ALL FROM plan_postings")

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of files and memory."""
        self._connection.close()

    def statement(self, definition: StatementDefinition, parameters: Parameters) -> StatementResult:
        """A whole table, from one query."""
        answer = self.answer(definition, parameters)
        return result_of(answer, self.plan, restated(answer, self.plan))

    def drill(
        self,
        definition: StatementDefinition,
        parameters: Parameters,
        row: str,
        column: str,
        by: DrillBy,
        *,
        limit: int = drill.VOUCHERS_SHOWN,
    ) -> DrillResult:
        """What a cell is made of, one step down. KeyError for rows and columns the statement lacks."""
        return drill.drilled(self, self.answer(definition, parameters), row, column, by, limit)

    def vouchers(
        self,
        definition: StatementDefinition,
        parameters: Parameters,
        row: str,
        column: str,
        limit: int = 100,
        offset: int = 0,
        account: str | None = None,
    ) -> list[VoucherRow]:
        """The postings behind a cell (on one account), a page of them in the order of the books."""
        return drill.vouchers(self, self.compiled(definition, parameters), row, column, limit, offset, account)

    def figure(
        self,
        definition: StatementDefinition,
        parameters: Parameters,
        row: str,
        column: str,
        with_sources: bool = True,
    ) -> Figure:
        """One figure with its lineage. KeyError for rows and columns the statement lacks."""
        return self.figures(definition, parameters, [(row, column)], with_sources=with_sources)[0]

    def figures(
        self,
        definition: StatementDefinition,
        parameters: Parameters,
        places: Sequence[tuple[str, str]],
        with_sources: bool = True,
    ) -> list[Figure]:
        """Figures of one statement by row and column, with their lineage from one question. KeyError as `figure`."""
        return lineage.figures(self, self.answer(definition, parameters), places, with_sources=with_sources)

    def bridge(self, definition: StatementDefinition, parameters: Parameters) -> BridgeResult:
        """From as it was to as of the structure date (or the cut-off), a line for each change, from one query."""
        return bridge.bridge(self, definition, parameters)

    def actuals_by_unit_account(self, year: int, cut_off: date, hierarchy: str = REPORTING) -> ActualsByNode:
        """Actuals of a year to a cut-off, by (unit, account or account group) and month; every node has an answer."""
        periods = {"first_period": Month(year, 1).number, "last_period": Month.of(cut_off).number}
        with self.session() as cursor:
            rows = self.ask(cursor, "actuals", question("actuals"), periods)
        return ActualsByNode(rows, self.plan, cut_off, hierarchy)

    def answer(self, definition: StatementDefinition, parameters: Parameters) -> Answer:
        """The table with hidden columns too, asked for once: what the engine is given doesn't change."""
        key = (definition, parameters)
        answer = self._answers.get(key)
        if answer is None:
            answer = self._answer(self.compiled(definition, parameters))
            if len(self._answers) >= _KEPT:
                self._answers.clear()
            self._answers[key] = answer
        return answer

    def _answer(self, compiled: Compiled) -> Answer:
        definition = compiled.definition
        membership = compiled.membership
        if not membership.rows:
            return Answer(compiled, fill_table(definition, compiled.layout, membership, {}), ())
        sums: dict[tuple[int, int], int] = {}
        strays: list[Stray] = []
        with self.session() as cursor:
            sql, values = prepared(self, cursor, membership, "crosstab")
            for row, column, *atoms, amount_ore in self.ask(cursor, "crosstab", sql, values):
                if row is None:
                    strays.append(Stray(column, tuple(atoms), amount_ore))
                else:
                    sums[row, column] = amount_ore
        return Answer(compiled, fill_table(definition, compiled.layout, membership, sums), tuple(strays))

    def compiled(self, definition: StatementDefinition, parameters: Parameters) -> Compiled:
        """The definition made ready, kept for the next time the same is asked of the same files."""
        key = (definition, parameters, self.plan.content_hash, self._identity)
        with _compiled_lock:
            if key in _compiled:
                _compiled.move_to_end(key)
                return _compiled[key]
        made = self.compile(definition, parameters, lay_out(definition, parameters, self.plan))
        made = replace(made, touched=touched(made, self.plan))
        with _compiled_lock:
            _compiled[key] = made
            while len(_compiled) > _KEPT:
                _compiled.popitem(last=False)
        return made

    def compile(self, definition: StatementDefinition, parameters: Parameters, layout: Layout) -> Compiled:
        """A layout made ready: the codes that occur in the files become the small relations."""
        census = self.census(layout.dimensions)
        return Compiled(definition, parameters, layout, members(layout, self.plan, census), census)

    def census(self, dimensions: Sequence[str]) -> dict[str, frozenset[Code]]:
        """The codes that occur in the files, of these dimensions and those that decide where their money goes."""
        asked = [other for own in dimensions for other in asked_dimensions(self.plan, own)]
        return {
            dimension: census_of(self.files, dimension, partial(self._codes_in, dimension=dimension))
            for dimension in dict.fromkeys([*dimensions, *asked])
        }

    def take_out(self, cursor: duckdb.DuckDBPyConnection, codes: Mapping[str, object]) -> None:
        """Make the relation of the ledger's postings on split codes; taken out once for the same files and codes."""
        actual = self._identity[: len(self.relations.actual_files)]
        dimensions = [name.removeprefix("split_") for name in codes]

        def take(path: Path) -> None:
            sql = f"COPY ({question_of_taken(dimensions)}) TO {next(_quoted([path]))} (FORMAT parquet)"
            self.ask(cursor, "taken", sql, codes)

        path = taken_out(actual, codes, take)
        cursor.execute(f"CREATE OR REPLACE TEMP VIEW ledger_taken AS FROM read_parquet({next(_quoted([path]))})")

    def _codes_in(self, path: Path, dimension: str) -> list[Code]:
        with self.session() as cursor:
            rows = self.ask(cursor, "census", question("census", drilled=dimension), {"file": str(path)})
        return [code for (code,) in rows]

    @contextmanager
    def session(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor of one's own, with temporary tables no other thread sees."""
        with self._lock:
            cursor = self._connection.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    def ask(
        self, cursor: duckdb.DuckDBPyConnection, name: str, sql: str, values: Mapping[str, object]
    ) -> list[tuple[Any, ...]]:
        """Put one question to the postings, and count it."""
        with self._lock:
            self.asked[name] += 1
        rows: list[tuple[Any, ...]] = cursor.execute(sql, dict(values)).fetchall()
        return rows


def _postings(relation: str, files: Sequence[Path]) -> str:
    """A relation questions ask of. Without files it is an empty table of the same shape."""
    if not files:
        columns = ", ".join(f"{name} {kind}" for name, kind in POSTING_COLUMNS)
        return f"CREATE TABLE {relation} ({columns})"
    names = ", ".join(name for name, _ in POSTING_COLUMNS)
    listed = ", ".join(_quoted(files))
    return f"CREATE VIEW {relation} AS SELECT {names} FROM read_parquet([{listed}])"


def _quoted(files: Iterable[Path]) -> Iterator[str]:
    for path in files:
        yield "'" + str(path).replace("'", "''") + "'"
