from __future__ import annotations

import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from tests.web.conftest import SignedIn
from tests.web.rounds_pages.conftest import ROUND
from uppsikt.audit.actors import Actor, Role
from uppsikt.audit.services import grant_role
from uppsikt.core.periods import BEGINNING
from uppsikt.forecasting.selectors import suggestions
from uppsikt.planning.selectors import round_row
from uppsikt.planning.states import State
from uppsikt.rounds.selectors import held_setup, participants, setup_row

NEW = "/omgangar/ny/"
HOME = f"/omgangar/{ROUND}/"
pytestmark = pytest.mark.usefixtures("running")


def form_of(client: Client, address: str) -> dict[str, str | list[str]]:
    """The form as it stands on the page: what one click would send."""
    page = client.get(address).content.decode()
    form: dict[str, str | list[str]] = {"unit": [], "required": [], "question": []}
    for field in re.findall(r"<input[^>]*>", page.partition('class="setup"')[2]):
        found = dict(re.findall(r'(\w+)="([^"]*)"', field))
        name, value = found.get("name", ""), unescape(found.get("value", ""))
        if name in form:
            if found.get("type") != "checkbox" or " checked" in field:
                form[name].append(value)  # type: ignore[union-attr]
        elif name and name != "csrfmiddlewaretoken":
            form[name] = value
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        form[name] = chosen[1] if chosen else ""
    return form


def test_the_next_round_is_set_up_and_opened_from_the_last_with_one_click(signed_in: SignedIn) -> None:
    client = signed_in(Role.CONTROLLER)
    form = form_of(client, NEW)
    response = client.post(NEW, {**form, "do": "open"})
    assert response.status_code == 302, re.findall(r"finding__says.*?</p>", response.content.decode())
    row = round_row("bokslut-2022")
    assert row
    assert (row.state, row.previous_key, str(row.cut_off)) == (State.OPEN, ROUND, "2022-12-31")
    assert [own.unit for own in participants(row.key)] == ["1010", "3020", "4220"]
    before, now = held_setup(ROUND), held_setup(row.key)
    assert before.setup.threshold_ore == now.setup.threshold_ore
    assert [own.text for own in now.questions][-1].startswith("Vad förklarar årets resultat")  # not what comes


def test_a_draft_is_saved_with_what_was_changed_and_opened_later(signed_in: SignedIn) -> None:
    client = signed_in(Role.CONTROLLER)
    form = form_of(client, NEW) | {"threshold": "250 000,50", "share": "1,5", "question": ["Ny fråga?", "", ""]}
    form |= {"unit": ["4220"], "required": ["0"]}
    assert client.post(NEW, {**form, "do": "save"}).status_code == 302
    setup = setup_row("bokslut-2022")
    assert setup
    assert (setup.threshold_ore, setup.threshold_permille) == (25_000_050, 15)
    assert client.post("/omgangar/bokslut-2022/steg/", {"to": "open"}).status_code == 302
    assert suggestions("bokslut-2022") == {}  # the year is not all booked yet


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"deadline": "i morgon"}, "W056"),
        ({"threshold": "mycket"}, "W055"),
        ({"share": "en halv"}, "W054"),
        ({"share": "0,05"}, "W054"),
        ({"unit": []}, "N0"),
        ({"key": ROUND}, "P0"),
    ],
)
def test_what_can_not_be_is_said_beside_the_form_as_it_was_written(
    signed_in: SignedIn, changes: dict[str, str | list[str]], code: str
) -> None:
    client = signed_in(Role.CONTROLLER)
    response = client.post(NEW, {**form_of(client, NEW), "name": "Bokslutet", **changes})
    assert response.status_code == 422
    page = response.content.decode()
    assert f"/hjalp/koder/{code}" in page
    assert 'value="Bokslutet"' in page


def test_an_open_round_is_changed_but_not_what_it_is_about(signed_in: SignedIn) -> None:
    client = signed_in(Role.CONTROLLER)
    address = f"{HOME}installning/"
    form = form_of(client, address) | {"cut_off": "2022-09-30", "unit": ["1010", "3020", "4220", "4290"]}
    assert client.post(address, {**form, "deadline": "2022-09-20", "review_by": "2022-09-30"}).status_code == 302
    row = round_row(ROUND)
    assert row
    assert (str(row.cut_off), str(row.deadline)) == ("2022-08-31", "2022-09-20")
    assert len(participants(ROUND)) == 4
    assert client.post(address, {**form, "unit": ["3020"]}).status_code == 422  # 1010 has handed in


def test_reminders_are_listed_first_and_sent_once_a_day(signed_in: SignedIn, local: Actor) -> None:
    client = signed_in(Role.CONTROLLER)
    user = User.objects.create_user("maja", email="maja@example.org")
    grant_role(actor=local, user=user, role=Role.MANAGER, unit="4220", valid_from=BEGINNING)
    page = client.get(f"{HOME}paminn/").content.decode()
    assert "maja@example.org" in page
    assert "N0" in page  # nobody answers for 3020
    assert not mail.outbox
    assert client.post(f"{HOME}paminn/").status_code == 302
    assert [message.to for message in mail.outbox] == [["maja@example.org"]]
    assert "/omgangar/delar2-2022/enhet/4220/" in mail.outbox[0].body
    assert "maja@example.org" not in client.get(f"{HOME}paminn/").content.decode()
    assert signed_in(Role.DIRECTOR, "KS").post(f"{HOME}paminn/").status_code == 403


def test_everybody_finds_the_rounds_and_their_days(signed_in: SignedIn) -> None:
    page = " ".join(signed_in(Role.MANAGER, "4220").get("/omgangar/").content.decode().split())
    assert "<strong>0</strong> av 1 enhet klar" in page  # the own unit alone
    assert f'href="{HOME}"' not in page
    assert NEW not in page
    calendar = signed_in(Role.READER).get(f"{HOME}kalender.ics")
    assert calendar["Content-Type"].startswith("text/calendar")
    assert calendar.content.count(b"BEGIN:VEVENT") == 4
    assert "av 3 enheter klara" in signed_in(Role.CONTROLLER).get("/omgangar/").content.decode()


def test_a_unit_that_came_since_the_round_before_is_marked_as_new(signed_in: SignedIn) -> None:
    client = signed_in(Role.CONTROLLER)
    page = client.get(f"{HOME}installning/").content.decode()
    assert re.findall(r"> ([^<]+) <span[^>]*>\w+</span> <span[^>]*>ny</span>", page) == ["Lokalförsörjning"]
    form = form_of(client, f"{HOME}installning/") | {"unit": ["1010", "3020", "4220", "4290"]}
    assert client.post(f"{HOME}installning/", form).status_code == 302
    assert client.get(HOME).content.decode().count("ny sedan Delår 1 2022") == 1
