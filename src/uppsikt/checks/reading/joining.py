"""Lines joined to running text: divided words become whole, and every character keeps its place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from uppsikt.checks.document import Line, Passage, Piece
from uppsikt.checks.numbers import DASHES

_DIVIDED = re.compile(r"[a-zåäöé]-$")
_NOT_A_REST = re.compile(r"(och|eller|samt|men|respektive|resp)\b")


def joined(lines: Sequence[Line], *, bullet: str = "", skip: int = 0) -> Passage:
    """The passage that the lines make; `skip` characters of the first line (a list mark) are left out."""
    parts: list[str] = []
    length = 0
    pieces: list[Piece] = []
    for index, line in enumerate(lines):
        begin = skip if index == 0 else 0
        stretch = line.text[begin:].rstrip()
        start = begin + len(stretch) - len(stretch.lstrip())
        stretch = stretch.strip()
        if not stretch:
            continue
        if parts:
            glued = _glued(parts[-1], stretch)
            length += len(glued) - len(parts[-1])
            parts[-1] = glued
        pieces.append(Piece(length, line.number, start))
        parts.append(stretch)
        length += len(stretch)
    return Passage("".join(parts), tuple(pieces) or _nowhere(lines), bullet)


def _nowhere(lines: Sequence[Line]) -> tuple[Piece, ...]:
    return (Piece(0, lines[0].number, 0),) if lines else ()


def _glued(text: str, following: str) -> str:
    """A line's text, ready for the next stretch: without the hyphen of a divided word, or with a space."""
    if _DIVIDED.search(text[-2:]) and following[0].islower() and not _NOT_A_REST.match(following):
        return text[:-1]
    if text[-1] in DASHES and (len(text) == 1 or text[-2] == " ") and following[0].isdigit():
        return text  # "-⏎10,5" is one number
    if text.endswith("/") or following.startswith("/"):
        return text
    return text + " "
