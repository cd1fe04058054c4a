"""Who reads an edition: those who may read every figure in it, and everybody once it is published."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path

import pytest

from tests.conftest import actor_with
from tests.web.conftest import SignedIn
from uppsikt.audit.actors import Actor, NotAllowed, Role
from uppsikt.audit.models import Event
from uppsikt.cli.output import Exit, run_safely
from uppsikt.core.findings import found
from uppsikt.reports import publishing
from uppsikt.reports.findings import AUDIT_REFUSES
from uppsikt.reports.models import ReportEdition
from uppsikt.reports.publishing import open_points
from uppsikt.reports.selectors import EditionRow, editions
from uppsikt.reports.services import publish_report
from uppsikt.reports.showing import may_read
from uppsikt.reports.writing.texts import take_in

pytestmark = pytest.mark.usefixtures("municipality")
DAY = date(2022, 10, 4)
RECIPE = """key: avdelning
title: Avdelningens rapport
municipality: Prov
unit: "4220"
round: delar2-2022
lineage: false
parts: [01.md]
figures:
  skillnad:
    difference: [kontogrupper:40/5/avvikelse, kontogrupper:4220/5/avvikelse]
"""
OWN = "# Läget\n\nPersonal {{ kontogrupper:4220/5/avvikelse | mnkr }}.\n"
ABOVE = "# Läget\n\nMot förvaltningen {{ skillnad | mnkr }}.\n"
HEADING = "# Läget {{ kontogrupper:40/5/avvikelse | mnkr }}\n\nText.\n"
IN_A_CELL = """facts:
  mal:
    caption: Mål
    columns: [Läge]
    rows: [{label: Förvaltningen, cells: ["{{ kontogrupper:40/5/avvikelse | mnkr }} mnkr i år"]}]
