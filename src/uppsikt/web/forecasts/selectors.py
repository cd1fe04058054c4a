"""Reads of the manager's page, and of the list that leads to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from uppsikt.adoption.reading import is_frozen
from uppsikt.audit.actors import WHOLE, Actor, NotAllowed, Verb, may
from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding
from uppsikt.core.formats import Unit
from uppsikt.forecasting.selectors import net_interval, suggestions
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import rounds
from uppsikt.planning.states import State
from uppsikt.rounds.selectors import participants, unit_work
from uppsikt.rounds.values import ParticipantRow, UnitWork
from uppsikt.web.actors import may_anywhere, today
from uppsikt.web.forecasts.adopted import as_adopted
from uppsikt.web.forecasts.figures import UnitFigures, figures_now
from uppsikt.web.forecasts.lines import grid_lines
from uppsikt.web.forecasts.saving import cell_facts, state_facts
from uppsikt.web.forecasts.work_page import UNITS, Choices, Rights, UnitPage
from uppsikt.web.scope import require_reading

_VERBS = (Verb.SUBMIT_FORECAST, Verb.COMMENT, Verb.APPROVE_FORECAST)


def unit_page(
    actor: Actor,
    round_key: str,
    unit: str,
    choices: Choices,
    *,
    lacks: Sequence[Finding] = (),
    refused: Sequence[Finding] = (),
    posted: Mapping[str, str] | None = None,
) -> UnitPage:
    """The page of a unit in a round; raises `NotAllowed`, and `NotFound` for unknown rounds and units."""
    work = unit_work(round_key, unit)
    now, on = code_plan(), work.round.cut_off
    require_reading(actor, now, unit, on)
    rights = rights_of(actor, now.path("unit", unit, today()))
    _require_working(actor, rights, work)
    held = _held(work, unit, now)
    suggested = {account: row for (_, account), row in suggestions(round_key, [unit]).items()}
    return UnitPage(
        held.work,
        unit,
        held.plan.name("unit", unit, on),
        grid_lines(held.figures.lines, held.work, suggested, choices.amounts_in, reads_comments=rights.may_comment),
        rights,
        choices,
        path=[(code, held.plan.name("unit", code, on)) for code in _above(held.plan, unit, work.round)],
        since_ore=held.figures.since_ore,
        booked_to=held.figures.booked_to,
        is_frozen=held.is_frozen,
        net=net_interval(round_key, unit) if suggested else None,
        lacks=lacks,
        refused=refused,
        posted=posted or {},
    )


def _above(plan: CodePlan, unit: str, row: RoundRow) -> list[str]:
    return list(reversed(plan.path("unit", unit, row.cut_off)[1:]))


@dataclass(frozen=True, slots=True)
class _Held:
    """What the page shows of a unit: as it stands, or as it was adopted."""

    figures: UnitFigures
    work: UnitWork
    plan: CodePlan
    is_frozen: bool = False


def _held(work: UnitWork, unit: str, plan: CodePlan) -> _Held:
    if is_frozen(work.round):
        adopted = as_adopted(work, unit)
        return _Held(adopted.figures, adopted.work, adopted.plan, is_frozen=True)
    said = {own.account for own in work.cells} | {own.account for own in work.explanations}
    return _Held(figures_now(work.round, unit, said), work, plan)


def rights_of(actor: Actor, path: Sequence[str]) -> Rights:
    """What the actor may do with the work of the unit with this path, today."""
    day = today()
    types, comments, reviews = (may(actor, verb, path, day) for verb in _VERBS)
    return Rights(types, comments, reviews)


def _require_working(actor: Actor, rights: Rights, work: UnitWork) -> None:
    # what isn't handed in is working material, for those who work with it
    if not rights.may_comment and work.participant and work.participant.state.is_editable:
        raise NotAllowed(actor, Verb.COMMENT)


def held_cells(actor: Actor, round_key: str, unit: str) -> dict[str, object]:
    """The cells of a unit as the page reads them; raises `NotAllowed` and `NotFound`."""
    work = unit_work(round_key, unit)
    plan = code_plan()
    require_reading(actor, plan, unit, work.round.cut_off)
    _require_working(actor, rights_of(actor, plan.path("unit", unit, today())), work)
    state = work.participant.state if work.participant else None
    return {"saved": [cell_facts(own) for own in work.cells], "state": state_facts(state)}


@dataclass(frozen=True, slots=True)
class OwnWork:
    """A unit somebody answers for, in an open round."""

    round: RoundRow
    unit: str
    unit_name: str
    participant: ParticipantRow
    days_left: int


def own_work(actor: Actor) -> list[OwnWork]:
    """The units the actor forecasts for in open rounds: the next deadline first, what waits before what doesn't.

    A right on the whole municipality is no unit of one's own: the controllers' page is for those. Raises
    `NotAllowed` for whoever reads nothing.
    """
    if not may_anywhere(actor, Verb.READ):
        raise NotAllowed(actor, Verb.READ)
    plan, day = code_plan(), today()
    own = Actor(actor.name, actor.user_id, tuple(grant for grant in actor.grants if grant.unit != WHOLE))
    found = [
        OwnWork(row, taking.unit, plan.name("unit", taking.unit, row.cut_off), taking, (row.deadline - day).days)
        for row in rounds()
        if row.state is State.OPEN
        for taking in participants(row.key)
        if not taking.excused and may(own, Verb.SUBMIT_FORECAST, plan.path("unit", taking.unit, day), day)
    ]
    return sorted(found, key=lambda work: (work.round.deadline, not work.participant.state.is_editable, work.unit))


def asked(query: Mapping[str, str], added: Sequence[str]) -> Choices:
    """The choices of an address; what it can't mean is as if it weren't there."""
    return Choices(UNITS.get(query.get("i", ""), Unit.TKR), query.get("manader", "") == "1", tuple(added))
