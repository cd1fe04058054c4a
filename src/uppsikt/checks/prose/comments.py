"""Which rows of a table the running text comments on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.checks.document import Cell, Row, Span, Table
from uppsikt.checks.numbers import DASHES
from uppsikt.checks.prose.matching import Matcher
from uppsikt.checks.prose.naming import Name
from uppsikt.checks.prose.reading import Prose
from uppsikt.checks.prose.words import Tag, Token, tags_in, tokens_in
from uppsikt.checks.tables.roles import Role

_EXPLAINS = re.compile(
    r"beror|bero\s+på|förklar|orsak|till\s+följd|på\s+grund|p\s?g\s?a|utifrån|tack\s+vare", re.IGNORECASE
)
_GOAL = re.compile(r"\bmål|uppfyll|uppnå|\bnås?\b|indikator", re.IGNORECASE)
_SPOKEN = re.compile(r"bedöm|utveckling|trend|öka|minska|förbättr|sjunk|stig|hög|låg", re.IGNORECASE)
_ASSESSED = re.compile(r"bedöm|uppfyll|status|måluppfyll|\bnås\b|prognos\s+mål", re.IGNORECASE)
_KINDS = frozenset((Tag.DEVIATION, Tag.RESULT, Tag.COST, Tag.INCOME, Tag.CHANGE))
_FIGURES = frozenset((Tag.ACTUAL, Tag.FORECAST))
_MOST = 200  # large deviations of one table that are looked for in the text
_PREFIX = 5  # letters of a name's first word that must stand in a sentence before it is read closely
_PLACED = 0.5  # sureness from which a row's figures are taken to stand in the right columns
_FULL = 0.8
_COMMENTED = 2  # rows of a table that the text must speak of before it is asked about the others
_WAYS = ("öka", "minska")
_SHARE_OF_BUDGET = Decimal("0.10")
_SHARE_OF_LARGEST = Decimal("0.30")


@dataclass(frozen=True, eq=False)
class Unexplained:
    """A deviation that no sentence speaks of: its row, cell and share of the budget."""

    row: Row
    cell: Cell
    budget: Cell
    share: Decimal


@dataclass(frozen=True, eq=False)
class Goal:
    """A row with a target: the cells, whether the text speaks of it, and whether figures go the wrong way."""

    row: Row
    target: Cell
    before: Cell | None
    now: Cell | None
    is_commented: bool
    goes_wrong: bool


def unexplained_in(prose: Prose) -> Iterator[Unexplained]:
    """Deviations of a tenth of the budget or more, large among their table's, of rows the text leaves out.

    Tables that the text hardly comments on are left alone: their comments stand elsewhere.
    """
    matcher = prose.matcher
    by_table: dict[int, list[Name]] = defaultdict(list)
    for name in matcher.names.all:
        by_table[id(name.table)].append(name)
    for table in matcher.tables:
        columns = _columns(matcher, table)
        if columns is None:
            continue
        names = [name for name in by_table[id(table)] if _is_item(name)]
        largest = max((abs(_value(name.row.cells[columns[0]])) for name in names), default=Decimal(0))
        large = [name for name in names if _is_large(name, columns, largest)][:_MOST]
        silent = [name for name in large if not _is_spoken_of(prose, name)]
        spoken = sum(1 for name in names if _is_spoken_of(prose, name)) if silent else 0
        if spoken >= _COMMENTED:
            for name in silent:
                deviation, budget = name.row.cells[columns[0]], name.row.cells[columns[1]]
                if deviation is not None and budget is not None:
                    yield Unexplained(name.row, deviation, budget, abs(_value(deviation)) / abs(_value(budget)))


def _is_item(name: Name) -> bool:
    """A row of its own whose figures surely stand in their columns: nearly all of them are there."""
    cells = name.row.cells
    full = sum(1 for cell in cells if cell is not None) >= _FULL * len(cells)
    return name.role is Role.ITEM and bool(name.stems) and name.row.sureness >= _PLACED and full


def _is_large(name: Name, columns: tuple[int, int], largest: Decimal) -> bool:
    """A deviation of a tenth of its budget that is not small beside the table's largest."""
    deviation, budget = (abs(_value(name.row.cells[column])) for column in columns)
    return bool(budget) and deviation >= _SHARE_OF_BUDGET * budget and deviation >= _SHARE_OF_LARGEST * largest


