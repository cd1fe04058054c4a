"""What the controller's pages read: each asks a fixed number of questions, however many units take part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from uppsikt import relations
from uppsikt.adoption.reading import reading_of
from uppsikt.audit.selectors import moments
from uppsikt.core.hashes import hash_of, short
from uppsikt.forecasting.accuracy import AccuracyRow
from uppsikt.planning.kinds import ForecastKind
from uppsikt.planning.models import Forecast
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import ForecastFacts, forecast_facts, forecasts, revisions
from uppsikt.planning.states import State
from uppsikt.rounds.gaps import by_unit, mark_of
from uppsikt.rounds.holding import target_of
from uppsikt.rounds.models import Answer, Cell, Comment, Explanation, Participant
from uppsikt.rounds.said import Books
from uppsikt.rounds.selectors import round_cells, round_work
from uppsikt.rounds.values import CellRow, ParticipantRow, RoundWork
from uppsikt.web.rounds_pages.figures import at, money_at
from uppsikt.web.rounds_pages.past import past_accuracy
from uppsikt.web.rounds_pages.progress import progress_of
from uppsikt.web.rounds_pages.review import summed
from uppsikt.web.rounds_pages.scope import Scope
from uppsikt.web.rounds_pages.tree import Progress, TreeLine, places, tree_lines


@dataclass(frozen=True, slots=True)
class Total:
    """Sums in öre of ledger sign; None where there is nothing to sum."""

    budget_ore: int | None
    forecast_ore: int | None
    deviation_ore: int | None
    change_ore: int | None
    deviation_change_ore: int | None


@dataclass(frozen=True)
class Tree:
    """The round's tree as the reader sees it: whoever approves a unit's forecast reads its comments too.

    `seen` has a mark of what each unit has handed in: whoever approves says what they saw.
    """

    work: RoundWork
    lines: tuple[TreeLine, ...]
    mark: str
    past: Mapping[str, AccuracyRow]
    seen: Mapping[str, str]

    @property
    def tops(self) -> list[TreeLine]:
        """The lines nothing stands above."""
        return [line for line in self.lines if line.place.level == 0]

    @property
    def total(self) -> Total:
        """All that the reader sees, together."""
        tops = self.tops
        return Total(
            summed(line.money.budget_ore for line in tops),
            summed(line.money.forecast_ore for line in tops),
            summed(line.deviation_ore for line in tops),
            summed(line.change_ore for line in tops),
            summed(line.deviation_change_ore for line in tops),
        )


def read_tree(scope: Scope) -> Tree:
    """All units of a round with figures and progress: one statement, and one question of the books.

    The figures of an adopted round are those that were adopted, and nothing in it is left to do.
    """
    mark = pulse(scope.row)  # asked first: what changes while the rest is read is told of by the next one
    work = round_work(scope.row.key)
    taking_part = [own for own in work.participants if scope.holds(own.unit)]
    units, tops = [own.unit for own in taking_part], _tops(scope, taking_part)
    # asked before the figures, as the mark: what changes meanwhile is other than what was seen
    handed_in = [] if scope.row.state is State.ADOPTED else forecasts(scope.row.key)
    standing = by_unit(handed_in)
    seen = {own.unit: mark_of(own, standing[own.unit]) for own in taking_part}
    with reading_of(scope.row) as reading:
        where = places(reading.engine.plan, scope.row.cut_off, tops, units)
        money = money_at(reading.facts, [at(place.code) for place in where], reading.engine)
        past = past_accuracy(scope.row.key)
    sums = {spot.units[0]: amounts for spot, amounts in money.items()}
    progress = _progress(scope, work, units, handed_in)
    return Tree(work, tuple(tree_lines(where, sums, taking_part, progress)), mark, past, seen)


def _progress(
    scope: Scope, work: RoundWork, units: Iterable[str], handed_in: Iterable[ForecastFacts]
) -> dict[str, Progress]:
    if scope.row.state is State.ADOPTED:
        return {unit: Progress(comments=work.open_comments.get(unit, 0)) for unit in units}
    cells = round_cells(scope.row)
    return progress_of(work, cells, handed_in, read_books(scope), units, scope.plan)


def _tops(scope: Scope, taking_part: Iterable[ParticipantRow]) -> list[str]:
    """The trees' tops, those that anybody takes part in first."""
    busy = {code for own in taking_part for code in scope.path(own.unit)}
    return sorted(scope.tops, key=lambda code: (code not in busy, code))


def read_books(scope: Scope) -> Books:
    """Actuals to the cut-off and the budget decided by then, of a round's year, by node."""
    return Books(relations.actuals_of_round(scope.row), relations.budget_of_round(scope.row))


def pulse(row: RoundRow) -> str:
    """A short mark of all that people do in a round: another as soon as anything is written. Six small questions."""
    participants = Participant.objects.filter(round__key=row.key).order_by("unit")
    latest = [
        Cell.objects.filter(round__key=row.key).aggregate(at=Max("changed_at")),
        Explanation.objects.filter(round__key=row.key).aggregate(at=Max("changed_at")),
        Answer.objects.filter(question__round__key=row.key).aggregate(at=Max("changed_at")),
        Comment.objects.filter(round__key=row.key).aggregate(Max("at"), Max("settled_at")),
    ]
    people = list(participants.values_list("unit", "state", "excused"))
    return short(hash_of([row.state, revisions(), people, latest]))


def adjustment_history(round_key: str) -> list[ForecastFacts]:
    """Every central adjustment of a round, those that were replaced too, the latest first (one query)."""
    own = Forecast.objects.filter(round__key=round_key, kind=ForecastKind.ADJUSTMENT.value)
    return forecast_facts(own.order_by("-pk"))


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What a unit last handed in before what it says now: when, and the year's öre by account."""

    at: datetime
    amounts: Mapping[str, int]


def handed_in_before(round_key: str, participant: ParticipantRow, cells: Iterable[CellRow]) -> HandedIn | None:
    """What to compare a unit's forecast with: the last hand-in while it works on another, else the one before it.

    None for a unit's first (three queries).
    """
    times = moments("submit-unit", target_of(round_key, participant.unit))
    if not participant.state.is_editable:
        times = times[:-1]
    if not times:
        return None
    at = times[-1]
    emptied = {cell.account for cell in cells if cell.changed_at > at}
    own = Forecast.objects.filter(
        round__key=round_key, kind=ForecastKind.SUBMISSION.value, unit=participant.unit, submitted_at__lte=at
    )
    stood = {facts.account: facts for facts in forecast_facts(own.order_by("pk"))}
    replaced = set(own.filter(replaced_by__isnull=False).values_list("pk", flat=True))
    return HandedIn(
        at,
        {
            account: facts.full_year_ore
            for account, facts in stood.items()
            # one that stands no more without another in its place fell when its cells were emptied
            if facts.is_current or facts.id in replaced or account in emptied
        },
    )
