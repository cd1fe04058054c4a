"""The report audit: reads any municipality's report and says what in it does not hang together.

Usable alone: it imports only `uppsikt.core`. From Python, this is the whole of it:

    from uppsikt.checks import check_file

    for remark in check_file(Path("delarsrapport.pdf")).remarks:
        print(remark.code, remark.severity, remark.finding.says)
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from uppsikt.checks.reading import Unreadable

if TYPE_CHECKING:
    from uppsikt.checks.outcome import Outcome

__all__ = ["Unreadable", "check_bytes", "check_file"]


def check_file(path: Path, *, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Outcome:
    """Check a report in a file: PDF, DOCX, HTML or text, told by its content.

    `select` and `ignore` are rules' codes, beginnings of codes, or names; nothing selected is all of them.
    Raises `Unreadable` for a file that is no report, OSError for one that can't be opened, and ValueError for a
    code that fits no rule. Marks in the report are heeded; settings files and baselines are the command's.
    """
    return check_bytes(path.read_bytes(), name=path.as_posix(), select=select, ignore=ignore)


def check_bytes(data: bytes, *, name: str, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Outcome:
    """Check a report's bytes; `name` is what it is called in what is said. Otherwise as `check_file`."""
    # the rules take half a second to load, which whoever imports a part of the room need not wait for
    from uppsikt.checks.running import look_at
    from uppsikt.checks.selection import Settings, unknown

    settings = Settings(tuple(select), tuple(ignore))
    if strange := unknown([*settings.select, *settings.ignore]):
        raise ValueError(", ".join(strange))
    return look_at(data, Path(name), settings)
