from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail

from tests.conftest import actor_with
from tests.planning.samples import LOCAL, TODAY
from tests.rounds.samples import KEY, codes, put, work_round
from uppsikt.audit.actors import NotAllowed, Role
from uppsikt.audit.models import Event, RoleAssignment
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.planning.states import State
from uppsikt.rounds.models import Reminder
from uppsikt.rounds.reminders import due_reminders, is_due
from uppsikt.rounds.services import send_reminders
from uppsikt.rounds.states import WorkState

pytestmark = pytest.mark.usefixtures("registers")
DEADLINE, REVIEW_BY = date(2022, 9, 14), date(2022, 9, 23)


def _person(name: str, role: Role, unit: str, email: str | None = None, ends: date = FOREVER) -> None:
    user, _ = User.objects.get_or_create(
        username=name, defaults={"email": f"{name}@kommun.example" if email is None else email}
    )
    RoleAssignment.objects.create(user=user, role=role.value, unit=unit, valid_from=BEGINNING, valid_to=ends)


def _told(day: date = DEADLINE) -> dict[tuple[str, str], list[str]]:
    return {(own.step, own.recipient): [code for code, _, _ in own.units] for own in due_reminders(day).mails}


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2022, 9, 5), True),  # it opens
        (date(2022, 9, 6), False),
        (date(2022, 9, 7), True),
        (date(2022, 9, 11), True),
        (date(2022, 9, 12), False),
        (date(2022, 9, 13), True),
        (date(2022, 9, 14), True),
        (date(2022, 9, 16), True),  # late, on a Friday
        (date(2022, 9, 17), False),  # and on a Saturday
    ],
)
def test_mails_go_out_when_it_opens_some_days_before_and_on_weekdays_after(day: date, due: bool) -> None:
    assert is_due(DEADLINE, date(2022, 9, 5), day) is due


def test_managers_and_deputies_of_the_nearest_unit_are_reminded_of_what_is_not_handed_in() -> None:
    work_round(units=("4210", "4220", "4290", "KS"))
    _person("anna", Role.MANAGER, "4210")
    _person("bo", Role.DEPUTY, "4210")
    _person("cia", Role.MANAGER, "42")  # nearest to the others under 42
    _person("dan", Role.CONTROLLER, "*")
    _person("eva", Role.MANAGER, "4220", ends=date(2022, 9, 1))  # left
    _person("far", Role.MANAGER, "4220", email="")
    assert _told() == {
        ("fill-in", "anna"): ["4210"],
        ("fill-in", "bo"): ["4210"],
        ("fill-in", "cia"): ["4220", "4290"],
    }
    assert [own.facts["unit"] for own in due_reminders(DEADLINE).findings] == ["KS"]
    put("4210", WorkState.APPROVED)
    put("4220", WorkState.RETURNED)
    put("4290", WorkState.NOT_STARTED, excused="ny")
    assert _told() == {("fill-in", "cia"): ["4220"]}


def test_controllers_are_reminded_of_what_waits_for_review_by_its_own_day() -> None:
    work_round(units=("4210", "4220"))
    _person("dan", Role.CONTROLLER, "*")
    _person("eva", Role.CONTROLLER, "4210")
    put("4210", WorkState.SUBMITTED)
    put("4220", WorkState.APPROVED)
    assert _told(REVIEW_BY) == {("review", "eva"): ["4210"]}
    assert _told(REVIEW_BY - timedelta(2)) == {}


@pytest.mark.parametrize("state", [State.DRAFT, State.CONSOLIDATED])
def test_only_open_rounds_remind(state: State) -> None:
    work_round(state)
    _person("anna", Role.MANAGER, "*")
    assert due_reminders(DEADLINE).mails == ()


def test_a_round_there_is_not_is_said_and_reminds_nobody() -> None:
    work_round()
    _person("anna", Role.MANAGER, "*")
    assert [own.code for own in due_reminders(DEADLINE, "saknas").findings] == ["P040"]
    assert due_reminders(DEADLINE, "saknas").mails == ()
    assert due_reminders(DEADLINE, KEY).mails


def test_each_mail_is_sent_once_a_day_and_logged() -> None:
    work_round()
    _person("anna", Role.MANAGER, "42")
    tried = send_reminders(actor=LOCAL, as_of=DEADLINE, dry_run=True)
    assert (len(tried.mails), len(mail.outbox), Reminder.objects.count()) == (1, 0, 0)
    for _ in range(2):
        send_reminders(actor=LOCAL, as_of=DEADLINE, link=lambda key, unit: f"https://uppsikt.example/{key}/{unit}")
    (sent,) = mail.outbox
    assert sent.subject == "Delår 2 2022: prognosen ska lämnas senast 2022-09-14"
    assert sent.to == ["anna@kommun.example"]
    assert "- 4210 Digitalisering (ej påbörjad)\n  https://uppsikt.example/delar2-2022/4210\n- 4220" in sent.body
    (event,) = Event.objects.filter(verb="send-reminders")
    assert (event.target, event.payload) == ("round:delar2-2022", '{"recipients":["anna"],"step":"fill-in"}')
    send_reminders(actor=LOCAL, as_of=DEADLINE + timedelta(1))
    assert len(mail.outbox) == 2


def test_from_the_page_they_go_out_on_any_day() -> None:
    work_round()
    _person("anna", Role.MANAGER, "42")
    assert send_reminders(actor=LOCAL, as_of=TODAY).mails == ()
    assert len(send_reminders(actor=LOCAL, as_of=TODAY, round_key=KEY, whatever_day=True).mails) == 1


def test_a_mail_that_could_not_be_sent_is_told_and_tried_again(settings: object) -> None:
    work_round()
    _person("anna", Role.MANAGER, "42")
    settings.EMAIL_BACKEND = "tests.rounds.test_reminders.Silent"  # type: ignore[attr-defined]
    failed = send_reminders(actor=LOCAL, as_of=DEADLINE)
    assert (codes(failed.findings), failed.mails, Reminder.objects.count()) == (["N041"], (), 0)
    assert not Event.objects.filter(verb="send-reminders").exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    assert len(send_reminders(actor=LOCAL, as_of=DEADLINE).mails) == 1


class Silent:
    """A mail server that doesn't answer."""

    def __init__(self, **_: object) -> None: ...

    def send_messages(self, _: object) -> int:
        raise ConnectionRefusedError("Connection refused")


def test_whoever_runs_rounds_may_remind_and_a_manager_may_not() -> None:
    work_round()
    assert codes(send_reminders(actor=actor_with(Role.CONTROLLER), as_of=DEADLINE).findings) == ["N040", "N040"]
    with pytest.raises(NotAllowed):
        send_reminders(actor=actor_with(Role.MANAGER), as_of=DEADLINE)
