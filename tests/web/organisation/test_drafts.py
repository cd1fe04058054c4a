from __future__ import annotations

from collections import defaultdict
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from tests.web.conftest import SignedIn
from uppsikt.audit.actors import Actor, Role
from uppsikt.coding.events import State
from uppsikt.coding.reorganisation_services import adopt_reorganisation, import_events
from uppsikt.coding.selectors import code_plan, reorganisation, reorganisations
from uppsikt.planning.selectors import budget_cells

NEW = "/organisation/utkast/"
DRAFT = "/organisation/utkast/ny-stab/"
PAGE = "/organisation/andringar/ny-stab/"
OPEN = {
    "event": "1",
    "event-1-kind": "open",
    "event-1-dimension": "unit",
    "event-1-on": "2023-01-01",
    "event-1-code": "4150",
    "event-1-name": "Hållbarhet",
    "event-1-parent": "40",
}
SPLIT = {
    "event": ["1", "4"],
    "event-4-kind": "split",
    "event-4-dimension": "unit",
    "event-4-on": "2023-01-01",
    "event-4-code": "3020",
    "event-4-to": ["4150", "2010", ""],
    "event-4-share": ["60 %", "40 %", ""],
    "event-4-where": ["", "", ""],
}
pytestmark = pytest.mark.usefixtures("changes")


def sent(client: Client, address: str, do: str, status: int = 200, **more: Any) -> str:
    response = client.post(address, {"do": do, "name": "Hållbarhet 2023", **OPEN, **more})
    assert response.status_code == status, response.content.decode()[-2000:]
    return response.content.decode()


def test_a_draft_is_written_and_saved_and_nothing_is_decided_by_it(signed_in: SignedIn) -> None:
    client = signed_in(Role.CONTROLLER)
    response = client.post(NEW, {"do": "save", "name": "Hållbarhet 2023", **OPEN, **SPLIT})
    assert response["Location"] == "/organisation/andringar/hallbarhet-2023/"
    held = reorganisation("hallbarhet-2023")
    assert held.state is State.DRAFT
    assert [event.number for event in held.events] == [1, 4]
    assert [portion.parts for portion in held.events[1].rules[0].portions] == [3, 2]
    assert not code_plan().knows("unit", "4150")


def test_a_saved_draft_opens_with_what_was_written_and_saving_it_again_changes_nothing(signed_in: SignedIn) -> None:
    client = signed_in(Role.CONTROLLER)
    before = reorganisation("ny-stab")
    page = client.get(DRAFT).content.decode()
    assert 'value="60 %"' in page
    assert "4220 Ekonomi delas: 60\u00a0% till 4110 Stab" in page
    fields = _sendable(page)
    assert client.post(DRAFT, {**fields, "do": "save"}).status_code == 302
    assert reorganisation("ny-stab") == before


def test_a_day_that_can_not_be_read_is_told_at_its_event_and_nothing_is_saved(signed_in: SignedIn) -> None:
    page = sent(signed_in(Role.CONTROLLER), NEW, "save", 422, **{"event-1-on": "i vår"})
    assert "Utkastet är inte sparat." in page
    assert "händelse 1" in page
    assert 'value="i vår"' in page
    assert len(reorganisations()) == 2


def test_a_draft_without_a_name_is_not_saved(signed_in: SignedIn) -> None:
    sent(signed_in(Role.CONTROLLER), NEW, "save", 422, name="")


def test_an_event_in_error_is_kept_in_the_draft_and_told_while_it_is_written(signed_in: SignedIn) -> None:
    client = signed_in(Role.CONTROLLER)
    wrong = {"event-1-parent": "9999"}
    assert "9999" in sent(client, NEW, "fold", **wrong).partition('id="preview"')[2]
    sent(client, NEW, "save", 302, **wrong)
    assert reorganisation("hallbarhet-2023").events[0].parent == "9999"


def test_the_preview_tells_the_story_before_anything_is_saved(signed_in: SignedIn) -> None:
    page = sent(signed_in(Role.CONTROLLER), NEW, "fold").partition('id="preview"')[2]
    assert "4150 Hållbarhet öppnas under 40 Kommunstyrelseförvaltningen." in page
    assert "Händelserna går ihop" in page
    assert len(reorganisations()) == 2


