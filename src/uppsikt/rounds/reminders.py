"""Who is to be reminded of what on a day, and what the mail says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User

from uppsikt.audit.actors import WHOLE, Role
from uppsikt.audit.models import RoleAssignment
from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, found
from uppsikt.core.language import Text, say
from uppsikt.planning.findings import ROUND_UNKNOWN
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import rounds
from uppsikt.planning.states import State
from uppsikt.rounds.findings import NOBODY_TO_REMIND
from uppsikt.rounds.models import Reminder
from uppsikt.rounds.selectors import participants, setup_row
from uppsikt.rounds.states import WorkState
from uppsikt.rounds.values import ParticipantRow, SetupRow

FILL_IN, REVIEW = "fill-in", "review"
DAYS_BEFORE = (7, 3, 1, 0)
_WEEKEND = 5

Link = Callable[[str, str], str]  # the page of a round's unit; of the whole round where the unit is ""

_ROLES = {FILL_IN: (Role.MANAGER, Role.DEPUTY), REVIEW: (Role.CONTROLLER,)}


@dataclass(frozen=True, slots=True)
class DueReminder:
    """A mail to somebody about a step of a round: the units it waits for, each with its name and state."""

    round: RoundRow
    step: str
    due_on: date
    recipient: str
    email: str
    units: tuple[tuple[str, str, WorkState], ...]

    @property
    def subject(self) -> str:
        """What the mail is called."""
        forecast = Text("prognosen ska lämnas senast {day}", "the forecast is to be handed in by {day}")
        result = Text("bokslutet ska lämnas senast {day}", "the year-end is to be handed in by {day}")
        words = {
            FILL_IN: result if self.round.is_year_end else forecast,
            REVIEW: Text("lämnat väntar på granskning, senast {day}", "what is handed in waits for review, by {day}"),
        }
        return f"{self.round.name}: {words[self.step].filled(day=self.due_on)}"

    def body(self, link: Link | None = None) -> str:
        """What the mail says; with the pages' addresses where `link` gives them."""
        waits = {
            FILL_IN: Text("Uppföljningen väntar på:", "The follow-up waits for:"),
            REVIEW: Text("Följande är lämnat och väntar på dig:", "These are handed in and wait for you:"),
        }
        lines = [str(waits[self.step]), ""]
        for code, name, state in self.units:
            lines.append(f"- {code} {name} ({state.label})")
            lines += [f"  {link(self.round.key, code if self.step == FILL_IN else '')}"] if link else []
        goodbye = ("Brevet är skickat av Uppsikt och kan inte besvaras.", "Sent by Uppsikt; it can't be answered.")
        return "\n".join([*lines, "", say(*goodbye), ""])


@dataclass(frozen=True, slots=True)
class Due:
    """The mails of a day, and a warning for each unit that nobody can be reminded of."""

    mails: tuple[DueReminder, ...]
    findings: tuple[Finding, ...] = ()


def is_due(day: date, opens_on: date, as_of: date) -> bool:
    """Whether a step's mail goes out by itself: the day it opens, some days before, and every weekday after."""
    if as_of > day:
        return as_of.weekday() < _WEEKEND
    return as_of == opens_on or (day - as_of).days in DAYS_BEFORE


def due_reminders(as_of: date, round_key: str | None = None, *, whatever_day: bool = False) -> Due:
    """The mails to send on a day, of all open rounds or one: those that went out that day already are left out.

    With `whatever_day` also on days on which none goes out by itself. Asks four queries for each open round.
    """
    held = rounds()
    if round_key and round_key not in {row.key for row in held}:
        return Due((), (found(ROUND_UNKNOWN, round=round_key),))
    plan, holders = code_plan(), _holders(as_of)
    mails: list[DueReminder] = []
    findings: list[Finding] = []
    for row in held:
        setup = setup_row(row.key) if row.state is State.OPEN and round_key in (None, row.key) else None
        if setup is None:
            continue
        sent = set(Reminder.objects.filter(round__key=row.key, sent_on=as_of).values_list("step", "recipient"))
        for step, waiting in _waiting(row, setup, as_of, whatever_day):
            own, unreachable = _mails(row, setup, step, waiting, plan, holders[step], as_of)
            mails += [mail for mail in own if (mail.step, mail.recipient) not in sent]
            findings += unreachable
    return Due(tuple(mails), tuple(findings))


def _waiting(
    row: RoundRow, setup: SetupRow, as_of: date, whatever_day: bool
) -> Iterator[tuple[str, list[ParticipantRow]]]:
    own = [participant for participant in participants(row.key) if not participant.is_done]
    if whatever_day or is_due(row.deadline, setup.opens_on, as_of):
        yield FILL_IN, [participant for participant in own if participant.state.is_editable]
    if whatever_day or is_due(setup.review_by, setup.review_by, as_of):
        yield REVIEW, [participant for participant in own if participant.state is WorkState.SUBMITTED]


def _mails(
    row: RoundRow,
    setup: SetupRow,
    step: str,
    waiting: Iterable[ParticipantRow],
    plan: CodePlan,
    holders: Mapping[str, list[User]],
    as_of: date,
) -> tuple[list[DueReminder], list[Finding]]:
    units: dict[str, list[tuple[str, str, WorkState]]] = defaultdict(list)
    people: dict[str, str] = {}
    findings = []
    for participant in waiting:
        path = (*plan.path("unit", participant.unit, as_of), WHOLE)
        nearest = next((holders[code] for code in path if code in holders), [])
        if not nearest:
            findings.append(found(NOBODY_TO_REMIND, unit=participant.unit))
        for user in nearest:
            people[user.get_username()] = user.email
            name = plan.name("unit", participant.unit, row.cut_off)
            units[user.get_username()].append((participant.unit, name, participant.state))
    day = row.deadline if step == FILL_IN else setup.review_by
    return [DueReminder(row, step, day, who, people[who], tuple(own)) for who, own in units.items()], findings


def _holders(as_of: date) -> dict[str, dict[str, list[User]]]:
    # somebody without an address can't be reached: then whoever is next above is the nearest
    roles = [role.value for own in _ROLES.values() for role in own]
    assignments = RoleAssignment.objects.filter(
        role__in=roles, valid_from__lte=as_of, valid_to__gt=as_of, user__is_active=True
    )
    by_step: dict[str, dict[str, list[User]]] = {step: defaultdict(list) for step in _ROLES}
    for own in assignments.exclude(user__email="").select_related("user").order_by("user__username"):
        step = FILL_IN if Role(own.role) in _ROLES[FILL_IN] else REVIEW
        if own.user not in by_step[step][own.unit]:
            by_step[step][own.unit].append(own.user)
    return by_step
