"""States that many tests begin from: made once by the services everybody uses, then laid out row by row.

A state is what stands in the database and in the home folder. It is made in the first test that asks for it, and
kept beside the tests' folders, where the other processes of the same run find it too.
"""

from __future__ import annotations

import fcntl
import pickle
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction

from uppsikt.audit.models import Event

Rows = dict[str, list[tuple[Any, ...]]]
Said = TypeVar("Said")


@dataclass(frozen=True)
class State:
    """What stands in each table that isn't empty to begin with, and what the one who made it had to say."""

    rows: Rows
    said: Any


def lay_out(name: str, make: Callable[[], Said]) -> Said:
    """Bring database and home to the state `name`, and give what `make` gave when it made the state.

    Where something stands in the log already the state can't be laid beside it, and is made there and then.
    """
    if _place is None or Event.objects.exists():
        return make()
    with _alone(name):
        folder = _place / name
        if not (folder / "state").exists():
            return _made(folder, make)
    state: State = pickle.loads((folder / "state").read_bytes())
    _put(state.rows)
    shutil.copytree(folder / "home", settings.HOME, dirs_exist_ok=True)
    return state.said  # type: ignore[no-any-return]


_place: Path | None = None


def keep_in(folder: Path) -> None:
    """Say where states are kept: a folder that all processes of the run share, and no other run."""
    global _place
    _place = folder
    folder.mkdir(exist_ok=True)


@contextmanager
def _alone(name: str) -> Iterator[None]:
    assert _place is not None
    with (_place / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _made(folder: Path, make: Callable[[], Said]) -> Said:
    before, beside = _all_rows(), set(Path(settings.HOME).iterdir())
    said = make()
    after = _all_rows()
    assert all(set(rows) <= set(after[table]) for table, rows in before.items()), "what stood there was changed"
    rows = {table: [row for row in own if row not in set(before[table])] for table, own in after.items()}
    home = folder / "home"
    shutil.rmtree(folder, ignore_errors=True)
    home.mkdir(parents=True)
    for new in set(Path(settings.HOME).iterdir()) - beside:
        (shutil.copytree if new.is_dir() else shutil.copy)(new, home / new.name)
    (folder / "state").write_bytes(pickle.dumps(State({table: own for table, own in rows.items() if own}, said)))
    return said


def _all_rows() -> Rows:
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        rows: Rows = {}
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows[table] = cursor.fetchall()
    return rows


def _put(rows: Rows) -> None:
    models = list(connection.introspection.installed_models(list(rows)))
    with transaction.atomic(), connection.cursor() as cursor:
        for table, own in rows.items():
            places = ", ".join(["%s"] * len(own[0]))
            cursor.executemany(f"INSERT INTO {connection.ops.quote_name(table)} VALUES ({places})", own)
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
