from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.web.conftest import SignedIn
from uppsikt.audit.actors import Actor, Role
from uppsikt.coding.reorganisation_services import import_events
from uppsikt.core.tables import decode_text

TREE = "/organisation/"
LOG = "/organisation/andringar/"
COMPARE = "/organisation/jamfor/"
pytestmark = pytest.mark.usefixtures("changes")


def page_of(client: Client, address: str, **query: object) -> str:
    response = client.get(address, query)
    assert response.status_code == 200, response.content.decode()[-2000:]
    return response.content.decode()


def test_the_tree_on_a_day_holds_what_was_open_then_and_marks_what_is_new(signed_in: SignedIn) -> None:
    client = signed_in(Role.CONTROLLER)
    before, after = page_of(client, TREE, day="2022-04-30"), page_of(client, TREE, day="2022-05-01")
    assert "4221 Redovisning" not in before
    assert "4221 Redovisning" in after
    assert 'data-mark="new">ny<' in after
    assert "En kod ändras" not in before
    assert "1 maj 2022: en kod ändras" in after


def test_the_slider_stands_on_the_change_before_the_day_and_leads_to_its_neighbours(signed_in: SignedIn) -> None:
    page = page_of(signed_in(), TREE, day="2022-06-15")
    assert 'type="range" min="0" max="2" step="1" value="1"' in page
    assert 'aria-valuetext="1 maj 2022: en kod ändras"' in page
    assert "stop=0" in page
    assert "stop=2" in page


def test_a_stop_of_the_slider_is_a_day(signed_in: SignedIn) -> None:
    client = signed_in()
    assert '<h2 id="structure-title">1 juli 2022</h2>' in page_of(client, TREE, stop=2)
    assert client.get(TREE, {"stop": "3"}).status_code == 404
    assert client.get(TREE, {"stop": "x"}).status_code == 404


@pytest.mark.parametrize(
    "query", ["day=igar", "day=9999-12-31", "dimension=avdelning", "hierarchy=egen", "dimension=account&stop=1"]
)
def test_what_is_no_choice_is_a_page_with_a_code(signed_in: SignedIn, query: str) -> None:
    response = signed_in().get(f"{TREE}?{query}")
    assert response.status_code == 404
    assert "/hjalp/koder/W010/" in response.content.decode()


def test_a_draft_that_is_not_there_is_a_page_with_a_code(signed_in: SignedIn) -> None:
    assert signed_in(Role.CONTROLLER).get(TREE, {"draft": "finns-inte"}).status_code == 404
    assert signed_in(Role.READER).get(TREE, {"draft": "finns-inte"}).status_code == 403


def test_a_search_shows_the_branch_and_marks_the_hit(signed_in: SignedIn) -> None:
    page = page_of(signed_in(), TREE, q="lokal", day="2022-07-01")
    assert "<mark>4290 Lokalförsörjning</mark>" in page
    assert "42 Centralt stöd" in page
    assert "1010" not in page.partition('id="structure"')[2]


def test_accounts_are_shown_in_the_hierarchy_chosen(signed_in: SignedIn) -> None:
    assert "5010 Löner" in page_of(signed_in(), TREE, dimension="account", hierarchy="reporting")


def test_the_tree_of_a_draft_is_on_its_first_day_only_where_it_has_effect(signed_in: SignedIn) -> None:
    client = signed_in(Role.CONTROLLER)
    assert "4110 Stab" in page_of(client, TREE, draft="ny-stab", day="2023-01-01")
    assert "4110 Stab" not in page_of(client, TREE, draft="ny-stab", day="2022-12-31")
    assert "4110 Stab" not in page_of(client, TREE, day="2023-01-01")


def test_a_code_tells_what_it_was_called_and_where_it_was(signed_in: SignedIn) -> None:
    page = page_of(signed_in(Role.CONTROLLER), "/organisation/kod/4290/", draft="ny-stab", day="2023-01-01")
    assert "<strong>42 Centralt stöd</strong>" in page
    assert "1 juli 2022 – 31 december 2022" in page
    assert "<strong>40 Kommunstyrelseförvaltningen</strong>" in page


def test_a_code_tells_what_happened_to_it_and_what_it_took_over(signed_in: SignedIn) -> None:
    client = signed_in(Role.CONTROLLER)
    decided = page_of(client, "/organisation/kod/4221/", day="2022-09-01")
    assert "Från 4220 Ekonomi förs över: konto 3 till 4221 Redovisning." in decided
    assert "Ny stab 2023" not in page_of(client, "/organisation/kod/4220/", day="2022-09-01")
    assert "Ny stab 2023" in page_of(client, "/organisation/kod/4220/", day="2023-01-01", draft="ny-stab")


