"""What is proposed for the budget when a reorganisation is adopted, and what is to be said of it. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from uppsikt.coding.events import Reorganisation, reorganisation_of
from uppsikt.consequences.endings import Ending
from uppsikt.consequences.findings import BUDGET_AFTER, DECIDED_ALREADY
from uppsikt.consequences.transfer import Cell, budget_rows, transfer
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.formats import to_the_ore
from uppsikt.core.money import kronor
from uppsikt.core.periods import Month
from uppsikt.core.postings import DIMENSIONS
from uppsikt.core.tables import write_csv, write_xlsx
from uppsikt.planning.budgets import decisions_of
from uppsikt.planning.files import BUDGET_HEADINGS, BudgetRow
from uppsikt.planning.models import TEXT_LENGTH


@dataclass(frozen=True, slots=True)
class Proposal:
    """Rows that make one entry a year, and findings about them and about what they leave."""

    rows: tuple[BudgetRow, ...]
    findings: tuple[Finding, ...]


def proposal(
    own: Reorganisation,
    plan: CodePlan,
    ended: Sequence[Ending],
    cells: Mapping[Cell, int],
    entries: Mapping[int, int],
) -> Proposal:
    """The transfer of what stands in `cells`. `entries`: how many entries each year has of this decision already.

    In a year that has some, people have said what goes; only codes that end are emptied then of what is left.
    """
    positions = positions_of(own, plan)
    by_year: dict[int, dict[Cell, int]] = defaultdict(dict)
    for cell, ore in sorted(cells.items()):
        by_year[cell[0] // 100][cell] = ore
    rows: list[BudgetRow] = []
    for year, standing in by_year.items():
        held = entries.get(year, 0)
        moved = transfer(plan, positions, standing, ending_only=held > 0)
        rows += _rows(own, moved, held)
    findings = [
        *_still_there(ended, cells, own.key),
        *_unfit(own, plan, rows),
        *_decided(own, rows, entries),
    ]
    return Proposal(tuple(rows), tuple(findings))


def positions_of(own: Reorganisation, plan: CodePlan) -> list[int]:
    """Where the reorganisation's changes stand among the plan's."""
    return [number for number, change in enumerate(plan.changes) if reorganisation_of(change.key) == own.key]


def codes_touched(own: Reorganisation, plan: CodePlan, ended: Iterable[Ending]) -> dict[str, set[str]]:
    """The codes, by dimension, that end or give money away."""
    touched: dict[str, set[str]] = defaultdict(set)
    for ending in ended:
        touched[ending.dimension].add(ending.code)
    for position in positions_of(own, plan):
        for succession in plan.changes[position].successions:
            touched[succession.dimension].add(succession.code)
    return touched


def _rows(own: Reorganisation, moves: Mapping[Cell, int], held: int) -> list[BudgetRow]:
    # an entry is known by decision, kind, text and year, so the next one of a decision has a number in its text
    text = f"{own.name[: TEXT_LENGTH - 5]}, {held + 1}" if held else own.name
    decided_on = own.decided_on or own.days[0]
    return budget_rows(moves, decision=own.decision, decided_on=decided_on, text=text)


def _still_there(ended: Iterable[Ending], cells: Mapping[Cell, int], key: str) -> Iterator[Finding]:
    """Each code whose budget goes on after its end; costs and income that cancel out are a budget too."""
    for ending in ended:
        place = DIMENSIONS.index(ending.dimension)
        mine = [
            ore for (period, codes), ore in cells.items() if codes[place] == ending.code and ending.is_over_in(period)
        ]
        if any(mine):
            facts = {"value": ending.label, "day": ending.on.isoformat(), "amount": to_the_ore(sum(mine))}
            yield found(BUDGET_AFTER, Place(key, ending.number), **facts, key=key)


def _unfit(own: Reorganisation, plan: CodePlan, rows: Sequence[BudgetRow]) -> list[Finding]:
    """Why the journal would refuse the rows; a draft may still lack its decision, so that is not asked here."""
    if not own.decision:
        return []
    return decisions_of(rows, plan)[1]


def _decided(own: Reorganisation, rows: Iterable[BudgetRow], entries: Mapping[int, int]) -> Iterator[Finding]:
    years = {row.period // 100 for row in rows}
    for year in sorted(years & entries.keys()):
        yield found(DECIDED_ALREADY, Place(own.key), decision=own.decision, count=entries[year], year=year)


def transfer_file(rows: Iterable[BudgetRow], ending: str) -> bytes:
    """The rows as a file that the import of budget decisions takes: CSV, or XLSX where `ending` is "xlsx"."""
    cells = [
        [
            row.decision,
            row.decided_on.isoformat(),
            row.kind.value,
            row.text,
            str(Month.from_number(row.period)),
            *row.codes,
            str(kronor(row.amount_ore)),
        ]
        for row in rows
    ]
    return write_xlsx(BUDGET_HEADINGS, cells, "budget") if ending == "xlsx" else write_csv(BUDGET_HEADINGS, cells)
