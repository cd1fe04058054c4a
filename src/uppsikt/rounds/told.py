"""What the event log tells of people's work in rounds: each row as it must be unless somebody went past the services.

Comments, and what was said when a forecast was returned, are working material: the log never holds their texts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from uppsikt.audit.told import Row, ToldEvent, told_events
from uppsikt.core.formats import to_the_ore
from uppsikt.core.hashes import canonical_json
from uppsikt.core.language import Text
from uppsikt.planning.models import Round
from uppsikt.rounds.models import Answer, Cell, Explanation, Participant, Question, RoundSetup
from uppsikt.rounds.states import WorkState

_REQUIRED, _FREE = Text("måste besvaras", "must be answered"), Text("får besvaras", "may be answered")
_BEFORE = (WorkState.NOT_STARTED.label, "")
_SETUP = ("opens_on", "review_by", "adopt_by", "threshold_ore", "threshold_permille", "report_key")


@dataclass(frozen=True)
class Work:
    """All rounds' work: set-ups by round, questions by round and number, the rest by round, unit and what is said."""

    setups: dict[str, Row] = field(default_factory=dict)
    questions: dict[tuple[str, int], Row] = field(default_factory=dict)
    participants: dict[tuple[str, str], Row] = field(default_factory=dict)  # state, excuse
    cells: dict[tuple[str, str, str, int], Row] = field(default_factory=dict)
    explanations: dict[tuple[str, str, str], Row] = field(default_factory=dict)
    answers: dict[tuple[str, str, int], Row] = field(default_factory=dict)


def told_work() -> Work:
    """The work as its events have made it, oldest first."""
    told = Work()
    for event in told_events(*_READERS):
        key, _, unit = event.target.removeprefix("round:").partition("/")
        _READERS[event.verb](told, event, key, unit)
    return told


def held_work() -> Work:
    """The work as it is stored (seven queries)."""
    keys = dict(Round.objects.values_list("pk", "key"))
    held = Work()
    for pk, *values in RoundSetup.objects.values_list("round_id", *_SETUP):
        held.setups[keys[pk]] = _setup(_plain(values))
    for pk, number, *values in Question.objects.values_list("round_id", "number", "text", "is_required"):
        held.questions[keys[pk], number] = _question(*values)
    for pk, unit, state, excused in Participant.objects.values_list("round_id", "unit", "state", "excused"):
        held.participants[keys[pk], unit] = (WorkState(state).label, excused)
    for pk, *spot, ore in Cell.objects.values_list("round_id", "unit", "account", "period", "amount_ore").iterator():
        held.cells[keys[pk], *spot] = _amount(ore)  # type: ignore[index]
    for own in Explanation.objects.iterator():
        said = [own.cause, own.measure, own.effect_ore, own.responsible, own.due_on]
        held.explanations[keys[own.round_id], own.unit, own.account] = _plain(said)
    for answer in Answer.objects.select_related("question").iterator():
        held.answers[keys[answer.question.round_id], answer.unit, answer.question.number] = (answer.text,)
    return held


def _plain(values: object) -> tuple[Any, ...]:
    """Values as the log's JSON says them."""
    return tuple(json.loads(canonical_json(values)))


def _setup(values: tuple[Any, ...]) -> Row:
    *days, threshold_ore, permille, report = values
    return (*days, to_the_ore(threshold_ore), permille, report)


def _question(text: str, is_required: bool) -> Row:
    return (text, _REQUIRED if is_required else _FREE)


def _amount(ore: int | None) -> Row:
    return (None if ore is None else to_the_ore(ore),)


def _set_up(told: Work, event: ToldEvent, key: str, _: str) -> None:
    setup, units = event.payload["setup"], event.payload["participants"]
    told.setups[key] = _setup(tuple(setup[name] for name in _SETUP))
    for own in [own for own in told.participants if own[0] == key and own[1] not in units]:
        del told.participants[own]
    for unit in units:
        told.participants.setdefault((key, unit), _BEFORE)
    for asked in [asked for asked in told.questions if asked[0] == key]:
        del told.questions[asked]
    for number, *values in event.payload["questions"]:
        told.questions[key, number] = _question(*values)


def _step(told: Work, event: ToldEvent, key: str, unit: str) -> None:
    _, excused = told.participants.get((key, unit), _BEFORE)
    told.participants[key, unit] = (WorkState(event.payload["to"]).label, excused)


def _excuse(told: Work, event: ToldEvent, key: str, unit: str) -> None:
    state, _ = told.participants.get((key, unit), _BEFORE)
    told.participants[key, unit] = (state, event.payload["reason"])


def _begun(told: Work, key: str, unit: str) -> None:
    # the first thing anybody writes starts the unit's work
    state, excused = told.participants.get((key, unit), _BEFORE)
    if state == WorkState.NOT_STARTED.label:
        told.participants[key, unit] = (WorkState.IN_PROGRESS.label, excused)


def _cells(told: Work, event: ToldEvent, key: str, unit: str) -> None:
    for account, period, _, ore in event.payload["cells"]:
        told.cells[key, unit, account, period] = _amount(ore)
    _begun(told, key, unit)


def _explanation(told: Work, event: ToldEvent, key: str, unit: str) -> None:
    told.explanations[key, unit, event.payload["account"]] = tuple(event.payload["after"])
    _begun(told, key, unit)


def _answer(told: Work, event: ToldEvent, key: str, unit: str) -> None:
    told.answers[key, unit, event.payload["question"]] = (event.payload["after"],)
    _begun(told, key, unit)


_READERS: Mapping[str, Callable[[Work, ToldEvent, str, str], None]] = {
    "set-up-round": _set_up,
    "change-setup": _set_up,
    "submit-unit": _step,
    "withdraw-unit": _step,
    "return-unit": _step,
    "approve-unit": _step,
    "excuse-unit": _excuse,
    "save-cells": _cells,
    "save-explanation": _explanation,
    "answer-question": _answer,
}
