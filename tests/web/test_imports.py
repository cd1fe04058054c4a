from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tests.web.conftest import SignedIn, ledger_text
from uppsikt.audit.actors import Actor, Role
from uppsikt.coding.selectors import code_plan
from uppsikt.ledger.selectors import active_batches
from uppsikt.ledger.services import save_profile
from uppsikt.planning.selectors import budget_entries

LEDGER = "/inlasning/huvudbok/"
UNIT_FILE = "kod;namn;slag;överordnad\nKS;Kommunstyrelsen;committee;\n10;Kommungemensamt;level;KS\n"


def bring(client: Client, address: str, content: str, name: str = "fil.se", **options: str) -> Any:
    """Upload and follow to the dry run's page."""
    upload = SimpleUploadedFile(name, content.encode("utf-8"))
    return client.post(address, {"file": upload, **options}, follow=True)


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


@pytest.fixture
def client(signed_in: SignedIn) -> Client:
    return signed_in(Role.CONTROLLER)


def test_a_ledger_is_read_on_trial_first_and_nothing_is_taken_in(client: Client) -> None:
    response = bring(client, LEDGER, ledger_text(2022, 3), profile="sie", replace="")
    assert response.status_code == 200
    assert "Filen kan läsas in: 12 rader." in text_of(response)
    assert "2022-03" in text_of(response)
    assert active_batches() == []


def test_by_confirming_it_is_taken_in_and_its_control_totals_shown(client: Client) -> None:
    trial = bring(client, LEDGER, ledger_text(2022, 3), profile="sie", replace="")
    done = client.post(trial.request["PATH_INFO"], follow=True)
    (batch,) = active_batches()
    assert batch.row_count == 12
    assert done.request["PATH_INFO"] == f"/inlasning/inlast/{batch.content_hash}/"
    assert "900\u202f000,00" in text_of(done)


def test_the_same_file_again_is_told_and_not_offered(client: Client) -> None:
    trial = bring(client, LEDGER, ledger_text(2022, 3), profile="sie", replace="")
    client.post(trial.request["PATH_INFO"])
    again = bring(client, LEDGER, ledger_text(2022, 3), profile="sie", replace="")
    assert "redan inläst" in text_of(again)
    assert ">Läs in</button>" not in text_of(again)


def test_a_file_with_errors_is_told_line_by_line_and_not_offered(client: Client) -> None:
    broken = ledger_text(2022, 3).replace("-290000.00", "-290000.50", 1)
    response = bring(client, LEDGER, broken, profile="sie", replace="")
    assert response.status_code == 422
    assert "L130" in text_of(response)
    assert "fil.se, rad" in text_of(response)
    assert ">Läs in</button>" not in text_of(response)


def test_a_file_with_errors_cannot_be_forced_in(client: Client) -> None:
    broken = ledger_text(2022, 3).replace("-290000.00", "-290000.50", 1)
    trial = bring(client, LEDGER, broken, profile="sie", replace="")
    assert client.post(trial.request["PATH_INFO"]).status_code == 422
    assert active_batches() == []


