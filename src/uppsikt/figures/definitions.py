"""A statement definition: what stands in the rows and columns of a table, as data.

Read from YAML by `load_definition` (the format is described in docs/reference/statements.md). Definitions
name codes and rules, never amounts; `layout` turns one into rows and columns for a round and a code plan.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

from uppsikt.core.codeplan import STANDARD
from uppsikt.core.findings import Finding, has_errors
from uppsikt.core.formats import View
from uppsikt.core.language import Text
from uppsikt.figures.model import ColumnKind, RowStyle

ABOVE = "rows above"
READING = 2
"""How definitions are read. 1: money directly on a parent of rows made of the code plan had no row, and a code that
moved from the first level to below it, or up, was counted in both places or in none."""
UNIT_PARAMETER = "{unit}"


class Scenario(StrEnum):
    """Whose money a column shows.

    A forecast is what the units handed in with what was laid over it: central adjustments, then settlements.
    It can be asked for without the last of them, or without both; a suggestion is never part of it.
    """

    ACTUAL = "actual"
    BUDGET = "budget"
    FORECAST = "forecast"
    PREVIOUS_FORECAST = "previous-forecast"
    FORECAST_SUBMITTED = "forecast-submitted"
    FORECAST_BEFORE_SETTLEMENT = "forecast-before-settlement"
    SUGGESTION = "suggestion"
    CARRY_OVER = "carry-over"


class Span(StrEnum):
    """Which months of its year a column shows."""

    TO_CUT_OFF = "to-cut-off"
    FULL_YEAR = "full-year"
    MONTHS = "months"


class Structure(StrEnum):
    """In which organisation a column is read.

    OWN is as it was on the column's last day; REPORT is on the report's structure date where one is
    asked for, else OWN; POSTING is each posting in the structure of its own month; DATE is a given day.
    """

    OWN = "own"
    REPORT = "report"
    POSTING = "posting"
    DATE = "date"


class Knowledge(StrEnum):
    """Which decisions a column knows of."""

    ALL = "all"
    CUT_OFF = "cut-off"
    PREVIOUS_CUT_OFF = "previous-cut-off"
    DATE = "date"


class Operation(StrEnum):
    """Arithmetic between columns."""

    MINUS = "minus"
    SUM = "sum"
    SHARE = "share"


class Direct(StrEnum):
    """Whether money that stands on a parent itself has a row: after its children's, or that row alone."""

    SHOW = "show"
    HIDE = "hide"
    ONLY = "only"


@dataclass(frozen=True, slots=True)
class Test:
    """What a posting's code in one dimension must be: under some nodes, and not under others.

    `under` and `excluding` hold codes, ranges of codes ("3..9") or "{unit}". With neither, any code passes;
    `is_present` asks for a code (True) or for none (False); `is_alone` takes the nodes of `under` themselves, without
    what stands below them. With `beneath` a node counts only while it stands directly under one of these ("": at the
    top).
    """

    __test__ = False  # not a test case, whatever pytest thinks of the name

    dimension: str
    under: tuple[str, ...] = ()
    excluding: tuple[str, ...] = ()
    hierarchy: str = STANDARD
    is_present: bool | None = None
    is_alone: bool = False
    beneath: tuple[str, ...] = ()


Selector = tuple[Test, ...]  # all must pass


@dataclass(frozen=True, slots=True)
class SelectRow:
    """A row that picks postings."""

    key: str
    label: Text
    selector: Selector
    style: RowStyle = RowStyle.NORMAL
    level: int = 0


@dataclass(frozen=True, slots=True)
class SumRow:
    """A row that adds other rows; `of` is their keys, or `ABOVE`: all normal rows on the top level above."""

    key: str
    label: Text
    of: tuple[str, ...]
    style: RowStyle = RowStyle.TOTAL
    level: int = 0


