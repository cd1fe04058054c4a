"""Where blocks become postings: a DuckDB file in the building folder, so that memory has a bound.

A block's dictionaries are mapped in Python, each distinct value once; its rows are joined to them by index
in SQL and never looked at one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from uppsikt.core.postings import DIMENSIONS
from uppsikt.ledger.collect import Collector
from uppsikt.ledger.findings import CODE_ODD
from uppsikt.ledger.names import FIELD_NAMES
from uppsikt.ledger.profiles import MAPPED_DIMENSIONS, Profile
from uppsikt.ledger.readers.base import Block, ObjectList

LONGEST_CODE = 50
_MEMORY_LIMIT = "512MB"
_NO_DIMENSION = "-"

_TABLES = f"""
CREATE TABLE vouchers (voucher_no BIGINT, series VARCHAR, number VARCHAR, day DATE, text VARCHAR);
CREATE TABLE rows (
    voucher_no BIGINT, period INTEGER, day DATE,
    {", ".join(f"{dimension} VARCHAR" for dimension in DIMENSIONS)},
    is_ignored BOOLEAN, amount_ore BIGINT, text VARCHAR, line INTEGER
);
"""
_ADD_VOUCHERS = """
INSERT INTO vouchers
SELECT voucher_no, CAST(series AS VARCHAR), CAST(number AS VARCHAR), DATE '1970-01-01' + day, CAST(text AS VARCHAR)
FROM block_vouchers
"""
_PERIODS = {
    "row_date": "0",
    "voucher_date": "year(v.day) * 100 + month(v.day)",
    "column": "r.period",
}
_ADD_ROWS = f"""
INSERT INTO rows
SELECT
    v.voucher_no,
    CASE WHEN {{period}} > 0 THEN {{period}} ELSE year(r.day) * 100 + month(r.day) END,
    r.day,
    {", ".join(f"nullif(CAST({'a' if d == 'account' else 'o'}.{d} AS VARCHAR), '')" for d in DIMENSIONS)},
    a.is_ignored,
    r.amount_ore,
    coalesce(nullif(CAST(t.text AS VARCHAR), ''), nullif(v.text, '')),
    r.line
FROM (SELECT * REPLACE (DATE '1970-01-01' + day AS day) FROM block_rows) AS r
JOIN block_accounts AS a ON a.place = r.account
JOIN block_objects AS o ON o.place = r.objects
JOIN block_texts AS t ON t.place = r.text
JOIN vouchers AS v ON v.voucher_no = r.voucher
"""


class Workbench:
    """Takes blocks in and answers questions about all rows together."""

    def __init__(self, folder: Path, profile: Profile, log: Collector) -> None:
        self.profile, self.log = profile, log
        self.connection = duckdb.connect(str(folder / "work.duckdb"))
        self.connection.execute(f"SET memory_limit = '{_MEMORY_LIMIT}'")
        # all object arrays here are text: looking at their values first costs a hundred times the reading
        self.connection.execute("SET pandas_analyze_sample = 0")
        self.connection.execute("SET temp_directory = ?", [str(folder / "spill")])
        self.connection.execute(_TABLES)
        self.dropped: set[str] = set()
        self.row_count = 0
        self._voucher_count = 0
        self._seen: set[str] = set()
        self._dimension_of: dict[str, str] = {}

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def ask(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self.connection.execute(sql, list(parameters)).fetchall()

    def add(self, block: Block) -> None:
        """Take a block in."""
        if not len(block):
            return
        offset = self._voucher_count
        self._voucher_count += len(block.vouchers)
        self.row_count += len(block)
        tables = {
            "block_vouchers": self._vouchers(block, offset),
            "block_accounts": self._accounts(block),
            "block_objects": self._objects(block),
            "block_texts": {"place": _places(block.texts), "text": _strings(block.texts)},
            "block_rows": _rows(block, offset),
        }
        for name, columns in tables.items():
            self.connection.register(name, columns)
        self.connection.execute(_ADD_VOUCHERS)
        self.connection.execute(_ADD_ROWS.format(period=_PERIODS[self.profile.period]))
        for name in tables:
            self.connection.unregister(name)

    def _vouchers(self, block: Block, offset: int) -> dict[str, NDArray[Any]]:
        vouchers = list(block.vouchers)
        return {
            "voucher_no": _places(vouchers).astype(np.int64) + offset,
            "series": _strings([voucher.series for voucher in vouchers]),
            "number": _strings([voucher.number for voucher in vouchers]),
            "day": _days(np.array([voucher.date for voucher in vouchers], dtype="datetime64[D]")),
            "text": _strings([voucher.text for voucher in vouchers]),
        }

    def _accounts(self, block: Block) -> dict[str, NDArray[Any]]:
        return {
            "place": _places(block.accounts),
            "account": _strings([self._code("account", account) for account in block.accounts]),
            "is_ignored": np.array([self.profile.ignores(account) for account in block.accounts], dtype=bool),
        }

    def _objects(self, block: Block) -> dict[str, NDArray[Any]]:
        mapped = [self._mapped(objects) for objects in block.object_lists]
        columns: dict[str, NDArray[Any]] = {"place": _places(mapped)}
        for dimension in MAPPED_DIMENSIONS:
            default = self.profile.defaults.get(dimension, "")
            columns[dimension] = _strings([codes.get(dimension, default) for codes in mapped])
        return columns

    def _mapped(self, objects: ObjectList) -> dict[str, str]:
        codes = {}
        for number, code in objects:
            dimension = self._dimension_of.get(number) or self._place(number)
            if dimension == _NO_DIMENSION:
                continue
            codes[dimension] = code if code in self._seen else self._code(dimension, code)
        return codes

    def _place(self, number: str) -> str:
        dimension = self.profile.dimension(number)
        if dimension is None:
            self.dropped.add(number)
        self._dimension_of[number] = dimension or _NO_DIMENSION
        return self._dimension_of[number]

    def _code(self, dimension: str, code: str) -> str:
        if code not in self._seen:
            self._seen.add(code)
            if len(code) > LONGEST_CODE or not code.isprintable():
                shown = code[:80].encode("unicode_escape").decode() if not code.isprintable() else code[:80]
                self.log.add(CODE_ODD, dimension=FIELD_NAMES[dimension], value=shown, longest=LONGEST_CODE)
        return code


def _rows(block: Block, offset: int) -> dict[str, NDArray[Any]]:
    periods = block.periods if block.periods is not None else np.zeros(len(block), dtype=np.int32)
    return {
        "account": block.account_index,
        "objects": block.object_index,
        "voucher": block.voucher_index.astype(np.int64) + offset,
        "text": block.text_index,
        "day": _days(block.dates),
        "period": periods,
        "amount_ore": block.amounts_ore,
        "line": block.lines,
    }


def _places(values: Sequence[object]) -> NDArray[np.int32]:
    return np.arange(len(values), dtype=np.int32)


def _strings(values: Sequence[str]) -> NDArray[np.object_]:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _days(dates: NDArray[np.datetime64]) -> NDArray[np.int32]:
    # DuckDB takes no datetime64[D]; as whole days since 1970 they pass exactly
    return dates.astype("datetime64[D]").astype(np.int64).astype(np.int32)


Ask = Callable[..., list[tuple[Any, ...]]]