def test_a_code_that_never_was_is_a_page_with_a_code(signed_in: SignedIn) -> None:
    assert signed_in().get("/organisation/kod/4711/").status_code == 404


def test_the_log_tells_what_happened_in_sentences_newest_first(signed_in: SignedIn) -> None:
    page = page_of(signed_in(Role.CONTROLLER), LOG)
    assert "4221 Redovisning öppnas under 42 Centralt stöd." in page
    assert "Från 4220 Ekonomi förs över: konto 3 till 4221 Redovisning." in page
    assert "60\u00a0% till 4110 Stab och 40\u00a0% till 4290 Lokalförsörjning" in page
    assert page.index("Ny stab 2023") < page.index("Ekonomi delas")
    assert "En kod (enhet) ändrades i registret utan beslutad händelse." in page


def test_the_log_keeps_drafts_from_whoever_does_not_draft(signed_in: SignedIn) -> None:
    page = page_of(signed_in(Role.READER), LOG)
    assert "Ekonomi delas" in page
    assert "Ny stab 2023" not in page
    assert "Nytt utkast" not in page


def test_the_log_is_english_for_whoever_reads_english(signed_in: SignedIn) -> None:
    client = signed_in()
    client.post("/sprak/", {"language": "en", "next": "/"})
    page = page_of(client, LOG)
    assert "4221 Redovisning opens under 42 Centralt stöd." in page
    assert "öppnas" not in page


def test_a_change_shows_what_went_where_to_the_krona(signed_in: SignedIn) -> None:
    # fees of January to April, 10 tkr each, go from 4220 to 4221; the rest of 4220 stays
    page = page_of(signed_in(), f"{LOG}delning-2022/", money="utfall")
    assert "4220 Ekonomi → 4221 Redovisning: −40\u00a0tkr" in page
    assert "4220 Ekonomi → 4220 Ekonomi: 1\u202f560\u00a0tkr" in page
    assert "blir kvar" in page


def test_the_picture_says_that_its_bands_are_turnover_and_its_amounts_net(signed_in: SignedIn) -> None:
    page = page_of(signed_in(), f"{LOG}delning-2022/", money="utfall")
    legend = page.partition("<figcaption>")[2].partition("</figcaption>")[0]
    for words in (
        "pengar som flyttas",
        "pengar som blir kvar",
        "bandets bredd: omslutningen",
        "beloppet intill: netto",
    ):
        assert words in legend
    assert "Bandets bredd är omslutningen, beloppet netto." in page.partition("<desc")[2].partition("</desc>")[0]


def test_a_change_without_money_in_the_choice_says_so(signed_in: SignedIn) -> None:
    assert signed_in().get(f"{LOG}delning-2022/", {"money": "guld"}).status_code == 404


def test_whoever_reads_one_unit_sees_the_story_and_no_money(signed_in: SignedIn) -> None:
    page = page_of(signed_in(Role.MANAGER, "4220"), f"{LOG}delning-2022/")
    assert "öppnas under" in page
    assert "tkr" not in page


def test_the_consequences_are_for_those_who_may_draft(signed_in: SignedIn) -> None:
    assert "Följder" in page_of(signed_in(Role.CONTROLLER), f"{LOG}delning-2022/")
    assert "Följder" not in page_of(signed_in(Role.READER), f"{LOG}delning-2022/")


def test_the_budget_that_goes_along_is_proposed_and_sums_to_zero(signed_in: SignedIn) -> None:
    # fees of 120 000 a year, of which the eight months from May go to 4221
    page = page_of(signed_in(Role.CONTROLLER), f"{LOG}delning-2022/").partition("Budget som följer med")[2]
    assert "80\u202f000" in page.partition("4220 Ekonomi")[2].partition("</tr>")[0]
    assert "−80\u202f000" in page.partition("4221 Redovisning")[2].partition("</tr>")[0]


def test_two_structures_stand_side_by_side_with_the_units_money_in_both(signed_in: SignedIn) -> None:
    # 4220 costs 1 560 after its fees of four months went to 4221: 60 % is 936, 40 % is 624
    page = page_of(signed_in(Role.CONTROLLER), COMPARE, draft="ny-stab")
    assert "Koder som skiljer: 1 ny, 1 som upphör och 1 på ny plats." in page
    assert page.count("1 januari 2023") == 2
    assert "→ 4110 60\u00a0%, 4290 40\u00a0%" in page
    for amount in ("1\u202f560", ">936<", ">624<"):
        assert amount in page


