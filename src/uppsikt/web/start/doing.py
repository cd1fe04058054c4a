"""What waits for whoever opens the start page, the nearest day first: their own work, what others wait for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from uppsikt.audit.actors import Actor, Verb, may
from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.language import Text, say
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.states import State
from uppsikt.reports.models import Section
from uppsikt.reports.writing.selectors import reports_written_by
from uppsikt.reports.writing.states import SectionState
from uppsikt.rounds.selectors import participants_by_round, setups_by_round
from uppsikt.rounds.states import WorkState
from uppsikt.rounds.values import ParticipantRow, SetupRow
from uppsikt.web.actors import may_anywhere, sees_whole, today
from uppsikt.web.words import handed_in

_WORKING = (Verb.SUBMIT_FORECAST, Verb.APPROVE_FORECAST, Verb.RUN_ROUND, Verb.ADOPT)
_NAMED = 3  # units named in one line; more are a number
_HAND_IN = Text("Lämna {what} för {unit}, {round}", "Hand in {what} of {unit}, {round}")
_OWN = {
    WorkState.NOT_STARTED: _HAND_IN,
    WorkState.IN_PROGRESS: _HAND_IN,
    WorkState.RETURNED: Text("Rätta och lämna igen: {unit}, {round}", "Correct and hand in again: {unit}, {round}"),
    WorkState.SUBMITTED: Text(
        "Lämnad, väntar på granskning: {unit}, {round}", "Handed in, waits for review: {unit}, {round}"
    ),
}
_OPEN_SECTIONS = tuple(state.value for state in SectionState if state.is_open)


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: where, by when, and what was said about it."""

    text: str
    url: str
    due_on: date | None = None
    why: str = ""

    @property
    def is_late(self) -> bool:
        """Whether its day has passed."""
        return self.due_on is not None and self.due_on < today()


@dataclass(frozen=True, slots=True)
class _Asked:
    # one round, and who of it the actor has to do with
    actor: Actor
    plan: CodePlan
    row: RoundRow
    setup: SetupRow | None
    people: Sequence[ParticipantRow]

    def may(self, verb: Verb, unit: str) -> bool:
        path = self.plan.path("unit", unit, self.row.cut_off) if unit else ()
        return may(self.actor, verb, path, today())

    def named(self, own: Sequence[ParticipantRow]) -> str:
        """A few units by name, more as a number."""
        if len(own) > _NAMED:
            return str(len(own))
        return ", ".join(self.label(one.unit) for one in own)

    def label(self, unit: str) -> str:
        return f"{unit} {self.plan.name('unit', unit, self.row.cut_off)}"


def todos(actor: Actor, rounds: Sequence[RoundRow]) -> list[Todo]:
    """All that waits for the actor (three questions, however many rounds and units there are)."""
    people, setups, plan = participants_by_round(), setups_by_round(), code_plan()
    waiting: list[Todo] = []
    for row in rounds:
        if row.state is not State.ADOPTED:
            asked = _Asked(actor, plan, row, setups.get(row.key), people.get(row.key, []))
            waiting += [*_own_forecasts(asked), *_review(asked), *_running(asked)]
    waiting += _sections(actor, {row.key for row in rounds if row.state is State.ADOPTED})
    waiting.sort(key=lambda todo: todo.due_on or date.max)
    return [*waiting, *_reading(actor, rounds)]


def works(actor: Actor) -> bool:
    """Whether rounds ask anything of the actor at all: then an empty list is worth saying."""
    return any(may_anywhere(actor, verb) for verb in _WORKING)


def _own_forecasts(asked: _Asked) -> Iterator[Todo]:
    """Forecasts to hand in; those who review a unit have others to hand them in."""
    if asked.row.state is not State.OPEN:
        return
    for one in asked.people:
        is_own = asked.may(Verb.SUBMIT_FORECAST, one.unit) and not asked.may(Verb.APPROVE_FORECAST, one.unit)
        if not is_own or one.is_done:
            continue
        told = _OWN[one.state].filled(
            unit=asked.label(one.unit), round=asked.row.name, what=handed_in(asked.row, "the")
        )
        url = reverse("forecast", args=[asked.row.key, one.unit])
        due_on = asked.row.deadline if one.state.is_editable else None
        yield Todo(told, url, due_on, one.message if one.state is WorkState.RETURNED else "")