def test_a_picture_is_refused_with_findings(client: Client) -> None:
    upload = SimpleUploadedFile("bild.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    response = client.post(LEDGER, {"file": upload, "profile": "sie", "replace": ""}, follow=True)
    assert response.status_code == 422
    assert "/hjalp/koder/L" in text_of(response)


def test_no_file_is_told_at_the_form_and_the_choices_are_kept(client: Client) -> None:
    response = client.post(LEDGER, {"profile": "tabell", "replace": "1"})
    assert response.status_code == 422
    assert "W007" in text_of(response)
    assert '<option value="tabell" selected>' in text_of(response)
    assert '<option value="1" selected>' in text_of(response)


def test_an_empty_file_is_told_by_name(client: Client) -> None:
    response = bring(client, LEDGER, "", "tom.se", profile="sie", replace="")
    assert response.status_code == 422
    assert "W008" in text_of(response)
    assert "tom.se" in text_of(response)


def test_an_unknown_profile_is_told(client: Client) -> None:
    response = bring(client, LEDGER, ledger_text(2022, 1), profile="hittepå", replace="")
    assert response.status_code == 422
    assert "W010" in text_of(response)


def test_a_trial_that_is_gone_says_so(client: Client) -> None:
    trial = bring(client, LEDGER, ledger_text(2022, 3), profile="sie", replace="")
    client.post(trial.request["PATH_INFO"])
    response = client.get(trial.request["PATH_INFO"])
    assert response.status_code == 404
    assert "W009" in text_of(response)


def test_another_persons_trial_is_not_seen(client: Client, signed_in: SignedIn) -> None:
    trial = bring(client, LEDGER, ledger_text(2022, 3), profile="sie", replace="")
    other = signed_in(Role.CONTROLLER, name="annan")
    assert other.get(trial.request["PATH_INFO"]).status_code == 404


@pytest.mark.parametrize("kind", ["huvudbok", "budget", "register"])
@pytest.mark.parametrize("role", [Role.READER, Role.MANAGER, Role.AUDITOR])
def test_whoever_may_not_bring_a_kind_is_refused_its_page_and_its_post(
    signed_in: SignedIn, kind: str, role: Role
) -> None:
    other = signed_in(role)
    assert other.get(f"/inlasning/{kind}/").status_code == 403
    assert bring(other, f"/inlasning/{kind}/", "x", profile="sie").status_code == 403


def test_a_manager_may_bring_a_forecast(signed_in: SignedIn) -> None:
    assert signed_in(Role.MANAGER, "4220").get("/inlasning/prognos/").status_code == 200


@pytest.mark.usefixtures("municipality")
def test_a_managers_forecast_for_another_unit_is_refused(signed_in: SignedIn) -> None:
    manager = signed_in(Role.MANAGER, "4220")
    own = bring(manager, "/inlasning/prognos/", "enhet;konto;helår\n4220;5;2650000\n", "p.csv", round="delar2-2022")
    assert own.status_code == 200
    other = bring(manager, "/inlasning/prognos/", "enhet;konto;helår\n1010;5;1\n", "p.csv", round="delar2-2022")
    assert other.status_code == 403


@pytest.mark.usefixtures("municipality")
def test_a_closed_round_is_no_choice_for_forecasts(client: Client) -> None:
    response = bring(client, "/inlasning/prognos/", "enhet;konto;helår\n1010;5;1\n", "p.csv", round="delar1-2022")
    assert response.status_code == 422
    assert "W010" in text_of(response)


@pytest.mark.usefixtures("municipality")
def test_a_budget_decision_is_tried_and_then_entered(client: Client) -> None:
    row = "Ks 7/2022;2022-06-01;tillägg;Mer;2022;1010;5;120000"
    content = f"beslut;beslutsdatum;typ;text;period;enhet;konto;belopp\n{row}\n"
    before = len(budget_entries())
    trial = bring(client, "/inlasning/budget/", content, "tillagg.csv")
    assert "1 beslutspost skulle läsas in." in text_of(trial)
    assert len(budget_entries()) == before
    client.post(trial.request["PATH_INFO"])
    assert len(budget_entries()) == before + 1


def test_a_register_goes_in_and_comes_out_as_a_file(client: Client) -> None:
    trial = bring(client, "/inlasning/register/", UNIT_FILE, "enheter.csv", dimension="unit")
    assert "2 koder skulle läsas in." in text_of(trial)
    client.post(trial.request["PATH_INFO"])
    assert code_plan().codes("unit") == ["10", "KS"]
    out = client.get("/inlasning/register/unit.csv")
    assert "Kommungemensamt" in out.content.decode("utf-8-sig")


@pytest.mark.parametrize("address", ["register/planet.csv", "register/unit.pdf", "okand/", "inlast/abc/"])
def test_unknown_registers_forms_kinds_and_batches_are_not_there(client: Client, address: str) -> None:
    assert client.get(f"/inlasning/{address}").status_code == 404


@pytest.mark.usefixtures("municipality")
def test_pages_ask_a_fixed_number_of_questions(client: Client, django_assert_max_num_queries: Any) -> None:
    for address, queries in (("/inlasning/", 6), (LEDGER, 6)):
        with django_assert_max_num_queries(queries):
            client.get(address)


OWN_PROFILE = """name: kommunens
format: sie
scenario: actual
dimensions: {1: unit, 20: activity}
"""


def test_the_built_in_profile_stands_chosen_where_there_is_no_other(client: Client) -> None:
    assert '<option value="sie" selected>' in text_of(client.get(LEDGER))


def test_the_municipalitys_own_profile_stands_chosen_where_it_has_one(client: Client, local: Actor) -> None:
    save_profile(actor=local, content=OWN_PROFILE, name="profil.yaml", as_of=date(2022, 9, 1))
    page = text_of(client.get(LEDGER))
    assert '<option value="kommunens" selected>' in page
    assert '<option value="sie" selected>' not in page


def test_among_several_own_profiles_the_latest_batchs_stands_chosen(client: Client, local: Actor) -> None:
    for name in ("kommunens", "forvaltningens"):
        content = OWN_PROFILE.replace("kommunens", name)
        save_profile(actor=local, content=content, name="profil.yaml", as_of=date(2022, 9, 1))
    trial = bring(client, LEDGER, ledger_text(2022, 3), profile="kommunens", replace="")
    client.post(trial.request["PATH_INFO"])
    assert '<option value="kommunens" selected>' in text_of(client.get(LEDGER))
