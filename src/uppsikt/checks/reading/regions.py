"""Which lines belong to one table: rows of figures, the labels between them, the header above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from uppsikt.checks.reading.lines import HEADER_WORDS, LONGEST_LABEL, Kind, Parsed, is_time

MOST_BLANK = 4  # empty lines inside a table (rows that a picture, a rule or a page end parts)
SPARSE = 3  # times as many where every other line is empty: cells under each other, empty ones too
DEEPEST = 40  # lines of a row of cells under each other
MOST_LABELS = 5  # lines of words alone between two rows of figures
LONGEST_WORDS = 60  # characters of such a line where nothing says which columns there are
ODD_OF = 10  # one line in so many may look like two cells where the others hold one
MOST_HEADER = 30  # lines that a broken header may take
_ANYWHERE = float("inf")
_TITLE = re.compile(r"^\s*(?:tabell|diagram|figur)\b", re.IGNORECASE)
_AMOUNTS_IN = re.compile(r"^\s*\(?(?:belopp\b|tkr\b|mnkr\b|mkr\b)", re.IGNORECASE)
_CHART = re.compile(r"^\s*(?:diagram|figur)\s*\d", re.IGNORECASE)
_OWN_HEADING = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})+\.?\s+[A-ZÅÄÖ]|^\s*\d{1,2}\s+[A-ZÅÄÖ][a-zåäö]+(?:\s|$)")


@dataclass(slots=True)
class Region:
    """The lines of one table: header lines, then rows and labels in order. Built up while reading."""

    header: list[Parsed] = field(default_factory=list)
    body: list[Parsed] = field(default_factory=list)

    @property
    def figure_lines(self) -> list[Parsed]:
        """The lines that hold figures."""
        return [one for one in self.body if one.kind is Kind.FIGURES]

    @property
    def is_vertical(self) -> bool:
        """Whether cells stand under each other: most lines hold one figure, or a few, and no label."""
        lines = self.figure_lines
        labels = len(self.body) - len(lines)
        bare = [one for one in lines if not one.label]
        return len(bare) * 2 > len(lines) and len(bare) >= 1.5 * max(labels, 1)

    @property
    def first_line(self) -> int:
        """The number of its first line."""
        return (self.header or self.body)[0].line.number

    @property
    def last_line(self) -> int:
        """The number of its last line."""
        return self.body[-1].line.number


def regions_of(lines: Sequence[Parsed]) -> list[Region]:
    """The tables of a document as runs of lines, in order."""
    regions: list[Region] = []
    at = 0
    taken = 0
    while at < len(lines):
        if lines[at].kind is not Kind.FIGURES:
            at += 1
            continue
        end = _end(lines, at)
        region = Region(body=_trimmed(lines[at:end]))
        is_table = _is_table(region)
        region.header = _header(lines, at, taken, region.is_vertical) if is_table else []
        if is_table and not any(_CHART.match(one.line.text) for one in region.header):
            _take_labels_above(region, lines, at)
            regions.append(region)
            taken = end
            at = max(end, at + 1)
        else:
            at += 1
    return regions


def _end(lines: Sequence[Parsed], at: int) -> int:
    """Where the run of rows that begins at `at` ends (half-open)."""
    left_edge = _left_edge(lines[at])
    laid_out = 1 if lines[at].wide else -1  # rows that stand in columns, less those that run together
    end = index = at + 1
    blank = labels = blanks = deep = 0  # `deep` is how many lines the deepest row takes
    labelled = at
    parted = False  # an empty line stood since the last figures
    while index < len(lines):
        one = lines[index]
        if one.kind is Kind.EMPTY:
            blank += 1
            parted = True
        elif one.kind is Kind.FIGURES and _goes_on(lines[at], one):
            blank = labels = 0
            parted = False
            end = index + 1
            laid_out += 1 if one.wide else -1
            left_edge = min(left_edge, _left_edge(one))
        elif parted and _heads_columns(one):
            break  # the header of the next table
        elif labels < MOST_LABELS and _may_stand_between(
            one, left_edge if laid_out > 0 else _ANYWHERE, sparse=2 * blanks >= index - at
        ):
            deep = max(deep, index - labelled)
            labelled = index
            blank = 0
            labels += 1
        else:
            break
        blanks += one.kind is Kind.EMPTY
        if blank > (MOST_BLANK if 2 * blanks < index - at else max(SPARSE * MOST_BLANK, min(deep, DEEPEST) + 4)):
            break
        index += 1
    return end + _rest_of_label(lines, end, left_edge if laid_out > 0 else _ANYWHERE)


def _heads_columns(one: Parsed) -> bool:
    words = one.label + one.figures + one.after
    spread = any(word.wide for word in words[1:]) or _AMOUNTS_IN.match(one.line.text) is not None
    return one.kind is Kind.HEADER and len(words) >= 3 and (spread or any(is_time(word.text) for word in words))


def _goes_on(first: Parsed, one: Parsed) -> bool:
    # a list with one figure a row and a table with many are not one table, unless laid out in columns
    return first.wide or one.wide or (first.most == 1) == (one.most == 1) or not one.label


def _left_edge(one: Parsed) -> float:
    return one.figures[0].left if one.wide and one.figures else _ANYWHERE


def _may_stand_between(one: Parsed, left_edge: float, *, sparse: bool = False) -> bool:
    """Whether a line of words can be a label among rows; `sparse` rows have their cells under each other."""
    if one.kind is Kind.PROSE or _OWN_HEADING.match(one.line.text):
        return False
    words = one.label + one.figures + one.after
    if left_edge != _ANYWHERE:
        gap = max(4.0, (left_edge - words[0].left) * 0.15)
        return one.kind is Kind.HEADER or words[-1].right <= left_edge + gap
    text = one.line.text.strip()
    longest = LONGEST_LABEL if sparse or text.endswith(":") else LONGEST_WORDS
    return len(text) <= longest and not (text.endswith(".") and len(words) > 6)


def _rest_of_label(lines: Sequence[Parsed], end: int, left_edge: float) -> int:
    """Lines just below that go on with the last row's label ("och⏎förändringsinitiativ")."""
    more = 0
    while end + more < len(lines) and more < MOST_LABELS:
        one = lines[end + more]
        text = one.line.text.strip()
        if one.kind not in (Kind.LABEL, Kind.HEADER) or not text or not text[0].islower():
            break
        if left_edge == _ANYWHERE or not _may_stand_between(one, left_edge):
            break
        more += 1
    return more