def test_the_whole_preview_shows_consequences_and_a_statement_before_and_after_and_saves_nothing(
    signed_in: SignedIn,
) -> None:
    signed_in(Role.MANAGER, "4220", "chef")  # whose unit ends
    client = signed_in(Role.CONTROLLER)
    fields = _sendable(client.get(DRAFT).content.decode())
    page = client.post(DRAFT, {**fields, "name": "Annat namn", "do": "preview", "statement": "enheter"})
    preview = page.content.decode().partition('id="preview"')[2]
    assert "/hjalp/koder/C06" in preview
    assert "chef" in preview
    assert "Utan utkastet" in preview
    assert "som organisationen är 1 januari 2023" in preview
    assert "changed" in preview
    assert reorganisation("ny-stab").name == "Ny stab 2023"


def test_what_else_is_decided_for_the_same_day_is_not_the_drafts_doing(signed_in: SignedIn, local: Actor) -> None:
    head = "reorganisation;name;decision;decided_on;event;kind;dimension;effective;code;parent\n"
    row = "bara-flytt;Bara flytten;Ks 3;2022-08-01;1;move;unit;2023-01-01;4290;40\n"
    day = date(2022, 9, 14)
    import_events(actor=local, content=(head + row).encode(), name="handelser.csv", as_of=day)
    assert adopt_reorganisation(actor=local, key="bara-flytt", as_of=day).key
    client = signed_in(Role.CONTROLLER)
    preview = sent(client, NEW, "preview", statement="enheter").partition('id="preview"')[2]
    assert "Koder som skiljer: 1 ny." in preview
    assert "changed" not in preview
    sent(client, NEW, "save", 302)
    page = client.get("/organisation/andringar/hallbarhet-2023/").content.decode()
    assert "Jämför utan och med utkastet" in page
    compared = client.get("/organisation/jamfor/?dimension=unit&draft=hallbarhet-2023").content.decode()
    assert "Koder som skiljer: 1 ny." in compared


def test_a_preview_of_what_has_no_name_yet_works(signed_in: SignedIn) -> None:
    assert "öppnas under" in sent(signed_in(Role.CONTROLLER), NEW, "preview", name="")


def test_events_and_receivers_are_added_and_removed_without_javascript(signed_in: SignedIn) -> None:
    client = signed_in(Role.CONTROLLER)
    added = sent(client, NEW, "add")
    assert 'id="event-2"' in added
    assert 'name="event-2-on" value="2023-01-01"' in added
    assert 'id="event-1"' not in sent(client, NEW, "remove:1")
    assert sent(client, NEW, "portion:4", **SPLIT).count('name="event-4-to"') == 3
    assert len(reorganisations()) == 2


def test_codes_are_found_by_code_and_name_on_the_day_of_the_event(signed_in: SignedIn) -> None:
    client = signed_in(Role.CONTROLLER)
    asked = {"dimension": "unit", "q": "lokal", "on": "2022-07-01"}
    assert '<option value="4290">Lokalförsörjning</option>' in client.get(f"{NEW}koder/", asked).content.decode()
    assert "4290" not in client.get(f"{NEW}koder/", {**asked, "on": "2022-06-30"}).content.decode()
    assert client.get(f"{NEW}koder/", {"dimension": "planet"}).content.decode().strip() == ""


def test_a_draft_without_a_decision_is_not_adopted(signed_in: SignedIn) -> None:
    response = signed_in(Role.CONTROLLER).post(f"{DRAFT}anta/")
    assert response.status_code == 422
    assert reorganisation("ny-stab").state is State.DRAFT


def test_a_decided_draft_is_adopted_with_its_budget_and_annulled_by_another_decision(signed_in: SignedIn) -> None:
    client = signed_in(Role.CONTROLLER)
    page = client.get(DRAFT).content.decode()
    fields = _sendable(page)
    client.post(DRAFT, {**fields, "decision": "Ks 120/2022", "decided_on": "2022-09-01", "do": "save"})
    response = client.post(f"{DRAFT}anta/", {"budget": "1"}, follow=True)
    assert "Ny stab 2023 är antagen." in response.content.decode()
    assert reorganisation("ny-stab").state is State.ADOPTED
    assert code_plan().knows("unit", "4110")
    assert client.get(DRAFT).status_code == 404
    assert client.post(f"{PAGE}upphav/", {"decision": "Ks 150/2022", "budget": "1"}).status_code == 422
    decided = {"decision": "Ks 150/2022", "decided_on": "2022-10-01", "text": "Blev inte av"}
    assert "är upphävd" in client.post(f"{PAGE}upphav/", decided, follow=True).content.decode()
    assert not code_plan().knows("unit", "4110")
    assert "Blev inte av" in client.get("/organisation/andringar/").content.decode()


