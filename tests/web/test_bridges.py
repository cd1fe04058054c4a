"""Statements in another structure: their marks and notes, and the bridge between the two."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.web.conftest import SignedIn, load_reorganised
from uppsikt.audit.actors import Actor, Role

UNITS = "/uppstallningar/enheter/"
BRIDGE = f"{UNITS}brygga/"


@pytest.fixture(autouse=True)
def _reorganised(db: None, local: Actor, tmp_path: Path) -> None:
    load_reorganised(local, tmp_path)


def page_of(client: Client, address: str, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == 200, response.content.decode()[-2000:]
    return response.content.decode()


def rows_of(page: str) -> dict[str, list[str]]:
    """The rows of the page's table: the label, and what stands in each cell."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", page.partition("<tbody>")[2].partition("</tbody>")[0], re.DOTALL)
    cells = [[_text(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)] for row in rows]
    return {row[0]: row[1:] for row in cells}


def _text(cell: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", cell).split())


def test_the_bridge_of_a_row_adds_up_from_left_to_right(signed_in: SignedIn) -> None:
    # fees of January to April, 10 tkr a month, go from 4220 (net cost 1 520 in eight months) to 4221
    rows = rows_of(page_of(signed_in(), BRIDGE, unit="42", structure="2022-09-01", column="utfall"))
    assert rows["Ekonomi"] == ["−1 520", "40", "–", "−1 560"]
    assert rows["Redovisning"] == ["–", "–", "40", "40"]
    assert rows["Nettokostnad"] == ["−1 520", "–", "–", "−1 520"]


def test_each_change_of_a_row_stands_below_it_with_its_decision(signed_in: SignedIn) -> None:
    page = page_of(signed_in(), BRIDGE, unit="42", structure="2022-09-01", column="utfall")
    assert '<a href="/organisation/andringar/delning-2022/">Ekonomi delas</a>' in page
    assert "1 maj 2022, Ks 7/2022" in page


def test_the_headings_say_the_arithmetic(signed_in: SignedIn) -> None:
    page = page_of(signed_in(), BRIDGE, unit="42", structure="2022-09-01", column="utfall")
    headings = [_text(own) for own in re.findall(r"<th scope=.col.*?</th>", page)]
    assert headings == ["Som den var", "− Ut", "+ In", "Som 2022\u2060-\u206009\u2060-\u206001"]


def test_the_bridge_as_csv_has_a_line_for_each_row_and_change(signed_in: SignedIn) -> None:
    response = signed_in().get(f"{BRIDGE}fil.csv", {"unit": "42", "structure": "2022-09-01", "column": "utfall"})
    assert 'filename="enheter-42-delar2-2022-brygga-utfall-2022-09-01.csv"' in response["Content-Disposition"]
    lines = [line.split(";") for line in response.content.decode("utf-8-sig").splitlines()]
    assert lines[0][1:] == [
        "Ändring",
        "Dag",
        "Beslut",
        "Som det var (tkr)",
        "Ut, dras ifrån (tkr)",
        "In, läggs till (tkr)",
        "Som 2022-09-01 (tkr)",
    ]
    row, change = [line for line in lines if line[0] == "Ekonomi"]
    assert row[4:] == ["-1520", "40", "", "-1560"]
    assert change[2:] == ["2022-05-01", "Ks 7/2022", "", "40", "", ""]
    assert change[1].startswith("Ekonomi delas")


def test_the_bridge_as_xlsx_holds_numbers_that_add_up_in_every_row(signed_in: SignedIn) -> None:
    asked = {"unit": "42", "structure": "2022-09-01", "column": "utfall"}
    content = signed_in().get(f"{BRIDGE}fil.xlsx", asked).content
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()[1:]
    sums = [[cell or 0.0 for cell in row[4:]] for row in rows if not row[1]]
    assert all(isinstance(cell, float) for own in sums for cell in own)
    assert [was - out + into for was, out, into, _ in sums] == [now for *_, now in sums]
    assert [-1520.0, 40.0, 0.0, -1560.0] in sums


def test_a_bridge_in_no_known_format_is_not_there(signed_in: SignedIn) -> None:
    assert signed_in().get(f"{BRIDGE}fil.exe", {"unit": "42"}).status_code == 404


def test_the_column_that_moved_is_shown_where_none_is_named_and_the_day_is_today(signed_in: SignedIn) -> None:
    page = page_of(signed_in(), BRIDGE, unit="42")
    assert "Som den är i dag" in page
    assert '<option value="utfall-foregaende" selected>' in page


def test_a_bridge_with_a_draft_leads_to_the_drafts_structure(signed_in: SignedIn) -> None:
    rows = rows_of(page_of(signed_in(Role.CONTROLLER), BRIDGE, unit="40", draft="ny-stab", column="utfall"))
    assert rows["Stab"][-1] == "−936"
    assert rows["Lokalförsörjning"][-1] == "−624"


def test_a_bridge_where_nothing_moved_says_so(signed_in: SignedIn) -> None:
    page = page_of(signed_in(), "/uppstallningar/driftredovisning/brygga/", structure="2022-09-01")
    assert "Ingen ändring har flyttat pengar" in page


def test_a_column_that_is_not_there_is_a_page_with_a_code(signed_in: SignedIn) -> None:
    assert signed_in().get(BRIDGE, {"unit": "42", "column": "guld"}).status_code == 404


def test_the_bridge_is_english_for_whoever_reads_english(signed_in: SignedIn) -> None:
    client = signed_in()
    client.post("/sprak/", {"language": "en", "next": "/"})
    page = page_of(client, BRIDGE, unit="42", structure="2022-09-01")
    assert "− Out" in page
    assert "− Ut" not in page


def test_restated_figures_are_marked_and_the_others_are_not(signed_in: SignedIn) -> None:
    page = page_of(signed_in(), UNITS, unit="42", structure="2022-09-01")
    rows = rows_of(page)
    assert "omräknat" in rows["Ekonomi"][0]
    assert "omräknat" not in rows["Lokalförsörjning"][0]
    assert "Omräknat: pengarna står som organisationen är 1 september 2022." in page
    assert "Ekonomi delas" in page.partition('class="notes"')[2]


def test_a_statement_as_it_was_has_no_marks(signed_in: SignedIn) -> None:
    assert "mräknat" not in page_of(signed_in(), UNITS, unit="42")


def test_a_part_of_a_posting_is_shown_with_the_whole(signed_in: SignedIn) -> None:
    asked = {"unit": "40", "row": "4110", "figure": "utfall", "by": "vouchers", "draft": "ny-stab"}
    page = page_of(signed_in(Role.CONTROLLER), f"{UNITS}siffra/", **asked)
    assert "−120\u202f000,00" in page
    assert "del av −200\u202f000,00" in page


def test_today_is_the_first_structure_to_choose_and_a_day_chosen_stays_in_the_list(signed_in: SignedIn) -> None:
    page = page_of(signed_in(), UNITS, unit="42", structure="2020-02-03")
    assert "som den är i dag" in page
    assert '<option value="2020-02-03" selected>som den var 3 februari 2020</option>' in page


@pytest.mark.parametrize("address", [UNITS, BRIDGE, f"{BRIDGE}fil.csv", f"{UNITS}fil.csv"])
def test_who_reads_one_unit_gets_its_figures_as_of_the_cut_off_and_of_no_other_day(
    signed_in: SignedIn, address: str
) -> None:
    client = signed_in(Role.MANAGER, "4220")
    at_cut_off = client.get(address, {"unit": "4220", "structure": "2022-08-31"})
    assert at_cut_off.status_code == 200
    for day in ("2022-04-30", "2023-01-01"):  # before the split 4220 would hold what 4221 answers for
        assert client.get(address, {"unit": "4220", "structure": day}).status_code == 403


def test_who_reads_one_unit_is_offered_the_cut_offs_structure_alone_and_a_bridge_to_it(signed_in: SignedIn) -> None:
    client = signed_in(Role.MANAGER, "4220")
    page = page_of(client, UNITS, unit="4220")
    options = re.findall(r"<option value=\"([^\"]*)\"", page.partition('id="structure"')[2].partition("</select>")[0])
    assert options == ["", "2022-08-31"]
    assert "2022" in page_of(client, BRIDGE, unit="4220")