def _trimmed(lines: Sequence[Parsed]) -> list[Parsed]:
    return [one for one in lines if one.kind is not Kind.EMPTY]


def _is_table(region: Region) -> bool:
    rows = [row for row in region.figure_lines if _has_amount(row)]
    if any(_CHART.match(one.line.text) for one in region.body):
        return False
    several = [row for row in rows if row.most >= 2 or (row.wide and row.label)]
    if len(several) >= 2:
        return True
    odd = sum(1 for row in rows if row.most > 1)  # one figure a line, but for those that might be two
    if len(rows) >= 3 and odd <= len(rows) // ODD_OF:
        labelled = [row for row in rows if row.label]
        return len(labelled) >= 3 or len(rows) >= 6
    return len(several) == 1 and several[0].most >= 4 and len(rows) >= 1 and bool(several[0].label)


def _has_amount(row: Parsed) -> bool:
    """Whether any of its figures is something else than a year, a date or a number of one digit."""
    return any(
        word.is_part and not is_time(word.text) and (len(word.text) > 1 or row.wide) for word in row.figures
    ) or (len(row.figures) == 1 and bool(row.label) and row.figures[0].is_part and not is_time(row.figures[0].text))


def _header(lines: Sequence[Parsed], at: int, taken: int, vertical: bool) -> list[Parsed]:
    """The lines above that head the columns, going up until something else begins.

    Where cells stand under each other, there are empty ones between as well.
    """
    found: list[Parsed] = []
    blank = 0
    last = 0
    for index in range(at - 1, max(taken - 1, at - 1 - MOST_HEADER, -1), -1):
        one = lines[index]
        if one.kind is Kind.EMPTY:
            blank += 1
            if blank > (SPARSE * MOST_BLANK if vertical else 1):
                break
            continue
        if (
            one.kind in (Kind.PROSE, Kind.FIGURES)
            or one.line.text.rstrip().endswith(".")
            or _OWN_HEADING.match(one.line.text)
        ):
            break
        if len(one.line.text.strip()) > LONGEST_WORDS and one.kind is not Kind.HEADER and not _spread(one):
            break
        blank = 0
        found.append(one)
        if one.kind is Kind.HEADER or _spread(one) or _one_word(one):
            last = len(found)
        elif _TITLE.match(one.line.text):
            last = len(found)
            break
        if len(found) - last >= 3:
            break
    return list(reversed(found[: last + 1] if len(found) > last else found[:last]))


def _spread(one: Parsed) -> bool:
    return any(word.wide for word in one.label[1:])


def _one_word(one: Parsed) -> bool:
    return one.kind is Kind.HEADER or len(one.label) == 1


def _take_labels_above(region: Region, lines: Sequence[Parsed], at: int) -> None:
    """A last header line that is the first row's own label or a heading of rows goes to the body."""
    first = region.body[0]
    while region.header:
        last = region.header[-1]
        if (
            not first.label
            and first is region.body[0]
            and not _spread(last)
            and last.kind is Kind.LABEL
            and last.label
        ):
            region.header.pop()
            region.body.insert(0, last)
            return
        if last.kind is not Kind.LABEL or _spread(last) or _one_word_head(last, first):
            return
        if first.figures and last.label[-1].right > first.figures[0].left and first.wide:
            return
        region.header.pop()
        region.body.insert(0, last)
        first = last if not first.figures else first


def _one_word_head(last: Parsed, first: Parsed) -> bool:
    return len(last.label) <= 2 and all(HEADER_WORDS.match(word.text.strip("():.,")) for word in last.label)
