"""How the pages of a round say things: states with a mark and a word, days with what is left of them, amounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from uppsikt.core.formats import Sign, Unit, View
from uppsikt.core.language import Text, say
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.states import State
from uppsikt.rounds.setups import step_days
from uppsikt.rounds.states import WorkState
from uppsikt.rounds.values import ParticipantRow, SetupRow
from uppsikt.web.words import change_word, deviation_word

_LONG_AGO_DAYS = 60
VIEW = View(Sign.REVERSED, Unit.TKR, 0)
EXCUSED = Text("undantagen", "excused")
MARKS = {
    WorkState.NOT_STARTED: ("○", "neutral"),
    WorkState.IN_PROGRESS: ("◐", "neutral"),
    WorkState.SUBMITTED: ("●", "info"),
    WorkState.RETURNED: ("↩", "warning"),
    WorkState.APPROVED: ("✓", "success"),
}
ROUND_COLOURS = {
    State.DRAFT: "neutral",
    State.OPEN: "info",
    State.CONSOLIDATED: "warning",
    State.ADOPTED: "success",
}


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as printed, with its word where a sign alone is easy to misread."""

    text: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class StateWord:
    """A state as shown: a mark, a word, and a colour that only goes along with them."""

    mark: str
    word: str
    colour: str


def state_word(own: ParticipantRow) -> StateWord:
    """A participant's state; being excused goes before it."""
    if own.excused:
        return StateWord("–", str(EXCUSED), "neutral")
    mark, colour = MARKS[own.state]
    return StateWord(mark, str(own.state.label), colour)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the round with its day, and what is left until it."""

    key: str
    label: str
    day: date
    left: str
    css: str  # "past", "now" (the next to come) or ""


def steps_of(row: RoundRow, setup: SetupRow | None, today: date) -> list[Step]:
    """The steps in order; a round without a set-up has its deadline alone."""
    if setup is None:
        known = [("fill-in", Text("lämnas", "hand in"), row.deadline)]
    else:
        known = step_days(setup, row.deadline, is_year_end=row.is_year_end)
    coming = next((key for key, _, day in known if day >= today), "")
    return [
        Step(key, str(label), day, days_left(day, today), "now" if key == coming else "past" if day < today else "")
        for key, label, day in known
    ]


def days_left(day: date, today: date) -> str:
    """How far away a day is; "" for what is long past."""
    left = (day - today).days
    if left < -_LONG_AGO_DAYS:
        return ""
    if left == 0:
        return say("i dag", "today")
    if left == 1:
        return say("i morgon", "tomorrow")
    if left == -1:
        return say("i går", "yesterday")
    if left < 0:
        return say("för {n} {n:dag|dagar} sedan", "{n} {n:day|days} ago", n=-left)
    return say("om {n} {n:dag|dagar}", "in {n} {n:day|days}", n=left)


def deviation_amount(amount_ore: int | None) -> Amount:
    """A deviation in the sign of the page, with its word."""
    return Amount(VIEW.text(amount_ore), "" if amount_ore is None else str(deviation_word(VIEW.value(amount_ore))))


def change_amount(amount_ore: int | None) -> Amount:
    """A change of a forecast in the sign of the page, with its word."""
    return Amount(VIEW.text(amount_ore), "" if amount_ore is None else str(change_word(VIEW.value(amount_ore))))
