"""Two people's changes of one text put together: what only one of them touched is theirs, the rest is a clash."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Agreed:
    """Lines that nobody, or one of the two, has changed."""

    text: str
    is_clash: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Clash:
    """Lines that both have changed, each in their own way."""

    mine: str
    theirs: str
    is_clash: ClassVar[bool] = True


Merged = tuple[Agreed | Clash, ...]


def merge(base: str, mine: str, theirs: str) -> Merged:
    """The two texts as one, line by line; without a clash where they changed different lines."""
    lines = base.split("\n"), mine.split("\n"), theirs.split("\n")
    pieces: list[Agreed | Clash] = []
    for piece in _pieces(*lines):
        if isinstance(piece, Agreed) and pieces and isinstance(pieces[-1], Agreed):
            pieces[-1] = Agreed(f"{pieces[-1].text}\n{piece.text}")
        else:
            pieces.append(piece)
    return tuple(pieces)


def has_clashes(merged: Merged) -> bool:
    """Whether somebody must choose."""
    return any(piece.is_clash for piece in merged)


def settled(merged: Merged, choices: Sequence[str]) -> str:
    """The text once each clash is chosen in order: "mine", "theirs", or anything else for both (theirs first)."""
    wanted = iter(choices)
    texts: list[str] = []
    for piece in merged:
        if isinstance(piece, Agreed):
            texts.append(piece.text)
            continue
        choice = next(wanted, "both")
        chosen = [piece.theirs] * (choice != "mine") + [piece.mine] * (choice != "theirs")
        texts += [text for text in chosen if text]
    return "\n".join(texts)


def _pieces(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[Agreed | Clash]:
    """Between lines that all three share stands what one or both have changed."""
    at, at_mine, at_theirs = 0, 0, 0
    for same, same_mine, same_theirs in [*_shared(base, mine, theirs), (len(base), len(mine), len(theirs))]:
        yield from _between(base[at:same], mine[at_mine:same_mine], theirs[at_theirs:same_theirs])
        if same < len(base):
            yield Agreed(base[same])
        at, at_mine, at_theirs = same + 1, same_mine + 1, same_theirs + 1


def _shared(base: list[str], mine: list[str], theirs: list[str]) -> list[tuple[int, int, int]]:
    in_mine, in_theirs = _matches(base, mine), _matches(base, theirs)
    return [
        (line, in_mine[line], in_theirs[line]) for line in range(len(base)) if line in in_mine and line in in_theirs
    ]


def _matches(base: list[str], other: list[str]) -> dict[int, int]:
    matcher = difflib.SequenceMatcher(None, base, other, autojunk=False)
    return {block.a + step: block.b + step for block in matcher.get_matching_blocks() for step in range(block.size)}


def _between(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[Agreed | Clash]:
    if mine == theirs or theirs == base:
        chosen = mine
    elif mine == base:
        chosen = theirs
    else:
        yield Clash("\n".join(mine), "\n".join(theirs))
        return
    if chosen:
        yield Agreed("\n".join(chosen))


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of a comparison: kept (" "), taken away ("-") or put in ("+"); `words` are its stretches by mark."""

    mark: str
    words: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The line as it stands."""
        return "".join(text for _, text in self.words)


def compare(before: str, after: str) -> list[DiffLine]:
    """What differs between two versions, line by line and within changed lines word by word."""
    old, new = before.split("\n"), after.split("\n")
    lines: list[DiffLine] = []
    for kind, old_from, old_to, new_from, new_to in difflib.SequenceMatcher(None, old, new, False).get_opcodes():
        if kind == "equal":
            lines += [DiffLine(" ", ((" ", line),)) for line in old[old_from:old_to]]
            continue
        lines += _changed("\n".join(old[old_from:old_to]), "\n".join(new[new_from:new_to]), kind)
    return lines


def _changed(before: str, after: str, kind: str) -> Iterator[DiffLine]:
    if kind == "delete":
        yield from (DiffLine("-", (("-", line),)) for line in before.split("\n"))
    elif kind == "insert":
        yield from (DiffLine("+", (("+", line),)) for line in after.split("\n"))
    else:
        old, new = _words(before), _words(after)
        steps = difflib.SequenceMatcher(None, old, new, False).get_opcodes()
        yield from _side("-", [("".join(old[a:b]), step) for step, a, b, _, _ in steps])
        yield from _side("+", [("".join(new[a:b]), step) for step, _, _, a, b in steps])


def _words(text: str) -> list[str]:
    words: list[str] = []
    for character in text:
        if words and character.isalnum() and words[-1].isalnum():
            words[-1] += character
        else:
            words.append(character)
    return words


def _side(mark: str, stretches: Sequence[tuple[str, str]]) -> Iterator[DiffLine]:
    line: list[tuple[str, str]] = []
    for text, step in stretches:
        for number, part in enumerate(text.split("\n")):
            if number:
                yield DiffLine(mark, tuple(line))
                line = []
            if part:
                line.append((" " if step == "equal" else mark, part))
    yield DiffLine(mark, tuple(line))
