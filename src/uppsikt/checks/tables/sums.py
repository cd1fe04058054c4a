"""Which rows make which: totals found from labels and figures together, one wrong cell notwithstanding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from uppsikt.checks.arithmetic import Confirmed, Linear, weigh
from uppsikt.checks.tables.roles import Role, is_sure_total

UNLABELLED_PROOF = 4.0  # decimal orders asked of a row that isn't called a total
LABELLED_PROOF = 0.7
PLAIN = 5  # columns that make a row a total although it isn't called one and another column denies it
MOST_BELOW = 20
MOST_LESS = 8  # rows of which all but the first are taken from it
MOST_PARTS = 200  # rows that a total is looked for among
MOST_UNLABELLED = 40  # the same for a row that isn't called a total
SAME_PROOF = 3.0  # of a row that is its only part
BELOW_PROOF = 5.0  # of a row above its parts, where there are more ways to be wrong


@dataclass(frozen=True, slots=True)
class Rows:
    """What the search needs of a table: labels, roles, columns of whole steps and each row's last digit."""

    labels: Sequence[str]
    roles: Sequence[Role]
    additive: Sequence[bool]
    columns: Sequence[Sequence[int | None]]
    steps: Sequence[int]
    indents: Sequence[float] = ()


@dataclass(slots=True)
class _Search:
    rows: Rows
    found: list[Confirmed] = field(default_factory=list)
    assumed: list[Linear] = field(default_factory=list)
    open: list[int] = field(default_factory=list)  # rows not yet in any total
    section: int = 0  # how many of them stood there when the section began
    below: set[int] = field(default_factory=set)


def row_sums(rows: Rows) -> tuple[list[Confirmed], list[Linear]]:
    """The sums that the figures confirm, and those that only a label ("Summa") speaks for."""
    search = _Search(rows)
    for row in range(len(rows.labels)):
        if rows.roles[row] is Role.HEADING:
            search.section = search.section if _is_empty_row(search, row) else len(search.open)
            continue
        if row in search.below or rows.roles[row] is Role.MEMO or not rows.additive[row]:
            continue
        _close(search, row)
        _open_below(search, row)
    return search.found, search.assumed


def _is_empty_row(search: _Search, row: int) -> bool:
    """Whether a row without figures heads nothing: it is followed by the total of the rows above it."""
    following = next((role for role in search.rows.roles[row + 1 :] if role is not Role.HEADING), None)
    return following is Role.TOTAL and len(search.open) - search.section >= 2


def _close(search: _Search, row: int) -> None:
    """Make the row a total of open rows where that is so, and leave it open itself."""
    best = _best(search, row)
    if best is not None:
        search.found.append(best)
        _replace(search, best.relation.terms, row)
        return
    if search.rows.roles[row] is Role.TOTAL:
        sure = is_sure_total(search.rows.labels[row])
        parts = tuple((index, 1) for index in search.open[search.section :])
        if len(parts) >= (1 if sure else 2):
            search.assumed.append(Linear(row, parts))
        if sure and parts:
            _replace(search, parts, row)
            return
        search.section = len(search.open) + 1 if sure else search.section
    search.open.append(row)


def _replace(search: _Search, parts: Sequence[tuple[int, int]], row: int) -> None:
    gone = {index for index, _ in parts}
    search.open = [index for index in search.open if index not in gone]
    search.open.append(row)
    search.section = (
        len(search.open) if is_sure_total(search.rows.labels[row]) else min(search.section, len(search.open))
    )


def _best(search: _Search, row: int) -> Confirmed | None:
    rows = search.rows
    total = rows.roles[row] in (Role.TOTAL, Role.CLOSING)
    needed = LABELLED_PROOF if total else UNLABELLED_PROOF
    open_rows = search.open[-(MOST_PARTS if total else MOST_UNLABELLED) :]
    guesses = _guesses(len(open_rows), total)
    accepted = []
    for relation in _candidates(rows, open_rows, row, total):
        proof = weigh(relation, rows.columns, guesses, rows.steps, least=1 if total else 2)
        if proof and proof.weight >= needed and _borne_out(proof, total, open_rows):
            accepted.append(proof)
    return max(accepted, key=lambda one: _rank(one, search), default=None)


def _borne_out(proof: Confirmed, total: bool, open_rows: Sequence[int]) -> bool:
    """Whether enough columns agree: nearly all where the label says no total, or the sum leaves rows out between."""
    parts = [index for index, _ in proof.relation.terms]
    if not total:
        return len(proof.holds) >= (3 if not proof.fails else PLAIN) and len(proof.fails) <= 1
    leaves_out = len(parts) < len(open_rows) - open_rows.index(min(parts))
    return not leaves_out or (len(proof.holds) >= 3 and len(proof.fails) <= 1)