def _review(asked: _Asked) -> Iterator[Todo]:
    if asked.row.state is not State.OPEN:
        return
    own = [one for one in asked.people if not one.excused and asked.may(Verb.APPROVE_FORECAST, one.unit)]
    submitted = [one for one in own if one.state is WorkState.SUBMITTED]
    missing = [one for one in own if one.state.is_editable]
    name, url = {"round": asked.row.name}, reverse("round", args=[asked.row.key])
    if submitted:
        text = say("Granska lämnade {what}, {round}: {units}", "Review {what} handed in, {round}: {units}",
                   units=asked.named(submitted), what=handed_in(asked.row, "many"), **name)  # fmt: skip
        yield Todo(text, url, asked.setup.review_by if asked.setup else None)
    if missing:
        text = say("Ännu inte lämnat, {round}: {units}", "Not handed in yet, {round}: {units}",
                   units=asked.named(missing), **name)  # fmt: skip
        yield Todo(text, url, asked.row.deadline)


def _running(asked: _Asked) -> Iterator[Todo]:
    """The round's own next step, for who may take it."""
    row, setup = asked.row, asked.setup
    url = reverse("round", args=[row.key])
    if row.state is State.DRAFT and asked.may(Verb.RUN_ROUND, ""):
        yield Todo(say("Öppna {round}", "Open {round}", round=row.name), url, setup.opens_on if setup else None)
    is_whole = bool(asked.people) and all(one.is_done for one in asked.people)
    if row.state is State.OPEN and is_whole and asked.may(Verb.RUN_ROUND, ""):
        says = say("Konsolidera {round}: alla {what} är godkända", "Consolidate {round}: all is approved",
                   round=row.name, what=handed_in(row, "many"))  # fmt: skip
        yield Todo(says, url, setup.review_by if setup else None)
    if row.state is State.CONSOLIDATED and asked.may(Verb.ADOPT, ""):
        url = reverse("round-adopting", args=[row.key])
        yield Todo(say("Fastställ {round}", "Adopt {round}", round=row.name), url, setup.adopt_by if setup else None)


def _sections(actor: Actor, adopted: Collection[str]) -> Iterator[Todo]:
    """Sections that this person is to write, but of reports whose round is adopted (two queries)."""
    if actor.user_id is None:
        return
    closed = [key for key, recipe in reports_written_by(actor.user_id).items() if recipe.round in adopted]
    own = Section.objects.filter(responsible_id=actor.user_id, is_dropped=False, state__in=_OPEN_SECTIONS)
    own = own.exclude(report_key__in=closed)
    for report, key, title, due_on in own.order_by("position").values_list("report_key", "key", "title", "due_on"):
        says = say("Skriv avsnittet {title}", "Write the section {title}", title=title)
        yield Todo(says, reverse("report-section", args=[report, key]), due_on)


def _reading(actor: Actor, rounds: Sequence[RoundRow]) -> Iterator[Todo]:
    """What those read who only read; the log for those who audit; people for those who administer."""
    if may_anywhere(actor, Verb.READ_AUDIT):
        yield Todo(say("Läs loggen över allt som har gjorts", "Read the log of all that is done"), reverse("log"))
    if may_anywhere(actor, Verb.ADMINISTER):
        yield Todo(say("Se över personer och roller", "Look after people and roles"), reverse("people"))
    adopted = [row for row in rounds if row.state is State.ADOPTED]
    if not works(actor) and adopted and sees_whole(actor):
        row = max(adopted, key=lambda own: own.cut_off)
        says = say("Läs den senast fastställda uppföljningen: {round}", "Read the round adopted last: {round}",
                   round=row.name)  # fmt: skip
        yield Todo(says, reverse("round-adopting", args=[row.key]))
