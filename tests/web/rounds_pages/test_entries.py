from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.conftest import SignedIn
from tests.web.rounds_pages.conftest import DAY, ROUND, type_in
from tests.web.rounds_pages.test_workbook import with_cells
from uppsikt.audit.actors import Actor, Role
from uppsikt.planning.selectors import round_row
from uppsikt.rounds.selectors import unit_cells, unit_work
from uppsikt.rounds.services import excuse_unit, save_explanation
from uppsikt.rounds.values import CellEdit, ExplanationText

HOME = f"/omgangar/{ROUND}/"
FILE = f"{HOME}prognoser.xlsx"
pytestmark = pytest.mark.usefixtures("running")
TEXT = ExplanationText("Vakanser\nVikarier", "Rekrytera", -5_000_050, "Chefen", DAY)


def fetched(client: Client) -> bytes:
    response = client.get(FILE)
    assert response.status_code == 200
    return response.content


def brought(client: Client, content: bytes) -> str:
    """The address of the dry run."""
    response = client.post(f"{HOME}prognoser/", {"file": SimpleUploadedFile("prognoser.xlsx", content)})
    assert response.status_code == 302, response.content.decode()[-1500:]
    return response["Location"]


def changed(client: Client, *changes: dict[str, object]) -> bytes:
    """The file with cells changed: each of the changes says unit, account and what to write where."""
    row = round_row(ROUND)
    assert row
    return with_cells(fetched(client), row, changes)


def amount_of(unit: str, account: str = "5", period: int = 0) -> int | None:
    row = round_row(ROUND)
    assert row
    cells = {(cell.account, cell.period): cell.amount_ore for cell in unit_cells(row, unit)}
    return cells.get((account, period))


def test_the_file_brought_back_as_it_was_changes_nothing_not_even_after_others_have_written(
    signed_in: SignedIn, local: Actor
) -> None:
    type_in(local, "4220", CellEdit("3", 0, -12_000_033, 0))
    saved = save_explanation(
        actor=local, round_key=ROUND, unit="4220", account="5", values=TEXT, seen_version=0, as_of=DAY
    )
    assert saved.row
    client = signed_in(Role.CONTROLLER)
    content = fetched(client)
    assert "Filen ändrar ingenting" in client.get(brought(client, content)).content.decode()
    type_in(local, "4220", CellEdit("3", 0, -11_000_000, 1))
    address = brought(client, content)
    assert "Filen ändrar ingenting" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert amount_of("4220", "3") == -11_000_000


def test_what_changes_is_shown_cell_by_cell_and_saved_when_confirmed(signed_in: SignedIn) -> None:
    client = signed_in(Role.CONTROLLER)
    content = changed(
        client,
        {"unit": "4220", "account": "5", "0": -2_650_000.75, "cause": "Vikarier", "effect": "1 000"},
        {"unit": "4220", "account": "3", "202209": 9000, "202210": 9000, "202211": 9000, "202212": 0},
    )
    address = brought(client, content)
    page = " ".join(client.get(address).content.decode().split())
    assert "7 uppgifter skulle ändras" in page
    assert "<span>−2 900 000,00</span>" in page
    assert "<span>−2 650 000,75</span>" in page
    assert amount_of("4220") == 290_000_000
    assert client.post(address).status_code == 302
    assert (amount_of("4220"), amount_of("4220", "3", 202210)) == (265_000_075, -900_000)
    assert [own.cause for own in unit_work(ROUND, "4220").explanations] == ["Vikarier"]
    assert client.get(address).status_code == 404


def test_what_is_written_in_a_grey_cell_is_said_not_to_be_taken_in(signed_in: SignedIn) -> None:
    client = signed_in(Role.CONTROLLER)
    content = changed(client, {"unit": "4220", "account": "5", "budget": -3_000_000, "0": -2_900_100})
    page = client.get(brought(client, content)).content.decode()
    assert page.count("/hjalp/koder/W061/") == 1
    assert "rad 4" in page or "rad 3" in page
    assert "Kolumnen Budget kan inte ändras i filen" in page
    assert "W061" not in client.get(brought(client, changed(client))).content.decode()


def test_a_cost_written_as_income_is_asked_about_before_it_is_saved(signed_in: SignedIn) -> None:
    client = signed_in(Role.CONTROLLER)
    address = brought(client, changed(client, {"unit": "4220", "account": "5", "0": 2_650_000}))
    page = client.get(address).content.decode()
    assert "N060" in page
    assert "Kan −2\u202f650\u00a0tkr vara menat?" in page
    assert client.post(address).status_code == 302  # asked, never refused
    assert amount_of("4220") == -265_000_000


def test_a_cell_that_another_wrote_meanwhile_stops_the_whole_file(signed_in: SignedIn, local: Actor) -> None:
    client = signed_in(Role.CONTROLLER)
    content = changed(client, {"unit": "4220", "account": "5", "0": 1}, {"unit": "4220", "account": "3", "0": 2})
    type_in(local, "4220", CellEdit("5", 0, 280_000_000, 1))
    address = brought(client, content)
    for response in (client.get(address), client.post(address)):
        assert response.status_code == 422
        assert "W057" in response.content.decode()
    assert (amount_of("4220"), amount_of("4220", "3")) == (280_000_000, None)


def test_units_that_have_handed_in_or_are_excused_take_nothing_from_a_file(signed_in: SignedIn, local: Actor) -> None:
    client = signed_in(Role.CONTROLLER)
    content = changed(client, {"unit": "1010", "account": "5", "0": 1})
    assert "N002" in client.get(brought(client, content)).content.decode()
    added = changed(client, {"unit": "3020", "account": "5", "0": 5}, {"unit": "4290", "account": "5", "0": 1})
    excuse_unit(actor=local, round_key=ROUND, unit="3020", reason="Vilar", as_of=DAY)
    page = client.get(brought(client, added)).content.decode()
    assert "N003" in page
    assert "N001" in page


def test_a_director_fetches_the_own_units_alone_and_can_not_write_on_others(signed_in: SignedIn) -> None:
    whole, director = signed_in(Role.CONTROLLER), signed_in(Role.DIRECTOR, "40")
    assert b"1010" not in _text(fetched(director))
    address = brought(director, changed(whole, {"unit": "3020", "account": "5", "0": 1}))
    assert director.get(address).status_code == 403
    assert whole.get(address).status_code == 404  # another person's file
    assert signed_in(Role.MANAGER, "4220").get(FILE).status_code == 403


def _text(content: bytes) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("xl/sharedStrings.xml")


def test_a_form_without_a_file_and_a_file_of_another_kind_are_told_of(signed_in: SignedIn) -> None:
    client = signed_in(Role.CONTROLLER)
    assert client.post(f"{HOME}prognoser/", {}).status_code == 422
    other = client.get(brought(client, b"enhet;konto\n1;5\n"))
    assert other.status_code == 422
    assert "W050" in other.content.decode()
