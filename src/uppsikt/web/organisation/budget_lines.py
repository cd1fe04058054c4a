"""Budget that goes from code to code, summed to what is read before deciding: by year, code, running or capital."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from uppsikt.coding.differences import Structure
from uppsikt.core.formats import Unit, amount
from uppsikt.core.language import Text
from uppsikt.core.postings import DIMENSIONS
from uppsikt.planning.codes import CodeString

_BALANCE_CLASSES = ("1", "2")  # of the account: budget there is capital, all other is running cost and income
_RUNNING, _CAPITAL = Text("drift", "running"), Text("investering", "capital")


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """What goes to (minus: from) a code in a year, in kronor of cost; `what` is running or capital budget."""

    year: int
    label: str
    what: str
    text: str


def budget_lines(moves: Iterable[tuple[int, CodeString, int]], structure: Structure) -> list[BudgetLine]:
    """Moves (yyyymm, codes, öre) summed over the codes of the structure's dimension; zero isn't told."""
    place = DIMENSIONS.index(structure.dimension)
    sums: dict[tuple[int, str, bool], int] = defaultdict(int)
    for period, codes, ore in moves:
        sums[period // 100, codes[place], codes.account.startswith(_BALANCE_CLASSES)] += ore
    return [
        BudgetLine(year, structure.name(code), str(_CAPITAL if is_capital else _RUNNING), amount(ore, Unit.KR, 0))
        for (year, code, is_capital), ore in sorted(sums.items())
        if ore
    ]
