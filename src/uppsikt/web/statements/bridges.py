"""The bridge of a statement as the page shows it: each row as it was, what each change moved, as it is on the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from uppsikt.adoption.reading import reading_of
from uppsikt.adoption.standing import Standing, standing_of
from uppsikt.audit.actors import Actor
from uppsikt.coding.events import reorganisation_of
from uppsikt.coding.selectors import code_plan, reorganisation
from uppsikt.core.findings import found
from uppsikt.core.formats import ABSENT, View
from uppsikt.core.language import Text
from uppsikt.figures.bridge import BridgeLine, BridgeResult
from uppsikt.figures.model import Column, ColumnKind, Row, cell_text
from uppsikt.planning.selectors import RoundRow
from uppsikt.web.actors import sees_whole, today
from uppsikt.web.errors import Absent
from uppsikt.web.findings import CHOICE_UNKNOWN
from uppsikt.web.organisation.options import Option, draft_options
from uppsikt.web.scope import UnitOption, require_statement
from uppsikt.web.statements.choices import Choice
from uppsikt.web.statements.pages import StructureOption, asked_of, drafted, structure_options
from uppsikt.web.statements.sheets import label_of, rule_text

_COLUMN = Text("Kolumn", "Column")


@dataclass(frozen=True, slots=True)
class LineView:
    """What one change moved out of and into a row, written out: as was − out + in = as of, from left to right."""

    label: str
    text: str
    decision: str
    on: date
    url_key: str  # of the reorganisation; "" where nobody decided it
    moved_out: str
    moved_in: str
    entry: str


@dataclass(frozen=True)
class RowView:
    """A row of the bridge."""

    row: Row
    label: str
    was: str
    moved_out: str
    moved_in: str
    now: str
    lines: Sequence[LineView]

    @property
    def css(self) -> str:
        """The row's style as a class name."""
        return "" if self.row.style.value == "normal" else self.row.style.value


@dataclass(frozen=True)
class BridgePage:
    """The page."""

    choice: Choice
    round: RoundRow
    rounds: Sequence[RoundRow]
    result: BridgeResult
    column: Column
    rows: Sequence[RowView]
    units: Sequence[UnitOption]
    is_whole_offered: bool
    structures: Sequence[StructureOption]
    drafts: Sequence[Option]
    rule: str
    standing: Standing | None = None

    @property
    def title(self) -> str:
        """The statement's title."""
        return str(self.result.title)

    @property
    def columns(self) -> list[Option]:
        """The columns there is a bridge for."""
        return [Option(own.key, str(own.label), own == self.column) for own in _bridged(self.result)]

    @property
    def view(self) -> View:
        """The sign and the unit it is shown in."""
        return self.choice.view(self.result.view)

    @property
    def file_query(self) -> str:
        """The address' parameters for the same bridge as a file."""
        return self.choice.query(column=self.column.key)

    @property
    def is_today(self) -> bool:
        """Whether it leads to the structure of today."""
        return self.result.day == today()

    @property
    def is_moved(self) -> bool:
        """Whether anything was moved at all in the column."""
        return any(row.lines for row in self.rows)

    @property
    def has_entries(self) -> bool:
        """Whether a budget entry already moved some of it."""
        return any(line.entry for row in self.rows for line in row.lines)


def bridge_page(actor: Actor, choice: Choice, row: RoundRow, rounds: Sequence[RoundRow], column: str) -> BridgePage:
    """The bridge to the day asked for, of the column asked for (the first that moved).

    Without a day it leads to today; for those who read some units alone, and of an adopted round, to the cut-off.
    """
    choice = drafted(actor, choice)
    standing = standing_of(row, choice.structure, choice.draft)
    if standing is None:
        choice = replace(choice, structure=choice.structure or (today() if sees_whole(actor) else row.cut_off))
    with reading_of(row, choice.structure, choice.draft or None) as reading:
        plan, own = reading.engine.plan, reading.definition(choice.key)
        choice, units, is_whole_offered = asked_of(actor, plan, own, choice, row.cut_off)
        require_statement(actor, plan, own, choice.org_unit, row.cut_off, choice.structure)
        result = reading.bridge(choice.key, choice.org_unit or None, choice.structure)
    chosen, view = _chosen(result, column), choice.view(result.view)
    return BridgePage(
        choice=choice,
        round=row,
        rounds=rounds,
        result=result,
        column=chosen,
        rows=[_row(result, own_row, chosen, view) for own_row in result.rows],
        units=units,
        is_whole_offered=is_whole_offered,
        structures=structure_options(actor, code_plan(choice.draft or None), row, choice.structure),
        drafts=draft_options(actor, choice.draft),
        rule=rule_text(view),
        standing=standing,
    )


def _bridged(result: BridgeResult) -> list[Column]:
    return [column for column in result.columns if column.kind is not ColumnKind.SHARE]


def _chosen(result: BridgeResult, key: str) -> Column:
    columns = _bridged(result)
    if key:
        for column in columns:
            if column.key == key:
                return column
        raise Absent(found(CHOICE_UNKNOWN, name=_COLUMN, value=key))
    moved = {column for (_, column), lines in result.lines.items() if lines}
    return next((column for column in columns if column.key in moved), columns[0])


def _row(result: BridgeResult, row: Row, column: Column, view: View) -> RowView:
    place = (row.key, column.key)
    lines = result.lines[place]
    return RowView(
        row=row,
        label=label_of(row),
        was=cell_text(result.was[place], view),
        moved_out=_moved([line.out_ore for line in lines], view),
        moved_in=_moved([line.in_ore for line in lines], view),
        now=cell_text(result.now[place], view),
        lines=[_line(line, view) for line in lines],
    )


def _moved(amounts: Sequence[int], view: View) -> str:
    return view.text(sum(amounts)) if any(amounts) else ABSENT


def _line(line: BridgeLine, view: View) -> LineView:
    key = reorganisation_of(line.step.key) if line.step.is_decided else ""
    label, name = str(line.step.label), reorganisation(key).name if key else ""
    return LineView(
        label=name or label,
        text=label.removeprefix(f"{name}: ") if name and label != name else "",
        decision=line.step.decision,
        on=line.step.on,
        url_key=key,
        moved_out=_moved([line.out_ore], view),
        moved_in=_moved([line.in_ore], view),
        entry="" if line.entry_ore is None else view.text(line.entry_ore),
    )
