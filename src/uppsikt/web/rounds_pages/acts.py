"""What is done from the controller's pages; each act tells what came of it and where to go."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import QueryDict
from django.urls import reverse

from uppsikt import relations
from uppsikt.audit.actors import Actor
from uppsikt.coding.selectors import code_plan
from uppsikt.core.findings import found, has_errors
from uppsikt.core.language import Text, say
from uppsikt.forecasting.services import change_state
from uppsikt.planning.states import State
from uppsikt.rounds.services import approve_unit, excuse_unit, include_unit, return_unit
from uppsikt.rounds.services import approve_units as approve_all
from uppsikt.rounds.values import UnitChange
from uppsikt.web.actors import today
from uppsikt.web.acts import Act
from uppsikt.web.errors import Absent
from uppsikt.web.findings import CHOICE_UNKNOWN
from uppsikt.web.rounds_pages.findings import NOTHING_CHOSEN
from uppsikt.web.rounds_pages.scope import scope_of

_ACT = Text("Åtgärd", "Action")
_STEP = Text("Steg", "Step")
_WITH_GAPS = "with_gaps"  # the box that says: approve in spite of what is missing
_SEEN = "seen"  # the mark of what the page showed: of several units one each, with the unit's code


def approve_units(actor: Actor, round_key: str, posted: QueryDict) -> Act:
    """Approve several at once: those that can't be are named, the others are approved. Others' units stop all.

    What has changed since the page was read isn't approved.
    """
    scope, units = scope_of(actor, round_key), list(dict.fromkeys(posted.getlist("unit")))
    for unit in units:
        scope.require_unit(unit)
    results = approve_all(
        actor=actor,
        round_key=round_key,
        units=units,
        as_of=today(),
        actuals=relations.actuals_of_round,
        budget=relations.budget_of_round,
        accepts_gaps=_WITH_GAPS in posted,
        seen={unit: posted.get(f"{_SEEN}-{unit}", "") for unit in units},
    )
    findings = [finding for result in results for finding in result.findings] or (
        [] if units else [found(NOTHING_CHOSEN)]
    )
    done = sum(not has_errors(result.findings) for result in results)
    says = say("{n} {n:enhet är godkänd|enheter är godkända}.", "{n} {n:unit is|units are} approved.", n=done)
    return Act(findings, says, _back(round_key, posted))


def _back(round_key: str, posted: QueryDict) -> str:
    query = QueryDict(posted.get("back", "")).urlencode()  # read and written anew: nothing but a query
    return reverse("round", args=[round_key]) + (f"?{query}" if query else "")


def step_unit(actor: Actor, round_key: str, unit: str, posted: QueryDict) -> Act:
    """Approve, return, excuse or take in one unit."""
    does = _UNIT_ACTS.get(posted.get("do", ""))
    if does is None:
        raise Absent(found(CHOICE_UNKNOWN, name=_ACT, value=posted.get("do", "")))
    act, says = does
    result = act(actor, round_key, unit, posted)
    name = code_plan().name("unit", unit, today())
    return Act(result.findings, says.filled(unit=name), _back(round_key, posted))


def _approve(actor: Actor, round_key: str, unit: str, posted: QueryDict) -> UnitChange:
    return approve_unit(
        actor=actor,
        round_key=round_key,
        unit=unit,
        as_of=today(),
        actuals=relations.actuals_of_round,
        budget=relations.budget_of_round,
        accepts_gaps=_WITH_GAPS in posted,
        seen=posted.get(_SEEN, ""),
    )


def _return(actor: Actor, round_key: str, unit: str, posted: QueryDict) -> UnitChange:
    message = posted.get("message", "")
    return return_unit(actor=actor, round_key=round_key, unit=unit, message=message, as_of=today())


def _excuse(actor: Actor, round_key: str, unit: str, posted: QueryDict) -> UnitChange:
    reason = posted.get("reason", "")
    return excuse_unit(actor=actor, round_key=round_key, unit=unit, reason=reason, as_of=today())


def _include(actor: Actor, round_key: str, unit: str, posted: QueryDict) -> UnitChange:
    return include_unit(actor=actor, round_key=round_key, unit=unit, as_of=today())


_UnitAct = Callable[[Actor, str, str, QueryDict], UnitChange]
_UNIT_ACTS: Mapping[str, tuple[_UnitAct, Text]] = {
    "approve": (_approve, Text("{unit} är godkänd.", "{unit} is approved.")),
    "return": (_return, Text("{unit} är återlämnad.", "{unit} is returned.")),
    "excuse": (_excuse, Text("{unit} är undantagen.", "{unit} is excused.")),
    "include": (_include, Text("{unit} deltar igen.", "{unit} takes part again.")),
}


def step_round(actor: Actor, round_key: str, posted: QueryDict) -> Act:
    """Open a draft with its suggestions, consolidate, or open again."""
    wanted = posted.get("to", "")
    if wanted not in (State.OPEN.value, State.CONSOLIDATED.value):
        raise Absent(found(CHOICE_UNKNOWN, name=_STEP, value=wanted))
    reason = posted.get("reason", "")
    result = change_state(actor=actor, key=round_key, to=State(wanted), as_of=today(), reason=reason)
    says = say("Omgången är {state}.", "The round is {state}.", state=State(wanted).label)
    return Act(result.findings, says, reverse("round", args=[round_key]))
