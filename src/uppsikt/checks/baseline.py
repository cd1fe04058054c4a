"""The baseline: what was known when it was written, so that only what is new is shown.

A remark is recognised by its rule and by the text it stands in, never by line number: pages may be added
before it. When the text changes, a figure above all, the remark is a new one.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from uppsikt.checks.document import Document
from uppsikt.checks.numbers import DASHES
from uppsikt.checks.outcome import Outcome, Silenced, SilencedBy
from uppsikt.checks.remarks import Remark
from uppsikt.core.findings import Finding, Place, Severity, define, found

STALE = define(
    "K092",
    Severity.NOTE,
    says_sv="Av baslinjens poster finns {count} inte längre i {source}.",
    says_en="Of the baseline's entries, {count} no longer stand in {source}.",
    do_sv="Skriv om den med --write-baseline, så att samma fel inte kan komma tillbaka osedda.",
    do_en="Write it anew with --write-baseline, so that the same faults can't come back unseen.",
    count=3,
    source="rapport.pdf",
)
NOT_A_BASELINE = define(
    "K093",
    Severity.ERROR,
    says_sv="{source} är ingen baslinje som denna version kan läsa: {why}.",
    says_en="{source} is no baseline that this version can read: {why}.",
    do_sv="Skriv en ny med --write-baseline.",
    do_en="Write a new one with --write-baseline.",
    source="baslinje.json",
    why="JSON",
)
FORMAT = 1


class NotABaseline(ValueError):
    """The file can't be read as a baseline; carries the finding that says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


@dataclass(frozen=True, slots=True)
class Entry:
    """One known remark: the file's name, rule, fingerprint, and the text so that people can read it."""

    source: str
    code: str
    fingerprint: str
    text: str = ""


def fingerprint(said: Remark, document: Document) -> str:
    """What a remark is recognised by: its rule, the text it points at and the line that stands on."""
    texts = [_plain(document.text_at(span)) for span in said.spans]
    line = _plain(document.line(said.spans[0].line).text)
    return sha256("\x1f".join([said.code, *texts, line]).encode()).hexdigest()[:20]


def _plain(text: str) -> str:
    return " ".join(re.sub(f"[{DASHES}]", "-", text).split())


def entries_of(outcomes: Iterable[Outcome]) -> tuple[Entry, ...]:
    """The entries that make every shown remark, and every one the old baseline held, known."""
    entries: list[Entry] = []
    for one in outcomes:
        held = [own.remark for own in one.silenced if own.by is SilencedBy.BASELINE]
        for said in (*one.remarks, *held):
            text = _plain(one.document.line(said.spans[0].line).text)
            entries.append(Entry(one.document.source, said.code, fingerprint(said, one.document), text))
    return tuple(sorted(entries, key=lambda entry: (entry.source, entry.code, entry.text, entry.fingerprint)))


def write_baseline(path: Path, entries: Sequence[Entry]) -> None:
    """Write a baseline: one entry a line, so that a change reads well in a comparison."""
    lines = ",\n    ".join(
        json.dumps(
            {"source": one.source, "code": one.code, "fingerprint": one.fingerprint, "text": one.text},
            ensure_ascii=False,
        )
        for one in entries
    )
    path.write_text(f'{{\n  "format": {FORMAT},\n  "known": [\n    {lines}\n  ]\n}}\n', encoding="utf-8")


def read_baseline(path: Path) -> tuple[Entry, ...]:
    """The entries of a baseline; raises `NotABaseline`."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        if held["format"] != FORMAT:
            raise ValueError(f"format {held['format']}")
        return tuple(
            Entry(str(one["source"]), str(one["code"]), str(one["fingerprint"]), str(one.get("text", "")))
            for one in held["known"]
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        why = str(error) or type(error).__name__
        raise NotABaseline(found(NOT_A_BASELINE, Place(path.name), source=path.name, why=why)) from error


def less_known(outcome: Outcome, known: Iterable[Entry]) -> tuple[Outcome, list[Finding]]:
    """The outcome without what the baseline knows, and a finding for what it knows that is gone.

    An entry covers one remark: when the same fault stands in two places and one is known, one is shown.
    """
    source = outcome.document.source
    left = Counter(entry.fingerprint for entry in known if entry.source == source)
    kept: list[Remark] = []
    silenced = list(outcome.silenced)
    for said in outcome.remarks:
        mark = fingerprint(said, outcome.document)
        if left[mark] > 0:
            left[mark] -= 1
            silenced.append(Silenced(said, SilencedBy.BASELINE))
        else:
            kept.append(said)
    gone = sum(left.values())
    stale = [found(STALE, Place(source), count=gone, source=source)] if gone else []
    return replace(outcome, remarks=tuple(kept), silenced=tuple(silenced)), stale
