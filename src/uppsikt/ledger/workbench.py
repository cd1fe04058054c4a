"""Where blocks become postings: small files in the building folder, so that memory has a bound.

A block's dictionaries are mapped in Python, each distinct value once; its rows are joined to them by index
in SQL and never looked at one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import numpy as np
from numpy.typing import NDArray

from uppsikt.core.postings import DIMENSIONS
from uppsikt.core.texts import printable
from uppsikt.ledger.collect import Collector
from uppsikt.ledger.findings import CODE_ODD, TWO_CODES
from uppsikt.ledger.names import FIELD_NAMES
from uppsikt.ledger.profiles import MAPPED_DIMENSIONS, Profile
from uppsikt.ledger.readers.base import Block, ObjectList
from uppsikt.ledger.readers.sie4_voucher_table import VoucherTable, columns_of

T = TypeVar("T", bound=Hashable)

LONGEST_CODE = 50
_MEMORY_LIMIT = "96MB"
_THREADS = 1  # each more holds rows of its own while it writes, and reading takes one anyway
_NO_DIMENSION = "-"

# rows name accounts and object lists by number, as blocks do; what a voucher's rows come to is added up as
# its block comes in, so that no question about vouchers needs to bring all rows and all vouchers together
_TABLES = f"""
CREATE TABLE accounts (accounts_no INTEGER, account VARCHAR);
CREATE TABLE objects (objects_no INTEGER, {", ".join(f"{dimension} VARCHAR" for dimension in MAPPED_DIMENSIONS)});
"""
# what blocks become is written away as they come in: one small file each, seen as one table
_PARTS = {
    "rows": "period INTEGER, day DATE, accounts_no INTEGER, objects_no INTEGER, is_ignored BOOLEAN,"
    " amount_ore BIGINT, voucher VARCHAR, text VARCHAR, line INTEGER",
    "vouchers": "series VARCHAR, number VARCHAR, day DATE, text VARCHAR, amount_ore HUGEINT, line INTEGER,"
    " first_line INTEGER, last_line INTEGER, row_count BIGINT",
}
_PERIODS = {
    "row_date": "0",
    "voucher_date": "year(v.day) * 100 + month(v.day)",
    "column": "r.period",
}
_ADD_ROWS = """
SELECT
    CASE WHEN {period} > 0 THEN {period} ELSE year(r.day) * 100 + month(r.day) END,
    r.day, r.accounts_no, r.objects_no, r.is_ignored, r.amount_ore,
    CASE WHEN v.number <> '' THEN concat_ws(' ', nullif(v.series, ''), v.number) END,
    coalesce(nullif(t.text, ''), nullif(v.text, '')),
    r.line
FROM (SELECT * REPLACE (DATE '1970-01-01' + day AS day) FROM block_rows) AS r
JOIN block_texts AS t ON t.place = r.text
JOIN (SELECT * REPLACE (DATE '1970-01-01' + day AS day) FROM block_vouchers) AS v ON v.place = r.voucher
"""
# `line` is the first of all the voucher's rows, `first_line` to `row_count` speak of those that are kept
_ADD_VOUCHERS = """
SELECT v.series, v.number, DATE '1970-01-01' + v.day, v.text, r.* EXCLUDE (voucher)
FROM block_vouchers AS v JOIN (
    SELECT
        voucher, sum(amount_ore), min(line),
        min(line) FILTER (NOT is_ignored), max(line) FILTER (NOT is_ignored), count(*) FILTER (NOT is_ignored)
    FROM block_rows GROUP BY voucher
) AS r ON r.voucher = v.place
"""
# sorting is much lighter with codes as places in their sorted list, which is what a DuckDB enumeration is
_ORDER_CODES = """
CREATE TYPE {dimension}_codes AS ENUM (
    SELECT DISTINCT {dimension} FROM {table} WHERE {dimension} IS NOT NULL ORDER BY {dimension}
);
ALTER TABLE {table} ALTER {dimension} TYPE {dimension}_codes;
"""
# a table's voucher is all rows with its name, wherever they stand; a SIE voucher is one stretch of lines
VOUCHERS_BY_NAME = """(
    SELECT
        series, number, sum(amount_ore) AS amount_ore, min(line) AS line,
        min(day) FILTER (row_count > 0) AS day, min(text) FILTER (row_count > 0) AS text,
        min(first_line) AS first_line, max(last_line) AS last_line, sum(row_count) AS row_count
    FROM vouchers WHERE number <> '' GROUP BY series, number, year(day)
)"""


def table_of(dimension: str) -> str:
    """The table that holds a dimension's codes; rows point to it by `<table>_no`."""
    return "accounts" if dimension == "account" else "objects"


