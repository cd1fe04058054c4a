"""What the engine gives: statements, cells, figures and their lineage. Plain values, no SQL, no Django.

Amounts are integer öre in ledger sign (debit +); sign, unit and rounding belong to the view.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding
from uppsikt.core.formats import ABSENT, View, number, percent
from uppsikt.core.language import Text


@dataclass(frozen=True, slots=True)
class Relations:
    """What the engine is given: Parquet files in the shape of `core.postings.POSTING_COLUMNS`, and the code plan.

    `actual_files` are the active ledger batches; `plan_files` hold budget and forecast postings.
    `origins` names each posting source (batch hash, "budget:7", …) for lineage; `moved_by` has, by decision, the
    sources of budget entries that carry out a reorganisation.
    """

    actual_files: tuple[Path, ...]
    plan_files: tuple[Path, ...]
    code_plan: CodePlan
    origins: Mapping[str, str] = field(default_factory=dict)
    content_hash: str = ""
    moved_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """What a statement needs to know of a follow-up round. `cut_off` is its last day of actuals."""

    key: str
    name: str
    year: int
    cut_off: date
    previous: RoundFacts | None = None


@dataclass(frozen=True, slots=True)
class Parameters:
    """The question's circumstances: the round, the unit a per-unit statement is for, the structure's date.

    `structure_date` None means each column in its own structure (as it was at the column's last day).
    """

    round: RoundFacts
    unit: str | None = None
    structure_date: date | None = None


class RowStyle(StrEnum):
    """How a row behaves: memo rows ("varav") never add to totals."""

    NORMAL = "normal"
    TOTAL = "total"
    MEMO = "memo"


class ColumnKind(StrEnum):
    """What stands in a column."""

    MONEY = "money"
    DEVIATION = "deviation"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a statement. `code` is the dimension member it stands for, where it stands for one."""

    key: str
    label: Text
    style: RowStyle = RowStyle.NORMAL
    level: int = 0
    code: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a statement; `about` says scenario, period and structure in words."""

    key: str
    label: Text
    kind: ColumnKind = ColumnKind.MONEY
    about: Text = field(default_factory=lambda: Text("", ""))


@dataclass(frozen=True, slots=True)
class Cell:
    """A value or its absence: öre in ledger sign for money and deviations, a share (1 = all) for shares."""

    amount_ore: int | None = None
    share: Decimal | None = None

    @property
    def is_absent(self) -> bool:
        """Nothing is not zero."""
        return self.amount_ore is None and self.share is None


@dataclass(frozen=True)
class StatementResult:
    """A whole table, from one query. `cells` has an entry for each (row key, column key).

    `restated` has the keys of the decided events that touched a cell of a column read in another structure, in
    the order they took effect; "" is the register, changed without a decided event. Other cells have no entry.
    """

    key: str
    title: Text
    view: View
    parameters: Parameters
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    cells: Mapping[tuple[str, str], Cell]
    notes: tuple[Text, ...] = ()
    findings: tuple[Finding, ...] = ()
    unit_name: str = ""  # of the unit a per-unit statement is for
    restated: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def cell(self, row: str, column: str) -> Cell:
        """One cell; raises KeyError for rows and columns the statement lacks."""
        return self.cells[row, column]

    def text(self, row: str, column: str, view: View | None = None) -> str:
        """One cell as printed in the statement's own view (or another)."""
        return cell_text(self.cells[row, column], view or self.view)

    def address(self, row: str, column: str) -> str:
        """The figure's address: `nettoredovisning/politisk-kommunledning/avvikelse@delar2-2022`."""
        unit = f":{self.parameters.unit}" if self.parameters.unit else ""
        return f"{self.key}{unit}/{row}/{column}@{self.parameters.round.key}"


def figure_label(unit_name: str, row: str, column: str) -> str:
    """What a figure is called: "Kommungemensamt: 5 Personalkostnader, Avvikelse Delår 2 2022"."""
    return f"{unit_name}: {row}, {column}" if unit_name else f"{row}, {column}"


def cell_text(cell: Cell, view: View) -> str:
    """A cell as printed: rounded from the raw öre, true minus, "–" for nothing."""
    if cell.share is not None:
        return percent(cell.share)
    if cell.amount_ore is None:
        return ABSENT
    return number(view.value(cell.amount_ore), view.decimals)


@dataclass(frozen=True, slots=True)
class Contribution:
    """One source's part of a figure: a batch's file, a budget entry with its decision, a forecast."""

    source: str
    label: str
    scenario: str
    posting_count: int
    amount_ore: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A reference resolved. `sources` is the lineage down to files and decisions; vouchers by `Engine.vouchers`."""

    address: str
    label: Text
    cell: Cell
    view: View
    period: Text
    as_of: date
    structure: Text
    selector: Text
    sources: tuple[Contribution, ...] = ()
    operands: tuple[Figure, ...] = ()

    def text(self, view: View | None = None) -> str:
        """The figure as printed."""
        return cell_text(self.cell, view or self.view)


@dataclass(frozen=True, slots=True)
class VoucherRow:
    """A posting as shown at the bottom of a drill-down, its codes as booked.

    `whole_ore` is the posting's amount where only a share of it, `amount_ore`, stands in the cell.
    """

    scenario: str
    period: int
    date: date
    voucher: str
    text: str
    codes: Mapping[str, str]
    amount_ore: int
    source: str
    origin: str
    line: int | None
    whole_ore: int | None = None
