"""Headers and footers: lines that come again on page after page, or that carry a page's number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from uppsikt.checks.document import Line, Running, Span

TIMES = 3  # how often a line must come again to be a running line
_DIGITS = re.compile(r"\d+")
_REPORT = re.compile(
    r"delårsrapport|årsrapport|årsredovisning|delårsbokslut|årsbokslut|tertialrapport|månadsrapport"
    r"|verksamhetsberättelse|verksamhetsplan|uppföljningsrapport|delår\b",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"^\s*(?:sida\s+)?\d{1,3}\s{2,}\S|\S\s{2,}(?:sida\s+)?\d{1,3}(?:\s*\(\d{1,3}\))?\s*$|\d{1,3}\s?\(\d{1,3}\)\s*$",
    re.I,
)
_PAGE_ALONE = re.compile(r"^\s*(?:sida\s+)?\d{1,3}(?:\s*(?:\(|/|av)\s*\d{1,3}\)?)?\s*$", re.IGNORECASE)
LONGEST = 110


def running_lines(lines: Sequence[Line], edges: frozenset[int] = frozenset()) -> tuple[Running, ...]:
    """The headers and footers. `edges` are the numbers of lines at the top or bottom of a page, if known."""
    shapes = Counter(_shape(line.text) for line in lines if _candidate(line, edges))
    found = []
    for line in lines:
        if not _candidate(line, edges) or not line.text.strip():
            continue
        again = shapes[_shape(line.text)] >= TIMES and (line.number in edges or _varies(line, lines))
        if again or _page_line(line, edges):
            start = len(line.text) - len(line.text.lstrip())
            found.append(Running(line.text.strip(), Span(line.number, start, len(line.text.rstrip())), line.page))
    return tuple(found)


def _candidate(line: Line, edges: frozenset[int]) -> bool:
    return line.number in edges if edges else 3 <= len(re.sub(r"\s+", " ", line.text.strip())) <= LONGEST


def _shape(text: str) -> str:
    return _DIGITS.sub("#", re.sub(r"\s+", " ", text.strip())).lower()


def _varies(line: Line, lines: Sequence[Line]) -> bool:
    """Without known edges: a line with a report's name and a page number that differs from page to page."""
    return bool(_REPORT.search(line.text) and _DIGITS.search(line.text) and _PAGE.search(line.text))


def _page_line(line: Line, edges: frozenset[int]) -> bool:
    """A single line that is a running line by itself: "13  DELÅRSRAPPORT MED PROGNOS 2 2021 – NÄMND"."""
    text = line.text.strip()
    if line.number in edges and _PAGE_ALONE.match(text):
        return True
    return bool(
        _REPORT.search(text) and _PAGE.search(line.text) and not text.endswith((".", ",")) and _no_sentence(text)
    )


def _no_sentence(text: str) -> bool:
    return "..." not in text and (text.upper() == text or len(text.split()) <= 10)
