"""One report from file to outcome: read, run the chosen rules, heed marks and baseline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from uppsikt.checks.audit import check
from uppsikt.checks.baseline import Entry, less_known
from uppsikt.checks.document import Document
from uppsikt.checks.noqa import heed
from uppsikt.checks.outcome import Outcome
from uppsikt.checks.reading import Unreadable, read_bytes
from uppsikt.checks.registry import chosen
from uppsikt.checks.selection import Settings
from uppsikt.checks.uncollected import uncollected
from uppsikt.core.findings import Finding, Place, Severity, define, found

PACKAGE_MISSING = define(
    "K095",
    Severity.ERROR,
    says_sv="{source} kräver paketet {package}, som inte är installerat.",
    says_en="{source} needs the package {package}, which isn't installed.",
    do_sv='Kör pip install "uppsikt[check]".',
    do_en='Run pip install "uppsikt[check]".',
    source="rapport.pdf",
    package="pypdfium2",
)
SUFFIXES = (".pdf", ".docx", ".html", ".htm", ".txt", ".md")


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of looking at files: an outcome for each that could be read, and findings about the rest."""

    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...] = ()


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files named, and of folders every report below them, in order, each once."""
    found_files: dict[Path, None] = {}
    for path in paths:
        below = sorted(own for own in path.rglob("*") if own.suffix.lower() in SUFFIXES and own.is_file())
        found_files.update(dict.fromkeys(below if path.is_dir() else [path]))
    return list(found_files)


def look_at_files(paths: Iterable[Path], settings: Settings, known: Iterable[Entry] | None = None) -> Looked:
    """Check every file; `known` is the baseline, none without one. What can't be read is a finding."""
    outcomes: list[Outcome] = []
    findings: list[Finding] = []
    entries = None if known is None else tuple(known)
    for path in paths:
        try:
            one = look_at(path.read_bytes(), path, settings)
        except Unreadable as error:
            findings.append(error.finding)
            continue
        if entries is not None:
            one, stale = less_known(one, entries)
            findings += stale
        outcomes.append(one)
    return Looked(tuple(outcomes), tuple(findings))


def look_at(data: bytes, path: Path, settings: Settings) -> Outcome:
    """Check a report's bytes; raises `Unreadable`, also where a package is missing that reads its kind."""
    with uncollected():
        try:
            document = read_bytes(data, source=path.name)
        except ModuleNotFoundError as error:
            finding = found(PACKAGE_MISSING, Place(path.name), source=path.name, package=error.name or "")
            raise Unreadable(finding) from error
        return outcome_of(document, path.as_posix(), settings.select, settings.ignored_in(path))


def outcome_of(document: Document, path: str, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Outcome:
    """Run the chosen rules on a document and heed its marks."""
    select, ignore = tuple(select), tuple(ignore)
    ran = [one.code for one in chosen(select, ignore)]
    return heed(path, check(document, select=select, ignore=ignore), ran=ran)
