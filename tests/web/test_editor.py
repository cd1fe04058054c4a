"""Writing a report's texts on its pages: overview, section, picker, drafts, remarks, history, a copy for Word."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client

from tests.reports.word_package import faults_of_word_file
from tests.web.conftest import RECIPE as PLAIN
from tests.web.conftest import SignedIn, load_municipality
from uppsikt.adoption.reading import figure_desk
from uppsikt.audit.actors import Actor, Grant, Role
from uppsikt.audit.models import Event
from uppsikt.cli.output import Exit, run_safely
from uppsikt.coding.selectors import code_plan
from uppsikt.core.findings import NotFound
from uppsikt.core.language import use_language
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.figures.model import StatementResult
from uppsikt.reports.writing import starting
from uppsikt.reports.writing.selectors import section_row, section_rows
from uppsikt.reports.writing.states import SectionState
from uppsikt.reports.writing.texts import take_in
from uppsikt.reports.writing.values import SectionRow, TextImport
from uppsikt.web.report_pages import desks, figures
from uppsikt.web.report_pages.figures import WritersFigures
from uppsikt.web.scope import unreadable

RECIPE = f"{PLAIN}statements:\n  nettoredovisning: {{caption: Nettoredovisning}}\n"
TEXT = """# Läget

Avvikelsen är {{ nettoredovisning/nettokostnad/avvikelse | tkr }}.

## Framåt

Det blir bättre.
"""
WRITE = "/rapporter/prov/skriv/"
LAGET = f"{WRITE}laget/"
pytestmark = pytest.mark.usefixtures("house", "db")


@pytest.fixture(scope="module", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One home for the whole file, with a report's folder in it: each test takes its texts in anew."""
    before = settings.HOME, settings.LEDGER_FOLDER
    folder = tmp_path_factory.mktemp("home")
    settings.HOME, settings.LEDGER_FOLDER = folder, folder / "ledger"
    use_language("sv")
    texts = folder / "report-texts" / "prov"
    texts.mkdir(parents=True)
    (texts / "report.yaml").write_text(RECIPE, encoding="utf-8")
    (texts / "01-lage.md").write_text(TEXT, encoding="utf-8")
    yield folder
    settings.HOME, settings.LEDGER_FOLDER = before


