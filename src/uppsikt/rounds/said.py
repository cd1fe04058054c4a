"""What a unit says of its account groups: what it types while it is at work, else what it handed in. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from uppsikt.core.codeplan import CodePlan
from uppsikt.core.net_cost import is_net_cost
from uppsikt.planning.forecasts import Actuals
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import ForecastFacts
from uppsikt.rounds.deviations import Position, positions
from uppsikt.rounds.values import CellRow, ParticipantRow


@dataclass(frozen=True)
class Books:
    """What forecasts are laid beside: actuals to the cut-off, and budget, by unit and account node."""

    actuals: Actuals
    budget: Actuals


def said_by(
    own: ParticipantRow,
    cells: Mapping[str, Sequence[CellRow]],
    handed_in: Iterable[ForecastFacts],
    row: RoundRow,
    books: Books,
) -> list[Position]:
    """What a unit says of each account group; `cells` by unit, `handed_in` the unit's own."""
    if own.state.is_editable and own.unit in cells:
        return positions(own.unit, cells[own.unit], row, books.actuals, books.budget)[0]
    return [_position(facts, books) for facts in handed_in]


def _position(facts: ForecastFacts, books: Books) -> Position:
    budgeted = books.budget.get((facts.unit, facts.account), {})
    return Position(facts.account, facts.full_year_ore, facts.actual_ore, sum(budgeted.values()), {}, budgeted)


def is_at_work(own: ParticipantRow, cells: Iterable[CellRow]) -> bool:
    """Whether something is typed that is not handed in."""
    return own.state.is_editable and any(cell.amount_ore is not None for cell in cells)


def net_cost_of(said: Iterable[Position], plan: CodePlan, row: RoundRow) -> int:
    """The net cost's part of what is said, in öre: investments are no cost of the year."""
    return sum(own.full_year_ore for own in said if is_net_cost(plan, own.account, row.cut_off))
