"""What the event log tells of rounds and forecasts: each as it must be unless somebody went past the services."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from uppsikt.audit.models import Event
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import VersionRow
from uppsikt.planning.states import State, is_correction


@dataclass(frozen=True, slots=True)
class ToldForecast:
    """A forecast as it was handed in, and whether a later one has taken its place."""

    round_key: str
    kind: str
    unit: str
    account: str
    actual_ore: int
    rest_ore: int
    actor: str
    submitted_on: date
    is_current: bool


@dataclass(frozen=True)
class ToldRounds:
    """Rounds by key, and adopted versions by round and number."""

    facts: dict[str, RoundRow] = field(default_factory=dict)
    versions: dict[tuple[str, int], VersionRow] = field(default_factory=dict)


def told_forecasts(events: Iterable[Event]) -> dict[int, ToldForecast]:
    """Every forecast by its id, from the events that handed them in, in their order."""
    told: dict[int, ToldForecast] = {}
    for event in events:
        payload = json.loads(event.payload)
        day, kind = date.fromisoformat(payload["submitted_on"]), payload.get("kind", "submission")
        for pk, unit, account, actual_ore, rest_ore, replaced in payload["forecasts"]:
            own = (event.target.removeprefix("round:"), kind, unit, account, actual_ore, rest_ore)
            told[pk] = ToldForecast(*own, event.actor, day, True)
            _fell(told, replaced)
        for fallen in payload.get("fallen", ()):
            _fell(told, fallen)
    return told


def _fell(told: dict[int, ToldForecast], pk: int | None) -> None:
    if pk in told:
        told[pk] = replace(told[pk], is_current=False)


def told_rounds(events: Iterable[Event], days: Mapping[str, date] | None = None) -> ToldRounds:
    """Every round as its events have made it, and every version that was adopted.

    `days` has days of adoption by content hash: events from before versions were kept don't say the day.
    """
    told = ToldRounds()
    for event in events:
        key, payload = event.target.removeprefix("round:"), json.loads(event.payload)
        if event.verb == "create-round":
            told.facts[key] = _created(key, payload)
        elif event.verb == "move-deadline":
            (_, name), (_, deadline) = payload["name"], payload["deadline"]
            told.facts[key] = replace(told.facts[key], name=name, deadline=date.fromisoformat(deadline))
        elif event.verb == "change-round-state":
            _step(told, event, key, payload, days or {})
    return told


def _created(key: str, payload: Mapping[str, Any]) -> RoundRow:
    days = date.fromisoformat(payload["cut_off"]), date.fromisoformat(payload["deadline"])
    facts = (key, payload["name"], payload["kind"], payload["year"], *days)
    return RoundRow(*facts, State.DRAFT, payload["previous"])


def _step(told: ToldRounds, event: Event, key: str, payload: Mapping[str, Any], days: Mapping[str, date]) -> None:
    row, to = told.facts[key], State(payload["to"])
    if is_correction(State(payload["from"]), to):
        version, reason = payload["version"], payload["reason"]
        row = replace(row, adopted_on=None, frozen_hash="", version=version, correction_reason=reason)
    if to is State.ADOPTED:
        frozen_hash = payload["frozen_hash"]
        adopted_on = date.fromisoformat(payload["adopted_on"]) if "adopted_on" in payload else days.get(frozen_hash)
        row = replace(row, adopted_on=adopted_on, frozen_hash=frozen_hash)
        version_row = VersionRow(
            key, row.version, frozen_hash, adopted_on or date.min, event.actor, row.correction_reason
        )
        told.versions[key, row.version] = version_row
    told.facts[key] = replace(row, state=to)