def test_the_money_of_both_structures_has_one_total_and_what_ends_stands_last(signed_in: SignedIn) -> None:
    page = page_of(signed_in(Role.CONTROLLER), COMPARE, draft="ny-stab").partition("i båda")[2]
    ended = page.partition('<th scope="rowgroup" colspan="7">Upphör</th>')[2]
    assert "4220 Ekonomi" in ended
    assert "4220 Ekonomi" not in page.partition("Upphör</th>")[0].partition("<tbody>")[2]
    # eight months of 100 + 200 − 10 tkr, of which 300 are salaries
    total = re.findall(r'<td class="number[^"]*">([^<]*)', ended.partition("Summa")[2].partition("</tr>")[0])
    assert total == ["3\u202f480", "3\u202f480", "2\u202f320", "2\u202f320", "2\u202f400", "2\u202f400"]


def second_draft(local: Actor) -> None:
    """4290 under 40 as in the first draft, and nothing else of it."""
    head = "reorganisation;name;event;kind;dimension;effective;code;parent\n"
    row = "bara-flytt;Bara flytten;1;move;unit;2023-01-01;4290;40\n"
    taken = import_events(actor=local, content=(head + row).encode(), name="handelser.csv", as_of=date(2022, 9, 14))
    assert taken.saved == ("bara-flytt",), taken.findings


def test_two_drafts_are_compared_with_each_other_on_the_day_both_are_in_effect(
    signed_in: SignedIn, local: Actor
) -> None:
    second_draft(local)
    client = signed_in(Role.CONTROLLER)
    page = page_of(client, COMPARE, draft_from="bara-flytt", draft="ny-stab")
    assert "Koder som skiljer: 1 ny och 1 som upphör." in page
    assert "1 januari 2023, med Bara flytten" in page
    assert "1 januari 2023, med Ny stab 2023" in page
    turned = page_of(client, COMPARE, draft_from="ny-stab", draft="bara-flytt")
    assert turned.index("med Ny stab 2023</h2>") < turned.index("med Bara flytten</h2>")
    assert "1\u202f560" in page


def test_a_draft_against_what_is_decided_on_the_same_day(signed_in: SignedIn) -> None:
    page = page_of(signed_in(Role.CONTROLLER), COMPARE, draft_from="ny-stab")
    assert "Koder som skiljer: 1 ny, 1 som upphör och 1 på ny plats." in page
    assert ">1 januari 2023</h2>" in page


def test_a_draft_on_the_former_side_is_for_its_makers_alone(signed_in: SignedIn) -> None:
    assert signed_in(Role.READER).get(COMPARE, {"draft_from": "ny-stab"}).status_code == 403


def test_the_same_structure_twice_is_the_same(signed_in: SignedIn) -> None:
    page = page_of(signed_in(), COMPARE, **{"from": "2022-08-01", "to": "2022-09-01"})
    assert "Inget skiljer." in page


def test_whoever_reads_one_unit_compares_trees_without_money(signed_in: SignedIn) -> None:
    page = page_of(signed_in(Role.MANAGER, "4220"), COMPARE)
    assert "tkr" not in page


def test_the_events_come_as_a_file_that_changes_nothing_when_it_comes_back(signed_in: SignedIn) -> None:
    client = signed_in(Role.CONTROLLER)
    response = client.get(f"{LOG}ny-stab/handelser.csv")
    assert response["Content-Disposition"] == 'attachment; filename="ny-stab.csv"'
    lines = decode_text(response.content).splitlines()
    assert len(lines) == 1 + 4
    assert client.get(f"{LOG}handelser.exe").status_code == 404


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        (TREE, 6),
        (f"{TREE}?draft=ny-stab&day=2023-01-01", 6),
        ("/organisation/kod/4290/", 5),
        (LOG, 7),
        (f"{LOG}ny-stab/", 33),
        (f"{COMPARE}?draft=ny-stab", 26),
        (f"{COMPARE}?draft=ny-stab&draft_from=ny-stab", 28),
        ("/organisation/utkast/ny-stab/", 10),
        ("/uppstallningar/enheter/brygga/?unit=42&structure=2022-09-01", 20),
    ],
)
def test_pages_ask_a_fixed_number_of_questions(
    signed_in: SignedIn, django_assert_max_num_queries: Any, address: str, queries: int
) -> None:
    client = signed_in(Role.CONTROLLER)
    client.get(address)
    with django_assert_max_num_queries(queries):
        client.get(address)