"""


def edition(shows: tuple[str, ...], unit: str = "4220") -> EditionRow:
    at = datetime(2022, 10, 4, tzinfo=UTC)
    facts = {"cut_off": "2022-08-31"}
    return EditionRow(
        "r", "R", "delar2-2022", unit, "h" * 64, 1, False, {}, facts, (), (), "", at, "a", None, "", "", shows
    )


ON = {"*": {"*", "KS", "40", "42", "4220", "30"}, "KS": {"KS", "40", "42", "4220", "30"}, "40": {"40", "42", "4220"}}
ON |= {"4220": {"4220"}, "30": {"30"}}


@pytest.mark.parametrize("role", [Role.READER, Role.MANAGER, Role.BOARD, Role.AUDITOR])
def test_an_edition_is_read_where_its_unit_and_all_that_it_shows_are(role: Role) -> None:
    for (held, reads), shown, unit in product(
        ON.items(), [(), ("4220",), ("40",), ("4220", "30"), ("*",)], ["4220", ""]
    ):
        row, actor = edition(shown, unit), actor_with(role, held)
        assert may_read(actor, row, DAY) is ({*shown, unit or "*"} <= reads), (held, shown, unit)
        assert may_read(actor, replace(row, published_at=row.built_at), DAY)
    for nobody in (Actor("ingen", 1), actor_with(role, "finns-ej")):
        assert not may_read(nobody, edition(("4220",)), DAY)
    assert not may_read(Actor("ingen", 1), replace(edition(()), published_at=row.built_at), DAY)


@pytest.fixture
def texts(home: Path) -> Path:
    folder = home / "report-texts" / "avdelning"
    folder.mkdir(parents=True)
    (folder / "report.yaml").write_text(RECIPE, encoding="utf-8")
    (folder / "01.md").write_text(OWN, encoding="utf-8")
    return folder


def test_the_manager_of_a_unit_reads_its_report_until_it_shows_figures_from_above(
    signed_in: SignedIn, texts: Path
) -> None:
    controller, manager = signed_in(Role.CONTROLLER), signed_in(Role.MANAGER, "4220")
    controller.post("/rapporter/bygg/", {"report": "avdelning"})
    (texts / "01.md").write_text(ABOVE, encoding="utf-8")
    controller.post("/rapporter/bygg/", {"report": "avdelning"})
    above, own = editions()
    assert (own.shows, above.shows) == (("4220",), ("40", "4220"))
    for row, status in ((own, 200), (above, 403)):
        for address in (f"/rapporter/{row.content_hash}/", f"/rapporter/{row.content_hash}/rapport.html"):
            assert (manager.get(address).status_code, controller.get(address).status_code) == (status, 200)
    listed = manager.get("/rapporter/").content.decode()
    assert own.content_hash in listed
    assert above.content_hash not in listed
    ReportEdition.objects.filter(number=1).update(shows=None)  # built before it was kept: it may show anything
    assert manager.get(f"/rapporter/{own.content_hash}/").status_code == 403
    (texts / "01.md").write_text(OWN, encoding="utf-8")
    for _ in range(2):  # until its content is built again, which tells it, once
        controller.post("/rapporter/bygg/", {"report": "avdelning"})
    assert editions()[-1] == own
    assert manager.get(f"/rapporter/{own.content_hash}/").status_code == 200
    assert [
        '"shows":["4220"]' in event.payload
        for event in Event.objects.filter(verb="build-report").order_by("sequence")
    ] == [True, False, True]


@pytest.mark.parametrize(("recipe", "text"), [("", HEADING), (IN_A_CELL, "# Läget\n\n::: facts mal\n")])
def test_a_figure_from_above_is_shown_where_nothing_but_words_is_left_of_it(
    signed_in: SignedIn, texts: Path, recipe: str, text: str
) -> None:
    (texts / "report.yaml").write_text(RECIPE + recipe, encoding="utf-8")
    (texts / "01.md").write_text(text, encoding="utf-8")
    controller, manager = signed_in(Role.CONTROLLER), signed_in(Role.MANAGER, "4220")
    controller.post("/rapporter/bygg/", {"report": "avdelning"})
    (row,) = editions()
    assert row.shows == ("40",)
    assert manager.get(f"/rapporter/{row.content_hash}/rapport.html").status_code == 403


def test_a_working_edition_is_for_those_who_read_all_its_figures_and_its_texts_for_those_who_write_them(
    signed_in: SignedIn, texts: Path
) -> None:
    (texts / "01.md").write_text(ABOVE, encoding="utf-8")
    controller, board = signed_in(Role.CONTROLLER), signed_in(Role.BOARD)
    controller.post("/rapporter/bygg/", {"report": "avdelning"})
    controller.post("/rapporter/avdelning/skriv/", {"take-in": "1"})
    (row,) = editions()
    edition, writing = f"/rapporter/{row.content_hash}/", "/rapporter/avdelning/skriv/"
    for client, status in (
        (board, (200, 403)),
        (signed_in(Role.READER), (200, 403)),
        (signed_in(Role.BOARD, "4220"), (403, 403)),
        (signed_in(Role.MANAGER, "4220"), (403, 200)),
    ):
        assert (client.get(edition).status_code, client.get(writing).status_code) == status
    assert "arbetsutgåva" in board.get(edition).content.decode()


def test_publishing_is_an_act_of_whoever_adopts_and_reads_it_all_and_is_logged(
    signed_in: SignedIn, texts: Path, local: Actor, capsys: pytest.CaptureFixture[str]
) -> None:
    (texts / "01.md").write_text(ABOVE, encoding="utf-8")
    controller, director = signed_in(Role.CONTROLLER), signed_in(Role.DIRECTOR, "KS")
    controller.post("/rapporter/bygg/", {"report": "avdelning"})
    (row,) = editions()
    address, manager = f"/rapporter/{row.content_hash}/", signed_in(Role.MANAGER, "30")
    asked = {"content_hash": row.content_hash, "as_of": DAY}
    for nobody in (actor_with(Role.CONTROLLER), actor_with(Role.DIRECTOR, "4220"), actor_with(Role.BOARD)):
        with pytest.raises(NotAllowed):
            publish_report(actor=nobody, **asked)  # type: ignore[arg-type]
    assert "Offentliggör" not in controller.get(address).content.decode()
    assert [
        controller.get(f"{address}offentliggor/").status_code,
        manager.get(f"{address}offentliggor/").status_code,
    ] == [
        403,
        403,
    ]
    assert controller.post(f"{address}offentliggor/").status_code == 403
    page = director.get(address).content.decode()
    assert "Offentliggör" in page
    assert "Kommunstyrelseförvaltningen (40)." in page  # 4220 lies below it
    assert manager.get(address).status_code == 403
    before = director.get(f"{address}offentliggor/").content.decode()
    assert "Uppföljningen är inte fastställd: Delår 2 2022 är öppen." in before
    assert 'name="despite_open" required' in before
    assert "R057" in director.post(f"{address}offentliggor/").content.decode()
    assert manager.get(address).status_code == 403
    assert director.post(f"{address}offentliggor/", {"despite_open": "on"}).status_code == 302
    assert manager.get(address).status_code == 200
    event = Event.objects.get(verb="publish-report", target="report:avdelning")
    assert '"despite":{"findings":[],"round_state":"open","sections":[]}' in event.payload
    assert director.post(f"{address}offentliggor/").status_code == 422
    assert run_safely(["report", "publish", row.content_hash]) == Exit.FINDINGS
    assert run_safely(["report", "list"]) == Exit.OK
    assert "byggd, offentlig" in capsys.readouterr().out
    assert [own.code for own in publish_report(actor=local, **asked)[1]] == ["R056"]  # type: ignore[arg-type]


def test_what_is_open_stops_a_publishing_until_it_is_seen_and_errors_stop_it_anyhow(
    signed_in: SignedIn, texts: Path, local: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    (texts / "01.md").write_text(OWN + "\nHela 17 mnkr.\n", encoding="utf-8")
    take_in(actor=local, folder=texts, as_of=DAY)
    signed_in(Role.CONTROLLER).post("/rapporter/bygg/", {"report": "avdelning"})
    (row,) = editions()
    opened = open_points(row)
    assert [own.title for own in opened.sections] == ["Läget"]  # the recipe is none
    assert "R071" not in [own.code for own in opened.findings]
    assert "R010" in [own.code for own in opened.findings]
    asked = {"actor": local, "content_hash": row.content_hash, "as_of": DAY}
    assert publish_report(**asked)[1][0].code == "R057"  # type: ignore[arg-type]
    director = signed_in(Role.DIRECTOR, "KS")
    page = director.get(f"/rapporter/{row.content_hash}/offentliggor/").content.decode()
    assert "1 avsnitt är inte godkänt" in page
    wrong = found(AUDIT_REFUSES, rule="K001", says="Summan är fel.", where="Summa")
    monkeypatch.setattr(publishing, "proofread", lambda *_: [wrong])
    assert publish_report(**asked, despite_open=True) == (None, [wrong])  # type: ignore[arg-type]
    page = director.get(f"/rapporter/{row.content_hash}/offentliggor/").content.decode()
    assert "kan inte offentliggöras" in page
    assert "despite_open" not in page
    ReportEdition.objects.update(state="adopted", adopted_on=DAY)  # its remarks were answered for then
    assert publish_report(**asked, despite_open=True)[0]  # type: ignore[arg-type]
