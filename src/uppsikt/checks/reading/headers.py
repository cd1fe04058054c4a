"""Column headings from the lines above a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from uppsikt.checks.document import Column, Span
from uppsikt.checks.reading.lines import Parsed, is_time
from uppsikt.checks.reading.positions import Lane
from uppsikt.checks.reading.words import Word

_STARTS = re.compile(
    r"^(?:utfall|bokslut|delårsrapp\w*|budget|prognos|avvikelse|differens|diff|förändring|intäkter|kostnader|nettokostnad(?:er)?"
    r"|kommunbidrag|nämndbidrag|resultat|målvärde|andel|antal|föregående|ack\w*|kvinnor|män"
    r"|ingående|utgående|årets)(?![a-zåäö])",
    re.IGNORECASE,
)
_WHOSE = re.compile(r"^(?:koncern(?:en)?|kommun(?:en)?)$", re.IGNORECASE)
_BEGUN = re.compile(r"^(?:årets|budgeterat|ingående|utgående|verksamhetens|totala?)$", re.IGNORECASE)
_STUCK = re.compile(r"(?<=[\da-zåäö])(?=[A-ZÅÄÖ])")
_STUB = re.compile(
    r"^(?:belopp|i|tkr|mnkr|mkr|kr|\(?(?:tkr|mnkr|mkr)\)?|indikatorer|nämnd|avdelning|verksamhet|enhet)$", re.I
)


def words_in(header: Sequence[Parsed]) -> list[list[Word]]:
    """The header's words, line by line."""
    return [[*one.label, *one.figures, *one.after] for one in header]


def by_lanes(header: Sequence[Parsed], lanes: list[Lane], margin: float) -> tuple[list[Column], list[list[Word]]]:
    """Headings over lanes; what begins at the labels' left `margin` is returned line by line (title, unit)."""
    texts: list[list[str]] = [[] for _ in lanes]
    spans: list[list[Span]] = [[] for _ in lanes]
    stubs: list[list[Word]] = []
    for words in words_in(header):
        over = [chunk for chunk in _chunks(words) if chunk[0].left >= margin + 0.4 * (lanes[0].left - margin)]
        stub = [word for chunk in _chunks(words) if chunk not in over for word in chunk]
        for place, chunk in enumerate(over):
            # as many headings as columns stand in the columns' order, however they lean
            homes = [place] if len(over) == len(lanes) else _homes(chunk, lanes)
            stub += chunk if not homes else []
            for home in homes:
                texts[home].append(" ".join(word.text for word in chunk))
                spans[home].append(Span(chunk[0].line, chunk[0].start, chunk[-1].end))
        stubs.append(stub)
    if not any(texts):
        return by_order(header, len(lanes))
    return [Column(_joined(text), tuple(span)) for text, span in zip(texts, spans, strict=True)], stubs


def _chunks(words: list[Word]) -> list[list[Word]]:
    chunks: list[list[Word]] = []
    for word in words:
        if word.wide or not chunks:
            chunks.append([])
        chunks[-1].append(word)
    return chunks


def _homes(chunk: list[Word], lanes: list[Lane]) -> list[int]:
    left, right = chunk[0].left, chunk[-1].right
    inside = [index for index, lane in enumerate(lanes) if lane.overlap(left, right) > 0]
    if inside:
        return inside
    gap = min((after.left - lane.right for lane, after in pairwise(lanes)), default=6.0)
    nearest = max(range(len(lanes)), key=lambda index: lanes[index].overlap(left, right))
    return [nearest] if lanes[nearest].overlap(left, right) > -max(gap, 4.0) * 0.75 else []


def _joined(texts: list[str]) -> str:
    joined = ""
    for text in texts:
        if joined.endswith("-") and text[:1].islower():
            joined = joined[:-1] + text
        elif len(text) <= 2 and text.isalpha() and text.islower() and text != "i" and joined[-1:].islower():
            joined += text  # a narrow column broke the word: "Avvikels⏎e"
        else:
            joined = f"{joined} {text}"
    return joined.strip()


