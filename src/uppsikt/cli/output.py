"""What the command line shows: findings, tables, progress, exit codes. No traceback reaches a user."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from django.db import DatabaseError

from uppsikt.audit.actors import Actor, NotAllowed
from uppsikt.cli.messages import Exit as Exit
from uppsikt.cli.messages import ended
from uppsikt.cli.messages import outcome as outcome
from uppsikt.cli.messages import show_findings as show_findings
from uppsikt.core.findings import NotFound, Severity, define, found
from uppsikt.core.language import say

NOT_INITIALISED = define(
    "D005",
    Severity.ERROR,
    says_sv="I {home} finns ingen installation, eller en av äldre version.",
    says_en="There is no installation in {home}, or one of an older version.",
    do_sv="Kontrollera UPPSIKT_HOME, eller kör uppsikt init.",
    do_en="Check UPPSIKT_HOME, or run uppsikt init.",
    home="/var/lib/uppsikt",
)


def run_safely(arguments: Sequence[str]) -> int:
    """Run a command and turn whatever happens into a message and an exit code."""
    try:
        return _run(arguments)
    except NotAllowed as refused:
        click.echo(
            say("Du får inte göra detta ({verb}).", "You may not do this ({verb}).", verb=refused.verb), err=True
        )
        return Exit.NOT_ALLOWED
    except NotFound as missing:
        show_findings([missing.finding])
        return Exit.FINDINGS
    except BrokenPipeError:
        sys.stderr.close()
        return Exit.OK
    except DatabaseError:
        return _program_error() if is_initialised() else _say_uninitialised()
    except Exception:
        return _program_error()


def _run(arguments: Sequence[str]) -> int:
    import django

    django.setup()
    from uppsikt.cli.commands import cli

    return ended(cli, arguments)


def is_initialised() -> bool:
    """Whether the database has the tables of this version."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _say_uninitialised() -> int:
    from django.conf import settings

    show_findings([found(NOT_INITIALISED, home=settings.HOME)])
    return Exit.FINDINGS


def _program_error() -> int:
    if os.environ.get("UPPSIKT_DEBUG") == "1":
        traceback.print_exc()
        return Exit.PROGRAM_ERROR
    from django.conf import settings

    folder = Path(settings.HOME) / "errors"
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}.txt"
    kept.write_text(traceback.format_exc())
    click.echo(
        say(
            "Ett fel i programmet hindrade kommandot. Inget är halvgjort. Beskrivningen ligger i {kept}; "
            "skicka den till dem som sköter installationen.",
            "A fault in the program stopped the command. Nothing is half done. The description is in {kept}; "
            "send it to those who run the installation.",
            kept=kept,
        ),
        err=True,
    )
    return Exit.PROGRAM_ERROR


def local_actor() -> Actor:
    """Whoever sits at the machine: owns the files, so may do all; named in the log."""
    name = os.environ.get("SUDO_USER") or os.environ.get("USER") or os.environ.get("USERNAME") or "root"
    return Actor(f"kommandorad:{name}", is_local=True)


def severity_word(severity: Severity) -> str:
    """The severity in the user's language."""
    return severity.word


def show_json(value: object) -> None:
    """Print a value for machines."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def show_table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, numeric_from: int = 1) -> None:
    """Print a plain table: first columns left, the others right-aligned."""
    widths = [max(len(row[i]) for row in [headings, *rows]) for i in range(len(headings))]
    for line in [headings, ["─" * width for width in widths], *rows]:
        cells = [
            cell.ljust(width) if column < numeric_from else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        click.echo("  ".join(cells).rstrip())


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error, for people at a terminal; gives a callable (done, total) in bytes."""
    from tqdm import tqdm

    bar = tqdm(desc=label, unit="B", unit_scale=True, disable=not sys.stderr.isatty(), leave=False)

    def step(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    try:
        yield step
    finally:
        bar.close()
