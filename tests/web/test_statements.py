from __future__ import annotations

import html
import io
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.web.conftest import SignedIn
from uppsikt.audit.actors import Actor, Role
from uppsikt.core.tables import decode_text
from uppsikt.ledger.selectors import active_batches
from uppsikt.reports.services import save_statement

NETTO = "/uppstallningar/nettoredovisning/"
FIGURE = NETTO + "siffra/"
OF_40 = {"row": "kommunstyrelseforvaltningen", "figure": "avvikelse"}
pytestmark = pytest.mark.usefixtures("municipality")


def page_of(client: Client, address: str, **query: object) -> str:
    response = client.get(address, query)
    assert response.status_code == 200, response.content.decode()[-2000:]
    return response.content.decode()


def test_the_table_has_a_caption_with_unit_and_sign_and_scopes_on_its_headings(signed_in: SignedIn) -> None:
    page = page_of(signed_in(), NETTO)
    assert "<caption>" in page
    assert "tkr. Intäkter och överskott är positiva" in page
    assert '<th scope="col"' in page
    assert '<th scope="row"' in page


def test_the_figures_are_those_of_the_ledger_the_budget_and_the_forecast(signed_in: SignedIn) -> None:
    # 8 months × 290 tkr; budget 3 480; forecast 3 670; deviation −190
    page = page_of(signed_in(), NETTO)
    for figure in ("−2\u202f320", "−3\u202f480", "−3\u202f670", "−190"):
        assert f">{figure}</a>" in page


def test_the_same_table_in_kronor(signed_in: SignedIn) -> None:
    page = page_of(signed_in(), NETTO, **{"in": "kr"})
    assert "−190\u202f000" in page
    assert "kr. Intäkter" in page


def test_only_the_chosen_columns_are_shown(signed_in: SignedIn) -> None:
    page = page_of(signed_in(), NETTO, column="avvikelse")
    assert "−190</a>" in page
    assert "−3\u202f480" not in page


def test_the_list_holds_every_statement_for_whoever_reads_the_whole(signed_in: SignedIn) -> None:
    page = page_of(signed_in(), "/uppstallningar/")
    for key in ("nettoredovisning", "driftredovisning", "enheter", "kontogrupper", "investeringar"):
        assert f"/uppstallningar/{key}/" in page


OWN = """key: egen
title: {sv: "Eget för {unit}, {round}", en: "Own"}
rows:
  - {key: intakter, label: Avgifter, account: 3..3}
  - {key: loner, label: Löner, account: 5..5}
columns:
  - {key: budget, label: Budget, scenario: budget}
"""


def test_the_cards_of_the_list_show_no_places_to_fill_and_none_is_empty(signed_in: SignedIn, local: Actor) -> None:
    assert save_statement(actor=local, content=OWN, name="egen.yaml", as_of=date(2022, 9, 1))[0] == "egen"
    page = page_of(signed_in(), "/uppstallningar/")
    assert "{" not in page.partition("<main")[2]
    assert "<p></p>" not in page
    assert ">Enheter</a>" in page
    assert "Kommunens egen: Avgifter, Löner." in page


def test_the_list_of_a_manager_holds_the_statements_that_can_be_asked_of_their_unit(signed_in: SignedIn) -> None:
    assert "/uppstallningar/kontogrupper/" in page_of(signed_in(Role.MANAGER, "4220"), "/uppstallningar/")


def test_a_manager_who_names_no_unit_gets_their_own_and_not_the_whole(signed_in: SignedIn) -> None:
    # 4220 alone: 8 months × 190 tkr; the whole would be 2 320
    page = page_of(signed_in(Role.MANAGER, "4220"), NETTO)
    assert "−1\u202f520" in page
    assert "−2\u202f320" not in page
    assert "Hela kommunen" not in page


@pytest.mark.parametrize("suffix", ["?unit=KS", "siffra/?row=kommungemensamt&figure=budget", "fil.csv?unit=KS"])
def test_a_manager_is_refused_the_whole_municipalitys_table_figures_and_files(
    signed_in: SignedIn, suffix: str
) -> None:
    assert signed_in(Role.MANAGER, "4220").get(NETTO + suffix).status_code == 403


@pytest.mark.parametrize(("unit", "status"), [("4220", 200), ("1010", 403), ("42", 403)])
def test_a_manager_reads_their_own_unit_but_not_its_neighbour_nor_the_one_above(
    signed_in: SignedIn, unit: str, status: int
) -> None:
    client = signed_in(Role.MANAGER, "4220")
    assert client.get("/uppstallningar/kontogrupper/", {"unit": unit}).status_code == status


def test_a_manager_of_a_level_reads_the_units_below_it(signed_in: SignedIn) -> None:
    client = signed_in(Role.MANAGER, "42")
    assert client.get("/uppstallningar/kontogrupper/", {"unit": "4220"}).status_code == 200


def test_a_manager_is_offered_their_own_units_and_no_others(signed_in: SignedIn) -> None:
    page = page_of(signed_in(Role.MANAGER, "42"), "/uppstallningar/kontogrupper/")
    assert 'value="4220"' in page
    assert 'value="1010"' not in page


