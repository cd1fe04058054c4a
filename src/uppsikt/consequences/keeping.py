"""Codes that hand money over and go on: their budget is moved, but a forecast is only ever handed in anew. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from uppsikt.coding.events import Reorganisation
from uppsikt.consequences.endings import labelled
from uppsikt.consequences.findings import FORECAST_STAYS
from uppsikt.consequences.left import Left
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.formats import to_the_ore
from uppsikt.core.postings import FORECAST_LAYERS, forecast_scenario
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.states import State


@dataclass(frozen=True, slots=True)
class Keeping:
    """A code that hands over a part from the day `on` and goes on with the rest."""

    number: int  # of its event
    dimension: str
    code: str
    label: str
    on: date
    heirs: tuple[str, ...]


def keepings(own: Reorganisation, plan: CodePlan) -> tuple[Keeping, ...]:
    """The codes that give and go on, each once, by its first event. `plan` has the reorganisation in it."""
    kept: dict[tuple[str, str], Keeping] = {}
    for event in own.events:
        heirs = tuple(code for code in event.targets if code != event.code)
        if heirs and not event.ends and plan.entry(event.dimension, event.code, event.on):
            label = labelled(event.code, plan.name(event.dimension, event.code, event.on))
            one = Keeping(event.number, event.dimension, event.code, label, event.on, heirs)
            kept.setdefault((event.dimension, event.code), one)
    return tuple(kept.values())


def forecast_findings(kept: Iterable[Keeping], left: Left, rounds: Iterable[RoundRow], key: str) -> Iterator[Finding]:
    """Each forecast of a round that isn't adopted, in months after a code gave a part of itself away."""
    going_on = {
        forecast_scenario(own.key, layer): own
        for own in rounds
        for layer in FORECAST_LAYERS
        if own.state is not State.ADOPTED
    }
    for one in kept:
        for own in left.get((one.dimension, one.code), ()):
            if own.is_within and own.amount_ore and own.scenario in going_on:
                held = going_on[own.scenario]
                facts = {"value": one.label, "day": one.on.isoformat(), "heirs": ", ".join(one.heirs)}
                facts |= {"round": held.key, "state": str(held.state.label), "amount": to_the_ore(own.amount_ore)}
                yield found(FORECAST_STAYS, Place(key, one.number), **facts)
