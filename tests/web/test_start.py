from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.web.conftest import SignedIn
from uppsikt.audit.actors import Actor, Role
from uppsikt.planning.kinds import RoundKind
from uppsikt.planning.services import create_round
from uppsikt.reports.services import save_statement
from uppsikt.web.actors import today


@pytest.mark.usefixtures("municipality")
def test_the_headline_says_deviation_direction_and_amount(signed_in: SignedIn) -> None:
    # budget 3 480 tkr, forecast 3 670 tkr: 190 tkr more cost than decided
    page = signed_in().get("/").content.decode()
    assert "pekar på ett underskott mot budget med" in page
    assert "<strong>0,2\xa0mnkr</strong>" in page
    assert "−0,2 <small>mnkr</small>" in page


@pytest.mark.usefixtures("municipality")
def test_the_change_since_the_round_before_is_said_in_words(signed_in: SignedIn) -> None:
    # the round before: 3 580 against 3 480; now 90 tkr worse
    page = signed_in().get("/").content.decode()
    assert "Avvikelsen sedan Delår 1 2022" in page
    assert "försämrad" in page


@pytest.mark.usefixtures("municipality")
def test_an_older_round_can_be_chosen(signed_in: SignedIn) -> None:
    page = signed_in().get("/", {"round": "delar1-2022"}).content.decode()
    assert "2022-04-30" in page
    assert "<strong>0,1\xa0mnkr</strong>" in page


@pytest.mark.usefixtures("municipality")
def test_an_unknown_round_is_told_with_its_code(signed_in: SignedIn) -> None:
    response = signed_in().get("/", {"round": "delar9-2022"})
    assert response.status_code == 404
    assert "W010" in response.content.decode()


def test_a_house_without_rounds_says_what_is_missing(signed_in: SignedIn) -> None:
    page = signed_in().get("/").content.decode()
    assert "W012" in page


@pytest.mark.usefixtures("municipality")
def test_a_manager_sees_their_own_unit_and_not_the_whole(signed_in: SignedIn) -> None:
    client = signed_in(Role.MANAGER, "4220")
    page = client.get("/").content.decode()
    assert "Ekonomi" in page
    assert "Kommungemensamt" not in page


@pytest.mark.usefixtures("municipality")
def test_a_manager_of_a_level_sees_the_units_below_it(signed_in: SignedIn) -> None:
    page = signed_in(Role.DIRECTOR, "40").get("/").content.decode()
    assert "Avvikelse per enhet" in page
    assert "Centralt stöd" in page
    assert "Kommungemensamt" not in page


@pytest.mark.usefixtures("municipality")
def test_a_manager_of_a_lone_unit_sees_its_account_groups_and_no_link_to_units(signed_in: SignedIn) -> None:
    page = signed_in(Role.MANAGER, "4220").get("/").content.decode()
    assert "Avvikelse per kontogrupp" in page
    assert "/uppstallningar/enheter/" not in page


@pytest.mark.usefixtures("municipality")
def test_a_manager_is_led_to_hand_in_a_forecast_while_the_round_is_open(signed_in: SignedIn) -> None:
    client = signed_in(Role.MANAGER, "4220")
    assert 'href="/omgangar/mina/"' in client.get("/").content.decode()
    assert 'href="/omgangar/mina/"' not in client.get("/", {"round": "delar1-2022"}).content.decode()


@pytest.mark.usefixtures("municipality")
def test_a_manager_does_not_see_another_unit(signed_in: SignedIn) -> None:
    assert signed_in(Role.MANAGER, "4220").get("/", {"unit": "1010"}).status_code == 403


@pytest.mark.usefixtures("municipality")
def test_whoever_has_no_role_sees_nothing(signed_in: SignedIn) -> None:
    response = signed_in(None, name="ny").get("/")
    assert response.status_code == 403
    assert "W002" in response.content.decode()


@pytest.mark.usefixtures("municipality")
@pytest.mark.parametrize(
    ("role", "offered", "kept_back"),
    [
        (Role.CONTROLLER, "/inlasning/huvudbok/", None),
        (Role.READER, "/uppstallningar/driftredovisning/", "/inlasning/huvudbok/"),
    ],
)
def test_quick_links_are_those_of_the_role(
    signed_in: SignedIn, role: Role, offered: str, kept_back: str | None
) -> None:
    page = signed_in(role).get("/").content.decode()
    assert f'href="{offered}' in page
    assert kept_back is None or kept_back not in page


@pytest.mark.usefixtures("municipality")
def test_the_page_asks_a_fixed_number_of_questions(signed_in: SignedIn, django_assert_max_num_queries: Any) -> None:
    client: Client = signed_in()
    client.get("/")
    with django_assert_max_num_queries(20):
        client.get("/")


OWN_NET_COST = """key: nettoredovisning
title: {sv: Nettoredovisning, en: Net cost}
base: {unit: KS, account: 3..9}
rows:
  - {key: ks, label: {sv: Allt, en: All}, unit: KS}
columns:
  - {key: budget, label: {sv: Budget, en: Budget}, scenario: budget}
"""


@pytest.mark.usefixtures("municipality")
def test_the_overview_says_whose_figures_it_shows(signed_in: SignedIn, local: Actor) -> None:
    client = signed_in()
    assert "Hela kommunens nettoredovisning" in client.get("/").content.decode()
    save_statement(actor=local, content=OWN_NET_COST, name="nettoredovisning.yaml", as_of=today())
    page = client.get("/").content.decode()
    assert "Hela kommunens" not in page
    assert '<p class="eyebrow">Nettoredovisning: Kommunstyrelsen</p>' in page
    client.post("/sprak/", {"language": "en"})
    page = client.get("/").content.decode()
    assert '<p class="eyebrow">Net cost: Kommunstyrelsen</p>' in page


def test_a_round_that_the_ledger_has_not_come_to_is_not_shown_first_and_says_so(
    municipality: None, signed_in: SignedIn, local: Actor
) -> None:
    create_round(
        actor=local,
        key="bokslut-2022",
        name="Bokslut 2022",
        kind=RoundKind.YEAR_END,
        year=2022,
        cut_off=date(2022, 12, 31),
        deadline=date(2023, 1, 20),
        as_of=date(2022, 9, 14),
        previous_key="delar2-2022",
    )
    client = signed_in(Role.CONTROLLER)
    assert "W039" not in client.get("/").content.decode()
    assert "W039" in client.get("/?round=bokslut-2022").content.decode()
