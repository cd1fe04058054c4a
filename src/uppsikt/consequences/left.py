"""Money that stands on a code which ends: without an heir, booked too late, forecast beyond its end. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from uppsikt.consequences.endings import Ending
from uppsikt.consequences.findings import BOOKED_AFTER, FORECAST_AFTER, NO_SUCCESSOR
from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.formats import to_the_ore
from uppsikt.core.language import say
from uppsikt.core.postings import ACTUAL, BUDGET, FORECAST_LAYERS, forecast_scenario
from uppsikt.figures.standing import Standing
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.states import State

Left = Mapping[tuple[str, str], Sequence[Standing]]  # by (dimension, code)


def money_findings(endings: Iterable[Ending], left: Left, rounds: Iterable[RoundRow], key: str) -> Iterator[Finding]:
    """What stands on each code that ends, and what is to be done about it."""
    going_on = {
        forecast_scenario(own.key, layer): own
        for own in rounds
        for layer in FORECAST_LAYERS
        if own.state is not State.ADOPTED
    }
    for ending in endings:
        standing = left.get((ending.dimension, ending.code), ())
        if standing and not ending.heirs:
            yield found(NO_SUCCESSOR, Place(key, ending.number), **_facts(ending), held=_said(standing))
        for own in standing:
            if own.is_within:
                yield from _after(ending, own, going_on, key)


def _after(ending: Ending, own: Standing, going_on: Mapping[str, RoundRow], key: str) -> Iterator[Finding]:
    at, facts = Place(key, ending.number), _facts(ending) | {"amount": to_the_ore(own.amount_ore)}
    if own.scenario == ACTUAL:
        more = {"count": own.posting_count, "last": str(own.last_month), "heirs": ending.heir_labels}
        yield found(BOOKED_AFTER, at, **facts, **more)
    elif own.scenario in going_on and own.amount_ore:
        held = going_on[own.scenario]
        more = {"round": held.key, "state": str(held.state.label), "heirs": ending.heir_labels}
        yield found(FORECAST_AFTER, at, **facts, **more)


def _facts(ending: Ending) -> dict[str, object]:
    return {"value": ending.label, "day": ending.on.isoformat()}


def _said(standing: Iterable[Standing]) -> str:
    sums: dict[str, int] = {}
    for own in standing:
        sums[own.scenario] = sums.get(own.scenario, 0) + own.amount_ore
    words = {ACTUAL: say("utfall", "actuals"), BUDGET: say("budget", "budget")}
    kronor = [f"{words.get(scenario, scenario)} {to_the_ore(ore)} kr" for scenario, ore in sums.items()]
    return ", ".join(kronor)
