"""A statement as it is decided and as a draft would have it, side by side in one column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from uppsikt import relations
from uppsikt.coding.selectors import reorganisation
from uppsikt.core.formats import Unit, View, long_date
from uppsikt.figures.definitions import StatementDefinition
from uppsikt.figures.findings import MONEY_IN_NO_ROW
from uppsikt.figures.labels import plain_title
from uppsikt.figures.model import Cell, ColumnKind, RowStyle, StatementResult, cell_text
from uppsikt.web.rounds import chosen_round


@dataclass(frozen=True, slots=True)
class BeforeAfterRow:
    """A row in both, written out."""

    label: str
    level: int
    style: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        """Whether it isn't the same."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class StatementOption:
    """A statement to choose."""

    key: str
    title: str


@dataclass(frozen=True)
class BeforeAfter:
    """A statement on a day without and with a draft."""

    key: str
    title: str
    column: str
    unit: str
    day: date
    rows: Sequence[BeforeAfterRow]
    homeless: Sequence[str]  # money that stands in no row, on either side
    options: Sequence[StatementOption]

    @property
    def day_text(self) -> str:
        """The day of both."""
        return long_date(self.day)


def before_after(draft: str, key: str) -> BeforeAfter | None:
    """The statement (the first that can be asked where none is named) without and with the draft, on its last day.

    One day for both: what else is decided for these days isn't the draft's doing.
    """
    row, held = chosen_round(relations.rounds(), ""), reorganisation(draft)
    known = {name: own for name, own in relations.definitions().items() if not own.needs_unit}
    if row is None or not held.days or not known:
        return None
    own = known.get(key) or next(iter(known.values()))
    day = held.days[-1]
    with relations.reading_now(row.key) as now, relations.reading_now(row.key, draft) as then:
        before, after = (reading.statement(own.key, structure_date=day) for reading in (now, then))
    column = _column(after)
    view = View(own.view.sign, Unit.TKR, 0)
    return BeforeAfter(
        key=own.key,
        title=str(after.title),
        column=str(next(one.label for one in after.columns if one.key == column)),
        unit=view.unit.value,
        rows=_rows(before, after, column, view),
        day=day,
        homeless=_homeless(before, after),
        options=[StatementOption(name, _title(one)) for name, one in known.items()],
    )


def _homeless(*results: StatementResult) -> list[str]:
    told = (one.says for result in results for one in result.findings if one.code == MONEY_IN_NO_ROW)
    return list(dict.fromkeys(told))


def _title(own: StatementDefinition) -> str:
    return str(plain_title(own.title))


def _column(result: StatementResult) -> str:
    """The budget where there is one: what a new structure is first asked about; else the first of money."""
    money = [column.key for column in result.columns if column.kind is ColumnKind.MONEY]
    return "budget" if "budget" in money else money[0]


def _rows(before: StatementResult, after: StatementResult, column: str, view: View) -> list[BeforeAfterRow]:
    rows = {row.key: row for row in (*after.rows, *before.rows)}
    order = [
        *(row.key for row in after.rows),
        *(row.key for row in before.rows if (row.key, column) not in after.cells),
    ]
    return [
        BeforeAfterRow(
            str(rows[key].label),
            rows[key].level,
            "" if rows[key].style is RowStyle.NORMAL else rows[key].style.value,
            _text(before.cells, key, column, view),
            _text(after.cells, key, column, view),
        )
        for key in order
    ]


def _text(cells: Mapping[tuple[str, str], Cell], key: str, column: str, view: View) -> str:
    return cell_text(cells.get((key, column), Cell()), view)
