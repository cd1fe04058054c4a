"""A part's text cut into prose and `:::` blocks, each with the line it begins on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from uppsikt.core.findings import Finding, Place, found
from uppsikt.reports.findings import BLOCK_NOT_CLOSED

CONTAINERS = ("decision", "callout")
ONE_LINERS = ("contents", "statement", "chart", "facts", "table")
_DIRECTIVE = re.compile(r":::\s*(?P<kind>[\w-]*)\s*(?P<rest>.*)")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a part. `kind` is "" for prose; `argument` is a key or a title; `text` is what's inside."""

    kind: str
    argument: str
    text: str
    line: int


def segments_of(text: str, name: str, findings: list[Finding]) -> Iterator[Segment]:
    """The segments of a part, in order; a block that is never closed is a finding and ends with the file."""
    lines = text.splitlines()
    prose: list[str] = []
    position = 0
    while position < len(lines):
        match = _DIRECTIVE.fullmatch(lines[position].strip())
        if match is None:
            prose.append(lines[position])
            position += 1
            continue
        yield from _prose(prose, position)
        prose = []
        inside: list[str] = []
        line = position + 1
        position += 1
        if match["kind"] in CONTAINERS:
            while position < len(lines) and lines[position].strip() != ":::":
                inside.append(lines[position])
                position += 1
            if position == len(lines):
                findings.append(found(BLOCK_NOT_CLOSED, Place(name, line), kind=match["kind"]))
            position += 1
        yield Segment(match["kind"], match["rest"].strip(), "\n".join(inside), line)
    yield from _prose(prose, len(lines))


def _prose(lines: list[str], end: int) -> Iterator[Segment]:
    if any(line.strip() for line in lines):
        yield Segment("", "", "\n".join(lines), end - len(lines) + 1)