def _moved_with_its_budget(client: Client) -> str:
    """4221 opened in October 2022 with the fees of 4220; the page of the change once it is adopted."""
    facts = {"name": "Redovisning", "decision": "Ks 8/2022", "decided_on": "2022-09-01"}
    opened = {**OPEN, "event-1-on": "2022-10-01"}
    moved = {
        "event": ["1", "2"],
        "event-2-kind": "transfer",
        "event-2-dimension": "unit",
        "event-2-on": "2022-10-01",
        "event-2-code": "4220",
        "event-2-to": ["4150"],
        "event-2-share": [""],
        "event-2-where": [""],
    }
    assert client.post(NEW, {"do": "save", **opened, **moved, **facts}).status_code == 302
    assert "flytta budgeten (" in client.get("/organisation/andringar/redovisning/").content.decode()
    return client.post("/organisation/utkast/redovisning/anta/", {"budget": "1"}, follow=True).content.decode()


def test_an_annulment_shows_what_goes_back_before_it_is_done_and_takes_it_back(signed_in: SignedIn) -> None:
    client = signed_in(Role.CONTROLLER)
    shown = _moved_with_its_budget(client).partition("Budget som går tillbaka")[2]
    assert "4150 Hållbarhet" in shown
    assert "drift" in shown
    assert sum(budget_of("4150").values()) != 0
    decided = {"decision": "Ks 9/2022", "decided_on": "2022-10-01", "budget": "1"}
    response = client.post("/organisation/andringar/redovisning/upphav/", decided, follow=True)
    page = response.content.decode()
    assert "Budgeten är tillbakaflyttad." in page
    assert "C069" not in page
    assert "C070" not in page
    assert set(budget_of("4150").values()) == {0}


def budget_of(unit: str) -> dict[int, int]:
    sums: dict[int, int] = defaultdict(int)
    for (period, _), ore in budget_cells({"unit": [unit]}, 0).items():
        sums[period] += ore
    return sums


def test_a_draft_that_moves_nothing_offers_neither_budget_nor_roles(signed_in: SignedIn) -> None:
    client = signed_in(Role.CONTROLLER)
    sent(client, NEW, "save", 302)
    page = client.get("/organisation/andringar/hallbarhet-2023/").content.decode()
    assert "flytta budgeten" not in page
    assert "på efterträdarna" not in page


def test_a_draft_is_discarded(signed_in: SignedIn) -> None:
    response = signed_in(Role.CONTROLLER).post(f"{DRAFT}kasta/", follow=True)
    assert "Utkastet Ny stab 2023 är kastat." in response.content.decode()
    assert [own.key for own in reorganisations()] == ["delning-2022"]


@pytest.mark.parametrize(
    ("role", "unit"),
    [(Role.READER, "*"), (Role.AUDITOR, "*"), (Role.DIRECTOR, "KS"), (Role.MANAGER, "4220"), (Role.CONTROLLER, "40")],
)
@pytest.mark.parametrize("address", [NEW, DRAFT, f"{DRAFT}anta/", f"{DRAFT}kasta/", f"{PAGE}upphav/"])
def test_nobody_without_the_right_on_the_whole_drafts_adopts_discards_or_annuls(
    signed_in: SignedIn, address: str, role: Role, unit: str
) -> None:
    response = signed_in(role, unit).post(address, {"do": "save", "name": "Kupp", **OPEN})
    assert response.status_code == 403
    assert [own.state for own in reorganisations()] == [State.ADOPTED, State.DRAFT]


@pytest.mark.parametrize("address", [f"{DRAFT}anta/", f"{DRAFT}kasta/", f"{PAGE}upphav/"])
def test_an_act_is_no_page_to_open(signed_in: SignedIn, address: str) -> None:
    assert signed_in(Role.CONTROLLER).get(address).status_code == 405


@pytest.mark.parametrize("key", ["finns-inte", "delning-2022"])
def test_only_a_draft_is_edited(signed_in: SignedIn, key: str) -> None:
    assert signed_in(Role.CONTROLLER).get(f"/organisation/utkast/{key}/").status_code == 404


def _sendable(page: str) -> dict[str, list[str]]:
    """What a browser would send of the draft's form, without the button."""
    form = _Form()
    form.feed(page)
    return form.fields


class _Form(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = defaultdict(list)
        self._is_inside = False
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._is_inside = own.get("id") == "draft"
        elif tag == "select":
            self._select = own["name"]
        elif self._is_inside and tag == "option" and "selected" in own:
            self.fields[self._select].append(own["value"])
        elif self._is_inside and tag == "input" and "name" in own:
            self.fields[own["name"]].append(own.get("value", ""))