@dataclass(frozen=True, slots=True)
class EachRow:
    """A row for each code below a node, as many as the code plan has. Keys and labels come from the plan.

    `of` is "unit" (the statement's unit, else the root), "root", or codes. A lone root stands for its
    children; several roots are the rows themselves. With `kind` only codes of that kind get rows, wherever
    below they stand; `is_sparse` leaves out rows without money. `parts` are rows under each row, with its
    key before theirs. Money that stands on a parent of the rows itself has a row after them, as `direct` says.
    """

    dimension: str
    of: tuple[str, ...] = ("unit",)
    hierarchy: str = STANDARD
    levels: int = 1
    keyed_by: str = "code"
    label: str = "{name}"
    kind: str = ""
    selector: Selector = ()
    style: RowStyle = RowStyle.NORMAL
    parts: tuple[SelectRow, ...] = ()
    is_sparse: bool = False
    direct: Direct = Direct.SHOW
    is_counted_once: bool = True  # a code that stood on the first level and later below it, or the other way


RowSpec = SelectRow | SumRow | EachRow


@dataclass(frozen=True, slots=True)
class MoneyColumn:
    """A column of sums. `years_back` 1 is the year before the round's; `months` (yyyymm) only with MONTHS."""

    key: str
    label: Text
    scenario: Scenario
    span: Span = Span.FULL_YEAR
    years_back: int = 0
    months: tuple[int, int] | None = None
    structure: Structure = Structure.REPORT
    structure_day: date | None = None
    knowledge: Knowledge = Knowledge.ALL
    known_on: date | None = None
    is_hidden: bool = False
    kind: ColumnKind = ColumnKind.MONEY


@dataclass(frozen=True, slots=True)
class ArithmeticColumn:
    """A column made of others, cell by cell: `minus` (first − second), `sum`, `share` (first / second)."""

    key: str
    label: Text
    operation: Operation
    operands: tuple[str, ...]
    kind: ColumnKind = ColumnKind.MONEY
    is_hidden: bool = False


ColumnSpec = MoneyColumn | ArithmeticColumn


@dataclass(frozen=True)
class StatementDefinition:
    """A whole statement. `base` is what it is about: postings in the base but in no row are a finding.

    `is_partial` says that the rows are a choice, and the rest of the base is left out on purpose;
    `needs_unit` that the statement is for one unit at a time.
    """

    key: str
    title: Text
    rows: tuple[RowSpec, ...]
    columns: tuple[ColumnSpec, ...]
    base: Selector = ()
    view: View = field(default_factory=View)
    is_partial: bool = False
    needs_unit: bool = False

    @property
    def follows_unit(self) -> bool:
        """Whether the unit asked for decides what it is about."""
        return any(test.dimension == "unit" and test.under == (UNIT_PARAMETER,) for test in self.base)


def read_as(definition: StatementDefinition, reading: int) -> StatementDefinition:
    """The definition so that it gives what it gave when it was read in an earlier way (`READING`)."""
    if reading >= READING:
        return definition
    rows = tuple(
        replace(row, direct=Direct.HIDE, is_counted_once=False) if isinstance(row, EachRow) else row
        for row in definition.rows
    )
    return replace(definition, rows=rows)


def load_definition(text: str, source: str) -> tuple[StatementDefinition | None, list[Finding]]:
    """The definition a YAML text says, with everything wrong in it; None where any of it is an error."""
    from uppsikt.figures.reading import read_definition

    definition, findings = read_definition(text, source)
    return (None if has_errors(findings) else definition), findings


@cache
def shipped() -> dict[str, StatementDefinition]:
    """The statements that come with the program, by key."""
    found: dict[str, StatementDefinition] = {}
    for name, text in _shipped_files().items():
        definition, findings = load_definition(text, name)
        if definition is None:
            raise RuntimeError("; ".join(map(str, findings)))
        found[definition.key] = definition
    return found


def shipped_texts() -> dict[str, str]:
    """The statements that come with the program, as written (YAML), by key."""
    return {name.removesuffix(".yaml"): text for name, text in _shipped_files().items()}


@cache
def _shipped_files() -> dict[str, str]:
    folder = sorted((files("uppsikt.figures") / "statements").iterdir(), key=lambda file: file.name)
    return {entry.name: entry.read_text(encoding="utf-8") for entry in folder if entry.name.endswith(".yaml")}
