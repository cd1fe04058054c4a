"""What is still to be done in each unit of a round, and what its forecast is while it is worked on. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from uppsikt.core.codeplan import CodePlan
from uppsikt.core.net_cost import is_net_cost
from uppsikt.planning.forecasts import Actuals
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import ForecastFacts
from uppsikt.rounds.deviations import Position, answer_faults, explanation_faults, positions
from uppsikt.rounds.values import CellRow, ExplanationRow, ParticipantRow, RoundWork, SetupRow
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
    plan: CodePlan,
) -> dict[str, Progress]:
    """What is left to do in each of some units; those that are excused have nothing."""
    forecasts: dict[str, list[ForecastFacts]] = defaultdict(list)
    for own in handed_in:
        forecasts[own.unit].append(own)
    wanted = set(units)
    return {
        own.unit: _progress(own, work, said_by(own, cells, forecasts[own.unit], work.round, books), cells, plan)
        for own in work.participants
        if own.unit in wanted and not own.excused
    }


def said_by(
    own: ParticipantRow,
    cells: Mapping[str, Sequence[CellRow]],
    handed_in: Sequence[ForecastFacts],
    row: RoundRow,
    books: Books,
) -> list[Position]:
    """What a unit says of each account group: what it types while it is at work, else what it handed in."""
    if own.state.is_editable and own.unit in cells:
        return positions(own.unit, cells[own.unit], row, books.actuals, books.budget)[0]
    return [_position(facts, books) for facts in handed_in]


def is_at_work(own: ParticipantRow, cells: Iterable[CellRow]) -> bool:
    """Whether something is typed that is not handed in."""
    return own.state.is_editable and any(cell.amount_ore is not None for cell in cells)


def net_cost_of(said: Iterable[Position], plan: CodePlan, row: RoundRow) -> int:
    """The net cost's part of what is said, in öre: investments are no cost of the year."""
    return sum(own.full_year_ore for own in said if is_net_cost(plan, own.account, row.cut_off))


def unexplained(said: Iterable[Position], explanations: Iterable[ExplanationRow], setup: SetupRow | None) -> set[str]:
    """The account groups whose deviation lacks its cause or its measure: what stops the unit from handing in."""
    return {fault.at.column for fault in explanation_faults(said, explanations, setup)}


def _position(facts: ForecastFacts, books: Books) -> Position:
    budgeted = books.budget.get((facts.unit, facts.account), {})
    return Position(facts.account, facts.full_year_ore, facts.actual_ore, sum(budgeted.values()), {}, budgeted)


def _progress(
    own: ParticipantRow,
    work: RoundWork,
    said: Sequence[Position],
    cells: Mapping[str, Sequence[CellRow]],
    plan: CodePlan,
) -> Progress:
    explanations = work.explanations.get(own.unit, ())
    return Progress(
        working_ore=net_cost_of(said, plan, work.round) if is_at_work(own, cells.get(own.unit, ())) else None,
        unexplained=len(unexplained(said, explanations, work.setup)),
        unanswered=len(list(answer_faults(work.questions, work.answered.get(own.unit, ())))),
        comments=work.open_comments.get(own.unit, 0),
    )
