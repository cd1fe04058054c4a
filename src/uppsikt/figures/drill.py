"""One step down from a cell: to the nodes below, to accounts, to vouchers; and the postings themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from uppsikt.core.codeplan import CodePlan
from uppsikt.core.hashes import canonical_json
from uppsikt.core.language import Text
from uppsikt.core.postings import DIMENSIONS
from uppsikt.figures.addresses import slug
from uppsikt.figures.answers import Answer, Compiled
from uppsikt.figures.assembly import NOTHING, weights
from uppsikt.figures.carrying import STILL, booked
from uppsikt.figures.cells import CellParts, ask_of_cell, cell_parts
from uppsikt.figures.definitions import ArithmeticColumn, Test
from uppsikt.figures.labels import report_day
from uppsikt.figures.model import Cell, VoucherRow
from uppsikt.figures.rows import DIRECT, LaidRow, directly_on
from uppsikt.figures.structures import Tree, tree_of

if TYPE_CHECKING:
    from uppsikt.figures.engine import Engine

DrillBy = Literal["children", "account", "voucher"]
VOUCHERS_SHOWN = 500
_OTHERS = Text("Övriga verifikationer", "Other vouchers")
_NO_CODE = Text("Utan kod", "Without code")


@dataclass(frozen=True, slots=True)
class DrillRow:
    """One part of a cell. `code` is the dimension member it stands for, where it stands for one."""

    key: str
    label: Text
    cell: Cell
    code: str = ""
    posting_count: int = 0
    is_direct: bool = False  # what stands on the code itself, beside those below it


@dataclass(frozen=True)
class DrillResult:
    """A cell taken apart. The rows' amounts add up to `total` (shares don't add)."""

    by: DrillBy
    dimension: str
    rows: tuple[DrillRow, ...]
    total: Cell


@dataclass(slots=True)
class _Part:
    label: Text
    code: str
    amounts: dict[int, int]
    posting_count: int = 0
    is_direct: bool = False

    def add(self, column: int, amount_ore: int, posting_count: int) -> None:
        self.amounts[column] = self.amounts.get(column, 0) + amount_ore
        self.posting_count += posting_count


def drilled(engine: Engine, answer: Answer, row: str, column: str, by: DrillBy, limit: int) -> DrillResult:
    """What a cell is made of."""
    compiled = answer.compiled
    parts = cell_parts(compiled, row, column)
    total = answer.table.cells[row, column]
    if by == "children" and parts.row.is_sum:
        return DrillResult(by, "", _rows_of_sum(answer, parts.row, column), total)
    if total.is_absent:
        return DrillResult(by, "", (), total)
    if by == "voucher":
        found, dimension = _vouchers(engine, compiled, parts, limit), ""
    else:
        test = _opened(parts.row) if by == "children" else None
        dimension = test.dimension if test else "account"
        lines = ask_of_cell(engine, compiled, parts.rows, parts.columns, "drill", drilled=dimension)
        there = _where_they_stand(compiled, dimension, lines)
        found = _by_node(compiled, engine.plan, test, there) if test else _by_code(compiled, engine.plan, there)
    rows = tuple(
        DrillRow(key, part.label, _cell(compiled, parts, column, part), part.code, part.posting_count, part.is_direct)
        for key, part in found.items()
    )
    return DrillResult(by, dimension, rows, total)


def vouchers(
    engine: Engine, compiled: Compiled, row: str, column: str, limit: int, offset: int, account: str | None = None
) -> list[VoucherRow]:
    """A page of the postings behind a cell; with `account` those that stand on it alone."""
    parts = cell_parts(compiled, row, column)
    first, most = max(offset, 0), max(limit, 0)
    accounts = None if account is None else canonical_json(_standing_on(compiled, account))
    lines = ask_of_cell(
        engine, compiled, parts.rows, parts.columns, "vouchers", limit=most, offset=first, accounts=accounts
    )
    origins = engine.relations.origins
    return [_voucher_row(line, origins) for line in lines]


def _standing_on(compiled: Compiled, account: str) -> list[str]:
    """What the question is to look for: codes and leaves that stand on an account, after their epoch's number."""
    carrying = compiled.membership.carrying.get("account", STILL)
    found = []
    for epoch, reading in enumerate(compiled.layout.readings):
        places = dict(carrying.places(reading))
        names = [name for name, place in places.items() if place == account]
        found += [f"{epoch} {name}" for name in names + [account] * (account not in places)]
    return found


def _voucher_row(line: tuple[Any, ...], origins: Mapping[str, str]) -> VoucherRow:
    scenario, period, day, voucher, text, *rest = line
    codes = {name: booked(code) for name, code in zip(DIMENSIONS, rest, strict=False) if code is not None}
    amount_ore, whole_ore, source, number = rest[len(DIMENSIONS) :]
    return VoucherRow(
        scenario,
        period,
        day,
        voucher or "",
        text or "",
        codes,
        amount_ore,
        source,
        origins.get(source, source),
        number,
        whole_ore if whole_ore != amount_ore else None,
    )


