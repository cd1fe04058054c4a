"""What is still to be done in each unit of a round, and what its forecast is while it is worked on. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from uppsikt.planning.forecasts import Actuals
from uppsikt.planning.selectors import ForecastFacts
from uppsikt.rounds.deviations import Position, answer_faults, explanation_faults, positions
from uppsikt.rounds.values import CellRow, ParticipantRow, RoundWork
from uppsikt.web.rounds_pages.tree import Progress


@dataclass(frozen=True)
class Books:
    """What forecasts are laid beside: actuals to the cut-off, and budget, by unit and account node."""

    actuals: Actuals
    budget: Actuals


def progress_of(
    work: RoundWork,
    cells: Mapping[str, Sequence[CellRow]],
    handed_in: Iterable[ForecastFacts],
    books: Books,
    units: Iterable[str],
) -> dict[str, Progress]:
    """What is left to do in each of some units; those that are excused have nothing."""
    forecasts: dict[str, list[ForecastFacts]] = defaultdict(list)
    for own in handed_in:
        forecasts[own.unit].append(own)
    wanted = set(units)
    return {
        own.unit: _progress(own, work, said_by(own, cells, forecasts[own.unit], work, books), cells)
        for own in work.participants
        if own.unit in wanted and not own.excused
    }


def said_by(
    own: ParticipantRow,
    cells: Mapping[str, Sequence[CellRow]],
    handed_in: Sequence[ForecastFacts],
    work: RoundWork,
    books: Books,
) -> list[Position]:
    """What a unit says of each account group: what it types while it is at work, else what it handed in."""
    if own.state.is_editable and own.unit in cells:
        return positions(own.unit, cells[own.unit], work.round, books.actuals, books.budget)[0]
    return [_position(facts, books) for facts in handed_in]


def _position(facts: ForecastFacts, books: Books) -> Position:
    budgeted = books.budget.get((facts.unit, facts.account), {})
    return Position(facts.account, facts.full_year_ore, facts.actual_ore, sum(budgeted.values()), {}, budgeted)


def _progress(
    own: ParticipantRow, work: RoundWork, said: Sequence[Position], cells: Mapping[str, Sequence[CellRow]]
) -> Progress:
    is_working = own.state.is_editable and any(cell.amount_ore is not None for cell in cells.get(own.unit, ()))
    faults = explanation_faults(said, work.explanations.get(own.unit, ()), work.setup)
    return Progress(
        working_ore=sum(position.full_year_ore for position in said) if is_working else None,
        unexplained=len({fault.at.column for fault in faults}),  # a group that lacks cause and measure counts once
        unanswered=len(list(answer_faults(work.questions, work.answered.get(own.unit, ())))),
        comments=work.open_comments.get(own.unit, 0),
    )
