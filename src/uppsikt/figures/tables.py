"""The small relations as DuckDB tables, private to one question, and the codes that occur in each file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock

import duckdb

from uppsikt.core.hashes import canonical_json
from uppsikt.core.postings import DIMENSIONS
from uppsikt.figures.carrying import Carrying, Code, Leaf, booked
from uppsikt.figures.membership import SCOPE, ColumnMember, Membership, RowMember
from uppsikt.figures.questions import Cut

_KEPT = 4096
_Columns = dict[str, tuple[str, Sequence[object]]]
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


@dataclass(frozen=True)
class Installed:
    """What a question needs beside the relations: the values it names, and which dimensions' codes are cut."""

    values: Mapping[str, object]
    cuts: tuple[Cut, ...]


def install(
    cursor: duckdb.DuckDBPyConnection,
    membership: Membership,
    *,
    rows: Sequence[int] | None = None,
    columns: Iterable[int] | None = None,
    drilled: str = "",
) -> Installed:
    """Make the relations for one question, with its first and last period as the SQL names them.

    With `rows` only these, each as many times as it is named; with `columns` only these. The leaves of the
    `drilled` dimension are told apart even where rows don't.
    """
    chosen = list(_chosen_rows(membership, rows))
    wanted = None if columns is None else set(columns)
    members = [member for member in membership.columns if wanted is None or member.column in wanted]
    values: dict[str, object] = {}
    cuts: list[Cut] = []
    for position, dimension in enumerate(DIMENSIONS):
        if dimension not in membership.dimensions:
            continue
        needed = None if rows is None else {member.atoms[position] for member in chosen}
        leaves = _install_codes(cursor, membership, dimension, needed, apart=dimension == drilled)
        if leaves:
            values[f"split_{dimension}"] = canonical_json(sorted({leaf.code for leaf in leaves}))
            cuts.append(_install_leaves(cursor, dimension, membership.carrying[dimension], leaves))
    _install_shapes(cursor, membership.shapes)
    _install_rows(cursor, chosen, membership.counted)
    _install_columns(cursor, members, membership.known_days)
    periods = [member.period for member in members]
    values |= {"first_period": min(periods, default=1), "last_period": max(periods, default=0)}
    return Installed(values, tuple(cuts))


def _install_codes(
    cursor: duckdb.DuckDBPyConnection, membership: Membership, dimension: str, needed: set[int] | None, *, apart: bool
) -> Sequence[Leaf]:
    """The atoms of the needed codes and leaves; gives the leaves."""
    carrying = (membership.carrying if apart else membership.merged).get(dimension)
    atom_of = dict(membership.atoms[dimension].of_code)
    if not apart:
        atom_of.update(membership.whole.get(dimension, {}))
    if needed is not None and 0 not in needed:
        atom_of = {name: atom for name, atom in atom_of.items() if atom in needed}
    leaves = [leaf for leaf in carrying.leaves if leaf.name in atom_of] if carrying else []
    names = {leaf.name for leaf in leaves}
    pairs = [(name, atom) for name, atom in atom_of.items() if name is None or name in names or booked(name) == name]
    atoms: _Columns = {"code": ("VARCHAR", [name for name, _ in pairs]), "atom": _integers(atom for _, atom in pairs)}
    _make(cursor, f"{dimension}_atoms", atoms)
    return leaves


def _install_leaves(
    cursor: duckdb.DuckDBPyConnection, dimension: str, carrying: Carrying, leaves: Sequence[Leaf]
) -> Cut:
    """The leaves, their shares and what decides between them; gives what a question's text needs to know."""
    shares = list(dict.fromkeys(leaf.share for leaf in leaves))
    number_of = {share: number for number, share in enumerate(shares)}
    columns: _Columns = {
        "code": ("VARCHAR", [leaf.code for leaf in leaves]),
        "first_period": _integers(leaf.first_period for leaf in leaves),
        "last_period": _integers(leaf.last_period for leaf in leaves),
        "leaf": ("VARCHAR", [leaf.name for leaf in leaves]),
        "parts": ("BIGINT", [leaf.share.parts for leaf in leaves]),
        "whole": ("BIGINT", [leaf.share.whole for leaf in leaves]),
        "share_no": _integers(number_of[leaf.share] for leaf in leaves),
    }
    for position, other in enumerate(carrying.asked):
        columns[other] = _integers(leaf.kinds[position] for leaf in leaves)
    _make(cursor, f"{dimension}_leaves", columns)
    extras = [
        (number, over, extra)
        for number, share in enumerate(shares)
        for over, extra in enumerate(share.extras)
        if extra
    ]
    names = ("share_no", "over", "extra")
    _make(cursor, f"{dimension}_extras", {name: _integers(row[i] for row in extras) for i, name in enumerate(names)})
    _install_kinds(cursor, dimension, carrying, {leaf.code for leaf in leaves})
    return dimension, carrying.asked


def _install_kinds(cursor: duckdb.DuckDBPyConnection, dimension: str, carrying: Carrying, codes: set[str]) -> None:
    kinds = [
        (code, asked, other, kind)
        for (code, asked), of_other in carrying.kinds.items()
        if code in codes
        for other, kind in of_other.items()
    ]
    columns: _Columns = {
        name: ("VARCHAR", [row[position] for row in kinds])
        for position, name in enumerate(("code", "dimension", "other"))
    }
    _make(cursor, f"{dimension}_kinds", {**columns, "kind": _integers(row[3] for row in kinds)})


def _chosen_rows(membership: Membership, rows: Sequence[int] | None) -> Iterable[RowMember]:
    if rows is None:
        yield from membership.rows
        return
    times = {number: rows.count(number) for number in rows}
    for member in membership.rows:
        for _ in range(times.get(member.row, 0)):
            yield member


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
