"""Marks in the source that silence a rule where it is known to be wrong, with the reason beside them.

    Summa  12 000  13 000  # noqa: K001 avrundat i underlaget
    <!-- noqa: K044, unit-slip-in-text -->
    <!-- noqa-file: K066 -->

A mark holds for its own line; alone on a line it holds for the next line with text; `noqa-file` holds for
the whole document. Without codes it holds for every rule. In Word the mark is a comment at the place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from uppsikt.checks.document import Mark

_CODE = r"[A-Z]\d{1,3}\b|[a-z]+(?:-[a-z]+)+"
_SAID = re.compile(
    rf"\bnoqa(?P<file>-file)?\b(?:\s*:\s*(?P<codes>(?:{_CODE})(?:\s*,?\s+(?:[A-Z]\d{{1,3}}\b)|\s*,\s*(?:{_CODE}))*))?"
)
_IN_TEXT = re.compile(r"<!--\s*(?P<comment>noqa\b.*?)-->|#\s*(?P<hash>noqa\b.*)$")


def mark_in(comment: str, *, line: int, at: int) -> Mark | None:
    """The mark that a comment's text is; none where it is no mark. `line` is the line it would hold for."""
    said = _SAID.match(comment.strip())
    if said is None:
        return None
    codes = tuple(re.findall(_CODE, said["codes"] or ""))
    return Mark(0 if said["file"] else line, codes, at)


def taken_out(lines: Sequence[str]) -> tuple[list[str], tuple[Mark, ...]]:
    """The lines of a text without their marks (as long as before), and the marks."""
    kept: list[str] = []
    marks: list[Mark] = []
    for number, text in enumerate(lines, start=1):
        for comment in _IN_TEXT.finditer(text) if "noqa" in text else ():
            text = text[: comment.start()] + " " * len(comment[0]) + text[comment.end() :]
            found = mark_in(comment["comment"] or comment["hash"], line=number, at=number)
            if found:
                marks.append(found)
        kept.append(text.rstrip() if text != lines[number - 1] else text)
    return kept, tuple(_moved(mark, kept) for mark in marks)


def _moved(mark: Mark, lines: Sequence[str]) -> Mark:
    # a mark alone on its line speaks of the line that follows
    if not mark.line or lines[mark.line - 1].strip():
        return mark
    following = (number for number in range(mark.line + 1, len(lines) + 1) if lines[number - 1].strip())
    return replace(mark, line=next(following, mark.line))