def _rows_of_sum(answer: Answer, row: LaidRow, column: str) -> tuple[DrillRow, ...]:
    by_key = {laid.row.key: laid.row for laid in answer.table.rows}
    return tuple(
        DrillRow(key, by_key[key].label, answer.table.cells[key, column], by_key[key].code)
        for key in row.of
        if key in by_key
    )


def _opened(row: LaidRow) -> Test | None:
    """The test whose tree a row is opened along: the first that names nodes with what stands below them."""
    return next((test for test in row.selector if test.under and not test.is_alone), None)


def _where_they_stand(
    compiled: Compiled, dimension: str, lines: Iterable[tuple[Any, ...]]
) -> Iterator[tuple[Any, ...]]:
    """The lines with the code that answers for the money in the place of the one it was booked on."""
    for column, epoch, name, *amounts in lines:
        code = compiled.membership.located(dimension, name, compiled.layout.readings[epoch])
        yield column, epoch, code, *amounts


def _by_code(compiled: Compiled, plan: CodePlan, lines: Iterable[tuple[Any, ...]]) -> dict[str, _Part]:
    day = report_day(compiled.parameters)
    found: dict[str, _Part] = {}
    for column, _, code, amount_ore, count in sorted(lines, key=lambda line: line[2] or ""):
        key = slug(code or "") or "utan-kod"
        if key not in found:
            found[key] = _Part(_named(plan, "account", code, day), code or "", {})
        found[key].add(column, amount_ore, count)
    return found


def _by_node(compiled: Compiled, plan: CodePlan, test: Test, lines: Iterable[tuple[Any, ...]]) -> dict[str, _Part]:
    day = report_day(compiled.parameters)
    parts: dict[str, _Part] = {}
    for column, epoch, code, amount_ore, count in lines:
        at = tree_of(plan, test.dimension, test.hierarchy, compiled.layout.readings[epoch])
        node = _node_of(at, test, code)
        is_direct = (node,) == test.under and node in at.children
        key = (slug(node or "") or "utan-kod") + (f"-{DIRECT}" if is_direct else "")
        if key not in parts:
            label = _named(plan, test.dimension, node, day)
            parts[key] = _Part(directly_on(label) if is_direct else label, node or "", {}, is_direct=is_direct)
        parts[key].add(column, amount_ore, count)
    return dict(sorted(parts.items(), key=lambda item: item[1].code))


def _node_of(at: Tree, test: Test, code: str | None) -> str | None:
    """The node one step below the row that a code stands under; the row's own node for what stands on it."""
    if code is None:
        return None
    if len(test.under) > 1:
        return next((node for node in at.above(code) if node in test.under), code)
    walk = at.above(code)
    if test.under[0] not in walk:
        return code
    position = walk.index(test.under[0])
    return walk[max(position - 1, 0)]


def _named(plan: CodePlan, dimension: str, code: str | None, day: date) -> Text:
    if code is None:
        return _NO_CODE
    name = plan.name(dimension, code, day)
    return Text(name, name)


def _vouchers(engine: Engine, compiled: Compiled, parts: CellParts, limit: int) -> dict[str, _Part]:
    lines = ask_of_cell(engine, compiled, parts.rows, parts.columns, "drill_vouchers")
    found: dict[str, _Part] = {}
    others = _Part(_OTHERS, "", {})
    for column, source, voucher, day, text, amount_ore, count in lines:
        name = f"{source}/{voucher or ''}"
        if name not in found and len(found) >= limit:
            others.add(column, amount_ore, count)
            continue
        if name not in found:
            words = " ".join(part for part in (voucher, day.isoformat() if day else "", text) if part)
            found[name] = _Part(Text(words, words), voucher or "", {})
        found[name].add(column, amount_ore, count)
    if others.posting_count:
        found["ovriga"] = others
    return found


def _cell(compiled: Compiled, parts: CellParts, column: str, part: _Part) -> Cell:
    definition = compiled.definition
    spec = {own.key: own for own in definition.columns}[column]
    if not isinstance(spec, ArithmeticColumn) or weights(definition, column):
        return Cell(sum(parts.weights[number] * ore for number, ore in part.amounts.items()))
    amounts: list[int] = []
    for operand in spec.operands:
        by_key: dict[str, int] = weights(definition, operand)
        by_number = defaultdict(int, {compiled.column_number(key): weight for key, weight in by_key.items()})
        held = [by_number[number] * ore for number, ore in part.amounts.items() if number in by_number]
        if not held:
            return NOTHING
        amounts.append(sum(held))
    return Cell(share=Decimal(amounts[0]) / Decimal(amounts[1])) if amounts[1] else NOTHING
