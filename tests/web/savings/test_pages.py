"""The pages of savings assignments: who sees what, what is shown before it is decided, what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.web.conftest import SignedIn
from tests.web.money import DAY, KEY, decided
from uppsikt.audit.actors import Actor, Role
from uppsikt.planning.services import import_budget
from uppsikt.savings.selectors import assignment, assignments
from uppsikt.web.savings.pages import UnitSums

PAGE = f"/effektivisering/{KEY}/"
DECISION = {"decision": "Ks 9/2022", "decided_on": "2022-10-05", "text": "Del två"}
NEW = {
    "title": "Nytt uppdrag", "amount": ["100 000", "40 000", ""], "year": ["2022", "2023", ""],
    "unit": "42", "account": "5",
    "decision": "Ks 8/2022", "decided_on": "2022-10-05", "key_kind": "by-hand", "units": "4220=3, 1010=1",
}  # fmt: skip


@pytest.fixture
def controller(municipality: None, local: Actor, signed_in: SignedIn) -> Client:
    decided(local)
    return signed_in(Role.CONTROLLER)


def page_of(client: Client, address: str = PAGE) -> Any:
    return client.get(address).context["page"]


def test_one_assignment_says_what_is_settled_and_what_remains(controller: Client) -> None:
    page = page_of(controller)
    assert (page.row.total_ore, page.row.remaining_ore, page.settled_share) == (
        900_000_00,
        810_000_00,
        "10,0\xa0%",
    )
    assert [(line.code, line.planned_ore, line.settled_ore, line.left_ore) for line in page.lines] == [
        ("4220", 300_000_00, 60_000_00, 240_000_00),
        ("1010", None, 30_000_00, None),
    ]
    assert page.sums == UnitSums(300_000_00, 90_000_00, 240_000_00, 810_000_00)
    assert [(year.year, year.remaining_ore, year.planned_ore) for year in page.years] == [
        (2022, 810_000_00, 0),
        (2023, 0, 300_000_00),
    ]
    text = controller.get(PAGE).content.decode()
    assert "budget på en kontogrupp: 5 Personalkostnader" in text
    assert "Färre lokaler" in text


def test_whoever_reads_one_unit_sees_that_units_part_and_no_sums(controller: Client, signed_in: SignedIn) -> None:
    manager, stranger = signed_in(Role.MANAGER, "1010"), signed_in(Role.MANAGER, "2010")
    page = page_of(manager)
    assert [line.code for line in page.lines] == ["1010"]
    assert (page.entries, page.plan, page.is_whole) == ((), (), False)
    assert "Hela uppdraget" not in manager.get(PAGE).content.decode()
    assert not page_of(manager, "/effektivisering/").lines[0].bar
    assert stranger.get(PAGE).status_code == 403
    assert page_of(stranger, "/effektivisering/").lines == ()


def test_savings_that_belong_to_no_assignment_are_not_hidden(
    controller: Client, local: Actor, signed_in: SignedIn
) -> None:
    content = "beslut;beslutsdatum;typ;text;period;enhet;konto;belopp\n"
    content += "Ks 7/2022;2022-03-01;effektivisering;Annat;2022;40;5;-7\n"
    assert not import_budget(actor=local, content=content.encode(), name="b.csv", as_of=DAY).is_refused
    assert [own.text for own in page_of(controller, "/effektivisering/").unclaimed] == ["Annat"]
    assert "Ks 7/2022" in controller.get("/effektivisering/").content.decode()
    assert page_of(signed_in(Role.MANAGER, "40"), "/effektivisering/").unclaimed == ()


def test_a_distribution_is_shown_before_it_is_decided(controller: Client) -> None:
    form = {"amount": "100 000", "key_kind": "own", **DECISION}
    shown = controller.post(f"{PAGE}fordela/", form | {"do": "show"})
    parts = [(part.unit, part.amount_ore) for part, _ in shown.context["page"].parts]
    assert sum(ore for _, ore in parts) == 100_000_00
    assert assignment(KEY).settled_ore == 90_000_00
    held = dict(shown.context["page"].held)
    done = controller.post(f"{PAGE}fordela/", held | {"do": "decide"})
    assert done.status_code == 302
    assert assignment(KEY).entries[-1].by_unit == dict(parts)
    again = controller.post(f"{PAGE}fordela/", held | {"do": "decide"})
    assert (again.status_code, [own.code for own in again.context["page"].findings]) == (422, ["P025"])


REFUSED = (
    ({"amount": "tio"}, "S004"),
    ({"amount": "900 000"}, "S005"),
    ({"decided_on": "snart"}, "P020"),
    ({"text": ""}, "P009"),
)


def test_what_cannot_be_distributed_is_said_and_nothing_is_decided(controller: Client) -> None:
    form = {"amount": "100", "key_kind": "equal", "do": "decide", **DECISION}
    for change, code in REFUSED:
        answer = controller.post(f"{PAGE}fordela/", form | change)
        assert answer.status_code == 422
        assert code in {own.code for own in answer.context["page"].findings}
    assert assignment(KEY).settled_ore == 90_000_00


def test_a_distribution_is_taken_back(controller: Client) -> None:
    entry = assignment(KEY).entries[-1].id
    assert controller.get(f"{PAGE}aterta/{entry}/").status_code == 200
    assert controller.get(f"{PAGE}aterta/{entry + 99}/").status_code == 404
    assert controller.post(f"{PAGE}aterta/{entry}/", DECISION | {"decided_on": ""}).status_code == 422
    assert f"/aterta/{entry}/" in controller.get(PAGE).content.decode()
    assert controller.post(f"{PAGE}aterta/{entry}/", DECISION).status_code == 302
    assert assignment(KEY).settled_ore == 0
    assert "/aterta/" not in controller.get(PAGE).content.decode()  # nothing is left to take back
    refused = controller.get(f"{PAGE}aterta/{entry}/")
    assert refused.status_code == controller.post(f"{PAGE}aterta/{entry}/", DECISION).status_code == 422
    assert ("S013" in refused.content.decode(), 'name="decision"' in refused.content.decode()) == (True, False)


def test_a_new_assignment_and_its_plan(controller: Client) -> None:
    assert controller.post("/effektivisering/ny/", NEW | {"amount": ["−5"]}).status_code == 422
    nothing = controller.post("/effektivisering/ny/", NEW | {"year": ["2022", "2023"], "amount": ["", ""]})
    assert [finding.code for finding in nothing.context["page"].findings] == ["S004"]
    odd = controller.post("/effektivisering/ny/", NEW | {"amount": ["100 000", "fyrtio", ""]})
    assert [(finding.code, finding.at.line) for finding in odd.context["page"].findings] == [("S004", 2)]
    # the third year is written without an amount: it has no part
    done = controller.post("/effektivisering/ny/", NEW | {"year": ["2022", "2023", "2024"]})
    assert done.url == "/effektivisering/nytt-uppdrag/"  # type: ignore[attr-defined]
    assert assignment("nytt-uppdrag").allocation.weights == (3, 1)
    assert [year.part_ore for year in assignment("nytt-uppdrag").years] == [100_000_00, 40_000_00]
    rows = {"unit": ["4220", ""], "amount": ["50 000", ""], "due_on": ["2023-01-31", ""], "how": ["Så här", ""]}
    assert controller.post("/effektivisering/nytt-uppdrag/plan/", rows).status_code == 302
    assert assignment("nytt-uppdrag").planned_ore == 50_000_00
    refused = controller.post("/effektivisering/nytt-uppdrag/plan/", rows | {"due_on": ["", ""]})
    assert refused.status_code == 422
    assert refused.context["page"].rows[0]["how"] == "Så här"


def test_what_remains_is_brought_to_the_next_years_budget_and_settled_there(controller: Client) -> None:
    address = f"{PAGE}nasta-ar/2022/"
    assert "810\u202f000" in controller.get(address).content.decode()
    assert controller.post(address, DECISION | {"decided_on": "snart"}).status_code == 422
    assert controller.post(address, DECISION).status_code == 302
    assert assignment(KEY).open_years == (2023,)
    refused = controller.post(address, DECISION | {"text": "Igen"})
    assert [own.code for own in refused.context["page"].findings] == ["S014"]
    form = {"amount": "100 000", "key_kind": "equal", "do": "decide", "year": "2023", **DECISION, "text": "Del tre"}
    assert controller.post(f"{PAGE}fordela/", form).status_code == 302
    assert [year.remaining_ore for year in assignment(KEY).years] == [0, 710_000_00]


def test_amounts_are_shown_in_the_unit_chosen_and_to_the_ore_beside_it_and_in_files(controller: Client) -> None:
    assert (
        '<data value="810000.00" title="810\u202f000,00\xa0kr">0,8</data>'
        in controller.get(f"{PAGE}?in=mnkr").content.decode()
    )
    assert ">810</data>" in controller.get(PAGE).content.decode()  # tkr, as everywhere
    assert controller.get(f"{PAGE}?in=euro").status_code == 404
    lines = controller.get(f"{PAGE}?in=mnkr&as=csv").content.decode("utf-8-sig").splitlines()
    assert lines[1].split(";")[3:] == ["300000,00", "60000,00", "240000,00"]
    listed = controller.get("/effektivisering/?as=csv").content.decode("utf-8-sig").splitlines()
    assert listed[1].split(";")[3:] == ["900000,00", "90000,00", "810000,00"]
    assert controller.get(f"{PAGE}?as=xlsx").content[:2] == b"PK"
    assert controller.get(f"{PAGE}?as=exe").status_code == 404


def test_only_those_who_edit_the_budget_get_the_forms(controller: Client, signed_in: SignedIn) -> None:
    director = signed_in(Role.DIRECTOR)
    assert director.get(PAGE).status_code == 200
    assert "/fordela/" not in director.get(PAGE).content.decode()
    for address in ("/effektivisering/ny/", f"{PAGE}fordela/", f"{PAGE}plan/"):
        assert director.get(address).status_code == 403
        assert director.post(address, NEW).status_code == 403
    assert len(assignments()) == 1


def test_the_pages_speak_english_and_cost_the_same_whatever_there_is(
    controller: Client, django_assert_max_num_queries: Any
) -> None:
    controller.post("/sprak/", {"language": "en", "next": PAGE})
    for address in ("/effektivisering/", PAGE, f"{PAGE}fordela/", f"{PAGE}plan/", "/effektivisering/ny/"):
        text = controller.get(address).content.decode()
        assert 'lang="en"' in text
        assert not [word for word in ("Utfördelat", "Återstår", "Enhet<", "Belopp", "Besluta") if word in text]
    controller.post("/effektivisering/ny/", NEW)
    with django_assert_max_num_queries(14):
        controller.get("/effektivisering/")
    with django_assert_max_num_queries(16):
        controller.get(PAGE)
