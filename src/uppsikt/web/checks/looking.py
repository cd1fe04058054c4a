"""A brought report looked at: its outcome, and the files that show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from django.core.files.base import File

from uppsikt.audit.actors import Actor, NotAllowed, Verb
from uppsikt.core.findings import Finding, Severity, found
from uppsikt.core.language import Text, current_language
from uppsikt.web.actors import may_anywhere
from uppsikt.web.errors import Absent
from uppsikt.web.findings import FILE_TOO_LARGE, PAGE_UNKNOWN
from uppsikt.web.imports.held import HeldFile, held, hold, let_go

if TYPE_CHECKING:
    from uppsikt.checks.outcome import Outcome

KIND = "granskning"
PAGE = "granskning.html"
MAX_BYTES = 100 * 1024 * 1024  # a printed annual report with its pictures is some 30
# the library that reads PDFs keeps state of its own and may not be called by two threads at a time
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True)
class Count:
    """How many remarks of one severity."""

    severity: Severity
    number: int


@dataclass(frozen=True, slots=True)
class Takeaway:
    """A file that shows the remarks, to take along."""

    name: str
    label: Text


@dataclass(frozen=True)
class Taken:
    """A report as brought: held, or what stops it."""

    file: HeldFile | None
    findings: Sequence[Finding] = ()


@dataclass(frozen=True)
class CheckPage:
    """The page of one report that was looked at."""

    token: str
    name: str
    counts: tuple[Count, ...]
    files: tuple[Takeaway, ...]
    shown: str = PAGE


def require_checking(actor: Actor) -> None:
    """Raise `NotAllowed` unless the actor reads something here: the report itself is the actor's own."""
    if not may_anywhere(actor, Verb.READ):
        raise NotAllowed(actor, Verb.READ)


def take(actor: Actor, upload: File[bytes]) -> Taken:
    """Hold a brought report and look at it once; what can't be read is let go and said."""
    from uppsikt.checks.reading import Unreadable

    if upload.size > MAX_BYTES:
        return Taken(None, [too_large()])
    file = hold(actor=actor, kind=KIND, upload=upload, options={})
    try:
        _outcome(file.path, current_language())
    except Unreadable as error:
        let_go(file)
        return Taken(None, [error.finding])
    return Taken(file)


def too_large() -> Finding:
    """What is said of a file above the limit."""
    return found(FILE_TOO_LARGE, limit=MAX_BYTES // 1024 // 1024)


def look(data: bytes, name: str, *, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Outcome:
    """Check a report that isn't kept; raises `Unreadable`."""
    from uppsikt.checks import check_bytes

    with _ONE_AT_A_TIME:
        return check_bytes(data, name=name, select=select, ignore=ignore)


def check_page(actor: Actor, token: str) -> CheckPage:
    """What the page of a held report shows; `Absent` where it is gone or another person's."""
    file = held(actor=actor, kind=KIND, token=token)
    outcome = _outcome(file.path, current_language())
    counts = tuple(Count(severity, outcome.count(severity)) for severity in Severity)
    files = tuple(Takeaway(name, label) for name, label in LABELS.items() if name in makers(file, outcome))
    return CheckPage(token, file.name, counts, files)


def check_file(actor: Actor, token: str, name: str) -> bytes:
    """One of the files that show a held report's remarks; `Absent` for a name that there is none of."""
    file = held(actor=actor, kind=KIND, token=token)
    making = makers(file, _outcome(file.path, current_language())).get(name)
    if making is None:
        raise Absent(found(PAGE_UNKNOWN))
    with _ONE_AT_A_TIME:
        return making()


LABELS = {
    "granskad.pdf": Text("Rapporten med anmärkningarna (PDF)", "The report with its remarks (PDF)"),
    PAGE: Text("Granskningen som webbsida", "The check as a web page"),
    "granskning.json": Text("För program (JSON)", "For programs (JSON)"),
    "granskning.sarif": Text("För kodgranskning (SARIF)", "For code review (SARIF)"),
}


def makers(file: HeldFile, outcome: Outcome) -> dict[str, Callable[[], bytes]]:
    """How each file is made, by name; a marked PDF only of a PDF."""
    from uppsikt.checks.output import html, json_, pdf, sarif

    made: dict[str, Callable[[], bytes]] = {
        PAGE: lambda: html.as_html([outcome], lambda one: file.path.read_bytes()).encode(),
        "granskning.json": lambda: json_.as_json([outcome]).encode(),
        "granskning.sarif": lambda: sarif.as_sarif([outcome]).encode(),
    }
    if outcome.document.kind == "pdf":
        made["granskad.pdf"] = lambda: pdf.as_pdf(file.path.read_bytes(), outcome)
    return made


@lru_cache(maxsize=2)  # the page and what it frames ask one after the other
def _outcome(path: Path, language: str) -> Outcome:
    """What the audit says of a file; `language` is the one that is spoken, and part of what is kept."""
    # the rules take a second to load, which only those wait for who check
    from uppsikt.checks.running import look_at
    from uppsikt.checks.selection import Settings

    with _ONE_AT_A_TIME:
        return look_at(path.read_bytes(), Path(path.name), Settings())