def by_order(header: Sequence[Parsed], count: int) -> tuple[list[Column], list[list[Word]]]:
    """Headings told by their words alone, where exactly as many begin as there are columns."""
    lines = words_in(header)
    words = _unstuck(lines)
    barred = _barred(header, count)
    if barred:
        return barred, lines
    for groups in (_zipped(lines, count), _by_starts(words), _by_starts(words, whose=True), _by_times(words)):
        if len(groups) == count:
            stub = [word for word in words if not any(word in group for group in groups)]
            return [_column(group) for group in groups], [stub]
    return [Column("") for _ in range(count)], lines


def headed(header: Sequence[Parsed]) -> int:
    """How many columns the header's words speak of; 0 where they don't say."""
    words = _unstuck(words_in(header))
    for one in header:
        if one.line.text.count("|") >= 2:
            return one.line.text.count("|")
    starts, whose, times = len(_by_starts(words)), len(_by_starts(words, whose=True)), len(_by_times(words))
    if times in (starts, whose):
        return times
    return max(starts, whose) if max(starts, whose) >= 2 else times


def _barred(header: Sequence[Parsed], count: int) -> list[Column]:
    for one in header:
        parts = one.line.text.split("|")
        if len(parts) - 1 == count:
            return [
                Column(part.strip(), (Span(one.line.number, *_place(one.line.text, index)),))
                for index, part in enumerate(parts)
                if index
            ]
    return []


def _place(text: str, index: int) -> tuple[int, int]:
    parts = text.split("|")
    start = sum(len(part) + 1 for part in parts[:index])
    return start, start + len(parts[index])


def _by_starts(words: list[Word], *, whose: bool = False) -> list[list[Word]]:
    """The words that begin a heading, each with those after; with `whose`, "Koncernen" begins one too."""
    groups: list[list[Word]] = []
    capital = any(_STARTS.match(word.text) and word.text[0].isupper() for word in words)
    for word in words:
        if _STUB.match(word.text.strip("():")):
            continue
        begun = groups and len(groups[-1]) == 1 and _BEGUN.match(groups[-1][0].text)
        starts = _STARTS.match(word.text) or (whose and _WHOSE.match(word.text))
        if starts and not begun and (word.text[0].isupper() or not capital):  # not the "budget" of "mot budget"
            groups.append([word])
        elif groups:
            groups[-1].append(word)
    return groups


def _zipped(lines: list[list[Word]], count: int) -> list[list[Word]]:
    """Words on one line and their years on the next: "Utfall Utfall Prognos", "2020 2021 2022".

    Where the last of them head words and not figures ("Målvärde"), the first ones are the figures' columns.
    """
    for above, below in pairwise(lines):
        starts, times = _by_starts(above), _by_times(below)
        if len(starts) == len(times) >= count and all(len(group) == 1 for group in starts[:count]):
            return [[*start, *time] for start, time in zip(starts[:count], times[:count], strict=True)]
    return []


def _unstuck(lines: list[list[Word]]) -> list[Word]:
    """The words, those that were run together ("2020Intäkter") taken apart."""
    words: list[Word] = []
    for word in (word for line in lines for word in line):
        cuts = [0, *(found.start() for found in _STUCK.finditer(word.text)), len(word.text)]
        for start, end in pairwise(cuts):
            part = word._replace(text=word.text[start:end], start=word.start + start, end=word.start + end)
            words.append(part if end - start < len(word.text) else word)
    return words


def _by_times(words: list[Word]) -> list[list[Word]]:
    return [[word] for word in words if is_time(word.text)]


def _column(group: list[Word]) -> Column:
    lines = dict.fromkeys(word.line for word in group)
    parts = [[word for word in group if word.line == line] for line in lines]
    spans = tuple(Span(words[0].line, words[0].start, words[-1].end) for words in parts)
    return Column(" ".join(word.text for word in group), spans)
