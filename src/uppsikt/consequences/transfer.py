"""The budget entry that follows a reorganisation: from its day on the budget stands with who answers for it.

Pure. What stands on a code in the months from an event's day on goes by the event's rules, one event after
the other; each month of each code string is shared to the öre, so what goes out comes in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from uppsikt.core.changes import Condition, Succession, SuccessionRule
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Place
from uppsikt.core.periods import Month
from uppsikt.core.postings import DIMENSIONS
from uppsikt.core.shares import shares_of
from uppsikt.core.ways import Asked, successors
from uppsikt.figures.carrying import whole_place
from uppsikt.figures.structures import tree
from uppsikt.planning.codes import CodeString
from uppsikt.planning.files import BudgetRow
from uppsikt.planning.kinds import BudgetKind

Cell = tuple[int, CodeString]  # (yyyymm, codes): the smallest thing a budget says an amount of
_NEVER = 10_000 * 100  # yyyymm after every month there is
Meets = Callable[[CodeString, Month, Asked], bool]


def transfer(
    plan: CodePlan, positions: Iterable[int], lines: Mapping[Cell, int], *, ending_only: bool
) -> dict[Cell, int]:
    """What the changes at these positions add to and take from each month of each code string; zero in all.

    What meets no rule stays. `ending_only` leaves out codes that go on.
    """
    meets = conditions_of(plan)
    steps = [(position, own) for position in positions for own in plan.changes[position].successions]
    standing = _Standing(lines, {own.dimension for _, own in steps})
    for position, succession in steps:
        if succession.ends or not ending_only:
            _hand_over(standing, succession, position, _months(plan, succession, position), meets)
    moves = {cell: ore - lines.get(cell, 0) for cell, ore in sorted(standing.ore.items())}
    return {cell: ore for cell, ore in moves.items() if ore}


class _Standing:
    """The budget as it is being moved, found by code: hundreds of events must not each read all of it."""

    def __init__(self, lines: Mapping[Cell, int], dimensions: Iterable[str]) -> None:
        self.ore: dict[Cell, int] = {}
        self._places = [(dimension, DIMENSIONS.index(dimension)) for dimension in dimensions]
        self._cells: dict[tuple[str, str], list[Cell]] = defaultdict(list)
        for cell, ore in lines.items():
            self.add(cell, ore)

    def add(self, cell: Cell, ore: int) -> None:
        if cell not in self.ore:
            self.ore[cell] = 0
            for dimension, place in self._places:
                self._cells[dimension, cell[1][place]].append(cell)
        self.ore[cell] += ore

    def on(self, dimension: str, code: str, periods: range) -> list[Cell]:
        return [cell for cell in self._cells[dimension, code] if cell[0] in periods and self.ore[cell]]


def _months(plan: CodePlan, succession: Succession, position: int) -> range:
    """From the event's day on; a code that ends and is opened again keeps what is budgeted on it then."""
    day = plan.changes[position].on
    again = plan.opened_on(succession.dimension, succession.code, day) if succession.ends else None
    return range(Month.of(day).number, Month.of(again).number if again else _NEVER)


def _hand_over(standing: _Standing, succession: Succession, position: int, months: range, meets: Meets) -> None:
    for cell in standing.on(succession.dimension, succession.code, months):
        if rule := _rule_met(succession, position, cell, meets):
            amount_ore = standing.ore[cell]
            standing.add(cell, -amount_ore)
            for heir, part_ore in _parts(rule, amount_ore):
                standing.add(_with_code(cell, succession.dimension, heir), part_ore)


def _rule_met(succession: Succession, position: int, cell: Cell, meets: Meets) -> SuccessionRule | None:
    month = Month.from_number(cell[0])
    for rule in succession.rules:
        if all(meets(cell[1], month, Asked(condition, position)) for condition in rule.conditions):
            return rule
    return None


def _parts(rule: SuccessionRule, amount_ore: int) -> list[tuple[str, int]]:
    shares = shares_of([portion.parts for portion in rule.portions])
    return [(portion.code, share.of(amount_ore)) for portion, share in zip(rule.portions, shares, strict=True)]


def _with_code(cell: Cell, dimension: str, code: str) -> Cell:
    return cell[0], cell[1]._replace(**{dimension: code})


def conditions_of(plan: CodePlan) -> Meets:
    """Whether a budget line meets a condition: its code, carried whole to the event's day, in that day's tree."""
    known: dict[tuple[Condition, date, str, Month | None], bool] = {}
    carried = {dimension: successors(plan, dimension) for dimension in DIMENSIONS}

    def meets(codes: CodeString, month: Month, asked: Asked) -> bool:
        condition, day = asked.condition, plan.changes[asked.position].on
        code = codes[DIMENSIONS.index(condition.dimension)]
        goes = code in carried[condition.dimension].codes
        key = (condition, day, code, month if goes else None)
        if key not in known:
            at = whole_place(carried[condition.dimension], code, month, plan.changes_until(day)) if goes else code
            above = tree(plan, condition.dimension, condition.hierarchy, day).above(at)
            known[key] = bool(code) and not set(condition.under).isdisjoint(above)
        return known[key]

    return meets


def budget_rows(moves: Mapping[Cell, int], *, decision: str, decided_on: date, text: str) -> list[BudgetRow]:
    """The moves as rows of budget entries of the kind reorganisation, one entry a year."""
    return [
        BudgetRow(decision, decided_on, BudgetKind.REORGANISATION, text, period, codes, ore, Place(text, number))
        for number, ((period, codes), ore) in enumerate(moves.items(), start=1)
    ]
