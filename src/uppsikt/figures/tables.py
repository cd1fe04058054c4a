"""The small relations as DuckDB tables, private to one question, and the codes that occur in each file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from threading import Lock

import duckdb

from uppsikt.core.hashes import canonical_json
from uppsikt.core.postings import DIMENSIONS
from uppsikt.figures.membership import SCOPE, Atoms, Code, ColumnMember, Membership, RowMember

_KEPT = 4096
_censuses: dict[tuple[str, int, int, str], frozenset[Code]] = {}
_lock = Lock()


def census_of(files: Iterable[Path], dimension: str, ask: Callable[[Path], Iterable[Code]]) -> frozenset[Code]:
    """The codes of a dimension that occur in the files. Files are immutable, so each is asked once."""
    found: frozenset[Code] = frozenset()
    for path in files:
        key = (*identity_of(path), dimension)
        with _lock:
            known = _censuses.get(key)
        if known is None:
            known = frozenset(ask(path))
            with _lock:
                if len(_censuses) >= _KEPT:
                    _censuses.clear()
                _censuses[key] = known
        found |= known
    return found


def identity_of(path: Path) -> tuple[str, int, int]:
    """What tells a file from another that stood in the same place before."""
    facts = path.stat()
    return str(path), facts.st_mtime_ns, facts.st_size


def install(
    cursor: duckdb.DuckDBPyConnection,
    membership: Membership,
    *,
    rows: Sequence[int] | None = None,
    columns: Iterable[int] | None = None,
) -> dict[str, int]:
    """Make the relations for one question and return its first and last period as the SQL names them.

    With `rows` only these, each as many times as it is named; with `columns` only these.
    """
    chosen = list(_chosen_rows(membership, rows))
    wanted = None if columns is None else set(columns)
    members = [member for member in membership.columns if wanted is None or member.column in wanted]
    for dimension in membership.dimensions:
        _install_atoms(cursor, dimension, membership.atoms[dimension], chosen if rows is not None else None)
    _install_shapes(cursor, membership.shapes)
    _install_rows(cursor, chosen, membership.counted)
    _install_columns(cursor, members, membership.known_days)
    periods = [member.period for member in members]
    return {"first_period": min(periods, default=1), "last_period": max(periods, default=0)}


def _chosen_rows(membership: Membership, rows: Sequence[int] | None) -> Iterable[RowMember]:
    if rows is None:
        yield from membership.rows
        return
    times = {number: rows.count(number) for number in rows}
    for member in membership.rows:
        for _ in range(times.get(member.row, 0)):
            yield member


def _install_atoms(
    cursor: duckdb.DuckDBPyConnection, dimension: str, atoms: Atoms, chosen: Sequence[RowMember] | None
) -> None:
    pairs = list(atoms.of_code.items())
    if chosen is not None:
        position = DIMENSIONS.index(dimension)
        needed = {member.atoms[position] for member in chosen}
        if 0 not in needed:
            pairs = [(code, atom) for code, atom in pairs if atom in needed]
    _make(
        cursor,
        f"{dimension}_atoms",
        {"code": ("VARCHAR", [c for c, _ in pairs]), "atom": _integers(a for _, a in pairs)},
    )


def _install_shapes(cursor: duckdb.DuckDBPyConnection, shapes: Sequence[tuple[int, ...]]) -> None:
    columns = {"shape_no": _integers(range(len(shapes)))}
    for position, dimension in enumerate(DIMENSIONS):
        columns[dimension] = _integers(shape[position] for shape in shapes)
    _make(cursor, "shapes", columns)


def _install_rows(cursor: duckdb.DuckDBPyConnection, rows: Sequence[RowMember], counted: frozenset[int]) -> None:
    columns: dict[str, tuple[str, list[object]]] = {
        "row_no": _integers(member.row for member in rows),
        "epoch": _integers(member.epoch for member in rows),
        "shape_no": _integers(member.shape for member in rows),
        "is_counted": ("BOOLEAN", [member.row != SCOPE and member.row in counted for member in rows]),
    }
    for position, dimension in enumerate(DIMENSIONS):
        columns[dimension] = _integers(member.atoms[position] for member in rows)
    _make(cursor, "row_members", columns)


def _install_columns(
    cursor: duckdb.DuckDBPyConnection, members: Sequence[ColumnMember], known_days: Sequence[date]
) -> None:
    number_of = {day: number for number, day in enumerate(known_days)}
    _make(
        cursor,
        "column_members",
        {
            "column_no": _integers(member.column for member in members),
            "scenario": ("VARCHAR", [member.scenario for member in members]),
            "period": _integers(member.period for member in members),
            "epoch": _integers(member.epoch for member in members),
            "known_on": ("DATE", [member.known_on for member in members]),
            "known_no": ("INTEGER", [member.known_on and number_of[member.known_on] for member in members]),
        },
    )


def _integers(values: Iterable[int]) -> tuple[str, list[object]]:
    return ("INTEGER", list(values))


def _make(cursor: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, tuple[str, Sequence[object]]]) -> None:
    """One table from lists. They travel as JSON: DuckDB's client is far slower with Python lists, item by item."""
    listed = ", ".join(
        f"unnest(from_json(${column}, '[\"VARCHAR\"]'))::{kind} AS {column}" for column, (kind, _) in columns.items()
    )
    values = {column: canonical_json(own) for column, (_, own) in columns.items()}
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {listed}", values)
