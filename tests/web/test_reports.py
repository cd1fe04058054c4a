from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.web.conftest import RECIPE, SignedIn
from uppsikt.audit.actors import Role
from uppsikt.reports.selectors import editions

PROSE = """# Läget

Avvikelsen mot budget är {{ nettoredovisning/nettokostnad/avvikelse | mnkr }}.
"""
pytestmark = pytest.mark.usefixtures("municipality")


@pytest.fixture
def texts(home: Path) -> Path:
    folder = home / "report-texts" / "prov"
    folder.mkdir(parents=True)
    (folder / "report.yaml").write_text(RECIPE, encoding="utf-8")
    (folder / "01-lage.md").write_text(PROSE, encoding="utf-8")
    return folder


def built(client: Client, name: str = "prov") -> Any:
    return client.post("/rapporter/bygg/", {"report": name}, follow=True)


def test_without_a_report_the_page_says_what_one_is(signed_in: SignedIn) -> None:
    assert "report.yaml" in signed_in().get("/rapporter/").content.decode()


def test_a_report_is_built_shown_and_its_files_offered(signed_in: SignedIn, texts: Path) -> None:
    response = built(signed_in(Role.CONTROLLER))
    page = response.content.decode()
    assert response.status_code == 200
    assert "Utgåva 1 är byggd." in page
    for name in ("rapport.pdf", "rapport.docx", "rapport.html", "tabeller.xlsx", "data.zip"):
        assert name in page


def test_building_the_same_again_gives_the_same_edition(signed_in: SignedIn, texts: Path) -> None:
    client = signed_in(Role.CONTROLLER)
    built(client)
    assert "samma utgåva" in built(client).content.decode()
    assert len(editions()) == 1


def test_the_preview_is_the_report_and_may_run_no_script(signed_in: SignedIn, texts: Path) -> None:
    client = signed_in(Role.CONTROLLER)
    built(client)
    (edition,) = editions()
    response = client.get(f"/rapporter/{edition.content_hash}/rapport.html")
    assert "script-src 'none'" in response["Content-Security-Policy"]
    assert "Provrapport" in b"".join(response.streaming_content).decode()


def test_a_file_is_taken_along_as_it_was_built(signed_in: SignedIn, texts: Path) -> None:
    client = signed_in(Role.CONTROLLER)
    built(client)
    (edition,) = editions()
    response = client.get(f"/rapporter/{edition.content_hash}/rapport.pdf")
    assert response["Content-Disposition"].startswith("attachment")
    assert b"".join(response.streaming_content).startswith(b"%PDF")


@pytest.mark.parametrize("name", ["finns-inte.pdf", "..%2F..%2Fsecret-key", ".htpasswd"])
def test_a_name_that_is_no_file_of_the_edition_is_not_there(signed_in: SignedIn, texts: Path, name: str) -> None:
    client = signed_in(Role.CONTROLLER)
    built(client)
    (edition,) = editions()
    assert client.get(f"/rapporter/{edition.content_hash}/{name}").status_code == 404


def test_a_report_that_cannot_be_built_says_why_and_makes_no_edition(signed_in: SignedIn, texts: Path) -> None:
    (texts / "01-lage.md").write_text("# Läget\n\n{{ nettoredovisning/finns-inte/avvikelse | mnkr }}\n")
    response = built(signed_in(Role.CONTROLLER))
    assert response.status_code == 422
    assert "/hjalp/koder/R" in response.content.decode()
    assert editions() == []


def test_a_number_typed_by_hand_is_shown_as_a_finding_on_the_edition(signed_in: SignedIn, texts: Path) -> None:
    (texts / "01-lage.md").write_text(PROSE + "\nVi sparade 4,7 mnkr.\n", encoding="utf-8")
    page = built(signed_in(Role.CONTROLLER)).content.decode()
    assert "4,7" in page
    assert "/hjalp/koder/R" in page


def test_whoever_only_reads_is_not_offered_to_build_and_is_refused_it(signed_in: SignedIn, texts: Path) -> None:
    client = signed_in(Role.READER)
    assert "Bygg nu" not in client.get("/rapporter/").content.decode()
    assert client.post("/rapporter/bygg/", {"report": "prov"}).status_code == 403


def test_a_reader_of_another_unit_is_told_that_there_is_nothing_for_them_to_see(
    signed_in: SignedIn, texts: Path
) -> None:
    page = signed_in(Role.MANAGER, "4220").get("/rapporter/").content.decode()
    assert "Det finns ingen rapport som du har behörighet att se" in page
    assert "Det finns ingen rapport än" not in page


def test_whoever_has_another_unit_sees_neither_report_nor_files(signed_in: SignedIn, texts: Path) -> None:
    built(signed_in(Role.CONTROLLER))
    (edition,) = editions()
    manager = signed_in(Role.MANAGER, "4220")
    assert "Provrapport" not in manager.get("/rapporter/").content.decode()
    assert manager.get(f"/rapporter/{edition.content_hash}/").status_code == 403
    assert manager.get(f"/rapporter/{edition.content_hash}/rapport.pdf").status_code == 403


def test_an_unknown_report_or_edition_is_a_page_with_a_code(signed_in: SignedIn) -> None:
    client = signed_in(Role.CONTROLLER)
    assert client.post("/rapporter/bygg/", {"report": "okänd"}).status_code == 404
    assert client.get("/rapporter/0123456789abcdef/").status_code == 404


def test_the_list_asks_a_fixed_number_of_questions(
    signed_in: SignedIn, texts: Path, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(Role.CONTROLLER)
    built(client)
    with django_assert_max_num_queries(8):
        client.get("/rapporter/")