def _rank(one: Confirmed, search: _Search) -> tuple[float, bool, int]:
    natural = len(one.relation.terms) == len(search.open) - search.section
    return len(one.holds) - 2.0 * len(one.fails), natural, len(one.relation.terms)


def _guesses(open_rows: int, total: bool) -> int:
    """How many sums of so many open rows there are to try."""
    if not total:
        return max(0, open_rows - 1)
    return open_rows + max(0, min(open_rows, MOST_LESS) - 1) + (1 if open_rows >= 2 else 0)


def _candidates(rows: Rows, open_rows: Sequence[int], row: int, total: bool) -> Iterator[Linear]:
    """Sums of the last open rows that come out somewhere; for totals also the first less the rest, and totals."""
    for count, fits in _running(rows, row, reversed(open_rows)):
        parts = open_rows[-count:]
        if fits and (total or count > 1):
            yield Linear(row, tuple((index, 1) for index in parts))
        if total and 2 <= count <= MOST_LESS:
            yield Linear(row, ((parts[0], 1), *((index, -1) for index in parts[1:])))
        if total and count == 2:
            yield Linear(row, ((parts[0], -1), (parts[1], 1)))
    totals = [index for index in open_rows if rows.roles[index] is Role.TOTAL] if total else []
    for count, fits in _running(rows, row, reversed(totals)):
        if fits and count > 1 and len(totals) < len(open_rows):
            yield Linear(row, tuple((index, 1) for index in totals[-count:]))


def _running(rows: Rows, row: int, parts: Iterable[int]) -> Iterator[tuple[int, int]]:
    """For the first one, two, three … parts: in how many columns they make the row's figure."""
    asked = [(column, column[row]) for column in rows.columns if column[row]]
    sums = [0] * len(asked)
    slack = rows.steps[row]
    for count, part in enumerate(parts, start=1):
        slack += rows.steps[part]
        fits = 0
        for place, (column, target) in enumerate(asked):
            sums[place] += column[part] or 0
            fits += 2 * abs((target or 0) - sums[place]) <= slack
        yield count, fits


def _open_below(search: _Search, row: int) -> None:
    """Rows just below that together make this one are its parts (a whole before its parts)."""
    rows = search.rows
    indented = _indented(rows, row)
    below = _parts_below(rows, row)
    for count, fits in _running(rows, row, below):
        if fits < 2:
            continue
        parts = below[:count]
        set_in = bool(indented) and parts == indented
        if count == 1 and not (set_in or _same(rows, row, parts[0])):
            continue
        relation = Linear(row, tuple((part, 1) for part in parts))
        proof = weigh(relation, rows.columns, 1 if set_in else 20, rows.steps, least=1)
        needed = LABELLED_PROOF if set_in else SAME_PROOF if count == 1 else BELOW_PROOF
        if proof and proof.weight >= needed and _stands(proof, count):
            search.found.append(proof)
            search.below.update(parts)
            return


def _stands(proof: Confirmed, count: int) -> bool:
    return len(proof.holds) >= 2 and len(proof.fails) <= (1 if count > 1 else 0)


def _parts_below(rows: Rows, row: int) -> list[int]:
    parts: list[int] = []
    for index in range(row + 1, len(rows.labels)):
        if rows.roles[index] is Role.MEMO or not rows.additive[index]:
            continue
        if rows.roles[index] is not Role.ITEM or len(parts) >= MOST_BELOW:
            break
        parts.append(index)
    return parts


def _indented(rows: Rows, row: int) -> list[int]:
    """The rows below that are set in further than this one, up to the next that isn't."""
    if not rows.indents:
        return []
    parts: list[int] = []
    for index in range(row + 1, len(rows.labels)):
        if rows.indents[index] <= rows.indents[row] + 1 or rows.roles[index] is not Role.ITEM:
            break
        if len(parts) == MOST_BELOW:
            return []
        parts.append(index)
    return parts


def _same(rows: Rows, one: int, other: int) -> bool:
    """Whether two rows are alike in every column, with enough figures to mean something."""
    pairs = [(column[one], column[other]) for column in rows.columns]
    telling = [left for left, right in pairs if left and abs(left) >= 100]
    return all((left or 0) == (right or 0) for left, right in pairs) and len(telling) >= 2