def _columns(matcher: Matcher, table: Table) -> tuple[int, int] | None:
    headings = matcher.headings(table)
    deviations = [index for index, one in enumerate(headings) if one.head is Tag.DEVIATION]
    budgets = [index for index, one in enumerate(headings) if one.head is Tag.BUDGET]
    return (deviations[-1], budgets[-1]) if deviations and budgets else None


def _value(cell: Cell | None) -> Decimal:
    return cell.number.value if cell is not None and cell.number is not None else Decimal(0)


def _is_spoken_of(prose: Prose, name: Name) -> bool:
    """Whether a sentence of the right kind mentions the name by half, or stands in a section titled so."""
    start = name.stems[0][:_PREFIX]
    for sentence in prose.sentences:
        text = sentence.lower
        beside = start in text and _mentions(prose, name, sentence.tokens)
        topic = sentence.flow.topic
        if not beside and not (start in topic.lower() and _mentions(prose, name, tokens_in(topic))):
            continue
        if _EXPLAINS.search(text) or tags_in(text) & _KINDS:
            return True
    return False


def _mentions(prose: Prose, name: Name, tokens: Sequence[Token]) -> bool:
    found = prose.matcher.names.mentioned(tokens)
    return any(one.coverage >= 0.5 and one.name.stems == name.stems for one in found)


def goals_in(prose: Prose) -> Iterator[Goal]:
    """Rows with a target, in tables that have no column for the assessment."""
    matcher = prose.matcher
    for table in matcher.tables:
        headings = matcher.headings(table)
        # where targets are words the last two headings may have run together over one column of figures
        targets = [index for index, one in enumerate(headings) if one.head is Tag.TARGET and not one.tags & _FIGURES]
        if any(_ASSESSED.search(column.heading) for column in table.columns):
            continue
        figures = [index for index, one in enumerate(headings) if one.tags & _FIGURES or one.head is None]
        for name in (one for one in matcher.names.all if one.table is table and one.stems):
            if targets:
                target, before = name.row.cells[targets[-1]], [index for index in figures if index < targets[-1]]
            else:
                target, before = _target_beside(prose, name), figures
            if target is not None and target.text.strip() not in ("", *DASHES):
                yield _goal(prose, name, target, before)


def _target_beside(prose: Prose, name: Name) -> Cell | None:
    """The word after a row's last figure ("Öka", "Minska"), where the table speaks of targets in its title."""
    table = name.table
    if Tag.TARGET not in tags_in(" ".join([table.title, *(column.heading for column in table.columns)])):
        return None
    last = max((cell.span.end for cell in name.row.cells if cell is not None), default=0)
    text = prose.document.line(name.row.line).text
    word = text[last:].strip()
    if word.lower() not in _WAYS:
        return None
    start = text.index(word, last)
    return Cell(word, Span(name.row.line, start, start + len(word)))


def _goal(prose: Prose, name: Name, target: Cell, figures: list[int]) -> Goal:
    known = [cell for index in figures if (cell := name.row.cells[index]) is not None and cell.number]
    before, now = (known[-2], known[-1]) if len(known) > 1 else (None, None)
    wrong = _goes_wrong(target.text, before, now)
    return Goal(name.row, target, before, now, _has_comment(prose, name, wrong), wrong)


def _goes_wrong(target: str, before: Cell | None, now: Cell | None) -> bool:
    if before is None or now is None:
        return False
    change = _value(now) - _value(before)
    return (target.strip().lower() == _WAYS[1] and change > 0) or (target.strip().lower() == _WAYS[0] and change < 0)


def _has_comment(prose: Prose, name: Name, goes_wrong: bool) -> bool:
    """Whether a sentence names the row (its first word will do) and speaks of the goal.

    Where figures go the right way any word about the development will do.
    """
    return any(
        name.stems[0] in sentence.stems
        and (_GOAL.search(sentence.text) or (not goes_wrong and _SPOKEN.search(sentence.text)))
        for sentence in prose.sentences
    )