@pytest.mark.parametrize(
    "address",
    [
        "/uppstallningar/finns-inte/",
        NETTO + "?round=delar9-2022",
        NETTO + "?in=euro",
        NETTO + "?structure=igar",
        "/uppstallningar/kontogrupper/?unit=4711",
        FIGURE + "?row=finns-inte&figure=budget",
        FIGURE + "?row=kommunstyrelsen-direkt&figure=budget",  # a row that is there only with money in it
        FIGURE + "?row=nettokostnad&figure=finns-inte",
        FIGURE,
        FIGURE + "?row=nettokostnad&figure=budget&by=sidled",
        NETTO + "fil.exe",
    ],
)
def test_an_address_that_asks_for_what_is_not_there_is_a_page_with_a_code(signed_in: SignedIn, address: str) -> None:
    response = signed_in().get(address)
    assert response.status_code == 404
    page = response.content.decode()
    assert "/hjalp/koder/" in page
    assert ("W011" in page) == (address.startswith(FIGURE) and "sidled" not in address)


def test_a_figure_tells_its_address_period_and_what_it_is_calculated_from(signed_in: SignedIn) -> None:
    page = page_of(signed_in(), FIGURE, **OF_40)
    assert "nettoredovisning/kommunstyrelseforvaltningen/avvikelse@delar2-2022" in page
    assert "underskott" in page
    assert "Räknas ut av" in page


def test_the_sources_of_a_figure_add_up_to_it(signed_in: SignedIn) -> None:
    page = page_of(signed_in(), FIGURE, row="nettokostnad", figure="utfall", by="sources")
    assert "prov-2022.se" in page
    assert "−2\u202f320\u202f000,00" in page


def test_an_account_of_a_figure_leads_to_its_own_vouchers_within_the_same_figure(signed_in: SignedIn) -> None:
    client = signed_in()
    asked = {"row": "kommunstyrelseforvaltningen", "figure": "utfall"}
    accounts = page_of(client, FIGURE, **asked, by="account")
    (address,) = re.findall(r'<th scope="row"><a href="([^"]*account=3010)" hx-get="', accounts)
    vouchers = page_of(client, html.unescape(address))
    assert "Verifikationer på konto 3010 Avgifter" in vouchers
    # eight months of 10 tkr in fees, none of the salaries on the neighbouring account
    assert vouchers.count("10\u202f000,00") == 8
    assert "200\u202f000,00" not in vouchers


def test_a_manager_gets_no_other_units_vouchers_by_naming_an_account(signed_in: SignedIn) -> None:
    client = signed_in(Role.MANAGER, "4220")
    asked = {"row": "nettokostnad", "figure": "utfall", "by": "vouchers", "account": "5010"}
    assert "100\u202f000,00" not in page_of(client, FIGURE, **asked, unit="4220")
    assert client.get(FIGURE, {**asked, "unit": "1010"}).status_code == 403


def test_a_file_among_the_sources_leads_to_its_batch_for_whoever_may_open_it(signed_in: SignedIn) -> None:
    asked = {"row": "nettokostnad", "figure": "utfall", "by": "sources"}
    address = f"/inlasning/inlast/{active_batches()[-1].content_hash}/"
    assert address in page_of(signed_in(), FIGURE, **asked)
    assert "/inlasning/inlast/" not in page_of(signed_in(Role.MANAGER, "4220"), FIGURE, **asked, unit="4220")


def test_vouchers_are_paged(signed_in: SignedIn) -> None:
    client = signed_in()
    first = page_of(client, FIGURE, row="nettokostnad", figure="utfall", by="vouchers")
    assert "A 8" in first or "A8" in first
    assert "prov-2022.se" in first
    assert 'rel="prev"' not in first


def test_htmx_gets_the_panel_alone_and_others_the_whole_page(signed_in: SignedIn) -> None:
    client = signed_in()
    panel = client.get(FIGURE, OF_40, headers={"hx-request": "true"}).content.decode()
    assert "<html" not in panel
    assert 'data-row="kommunstyrelseforvaltningen"' in panel
    assert "<html" in client.get(FIGURE, OF_40).content.decode()


def test_the_csv_holds_the_chosen_columns_as_numbers_a_spreadsheet_reads(signed_in: SignedIn) -> None:
    response = signed_in().get(NETTO + "fil.csv", {"column": ["budget", "avvikelse"]})
    assert response["Content-Disposition"] == 'attachment; filename="nettoredovisning-delar2-2022.csv"'
    lines = decode_text(response.content).splitlines()
    assert lines[0].count(";") == 2
    assert any(line.endswith(";-3480;-190") for line in lines)


def test_the_xlsx_holds_numbers_not_text(signed_in: SignedIn) -> None:
    content = signed_in().get(NETTO + "fil.xlsx", {"column": "avvikelse"}).content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert -190.0 in [row[1] for row in rows]


def test_pages_in_english_are_english(signed_in: SignedIn) -> None:
    client = signed_in()
    client.post("/sprak/", {"language": "en", "next": "/"})
    page = page_of(client, NETTO)
    assert "Income and surplus are positive" in page
    assert "Välj" not in page


@pytest.mark.parametrize(
    ("address", "queries"),
    [(NETTO, 18), (FIGURE + "?row=nettokostnad&figure=avvikelse", 16), ("/uppstallningar/", 8)],
)
def test_pages_ask_a_fixed_number_of_questions(
    signed_in: SignedIn, django_assert_max_num_queries: Any, address: str, queries: int
) -> None:
    client = signed_in()
    client.get(address)
    with django_assert_max_num_queries(queries):
        client.get(address)
