"""From sums to cells: totals, arithmetic between columns, and what became of money in no row.

Nothing is not zero. A cell without postings is absent. A sum is absent where all its parts are. A difference
takes an absent part for no money, for a unit may well have a forecast without a budget; but where both are
absent, or a whole column is (nobody has handed in a forecast yet), the difference is absent too. A share is
absent unless both parts are there and the whole is not zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.formats import Unit, View, amount, rounded
from uppsikt.core.postings import DIMENSION_NAMES
from uppsikt.figures.carrying import Code, booked
from uppsikt.figures.definitions import (
    ArithmeticColumn,
    ColumnSpec,
    MoneyColumn,
    Operation,
    StatementDefinition,
)
from uppsikt.figures.findings import MONEY_IN_NO_ROW, MONEY_ON_UNKNOWN_CODE, ROWS_OVERLAP
from uppsikt.figures.labels import fill
from uppsikt.figures.layout import Layout
from uppsikt.figures.membership import Membership
from uppsikt.figures.model import Cell, Parameters
from uppsikt.figures.rows import LaidRow

NOTHING = Cell()
_CODES_SHOWN = 8
Sums = Mapping[tuple[int, int], int]  # (row number, money column number) → öre


@dataclass(frozen=True, slots=True)
class Stray:
    """Money that belongs to a statement but stands in no row: its atoms by used dimension."""

    column: int
    atoms: tuple[int, ...]
    amount_ore: int


@dataclass(frozen=True)
class Table:
    """Every cell of a statement, hidden columns too, by (row key, column key)."""

    rows: tuple[LaidRow, ...]
    cells: Mapping[tuple[str, str], Cell]


def fill_table(definition: StatementDefinition, layout: Layout, membership: Membership, sums: Sums) -> Table:
    """All cells, and the rows that are to be shown."""
    amounts = _money(definition, layout, sums)
    cells: dict[tuple[str, str], Cell] = {}
    for column in in_order(definition.columns):
        absent = [key for key in getattr(column, "operands", ()) if _is_empty(key, layout.rows, cells)]
        for laid in layout.rows:
            key = laid.row.key
            if isinstance(column, MoneyColumn):
                cells[key, column.key] = Cell(amounts[key].get(column.key))
            else:
                operands = [cells[key, operand] for operand in column.operands]
                cells[key, column.key] = computed(column, operands, has_empty_column=bool(absent))
    shown = tuple(
        laid
        for number, laid in enumerate(layout.rows, start=1)
        if _is_shown(laid, number, membership, [cells[laid.row.key, column.key] for column in definition.columns])
    )
    pairs = zip(shown, (None, *shown), strict=False)
    return Table(tuple(laid for laid, above in pairs if not _says_the_same(laid, above)), cells)


def _is_empty(column: str, rows: Sequence[LaidRow], cells: Mapping[tuple[str, str], Cell]) -> bool:
    return all(cells[laid.row.key, column].is_absent for laid in rows)


def _is_shown(laid: LaidRow, number: int, membership: Membership, cells: Iterable[Cell]) -> bool:
    if not laid.is_dynamic:
        return True
    if number not in membership.possible:
        return False
    return (laid.is_current and not laid.is_sparse) or not all(cell.is_absent for cell in cells)


def _says_the_same(laid: LaidRow, above: LaidRow | None) -> bool:
    """Whether the row is what stands directly on the parent right above, which none of the rows below it shares."""
    return laid.is_direct and above is not None and above.row.level < laid.row.level


def _money(definition: StatementDefinition, layout: Layout, sums: Sums) -> dict[str, dict[str, int]]:
    keys = [column.key for column in definition.columns if isinstance(column, MoneyColumn)]
    found: dict[str, dict[str, int]] = defaultdict(dict)
    rows = {laid.row.key: laid for laid in layout.rows}
    numbers = {laid.row.key: number for number, laid in enumerate(layout.rows, start=1)}
    for key, laid in rows.items():
        for part in parts_of(laid, rows):
            for column, name in enumerate(keys):
                value = sums.get((numbers[part], column))
                if value is not None:
                    found[key][name] = found[key].get(name, 0) + value
        found[key]  # rows without money have an entry too
    return found


def parts_of(laid: LaidRow, rows: Mapping[str, LaidRow]) -> list[str]:
    """The picking rows a row adds up to, each as often as it is added; a picking row is its own part."""
    if not laid.is_sum:
        return [laid.row.key]
    parts: list[str] = []
    waiting: list[tuple[str, tuple[str, ...]]] = [(key, (laid.row.key,)) for key in reversed(laid.of)]
    while waiting:
        key, walk = waiting.pop()
        if key not in rows or key in walk:
            continue
        if rows[key].is_sum:
            waiting += [(own, (*walk, key)) for own in reversed(rows[key].of)]
        else:
            parts.append(key)
    return parts


def in_order(columns: Sequence[ColumnSpec]) -> list[ColumnSpec]:
    """The columns so that operands come before what is made of them."""
    by_key = {column.key: column for column in columns}
    done: dict[str, ColumnSpec] = {}

    def place(column: ColumnSpec) -> None:
        if column.key in done:
            return
        for operand in column.operands if isinstance(column, ArithmeticColumn) else ():
            place(by_key[operand])
        done[column.key] = column

    for column in columns:
        place(column)
    return list(done.values())


def computed(column: ArithmeticColumn, operands: Sequence[Cell], *, has_empty_column: bool = False) -> Cell:
    """One cell of an arithmetic column."""
    amounts = [operand.amount_ore for operand in operands]
    present = [own for own in amounts if own is not None]
    if not present:
        return NOTHING
    if column.operation is Operation.SUM:
        return Cell(sum(present))
    first, second = amounts
    if column.operation is Operation.MINUS:
        return NOTHING if has_empty_column else Cell((first or 0) - (second or 0))
    if first is None or not second:
        return NOTHING
    return Cell(share=Decimal(first) / Decimal(second))


def weights(definition: StatementDefinition, key: str) -> dict[str, int]:
    """How often each money column is in a column: `avvikelse` is +1 forecast, −1 budget. Shares have none."""
    by_key = {column.key: column for column in definition.columns}
    column = by_key[key]
    if isinstance(column, MoneyColumn):
        return {key: 1}
    if column.operation is Operation.SHARE:
        return {}
    found: dict[str, int] = defaultdict(int)
    for position, operand in enumerate(column.operands):
        sign = -1 if column.operation is Operation.MINUS and position else 1
        for money, weight in weights(definition, operand).items():
            found[money] += sign * weight
    return dict(found)


def overlap_findings(definition: StatementDefinition, layout: Layout, membership: Membership) -> list[Finding]:
    """A warning for each pair of rows that a sum counts twice."""
    place = Place(definition.key)
    return [
        found(ROWS_OVERLAP, place, first=layout.rows[first - 1].row.key, second=layout.rows[second - 1].row.key)
        for first, second in membership.overlaps
    ]


def stray_findings(
    definition: StatementDefinition,
    parameters: Parameters,
    layout: Layout,
    membership: Membership,
    strays: Iterable[Stray],
    plan: CodePlan,
) -> list[Finding]:
    """One finding for each column and dimension with money in no row, naming the codes."""
    totals: dict[tuple[str, int, str], int] = defaultdict(int)
    codes: dict[tuple[str, int, str], dict[str, None]] = defaultdict(dict)
    for stray in strays:
        rule, dimension, code = _reason(stray, membership, plan)
        if definition.is_partial and rule == MONEY_IN_NO_ROW:
            continue
        totals[rule, stray.column, dimension] += stray.amount_ore
        codes[rule, stray.column, dimension][code] = None
    findings = []
    for (rule, column, dimension), total in sorted(totals.items()):
        findings.append(
            found(
                rule,
                Place(definition.key),
                amount=amount_in_words(total, definition.view),
                column=fill(layout.columns[column].spec.label, parameters, plan),
                dimension=DIMENSION_NAMES[dimension],
                codes=_listed(codes[rule, column, dimension]),
            )
        )
    return findings


def amount_in_words(total_ore: int, view: View) -> str:
    """An amount with its unit, in kronor where the view's unit would round it to nothing."""
    shown = total_ore if View(view.sign, Unit.KR, 2).value(1) > 0 else -total_ore
    if rounded(shown, view.unit, view.decimals):
        return amount(shown, view.unit, view.decimals, with_unit=True)
    return amount(shown, Unit.KR, 0 if rounded(shown, Unit.KR, 0) else 2, with_unit=True)


def _reason(stray: Stray, membership: Membership, plan: CodePlan) -> tuple[str, str, str]:
    """Which dimension's code it is that has no row: an unknown one first, else one that no row picks."""
    known: tuple[str, str] | None = None
    for dimension, atom in zip(membership.dimensions, stray.atoms, strict=True):
        atoms = membership.atoms[dimension]
        if atom in atoms.unplaced:
            code = _shown(atoms.codes[atom][0])
            if not plan.knows(dimension, code):
                return MONEY_ON_UNKNOWN_CODE, dimension, code
            known = known or (dimension, code)
    if known is None:  # each code has a row, but no row picks them together
        dimension = membership.dimensions[0]
        atom = stray.atoms[0]
        known = dimension, _listed(dict.fromkeys(map(_shown, membership.atoms[dimension].codes[atom])))
    return MONEY_IN_NO_ROW, *known


def _shown(code: Code) -> str:
    return "–" if code is None else booked(code)


def _listed(codes: Mapping[str, None]) -> str:
    names = list(codes)
    more = f" … (+{len(names) - _CODES_SHOWN})" if len(names) > _CODES_SHOWN else ""
    return ", ".join(names[:_CODES_SHOWN]) + more
