"""What is still to be done in each unit of a round, and what its forecast is while it is worked on. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from uppsikt.core.codeplan import CodePlan
from uppsikt.planning.selectors import ForecastFacts
from uppsikt.rounds.deviations import Position, answer_faults, forgotten, unexplained
from uppsikt.rounds.said import Books, is_at_work, net_cost_of, said_by
from uppsikt.rounds.values import CellRow, ParticipantRow, RoundWork
from uppsikt.web.rounds_pages.tree import Progress


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
        own.unit: _progress(
            own, work, said_by(own, cells, forecasts[own.unit], work.round, books), cells, books, plan
        )
        for own in work.participants
        if own.unit in wanted and not own.excused
    }


def _progress(
    own: ParticipantRow,
    work: RoundWork,
    said: Sequence[Position],
    cells: Mapping[str, Sequence[CellRow]],
    books: Books,
    plan: CodePlan,
) -> Progress:
    explanations = work.explanations.get(own.unit, ())
    is_handed_in = not own.state.is_editable
    return Progress(
        working_ore=net_cost_of(said, plan, work.round) if is_at_work(own, cells.get(own.unit, ())) else None,
        unexplained=len(unexplained(said, explanations, work.setup)),
        unanswered=len(list(answer_faults(work.questions, work.answered.get(own.unit, ())))),
        comments=work.open_comments.get(own.unit, 0),
        forgets_budget=is_handed_in and bool(forgotten(own.unit, said, books.budget, work.round, plan)),
    )
