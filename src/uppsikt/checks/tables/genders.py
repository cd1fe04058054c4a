"""Rows, or columns, for women, men and all of one thing, found by the marks at the ends of their labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from uppsikt.checks.tables.roles import gender_of, without_gender
from uppsikt.checks.tables.understood import Understood

WHO = ("total", "women", "men")


@dataclass(slots=True)
class Group:
    """The rows of one thing: `rows` by "total", "women" and "men". `stray` may be the lacking one's."""

    label: str
    rows: dict[str, int] = field(default_factory=dict)
    stray: int | None = None

    @property
    def lacking(self) -> str:
        """Which of women and men is missing, if just one is."""
        missing = [who for who in ("women", "men") if who not in self.rows]
        return missing[0] if len(missing) == 1 and "total" in self.rows else ""

    def encloses(self, table: Understood, row: int) -> bool:
        """Whether the total lies between the one known and `row` in every column that has all three."""
        known = self.rows["women" if self.lacking == "men" else "men"]
        told = 0
        for column in range(len(table.columns)):
            values = [table.number((one, column)) for one in (self.rows["total"], known, row)]
            if any(value is None for value in values):
                continue
            total, left, right = (value.value for value in values if value is not None)
            if not min(left, right) <= total <= max(left, right):
                return False
            told += 1
        return told >= 2


def groups_of(table: Understood) -> Iterator[Group]:
    """The groups of a table, in order."""
    group: Group | None = None
    for index, row in enumerate(table.table.rows):
        who, base = gender_of(row.label), without_gender(row.label)
        if not who or not any(row.cells):
            continue
        own = _same(group, base) if group else False
        if who == "total" or group is None or (not own and who in group.rows):
            if group is not None:
                yield group
            group = Group(base)
        if base and group.rows and not own:
            if group.lacking == who:
                group.stray = index
            continue
        group.rows.setdefault(who, index)
    if group is not None:
        yield group


def columns_of(table: Understood) -> Iterator[Mapping[str, int]]:
    """The columns for women, men and all, where one heading has all three and each once."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    twice: set[str] = set()
    for index, column in enumerate(table.table.columns):
        who, base = gender_of(column.heading), without_gender(column.heading)
        if who and found[base].setdefault(who, index) != index:
            twice.add(base)
    yield from (group for base, group in found.items() if len(group) == len(WHO) and base not in twice)


def _same(group: Group, base: str) -> bool:
    return not base or base.strip(" ,:").casefold() == group.label.strip(" ,:").casefold()
