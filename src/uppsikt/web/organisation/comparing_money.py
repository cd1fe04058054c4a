"""The units' money in two structures, side by side: every krona stands on both sides, whatever became of its unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from uppsikt.web.organisation.money import UNITS_TOTAL, UnitMoney, in_tkr, money_by_unit

_NOTHING = UnitMoney("", 0, None, None, None)


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """A unit's money in both structures, written out. `mark` says what became of the unit."""

    label: str
    level: int
    before: Sequence[str]
    after: Sequence[str]
    mark: str = ""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Before and after of each amount."""
        return list(zip(self.before, self.after, strict=True))


@dataclass(frozen=True)
class MoneyTable:
    """`rows` in the order of the tree after, then the units that are not in it; `total` is all money there is.

    `homeless` is the part of it that no row has, None where there is none.
    """

    rows: Sequence[MoneyRow]
    ended: Sequence[MoneyRow]
    homeless: MoneyRow | None
    total: MoneyRow


def money_table(
    round_key: str, before: tuple[date, str], after: tuple[date, str], marks: Mapping[str, str]
) -> MoneyTable:
    """The money in two structures, each a day and a draft ("" as decided)."""
    earlier, later = money_by_unit(round_key, *before), money_by_unit(round_key, *after)
    totals = earlier.pop(UNITS_TOTAL), later.pop(UNITS_TOTAL)
    outside = _outside(totals[0], earlier), _outside(totals[1], later)
    return MoneyTable(
        rows=[_row(own, earlier.get(code), own, own.level, marks.get(code, "")) for code, own in later.items()],
        ended=[_row(own, own, None, 1, marks.get(code, "")) for code, own in earlier.items() if code not in later],
        homeless=_row(_NOTHING, *outside) if any(any(own.amounts) for own in outside) else None,
        total=_row(totals[1], *totals),
    )


def _outside(total: UnitMoney, units: Mapping[str, UnitMoney]) -> UnitMoney:
    tops = [own.amounts for own in units.values() if own.level == 0]
    parts = zip(total.amounts, *tops, strict=True)
    left = [(whole or 0) - sum(ore or 0 for ore in own) for whole, *own in parts]
    return UnitMoney("", 0, *(ore or None for ore in left))


def _row(
    named: UnitMoney, before: UnitMoney | None, after: UnitMoney | None, level: int = 0, mark: str = ""
) -> MoneyRow:
    return MoneyRow(named.label, level, _texts(before), _texts(after), mark)


def _texts(own: UnitMoney | None) -> list[str]:
    return [in_tkr(amount) for amount in (own or _NOTHING).amounts]
