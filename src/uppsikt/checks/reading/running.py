"""Headers and footers: lines that come again on page after page, or that carry a page's number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from uppsikt.checks.document import Line, Running, Span
from uppsikt.checks.reading.lines import Kind, parsed
from uppsikt.checks.seeking import Sought

_OWN_NUMBER = re.compile(r"^\s*\d{1,2}\.\d")
TIMES = 3  # how often a line must come again to be a running line
_DIGITS = re.compile(r"\d+")
_REPORT = Sought(
    *("rapport", "årsredovisning", "bokslut", "verksamhetsberättelse", "verksamhetsplan", "delår"),
    pattern=r"delårsrapport|årsrapport|årsredovisning|delårsbokslut|årsbokslut|tertialrapport|månadsrapport"
    r"|verksamhetsberättelse|verksamhetsplan|uppföljningsrapport|delår\b",
)
_PAGE = re.compile(
    r"^\s*(?:sida\s+)?\d{1,3}\s{2,}\S|\S\s{2,}(?:sida\s+)?\d{1,3}(?:\s*\(\d{1,3}\))?\s*$|\d{1,3}\s?\(\d{1,3}\)\s*$",
    re.I,
)
_PAGE_ALONE = re.compile(r"^\s*(?:sida\s+)?\d{1,3}(?:\s*(?:\(|/|av)\s*\d{1,3}\)?)?\s*$", re.IGNORECASE)
LONGEST = 110


def running_lines(lines: Sequence[Line], edges: frozenset[int] = frozenset()) -> tuple[Running, ...]:
    """The headers and footers. `edges` are the numbers of lines at the top or bottom of a page, if known."""
    candidates = [line for line in lines if line.text.strip() and _candidate(line, edges)]
    shapes = Counter(_shape(line.text) for line in candidates)
    found = []
    for line in candidates:
        again = shapes[_shape(line.text)] >= TIMES and (line.number in edges or _paged(line.text))
        if again or _page_line(line, edges):
            start = len(line.text) - len(line.text.lstrip())
            found.append(Running(line.text.strip(), Span(line.number, start, len(line.text.rstrip())), line.page))
    return tuple(found)


def _candidate(line: Line, edges: frozenset[int]) -> bool:
    if edges:
        return line.number in edges and not _OWN_NUMBER.match(line.text) and not _heads_columns(line)
    return bool(_REPORT.search(line.text)) and len(" ".join(line.text.split())) <= LONGEST


def _heads_columns(line: Line) -> bool:
    """A table's header that comes again on the next page is the table's, not the page's."""
    one = parsed(line)
    return one.kind is Kind.HEADER and sum(word.wide for word in one.label[1:] + one.figures) >= 2


def _shape(text: str) -> str:
    return _DIGITS.sub("#", re.sub(r"\s+", " ", text.strip())).lower()


def _paged(text: str) -> bool:
    """Whether a line carries a page's number."""
    return bool(_PAGE.search(text))


def _page_line(line: Line, edges: frozenset[int]) -> bool:
    """A single line that is a running line by itself: "13  DELÅRSRAPPORT MED PROGNOS 2 2021 – NÄMND"."""
    text = line.text.strip()
    if line.number in edges and _PAGE_ALONE.match(text):
        return True
    return bool(_REPORT.search(text) and _paged(line.text) and not text.endswith((".", ",")) and _no_sentence(text))


def _no_sentence(text: str) -> bool:
    return "..." not in text and (text.upper() == text or len(text.split()) <= 10)
