"""Budget, actuals and personnel cost of every unit in a structure: one statement, made for comparing two of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from uppsikt import relations
from uppsikt.core.formats import Sign, Unit, View
from uppsikt.core.language import Text
from uppsikt.figures.definitions import (
    Direct,
    EachRow,
    MoneyColumn,
    Scenario,
    SelectRow,
    Span,
    StatementDefinition,
    Test,
)
from uppsikt.figures.model import Parameters, RowStyle, StatementResult

_LEVELS = 4
_STAFF = "personal"
UNITS_TOTAL = "summa"  # no code of a unit: that of all money there is
_BUDGET, _ACTUAL = "budget", "utfall"
_OF_STAFF = (Test("account", ("5",)),)
_DEFINITION = StatementDefinition(
    key="jamforelse",
    title=Text("Enheterna i två organisationer", "The units in two organisations"),
    base=(Test("account", ("3..9",)),),
    rows=(
        EachRow(
            "unit",
            of=("root",),
            levels=_LEVELS,
            label="{code} {name}",
            parts=(SelectRow(_STAFF, Text("personal", "staff"), _OF_STAFF, RowStyle.MEMO),),
            direct=Direct.HIDE,  # a level's own money is in its row, and a branch has no line for it
        ),
        SelectRow(UNITS_TOTAL, Text("Summa", "Total"), (), RowStyle.MEMO),
        SelectRow(f"{UNITS_TOTAL}-{_STAFF}", Text("personal", "staff"), _OF_STAFF, RowStyle.MEMO),
    ),
    columns=(
        MoneyColumn(_BUDGET, Text("Budget {year}", "Budget {year}"), Scenario.BUDGET),
        MoneyColumn(_ACTUAL, Text("Utfall {cut_off}", "Actual {cut_off}"), Scenario.ACTUAL, Span.TO_CUT_OFF),
    ),
    is_partial=True,
)


@dataclass(frozen=True, slots=True)
class UnitMoney:
    """What a unit has in a structure, öre in ledger sign; None where nothing is booked or decided."""

    label: str
    level: int
    budget_ore: int | None
    actual_ore: int | None
    staff_ore: int | None

    @property
    def amounts(self) -> tuple[int | None, int | None, int | None]:
        """All of it, in the order it is shown."""
        return self.budget_ore, self.actual_ore, self.staff_ore


def money_by_unit(round_key: str, day: date, draft: str = "") -> dict[str, UnitMoney]:
    """Every unit's money with all of it standing as the structure of `day` has it; in the order of its tree.

    `UNITS_TOTAL` is all money, of units outside the tree too.
    """
    with relations.open_engine(draft or None) as engine:
        result = engine.statement(_DEFINITION, Parameters(relations.round_facts(round_key), None, day))
    units = {row.code: _of(result, row.key, str(row.label), row.level) for row in result.rows if row.code}
    return {**units, UNITS_TOTAL: _of(result, UNITS_TOTAL, "", 0)}


def _of(result: StatementResult, key: str, label: str, level: int) -> UnitMoney:
    cells: Mapping[tuple[str, str], int | None] = {at: cell.amount_ore for at, cell in result.cells.items()}
    staff = cells.get((f"{key}-{_STAFF}", _ACTUAL))
    return UnitMoney(label, level, cells[key, _BUDGET], cells[key, _ACTUAL], staff)


def in_tkr(amount_ore: int | None) -> str:
    """Cost as positive thousands of kronor, which is how it is compared; "–" for none."""
    return View(Sign.LEDGER, Unit.TKR, 0).text(amount_ore)
