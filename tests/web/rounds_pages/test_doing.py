"""What the start page says is to be done now, by who opens it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.conftest import SignedIn
from uppsikt.audit.actors import Role
from uppsikt.planning.models import Round
from uppsikt.rounds.models import Participant
from uppsikt.web.start.doing import Todo


def waiting(signed_in: SignedIn, role: Role, unit: str = "*") -> list[Todo]:
    client = signed_in(role, unit) if unit != "*" else signed_in(role)
    return list(client.get("/").context["page"].todos)


def test_each_sees_their_own_work_first_and_nobody_anothers(running: str, signed_in: SignedIn) -> None:
    (own,) = waiting(signed_in, Role.MANAGER, "4220")
    assert own.text == "Lämna prognosen för 4220 Ekonomi, Delår 2 2022"
    assert (own.url, own.due_on is not None, own.is_late) == ("/omgangar/delar2-2022/enhet/4220/", True, True)
    done = signed_in(Role.MANAGER, "1010").get("/")  # it has handed in
    assert [(todo.text, todo.due_on) for todo in done.context["page"].todos] == [
        ("Lämnad, väntar på granskning: 1010 Kommungemensam IT, Delår 2 2022", None)
    ]
    Round.objects.filter(key="delar1-2022").update(state="adopted")
    told = [todo.text for todo in waiting(signed_in, Role.CONTROLLER)]
    assert [text.split(",")[0] for text in told] == ["Ännu inte lämnat", "Granska lämnade prognoser"]
    assert "1010" in told[1]
    assert "3020" not in "".join(todo.text for todo in waiting(signed_in, Role.DIRECTOR, "42"))


def test_a_returned_forecast_says_why_and_the_next_step_is_told_to_who_may_take_it(
    running: str, signed_in: SignedIn
) -> None:
    Round.objects.filter(key="delar1-2022").update(state="adopted")
    Participant.objects.filter(unit="4220").update(state="returned", message="Svara på frågan.")
    (own,) = waiting(signed_in, Role.DEPUTY, "4220")
    assert own.text.startswith("Rätta och lämna igen: 4220")
    assert "”Svara på frågan.”" in signed_in(Role.MANAGER, "4220").get("/").content.decode()
    Participant.objects.filter(round__key=running).update(state="approved")
    controller = signed_in(Role.CONTROLLER)
    told = [todo.text for todo in controller.get("/").context["page"].todos]
    assert told == ["Konsolidera Delår 2 2022: alla prognoser är godkända"]
    Round.objects.filter(key=running).update(state="consolidated")
    assert [todo.url for todo in waiting(signed_in, Role.DIRECTOR)] == ["/omgangar/delar2-2022/faststall/"]
    assert controller.get("/").context["page"].todos == []
    assert "Inget väntar på dig just nu" in controller.get("/").content.decode()


@pytest.mark.parametrize(
    ("role", "urls"),
    [
        (Role.BOARD, ["/omgangar/delar1-2022/faststall/"]),
        (Role.READER, ["/omgangar/delar1-2022/faststall/"]),
        (Role.AUDITOR, ["/logg/", "/omgangar/delar1-2022/faststall/"]),
    ],
)
def test_who_only_reads_is_led_to_what_is_adopted_and_the_auditor_to_the_log(
    running: str, signed_in: SignedIn, role: Role, urls: list[str]
) -> None:
    Round.objects.filter(key="delar1-2022").update(state="adopted")
    assert [todo.url for todo in waiting(signed_in, role)] == urls


def test_what_is_to_be_done_costs_the_same_however_much_it_is(
    running: str, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(Role.CONTROLLER)
    client.get("/")
    with django_assert_max_num_queries(20):
        client.get("/")