class Workbench:
    """Takes blocks in and answers questions about all rows together."""

    def __init__(self, folder: Path, profile: Profile, log: Collector) -> None:
        self.profile, self.log = profile, log
        self.folder = folder / "work"
        self.folder.mkdir()
        self.connection = duckdb.connect()
        self.connection.execute(f"SET memory_limit = '{_MEMORY_LIMIT}'; SET threads = {_THREADS}")
        # all object arrays here are text: looking at their values first costs a hundred times the reading
        self.connection.execute("SET pandas_analyze_sample = 0")
        self.connection.execute("SET temp_directory = ?", [str(self.folder / "spill")])
        self.connection.execute(_TABLES)
        self._part_count = 0
        for name, columns in _PARTS.items():
            self.connection.execute(f"CREATE TABLE no_{name} ({columns})")
            self._write_part(name, f"FROM no_{name}")
            files = str(self.folder / f"{name}-*.parquet").replace("'", "''")
            self.connection.execute(f"CREATE VIEW {name} AS FROM read_parquet('{files}')")
        self.dropped: set[str] = set()
        self.row_count = 0
        self._account_numbers: dict[str, int] = {}
        self._object_numbers: dict[ObjectList, int] = {}
        self._seen: set[str] = set()
        self._dimension_of: dict[str, str] = {}

    def close(self) -> None:
        """Let go of everything and clear it away."""
        self.connection.close()
        for path in sorted(self.folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        self.folder.rmdir()

    def ask(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self.connection.execute(sql, list(parameters)).fetchall()

    def add(self, block: Block) -> None:
        """Take a block in."""
        if not len(block):
            return
        self.row_count += len(block)
        tables = {
            "block_vouchers": _vouchers(block),
            "block_texts": {"place": _places(block.texts), "text": _printable(block.texts)},
            "block_rows": self._rows(block),
        }
        self._part_count += 1
        with self._registered(tables):
            self._write_part("vouchers", _ADD_VOUCHERS)
            self._write_part("rows", _ADD_ROWS.format(period=_PERIODS[self.profile.period]))

    def _write_part(self, name: str, query: str) -> None:
        columns = ", ".join(column.split()[0] for column in _PARTS[name].split(","))
        typed = f"FROM no_{name} UNION ALL {query}"  # every part has the table's own names and types
        path = str(self.folder / f"{name}-{self._part_count}.parquet")
        self.connection.execute(f"COPY (SELECT {columns} FROM ({typed})) TO $path (FORMAT parquet)", {"path": path})

    @contextmanager
    def _registered(self, tables: Mapping[str, Mapping[str, NDArray[Any]]]) -> Iterator[None]:
        for name, columns in tables.items():
            self.connection.register(name, columns)
        yield
        for name in tables:
            self.connection.unregister(name)

    def order_codes(self) -> None:
        """Make codes compare by number, in their own order. Nothing can be added after this."""
        for dimension in DIMENSIONS:
            table = table_of(dimension)
            if self.ask(f"SELECT count({dimension}) FROM {table}")[0][0]:  # an enumeration can't be empty
                self.connection.execute(_ORDER_CODES.format(dimension=dimension, table=table))

    def _rows(self, block: Block) -> dict[str, NDArray[Any]]:
        ignored = np.array([self.profile.ignores(account) for account in block.accounts], dtype=bool)
        return {
            "accounts_no": self._accounts(block.accounts)[block.account_index],
            "objects_no": self._objects(block.object_lists)[block.object_index],
            "is_ignored": ignored[block.account_index],
            "voucher": block.voucher_index,
            "text": block.text_index,
            "day": _days(block.dates),
            "period": block.periods if block.periods is not None else np.zeros(len(block), dtype=np.int32),
            "amount_ore": block.amounts_ore,
            "line": block.lines,
        }

    def _accounts(self, accounts: Sequence[str]) -> NDArray[np.int32]:
        """The number of each account among all of the file's; the new ones are mapped and kept."""
        new, numbers = _numbered(accounts, self._account_numbers)
        codes = [self._code("account", account) for account in new]
        self._keep("accounts", len(self._account_numbers), {"account": codes})
        return numbers

    def _objects(self, object_lists: Sequence[ObjectList]) -> NDArray[np.int32]:
        new, numbers = _numbered(object_lists, self._object_numbers)
        mapped = [self._mapped(objects) for objects in new]
        defaults = {dimension: self.profile.defaults.get(dimension, "") for dimension in MAPPED_DIMENSIONS}
        columns = {name: [codes.get(name, default) for codes in mapped] for name, default in defaults.items()}
        self._keep("objects", len(self._object_numbers), columns)
        return numbers

    def _keep(self, table: str, count: int, columns: Mapping[str, list[str]]) -> None:
        """Add the last of a dictionary's `count` values to its table."""
        arrays = {name: _strings(values) for name, values in columns.items()}
        size = len(next(iter(arrays.values())))
        if size:
            values = ", ".join(f"nullif({name}, '')" for name in columns)
            numbered = {"place": np.arange(count - size, count, dtype=np.int32), **arrays}
            with self._registered({"block_codes": numbered}):
                self.connection.execute(f"INSERT INTO {table} SELECT place, {values} FROM block_codes")

    def _mapped(self, objects: ObjectList) -> dict[str, str]:
        codes: dict[str, str] = {}
        for number, code in objects:
            dimension = self._dimension_of.get(number) or self._place(number)
            if dimension == _NO_DIMENSION:
                continue
            if codes.get(dimension, code) != code:
                self.log.add(TWO_CODES, dimension=FIELD_NAMES[dimension], left=codes[dimension], kept=code)
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


def _vouchers(block: Block) -> dict[str, NDArray[Any]]:
    vouchers = block.vouchers
    columns = vouchers.columns() if isinstance(vouchers, VoucherTable) else columns_of(vouchers)
    return {
        "place": _places(columns.series),
        "series": _printable(columns.series),
        "number": _printable(columns.numbers),
        "day": _days(columns.days),
        "text": _printable(columns.texts),
    }


def _numbered(values: Sequence[T], numbers: dict[T, int]) -> tuple[list[T], NDArray[np.int32]]:
    """The values not in `numbers` before, in order, and the number of each value."""
    count = len(numbers)
    found = np.array([numbers.setdefault(value, len(numbers)) for value in values], dtype=np.int32)
    return list(islice(numbers, count, None)), found


def _places(values: Sequence[object]) -> NDArray[np.int32]:
    return np.arange(len(values), dtype=np.int32)


def _printable(values: Sequence[str]) -> NDArray[np.object_]:
    return _strings(list(map(printable, values)))


def _strings(values: Sequence[str]) -> NDArray[np.object_]:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _days(dates: NDArray[np.datetime64]) -> NDArray[np.int32]:
    # DuckDB takes no datetime64[D]; as whole days since 1970 they pass exactly
    return dates.astype("datetime64[D]").astype(np.int64).astype(np.int32)


Ask = Callable[..., list[tuple[Any, ...]]]
