"""Columns in percent: a share of another column, or a change from one to another, told by the figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from uppsikt.checks.numbers import Number, Unit
from uppsikt.checks.tables.understood import Understood

FEWEST = 3  # rows that must bear a relation out
FAILS_OF = 5  # one row in so many may fail, and one in any case
WIDEST = Decimal("1.0")  # percentage points of rounding beyond which a row can't tell


class Form(StrEnum):
    """How a percentage is made of two columns."""

    SHARE = "share"  # first of second
    CHANGE = "change"  # first from second


@dataclass(frozen=True, slots=True)
class Percentage:
    """A column of percentages and what it is made of; rows where it comes out, and where it doesn't."""

    column: int
    form: Form
    first: int
    second: int
    holds: tuple[int, ...]
    fails: tuple[int, ...]

    def right(self, table: Understood, row: int) -> Decimal | None:
        """What the other two columns make, rounded as the column is; none where they can't tell."""
        made = _made(table, row, self.form, self.first, self.second)
        number = table.number((row, self.column))
        return None if made is None or number is None else round(made[0], number.decimals)


def percentages(table: Understood) -> Iterator[Percentage]:
    """The columns of percentages that two others explain, each with its best explanation."""
    amounts = [column for column in range(len(table.columns)) if not _in_percent(table, column)]
    for column in range(len(table.columns)):
        if column in amounts:
            continue
        found = [
            one
            for form in Form
            for first in amounts
            for second in amounts
            if first != second and (one := _tried(table, column, form, first, second)) is not None
        ]
        if found:
            yield max(found, key=lambda one: (len(one.holds) - 2 * len(one.fails), one.form is Form.SHARE))


def _in_percent(table: Understood, column: int) -> bool:
    numbers = [number for row in range(len(table.table.rows)) if (number := table.number((row, column)))]
    return bool(numbers) and sum(number.unit is Unit.PERCENT for number in numbers) * 2 > len(numbers)


def _tried(table: Understood, column: int, form: Form, first: int, second: int) -> Percentage | None:
    holds: list[int] = []
    fails: list[int] = []
    for row in range(len(table.table.rows)):
        number = table.number((row, column))
        made = _made(table, row, form, first, second)
        if number is None or made is None or not made[0] or not number.value:
            continue
        value, slack = made
        near = abs(abs(number.value) - abs(value)) <= slack + number.ulp / 2
        (holds if near else fails).append(row)
    if len(holds) < FEWEST or len(fails) > max(1, (len(holds) + len(fails)) // FAILS_OF):
        return None
    return Percentage(column, form, first, second, tuple(holds), tuple(fails))


def _made(table: Understood, row: int, form: Form, first: int, second: int) -> tuple[Decimal, Decimal] | None:
    """The percentage that two cells make, and how far rounding of the cells may move it."""
    above, below = table.number((row, first)), table.number((row, second))
    if above is None or below is None or not below.value:
        return None
    share = 100 * above.value / below.value
    slack = _slack(above, below)
    if slack > WIDEST:
        return None
    return (share if form is Form.SHARE else share - 100), slack


def _slack(above: Number, below: Number) -> Decimal:
    return 50 * (above.ulp + below.ulp * abs(above.value / below.value)) / abs(below.value)
