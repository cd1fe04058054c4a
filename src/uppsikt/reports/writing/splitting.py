"""A report's files cut into sections and put together again.

A section begins at a heading of level 1 or 2 and ends where the next begins. A heading with nothing but other
headings or the contents before it stands in the same section: nobody is asked to write an empty one. Cutting and
joining are each other's inverse, so that files can be taken in, written on and laid out again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from uppsikt.core.texts import written
from uppsikt.figures.addresses import slug
from uppsikt.reports.directives import CONTAINERS

_HEADING = re.compile(r"(#{1,6})\s+(?P<title>.*?)\s*(\{-\})?\s*#*\s*")
_OPENS = re.compile(rf":::\s*({'|'.join(CONTAINERS)})\b.*")
_LEADING = re.compile(r"\s*|:::\s*contents\s*|#{1,6}\s.*")  # what a section may begin with before its own text
_LEVELS = 2  # headings that begin a section


@dataclass(frozen=True, slots=True)
class Piece:
    """One section's text, and its title: the last of the headings it begins with, "" where it has none."""

    title: str
    text: str


def cleaned(text: str) -> str:
    """A text as it is kept: one kind of line ends, no characters that no format carries, nothing after the last."""
    return written(text).strip("\n").rstrip()


def pieces_of(text: str) -> list[Piece]:
    """The sections of a file's text, in order; one at least."""
    pieces: list[list[str]] = [[]]
    for line, is_inside in _lines(cleaned(text)):
        level = _level(line) if not is_inside else 0
        if 0 < level <= _LEVELS and not all(_LEADING.fullmatch(earlier) for earlier in pieces[-1]):
            pieces.append([])
        pieces[-1].append(line)
    return [Piece(title_of(lines), cleaned("\n".join(lines))) for lines in pieces]


def joined(texts: Iterable[str]) -> str:
    """A file's text from its sections'."""
    return "\n\n".join(text for text in texts if text) + "\n"


def title_of(lines: Iterable[str]) -> str:
    """What a section is called: the last of the headings it begins with."""
    title = ""
    for line in lines:
        if not _LEADING.fullmatch(line) or (title and _level(line) > _LEVELS):
            break
        match = _HEADING.fullmatch(line)
        title = match["title"] if match else title
    return title


def chapter_of(text: str) -> str:
    """The heading of level 1 that the section begins with, "" where it begins with none."""
    for line in text.split("\n"):
        if not _LEADING.fullmatch(line):
            break
        match = _HEADING.fullmatch(line)
        if match and _level(line) == 1:
            return match["title"]
    return ""


def key_for(title: str, taken: Iterable[str]) -> str:
    """A section's name in addresses, made of its title; with a number where the name is taken."""
    held = set(taken)
    key = base = slug(title)[:60].strip("-") or "avsnitt"
    count = 1
    while key in held:
        count += 1
        key = f"{base}-{count}"
    return key


def words_in(text: str) -> int:
    """How many words stand in the text itself: headings, `:::` lines and references' formats are not written."""
    prose = [line for line in text.split("\n") if not line.lstrip().startswith((":::", "#"))]
    return len(re.sub(r"\{\{.*?\}\}", "1", "\n".join(prose), flags=re.DOTALL).split())


def _level(line: str) -> int:
    match = _HEADING.fullmatch(line)
    return len(match[1]) if match else 0


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it stands inside a `:::` block, where headings are the block's own."""
    is_inside = False
    for line in text.split("\n"):
        if is_inside and line.strip() == ":::":
            is_inside = False
        yield line, is_inside
        if not is_inside and _OPENS.fullmatch(line.strip()):
            is_inside = True