@pytest.fixture(scope="module")
def house(
    home: Path, django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The small municipality, loaded once and taken out again."""
    actor = Actor("kommandorad", is_local=True)
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        load_municipality(actor, tmp_path_factory.mktemp("files"))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def controller(signed_in: SignedIn) -> Client:
    """A controller who has taken the report's texts in for writing."""
    client = signed_in(Role.CONTROLLER)
    assert client.post(WRITE, {"take-in": "1"}).status_code == 302
    return client


def row(key: str = "laget") -> SectionRow:
    held = section_row("prov", key)
    assert held
    return held


def post(client: Client, address: str = LAGET, **fields: object) -> Any:
    return client.post(address, {"seen_number": row().number, **fields}, follow=True)


def test_opening_a_report_writes_nothing_until_somebody_who_may_write_takes_its_texts_in(
    signed_in: SignedIn,
) -> None:
    writer, reader, builder = (signed_in(role) for role in (Role.MANAGER, Role.READER, Role.CONTROLLER))
    assert reader.get(WRITE).status_code == reader.post(WRITE, {"take-in": "1"}).status_code == 403
    for client in (writer, builder):
        page = client.get(WRITE).content.decode()
        assert "Hämta in texterna" in page
        assert "Framåt" in page
        assert client.get(LAGET).status_code == 404
    assert section_rows("prov") == []
    page = writer.post(WRITE, {"take-in": "1"}, follow=True).content.decode()
    assert "Texterna är inhämtade." in page
    assert len(section_rows("prov")) == 3
    assert "Hämta in texterna" not in builder.get(WRITE).content.decode()
    assert writer.post(WRITE, {"take-in": "1"}).status_code == 302  # a second click does no harm
    assert row().number == 1


def test_the_overview_shows_how_far_the_texts_have_come(controller: Client) -> None:
    page = controller.get(WRITE).content.decode()
    for expected in ("Läget", "Framåt", "skrivs", "Tabeller, diagram och härledda siffror"):
        assert expected in page
    assert "Skriv" in controller.get("/rapporter/").content.decode()


def test_the_overview_asks_for_the_reports_own_statements_alone_and_once_for_as_long_as_nothing_changes(
    controller: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = WritersFigures._ask

    def noted(source: WritersFigures, key: str, unit: str | None, round_key: str) -> StatementResult:
        asked.append(key)
        return ask(source, key, unit, round_key)

    monkeypatch.setattr(WritersFigures, "_ask", noted)
    monkeypatch.setattr(figures, "_statements", figures.Shelf(300))
    monkeypatch.setattr(figures, "_indexes", figures.Shelf(12))
    monkeypatch.setattr(desks, "_summaries", figures.Shelf(600))
    for _ in range(2):
        assert controller.get(WRITE).status_code == 200
        assert asked == ["nettoredovisning"]
    controller.get(f"{WRITE}-/siffror/?q=personal")  # whoever picks a figure is offered others' too
    assert len(asked) > 1


def test_a_section_shows_its_text_and_how_it_prints(controller: Client) -> None:
    page = controller.get(LAGET).content.decode()
    assert "{{ nettoredovisning/nettokostnad/avvikelse | tkr }}" in page
    assert re.search(r'Avvikelsen är <span class="bound"[^>]*>−190</span>', page)


def test_a_saved_text_is_the_next_version_and_what_is_built(controller: Client) -> None:
    page = post(controller, text=f"{row().text}\n\nMer text.", save="1").content.decode()
    assert "Sparat som version 2." in page
    built = controller.post("/rapporter/bygg/", {"report": "prov"}, follow=True)
    edition = re.search(r"/rapporter/([0-9a-f]{64})/rapport\.html", built.content.decode())
    assert edition
    report = controller.get(edition[0])
    assert "Mer text." in b"".join(report.streaming_content).decode()  # type: ignore[attr-defined]


def test_a_typed_number_is_marked_offered_a_figure_and_bound_without_a_script(controller: Client) -> None:
    page = post(controller, text="# Läget\n\nAvvikelsen är −190 tkr.", preview="1").content.decode()
    assert '<a class="unbound" href="#tal-1">−190 tkr</a>' in page
    offer = re.search(r'name="bind" value="([^"]+)"', page)
    assert offer
    bound = post(controller, text="# Läget\n\nAvvikelsen är −190 tkr.", bind=offer[1]).content.decode()
    assert "Avvikelsen är {{ nettoredovisning/nettokostnad/avvikelse | tkr unit }}." in bound
    assert row().number == 1, "binding saves nothing"


@pytest.mark.parametrize("asked", ["", "5", "a:b:c", "9:2:x", "999999:9999999:x"])
def test_a_binding_that_leads_nowhere_leaves_the_text(controller: Client, asked: str) -> None:
    response = post(controller, text="# Läget\n\nText.", bind=asked)
    assert response.status_code == 200


def test_the_preview_for_scripts_is_a_fragment_and_no_text_runs_in_it(controller: Client) -> None:
    text = "# <b>Läget</b>\n\n<script>x</script> [länk](javascript:x) **4,7 mnkr**"
    page = controller.post(f"{LAGET}visning/", {"text": text}).content.decode()
    assert "<html" not in page
    assert "<script" not in page
    assert "javascript:" not in page
    assert 'id="numbers"' in page


def test_figures_are_found_by_words_in_the_unit_and_form_asked_for(controller: Client) -> None:
    address = f"{WRITE}-/siffror/?q=avvikelse+netto&unit=tkr&form=abs"
    page = controller.get(address, headers={"X-Requested-With": "fetch"}).content.decode()
    assert "{{ nettoredovisning/nettokostnad/avvikelse | tkr abs unit }}" in page
    assert "<html" not in page
    assert "Hänvisning" in controller.get(f"{WRITE}-/siffror/?q=budget&unit=euro&form=x").content.decode()


def test_two_who_write_at_once_lose_nothing(controller: Client, signed_in: SignedIn) -> None:
    other = signed_in(Role.DIRECTOR, "KS")
    post(other, text=row().text.replace("Läget", "Nuläget", 1), save="1")
    merged = controller.post(LAGET, {"seen_number": 1, "text": f"{TEXT[:75].strip()}\n\nMitt.", "save": "1"})
    page = merged.content.decode()
    assert (merged.status_code, row().number) == (200, 2)
    assert "# Nuläget" in page
    assert "Mitt." in page
    clash = controller.post(LAGET, {"seen_number": 1, "text": "# Mitt läge", "save": "1"})
    assert clash.status_code == 409
    pieces = re.findall(r'name="(piece-\d+)" value="mine"', clash.content.decode())
    chosen = dict.fromkeys(pieces, "mine")
    fields = {"seen_number": 1, "settles": 2, "text": "# Mitt läge", **chosen}
    assert "# Mitt läge" in controller.post(LAGET, fields).content.decode()
    assert row().number == 2, "nothing is saved until it is reviewed"


def test_a_text_without_its_heading_comes_back_with_the_finding(controller: Client) -> None:
    response = controller.post(f"{WRITE}framat/", {"seen_number": 1, "text": "Bara text.", "save": "1"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "/hjalp/koder/R065" in page
    assert "Bara text." in page


def test_a_draft_is_kept_shown_to_its_writer_alone_and_thrown_away(controller: Client, signed_in: SignedIn) -> None:
    kept = controller.post(f"{LAGET}utkast/", {"seen_number": 1, "text": "# Läget\n\nHalvskrivet"}).json()
    assert re.fullmatch(r"\d\d:\d\d:\d\d", kept["kept_at"])
    assert "Halvskrivet" in controller.get(LAGET).content.decode()
    assert "Halvskrivet" not in signed_in(Role.DIRECTOR, "KS").get(LAGET).content.decode()
    controller.post(f"{LAGET}utkast/", {"drop": "1"})
    assert "Halvskrivet" not in controller.get(LAGET).content.decode()


def test_a_section_is_finished_returned_with_a_message_and_approved(controller: Client) -> None:
    post(controller, text=row().text, done="1")
    assert row().state is SectionState.DONE
    assert "readonly" in controller.get(LAGET).content.decode()
    page = post(controller, f"{LAGET}lage/", to="returned", message="Kortare, tack.").content.decode()
    assert "Kortare, tack." in page
    refused = controller.post(f"{LAGET}lage/", {"to": "approved", "seen_number": 1})
    assert refused.status_code == 422
    assert controller.post(f"{LAGET}lage/", {"to": "bort"}).status_code == 404
    post(controller, f"{LAGET}lage/", to="done", despite="1")
    post(controller, f"{LAGET}lage/", to="approved")
    assert row().state is SectionState.APPROVED


def test_what_is_left_open_in_a_section_is_asked_about_before_it_is_done_and_kept_in_the_log(
    controller: Client, signed_in: SignedIn
) -> None:
    post(controller, f"{LAGET}kommentar/", comment="Stämmer det?")
    asked = post(controller, text=f"{row().text}\n\nDet blev 77,7 mnkr.", done="1")
    page = asked.content.decode()
    assert (asked.status_code, row().number, row().state) == (422, 2, SectionState.WRITING)
    for expected in ("Är avsnittet klart?", "<strong>77,7 mnkr</strong>", "Stämmer det?", "Lämna ändå"):
        assert expected in page
    assert post(controller, f"{LAGET}lage/", to="done").status_code == 422
    assert signed_in(Role.READER).post(f"{LAGET}lage/", {"to": "done", "despite": "1"}).status_code == 403
    post(controller, f"{LAGET}lage/", to="done", despite="1")
    assert row().state is SectionState.DONE
    event = Event.objects.filter(verb="change-section-state").latest("pk")
    assert json.loads(event.payload)["despite"] == {"numbers": ["77,7 mnkr"], "open_comments": 1}
    logged = signed_in(Role.AUDITOR).get(f"/logg/{event.pk}/").content.decode()
    assert "Tal skrivna för hand" in logged


def test_marked_sections_are_approved_as_they_were_seen(controller: Client) -> None:
    post(controller, text=row().text, done="1")
    marked = {"section": ["laget", "framat"], "approve": "1", "seen-laget": 1, "seen-framat": 1}
    response = controller.post(WRITE, marked)
    assert response.status_code == 422, "one of them is not done yet"
    assert [row("laget").state, row("framat").state] == [SectionState.APPROVED, SectionState.WRITING]


def test_a_section_is_lifted_out_and_brought_back_with_its_history(controller: Client) -> None:
    framat = f"{WRITE}framat/"
    page = post(controller, f"{framat}plats/").content.decode()
    assert "Lyfta ur rapporten" in page
    assert controller.get(framat).status_code == 404
    post(controller, f"{framat}plats/", back="1")
    assert controller.get(framat).status_code == 200
    assert controller.post(f"{framat}plats/", {"back": "1"}).status_code == 404
    assert controller.post(f"{WRITE}recept/plats/").status_code == 422


def test_remarks_are_written_and_settled(controller: Client) -> None:
    page = post(controller, f"{LAGET}kommentar/", comment="Är det <sant>?").content.decode()
    assert "Är det &lt;sant&gt;?" in page
    (number,) = re.findall(r'name="settle" value="(\d+)"', page)
    assert "Avklarade (1)" in post(controller, f"{LAGET}kommentar/", settle=number).content.decode()
    assert row().open_comments == 0


def test_history_shows_what_differs_and_brings_an_old_text_back(controller: Client) -> None:
    post(controller, text="# Läget\n\nAnnat.", save="1")
    page = controller.get(f"{LAGET}historik/").content.decode()
    assert "<ins>Annat</ins>" in page or "<ins>Annat.</ins>" in page
    assert controller.get(f"{LAGET}historik/?fran=1&till=9").status_code == 404
    post(controller, f"{LAGET}historik/", number=1)
    assert (row().number, "Avvikelsen är" in row().text) == (3, True)


def test_the_copy_for_word_says_that_it_is_one(controller: Client) -> None:
    import docx

    post(controller, text=f"{row().text}\n\n::: statement nettoredovisning\n", save="1")
    response = controller.get(f"{LAGET}kopia.docx")
    assert "kopia-laget-" in response["Content-Disposition"]
    assert faults_of_word_file(response.content) == []
    document = docx.Document(io.BytesIO(response.content))
    assert len(document.tables) == 1
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "KOPIA" in text
    assert "Avvikelsen är −190." in text
    assert "KOPIA" in document.sections[0].footer.paragraphs[0].text


def test_whoever_is_made_responsible_writes_their_section_and_sees_no_other(
    controller: Client, signed_in: SignedIn
) -> None:
    manager = signed_in(Role.MANAGER, "4220")
    assert manager.get(WRITE).status_code == 403
    person = User.objects.get(username="manager-4220")
    controller.post(WRITE, {"section": ["laget"], "responsible": person.pk, "due_on": "2022-10-01"})
    overview = manager.get(WRITE).content.decode()
    assert "försenat" in overview
    assert (
        "i dina avsnitt" in overview
    )  # what is found in others' is not counted: their figures may not be the reader's
    assert LAGET in overview
    assert f"{WRITE}framat/" not in overview
    assert manager.get(f"{WRITE}framat/").status_code == 403
    shown = manager.post(f"{LAGET}visning/", {"text": row().text}).content.decode()
    assert "/hjalp/koder/W060" in shown  # the figure is there, and not theirs to see
    assert "/hjalp/koder/R011" not in shown
    found = manager.get(f"{WRITE}-/siffror/?q=nettokostnaden+prognosen").content.decode()
    assert "kontogrupper:4220/nettokostnad/prognos" in found  # figures of their own unit are theirs to pick
    assert "{{ nettoredovisning/" not in found
    assert "Skriv" in manager.get("/rapporter/").content.decode()
    assert "Sparat" in post(manager, text="# Läget\n\nMitt.", save="1").content.decode()
    assert manager.post(WRITE, {"section": ["laget"], "responsible": ""}).status_code == 403
    assert manager.post(f"{LAGET}lage/", {"to": "done", "seen_number": 2}).status_code == 302
    assert manager.post(f"{LAGET}lage/", {"to": "approved", "seen_number": 2}).status_code == 403


def test_a_report_for_another_round_begins_with_this_ones_sections_and_writers_and_its_own_figures(
    controller: Client, signed_in: SignedIn, home: Path
) -> None:
    person = User.objects.create_user("anna")
    controller.post(WRITE, {"section": ["laget"], "responsible": person.pk, "due_on": "2022-10-01"})
    asked = {"start": "1", "round": "delar1-2022", "title": 'Delår "1"'}
    assert signed_in(Role.MANAGER).post(WRITE, asked).status_code == 403
    for changed, code in (({"round": "finns-ej"}, "P0"), ({"title": " "}, "P009")):
        refused = controller.post(WRITE, {**asked, **changed})
        assert refused.status_code == 422
        assert f"/hjalp/koder/{code}" in refused.content.decode()
    page = controller.post(WRITE, asked, follow=True).content.decode()
    try:
        assert "Delår &quot;1&quot;" in page
        rows = {own.key: own for own in section_rows("prov-delar1-2022")}
        assert (rows["laget"].responsible, rows["laget"].due_on, rows["laget"].text) == ("anna", None, row().text)
        assert {own.state for own in rows.values() if not own.is_recipe} == {SectionState.NOT_STARTED}
        recipe = (home / "report-texts" / "prov-delar1-2022" / "report.yaml").read_text(encoding="utf-8")
        assert recipe == rows["recept"].text + "\n"
        assert "date:" not in recipe
        assert "round: delar1-2022" in recipe
        again = controller.post(WRITE, asked)
        assert (again.status_code, "R074" in again.content.decode()) == (422, True)
        assert "Delår &quot;1&quot;" in controller.get("/rapporter/").content.decode()
    finally:
        shutil.rmtree(home / "report-texts" / "prov-delar1-2022")


def test_of_two_reports_begun_at_once_under_one_name_the_second_is_refused(
    controller: Client, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def second(**asked: Any) -> TextImport:
        take_in(**asked)  # the other one's, kept since it was looked for
        return take_in(**asked)

    monkeypatch.setattr(starting, "take_in", second)
    refused = controller.post(WRITE, {"start": "1", "round": "delar1-2022", "title": "Delår 1"})
    assert (refused.status_code, "R074" in refused.content.decode()) == (422, True)
    assert not (home / "report-texts" / "prov-delar1-2022").exists()


def test_whoever_only_reads_neither_sees_nor_writes_unfinished_texts(controller: Client, signed_in: SignedIn) -> None:
    reader = signed_in(Role.READER)
    for address in (WRITE, LAGET, f"{LAGET}historik/", f"{LAGET}kopia.docx", f"{WRITE}-/siffror/"):
        assert reader.get(address).status_code == 403
    for address in (
        LAGET,
        f"{LAGET}visning/",
        f"{LAGET}utkast/",
        f"{LAGET}lage/",
        f"{LAGET}kommentar/",
        f"{LAGET}plats/",
    ):
        assert reader.post(address, {"text": "x", "to": "done", "comment": "x", "seen_number": 1}).status_code == 403
    assert f'href="{WRITE}"' not in reader.get("/rapporter/").content.decode()


def test_what_is_not_there_is_a_page_with_a_code(controller: Client) -> None:
    assert "R060" in controller.get("/rapporter/finns-inte/skriv/").content.decode()
    assert "R061" in controller.get(f"{WRITE}finns-inte/").content.decode()
    assert controller.get(f"{LAGET}utkast/").status_code == 405


def test_a_broken_recipe_is_not_saved_and_says_why(controller: Client) -> None:
    response = controller.post(f"{WRITE}recept/", {"seen_number": 1, "text": "key: prov", "save": "1"})
    assert response.status_code == 422
    assert "/hjalp/koder/R003" in response.content.decode()


def test_the_pages_ask_a_fixed_number_of_questions_however_long_the_report(
    controller: Client, django_assert_max_num_queries: Any
) -> None:
    long = "\n\n".join(f"## Avsnitt {number}\n\n::: statement nettoredovisning" for number in range(8))
    post(controller, text=f"{row().text}\n\n{long}", save="1")
    assert len(section_rows("prov")) == 11
    for address, limit in ((WRITE, 20), (LAGET, 20), (f"{LAGET}historik/", 10), (f"{WRITE}-/siffror/?q=x", 20)):
        with django_assert_max_num_queries(limit):
            controller.get(address)
    with django_assert_max_num_queries(19):
        controller.post(f"{LAGET}visning/", {"text": "# Läget\n\n::: statement nettoredovisning"})


def test_texts_go_out_to_a_folder_and_in_again_at_the_command_line(
    controller: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "ut"
    assert run_safely(["report", "texts", "export", "prov", str(out)]) == Exit.OK
    assert (out / "01-lage.md").read_text(encoding="utf-8") == TEXT
    assert run_safely(["report", "texts", "import", str(out)]) == Exit.OK
    assert "3 oförändrade" in capsys.readouterr().out
    assert run_safely(["report", "texts", "export", "finns-inte", str(out)]) == Exit.FINDINGS


GRANT_40 = Grant(Role.DIRECTOR, "40", BEGINNING, FOREVER)


def test_nobody_previews_or_builds_what_they_may_not_read() -> None:
    limited = Actor("direktor40", None, (GRANT_40,))
    with figure_desk(partial(unreadable, limited, code_plan())) as desk:
        assert desk.statement("enheter", "40", "delar2-2022").rows
        with pytest.raises(NotFound) as refused:
            desk.statement("enheter", "10", "delar2-2022")
        with pytest.raises(NotFound):
            desk.figures(["enheter:10/1010/prognos@delar2-2022"])
    assert refused.value.finding.code == "W060"
    with WritersFigures(Actor("lasare", None, (Grant(Role.READER, "*", BEGINNING, FOREVER),))) as source:
        assert source.statement("enheter", "10", "delar2-2022").rows
    with WritersFigures(limited) as source:  # what another may read is not kept for this one
        assert source.statement("enheter", "40", "delar2-2022").rows
        with pytest.raises(NotFound):
            source.statement("enheter", "10", "delar2-2022")
